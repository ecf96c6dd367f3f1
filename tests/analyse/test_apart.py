"""Distances between the distributions of a column where a statement holds and where it does not."""

import numpy as np
import pytest
from scipy import stats

from westphalia.analyse.methods.apart import apart
from westphalia.analyse.methods.bins import rank_bins


def test_with_a_bin_for_every_value_it_is_the_statistic_of_smirnov():
    random = np.random.default_rng(1)
    values = np.concatenate([random.random((200, 3)), random.integers(0, 3, (200, 1))], axis=1)
    hit = random.random(200) < 0.2 + 0.6 * values[:, 0]
    found = apart(rank_bins(values), hit)
    for column, distance, chance in zip(values.T, *found, strict=True):
        known = stats.ks_2samp(column[hit], column[~hit], method="asymp")
        assert distance == pytest.approx(known.statistic)
        assert chance == pytest.approx(known.pvalue, abs=0.05)


def test_a_threshold_puts_its_column_wholly_apart_and_others_not():
    values = np.random.default_rng(2).random((4000, 5))
    found = apart(rank_bins(values, 8), values[:, 2] > np.median(values[:, 2]))
    assert found.distance[2] == pytest.approx(1.0)
    assert np.delete(found.distance, 2).max() < 0.08


def test_luck_alone_gives_small_chances_no_more_often_than_said():
    random = np.random.default_rng(3)
    found = apart(rank_bins(random.random((1000, 4000)), 8), random.random(1000) < 0.3)
    assert (found.chance < 0.05).mean() <= 0.05
    assert (found.chance < 0.05).mean() > 0.01


def test_statements_that_are_all_alike_tell_nothing_apart():
    with pytest.raises(ValueError, match="both kinds"):
        apart(rank_bins(np.random.default_rng(4).random((10, 2))), np.ones(10, bool))

"""Ratios of hazards over strata, after a change of leadership and by age."""

import numpy as np
import pytest

from generic_wars import histories
from westphalia.analyse.generic.ends import ends
from westphalia.analyse.generic.hazards import after_a_change, by_age, mantel_haenszel, within


def test_the_ratio_of_one_stratum_is_the_ratio_of_rates():
    assert mantel_haenszel(*map(np.array, ([6.0], [100.0], [3.0], [150.0]))) == pytest.approx(3.0)
    assert np.isnan(mantel_haenszel(*map(np.array, ([6.0], [100.0], [0.0], [150.0]))))


def test_strata_with_the_same_ratio_have_it_together_whatever_their_levels():
    events, other = np.array([8.0, 80.0]), np.array([2.0, 60.0])
    assert mantel_haenszel(events, np.array([100.0, 100.0]), other, np.array([50.0, 150.0])) == pytest.approx(2.0)


def test_a_constant_hazard_has_no_age_and_a_falling_one_has():
    rng = np.random.default_rng(1)
    war = np.arange(20_000) % 20
    constant = np.minimum(rng.exponential(20.0 + 10.0 * war), 520.0)
    assert by_age(constant, constant < 520.0, war) == pytest.approx(1.0, abs=0.07)
    falling = np.minimum(60.0 * rng.weibull(0.6, 20_000), 520.0)
    assert by_age(falling, falling < 520.0, war) < 0.75


def test_a_pool_of_unlike_wars_has_a_falling_hazard_that_no_war_has():
    rng = np.random.default_rng(2)
    war = np.arange(20_000) % 4
    weeks = np.minimum(rng.exponential(np.array([10.0, 40.0, 160.0, 640.0])[war]), 520.0)
    assert by_age(weeks, weeks < 520.0, np.zeros_like(war)) < 0.6
    assert by_age(weeks, weeks < 520.0, war) == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("ratio", [1.0, 3.0])
def test_the_ratio_after_a_change_is_found(ratio):
    """Both leaders change together with chance 0.02 a week; the end comes at 0.02, and oftener after a change."""
    rng = np.random.default_rng(3)
    made = histories(3000, weeks=200)
    changes = (rng.random((201, 3000)) < 0.02).cumsum(axis=0).astype(float)
    changes -= changes[0]
    made.changes[:] = changes
    earlier = np.concatenate([np.repeat(changes[:1], 26, axis=0), changes[:-26]])
    recent = changes > earlier
    ending = rng.random((201, 3000)) < 0.02 * np.where(recent, ratio, 1.0)
    # an end in the week after the week whose exposure is counted
    ended = np.concatenate([np.zeros((1, 3000), bool), ending[:-1]]).cumsum(axis=0) > 0
    made.code[ended] = 1
    assert after_a_change(made, ends(made)) == pytest.approx(ratio, rel=0.12)


def test_what_noise_does_within_wars_in_closed_form():
    """Two wars of ln weeks 1, 3 and 5, 7: variance 1 within and 4 between; three of four runs end as most do."""
    found = within(np.exp([1.0, 3.0, 5.0, 7.0]), np.array([0, 0, 1, 3]), np.array([0, 0, 1, 1]))
    assert found.spread == pytest.approx(0.2)
    assert found.same == 0.75

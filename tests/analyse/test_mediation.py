"""Selection of hard cases turns the raw association, and distortion has two faces."""

import functools

import numpy as np
import pytest

from westphalia.analyse.mediation import (
    HARD,
    Cell,
    Estimate,
    distorted,
    paired,
    self_test,
    settled,
    two_cases,
)
from westphalia.analyse.mediation_page import page

RUNS = 512
SEED = 7


@functools.cache
def with_selection():
    """Four times the runs: a raw association is seen in the few wars that sign."""
    return self_test(runs=4 * RUNS, seed=SEED)


@functools.cache
def searched():
    return distorted((0.001, 0.03), runs=RUNS, seed=SEED)


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, 1])
def test_with_selection_the_raw_association_has_the_wrong_sign_and_the_intervention_the_right_one(place):
    row = with_selection()[place]
    assert row.raw.sign == -1, row
    assert row.intervention.sign == 1, row


@pytest.mark.slow
def test_without_selection_the_raw_association_agrees_with_the_intervention():
    raw, given = ((row := self_test(HARD, selection=0.0, runs=RUNS, seed=SEED)[0]).raw, row.intervention)
    assert abs(raw.difference - given.difference) < 3.0 * np.hypot(raw.error, given.error)


@pytest.mark.slow
def test_the_search_finds_a_case_where_distortion_helps_and_one_where_it_only_costs():
    helps, costs = two_cases(searched())
    assert helps is not None
    assert costs is not None
    assert helps.cost == 0.001
    assert helps.holds.difference > 0.05
    assert costs.cost == 0.03
    assert costs.holds.difference < -0.05
    assert costs.signed.sign <= 0
    assert costs.quiet.sign == -1


def test_a_search_that_finds_nothing_says_so():
    nothing = Cell(0.01, 0.1, 0.0, *[Estimate(0.0, 0.1)] * 3)
    assert two_cases([nothing]) == (None, None)
    assert "no cell" in page({}, [nothing], runs=1, seed=1)


@pytest.mark.slow
def test_what_is_settled_is_consistent():
    found = settled({}, runs=RUNS, seed=SEED, weeks=260)
    assert (found.holds <= found.signed).all()
    assert (found.weeks[found.signed == 0] == 0).all()
    assert found.weeks.max() <= 260
    assert set(found.lasted[np.isfinite(found.lasted)]) <= {0.0, 1.0}


def test_the_error_of_a_paired_difference_is_that_of_the_differences():
    rng = np.random.default_rng(5)
    before = rng.normal(size=3000)
    after = before + rng.normal(1.0, 0.5, size=3000)
    found = paired(after, before)
    assert found.difference == pytest.approx((after - before).mean())
    assert found.error == pytest.approx((after - before).std() / np.sqrt(3000))
    after[:1000] = np.nan
    assert paired(after, before).error > found.error


def test_the_page_shows_both_tests():
    text = page({"hard cases": with_selection()}, searched(), runs=RUNS, seed=SEED)
    assert text.count("| hard cases |") == 3
    assert "- raw, + given" in text
    assert "**helps**" in text

"""Scores of forecasts against closed forms, and what two forecasters differ by."""

import numpy as np
import pytest
from scipy.stats import norm

from westphalia.analyse.methods.forecast_scores import difference, score


def of_normal(x):
    """CRPS of a standard normal forecast in closed form."""
    return x * (2 * norm.cdf(x) - 1) + 2 * norm.pdf(x) - 1 / np.sqrt(np.pi)


def test_the_score_of_a_normal_ensemble_is_that_of_the_normal():
    seen = np.array([-2.0, 0.0, 0.5, 3.0])
    draws = np.tile(norm.ppf((np.arange(4000) + 0.5) / 4000), (4, 1))
    found = score(seen, draws)
    assert found.each == pytest.approx(of_normal(seen), abs=1e-3)
    assert found.crps == pytest.approx(of_normal(seen).mean(), abs=1e-3)
    assert found.mae == pytest.approx(np.abs(seen).mean(), abs=1e-3)
    wide = score(10 * seen, 10 * draws)
    assert wide.crps == pytest.approx(10 * found.crps), "in the unit of the forecast"


def test_a_single_draw_is_scored_by_its_error():
    assert score(np.array([1.0, 5.0]), np.full((2, 50), 3.0)).each == pytest.approx([2.0, 2.0])


def test_coverage_counts_what_lies_in_the_middle_of_the_draws():
    draws = np.tile(np.arange(101.0), (5, 1))
    found = score(np.array([9.0, 10.0, 50.0, 91.0, 98.0]), draws)
    assert found.coverage80 == pytest.approx(2 / 5)
    assert found.coverage95 == pytest.approx(4 / 5)


def test_forecasts_that_are_right_about_their_spread_are_covered_so():
    rng = np.random.default_rng(1)
    found = score(rng.standard_normal(4000), rng.standard_normal((4000, 200)))
    assert found.coverage80 == pytest.approx(0.8, abs=0.025)
    assert found.coverage95 == pytest.approx(0.95, abs=0.015)
    assert found.crps == pytest.approx(1 / np.sqrt(np.pi), abs=0.03)


def scored(each):
    return score(np.asarray(each, float), np.zeros((len(each), 10)))


def test_equal_forecasters_do_not_differ():
    one = scored(np.random.default_rng(2).uniform(1, 2, 30))
    assert difference(one, one, 1) == (0.0, 0.0)


@pytest.mark.parametrize("count", [1, 2, 5, 24])
def test_a_steady_gap_has_no_error(count):
    gap, se = difference(scored([3.0] * count), scored([5.0] * count), 1)
    assert gap == pytest.approx(-2.0)
    assert se == pytest.approx(0.0)


def test_neighbours_that_go_together_widen_the_error():
    rng = np.random.default_rng(3)
    alone = np.abs(rng.standard_normal(600))
    nothing = scored(np.zeros(600))
    _, se = difference(scored(alone), nothing, 1)
    assert se == pytest.approx(alone.std() / np.sqrt(600), rel=0.15)
    together = np.repeat(alone[:100], 6)
    assert difference(scored(together), nothing, 1)[1] > 1.7 * together.std() / np.sqrt(600)
    assert difference(scored(alone), nothing, 1) == difference(scored(alone), nothing, 1)

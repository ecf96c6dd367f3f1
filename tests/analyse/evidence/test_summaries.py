"""Summaries of months: their error is what a simulation of errors gives, small and large months count alike."""

import numpy as np
import pytest

from records import series
from westphalia.analyse.evidence.monthly import between
from westphalia.analyse.evidence.summaries import Summaries

MONTHS = between("2030-01", "2030-04")
VALUES = np.array([800.0, 1000.0, 1250.0, 300.0])


def of(*all_series, last=MONTHS[-1]):
    return Summaries({one.name: one for one in all_series}, MONTHS[0], last)


def test_months_that_were_not_observed_are_left_out():
    summaries = of(series([1, np.nan, 3], "a", share=0.1), series([4, 5, 6, 7, 8], "b", spread=1), last="2030-03")
    assert summaries.labels == [
        *(("a", month) for month in ("2030-01", "2030-03")),
        *(("b", month) for month in ("2030-01", "2030-02", "2030-03")),
    ]
    assert summaries.seen.tolist() == [1, 3, 4, 5, 6]
    runs = {"a": np.arange(8.0).reshape(4, 2), "b": 10 + np.arange(8.0).reshape(4, 2)}
    assert summaries.of(runs, MONTHS) == pytest.approx(
        summaries.scaled(np.array([[0.0, 4, 10, 12, 14], [1, 5, 11, 13, 15]]))
    )


def test_values_whose_error_is_a_share_count_by_their_logarithm():
    summaries = of(series(VALUES, share=0.1))
    halved = summaries.scaled(VALUES) - summaries.scaled(VALUES / 2)
    assert halved[:3] == pytest.approx(np.log(2), abs=0.03)
    again = of(series(7 * VALUES, share=0.1))
    assert again.scaled(7 * VALUES) == pytest.approx(summaries.scaled(VALUES)), "whatever the unit"


def test_the_scale_bends_at_four_times_the_spread_whatever_the_sign():
    summaries = of(series([-40, 40, 4, 400], spread=10))
    scaled = summaries.scaled(np.array([-40.0, 40.0, 4.0, 400.0]))
    assert scaled == pytest.approx(np.arcsinh([-1, 1, 0.1, 10]))


@pytest.mark.parametrize("error", [{"spread": 20}, {"share": 0.05}, {"share": 0.03, "spread": 15, "common": 0.04}])
def test_the_covariance_is_that_of_simulated_errors(error):
    one = series(VALUES, **error)
    summaries = of(one)
    rng = np.random.default_rng(1)
    draws = 200_000
    factor = 1 + error.get("common", 0.0) * rng.standard_normal((draws, 1))
    seen = factor * VALUES + one.deviation(VALUES) * rng.standard_normal((draws, 4))
    simulated = np.cov(summaries.scaled(seen).T)
    found = summaries.error()
    sizes = np.sqrt(np.outer(np.diag(found), np.diag(found)))
    assert np.abs(simulated - found).max() < 0.05 * sizes.max()  # the slope is that at the observed value


def test_the_covariance_is_that_of_finite_differences():
    one = series(VALUES, share=0.05, common=0.1)
    summaries, step = of(one), 1e-4
    slope = (summaries.scaled(VALUES + step) - summaries.scaled(VALUES - step)) / (2 * step)
    by_hand = np.diag((slope * one.deviation(VALUES)) ** 2) + 0.01 * np.outer(slope * VALUES, slope * VALUES)
    assert summaries.error() == pytest.approx(by_hand, rel=1e-6)


def test_the_common_factor_ties_months_of_a_series_and_no_others():
    common = {"a": 0.2, "b": 0.0, "c": 0.1}
    whole = of(*(series(VALUES, name, share=0.05, common=size) for name, size in common.items())).error()
    single = of(*(series(VALUES, name, share=0.05) for name in common)).error()
    shared = whole - single
    assert np.linalg.matrix_rank(shared, tol=1e-9) == 2, "one for each series that has a factor"
    blocks = shared.reshape(3, 4, 3, 4)
    for first in range(3):
        for second in range(3):
            block = blocks[first, :, second]
            assert np.linalg.matrix_rank(block, tol=1e-9) == (first == second and first != 1)

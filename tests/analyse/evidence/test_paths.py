"""Runs are weighed by the likelihood of a multivariate normal, at the power that is asked, and drawn evenly."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from records import series
from westphalia.analyse.evidence.monthly import between
from westphalia.analyse.evidence.paths import EFFECTIVE, NO_FACTOR, Paths, drawn, power_of

MONTHS = between("2030-01", "2030-05")
SEEN = np.array([90.0, 130.0, np.nan, 110.0])
COMMON = 0.15
RUNS = 40


@pytest.fixture
def paths():
    """Runs around what was seen, of two series."""
    rng = np.random.default_rng(1)
    return Paths(MONTHS, {name: 110 + 20 * rng.standard_normal((5, RUNS)) for name in ("a", "b")})


def dense(own, seen, deviation, common=COMMON):
    """Log likelihood by the whole covariance, but for what is the same for all runs."""
    cover = [np.diag(deviation**2) + common**2 * np.outer(x, x) for x in own.T]
    log = [multivariate_normal(x, each).logpdf(seen) for x, each in zip(own.T, cover, strict=True)]
    return np.array(log) - multivariate_normal(np.zeros(len(seen)), np.diag(deviation**2)).logpdf(np.zeros(len(seen)))


def test_the_log_likelihood_is_that_of_the_dense_normal(paths):
    one = series(SEEN, "a", spread=6, share=0.1, common=COMMON)
    known = np.isfinite(SEEN)
    own, seen = paths.values["a"][:4][known], SEEN[known]
    by_hand = dense(own, seen, one.deviation(seen))
    assert paths.fit({"a": one}, MONTHS[:4]) == pytest.approx(by_hand)
    assert paths.fit({"a": one}, MONTHS[:1]) == pytest.approx(dense(own[:1], seen[:1], one.deviation(seen[:1])))


def test_series_are_independent_and_months_outside_the_window_do_not_count(paths):
    a, b = series(SEEN, "a", spread=6, common=COMMON), series(SEEN - 10, "b", share=0.1)
    both = paths.fit({"a": a, "b": b}, MONTHS[:2])
    assert both == pytest.approx(paths.fit({"a": a}, MONTHS[:2]) + paths.fit({"b": b}, MONTHS[:2]))
    longer = series([*SEEN, 1e6], "a", spread=6, common=COMMON)
    assert paths.fit({"a": longer}, MONTHS[:4]) == pytest.approx(paths.fit({"a": a}, MONTHS[:4]))
    assert paths.fit({"a": a}, []) == pytest.approx(0.0)
    assert paths.fit({"a": a}, MONTHS[2:3]) == pytest.approx(0.0), "nobody looked in that month"


def test_later_months_carry_the_factor_that_the_window_tells_of(paths):
    one = series(SEEN, "a", spread=6, common=COMMON)
    known = np.isfinite(SEEN)
    x, seen = paths.values["a"][:4][known][:, 7], SEEN[known]
    precision = 1 / COMMON**2 + (x**2).sum() / 36
    centre = (1 / COMMON**2 + (x * seen).sum() / 36) / precision
    chosen = np.full(200_000, 7)
    later = paths.later(one, MONTHS[:4], MONTHS[4:], chosen, np.random.default_rng(2))[0]
    next_ = paths.values["a"][4, 7]
    assert later.mean() == pytest.approx(centre * next_, abs=0.1)
    assert later.var() == pytest.approx(next_**2 / precision + 36, rel=0.02)
    free = paths.later(one, [], MONTHS[3:], chosen, np.random.default_rng(2))
    assert free.mean(axis=1) == pytest.approx(paths.values["a"][3:, 7], abs=0.2)
    expected = COMMON**2 * paths.values["a"][3, 7] * next_
    assert np.cov(free)[0, 1] == pytest.approx(expected, rel=0.05), "one factor for all months"


def test_without_a_common_factor_later_months_scatter_by_their_own_error(paths):
    one = series(SEEN, "a", share=0.1)
    later = paths.later(one, MONTHS[:4], MONTHS[4:], np.full(100_000, 3), np.random.default_rng(1))[0]
    truth = paths.values["a"][4, 3]
    assert NO_FACTOR < 1e-3
    assert later.mean() == pytest.approx(truth, abs=0.2)
    assert later.std() == pytest.approx(0.1 * truth, rel=0.02)


def effective(log):
    weights = np.exp(log - log.max())
    return weights.sum() ** 2 / (weights**2).sum()


def test_the_power_leaves_as_many_runs_effective_as_asked():
    rng = np.random.default_rng(1)
    steep = -500 * rng.standard_normal(3000) ** 2
    power = power_of(steep)
    assert 0 < power < 1
    assert effective(power * steep) == pytest.approx(EFFECTIVE, rel=1e-6)
    assert power_of(0.001 * steep) == 1.0, "enough are effective"
    assert power_of(steep[: int(EFFECTIVE)]) == 1.0, "there are no more"
    assert power_of(steep + 1e6) == pytest.approx(power)


def test_runs_are_drawn_within_one_of_their_share():
    rng = np.random.default_rng(3)
    log = 0.2 * rng.standard_normal(1000)
    weights = np.exp(log) / np.exp(log).sum()
    for count in (100, 2000):
        found = drawn(log, count, rng)
        assert len(found) == count
        shares = np.bincount(found, minlength=1000)
        assert (np.abs(shares - count * weights) < 1).all()
    assert (np.bincount(drawn(np.zeros(50), 200, rng), minlength=50) == 4).all()

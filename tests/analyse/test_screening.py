"""Which columns a statement leans on, beside the textbook's tests and by what they find and do not find."""

import numpy as np
import pytest
from scipy import stats

from westphalia.analyse.methods.bins import rank_bins
from westphalia.analyse.methods.screening import chance

BINS = 8


def drawn(runs, columns, seed):
    return np.random.default_rng(seed).random((runs, columns))


def test_both_tests_are_those_of_the_textbook():
    """Homogeneity as a contingency table, the trend as N r^2; the chance is twice the lesser."""
    x = drawn(400, 6, 1)
    hit = drawn(400, 1, 2)[:, 0] < 0.2 + 0.3 * x[:, 0]
    binned = rank_bins(x, BINS)
    for column, got in zip(binned.bins, chance(binned, hit), strict=True):
        table = np.stack([np.bincount(column, hit == side, minlength=BINS) for side in (False, True)])
        even = stats.chi2_contingency(table, correction=False).pvalue
        rises = stats.chi2.sf(len(hit) * np.corrcoef(column, hit)[0, 1] ** 2, 1)
        assert got == pytest.approx(min(2 * min(even, rises), 1.0), rel=1e-9)


def test_the_trend_by_hand():
    """Two levels, 3 of 10 and 8 of 10: Z^2 = 20 r^2 with r = .5025; one degree of freedom, so both tests agree."""
    x = np.repeat([0.0, 1.0], 10)[:, None]
    hit = np.r_[np.arange(10) < 3, np.arange(10) < 8]
    excess = 8 - 10 * 11 / 20
    square = 2 * excess**2 / 10 / (11 / 20 * 9 / 20)
    assert chance(rank_bins(x), hit)[0] == pytest.approx(2 * stats.chi2.sf(square, 1), rel=1e-9)


def test_by_luck_alone_something_stands_out_as_seldom_as_it_should():
    """Among 100 columns of noise, one or more at 5 %: in 300 trials, 15 or fewer but for their own error."""
    found = 0
    for seed in range(300):
        x = drawn(500, 100, seed)
        found += bool((100 * chance(rank_bins(x, BINS), drawn(500, 1, 1000 + seed)[:, 0] < 0.3)).min() < 0.05)
    assert 2 <= found <= 15 + 3 * np.sqrt(15)


@pytest.mark.parametrize("shape", ["rising", "hump"])
def test_what_acts_by_itself_stands_out_among_hundreds(shape):
    """A rise is found by its trend, a hump, which has none, by its bins."""
    x = drawn(1000, 500, 3)
    way = x[:, 7] if shape == "rising" else 1.0 - np.abs(2.0 * x[:, 7] - 1.0)
    hit = drawn(1000, 1, 4)[:, 0] < 0.25 + 0.5 * way
    odds = 500 * chance(rank_bins(x, BINS), hit)
    assert np.flatnonzero(odds < 0.05).tolist() == [7]


def test_a_column_of_one_value_never_stands_out():
    x = np.column_stack([np.ones(100), drawn(100, 1, 5)[:, 0]])
    assert chance(rank_bins(x, BINS), x[:, 1] > 0.5)[0] == 1.0


def test_statements_that_are_all_alike_are_refused():
    with pytest.raises(ValueError, match="both kinds"):
        chance(rank_bins(drawn(50, 2, 6)), np.ones(50, bool))

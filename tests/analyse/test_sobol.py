"""Sobol indices, by design and from given runs, against closed forms and SALib."""

import numpy as np
import pytest

from westphalia.analyse.methods.sobol import halves, totals
from westphalia.analyse.methods.totals import total_from_sample


def ishigami(u):
    """Ishigami and Homma 1990 with a = 7, b = 0.1, inputs from the unit cube."""
    x = (u - 0.5) * 2 * np.pi
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


A, B = 7.0, 0.1
V1 = 0.5 * (1 + B * np.pi**4 / 5) ** 2
V2 = A**2 / 8
V13 = B**2 * np.pi**8 * (1 / 18 - 1 / 50)
ISHIGAMI_TOTAL = np.array([V1 + V13, V2, V13]) / (V1 + V2 + V13)

WEIGHTS = np.array([0, 1, 4.5, 9, 99, 99, 99, 99])


def g_function(u):
    """The g-function of Sobol with the weights of Saltelli."""
    return np.prod((np.abs(4 * u - 2) + WEIGHTS) / (1 + WEIGHTS), axis=1)


PART = 1 / (3 * (1 + WEIGHTS) ** 2)
G_VARIANCE = np.prod(1 + PART) - 1
G_TOTAL = PART / (1 + PART) * np.prod(1 + PART) / G_VARIANCE


def designed(function, columns, rows, *, seed):
    """Totals of a function of uniform inputs on its design."""
    a, b = halves(columns, rows, seed=seed)
    redrawn = [np.where(np.arange(columns) == column, b, a) for column in range(columns)]
    return totals(function(a), np.array([function(points) for points in redrawn]), seed=seed)


@pytest.mark.parametrize(("function", "total"), [(ishigami, ISHIGAMI_TOTAL), (g_function, G_TOTAL)])
def test_designed_totals_agree_with_the_closed_form(function, total):
    found = designed(function, len(total), 2**13, seed=1)
    assert (np.abs(found.total - total) < 3 * found.se + 1e-4).all()
    assert (found.se < 0.03).all()


def test_designed_totals_agree_with_salib():
    sample = pytest.importorskip("SALib.sample.sobol").sample
    analyze = pytest.importorskip("SALib.analyze.sobol").analyze
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[0, 1]] * 3}
    points = sample(problem, 4096, calc_second_order=False, seed=1)
    theirs = analyze(problem, ishigami(points), calc_second_order=False, seed=1)
    assert designed(ishigami, 3, 2**12, seed=2).total == pytest.approx(theirs["ST"], abs=0.03)


def test_a_longer_design_begins_with_the_shorter():
    for short, long in zip(halves(3, 100, seed=4), halves(3, 1000, seed=4), strict=True):
        assert short.shape == (100, 3)
        assert (short == long[:100]).all()
    assert (halves(3, 100, seed=5)[0] != halves(3, 100, seed=4)[0]).any()


def test_designed_errors_are_about_the_spread_over_designs():
    found = [designed(lambda u: 1.0 * ((u[:, 0] > 0.4) & (u[:, 1] > 0.7)), 2, 256, seed=seed) for seed in range(30)]
    spread = np.std([each.total for each in found], axis=0, ddof=1)
    ratio = np.mean([each.se for each in found], axis=0) / spread
    assert (ratio > 0.7).all()
    assert (ratio < 4).all(), "too large at most, as the sequence is more even than chance"


def test_pairs_without_a_value_are_left_out():
    """Input 2 decides whether there is a value, and nothing else: the totals of the others are those of the whole."""
    found = designed(lambda u: np.where(u[:, 2] < 0.75, (u[:, 0] > 0.4) & (u[:, 1] > 0.7), np.nan), 3, 2**13, seed=1)
    assert found.total == pytest.approx([*box_totals((0.6, 0.3)), 0], abs=0.03)
    assert found.pairs / 2**13 == pytest.approx([0.75, 0.75, 0.75**2], abs=0.02)
    assert (found.mean, found.variance) == pytest.approx((0.18, 0.18 * 0.82), abs=0.01)


def test_a_function_that_is_constant_or_has_no_pair_has_no_totals():
    with pytest.raises(ValueError, match="all the same"):
        designed(lambda u: np.ones(len(u)), 2, 32, seed=1)
    with pytest.raises(ValueError, match="no pair"):
        totals(np.array([1.0, np.nan]), np.array([[np.nan, 0.0]]), seed=1)


@pytest.mark.parametrize(("function", "total"), [(ishigami, ISHIGAMI_TOTAL), (g_function, G_TOTAL)])
def test_totals_from_a_sample_of_smooth_functions_are_at_most_six_hundredths_low(function, total):
    u = np.random.default_rng(2).random((60_000, len(total)))
    found = total_from_sample(u, function(u), seed=1)
    assert (found.total < total + 3 * found.se + 1e-3).all()
    assert (found.total > total - 0.06).all()


def box_totals(sides):
    """Totals of the indicator of a box: E[p_other] p_i (1 - p_i) over the variance."""
    sides = np.asarray(sides)
    whole = sides.prod()
    return (1 - sides) / (1 - whole)


def test_totals_of_a_box_agree_with_the_closed_form_and_other_columns_have_none():
    sides = (0.5, 0.7, 0.8)
    u = np.random.default_rng(3).random((60_000, 12))
    holds = ((u[:, :3] + 0.03) % 1 < sides).all(axis=1)
    found = total_from_sample(u, holds, seed=1)
    assert set(found.active) == {0, 1, 2}
    assert found.total[:3] == pytest.approx(box_totals(sides), abs=0.02)
    assert (np.abs(found.total[3:]) < 4.5 * found.se[3:]).all()
    assert found.explained == pytest.approx(1, abs=0.02)


def test_noise_between_runs_is_not_counted():
    random = np.random.default_rng(4)
    u = random.random((40_000, 6))
    holds = (u[:, 0] > 0.5) ^ (random.random(len(u)) < 0.2)
    found = total_from_sample(u, holds, seed=1)
    # Variance 1/4, of which (0.8 - 0.5)^2 follows from the input.
    assert found.total[0] == pytest.approx(0.36, abs=4 * found.se[0] + 0.005)
    assert (np.abs(found.total[1:]) < 4.5 * found.se[1:]).all()


def test_pure_interaction_is_seen():
    u = np.random.default_rng(5).random((20_000, 8))
    found = total_from_sample(u, (u[:, 2] > 0.5) ^ (u[:, 6] > 0.5), seed=1)
    assert set(found.active) == {2, 6}
    assert found.total[[2, 6]] == pytest.approx([1, 1], abs=0.03)
    assert np.abs(found.first).max() < 0.01


def test_in_a_box_what_was_a_condition_has_no_effect():
    u = np.random.default_rng(6).random((40_000, 5))
    holds = (u[:, 0] > 0.5) & (u[:, 1] > 0.3)
    inside = u[:, 0] > 0.5
    found = total_from_sample(u[inside], holds[inside], seed=1)
    assert found.total == pytest.approx([0, 1, 0, 0, 0], abs=0.03)


def test_errors_are_about_the_spread_over_samples():
    totals, errors = [], []
    for seed in range(20):
        random = np.random.default_rng(seed)
        u = random.random((4000, 5))
        found = total_from_sample(u, (u[:, 0] + 0.3 * u[:, 1] > 0.7) ^ (random.random(4000) < 0.1), seed=1)
        totals.append(found.total[0])
        errors.append(found.se[0])
    assert 0.5 < np.std(totals, ddof=1) / np.mean(errors) < 2


def test_a_verdict_that_is_always_the_same_has_no_totals():
    with pytest.raises(ValueError, match="all the same"):
        total_from_sample(np.random.default_rng(1).random((300, 2)), np.ones(300), seed=1)

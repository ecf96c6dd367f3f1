"""The elementary functions against the library's exact ones."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.laws import numerics


def test_log_of_one_plus_is_within_two_millionths_of_the_library():
    e = np.concatenate([[0.0], np.logspace(-12, 0, 4001)])
    exact = np.log1p(e)
    assert numerics.log1p_unit(e)[0] == 0.0
    assert np.max(np.abs(numerics.log1p_unit(e)[1:] / exact[1:] - 1.0)) < 2e-6


@pytest.mark.parametrize("width", [0.16, 0.32])
def test_softplus_keeps_its_relative_precision_in_the_tail_that_slow_advances_live_in(width):
    """At ln z - r of -1.65 the tail is 1e-5 to 1e-3 km a week per km; ``log(1 + e)`` in float32 is off by 100 %."""
    z = np.linspace(-3.0, 3.0, 1001)
    exact = width * np.logaddexp(0.0, z / width)
    assert np.max(np.abs(numerics.softplus(z, width) / exact - 1.0)) < 2e-6
    single = numerics.softplus(z.astype(np.float32), np.float32(width))
    assert np.max(np.abs(single / exact - 1.0)) < 2e-5


@given(st.floats(-800.0, 800.0))
def test_logistic_does_not_overflow_and_is_odd_about_one_half(z):
    up, down = numerics.logistic(np.array([z])), numerics.logistic(np.array([-z]))
    assert up + down == pytest.approx(1.0, abs=1e-15)
    assert up == pytest.approx(math.exp(min(z, 0.0)) / (1.0 + math.exp(-abs(z))), abs=1e-15)


def test_gate_is_exactly_shut_below_its_margin_and_exactly_open_above():
    assert numerics.gate(np.array([-50.0, -1.0])).tolist() == [0.0, 0.0]
    assert numerics.gate(np.array([1.0, 50.0])).tolist() == [1.0, 1.0]
    assert numerics.gate(np.array([-0.5, 0.0, 0.5])) == pytest.approx([0.15625, 0.5, 0.84375], abs=1e-15)


@given(st.floats(-2.0, 2.0), st.floats(0.0, 1.0))
def test_gate_never_falls(z, step):
    assert numerics.gate(np.array([z + step])) >= numerics.gate(np.array([z])) - 1e-15


def test_smooth_minimum_is_two_to_the_minus_one_quarter_at_one():
    y = np.array([0.0, 0.1, 1.0, 3.0, 1e9])
    assert numerics.smooth_min_one(y) == pytest.approx([0.0, 0.1 / 1.0001**0.25, 2.0**-0.25, 3.0 / 82.0**0.25, 1.0])
    assert np.all(numerics.smooth_min_one(y) <= 1.0)


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3))
def test_sums_by_rows_agree_with_exact_summation(numbers):
    table = np.array(numbers)[None, :, None] * np.array([1.0, -2.0])[:, None, None]
    assert numerics.over_fronts(table)[:, 0] == pytest.approx([math.fsum(numbers), -2.0 * math.fsum(numbers)], abs=1e-9)
    assert numerics.sum_rows(table[0])[0] == pytest.approx(math.fsum(numbers), abs=1e-9)


def test_the_other_side_of_an_asymmetric_pair():
    assert numerics.other(np.array([[3.0], [5.0]])).tolist() == [[5.0], [3.0]]


KNOTS = np.array([[-20.0, 0.0, 30.0, 90.0], [0.0, 10.0, 20.0, 40.0]])[:, :, None]
VALUES = np.array([[140.0, 130.0, 55.0, 70.0], [1.0, 4.0, 2.0, 8.0]])[:, :, None]


@given(st.floats(-60.0, 150.0), st.floats(-60.0, 150.0))
def test_the_table_is_that_of_the_library_on_each_front_and_constant_beyond_its_ends(first, second):
    got = numerics.interpolate(np.array([[first], [second]]), KNOTS, VALUES)[:, 0]
    want = [np.interp(x, KNOTS[f, :, 0], VALUES[f, :, 0]) for f, x in enumerate((first, second))]
    assert got == pytest.approx(want, abs=1e-9)


def test_the_integral_of_the_table_from_zero_by_hand():
    """First front: (130 + 55)/2 x 30 to the knot, and back over -20 with 10 km of the constant 140 beyond."""
    assert numerics.integrate(np.array([[30.0], [20.0]]), KNOTS, VALUES)[:, 0] == pytest.approx([2775.0, 25.0 + 30.0])
    assert numerics.integrate(np.array([[-30.0], [-5.0]]), KNOTS, VALUES)[:, 0] == pytest.approx([-4100.0, -5.0])
    assert numerics.integrate(np.array([[100.0], [50.0]]), KNOTS, VALUES)[:, 0] == pytest.approx(
        [2775.0 + 62.5 * 60.0 + 700.0, 55.0 + 100.0 + 80.0]
    )


@given(st.floats(-60.0, 150.0))
def test_the_integral_has_the_table_as_its_derivative(x):
    ahead, behind = (numerics.integrate(np.full((2, 1), x + step), KNOTS, VALUES) for step in (1e-4, -1e-4))
    slope = (ahead - behind) / 2e-4
    assert slope == pytest.approx(numerics.interpolate(np.full((2, 1), x), KNOTS, VALUES), abs=1e-3)

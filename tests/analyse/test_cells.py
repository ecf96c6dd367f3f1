"""Shapley values against their axioms, and pair interactions against a closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.analyse.cells import pairs, values


def cells_of(function, count, runs=3):
    """Cells of a function of the set of switches that are on, with some spread over runs."""
    rows = [function({s for s in range(count) if cell >> s & 1}) for cell in range(1 << count)]
    return np.array(rows, float)[:, None] + np.zeros(runs)


@given(st.lists(st.floats(-5, 5), min_size=16, max_size=16))
def test_values_add_up_to_the_whole_difference(numbers):
    cells = np.array(numbers)[:, None] + np.zeros(2)
    assert sum(value.value for value in values(cells)) == pytest.approx(numbers[-1] - numbers[0], abs=1e-9)


def test_a_switch_that_does_nothing_is_worth_nothing_and_alike_ones_are_worth_the_same():
    found = values(cells_of(lambda on: 6.0 * ({0, 1} <= on), 3))
    assert [round(value.value, 12) for value in found] == [3.0, 3.0, 0.0]
    assert (found[0].first_in, found[0].last_in, found[0].lowest, found[0].highest) == (0.0, 6.0, 0.0, 6.0)


def test_values_of_a_sum_are_sums_of_values():
    one, other = (cells_of(f, 3) for f in (lambda on: len(on) ** 2, lambda on: 2.0 * (1 in on)))
    for a, b, both in zip(values(one), values(other), values(one + other), strict=True):
        assert a.value + b.value == pytest.approx(both.value)


def test_a_product_of_two_interacts_by_its_factor_and_a_sum_does_not():
    found = pairs(cells_of(lambda on: 4.0 * ({0, 1} <= on) + len(on), 3))
    assert {pair: round(value, 12) for pair, value in found.items()} == {(0, 1): 4.0, (0, 2): 0.0, (1, 2): 0.0}


def test_the_error_is_that_of_the_mean_over_runs():
    random = np.random.default_rng(1)
    cells = np.stack([np.zeros(400), random.normal(1.0, 2.0, 400)])
    (value,) = values(cells)
    assert value.se == pytest.approx(cells[1].std(ddof=1) / 20.0)


def test_cells_that_are_no_power_of_two_are_refused():
    with pytest.raises(ValueError, match="3 cells are not all combinations"):
        values(np.zeros((3, 2)))

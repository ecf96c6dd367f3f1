"""The axioms of the Shapley value, exactly; errors; and a textbook game."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from westphalia.analyse.methods.shapley import attribute, interaction_weights, leading, paired


def cells_of(factors):
    return arrays(float, 2**factors, elements=st.integers(-1000, 1000))


def by_orders(cells, factors):
    """Contributions in every order, the definition: ``(order, factor)``."""
    rows = []
    for order in itertools.permutations(range(factors)):
        row, on = np.zeros(factors), 0
        for factor in order:
            row[factor] = cells[on | 1 << factor] - cells[on]
            on |= 1 << factor
        rows.append(row)
    return np.array(rows)


@given(cells_of(4))
def test_value_and_band_are_those_of_the_definition(cells):
    found, orders = attribute(cells), by_orders(cells, 4)
    assert found.value == pytest.approx(orders.mean(axis=0), abs=1e-9)
    assert np.array_equal(found.low, orders.min(axis=0))
    assert np.array_equal(found.high, orders.max(axis=0))
    assert found.first_in.tolist() == [cells[1 << factor] - cells[0] for factor in range(4)]
    assert found.last_in.tolist() == [cells[15] - cells[15 ^ 1 << factor] for factor in range(4)]


@given(cells_of(6))
def test_values_add_up_to_the_whole_difference(cells):
    assert attribute(cells).value.sum() == pytest.approx(cells[-1] - cells[0], abs=1e-8)


@given(cells_of(3), cells_of(3))
def test_values_of_a_sum_are_the_sums_of_values(first, second):
    both = attribute(first).value + attribute(second).value
    assert attribute(first + second).value == pytest.approx(both, abs=1e-9)


@given(cells_of(3))
def test_a_factor_that_changes_nothing_has_nothing(cells):
    with_idle = np.concatenate([cells, cells])
    found = attribute(with_idle)
    assert found.low[3] == found.high[3] == 0
    assert found.value[3] == pytest.approx(0, abs=1e-9)
    assert found.value[:3] == pytest.approx(attribute(cells).value, abs=1e-9)
    assert found.pairs[3] == pytest.approx(np.zeros(4), abs=1e-9)


@given(cells_of(4))
def test_exchanged_factors_exchange_their_values(cells):
    numbers = np.arange(16)
    exchanged = (numbers & 0b1100) | (numbers & 1) << 1 | (numbers & 2) >> 1
    assert attribute(cells[exchanged]).value[[1, 0, 2, 3]] == pytest.approx(attribute(cells).value, abs=1e-9)


def test_glove_game():
    # One left and two right gloves, a pair is worth 1: 2/3, 1/6, 1/6 (Shapley and Shubik).
    cells = np.array([float(number & 1 and number > 1) for number in range(8)])
    assert attribute(cells).value == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_interaction_of_a_product_is_its_factor_and_that_of_a_sum_is_nothing():
    on = (np.arange(8)[:, None] >> np.arange(3)) % 2
    found = attribute(on @ [1.0, 2.0, 3.0] + 5.0 * on[:, 0] * on[:, 2])
    expected = np.zeros((3, 3))
    expected[0, 2] = expected[2, 0] = 5
    assert found.pairs == pytest.approx(expected, abs=1e-12)
    assert found.value == pytest.approx([3.5, 2, 5.5])
    assert interaction_weights(2)[0, 1].tolist() == [1, -1, -1, 1]


def test_errors_are_the_spread_of_values_over_repetitions():
    random = np.random.default_rng(1)
    truth, se = random.normal(size=16), random.uniform(0.5, 2, size=16)
    values = np.array([attribute(truth + se * random.normal(size=16)).value for _ in range(4000)])
    assert attribute(truth, se=se).se == pytest.approx(values.std(axis=0), rel=0.05)


def test_what_is_common_to_all_cells_of_a_block_is_no_error():
    random = np.random.default_rng(2)
    blocks = np.arange(8.0) + 100 * random.normal(size=(50, 1)) + 0.1 * random.normal(size=(50, 8))
    mean, covariance = paired(blocks)
    assert (attribute(mean, covariance=covariance).se < 0.03).all()
    assert (attribute(mean, se=np.sqrt(np.diag(covariance))).se > 1).all()


def test_the_leading_factor_is_told_by_its_share_of_draws():
    first, second = np.array([0, 2, 1, 3.0]), np.array([0, 1, 2, 3.0])
    assert leading(np.stack([first, first, first, second])).tolist() == [0.75, 0.25]
    assert leading(np.array([[0, 1, 1, 2.0]])).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("count", [1, 3, 512])
def test_cells_are_a_power_of_two_up_to_eight_factors(count):
    with pytest.raises(ValueError, match="cells"):
        attribute(np.zeros(count))

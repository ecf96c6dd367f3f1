"""Combat power against hand-worked figures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.laws.power.dupuy_type import DupuyType


def test_effectiveness_is_the_product_of_its_factors(make, fronts, sides):
    """A golden, by hand: 0.9 x .64^.5 x (.011/.022)^.25 x .81^.5 = .5448; 1.1 x 1 x 2^.25 x .25^.5 = .6541."""
    law = make(DupuyType, supply_exponent=0.5, armour_exponent=0.25, cohesion_exponent=0.5, armour_reference=0.022)
    got = np.exp(law.log_effectiveness(sides(0.9, 1.1), fronts(0.64, 1.0), sides(0.011, 0.044), fronts(0.81, 0.25)))
    first, second = 0.9 * 0.8 * 0.5**0.25 * 0.9, 1.1 * 2.0**0.25 * 0.5
    assert got[:, 0, 0] == pytest.approx([first, second], rel=1e-12)
    assert got[:, 0, 0] == pytest.approx([0.5449, 0.6541], abs=1e-4)


@pytest.mark.parametrize(
    ("stock", "exponent"),
    [("supply", 0.7), ("armour", 0.25), ("cohesion", 0.75), ("quality", 1.0)],
)
def test_every_stock_has_a_reader_with_its_own_exponent(make, fronts, sides, stock, exponent):
    """Ten per cent more of a stock adds exponent x ln 1.1 to log effectiveness, on one side only."""
    law = make(DupuyType, supply_exponent=0.7, armour_exponent=0.25, cohesion_exponent=0.75)

    def value(**more):
        factor = {"supply": 1.0, "armour": 1.0, "cohesion": 1.0, "quality": 1.0} | more
        return law.log_effectiveness(
            sides(0.8, 1.0) * np.array([[factor["quality"]], [1.0]]),
            fronts(0.6 * factor["supply"], 0.9),
            sides(0.02 * factor["armour"], 0.01),
            fronts(0.7 * factor["cohesion"], 0.8),
        )

    gained = value(**{stock: 1.1}) - value()
    assert gained[:, 0, 0] == pytest.approx([exponent * math.log(1.1), 0.0], abs=1e-12)


def test_an_army_without_anything_left_has_finite_power(make, fronts, sides):
    law = make(DupuyType)
    assert np.all(np.isfinite(law.log_effectiveness(sides(0, 0), fronts(0, 0), sides(0, 0), fronts(0, 0))))


def test_defence_adds_works_times_density_to_one_plus_river(make, fronts):
    """A golden, by hand: f = .8 at twice the half-effect density, .5 at it."""
    law = make(DupuyType, density_scale=0.15, dig_in_bonus=1.0, belt_scale=0.8, saturation_bonus=0.4)
    got = law.defence(
        np.array([[0.3]]), fronts(0.5, 0.0), fronts(0.0, 2.0), fronts(0.6, 0.1), np.array([0.5]), fronts(0.30, 0.15)
    )
    assert got[:, 0, 0] == pytest.approx([1.0 + (0.3 + 0.4 + 0.6 + 0.2) * 0.8, 3.0 + (0.3 + 0.1 + 0.2) * 0.5])


def test_the_force_to_space_effect_is_steep(make, fronts):
    """f = rho^2/(rho^2 + rho0^2): .1 at a third of the half-effect density, .9 at three times it."""
    law = make(DupuyType, density_scale=0.12, dig_in_bonus=1.0, saturation_bonus=0.0)
    nothing = fronts(0.0, 0.0)
    got = law.defence(np.array([[0.0]]), nothing, nothing, fronts(1.0, 1.0), np.array([0.0]), fronts(0.04, 0.36))
    assert got[:, 0, 0] == pytest.approx([1.1, 1.9])


def test_a_river_holds_even_where_nobody_stands(make, fronts):
    """Rivers lie outside the force-to-space factor; all works are worth nothing on an empty line."""
    law = make(DupuyType)
    full = fronts(1.0, 1.0)
    got = law.defence(np.array([[1.5]]), full, fronts(0.0, 6.0), full, np.array([1.0]), fronts(0.0, 0.0))
    assert got[:, 0, 0].tolist() == [1.0, 7.0]


def test_field_works_of_the_studied_range_reach_the_fortified_posture_of_the_handbook(make, fronts):
    """Dupuy's posture factors: prepared 1.5, fortified 1.6 [Dupuy1985]; full works in a dense line span 1.5 to 2.8."""
    nothing = fronts(0.0, 0.0)
    low, high = (
        make(DupuyType, dig_in_bonus=bonus).defence(
            np.array([[0.0]]), nothing, nothing, fronts(1.0, 1.0), np.array([0.0]), fronts(50.0, 50.0)
        )[0, 0, 0]
        for bonus in (0.5, 1.8)
    )
    assert low == pytest.approx(1.5, abs=1e-4)
    assert low < 1.6 < high


@given(density=st.floats(0.0, 5.0), more=st.floats(0.0, 5.0), dig_in=st.floats(0.0, 1.0))
def test_defence_never_falls_with_density_and_never_below_one(make, fronts, density, more, dig_in):
    law = make(DupuyType)
    nothing = fronts(0.0, 0.0)
    got = law.defence(
        np.array([[0.2]]), nothing, nothing, fronts(dig_in, dig_in), np.array([0.1]), fronts(density, density + more)
    )
    assert 1.0 <= got[0, 0, 0] <= got[1, 0, 0] + 1e-12

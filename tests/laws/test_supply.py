"""Transport over distance and rivers against the truck count and the culminating point."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.laws.power.dupuy_type import DupuyType
from westphalia.laws.supply.truck_chain import TruckChain

ONE = np.ones((2, 1, 1))
FREE = np.zeros((2, 1, 1))


def delivered(law, distance, tempo=0.5, crossing=1.0, pressure=FREE):
    """Capacity over demand, by inverting S = y/(1 + y^4)^(1/4)."""
    s = law.transport(tempo * ONE, distance, crossing * ONE, pressure)
    return s / (1.0 - s**4) ** 0.25


def trucks(distance, vehicles=400, payload=5.0, hours=84.0, speed=25.0, load_time=7.0):
    """Tonnes a week that a pool of vehicles brings over a distance in km, by counting round trips."""
    hours_per_trip = 2.0 * distance / speed + load_time
    return vehicles * payload * hours / hours_per_trip


@pytest.mark.parametrize(("speed", "load_time"), [(20.0, 4.0), (25.0, 7.0), (30.0, 9.0)])
def test_capacity_falls_with_distance_as_the_truck_count_does(make, speed, load_time):
    """dh = speed x load time / 2 makes 1/(1 + d/dh) the exact shape of vehicles x payload x hours / trip time."""
    law = make(TruckChain, carrier_range=1e12, loading_distance=speed * load_time / 2.0, capacity=(0.9, 0.5))
    distance = np.array([10.0, 87.5, 300.0])[None, :, None] * ONE
    got = delivered(law, distance) / delivered(law, 0.0 * distance)
    tonnes = np.array([trucks(d, speed=speed, load_time=load_time) for d in (0.0, 10.0, 87.5, 300.0)])
    for side in range(2):
        assert got[side, :, 0] == pytest.approx(tonnes[1:] / tonnes[0], rel=1e-9)


def test_tonnes_link_to_units_of_demand(make):
    """A golden: 400 lorries of 5 t on 84 hours a week carry 24,000 t at the railhead, 12,000 t at 87.5 km."""
    assert [trucks(0.0), trucks(87.5)] == pytest.approx([24_000.0, 12_000.0])
    law = make(TruckChain, carrier_range=1e12, loading_distance=87.5, capacity=(24_000 / 30_000, 24_000 / 15_000))
    got = delivered(law, np.array([87.5]).reshape(1, 1, 1) * ONE)[:, 0, 0]
    assert got == pytest.approx([12_000 / 30_000, 12_000 / 15_000], rel=1e-9)


def test_carriers_eat_all_but_one_e_th_over_their_range(make, fronts):
    """d0 is the range at which 1/e remains [VanCreveld1977]; 193 km for horses and 805 for lorries were the limits."""
    law = make(TruckChain, carrier_range=400.0, loading_distance=1e12, capacity=0.5)
    got = delivered(law, fronts(400.0, 193.0)) / delivered(law, fronts(0.0, 0.0))
    assert got[:, 0, 0] == pytest.approx([math.exp(-1.0), math.exp(-193.0 / 400.0)], rel=1e-9)


def test_supply_by_hand(make, fronts):
    """A golden: all factors at once, unequal between the sides."""
    law = make(
        TruckChain,
        capacity=(2.0, 3.0),
        demand_still=0.6,
        demand_tempo=1.0,
        carrier_range=500.0,
        loading_distance=100.0,
        interdiction=0.005,
    )
    got = law.transport(fronts(0.5, 1.0), fronts(100.0, 50.0), fronts(0.5, 1.0), fronts(40.0, 0.0))[:, 0, 0]
    first = 2.0 * math.exp(-0.2 - 0.005 * 40.0) / 2.0 * 0.5
    second = 3.0 * math.exp(-0.1) / 1.5 / (1.6 / 1.1)
    assert got == pytest.approx([y / (1.0 + y**4) ** 0.25 for y in (first, second)], rel=1e-12)


def culminating_point(make, z0, bend, sigma, carrier_range, **numbers):
    """Distance at which an attack's log power ratio falls to where lines bend, by bisection of the two laws."""
    supply = make(TruckChain, capacity=0.09, carrier_range=carrier_range, **numbers)
    power = make(DupuyType, supply_exponent=sigma)
    one = np.ones((2, 1))

    def log_power(distance):
        s = supply.transport(0.5 * ONE, distance * ONE, ONE, FREE)
        return power.log_effectiveness(one, s, 0.022 * one, ONE)[0, 0, 0]

    def log_ratio(distance):
        return math.log(z0) + log_power(distance) - log_power(0.0)

    low, high = 0.0, 3.0 * carrier_range
    assert log_ratio(low) > bend > log_ratio(high)
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if log_ratio(middle) > bend else (low, middle)
    return 0.5 * (low + high)


@pytest.mark.parametrize(("z0", "bend", "sigma", "d0"), [(2.5, 0.3, 0.7, 400.0), (3.0, 0.0, 1.0, 250.0)])
def test_the_culminating_point_is_that_of_clausewitz_in_closed_form(make, z0, bend, sigma, d0):
    """x* = (d0/sigma) ln(z0 e^-r) where supply is scarce and decay purely exponential [Clausewitz1832]."""
    found = culminating_point(make, z0, bend, sigma, d0, loading_distance=1e12)
    assert found == pytest.approx(d0 / sigma * (math.log(z0) - bend), rel=1e-4)


def test_loading_brings_the_culminating_point_nearer(make):
    closed = 400.0 / 0.7 * (math.log(2.5) - 0.3)
    assert culminating_point(make, 2.5, 0.3, 0.7, 400.0, loading_distance=90.0) < 0.5 * closed


@given(
    near=st.floats(0.0, 1500.0), further=st.floats(0.0, 500.0), tempo=st.floats(0.0, 1.0), river=st.floats(0.05, 1.0)
)
def test_strength_falls_with_distance(make, near, further, tempo, river):
    """Boulding's loss-of-strength gradient [Boulding1962]: neither supply nor power rises with distance."""
    law, power = make(TruckChain), make(DupuyType)
    one = np.ones((2, 1))
    s = law.transport(tempo * ONE, np.array([near, near + further]).reshape(1, 2, 1), river * ONE, 30.0 * ONE)
    strength = power.log_effectiveness(one, s, 0.022 * one, np.ones((2, 2, 1)))
    for falling in (s, strength):
        assert np.all(falling[:, 1] <= falling[:, 0] + 1e-12)
    assert np.all((s >= 0.0) & (s <= 1.0))


def test_partisans_shorten_the_carriers_range(make, fronts):
    """K exp(-nu p d): one in a thousand at nu = .005 costs a fifth over 44.6 km of occupied land."""
    law = make(TruckChain, capacity=0.5, interdiction=0.005)
    through = math.log(1.25) / 0.005
    far = fronts(through, through)
    got = delivered(law, far, pressure=fronts(1.0 * through, 0.0)) / delivered(law, far)
    assert got[:, 0, 0] == pytest.approx([0.8, 1.0], rel=1e-9)


def test_crossings_settle_where_bridging_and_strikes_balance(make, fronts):
    """c* = c0/(1 + t_bridge xi strikes): .9/(1 + 6 x .25 x .8) = .4091 under strikes, c0 without."""
    law = make(TruckChain, bridging_time=6.0, strike_rate=0.25)
    crossing = fronts(0.9, 0.05)
    for _ in range(200):
        crossing = law.next_crossing(crossing, fronts(0.9, 0.8), fronts(0.8, 0.0))
    assert crossing[:, 0, 0] == pytest.approx([0.9 / 2.2, 0.8], rel=1e-12)


def test_cut_crossings_come_back_with_the_bridging_time(make, fronts):
    law = make(TruckChain, bridging_time=5.0)
    crossing = fronts(0.0, 0.4)
    for _ in range(5):
        crossing = law.next_crossing(crossing, fronts(0.8, 0.8), fronts(0.0, 0.0))
    assert crossing[:, 0, 0] == pytest.approx([0.8 * (1 - math.exp(-1)), 0.8 - 0.4 * math.exp(-1)], rel=1e-12)


def test_a_river_bears_on_supply_only_once_it_is_crossed(make, fronts):
    law = make(TruckChain, river_width=5.0)
    assert law.behind_river(fronts(89.9, 100.1), fronts(95.0, 95.0))[:, 0, 0].tolist() == [0.0, 1.0]
    assert law.behind_river(fronts(95.0, 97.5), fronts(95.0, 95.0))[:, 0, 0] == pytest.approx([0.5, 0.84375])


def test_a_railhead_follows_at_its_own_speed_and_falls_back_with_the_line(make, fronts):
    law = make(TruckChain, railhead_speed=8.0)
    assert law.next_railhead(fronts(10.0, 10.0), fronts(60.0, 13.0))[:, 0, 0].tolist() == [18.0, 13.0]
    assert law.next_railhead(fronts(10.0, -5.0), fronts(-20.0, -5.0))[:, 0, 0].tolist() == [-20.0, -5.0]


def test_hunger_grows_with_the_square_of_the_want(make, fronts):
    """A golden: xi (1 - S)^2 with xi = .02: .005 at half supply, .0002 at nine tenths; none at full supply."""
    law = make(TruckChain, non_battle=0.02)
    assert law.non_battle_rate(fronts(0.5, 0.9))[:, 0, 0] == pytest.approx([0.005, 0.0002])
    assert law.non_battle_rate(fronts(1.0, 0.0))[:, 0, 0] == pytest.approx([0.0, 0.02])

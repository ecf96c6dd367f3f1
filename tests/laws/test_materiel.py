"""Materiel: steady states and balances in closed form."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, per_side

from westphalia.laws.materiel import StockFlow

NONE = per_side(0.0, 0.0)
SHARE = st.floats(0.0, 1.0)
REFERENCE = np.array([0.022])
"""Vehicles per person at which nothing is withheld."""


def test_armour_settles_where_production_and_aid_make_up_for_losses():
    """G* = (prod + aid)/(g l): (0.03 + 0.01)/(0.8 x 0.01) = 5 and (0.015 + 0.045)/(1.2 x 0.02) = 2.5 thousand."""
    law = at_middle(StockFlow, exposed=[0.8, 1.2], production=[0.03, 0.015], aid_armour=0.05)
    armour = per_side(14.0, 1.0)
    strength = per_side(100.0, 40.0)  # so small a force that all armour is exposed
    for _ in range(3000):
        gained = law.produced(per_side(1.0, 1.0), NONE) + law.armour_from_aid(per_side(0.2, 0.9))
        armour = armour + gained - law.exposure(armour, strength, REFERENCE) * per_side(0.01, 0.02) * armour
    np.testing.assert_allclose(armour[:, 0], [5.0, 2.5], rtol=1e-9)


def test_scarce_armour_is_withheld_and_settles_higher():
    """With exposure g (G/(F G0))^x the same flows settle at G* = [(prod + aid) (F G0)^x/(g l)]^(1/(1+x))."""
    law = at_middle(StockFlow, exposed=[0.8, 1.2], withheld=0.5)
    strength, gained, loss_rate = per_side(700.0, 450.0), per_side(0.04, 0.06), per_side(0.01, 0.02)
    armour = per_side(14.0, 4.0)
    for _ in range(5000):
        armour = armour + gained - law.exposure(armour, strength, REFERENCE) * loss_rate * armour
    reference = (REFERENCE * strength) ** 0.5
    expected = (gained * reference / (per_side(0.8, 1.2) * loss_rate)) ** (1.0 / 1.5)
    np.testing.assert_allclose(armour, expected, rtol=1e-9)
    assert (armour > gained / (per_side(0.8, 1.2) * loss_rate)).all()


def test_refurbishment_runs_at_capacity_and_then_follows_the_store():
    """A store of 15 with 0.1 a week and 100 weeks: linear down to 10, then 10 (1 - 1/100)^n."""
    law = at_middle(StockFlow, refurbishment=[0.1, 0.01], drawdown_time=100.0)
    store = per_side(15.0, 3.0)
    for _ in range(50):
        store = store - law.refurbished(store)
    np.testing.assert_allclose(store[:, 0], [10.0, 2.5], rtol=1e-9)
    for _ in range(100):
        store = store - law.refurbished(store)
    np.testing.assert_allclose(store[:, 0], [10.0 * 0.99**100, 1.5], rtol=1e-9)


@given(first=st.floats(0.0, 30.0), second=st.floats(0.0, 30.0), weeks=st.integers(1, 300))
def test_no_vehicle_is_lost_between_store_and_front(first, second, weeks):
    law = at_middle(StockFlow, refurbishment=[0.12, 0.004], drawdown_time=60.0)
    store = start = per_side(first, second)
    moved = NONE
    for _ in range(weeks):
        taken = law.refurbished(store)
        store, moved = store - taken, moved + taken
    np.testing.assert_allclose(store + moved, start, rtol=1e-12, atol=1e-12)
    assert (store >= 0.0).all()


def test_ammunition_settles_where_supply_meets_burn():
    """A* = (p Y + a aid)/(b0 + b1 u): (1 + 0.4)/(0.18 + 0.1) = 5 and (0.3 x 0.9 + 0.8)/(0.18 + 0.02) = 5.35."""
    law = at_middle(StockFlow, own_ammunition=[1.0, 0.3], aid_ammunition=0.8, burn_still=0.18, burn_tempo=0.25)
    ammunition = per_side(8.0, 0.0)
    for _ in range(300):
        ammunition = law.next_ammunition(ammunition, per_side(0.4, 0.08), per_side(1.0, 0.9), per_side(0.5, 1.0), NONE)
    np.testing.assert_allclose(ammunition[:, 0], [5.0, 5.35], rtol=1e-9)


def test_ammunition_is_exact_for_any_step():
    law = at_middle(StockFlow)
    start, tempo, rest = per_side(6.0, 1.6), per_side(0.3, 0.1), (per_side(1.0, 0.8), per_side(0.0, 0.6), NONE)
    weekly = start
    for _ in range(4):
        weekly = law.next_ammunition(weekly, tempo, *rest)
    np.testing.assert_allclose(weekly, law.next_ammunition(start, tempo, *rest, dt=4.0), rtol=1e-12)


@given(struck=st.floats(0.01, 1.0))
def test_strikes_on_the_economy_lower_output_and_ammunition(struck):
    law = at_middle(StockFlow, strain_strikes=0.2)
    one, hit = per_side(1.0, 1.0), per_side(struck, 0.0)
    made = law.produced(one, hit)
    np.testing.assert_allclose(made[0] / made[1], 1.0 - 0.2 * struck)
    left = law.next_ammunition(one, 0.0 * one, one, NONE, hit)
    assert left[0, 0] < left[1, 0]


def test_an_index_of_enough_satisfies_to_a_fourth_root_of_a_half():
    """Smooth minimum with exponent 4 at its corner: 2^(-1/4) = 0.841; far above it nearly 1, far below linear."""
    law = at_middle(StockFlow, enough=2.0)
    satisfied = law.ammunition_satisfaction(np.array([[2.0, 20.0], [0.2, 0.0]]))
    np.testing.assert_allclose(satisfied, [[2.0**-0.25, 1.0], [0.1, 0.0]], rtol=1e-4)


@given(mobilised=SHARE, lost=SHARE, financed=SHARE, struck=SHARE)
def test_the_economy_tends_to_what_is_left_of_it(mobilised, lost, financed, struck):
    """Y* = 1 - y_m mobilised - y_i lost + y_f finance - y_s struck, never below a twentieth."""
    numbers = {"strain_mobilised": 1.0, "strain_industry": 0.8, "finance": 0.2, "strain_strikes": 0.1}
    law = at_middle(StockFlow, economy_time=26.0, **numbers)
    burdens = (per_side(mobilised, 0.0), per_side(lost, 0.0), per_side(financed, 0.0), per_side(struck, 0.0))
    economy = per_side(1.0, 0.5)
    for _ in range(800):
        economy = law.next_economy(economy, *burdens)
    expected = max(1.0 - mobilised - 0.8 * lost + 0.2 * financed - 0.1 * struck, 0.05)
    np.testing.assert_allclose(economy[:, 0], [expected, 1.0], rtol=1e-9)

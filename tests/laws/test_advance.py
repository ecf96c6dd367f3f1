"""How lines move, stand and are given up, against closed forms and the orders of size of two kinds of war."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.laws.advance.epstein_type import EpsteinType
from westphalia.laws.advance.fixed_front import FixedFront
from westphalia.laws.attrition.helmbold import Helmbold

ONE = np.ones((2, 1, 1))


def test_push_speed_by_hand(make, fronts):
    """A golden: sp = .25 ln(1 + e^2) = .5317 and .25 ln 2 = .1733; v = 100 (1 - exp(-80 u sp/100))."""
    law = make(EpsteinType, push=80.0, ceiling=100.0, bend=0.2, softness=0.25)
    got = law.push_speed(fronts(0.7, 0.2), fronts(0.5, 1.0))[:, 0, 0]
    want = [100 * (1 - math.exp(-0.4 * 0.25 * math.log(1 + math.e**2))), 100 * (1 - math.exp(-0.2 * math.log(2.0)))]
    assert got == pytest.approx(want, rel=3e-6)
    assert got == pytest.approx([19.16, 12.94], abs=0.01)


def test_one_equation_spans_breakthrough_and_creep(make, fronts):
    """Tens of km a week at ln z = .7, a tenth at -1.15: an order check."""
    law = make(EpsteinType)
    fast, slow = law.push_speed(fronts(0.7, -1.15), ONE)[:, 0, 0]
    assert 40 / 2 < fast < 40 * 2
    assert 0.08 / 3 < slow < 0.08 * 3


def test_both_speeds_lie_inside_the_studied_range(make, fronts):
    """Over s = .16 to .32 and v0 = 40 to 160 the two figures are within what the law can give."""
    slow_end = make(EpsteinType, push=40.0, softness=0.16).push_speed(fronts(0.7, -1.15), ONE)[:, 0, 0]
    fast_end = make(EpsteinType, push=160.0, softness=0.32).push_speed(fronts(0.7, -1.15), ONE)[:, 0, 0]
    assert np.all(slow_end < [40.0, 0.08])
    assert np.all(fast_end > [40.0, 0.08])


def test_creep_grows_by_a_factor_e_for_each_softness_of_log_advantage(make, fronts):
    """Deep in the tail dln v/dln z = 1/s."""
    law = make(EpsteinType, bend=0.3, softness=0.2)
    slow, fast = law.push_speed(fronts(-1.5, -1.3), ONE)[:, 0, 0]
    assert fast / slow == pytest.approx(math.e, rel=1e-3)


@given(z=st.floats(-5.0, 5.0), step=st.floats(0.0, 2.0), tempo=st.floats(0.0, 1.0))
def test_push_is_monotone_and_stays_between_nothing_and_its_ceiling(make, fronts, z, step, tempo):
    law = make(EpsteinType)
    weak, strong = law.push_speed(fronts(z, z + step), tempo * ONE)[:, 0, 0]
    assert 0.0 <= weak <= strong * (1 + 1e-12) <= law.ceiling[0] * (1 + 1e-12)


def test_without_tempo_no_line_moves(make, fronts):
    assert np.all(make(EpsteinType).push_speed(fronts(3.0, -3.0), 0.0 * ONE) == 0.0)


def settle(law, wanted, loss_rate, tolerance, supply, floor, weeks=80):
    tempo = 0.0 * wanted
    for _ in range(weeks):
        tempo = law.next_tempo(tempo, wanted, loss_rate, tolerance, supply, floor)
    return tempo[:, 0, 0]


def test_tempo_settles_at_half_of_what_is_wanted_when_losses_equal_the_tolerance(make, fronts, sides):
    """u = u_wanted/2 at l = thA, after Epstein's adaptive attacker [Epstein1990]; unequal wishes and tolerances."""
    law = make(EpsteinType)
    got = settle(law, fronts(0.9, 0.4), fronts(0.025, 0.012), sides(0.025, 0.012), ONE, sides(0.4, 0.3))
    assert got == pytest.approx([0.45, 0.2], rel=1e-6)


def test_a_side_without_supply_stops_attacking_and_one_at_its_floor_halves(make, fronts, sides):
    law = make(EpsteinType, supply_width=0.1)
    got = settle(law, ONE, -1.0 * ONE, sides(0.02, 0.02), fronts(0.29, 0.4), sides(0.4, 0.4))
    assert got == pytest.approx([0.0, 0.5], abs=1e-6)


def test_a_higher_tolerance_gives_more_tempo(make, fronts, sides):
    law = make(EpsteinType)
    got = settle(law, ONE, 0.02 * ONE, sides(0.018, 0.03), ONE, sides(0.3, 0.3))
    assert got[0] < 0.5 < got[1]


def causes(law, fronts, sides, **changed):
    """Causes on a front where nothing is amiss, but for what is changed."""
    calm = {
        "loss_rate": fronts(0.001, 0.001),
        "threshold": sides(0.04, 0.06),
        "supply": fronts(1.0, 1.0),
        "enemy_log_advantage": fronts(-1.0, -1.0),
        "plan_ratio": fronts(1.0, 1.0),
        "enemy_tempo": fronts(1.0, 1.0),
    }
    return np.stack(law.withdrawal_causes(**calm | changed))[:, :, 0, 0]


@pytest.mark.parametrize(
    ("which", "name", "below", "at", "beyond"),
    [
        (0, "loss_rate", 0.04 * 0.69, 0.04, 0.04 * 1.31),
        (1, "supply", 0.4 * 1.31, 0.4, 0.4 * 0.69),
        (2, "enemy_log_advantage", 0.8 * 0.69, 0.8, 0.8 * 1.31),
        (3, "plan_ratio", 0.4 * 1.31, 0.4, 0.4 * 0.69),
    ],
)
def test_each_cause_is_exactly_nothing_below_its_margin(make, fronts, sides, which, name, below, at, beyond):
    """Relative width .3: 0 short of 31 %, one half at the threshold, 1 beyond; the other three stay 0 throughout."""
    law = make(EpsteinType, cause_width=0.3, starved=(0.4, 0.3), untenable=0.8, abandoned=0.4)
    other = {"supply": 1.0, "plan_ratio": 1.0}.get(name, -1.0)
    got = [causes(law, fronts, sides, **{name: fronts(value, other)})[:, 0] for value in (below, at, beyond)]
    assert [strength[which] for strength in got] == [0.0, pytest.approx(0.5), 1.0]
    assert np.all(np.delete(got, which, axis=1) == 0.0)


def test_nobody_leaves_a_line_that_nobody_attacks(make, fronts, sides):
    """Every cause at its worst, and no enemy tempo: a logistic tail would leak .03 to .24 km a week."""
    law = make(EpsteinType)
    worst = {
        "loss_rate": ONE,
        "supply": 0.0 * ONE,
        "enemy_log_advantage": 9.0 * ONE,
        "plan_ratio": 0.0 * ONE,
    }
    quiet = causes(law, fronts, sides, **worst, enemy_tempo=fronts(0.0, 0.5))
    assert np.all(quiet[:, 0] == 0.0)
    assert np.all(quiet[:, 1] == 1.0)
    withdrawal = np.zeros((2, 1, 1))
    for _ in range(52):
        withdrawal = law.next_withdrawal(withdrawal, quiet.max(0).reshape(2, 1, 1), 100.0 * ONE)
    assert withdrawal[0, 0, 0] == 0.0
    assert withdrawal[1, 0, 0] == pytest.approx(law.withdrawal_speed[0])


@given(loss_rate=st.floats(0.0, 0.5))
def test_a_side_that_holds_every_inch_never_withdraws_for_losses(make, fronts, sides, loss_rate):
    """A threshold of infinity reproduces attrition alone; a threshold of 1 already means never."""
    law = make(EpsteinType)
    got = causes(law, fronts, sides, loss_rate=fronts(loss_rate, loss_rate), threshold=sides(np.inf, 1.0))
    assert np.all(got == 0.0)


def test_a_side_that_bears_no_losses_breaks_away_and_loses_the_background_only(make, fronts, sides):
    """A threshold of 0: withdrawal tends to its ceiling, and 1 - W/Wmax takes combat losses to 0."""
    advance, attrition = make(EpsteinType, withdrawal_speed=40.0), make(Helmbold, background=0.002)
    withdrawal = np.zeros((2, 1, 1))
    tempo, force, slow = fronts(0.0, 1.0), fronts(30.0, 60.0), np.array([0.1])
    for _ in range(40):
        contact = 1.0 - withdrawal / advance.withdrawal_speed
        rates = sum(attrition.loss_rates(fronts(-0.7, 0.7), tempo, force, contact, slow, ONE))
        bears = {"threshold": sides(1e-9, 1.0), "enemy_tempo": fronts(1.0, 0.0)}
        cause = causes(advance, fronts, sides, loss_rate=rates, **bears)
        withdrawal = advance.next_withdrawal(withdrawal, cause.max(0).reshape(2, 1, 1), 1e6 * ONE)
    assert withdrawal[:, 0, 0] == pytest.approx([40.0, 0.0], abs=1e-9)
    assert rates[0, 0, 0] == pytest.approx(0.002, rel=1e-9)
    assert rates[1, 0, 0] > 0.004


def test_a_withdrawal_ends_at_its_stop_line(make):
    """Fifty km above it, with the strongest cause for a year: the line is reached and never passed."""
    law = make(EpsteinType, withdrawal_speed=60.0, stop_width=4.0)
    room, withdrawal = np.array([50.0, 7.0]).reshape(2, 1, 1), np.zeros((2, 1, 1))
    for _ in range(52):
        withdrawal = law.next_withdrawal(withdrawal, ONE, room)
        room = room - withdrawal
        assert np.all(room >= 0.0)
    assert np.all(room < 1.0)
    assert np.all(law.next_withdrawal(30.0 * ONE, ONE, -5.0 * ONE) == 0.0)


@pytest.mark.parametrize(("speed", "figure"), [(0.0, 1.0), (1.0, 0.71), (20.0, 0.11)])
def test_ground_behind_the_line_is_prepared_unless_it_is_outrun(make, fronts, speed, figure):
    """b* = 1/(1 + t_prep v/d_prep): .71 at 1 km a week, .11 at 20, with t_prep 10 weeks and d_prep 24 km."""
    law = make(EpsteinType, prepare_time=10.0, prepare_distance=24.0)
    prepared = fronts(0.0, 1.0)
    for _ in range(300):
        prepared = law.next_prepared(prepared, fronts(speed, -speed))
    assert prepared[:, 0, 0] == pytest.approx([1.0 / (1.0 + 10.0 * speed / 24.0)] * 2, rel=1e-9)
    assert prepared[:, 0, 0] == pytest.approx([figure] * 2, abs=0.005)


def test_digging_approaches_full_works_exponentially(make, fronts):
    """1 - n = (1 - n0) exp(-t/t_dig) on a still line, whatever the step."""
    law = make(EpsteinType, dig_time=6.0)
    dig_in = fronts(0.0, 0.4)
    for _ in range(9):
        dig_in = law.next_dig_in(dig_in, 0.0 * ONE, 0.0 * ONE, 0.0 * ONE, 1.0 / 3.0)
    assert dig_in[:, 0, 0] == pytest.approx([1 - math.exp(-0.5), 1 - 0.6 * math.exp(-0.5)], rel=1e-12)


def test_works_on_the_move_settle_at_the_closed_form(make, fronts):
    """n* = (1/t_dig + b r/v_dig)/(1/t_dig + (r + a)/v_dig): the first side falls back, the second comes on at 4."""
    law = make(EpsteinType, dig_time=8.0, dig_speed=4.0)
    dig_in = fronts(1.0, 0.0)
    for _ in range(200):
        dig_in = law.next_dig_in(dig_in, fronts(0.6, 0.6), fronts(4.0, 0.0), fronts(0.0, 4.0), 1.0)
    assert dig_in[:, 0, 0] == pytest.approx([(0.125 + 0.6) / 1.125, 0.125 / 1.125], rel=1e-12)


@given(
    dig_in=st.floats(0.0, 1.0),
    prepared=st.floats(0.0, 1.0),
    retreat=st.floats(0.0, 200.0),
    advance=st.floats(0.0, 200.0),
    dt=st.floats(0.05, 1.0),
)
def test_works_stay_between_none_and_full_at_any_speed(make, dig_in, prepared, retreat, advance, dt):
    law = make(EpsteinType)
    works = law.next_dig_in(dig_in * ONE, prepared * ONE, retreat * ONE, advance * ONE, dt)
    ground = law.next_prepared(prepared * ONE, (retreat - advance) * ONE)
    for share in (works, ground):
        assert np.all((share >= -1e-12) & (share <= 1.0 + 1e-12))


def test_a_fixed_front_fights_as_it_wants_and_never_moves(make, fronts, sides):
    law = make(FixedFront)
    assert np.all(law.push_speed(fronts(5.0, -5.0), ONE) == 0.0)
    assert np.all(causes(law, fronts, sides, loss_rate=ONE, supply=0.0 * ONE) == 0.0)
    assert np.all(law.next_withdrawal(5.0 * ONE, ONE, 9.0 * ONE) == 0.0)
    tempo = law.next_tempo(0.0 * ONE, fronts(0.7, 0.2), ONE, sides(0.01, 0.01), 0.0 * ONE, sides(1.0, 1.0))
    assert tempo[:, 0, 0].tolist() == [0.7, 0.2]
    works = law.next_dig_in(fronts(0.3, 0.8), ONE, 9.0 * ONE, 9.0 * ONE, 1.0)
    assert works[:, 0, 0].tolist() == [0.3, 0.8]
    assert law.next_prepared(fronts(0.3, 0.8), 9.0 * ONE)[:, 0, 0].tolist() == [0.3, 0.8]

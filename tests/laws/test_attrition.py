"""Attrition against the closed forms of Lanchester, Helmbold and Engel."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.laws.attrition.helmbold import Helmbold
from westphalia.laws.attrition.lanchester_linear import LanchesterLinear
from westphalia.laws.attrition.lanchester_square import LanchesterSquare

ONE = np.ones((2, 1, 1))
ATTACK = np.array([1.0, 0.0]).reshape(2, 1, 1)
STILL = np.array([0.0])


def sum_of(law, *situation):
    """Losses by both causes together."""
    return sum(law.loss_rates(*situation))


def fight(law, force, steps, dt, edge=0.0, tempo=ATTACK):
    """Both forces after ``steps`` of ``F <- F exp(-l dt)``; ``edge`` is the first side's log advantage per head."""
    path = [force]
    for _ in range(steps):
        log_ratio = np.log(force[0] / force[1]) + edge
        rates = sum_of(law, np.stack([log_ratio, -log_ratio]), tempo, force, ONE, STILL, ONE)
        force = force * np.exp(-rates * dt)
        path.append(force)
    return np.stack(path)[:, :, 0, 0]


def state_equation_error(law, w, force, weeks, steps_a_week, edge):
    """Relative error of b (x0^2w - x^2w) = a (y0^2w - y^2w), with a, b the loss rates at equal numbers."""
    path = fight(law, force, weeks * steps_a_week, 1.0 / steps_a_week, edge)
    a, b = math.exp(-w * edge), math.exp(w * edge)
    (x0, y0), (x, y) = path[0], path[-1]
    return b * (x0 ** (2 * w) - x ** (2 * w)) / (a * (y0 ** (2 * w) - y ** (2 * w))) - 1.0


@pytest.mark.parametrize("w", [0.25, 0.5, 1.0])
def test_the_state_equation_holds_within_seven_thousandths_at_daily_steps(make, fronts, w):
    """Losses of 4 to 5 % a week over half a year [Helmbold1965]; a weekly step misses it by several times as much."""
    law = make(Helmbold, exponent=w, intensity=0.045, background=0.0, presence=0.0)
    force, edge = fronts(100.0, 80.0), -0.15
    first_week = -np.log(fight(law, force, 7, 1 / 7, edge)[-1] / force[:, 0, 0])
    assert np.all((first_week > 0.04) & (first_week < 0.05))
    daily = state_equation_error(law, w, force, 26, 7, edge)
    weekly = state_equation_error(law, w, force, 26, 1, edge)
    assert abs(daily) < 0.007
    assert daily == pytest.approx(weekly / 7, rel=0.35)


@pytest.mark.parametrize("w", [0.25, 0.5, 1.0])
def test_the_defenders_presence_slows_both_alike_and_leaves_the_state_equation(make, fronts, w):
    law = make(Helmbold, exponent=w, intensity=0.045, background=0.0, presence=6.0)
    assert abs(state_equation_error(law, w, fronts(30.0, 9.0), 26, 100, -0.4)) < 0.001


@pytest.mark.parametrize(("w", "figure"), [(0.25, 0.8944), (0.5, 0.5), (1.0, 0.15625)])
def test_the_loss_exchange_ratio_is_the_force_ratio_times_power_to_minus_2w(make, fronts, w, figure):
    """L1/L2 = (F1/F2) z^(-2w) with F1/F2 = 1.6, z = 3.2 and one attacker."""
    law = make(Helmbold, exponent=w, background=0.0)
    force = fronts(80.0, 50.0)
    log_ratio = fronts(math.log(3.2), -math.log(3.2))
    lost = force * sum_of(law, log_ratio, ATTACK, force, ONE, STILL, ONE)
    assert lost[0, 0, 0] / lost[1, 0, 0] == pytest.approx(1.6 * 3.2 ** (-2 * w), rel=1e-12)
    assert lost[0, 0, 0] / lost[1, 0, 0] == pytest.approx(figure, abs=5e-5)


def test_helmbold_rates_of_a_double_attack_by_hand(make, fronts):
    """A golden: own attack costs with the defender's presence, the enemy's with his advantage and own presence."""
    law = make(Helmbold, exponent=0.5, intensity=0.02, background=0.002, presence=6.0, saturation_loss=0.01)
    got = sum_of(
        law,
        fronts(math.log(4.0), math.log(0.25)),
        fronts(0.8, 0.1),
        fronts(18.0, 6.0),
        fronts(1.0, 0.5),
        np.array([0.2]),
        fronts(1.0, 1.5),
    )
    first = 0.02 * (0.8 * 0.5 / 2.0 + 0.1 * 0.75 * 0.5) + 0.01 * 0.2 * 0.8 * 0.5 + 0.002
    second = 0.02 * (0.1 * 0.75 / 0.5 + 0.8 * 0.5 * 2.0) * 0.5 * 1.5 + 0.01 * 0.2 * 0.1 * 0.75 + 0.002
    assert got[:, 0, 0] == pytest.approx([first, second], rel=1e-12)


@given(factor=st.floats(0.1, 10.0), w=st.floats(0.25, 1.0), edge=st.floats(-1.0, 1.0))
def test_losses_scale_with_the_forces(make, fronts, factor, w, edge):
    """Twice the forces at the same ratio lose twice as many, where presence plays no part."""
    law = make(Helmbold, exponent=w, presence=0.0)
    small, large = (fight(law, fronts(60.0, 40.0) * k, 6, 0.5, edge) for k in (1.0, factor))
    assert large == pytest.approx(small * factor, rel=1e-9)


def test_a_quiet_front_loses_the_background_only(make, fronts):
    law = make(Helmbold, background=0.002)
    got = sum_of(law, fronts(1.0, -1.0), 0.0 * ONE, fronts(50.0, 20.0), ONE, np.array([1.0]), ONE)
    assert got[:, 0, 0] == pytest.approx([0.002, 0.002], rel=1e-15)


def test_whoever_has_broken_contact_loses_the_background_only(make, fronts):
    law = make(Helmbold, background=0.002)
    got = sum_of(law, fronts(0.5, -0.5), ATTACK, fronts(50.0, 20.0), fronts(1.0, 0.0), np.array([0.3]), ONE)
    assert got[1, 0, 0] == pytest.approx(0.002, rel=1e-15)
    assert got[0, 0, 0] > 0.003


@pytest.mark.parametrize("law_class", [Helmbold, LanchesterSquare, LanchesterLinear])
def test_nobody_left_nobody_lost(make, fronts, law_class):
    law = make(law_class)
    force = fronts(40.0, 0.0)
    rates = sum_of(law, fronts(3.0, -3.0), ONE * 0.7, force, ONE, np.array([0.3]), ONE)
    lost = force * -np.expm1(-rates)
    assert np.all(np.isfinite(rates))
    assert lost[1, 0, 0] == 0.0
    assert np.all(lost <= force)


def test_square_law_keeps_the_difference_of_squares(make, fronts):
    """k1 x^2 - k2 y^2 is constant [Lanchester1916]; the error falls in proportion to the step."""
    law = make(LanchesterSquare, kill_rate=(0.03, 0.07))

    def drift(steps):
        path = fight(law, fronts(100.0, 50.0), 10 * steps, 1.0 / steps)
        invariant = 0.03 * path[:, 0] ** 2 - 0.07 * path[:, 1] ** 2
        return abs(invariant[-1] / invariant[0] - 1.0)

    assert drift(100) < 2e-3
    assert drift(10) / drift(100) == pytest.approx(10.0, rel=0.1)


def test_linear_law_keeps_the_weighted_difference(make, fronts):
    """k1 x - k2 y is constant [Lanchester1916]; the error falls in proportion to the step."""
    law = make(LanchesterLinear, kill_rate=(0.0006, 0.0009))

    def drift(steps):
        path = fight(law, fronts(100.0, 50.0), 10 * steps, 1.0 / steps)
        invariant = 0.0006 * path[:, 0] - 0.0009 * path[:, 1]
        return abs(invariant[-1] / invariant[0] - 1.0)

    assert drift(100) < 1e-3
    assert drift(10) / drift(100) == pytest.approx(10.0, rel=0.1)


def test_square_law_annihilation_takes_the_time_of_the_closed_form(make, fronts):
    """y = 0 at artanh(y0 sqrt(k2) / (x0 sqrt(k1))) / sqrt(k1 k2) [Lanchester1916]."""
    law = make(LanchesterSquare, kill_rate=(0.03, 0.07))
    time = math.atanh(50.0 * math.sqrt(0.07) / (100.0 * math.sqrt(0.03))) / math.sqrt(0.03 * 0.07)
    path = fight(law, fronts(100.0, 50.0), math.ceil(time * 200), 1.0 / 200)
    assert path[-1, 1] < 0.5 < path[len(path) // 2, 1]
    assert path[-1, 0] == pytest.approx(math.sqrt(100.0**2 - 0.07 / 0.03 * 50.0**2), rel=0.002)


def test_both_laws_kill_at_the_rate_of_the_other_side(make, fronts):
    """A golden with unequal rates: square .3 x 20/50 and .1 x 50/20; linear .003 x 20 and .001 x 50."""
    force = fronts(50.0, 20.0)
    square = make(LanchesterSquare, kill_rate=(0.1, 0.3))
    linear = make(LanchesterLinear, kill_rate=(0.001, 0.003))
    for law, want in ((square, [0.12, 0.25]), (linear, [0.06, 0.05])):
        got = sum_of(law, fronts(9.0, -9.0), fronts(0.0, 1.0), force, ONE, STILL, ONE)
        assert got[:, 0, 0] == pytest.approx(want, rel=1e-12)
        half = sum_of(law, fronts(9.0, -9.0), fronts(0.2, 0.3), force, ONE, STILL, ONE)
        assert half[:, 0, 0] == pytest.approx(np.array(want) / 2, rel=1e-12)


LANDINGS = {0: 54.0, 2: 6.0, 5: 13.0}
"""Thousand men who land during a day [Engel1954]."""


def iwo_jima(law, steps_a_day, days=36):
    """Both forces after 36 days; who lands joins at the start of each step."""
    force = np.array([1e-9, 21.5]).reshape(2, 1, 1)
    dt = 1.0 / steps_a_day
    for day, _ in itertools.product(range(days), range(steps_a_day)):
        force = force + np.array([LANDINGS.get(day, 0.0) * dt, 0.0]).reshape(2, 1, 1)
        rates = sum_of(law, 0.0 * force, ONE, force, ONE, STILL, ONE)
        force = force * np.exp(-rates * dt / 7.0)
    return force[:, 0, 0] * 1000.0


def iwo_jima_exact(a=0.0544, b=0.0106, days=36):
    """The same by the closed form of dM/dt = P - A N, dN/dt = -B M with landings constant over each day."""
    r = math.sqrt(a * b)
    c, s = math.cosh(r), math.sinh(r)
    m, n = 0.0, 21_500.0
    for day in range(days):
        settled = 1000.0 * LANDINGS.get(day, 0.0) / a
        m, n = m * c - (a / r) * (n - settled) * s, settled + (n - settled) * c - (b / r) * m * s
    return np.array([m, n])


def test_iwo_jima_ends_as_engel_computed(make):
    """A = .0544, B = .0106 a day, N0 = 21,500 leave 51,985 Americans and 217 Japanese after 36 days [Engel1954]."""
    law = make(LanchesterSquare, kill_rate=(7 * 0.0106, 7 * 0.0544))
    assert iwo_jima_exact() == pytest.approx([51_985, 217], abs=0.5)
    assert iwo_jima(law, 1)[0] == pytest.approx(51_985, rel=0.01)
    assert iwo_jima(law, 100)[0] == pytest.approx(51_985, rel=0.001)
    assert iwo_jima(law, 100)[1] == pytest.approx(217, rel=0.10)


def test_iwo_jima_converges_in_proportion_to_the_step(make):
    """The Japanese remainder's error halves with the step; the American one, below one man, at least does."""
    law = make(LanchesterSquare, kill_rate=(7 * 0.0106, 7 * 0.0544))
    coarse, middle, fine = (iwo_jima(law, n) - iwo_jima_exact() for n in (25, 50, 100))
    assert coarse[1] / middle[1] == pytest.approx(2.0, rel=0.05)
    assert middle[1] / fine[1] == pytest.approx(2.0, rel=0.02)
    assert coarse[0] / middle[0] > 2.0
    assert middle[0] / fine[0] > 2.0


def test_saturation_grows_logistically_with_fighting_and_stands_still_in_a_truce(make):
    """Closed form of dr' = k dr (1 - dr) at quarter tempo: from .008 to half in ln(124)/k weeks."""
    law = make(Helmbold, saturation_growth=0.05)
    value, weeks = np.array([0.008]), 0
    while value[0] < 0.5:
        value, weeks = law.next_saturation(value, np.array([0.25])), weeks + 1
    assert weeks == pytest.approx(math.log(0.992 / 0.008) / 0.05, rel=0.05)
    assert law.next_saturation(value, np.array([0.0]))[0] == value[0]


def test_strikes_on_the_front_count_against_an_even_split(make, sides):
    """A golden: a = .4 gives 1 at a third, 1.4 at all; nothing on the front 0.8."""
    law = make(Helmbold, strike_effect=0.4)
    assert law.strike_factor(sides(1 / 3, 1.0))[:, 0] == pytest.approx([1.0, 1.4])
    assert law.strike_factor(sides(0.0, 0.5))[:, 0] == pytest.approx([0.8, 1.1])


def test_losses_go_by_cause_to_the_side_that_attacks(make, fronts):
    """Where one side alone attacks, its losses are those of its own attacks but for standing fire; the other's none."""
    law = make(Helmbold, background=0.002)
    in_attack, in_defence = law.loss_rates(fronts(0.4, -0.4), ATTACK, fronts(50.0, 20.0), ONE, np.array([0.3]), ONE)
    assert in_attack[1, 0, 0] == 0.0
    assert in_defence[0, 0, 0] == pytest.approx(0.002, rel=1e-15)
    assert in_attack[0, 0, 0] > 0.002
    assert in_defence[1, 0, 0] > 0.002


@pytest.mark.parametrize("law", [LanchesterLinear, LanchesterSquare])
def test_lanchester_losses_go_by_tempo_where_both_attack(make, fronts, law):
    """A quarter of the fighting is the first side's attack."""
    rates = make(law).loss_rates(0.0 * ONE, fronts(0.1, 0.3), fronts(50.0, 20.0), ONE, STILL, ONE)
    in_attack, in_defence = rates
    assert (in_attack / (in_attack + in_defence))[:, 0, 0] == pytest.approx([0.25, 0.75])

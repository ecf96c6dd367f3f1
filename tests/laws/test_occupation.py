"""Occupation: Deitchman's state equation, growth without a garrison, Quinlivan's ratio."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.laws.occupation import ContestedControl

NONE = per_side(0.0, 0.0)
ONE = per_side(1.0, 1.0)
PEOPLE = st.floats(0.0, 6000.0)


def deitchman(parts):
    """Both sides of the state equation after 250 weeks of ambush, each week in so many steps.

    The law's limit without information and growth: a = ambush, b = kill rate/(area factor x inhabitants), while
    kill_half << partisans << area factor x inhabitants. A force of 12 loses three fifths and costs a garrison of 80
    nearly half; a force of 4 loses more than half and costs a garrison of 60 more than a fifth.
    """
    numbers = {"information_base": 0.0, "kill_half": 1e-9, "area_factor": 0.02}
    law = at_middle(ContestedControl, kill_rate=625.0 / parts, ambush=0.02 / parts, **numbers)
    people, partisans, garrison = per_side(5e8, 5e8), per_side(12.0, 4.0), per_side(80.0, 60.0)
    start = (partisans, garrison)
    for _ in range(250 * parts):
        lost = law.ambush_losses(partisans, garrison, NONE)
        partisans, _ = law.next_partisans(partisans, NONE, people, garrison, NONE, NONE, NONE)
        garrison = garrison - lost
    assert (partisans < 0.5 * start[0]).all()
    assert (garrison < 0.8 * start[1]).all()
    return 0.5 * 6.25e-5 * (start[1] ** 2 - garrison**2), 0.02 * (start[0] - partisans)


def test_ambush_against_area_fire_keeps_deitchmans_state_equation():
    """[Deitchman1962]: (b/2)(g0^2 - g^2) = a (p0 - p), here to 0.01 % in steps of a sixteenth of a week."""
    left, right = deitchman(parts=16)
    np.testing.assert_allclose(left, right, rtol=1e-4)


def test_deitchmans_state_equation_is_approached_at_first_order():
    """An explicit step: the error falls by four when the step does, from 0.13 % with weekly steps."""
    errors = [np.abs(left / right - 1.0) for left, right in (deitchman(1), deitchman(4))]
    assert (errors[0] < 0.002).all()
    np.testing.assert_allclose(errors[0] / errors[1], 4.0, rtol=0.05)


def test_aimed_fire_kills_at_a_rate_that_partisans_cannot_hide_from():
    """With full information kills are gam g p/(p + p_h), whatever the inhabitants: 0.002 x 50 x 3/5 and x 8/10."""
    law = at_middle(ContestedControl, kill_rate=0.002, kill_half=2.0, information_base=1.0, partisan_cap=0.02)
    partisans, garrison = per_side(3.0, 8.0), per_side(50.0, 50.0)
    for people in (1e3, 1e6):
        _, killed = law.next_partisans(partisans, NONE, people * ONE, garrison, NONE, NONE, NONE)
        np.testing.assert_allclose(killed[:, 0], [0.06, 0.08], rtol=1e-12)
    assert (law.ambush_losses(partisans, garrison, NONE) == 0.0).all()


def test_without_a_garrison_partisans_tend_to_their_cap():
    """Without kills p = K (1 - exp(-beta hope N_h t/K)), K = p_max N; after 26, 300, 2,000 weeks, to 0.2 %.

    Recruits come from the hostile, not from the partisans, so this limit is exponential and not logistic.
    """
    law = at_middle(ContestedControl, growth=4e-5, partisan_cap=0.004)
    people, hostile, hope = per_side(5000.0, 2000.0), per_side(2500.0, 400.0), per_side(0.5, 0.8)
    cap, partisans, seen = 0.004 * people, NONE, {}
    for week in range(1, 2001):
        partisans, killed = law.next_partisans(partisans, hostile, people, NONE, NONE, hope, NONE)
        assert (killed == 0.0).all()
        seen[week] = partisans
    for week in (26, 300, 2000):
        closed = cap * (1.0 - np.exp(-4e-5 * hope * hostile * week / cap))
        np.testing.assert_allclose(seen[week], closed, rtol=2e-3)


@given(partisans=st.floats(0.0, 10.0), garrison=st.floats(0.0, 200.0), hope=st.floats(0.0, 1.0))
def test_without_hostility_no_partisans_appear(partisans, garrison, hope):
    law = at_middle(ContestedControl, partisan_cap=0.02)
    people = per_side(5000.0, 2000.0)
    guards = per_side(garrison, garrison)
    born, _ = law.next_partisans(NONE, NONE, people, guards, ONE, hope * ONE, ONE)
    np.testing.assert_array_equal(born, 0.0)
    fewer, killed = law.next_partisans(partisans * ONE, NONE, people, guards, ONE, hope * ONE, ONE)
    np.testing.assert_allclose(fewer + killed, partisans, rtol=1e-12)


@given(partisans=PEOPLE, occupied=PEOPLE, hostile=st.floats(0.0, 1.0), garrison=PEOPLE, fill=st.floats(0.0, 3.0))
def test_partisans_stay_between_nobody_and_their_cap(partisans, occupied, hostile, garrison, fill):
    law = at_middle(ContestedControl, partisan_cap=0.02)
    people, guards = per_side(occupied, 0.5 * occupied), garrison * ONE
    after, killed = law.next_partisans(partisans * ONE, hostile * people, people, guards, fill * ONE, ONE, ONE)
    assert ((after >= 0.0) & (killed >= 0.0)).all()
    assert (after <= 0.02 * np.maximum(people, 1e-3) * (1.0 + 1e-12)).all()


def test_a_hopeless_population_raises_nobody_and_those_left_behind_raise_more():
    """Hope multiplies growth, and people left behind by 1 + s0 per thousandth of the inhabitants."""
    law = at_middle(ContestedControl, growth=4e-5, staying_effect=0.5)
    people, hostile = per_side(5000.0, 5000.0), per_side(2000.0, 2000.0)
    hopeless, _ = law.next_partisans(NONE, hostile, people, NONE, NONE, NONE, ONE)
    hopeful, _ = law.next_partisans(NONE, hostile, people, NONE, NONE, ONE, per_side(0.0, 10.0))
    np.testing.assert_array_equal(hopeless, 0.0)
    np.testing.assert_allclose(hopeful[:, 0], [0.08, 0.16], rtol=1e-12)


def test_five_million_occupied_people_hold_thousands_of_partisans():
    """Three years, 20 to 80 % hostile, drawn ranges, garrison between a third of its need and all: median 1 to 10
    thousand, one case in a hundred above 40, never a hundred thousand."""
    runs = 2000
    law, random = drawn(ContestedControl, runs, seed=6), np.random.default_rng(7)
    people, hope = np.full((2, runs), 5000.0), random.uniform(0.2, 0.8, (2, runs))
    hostile, fill = people * random.uniform(0.2, 0.8, (2, runs)), random.uniform(0.3, 1.0, (2, runs))
    garrison, partisans = fill * law.garrison_need(people, hostile), np.zeros((2, runs))
    for _ in range(156):
        partisans, _ = law.next_partisans(partisans, hostile, people, garrison, fill, hope, 0.0 * people)
    assert 1.0 < np.median(partisans) < 10.0
    assert np.quantile(partisans, 0.99) < 40.0
    assert partisans.max() < 100.0


def test_the_need_for_a_hostile_population_is_of_the_order_of_quinlivans_ratio():
    """[Quinlivan1995]: 20 per 1000 and more for control of a hostile population, 1 to 4 for a peaceful one."""
    law = drawn(ContestedControl, 2000, seed=8)
    people = np.full((2, 2000), 1000.0)
    hostile, peaceful = law.garrison_need(people, people), law.garrison_need(people, 0.0 * people)
    assert 10.0 < np.median(hostile) < 30.0
    assert hostile.min() < 20.0 < hostile.max()
    assert 1.0 <= peaceful.min() < 2.3 < peaceful.max() <= 4.0


def test_need_counts_all_and_again_the_hostile():
    law = at_middle(ContestedControl, garrison_base=2.0, garrison_hostile=18.0)
    need = law.garrison_need(per_side(5000.0, 1000.0), per_side(2500.0, 1000.0))
    np.testing.assert_allclose(need[:, 0], [55.0, 20.0])


def test_a_garrison_is_posted_up_to_its_need_or_its_share_of_the_force():
    """Need 20 of 500 is met; need 200 of 300 stops at the cap of 0.2 x 300 = 60."""
    law = at_middle(ContestedControl, garrison_cap=0.2, posting_time=8.0)
    garrison, wanted, all_there = NONE, per_side(20.0, 200.0), per_side(500.0, 300.0)
    for _ in range(400):
        garrison = law.next_garrison(garrison, wanted, all_there - garrison)
    np.testing.assert_allclose(garrison[:, 0], [20.0, 60.0], rtol=1e-9)


def test_information_saves_the_occupier_from_ambush():
    """del p (1 - I), I = 0.1 + 0.4 fill; never more than half of the garrison."""
    law = at_middle(ContestedControl, ambush=0.01, information_base=0.1, information_fill=0.4)
    lost = law.ambush_losses(per_side(5.0, 5.0), per_side(50.0, 50.0), per_side(0.0, 1.0))
    np.testing.assert_allclose(lost[:, 0], [0.045, 0.025])
    few = law.ambush_losses(per_side(5.0, 5.0), per_side(0.01, 0.0), NONE)
    np.testing.assert_allclose(few[:, 0], [0.005, 0.0])


def test_interdiction_counts_partisans_per_thousand_and_halves_under_a_full_garrison():
    """1000 p/N/(1 + fill); land that has just been liberated leaves no more than the cap allows."""
    law = at_middle(ContestedControl, partisan_cap=0.01)
    pressure = law.interdiction(per_side(5.0, 2.0), per_side(5000.0, 1000.0), per_side(0.0, 1.0))
    np.testing.assert_allclose(pressure[:, 0], [1.0, 1.0])
    np.testing.assert_allclose(law.interdiction(ONE, NONE, NONE), 10.0)


def test_displacement_stops_when_all_who_are_hostile_have_gone():
    law = at_middle(ContestedControl, displacement=0.002)
    hostile, gone = per_side(1000.0, 500.0), per_side(0.0, 500.0)
    for _ in range(500):
        gone = gone + law.displaced(hostile, gone)
    np.testing.assert_allclose(gone[:, 0], [1000.0 * (1.0 - 0.998**500), 500.0], rtol=1e-9)

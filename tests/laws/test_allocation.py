"""Where a side puts its force: conservation, plans of zero, and the length of the delay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.laws.allocation.delayed_mirror import DelayedMirror

shares_of_three = st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3).map(np.array)


def week_by_week(law, fronts, share, loss, weeks):
    """What is seen of a step of the enemy's share and of a loss of ground, from nothing: a list of the three series."""
    seen = fronts(0.0, 0.0), fronts(0.0, 0.0), fronts(0.0, 0.0)
    series = []
    for _ in range(weeks):
        series.append([s[0, 0, 0] for s in seen])
        seen = law.see(*seen, fronts(share, share), fronts(loss, loss))
    return np.array(series)


@pytest.mark.parametrize("reaction_time", [2.0, 3.0, 4.0])
def test_the_enemys_share_is_seen_with_the_reaction_time_as_its_mean_delay(make, fronts, reaction_time):
    series = week_by_week(make(DelayedMirror, reaction_time=reaction_time), fronts, 0.3, 0.0, 300)
    assert np.sum(1.0 - series[:, 0] / 0.3) == pytest.approx(reaction_time, rel=1e-9)


@pytest.mark.parametrize("reaction_time", [2.0, 3.0, 4.0])
def test_reinforcement_reacts_with_two_stages_of_delay(make, fronts, reaction_time):
    """u_n = 1 - (1-r)^n - n r (1-r)^(n-1) with r = 2/(t+1): nothing in the first week, t + 1 weeks on average."""
    series = week_by_week(make(DelayedMirror, reaction_time=reaction_time), fronts, 0.0, 4.0, 300)
    urgency = series[:, 2] / 4.0
    n, r = np.arange(300), 2.0 / (reaction_time + 1.0)
    assert urgency[:2].tolist() == [0.0, 0.0]
    assert urgency == pytest.approx(1 - (1 - r) ** n - n * r * (1 - r) ** (n - 1.0), abs=1e-12)
    assert np.sum(1.0 - urgency) == pytest.approx(reaction_time + 1.0, rel=1e-9)
    assert urgency[2] < 0.5 < urgency[6]


def test_wanted_shares_by_hand(make, fronts):
    """A golden: plan .5/.3/0, enemy at .2/.6/.2, m = .5, full urgency on the second front with k = 1."""
    law = make(DelayedMirror, mirroring=0.5, reinforcement=1.0)
    plan = fronts([0.5, 0.3, 0.0], [0.2, 0.2, 0.5])
    enemy = fronts([0.2, 0.6, 0.2], [0.5, 0.25, 0.25])
    got = law.shares(plan, enemy, fronts([0.0, 8.0, 8.0], [0.0, 0.0, 2.5]))[:, :, 0]
    first = np.array([0.33, 0.39 * 2.0, 0.0])
    second = np.array([0.325, 0.2125, 0.3625 * 1.5])
    assert got == pytest.approx(np.array([first / first.sum() * 0.8, second / second.sum() * 0.9]), rel=1e-12)


def test_mirroring_fades_below_a_plan_of_two_per_cent(make, fronts):
    """(1-m') plan + m' p by hand: enemy at .5/.5, m = .6, plans of 2 % in full, of 1 % by half, each of 1 in all."""
    law = make(DelayedMirror, mirroring=0.6, reinforcement=0.0)
    got = law.shares(fronts([0.98, 0.02], [0.99, 0.01]), fronts(0.5, 0.5), fronts(0.0, 0.0))[:, :, 0]
    first = np.array([0.4 * 0.98 + 0.6 * 0.5, 0.4 * 0.02 + 0.6 * 0.5])
    second = np.array([0.4 * 0.99 + 0.6 * 0.5, 0.7 * 0.01 + 0.3 * 0.5])
    assert got == pytest.approx(np.array([first, second / second.sum()]), rel=1e-9)


def test_without_urgency_and_mirroring_the_plan_is_carried_out(make, fronts):
    law = make(DelayedMirror, mirroring=0.0, reinforcement=0.0)
    plan = fronts([0.5, 0.3, 0.0], [0.1, 0.1, 0.7])
    assert law.shares(plan, fronts([0, 0, 1], [1, 0, 0]), 9.0 * plan) == pytest.approx(plan, rel=1e-12)


@given(plan=shares_of_three, enemy=shares_of_three, urgency=st.floats(0.0, 30.0))
def test_wanted_shares_add_up_to_the_plan_and_a_plan_of_zero_stays_zero(make, fronts, plan, enemy, urgency):
    law = make(DelayedMirror)
    plan, enemy = np.round(plan, 3) / 3.0, enemy / max(enemy.sum(), 1e-9)
    got = law.shares(fronts(plan, plan[::-1]), fronts(enemy, enemy), fronts([urgency, 0, 0], [0, 0, urgency]))[:, :, 0]
    assert got.sum(1) == pytest.approx([plan.sum()] * 2, rel=1e-12, abs=1e-12)
    assert np.all(got >= 0.0)
    assert np.all(got[0][plan == 0.0] == 0.0)


def test_a_plan_of_zero_keeps_a_front_at_zero(make, fronts, sides):
    """Mirroring must not pull force back to an abandoned front: exactly nobody after two years of enemy presence."""
    law = make(DelayedMirror)
    force, reserve = fronts([30.0, 0.0], [20.0, 25.0]), sides(10.0, 5.0)
    for _ in range(104):
        wanted = law.shares(fronts([0.9, 0.0], [0.4, 0.5]), fronts([0.1, 0.9], [0.9, 0.1]), fronts([0, 20], [0, 0]))
        force, reserve = law.transfer(force, reserve, wanted)
    assert force[0, 1, 0] == 0.0
    assert force[0, 0, 0] == pytest.approx(36.0)


@given(
    first=st.lists(st.floats(0.0, 400.0), min_size=3, max_size=3),
    reserve=st.floats(0.0, 100.0),
    plan=shares_of_three,
)
def test_transfer_neither_makes_nor_loses_anyone(make, fronts, sides, first, reserve, plan):
    """Exact to the last bits of the sum; nobody's number becomes negative."""
    law = make(DelayedMirror)
    force, held = fronts(first, [200.0, 10.0, 5.0]), sides(reserve, 20.0)
    wanted = fronts(plan, plan[::-1]) / max(plan.sum(), 1.0)
    moved, left = law.transfer(force, held, wanted)
    before, after = force.sum(1) + held, moved.sum(1) + left
    assert np.all(np.abs(after - before) <= 8.0 * np.spacing(before))
    assert np.all(moved >= 0.0)
    assert np.all(left >= -1e-9)


def test_force_reaches_its_target_with_the_transfer_time(make, fronts, sides):
    """The gap shrinks by 1 - 1/t_lat a week: of 60 wanted from 20, after 3 weeks at t = 4 remain 40 x (3/4)^3."""
    law = make(DelayedMirror, transfer_time=4.0)
    force, reserve = fronts([20.0, 70.0], [40.0, 60.0]), sides(10.0, 0.0)
    for _ in range(3):
        force, reserve = law.transfer(force, reserve, fronts([0.6, 0.4], [0.4, 0.6]))
    assert force[:, :, 0] == pytest.approx(np.array([[60.0 - 40.0 * 0.75**3, 40.0 + 30.0 * 0.75**3], [40.0, 60.0]]))
    assert reserve[:, 0] == pytest.approx([10.0 * 0.75**3, 0.0])

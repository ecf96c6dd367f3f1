"""Commitment: the soft law, and the sharp conditions against enumeration."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.laws.beliefs import GaussianLearning
from westphalia.laws.commitment import PowerShift
from westphalia.laws.commitment.conditions import (
    bargaining_range,
    no_deal_holds,
)

NONE = per_side(0.0, 0.0)
NO_GUARANTEE = np.zeros(1)


def logit(share):
    return np.log(share / (1.0 - share))


def test_both_sides_must_want_to_keep_the_deal():
    """sigma(0.05/0.05) x sigma(-0.1/0.05) = 0.7311 x 0.1192; just indifferent on both sides 1/4."""
    law = at_middle(PowerShift, width=0.05)
    assert law.hold_chance(per_side(0.05, -0.1), NO_GUARANTEE) == pytest.approx(0.7310586 * 0.1192029, rel=1e-6)
    assert law.hold_chance(NONE, NO_GUARANTEE) == pytest.approx(0.25)


@given(first=st.floats(-2.0, 2.0), second=st.floats(-2.0, 2.0), more=st.floats(0.0, 1.0))
def test_a_better_deal_or_a_guarantee_never_makes_it_hold_less(first, second, more):
    law = at_middle(PowerShift)
    plain = law.hold_chance(per_side(first, second), NO_GUARANTEE)
    assert law.hold_chance(per_side(first + more, second), NO_GUARANTEE) >= plain
    assert law.hold_chance(per_side(first + more, second + more), NO_GUARANTEE) >= plain
    assert law.hold_chance(per_side(second, first), NO_GUARANTEE) == plain


def test_a_truce_shifts_the_index_by_the_difference_of_regeneration():
    """52 weeks x (0.01 - 0.004) = 0.312 for one side, the negative for the other."""
    law = at_middle(PowerShift, horizon=52.0)
    assert law.shift(per_side(0.01, 0.004))[:, 0] == pytest.approx([0.312, -0.312], rel=1e-12)


def test_an_expected_shift_of_power_makes_a_deal_hold_less():
    """F19 in every draw and for both directions: an even split against the war after the shift, costs 0.1 each."""
    beliefs, law = drawn(GaussianLearning, 500, 1), drawn(PowerShift, 500, 2)
    held = []
    for rate in (-0.01, -0.004, 0.0, 0.004, 0.01):
        shifted = law.shift(np.full((2, 500), rate) * per_side(1.0, 0.0))
        war = beliefs.win_chance(shifted, 0.0 * shifted) - 0.1
        held.append(law.hold_chance(0.5 - war, NO_GUARANTEE))
    assert (held[0] < held[1]).all()
    assert (held[1] < held[2]).all()
    assert held[3] == pytest.approx(held[1], rel=1e-9)
    assert held[4] == pytest.approx(held[0], rel=1e-9)


def test_suspicion_fades_toward_its_rest_geometrically():
    """logit h - logit rest shrinks by 1 - fade a week."""
    law = at_middle(PowerShift, fade=0.02, rest=[0.3, 0.6])
    hostility = per_side(0.9, 0.1)
    for _ in range(50):
        hostility = law.next_hostility(hostility, NONE, NONE)
    want = logit(np.array([0.3, 0.6])) + (logit(np.array([0.9, 0.1])) - logit(np.array([0.3, 0.6]))) * 0.98**50
    assert logit(hostility)[:, 0] == pytest.approx(want, rel=1e-9)


def test_each_side_judges_by_what_the_other_does():
    """A step of 0.5 lowers the other's log odds by 0.5 x 0.8; attacks at 0.4 raise them by 0.4 x 0.05."""
    law = at_middle(PowerShift, reassurance=0.8, alarm=0.05, rest=[0.4, 0.7])
    after = law.next_hostility(per_side(0.4, 0.7), per_side(0.4, 0.0), per_side(0.0, 0.5))
    want = logit(np.array([0.4, 0.7])) + [-0.4, 0.02]
    assert logit(after)[:, 0] == pytest.approx(want, rel=1e-9)


def test_a_step_costs_at_home_by_the_square_of_its_size():
    """0.6 x 0.5 x 0.8^2 = 0.192 for the side that takes it; half a step costs a quarter."""
    law = at_middle(PowerShift, sunk=0.6)
    assert law.step_cost(per_side(0.5, 0.0), per_side(0.8, 1.0))[:, 0] == pytest.approx([0.192, 0.0], rel=1e-12)
    whole, half = (law.step_cost(per_side(0.5, 0.2), per_side(size, size)) for size in (0.8, 0.4))
    assert half == pytest.approx(0.25 * whole, rel=1e-12)


def test_suspicion_under_steady_attacks_settles():
    """At logit rest + alarm tempo/fade: -1.386 + 0.05 x 0.5/0.02 = -0.136."""
    law = at_middle(PowerShift, fade=0.02, alarm=0.05, rest=0.2)
    hostility = per_side(0.2, 0.2)
    for _ in range(1500):
        hostility = law.next_hostility(hostility, per_side(0.0, 0.5), NONE)
    assert logit(hostility)[:, 0] == pytest.approx([logit(0.2) + 1.25, logit(0.2)], rel=1e-6)


@given(
    hostility=st.floats(0.0, 1.0, width=32),
    tempo=st.floats(0.0, 1e6, width=32),
    step=st.floats(0.0, 1e6, width=32),
)
def test_suspicion_stays_within_zero_and_one(hostility, tempo, step):
    law = at_middle(PowerShift)
    pairs = [np.full((2, 1), x, dtype="float32") for x in (hostility, tempo, step)]
    after = law.next_hostility(*pairs)
    assert ((after > 0.0) & (after < 1.0)).all()


def test_a_stake_that_no_term_reaches_is_lost_in_any_agreement():
    """psi x stake x hostility: 0.5 x 0.8 x 0.6 and 1 x 0.4 x 0.25; nothing where the other is trusted."""
    law = at_middle(PowerShift, stake=[0.8, 0.4])
    assert law.security_loss(per_side(0.6, 0.25), per_side(0.5, 1.0))[:, 0] == pytest.approx([0.24, 0.1])
    assert (law.security_loss(NONE, per_side(1.0, 1.0)) == 0.0).all()


def test_a_range_of_deals_is_open_if_and_only_if_the_gap_is_below_the_costs():
    """Fearon: shares that both sides prefer to war exist iff P_1 + P_2 - 1 < c_1 + c_2; 5,000 random pairs."""
    random = np.random.default_rng(2)
    chance, cost = random.random((2, 5000)), random.uniform(0.0, 0.3, (2, 5000))
    low, high = bargaining_range(chance, cost)
    assert np.array_equal(low < high, chance.sum(axis=0) - 1.0 < cost.sum(axis=0))
    share = np.linspace(-0.5, 1.5, 4001)[:, None]
    accepted = (share >= chance[0] - cost[0]) & (1.0 - share >= chance[1] - cost[1])
    clear = np.abs(high - low) > 0.001
    assert np.array_equal(accepted.any(axis=0)[clear], (low < high)[clear])


def deal_exists(p, p_next, discount, cost_d, cost_r):
    """Search for shares of the declining side, now and for ever after, that neither side wants to fight over."""
    later = 1.0 / (1.0 - discount)
    least = np.maximum((1.0 - p_next) * later - cost_d, 0.0) / later
    most = np.minimum((1.0 - p_next) * later + cost_r, later) / later
    found = np.zeros(p.shape, dtype=bool)
    for portion in np.linspace(0.0, 1.0, 5):
        ever_after = least + portion * (most - least)
        for now in np.linspace(0.0, 1.0, 101):
            declining = now + discount * ever_after * later >= (1.0 - p) * later - cost_d
            rising = 1.0 - now + discount * (1.0 - ever_after) * later >= p * later - cost_r
            found = found | (declining & rising)
    return found


def test_no_deal_holds_exactly_where_a_search_finds_none():
    """Powell's condition on 20,000 random sets of numbers: no mismatch."""
    random = np.random.default_rng(3)
    p, p_next = np.sort(random.random((2, 20_000)), axis=0)
    discount = random.uniform(0.3, 0.99, 20_000)
    cost_d, cost_r = random.uniform(0.02, 1.5, (2, 20_000))
    ruled_out = no_deal_holds(p, p_next, discount, cost_d, cost_r)
    assert 2000 < ruled_out.sum() < 18_000
    assert np.array_equal(ruled_out, ~deal_exists(p, p_next, discount, cost_d, cost_r))


def test_a_text_expected_to_be_broken_is_worth_less_the_worse_its_terms():
    """Without hold W = later - done (later - terms) where the terms are worse, later itself where they are better."""
    law = at_middle(PowerShift, done=0.5)
    worth = law.worth(per_side(0.1, 0.8), per_side(0.5, 0.5), np.zeros(1))
    assert worth[:, 0] == pytest.approx([0.3, 0.5])
    assert law.worth(per_side(0.1, 0.8), per_side(0.5, 0.5), np.ones(1))[:, 0] == pytest.approx([0.1, 0.8])


def test_a_guarantee_makes_a_breach_unlikelier():
    law = at_middle(PowerShift, width=0.05, deterrence=0.1)
    assert law.hold_chance(per_side(-0.1, -0.1), np.ones(1)) == pytest.approx(0.25)
    assert law.hold_chance(per_side(-0.1, -0.1), NO_GUARANTEE) < 0.02

"""Fate: gambling for resurrection, Goemans' shape, how much a change of leadership can do, what the dead add."""

import dataclasses
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.kinds import parameters
from westphalia.laws.fate import LAWS, BloodPrice, CulpableLeader
from westphalia.laws.fate.bounds import bound

ALL = pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
SHARE = st.floats(0.0, 1.0)
DEAD = st.floats(0.0, 1e4)
NATION = {"office": 0.0, "fate": 0.0}
ONE = per_side(1.0, 1.0)
NONE = per_side(0.0, 0.0)


def sigma(z):
    return 1.0 / (1.0 + np.exp(-z))


def terms_accepted_from(law, reservation, culpability):
    """The least value of terms that the leadership accepts, between -1 and 2, by bisection."""
    low, high = -1.0 * ONE, 2.0 * ONE
    for _ in range(60):
        middle = 0.5 * (low + high)
        accepts = law.worth(middle, culpability) >= reservation
        low, high = np.where(accepts, low, middle), np.where(accepts, middle, high)
    return high


def test_punishment_and_worth_by_hand():
    """sigma(-.5 + 5 x .1) and sigma(-.5 + 4 x -.2): kap 1 and 0, th_o .05, Phi .4 and .2."""
    numbers = {"base": -0.5, "standard": 0.4, "outcome_weight": [3.0, 4.0], "culpability_weight": 2.0}
    law = at_middle(CulpableLeader, office=0.05, fate=[0.4, 0.2], **numbers)
    value, culpability = per_side(0.3, 0.6), per_side(1.0, 0.0)
    chance = np.array([sigma(0.0), sigma(-1.3)])
    np.testing.assert_allclose(law.punishment(value, culpability)[:, 0], chance)
    want = np.array([0.3, 0.6]) + 0.05 * (1.0 - chance) - np.array([0.4, 0.2]) * chance
    np.testing.assert_allclose(law.worth(value, culpability)[:, 0], want)


@given(value=SHARE, less=SHARE, more=SHARE)
def test_culpability_is_punished_in_defeat_and_rewarded_in_success(value, less, more):
    """[Croco2011]: below the standard more culpability means more punishment, above it less."""
    less, more = sorted((less, more))
    low, high = at_middle(CulpableLeader, standard=0.45).punishment(per_side(value, value), per_side(less, more))[:, 0]
    assert (high - low) * (0.45 - value) >= -1e-16


@given(value=SHARE, better=st.floats(0.0, 0.5), culpability=SHARE, seed=st.integers(0, 99))
def test_better_outcomes_are_worth_at_least_as_much_more_to_the_leadership(value, better, culpability, seed):
    law = drawn(CulpableLeader, 3, seed)
    worth = [law.worth(np.full((2, 3), y), np.full((2, 3), culpability)) for y in (value, value + better)]
    assert (worth[1] - worth[0] >= better - 1e-12).all()


@given(win=SHARE, good=SHARE, bad=SHARE, cost=SHARE, culpability=SHARE)
def test_without_office_and_fate_the_leadership_is_the_nation(win, good, bad, cost, culpability):
    law = at_middle(CulpableLeader, **NATION)
    np.testing.assert_array_equal(law.worth(good * ONE, culpability * ONE), good * ONE)
    got = law.reservation(win * ONE, good * ONE, bad * ONE, cost * ONE, culpability * ONE)
    np.testing.assert_allclose(got, win * good + (1.0 - win) * bad - cost, atol=1e-15)


@given(mean=st.floats(0.05, 0.95), spread=st.floats(0.02, 0.5), culpability=SHARE, fate=st.floats(0.1, 0.6))
def test_a_leadership_prefers_variance_if_and_only_if_the_mean_lies_below_the_standard(mean, spread, culpability, fate):
    """T7.2: an even gamble mean +- spread against its mean for sure, at no cost."""
    law = at_middle(CulpableLeader, base=0.0, standard=0.5, fate=fate)
    gamble = law.reservation(0.5 * ONE, (mean + spread) * ONE, (mean - spread) * ONE, NONE, culpability * ONE)
    gain = gamble - law.worth(mean * ONE, culpability * ONE)
    assert (gain * (0.5 - mean) >= -1e-15).all()
    assert (np.abs(gain) > 1e-9).all() or abs(mean - 0.5) < 1e-3


def test_sharp_punishment_is_escaped_with_the_normal_chance():
    """P(y >= ybar) = Phi((mu - ybar)/sd), .2266 at (.3 - .45)/.2: 400,000 outcomes, slope 2,000."""
    law = at_middle(CulpableLeader, base=0.0, standard=0.45, outcome_weight=2000.0)
    outcomes = np.random.default_rng(2).normal(0.3, 0.2, (2, 200_000))
    punished = law.punishment(outcomes, np.zeros((2, 1))).mean()
    closed = 0.5 * math.erfc(0.75 / math.sqrt(2.0))
    assert closed == pytest.approx(0.2266, abs=5e-5)
    assert 1.0 - punished == pytest.approx(closed, abs=0.004)


def test_a_leadership_that_fears_for_its_fate_fights_on_where_the_nation_would_settle():
    """T7.3 [Goemans2000]: terms of .27 for a nation whose war is worth .25 (.3 of .8 and .7 of .1, cost .06)."""
    war = (0.3 * ONE, 0.8 * ONE, 0.1 * ONE, 0.06 * ONE, ONE)
    nation = at_middle(CulpableLeader, **NATION)
    culpable = at_middle(CulpableLeader, fate=0.6, standard=0.5, outcome_weight=8.0)
    terms = 0.27 * ONE
    np.testing.assert_allclose(nation.reservation(*war), 0.25, rtol=1e-12)
    assert (nation.worth(terms, ONE) > nation.reservation(*war)).all()
    assert (culpable.worth(terms, ONE) < culpable.reservation(*war)).all()
    assert (terms_accepted_from(culpable, culpable.reservation(*war), ONE) > 0.3).all()


def test_goemans_shape_the_leader_holds_out_for_moderate_loss_and_settles_sooner_when_ahead():
    """T7.3: leader's less nation's reservation, by chance of victory: above in moderate loss, below in success."""
    law = at_middle(CulpableLeader, fate=0.6, office=0.1, base=0.0, standard=0.5, outcome_weight=8.0)
    excess = []
    for win in (0.0, 0.1, 0.3, 0.7, 0.9, 1.0):
        war = (win * ONE, ONE, NONE, NONE, ONE)
        excess.append((terms_accepted_from(law, law.reservation(*war), ONE) - win)[0, 0])
    np.testing.assert_allclose([excess[0], excess[-1]], 0.0, atol=1e-12)
    assert excess[2] > excess[1] > 0.05
    assert excess[3] == pytest.approx(-excess[2], abs=1e-9)
    assert excess[4] < -0.05


@given(fates=st.tuples(st.floats(0.0, 0.6), st.floats(0.0, 0.6)), seed=st.integers(0, 99))
def test_a_worse_fate_raises_the_terms_that_a_losing_leadership_asks_for(fates, seed):
    law = at_middle(CulpableLeader, base=0.0, standard=0.5, fate=sorted(fates))
    lose = np.random.default_rng(seed).uniform(0.05, 0.2)
    war = (0.3 * ONE, 0.6 * ONE, lose * ONE, NONE, ONE)
    mild, harsh = terms_accepted_from(law, law.reservation(*war), ONE)[:, 0]
    assert harsh >= mild - 1e-12


@given(leader=st.floats(0.01, 1.0), successor=SHARE, rest=st.lists(SHARE, min_size=1, max_size=5))
def test_a_change_of_leadership_raises_settlement_by_no_more_than_the_bound(leader, successor, rest):
    """T7.4, (7.8): S'/S <= 1/q_leader and S' - S <= q_rest; in fractions, since the smallest chances round to none."""
    others = math.prod(map(Fraction, rest))
    before, after = Fraction(leader) * others, Fraction(successor) * others
    assert after <= before * Fraction(bound(np.array([leader]))[0]) * Fraction(1.0 + 1e-12)
    assert after - before <= others


def test_the_bound_holds_in_simulated_rounds_whose_rest_is_rare():
    """T7.4: same draws of all players, the leader's yes at .3 against the most accommodating successor, 1."""
    draws = np.random.default_rng(6).random((4, 400_000))
    rest = (draws[1] < 0.5) & (draws[2] < 0.4) & (draws[3] < 0.1)
    before, after = (rest & (draws[0] < 0.3)).mean(), rest.mean()
    assert after / before == pytest.approx(bound(np.array([0.3]))[0], rel=0.05)
    assert after - before <= rest.mean() < 0.021


def test_an_expected_change_hardens_the_other_side():
    """lam t E[gain] for rare changes: .002 x 26 x .1 = .0052 less 2.6 %; a harder successor softens the other side."""
    law = at_middle(CulpableLeader, anticipation=26.0)
    rise = law.anticipated(per_side(0.002, 0.004), per_side(0.1, -0.05))[:, 0]
    np.testing.assert_allclose(rise, [-0.05 * (1.0 - np.exp(-0.104)), 0.1 * (1.0 - np.exp(-0.052))])
    assert rise[1] == pytest.approx(0.0052, rel=0.03)


@given(chance=SHARE, softer=st.floats(-1.0, 1.0), horizon=st.floats(0.0, 52.0))
def test_nobody_waits_for_more_than_the_whole_gain(chance, softer, horizon):
    rise = at_middle(CulpableLeader, anticipation=horizon).anticipated(chance * ONE, softer * ONE)
    assert (np.abs(rise) <= abs(softer)).all()
    if horizon == 0.0:
        assert (rise == 0.0).all()


@ALL
def test_extremes_in_single_precision_stay_numbers(law):
    made = drawn(law, 2, seed=4)
    made = dataclasses.replace(made, **{k: v.astype(np.float32) for k, v in dataclasses.asdict(made).items()})
    zero_one = np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32)
    far = np.array([[-1e30, 1e30], [0.0, 1.0]], dtype=np.float32)
    results = [
        made.punishment(far, zero_one),
        made.worth(far, zero_one),
        made.reservation(zero_one, far, -far, far, zero_one),
        made.anticipated(zero_one, far),
        made.sunk(1e5 * zero_one),
    ]
    assert all(result.dtype == np.float32 and np.isfinite(result).all() for result in results)


@given(hawkishness=st.floats(-20.0, 20.0))
def test_hawkishness_moves_the_reservation_by_no_more_than_its_bound_and_alike_either_way(hawkishness):
    """Dr = h (tanh d - tanh d'), (7.7) without a change of culpability."""
    law = at_middle(CulpableLeader, hawk=0.08)
    moved = law.resolve(per_side(hawkishness, -hawkishness))[:, 0]
    np.testing.assert_allclose(moved, 0.08 * np.tanh([hawkishness, -hawkishness]), atol=1e-15)
    assert (law.resolve(NONE) == 0.0).all()
    assert (at_middle(CulpableLeader, hawk=0.0).resolve(per_side(hawkishness, 1.0)) == 0.0).all()


# The dead


def test_each_factor_of_ten_of_dead_adds_the_price():
    """.03 x log10(1 + 99) = .06 and .01 x log10(1 + 999) = .03."""
    law = at_middle(BloodPrice, price=[0.03, 0.01])
    np.testing.assert_allclose(law.sunk(per_side(99.0, 999.0))[:, 0], [0.06, 0.03], rtol=1e-12)


@given(dead=DEAD, seed=st.integers(0, 99))
def test_the_dead_add_nothing_where_the_law_has_no_price_or_nobody_died(dead, seed):
    assert (drawn(CulpableLeader, 3, seed).sunk(np.full((2, 3), dead)) == 0.0).all()
    assert (at_middle(BloodPrice, price=0.0).sunk(dead * ONE) == 0.0).all()
    assert (drawn(BloodPrice, 3, seed).sunk(np.zeros((2, 3))) == 0.0).all()


@given(dead=DEAD, more=DEAD, seed=st.integers(0, 99))
def test_more_dead_never_ask_for_less_and_move_nobody_but_their_own_side(dead, more, seed):
    law = drawn(BloodPrice, 3, seed)
    before, after = law.sunk(np.full((2, 3), dead)), law.sunk(np.stack([np.full(3, dead + more), np.full(3, dead)]))
    assert (after[0] >= before[0]).all()
    np.testing.assert_array_equal(after[1], before[1])


def test_the_widest_price_stays_below_the_worth_of_a_war_that_killed_one_in_ten():
    """.05 x log10(1 + 10,000) = .2 of utility, of which the whole stake is 1."""
    highest = parameters(BloodPrice)["price"].high
    assert at_middle(BloodPrice, price=highest).sunk(1e4 * ONE).max() == pytest.approx(0.2, rel=1e-4)


@given(value=SHARE, win=SHARE, culpability=SHARE, hawkishness=st.floats(-3.0, 3.0), seed=st.integers(0, 99))
def test_but_for_the_dead_the_laws_are_the_same(value, win, culpability, hawkishness, seed):
    priced = drawn(BloodPrice, 3, seed)
    plain = CulpableLeader(**{name: getattr(priced, name) for name in parameters(CulpableLeader)})
    war = (win * ONE, ONE, NONE, 0.1 * ONE, culpability * ONE)
    for one, two in (
        (priced.worth(value * ONE, culpability * ONE), plain.worth(value * ONE, culpability * ONE)),
        (priced.reservation(*war), plain.reservation(*war)),
        (priced.resolve(hawkishness * ONE), plain.resolve(hawkishness * ONE)),
        (priced.anticipated(win * ONE, value * ONE), plain.anticipated(win * ONE, value * ONE)),
    ):
        np.testing.assert_array_equal(one, two)

"""Bargaining: Rubinstein's and Nash's shares, concession times in closed form, and who says yes how often."""

import dataclasses

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.laws.bargaining import LAWS, Reciprocal, TimeDependent, WarOfAttrition
from westphalia.laws.bargaining.solutions import nash_split, rubinstein, rubinstein_limit

ALL = pytest.mark.parametrize("law", LAWS.values(), ids=LAWS)
SHARE = st.floats(0.0, 1.0)
NONE = per_side(0.0, 0.0)


def one(number):
    return np.array([number])


def players(*numbers):
    return np.array(numbers, dtype=float)[:, None]


def sigma(z):
    return 1.0 / (1.0 + np.exp(-z))


def demand(law, opening, rate=NONE, weeks=0.0, conceded=NONE, uniform=NONE):
    return law.demand(opening, rate, np.atleast_1d(np.asarray(weeks, dtype=float)), conceded, uniform)


# Closed forms


def test_rubinsteins_share_tends_to_the_ratio_of_the_discount_rates():
    """[Rubinstein1982]: rates of .02 and .05 a week give .05/.07 = .7143 when offers follow each other at once."""
    assert rubinstein_limit(one(0.02), one(0.05))[0] == pytest.approx(0.7143, abs=5e-5)
    errors = []
    for step in (1.0, 0.1, 0.01):
        share = rubinstein(np.exp(-0.02 * one(step)), np.exp(-0.05 * one(step)))
        errors.append(share[0] - 5.0 / 7.0)
    assert errors[0] == pytest.approx(10.0 * errors[1], rel=0.05)
    assert errors[1] == pytest.approx(10.0 * errors[2], rel=0.01)


@given(delta=st.floats(0.0, 0.99), delta_other=st.floats(0.0, 0.99))
def test_rubinsteins_proposer_leaves_the_other_what_waiting_is_worth(delta, delta_other):
    """The equilibrium: 1 - x = d2 y with y the share of the other as proposer."""
    first, second = rubinstein(one(delta), one(delta_other)), rubinstein(one(delta_other), one(delta))
    np.testing.assert_allclose(1.0 - first, delta_other * second, atol=1e-12)
    assert 0.0 < first[0] <= 1.0


def test_nash_divides_a_linear_frontier_by_the_weights():
    """Pie 1, reservations .2 and .3, weights 5 to 2: .2 + 5/7 of .5; against the best of 100,001 divisions."""
    split = nash_split(one(1.0), per_side(0.2, 0.3), per_side(5.0, 2.0))
    np.testing.assert_allclose(split[:, 0], [0.2 + 2.5 / 7, 0.3 + 1.0 / 7])
    share = np.linspace(0.2, 0.7, 100_003)[1:-1]
    best = share[np.argmax(5.0 * np.log(share - 0.2) + 2.0 * np.log(0.7 - share))]
    assert split[0, 0] == pytest.approx(best, abs=1e-5)


@given(low=st.floats(0.0, 0.45), rise=st.floats(0.01, 0.3), against=st.floats(0.0, 0.2), weight=st.floats(0.1, 0.9))
def test_a_harder_reservation_moves_the_split_its_way_and_shrinks_the_zone(low, rise, against, weight):
    """Schelling's conjecture, as long as a zone is left."""
    weights = per_side(weight, 1.0 - weight)
    before = nash_split(one(1.0), per_side(low, against), weights)
    after = nash_split(one(1.0), per_side(low + rise, against), weights)
    assert after[0, 0] > before[0, 0]
    assert after[1, 0] < before[1, 0]
    assert after[1, 0] >= against


def test_without_a_zone_each_keeps_its_reservation():
    np.testing.assert_array_equal(nash_split(one(1.0), per_side(0.7, 0.5), per_side(1.0, 3.0)), per_side(0.7, 0.5))


# Demands


@ALL
def test_talks_begin_with_the_opening_demand(law):
    got = demand(at_middle(law), per_side(0.8, 0.3), rate=per_side(0.05, 0.02))
    np.testing.assert_array_equal(got, per_side(0.8, 0.3))


def test_demands_fall_by_the_calendar():
    """.8 exp(-.05 x 20) and .3 exp(-.02 x 20), whatever the other side and chance do."""
    arguments = {"rate": per_side(0.05, 0.02), "weeks": 20.0, "conceded": per_side(0.1, 0.9)}
    got = demand(at_middle(TimeDependent), per_side(0.8, 0.3), uniform=per_side(0.1, 0.9), **arguments)
    np.testing.assert_allclose(got[:, 0], [0.8 * np.exp(-1.0), 0.3 * np.exp(-0.4)])


@ALL
@given(
    opening=SHARE,
    rate=st.floats(0.0, 0.5),
    weeks=st.floats(0.0, 500.0),
    conceded=SHARE,
    uniform=SHARE,
    reservation=SHARE,
)
def test_a_demand_lies_between_nothing_and_the_opening_and_never_rises(
    law, opening, rate, weeks, conceded, uniform, reservation
):
    law, both = at_middle(law), per_side(1.0, 1.0)
    now, later = (
        demand(law, opening * both, rate * both, week, conceded * both, uniform * both) for week in (weeks, weeks + 4.0)
    )
    assert ((later >= 0.0) & (later <= now) & (now <= opening)).all()
    asked = law.aspiration(reservation * both, now)
    assert ((asked >= reservation) & (asked <= 1.0 + 1e-15)).all()


def test_an_aspiration_is_the_reservation_and_a_share_of_the_room_above():
    """.4 + .6 x .5 and .1 + .9 x .2."""
    got = at_middle(TimeDependent).aspiration(per_side(0.4, 0.1), per_side(0.5, 0.2))
    np.testing.assert_allclose(got[:, 0], [0.7, 0.28])


def test_concessions_in_full_sight_answer_each_other_up_to_the_closed_form():
    """c_i = (own_i + mu own_j)/(1 - mu^2), mu = .5, own = .8 (1 - e^-.2) and .6 (1 - e^-.1)."""
    law, opening, rate = at_middle(Reciprocal, reciprocity=0.5), per_side(0.8, 0.6), per_side(0.02, 0.01)
    conceded = NONE
    for _ in range(60):
        conceded = opening - demand(law, opening, rate, 10.0, conceded[::-1])
    own = opening * -np.expm1(-rate * 10.0)
    np.testing.assert_allclose(conceded, (own + 0.5 * own[::-1]) / 0.75, rtol=1e-12)


def test_who_only_answers_never_begins():
    law = at_middle(Reciprocal, reciprocity=0.9)
    np.testing.assert_array_equal(demand(law, per_side(0.8, 0.3), weeks=200.0), per_side(0.8, 0.3))


def test_without_reciprocity_the_other_side_changes_nothing():
    arguments = {"rate": per_side(0.05, 0.02), "weeks": 13.0, "conceded": per_side(0.4, 0.7)}
    got = demand(at_middle(Reciprocal, reciprocity=0.0), per_side(0.8, 0.3), **arguments)
    np.testing.assert_array_equal(got, demand(at_middle(TimeDependent), per_side(0.8, 0.3), **arguments))


def test_a_concession_lowers_a_reciprocal_demand_by_its_part_and_no_further_than_nothing():
    law = at_middle(Reciprocal, reciprocity=0.5)
    got = demand(law, per_side(0.8, 0.3), conceded=per_side(0.6, 1.0))
    np.testing.assert_allclose(got[:, 0], [0.5, 0.0], atol=1e-15)


def test_equal_sides_give_way_after_exponential_times_until_only_the_stubborn_are_left():
    """Hazard .02, stubborn .1: exp(-.02 t) hold until ln(10)/.02 = 115 weeks, then .1 forever."""
    law = at_middle(WarOfAttrition, hazard=0.02, stubborn=0.1)
    for weeks, holding in ((0.0, 1.0), (50.0, np.exp(-1.0)), (115.0, np.exp(-2.3)), (116.0, 0.1), (900.0, 0.1)):
        np.testing.assert_allclose(law.holding(one(weeks)), holding, rtol=1e-12)


def test_demands_switch_at_the_times_of_the_closed_form():
    """40,000 sides, hazards .01 and .03 a week, stubborn .2 and .1, weeks 0, 20, 60, 300; to four standard errors."""
    law = at_middle(WarOfAttrition, hazard=[0.01, 0.03], stubborn=[0.2, 0.1])
    uniform = np.random.default_rng(3).random((2, 40_000))
    common = np.log(10.0) / 0.03
    for weeks in (0.0, 20.0, 60.0, 300.0):
        left = np.exp(np.array([0.01, 0.03]) * max(common - weeks, 0.0)) * [0.2, 0.1]
        got = demand(law, np.broadcast_to(per_side(0.8, 0.3), (2, 40_000)), weeks=weeks, uniform=uniform)
        assert set(np.unique(got[0])) == {0.0, 0.8}
        np.testing.assert_allclose((got > 0.0).mean(axis=1), left, atol=4.0 * np.sqrt(0.25 / 40_000))


@given(dear=st.floats(1.05, 5.0), stubborn=st.floats(0.02, 0.5), weeks=st.floats(0.0, 300.0))
def test_the_side_with_the_higher_cost_gives_way_at_the_start_and_not_faster_later(dear, stubborn, weeks):
    """h_i = cost_j/prize_j: the dearer war of the first side raises the second's hazard, and the first yields first."""
    law = at_middle(WarOfAttrition, hazard=[0.01, 0.01 * dear], stubborn=stubborn)
    start, now = law.holding(one(0.0)), law.holding(one(weeks))
    assert start[0, 0] < start[1, 0]
    assert start[1, 0] == pytest.approx(1.0, rel=1e-12)
    assert now[0, 0] / start[0, 0] >= now[1, 0] / start[1, 0] - 1e-12


# Answers


def accepted_share(law, surplus, transient):
    """Share of a fine grid of persistent draws that is accepted, over the given transient draws."""
    grid = (np.arange(20_000) + 0.5) / 20_000
    persistent, fresh = np.meshgrid(grid, transient)
    return law.accepts(np.full((1, persistent.size), surplus), persistent.reshape(1, -1), fresh.reshape(1, -1)).mean()


@ALL
@given(surplus=st.floats(-0.4, 0.4))
def test_without_transient_noise_a_single_offer_is_accepted_with_the_logistic_chance(law, surplus):
    law = at_middle(law, width=0.06, transient_share=0.0)
    assert law.chance(np.array([[surplus]]))[0, 0] == pytest.approx(sigma(surplus / 0.06), rel=1e-12)
    assert accepted_share(law, surplus, np.array([0.3])) == pytest.approx(sigma(surplus / 0.06), abs=5.1e-5)


def test_transient_noise_moves_the_chance_of_a_single_offer_by_less_than_a_hundredth():
    """At its largest studied share, .1, over surpluses of up to four widths."""
    law = at_middle(TimeDependent, width=0.06, transient_share=0.1)
    fresh = (np.arange(200) + 0.5) / 200
    errors = [accepted_share(law, z * 0.06, fresh) - sigma(z) for z in np.linspace(-4.0, 4.0, 9)]
    assert 1e-4 < np.max(np.abs(errors)) < 0.01


def test_persistent_noise_does_not_sign_a_bad_text_by_repetition():
    """A chance of 2 % a round: 13 rounds sign 23 % if noise is fresh, 2 % if persistent, 3.6 % at a share of .05."""
    draws = np.random.default_rng(8)
    surplus = np.full((1, 20_000), -0.06 * np.log(49.0))
    persistent = draws.random(surplus.shape)
    signed = {}
    for share in (0.0, 0.05, 1.0):
        law = at_middle(TimeDependent, width=0.06, transient_share=share)
        rounds = [law.accepts(surplus, persistent, draws.random(surplus.shape)) for _ in range(13)]
        signed[share] = np.max(rounds, axis=0).mean()
    assert signed[0.0] == pytest.approx(0.02, abs=0.004)
    assert signed[0.05] == pytest.approx(0.036, abs=0.006)
    assert signed[1.0] == pytest.approx(0.231, abs=0.012)


@ALL
@given(surplus=st.floats(-0.5, 0.5), more=st.floats(0.0, 0.5), persistent=SHARE, transient=SHARE)
def test_a_better_text_is_never_refused_where_a_worse_one_is_accepted(law, surplus, more, persistent, transient):
    law, draws = at_middle(law), (players(persistent, persistent), players(transient, transient))
    worse, better = law.accepts(players(surplus, surplus + more), *draws)[:, 0]
    assert worse in (0.0, 1.0)
    assert worse <= better


def test_an_enemys_offer_is_worth_less_whether_gain_or_loss():
    """.3 x (1 - .2), -.3 x (1 + .2), and nothing lost if a third party makes it."""
    law = at_middle(TimeDependent, devaluation=0.2)
    got = law.devalued(players(0.3, -0.3, 0.3), players(1.0, 1.0, 0.0))
    np.testing.assert_allclose(got[:, 0], [0.24, -0.36, 0.3])
    none = at_middle(TimeDependent, devaluation=0.0)
    np.testing.assert_array_equal(none.devalued(players(0.3, -0.3), players(1.0, 1.0)), players(0.3, -0.3))


# What every law keeps, for the methods that the family shares


@ALL
def test_both_libraries_give_the_same_answers(law):
    draws = np.random.default_rng(1)
    made = drawn(law, 50, seed=2)
    surplus, chance = draws.uniform(-0.2, 0.2, (4, 50)), draws.random((2, 4, 50))
    with jax.enable_x64(True):
        compiled = dataclasses.replace(made, **{k: jnp.asarray(v) for k, v in dataclasses.asdict(made).items()})
        for name, inputs in (
            ("accepts", (surplus, *chance)),
            ("chance", (surplus,)),
            ("devalued", (surplus, chance[0])),
        ):
            got = jax.jit(getattr(compiled, name))(*map(jnp.asarray, inputs))
            assert got.dtype == np.float64
            np.testing.assert_allclose(got, getattr(made, name)(*inputs), rtol=1e-12)


@ALL
def test_extremes_in_single_precision_stay_numbers(law):
    made = drawn(law, 2, seed=4)
    made = dataclasses.replace(made, **{k: v.astype(np.float32) for k, v in dataclasses.asdict(made).items()})
    zero_one = np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32)
    far = np.array([[-1e30, 1e30], [0.0, 1.0]], dtype=np.float32)
    weeks = np.array([0.0, 1e4], dtype=np.float32)
    results = [
        made.demand(zero_one, zero_one, weeks, zero_one, 1.0 - zero_one),
        made.accepts(far, zero_one, zero_one),
        made.chance(far),
        made.devalued(far, zero_one),
    ]
    assert all(result.dtype == np.float32 and np.isfinite(result).all() for result in results)
    assert set(np.unique(results[1])) <= {0.0, 1.0}

"""Overtures: Bayes' rule by hand, and crying wolf."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.laws.overtures import BayesianCredibility

SHARE = st.floats(0.0, 1.0)
ONE = per_side(1.0, 1.0)
NONE = per_side(0.0, 0.0)
NUMBERS = {
    "base_rate": 0.6,
    "tempo_sincere": 0.1,
    "tempo_insincere": 0.5,
    "tempo_spread": 0.2,
    "moves_sincere": 0.7,
    "moves_insincere": 0.1,
}


def normal(x, mean, spread):
    return np.exp(-0.5 * ((x - mean) / spread) ** 2)


def test_belief_is_bayes_rule_from_tempo_and_demands():
    """Base rate .6; tempo .2 with moving demands, .6 without; normals of spread .2 about .1 and .5."""
    tempo, sincere_moves, insincere_moves = np.array([0.2, 0.6]), np.array([0.7, 0.3]), np.array([0.1, 0.9])
    sincere = 0.6 * normal(tempo, 0.1, 0.2) * sincere_moves
    insincere = 0.4 * normal(tempo, 0.5, 0.2) * insincere_moves
    got = at_middle(BayesianCredibility, **NUMBERS).posterior(per_side(0.2, 0.6), per_side(1.0, 0.0))
    np.testing.assert_allclose(got[:, 0], sincere / (sincere + insincere), rtol=1e-12)


def test_belief_is_calibrated_on_simulated_types():
    """Of 400,000 simulated overtures believed between .45 and .55, half are of the type that means them."""
    law, draws = at_middle(BayesianCredibility, **NUMBERS), np.random.default_rng(7)
    sincere = draws.random((2, 200_000)) < 0.6
    tempo = draws.normal(np.where(sincere, 0.1, 0.5), 0.2)
    moved = (draws.random((2, 200_000)) < np.where(sincere, 0.7, 0.1)).astype(float)
    believed = law.posterior(tempo, moved)
    for low, high in ((0.1, 0.2), (0.45, 0.55), (0.8, 0.9)):
        within = (believed > low) & (believed < high)
        assert sincere[within].mean() == pytest.approx(believed[within].mean(), abs=0.02)


def test_repeated_overtures_with_unchanged_tempo_lose_credit_geometrically():
    """Crying wolf: cred_n - P = (1 - rate o)^n (cred_0 - P), o = .5 and 1, rate .1."""
    law = at_middle(BayesianCredibility, learning=0.1, **NUMBERS)
    overture, tempo = per_side(0.5, 1.0), per_side(0.7, 0.6)
    believed = law.posterior(tempo, NONE)
    assert (believed < 0.05).all()
    credibility = per_side(0.9, 0.6)
    for _ in range(40):
        credibility = law.next_credibility(credibility, overture, tempo, NONE)
    start = np.array([0.9, 0.6]) - believed[:, 0]
    np.testing.assert_allclose((credibility - believed)[:, 0], start * np.array([0.95, 0.9]) ** 40, rtol=1e-10)


@given(credibility=SHARE, tempo=SHARE, moved=SHARE)
def test_without_overtures_credit_stays(credibility, tempo, moved):
    law = at_middle(BayesianCredibility)
    got = law.next_credibility(credibility * ONE, NONE, tempo * ONE, moved * ONE)
    np.testing.assert_array_equal(got, credibility * ONE)


@given(credibility=SHARE, overture=SHARE, tempo=SHARE, moved=SHARE, seed=st.integers(0, 99))
def test_credibility_stays_between_nothing_and_full(credibility, overture, tempo, moved, seed):
    law, all_runs = drawn(BayesianCredibility, 4, seed), np.ones((2, 4))
    got = law.next_credibility(credibility * all_runs, overture * all_runs, tempo * all_runs, moved * all_runs)
    assert ((got >= 0.0) & (got <= 1.0)).all()


@given(tempo=st.floats(0.0, 0.9), moved=st.floats(0.0, 0.9), seed=st.integers(0, 99))
def test_lower_tempo_and_moving_demands_are_believed_more(tempo, moved, seed):
    law, all_runs = drawn(BayesianCredibility, 4, seed), np.ones((2, 4))
    base = law.posterior(tempo * all_runs, moved * all_runs)
    assert (law.posterior((tempo + 0.1) * all_runs, moved * all_runs) < base).all()
    assert (law.posterior(tempo * all_runs, (moved + 0.1) * all_runs) > base).all()


def test_behaviour_that_both_types_share_leaves_the_base_rate():
    law = at_middle(BayesianCredibility, **(NUMBERS | {"moves_insincere": 0.7, "tempo_insincere": 0.1}))
    np.testing.assert_allclose(law.posterior(per_side(0.0, 0.8), per_side(1.0, 0.0)), 0.6, rtol=1e-12)


def test_effects_fall_on_the_other_side_and_costs_on_ones_own():
    """Only the first side makes overtures, believed at .8 with intensity .5."""
    law = at_middle(BayesianCredibility, wedge=0.5, morale=0.3, audience=0.6)
    credibility, overture = per_side(0.8, 0.9), per_side(0.5, 0.0)
    np.testing.assert_allclose(law.on_backers(credibility, overture)[:, 0], [0.0, -0.2])
    np.testing.assert_allclose(law.on_troops(credibility, overture, per_side(1.0, 0.25))[:, 0], [0.0, -0.03])
    np.testing.assert_allclose(law.audience_cost(overture, credibility)[:, 0], [0.24, 0.0])


@given(credibility=SHARE, overture=SHARE, written_off=SHARE)
def test_switched_off_overtures_do_nothing(credibility, overture, written_off):
    """T6.3 and M12: wedge, morale and audience at 0."""
    law = at_middle(BayesianCredibility, wedge=0.0, morale=0.0, audience=0.0)
    numbers = (credibility * ONE, overture * ONE)
    assert (law.on_backers(*numbers) == 0.0).all()
    assert (law.on_troops(*numbers, written_off * ONE) == 0.0).all()
    assert (law.audience_cost(*numbers[::-1]) == 0.0).all()


@given(credibility=SHARE, overture=SHARE, written_off=SHARE)
def test_exchanging_the_sides_exchanges_the_effects(credibility, overture, written_off):
    law = at_middle(BayesianCredibility)
    credit, made = per_side(credibility, 0.3), per_side(0.7, overture)
    ground = per_side(written_off, 0.6)
    mirrored = law.on_troops(credit[::-1], made[::-1], ground[::-1])[::-1]
    np.testing.assert_array_equal(mirrored, law.on_troops(credit, made, ground))
    np.testing.assert_array_equal(law.on_backers(credit[::-1], made[::-1])[::-1], law.on_backers(credit, made))


def test_extremes_in_single_precision_stay_numbers():
    made = drawn(BayesianCredibility, 2, seed=4)
    made = dataclasses.replace(made, **{k: v.astype(np.float32) for k, v in dataclasses.asdict(made).items()})
    zero_one = np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32)
    far = np.array([[-1e30, 1e30], [0.0, 1.0]], dtype=np.float32)
    results = [
        made.next_credibility(zero_one, zero_one, far, zero_one),
        made.on_backers(zero_one, zero_one),
        made.on_troops(zero_one, zero_one, zero_one),
        made.audience_cost(zero_one, zero_one),
    ]
    assert all(result.dtype == np.float32 and np.isfinite(result).all() for result in results)


def test_own_overtures_weigh_on_own_troops_by_hand():
    """-hO cred o at stake: .2 x .5 x .8 x .25 = .02 for the one side, none for the other, which nobody believes."""
    law = at_middle(BayesianCredibility, own_morale=0.2)
    got = law.on_own_troops(per_side(0.5, 0.0), per_side(0.8, 1.0), per_side(0.25, 0.25))
    np.testing.assert_allclose(got[:, 0], [-0.02, 0.0], atol=1e-15)
    off = at_middle(BayesianCredibility, own_morale=0.0)
    assert (off.on_own_troops(ONE, ONE, ONE) == 0.0).all()


@given(depth=st.floats(0.0, 1.0))
def test_talks_lower_tempo_by_the_depth_of_the_lull_and_only_while_they_go_on(depth):
    law = at_middle(BayesianCredibility, lull_depth=depth)
    np.testing.assert_allclose(law.lull(np.array([0.0, 1.0])), [1.0, 1.0 - depth], rtol=1e-15)

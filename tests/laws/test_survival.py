"""Leadership: waiting times in closed form, and when culpability counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, per_side

from westphalia.laws.survival import OutcomeHazard

SHARE = st.floats(0.0, 1.0)
EVEN = per_side(0.5, 0.5)
NONE = per_side(0.0, 0.0)


def test_waiting_times_are_exponential_at_a_constant_hazard():
    """At even support the share in office after n weeks is exp(-lambda n): 0.005 and 0.002 a week over 200 weeks."""
    law = at_middle(OutcomeHazard, hazard=[0.005, 0.002])
    in_office = per_side(1.0, 1.0)
    for _ in range(200):
        in_office = in_office * (1.0 - law.exit_chance(EVEN, NONE, NONE, NONE))
    np.testing.assert_allclose(in_office[:, 0], np.exp([-1.0, -0.4]), rtol=1e-12)


def test_the_mean_time_in_office_is_one_over_the_chance():
    """Simulated weeks in office of 40,000 leaderships at 0.05 a week: mean 1/(1 - exp(-0.05)) = 20.5, to 2 %."""
    law = at_middle(OutcomeHazard, hazard=[0.05, 0.1])
    chance = law.exit_chance(EVEN, NONE, NONE, NONE)
    draws, weeks = np.random.default_rng(5), np.zeros((2, 20_000))
    there = np.ones((2, 20_000), dtype=bool)
    for _ in range(600):
        weeks = weeks + there
        there = there & (draws.random((2, 20_000)) >= chance)
    np.testing.assert_allclose(weeks.mean(axis=1), 1.0 / -np.expm1([-0.05, -0.1]), rtol=0.02)


def test_lost_support_and_defeat_multiply_the_hazard():
    """exp(d1 (1/2 - s) + g kap max(0, -E)): exp(2 x 0.2 + 1.5 x 0.8 x 0.5) = e and exp(-2 x 0.2)."""
    law = at_middle(OutcomeHazard, hazard=0.004, support_effect=2.0, defeat_effect=1.5)
    chance = law.exit_chance(per_side(0.3, 0.7), per_side(-0.5, 0.5), per_side(0.8, 1.0), NONE)
    np.testing.assert_allclose(-np.log1p(-chance[:, 0]), 0.004 * np.exp([1.0, -0.4]), rtol=1e-9)


@given(support=SHARE, expectation=st.floats(-1.0, 1.0), less=SHARE, more=SHARE)
def test_culpability_raises_the_chance_only_when_losing(support, expectation, less, more):
    """[Croco2011]: culpable leaders are punished for losing; winners and the blameless are spared."""
    law = at_middle(OutcomeHazard)
    less, more = sorted((less, more))
    chance = law.exit_chance(per_side(support, support), per_side(expectation, expectation), per_side(less, more), NONE)
    if expectation >= 0.0:
        assert chance[1, 0] == chance[0, 0]
    else:
        assert chance[1, 0] >= chance[0, 0]
        assert chance[1, 0] > chance[0, 0] or (more - less) * -expectation < 1e-9


@given(support=SHARE, expectation=st.floats(-1.0, 1.0), culpability=SHARE, election=st.sampled_from((0.0, 1.0)))
def test_the_chance_of_a_change_lies_between_zero_and_one_and_below_its_hazard(
    support, expectation, culpability, election
):
    law = at_middle(OutcomeHazard, hazard=0.01, support_effect=4.0, defeat_effect=3.0)
    one = per_side(1.0, 1.0)
    chance = law.exit_chance(support * one, expectation * one, culpability * one, election * one)
    assert ((chance > 0.0) & (chance < 1.0)).all()
    if election == 0.0:
        assert (chance <= 0.01 * np.exp(4.0 * (0.5 - support) + 3.0 * culpability * max(-expectation, 0.0))).all()


@given(support=st.floats(0.0, 0.99))
def test_more_support_means_a_lower_chance_in_any_week(support):
    law = at_middle(OutcomeHazard)
    for election in (NONE, per_side(1.0, 1.0)):
        chance = law.exit_chance(per_side(support, support + 0.01), NONE, NONE, election)
        assert chance[1, 0] < chance[0, 0]


def test_an_election_at_even_support_is_a_coin_toss():
    """sigma((1/2 - s)/s_e): 1/2 at even support, sigma(-1) = 0.269 one width above it; culpability is not asked for."""
    law = at_middle(OutcomeHazard, election_width=0.1)
    chance = law.exit_chance(per_side(0.5, 0.6), per_side(-1.0, -1.0), per_side(1.0, 1.0), per_side(1.0, 1.0))
    np.testing.assert_allclose(chance[:, 0], [0.5, 1.0 / (1.0 + np.e)], rtol=1e-12)


def test_a_successor_inherits_the_tie_and_follows_the_mood():
    """kap' = tie kap, d = mu (s - 1/2) + s_d draw: 0.3 x 0.9 and 0.3 x 0.2; 1.5 x 0.2 + 0.5 and -1.5 x 0.1 - 1."""
    law = at_middle(OutcomeHazard, tie=0.3, mood_effect=1.5, spread=0.5)
    culpability, hawkishness = law.successor(per_side(0.7, 0.4), per_side(0.9, 0.2), per_side(1.0, -2.0))
    np.testing.assert_allclose(culpability[:, 0], [0.27, 0.06])
    np.testing.assert_allclose(hawkishness[:, 0], [0.8, -1.15])


@given(hawkishness=st.floats(-20.0, 20.0))
def test_no_leadership_changes_tempo_by_more_than_its_declared_effect(hawkishness):
    law = at_middle(OutcomeHazard, tempo_effect=0.3)
    factor = law.tempo_factor(per_side(hawkishness, -hawkishness))
    assert (np.abs(factor - 1.0) <= 0.3 + 1e-12).all()
    assert factor.sum() == pytest.approx(2.0)
    assert (factor[0, 0] - factor[1, 0]) * hawkishness >= 0.0

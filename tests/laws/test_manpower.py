"""Manpower: closed forms of the Erlang chain, Little's law, and what the sources say of signs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, per_side

from westphalia.laws.manpower import ErlangCohorts

EMPTY = np.zeros((2, 2, 1))
PEOPLE = st.floats(0.0, 500.0)


def test_constant_inflow_and_loss_rate_settle_at_their_ratio():
    """F* = I/l: 5 a week at 2 % gives 250 thousand, 3 a week at 3 % gives 100 thousand."""
    law = at_middle(ErlangCohorts, training_time=[4.0, 10.0])
    training, force = EMPTY, per_side(0.0, 400.0)
    for _ in range(1500):
        training, trained = law.train(training, per_side(5.0, 3.0))
        force = force + trained - per_side(0.02, 0.03) * force
    np.testing.assert_allclose(force[:, 0], [250.0, 100.0], rtol=1e-9)


def test_training_takes_the_training_time_in_the_mean():
    """Impulse response of the two stages: all who enter leave, after 4 and 10 weeks in the mean, exactly."""
    law = at_middle(ErlangCohorts, training_time=[4.0, 10.0])
    stages, intake, left = EMPTY, per_side(1.0, 1.0), []
    for _ in range(600):
        stages, out = law.train(stages, intake)
        left.append(out[:, 0])
        intake = 0.0 * intake
    np.testing.assert_allclose(np.sum(left, axis=0), 1.0, rtol=1e-12)
    np.testing.assert_allclose(np.arange(600) @ np.array(left), [4.0, 10.0], rtol=1e-9)


def test_the_spread_of_training_is_that_of_two_geometric_stages():
    """Variance of two geometric stages of mean m weeks: 2 m (m - 1); the continuous Erlang-2 has 2 m^2."""
    law = at_middle(ErlangCohorts, training_time=[4.0, 10.0])
    stages, intake, left = EMPTY, per_side(1.0, 1.0), []
    for _ in range(600):
        stages, out = law.train(stages, intake)
        left.append(out[:, 0])
        intake = 0.0 * intake
    weeks = np.arange(600)[:, None] - np.array([4.0, 10.0])
    np.testing.assert_allclose((weeks**2 * np.array(left)).sum(axis=0), [4.0, 40.0], rtol=1e-9)


def test_the_chain_has_one_double_eigenvalue_per_side():
    """A week takes each stage by 1 - 2/t_tr: 0.5 at 4 weeks, 0.8 at 10 weeks, both eigenvalues alike."""
    law = at_middle(ErlangCohorts, training_time=[4.0, 10.0])
    unit = np.zeros((2, 2, 2))
    unit[:, 0, 0] = unit[:, 1, 1] = 1.0  # the run axis holds the two columns of the matrix
    moved, _ = law.train(unit, np.zeros((2, 2)))
    assert np.sort(np.linalg.eigvals(moved[0])) == pytest.approx([0.5, 0.5])
    assert np.sort(np.linalg.eigvals(moved[1])) == pytest.approx([0.8, 0.8])


def test_stock_of_wounded_is_inflow_times_mean_time():
    """Little's law [Little1961]: 2 and 3 thousand a week for 9 weeks keep 18 and 27 thousand in hospital."""
    law = at_middle(ErlangCohorts, healing_time=9.0)
    wounded = EMPTY
    for _ in range(500):
        wounded, out = law.heal(wounded, per_side(2.0, 3.0))
    np.testing.assert_allclose(wounded.sum(axis=1)[:, 0], [18.0, 27.0], rtol=1e-9)
    np.testing.assert_allclose(out[:, 0], [2.0, 3.0], rtol=1e-9)


@given(stages=st.lists(PEOPLE, min_size=4, max_size=4), inflow=PEOPLE, time=st.floats(1.0, 20.0))
def test_nobody_is_lost_in_training(stages, inflow, time):
    law = at_middle(ErlangCohorts, training_time=[time, 2.0 * time])
    before = np.array(stages).reshape(2, 2, 1)
    intake = per_side(inflow, 0.5 * inflow)
    after, out = law.train(before, intake)
    np.testing.assert_allclose(after.sum(axis=1) + out, before.sum(axis=1) + intake, rtol=1e-12, atol=1e-12)
    assert (after >= -1e-12).all()


def test_intake_falls_with_the_share_of_the_pool_that_is_gone():
    """1 - (cumulative/pool)^eta, with eta 2 and half and nine tenths gone: 0.75 and 0.19 of what is claimed."""
    law = at_middle(ErlangCohorts, exhaustion=2.0, arriving_share=[0.5, 0.8])
    still = per_side(0.0, 0.0)
    taken = law.intake(per_side(10.0, 20.0), still, still, still, per_side(500.0, 100.0), per_side(1000.0, 1000.0))
    np.testing.assert_allclose(taken[:, 0], [10.0 * 0.5 * 0.75, 20.0 * 0.8 * 0.19], rtol=1e-9)


def test_an_empty_pool_gives_nobody():
    law = at_middle(ErlangCohorts)
    one = per_side(1.0, 1.0)
    taken = law.intake(10.0 * one, -one, one, 0.1 * one, 0.0 * one, 1000.0 * one)
    np.testing.assert_array_equal(taken, 0.0)


def test_losing_ground_raises_intake_and_gaining_it_does_not_lower_it():
    """A factor 1 + k_m max(0, -E), here 1 + 2 x 0.5 for the side that loses."""
    law = at_middle(ErlangCohorts, ground_response=2.0, arriving_share=[0.5, 0.8])
    none, pool = per_side(0.0, 0.0), per_side(1000.0, 2000.0)
    taken = law.intake(per_side(10.0, 20.0), per_side(-0.5, 0.5), none, none, pool, pool)
    np.testing.assert_allclose(taken[:, 0], [10.0 * 0.5 * 2.0, 20.0 * 0.8], rtol=1e-6)


def test_a_wave_takes_its_size_over_its_length():
    """A wave at full strength takes 10 and 5 % of the pool over 10 weeks."""
    law = at_middle(ErlangCohorts, wave_time=10.0)
    none, pool = per_side(0.0, 0.0), per_side(1000.0, 2000.0)
    taken = law.intake(none, none, per_side(1.0, 1.0), per_side(0.1, 0.05), pool, pool)
    np.testing.assert_allclose(taken[:, 0], [10.0, 10.0])


def test_a_wave_is_called_only_where_strength_falls_short():
    """Strength at 0.6 of what is wanted against a trigger of 0.8 calls it; at 0.95 nothing leaks through the gate."""
    law = at_middle(ErlangCohorts, wave_time=10.0, wave_width=0.1)
    wave = per_side(0.0, 0.0)
    for _ in range(10):
        wave = law.next_wave(wave, per_side(300.0, 475.0), per_side(500.0, 500.0), per_side(0.8, 0.8))
    np.testing.assert_allclose(wave[:, 0], [1.0 - 0.9**10, 0.0], rtol=1e-12)


def test_desertion_is_its_base_at_full_cohesion_and_rises_with_lost_cohesion_and_long_tours():
    """d0 + d1 (1-C)^2 + d2 (tour - 26)/26; a tour of a year adds d2 once, one below half a year nothing."""
    law = at_middle(ErlangCohorts, desertion_base=0.0005, desertion_cohesion=0.04, desertion_tour=0.002)
    cohesion = np.array([[[1.0], [0.5]], [[1.0], [0.5]]])
    rate = law.desertion_rate(cohesion, per_side(20.0, 52.0))
    expected = [[0.0005, 0.0005 + 0.04 * 0.25], [0.0025, 0.0025 + 0.04 * 0.25]]
    np.testing.assert_allclose(rate[:, :, 0], expected, rtol=1e-12)


def test_quality_tends_to_the_recruits_and_longer_training_makes_better_ones():
    """With arrivals and no fighting Q -> Q_r (1 - exp(-t_tr/t_q)): 0.8 (1 - e^-1.5) and 0.8 (1 - e^-4.5)."""
    law = at_middle(ErlangCohorts, training_time=[4.0, 12.0], learning_time=8.0 / 3.0, recruit_quality=0.8)
    quality, none = per_side(1.0, 1.0), per_side(0.0, 0.0)
    for _ in range(2000):
        quality = law.next_quality(quality, none, per_side(0.02, 0.02), none)
    np.testing.assert_allclose(quality[:, 0], 0.8 * (1.0 - np.exp([-1.5, -4.5])), rtol=1e-9)


def test_a_force_that_fights_without_loss_tends_to_the_ceiling_of_quality():
    law = at_middle(ErlangCohorts)
    quality, none = per_side(0.6, 1.0), per_side(0.0, 0.0)
    for _ in range(5000):
        quality = law.next_quality(quality, per_side(1.0, 0.5), none, none)
    np.testing.assert_allclose(quality, 1.1, rtol=1e-6)


def test_losses_dilute_quality_by_their_weight_next_to_arrivals():
    law = at_middle(ErlangCohorts, loss_dilution=0.5)
    quality, none = per_side(1.0, 0.9), per_side(0.0, 0.0)
    lost = law.next_quality(quality, none, none, per_side(0.02, 0.04))
    joined = law.next_quality(quality, none, per_side(0.01, 0.02), none)
    np.testing.assert_allclose(lost, joined)
    assert (lost < quality).all()


def test_nobody_emigrates_under_full_support():
    law = at_middle(ErlangCohorts, emigration=0.0004)
    np.testing.assert_allclose(law.emigration_rate(per_side(1.0, 0.25))[:, 0], [0.0, 0.0003])

"""Beliefs against closed forms of learning, and of a diffusion between two barriers, and against simulated walks."""

import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.kinds import parameters
from westphalia.laws.beliefs import GaussianLearning

FULL = np.array([1.0])
QUIET = np.array([0.0])
PLAIN = {"forgetting": 0.0, "motivated": 0.0, "idle_information": 0.0}


def unit_of(law):
    """Drift that moves P(win) by one: 2 s^2/L."""
    return 2.0 * law.spread**2 / (law.barrier + 0.5826 * law.spread)


def learn(law, mean, variance, weeks, intensity=FULL, truth=0.0):
    """Belief after weeks of one public signal without noise."""
    for _ in range(weeks):
        mean, variance = law.next_belief(mean, variance, per_side(truth, -truth), intensity)
    return mean, variance


@pytest.mark.parametrize(("weeks", "figure"), [(13, 0.354), (26, 0.215), (52, 0.120), (104, 0.064)])
def test_fighting_closes_the_gap_of_beliefs_as_in_closed_form(weeks, figure):
    """gap/gap_0 = tau_0/(tau_0 + n/s^2) with tau_0 = 1/0.3^2 = 11.1 and s = 0.8, in P(win)."""
    law = at_middle(GaussianLearning, signal_spread=0.8, **PLAIN)
    unit = unit_of(law)
    start = per_side(0.4, 0.3) * unit
    mean, variance = learn(law, start, per_side(0.09, 0.09) * unit**2, weeks, truth=0.002)
    assert mean.sum() / start.sum() == pytest.approx(figure, abs=5e-4)
    assert variance / unit**2 == pytest.approx(1.0 / (1.0 / 0.09 + weeks / 0.64), rel=1e-10)


def test_the_spread_of_a_belief_settles_at_the_floor_of_the_riccati_equation():
    """v = (-q + sqrt(q^2 + 4 q s^2))/2, here in P(win)."""
    law = at_middle(GaussianLearning, signal_spread=0.6, forgetting=2e-4, motivated=0.0, idle_information=0.0)
    variance = learn(law, per_side(0.0, 0.0), per_side(0.04, 0.09) * unit_of(law) ** 2, 3000)[1]
    floor = 0.5 * (-2e-4 + np.sqrt(4e-8 + 4 * 2e-4 * 0.36))
    assert variance / unit_of(law) ** 2 == pytest.approx(floor, rel=1e-11)


def test_a_week_of_learning_by_hand():
    """A golden with unequal sides: gain = seen/(1 + seen), seen = (v + q) (u + e0)/s_y^2; then the bias."""
    law = at_middle(
        GaussianLearning, signal_spread=0.5, forgetting=0.01, motivated=[0.02, -0.01], idle_information=0.05
    )
    unit = unit_of(law)
    mean, variance = law.next_belief(
        per_side(0.3, -0.2) * unit, per_side(0.04, 0.09) * unit**2, per_side(0.1, 0.5) * unit, np.array([0.45])
    )
    seen = np.array([0.05, 0.10]) * 0.5 / 0.25
    gain = seen / (1.0 + seen)
    want = np.array([0.3, -0.2]) + gain * np.array([-0.2, 0.7]) + [0.02, -0.01]
    assert (mean / unit)[:, 0] == pytest.approx(want, rel=1e-12)
    assert (variance / unit**2)[:, 0] == pytest.approx(np.array([0.05, 0.10]) / (1.0 + seen), rel=1e-12)


def test_without_fighting_nothing_is_learned_but_what_idle_weeks_tell():
    mean, variance = per_side(0.004, -0.001), per_side(2e-5, 3e-5)
    deaf = at_middle(GaussianLearning, **PLAIN)
    assert np.array_equal(np.stack(learn(deaf, mean, variance, 9, QUIET)), np.stack([mean, variance]))
    idle = at_middle(GaussianLearning, **(PLAIN | {"idle_information": 0.05}))
    assert (learn(idle, mean, variance, 9, QUIET)[1] < variance).all()


def test_cumulative_fighting_closes_the_gap_and_a_short_spike_hardly_does():
    """F16: half a year of it leaves under a half in every draw; two weeks of it more than three quarters."""
    law = drawn(GaussianLearning, 500, 3)
    law = type(law)(**{name: getattr(law, name) * (name != "motivated") for name in parameters(type(law))})
    start, variance = np.full((2, 500), 0.1) * unit_of(law), np.full((2, 500), 0.04) * unit_of(law) ** 2
    left = {weeks: learn(law, start, variance, weeks)[0].sum(axis=0) / start.sum(axis=0) for weeks in (2, 13, 26)}
    assert (left[26] < left[13]).all()
    assert (left[26] < 0.5).all()
    assert (left[2] > 0.75).all()


@pytest.mark.parametrize(("signal_spread", "kept"), [(0.51, 0.2), (0.83, 0.4)])
def test_half_a_year_of_full_fighting_leaves_a_fifth_to_two_fifths_of_the_gap(signal_spread, kept):
    """The derivation of the range of s_y: 1/(1 + 26 x 0.2^2/s_y^2)."""
    law = at_middle(GaussianLearning, signal_spread=signal_spread, **PLAIN)
    start = per_side(0.1, 0.1) * unit_of(law)
    mean = learn(law, start, per_side(0.04, 0.04) * unit_of(law) ** 2, 26)[0]
    assert mean / start == pytest.approx(kept, abs=0.005)


def test_wars_without_drift_last_one_to_ten_years_over_the_studied_range():
    """E[T] = L^2/s^2 from an even index: 48 weeks at the near, 510 at the far corner."""
    even = per_side(0.0, 0.0)
    known = parameters(GaussianLearning)
    short = at_middle(GaussianLearning, spread=known["spread"].high, barrier=known["barrier"].low)
    long = at_middle(GaussianLearning, spread=known["spread"].low, barrier=known["barrier"].high)
    assert short.time_left(even, even) == pytest.approx(48.3, abs=0.1)
    assert long.time_left(even, even) == pytest.approx(510, abs=0.5)


def test_wishful_thinking_keeps_the_gap_open():
    """A bias settles at bias/gain: convergence is switched off, as [LangloisLanglois2012] argue it can be."""
    law = at_middle(GaussianLearning, signal_spread=0.65, forgetting=2e-4, motivated=[0.001, 0.0])
    mean, variance = learn(law, per_side(0.0, 0.0), per_side(0.04, 0.04) * unit_of(law) ** 2, 3000)
    predicted = variance[0] / unit_of(law) ** 2 + law.forgetting
    seen = predicted * (1.0 + law.idle_information) / 0.65**2
    assert mean[0] / unit_of(law) == pytest.approx(0.001 * (1.0 + seen) / seen, rel=1e-6)
    assert mean[1] == 0.0


def test_signals_have_the_spread_that_learning_supposes():
    """Variance s_y^2/(u + e0) around the drift; draws of opposite sign are one signal seen from both sides."""
    law = at_middle(GaussianLearning, signal_spread=0.6, idle_information=0.05)
    draw = np.random.default_rng(7).standard_normal(200_000)
    seen = law.observe(per_side(0.003, -0.003), np.array([0.4]), np.stack([draw, -draw]))
    assert np.array_equal(seen[0], -seen[1])
    assert seen[0].mean() == pytest.approx(0.003, abs=2e-4)
    assert seen[0].std() == pytest.approx((0.6 * unit_of(law) / np.sqrt(0.45))[0], rel=0.01)


WALKS = [(0.15, 1.8, 0.004, 0.3), (0.2, 1.5, -0.01, 0.2), (0.1, 2.2, 0.002, -0.5)]


@pytest.mark.parametrize(("spread", "barrier", "drift", "index"), WALKS)
def test_chance_and_time_agree_with_walks_by_weeks(spread, barrier, drift, index):
    """20,000 walks: P(win) within 0.01, that is 3 standard errors, and E[T] within 2 %; uncorrected it is 8 % off."""
    law = at_middle(GaussianLearning, spread=spread, barrier=barrier)
    random = np.random.default_rng(11)
    place, weeks = np.full(20_000, index), np.zeros(20_000)
    going = np.abs(place) < barrier
    while going.any():
        place = place + going * (drift + spread * random.standard_normal(20_000))
        weeks = weeks + going
        going = np.abs(place) < barrier
    here, pull = per_side(index, -index), per_side(drift, -drift)
    assert law.win_chance(here, pull)[0, 0] == pytest.approx((place > 0.0).mean(), abs=0.01)
    assert law.time_left(here, pull)[0, 0] == pytest.approx(weeks.mean(), rel=0.02)


@given(index=st.floats(-3.0, 3.0), drift=st.floats(-1.0, 1.0))
def test_one_sides_victory_is_the_others_defeat(index, drift):
    law = at_middle(GaussianLearning)
    here, pull = per_side(index, -index), per_side(drift, -drift)
    chance, weeks = law.win_chance(here, pull), law.time_left(here, pull)
    assert chance.sum() == pytest.approx(1.0, abs=1e-9)
    assert weeks[0] == pytest.approx(weeks[1], rel=1e-6, abs=1e-9)
    assert ((chance >= 0.0) & (chance <= 1.0) & (weeks >= 0.0)).all()


def test_without_drift_chance_is_linear_and_time_a_parabola():
    """(L + x)/(2 L) and (L + x)(L - x)/s^2."""
    law = at_middle(GaussianLearning, spread=0.2, barrier=2.0 - 0.5826 * 0.2)
    index, none = per_side(0.5, -1.0), per_side(0.0, 0.0)
    assert law.win_chance(index, none)[:, 0] == pytest.approx([2.5 / 4.0, 0.25], rel=1e-12)
    assert law.time_left(index, none)[:, 0] == pytest.approx([2.5 * 1.5 / 0.04, 3.0 / 0.04], rel=1e-12)


def test_chance_and_time_do_not_jump_where_series_take_over():
    law = at_middle(GaussianLearning)
    drift = np.linspace(-2e-4, 2e-4, 2001) * np.array([[1.0], [-1.0]])
    index = np.full((2, 2001), 0.7) * np.array([[1.0], [-1.0]])
    chance, weeks = law.win_chance(index, drift)[0], law.time_left(index, drift)[0]
    assert np.diff(chance) == pytest.approx(np.diff(chance).mean(), rel=0.02)
    assert (np.diff(weeks) < 0.0).all()


@given(place=st.floats(-0.94, 0.94), chance=st.floats(0.002, 0.998), other=st.floats(0.002, 0.998))
def test_the_drift_for_a_chance_gives_that_chance(place, chance, other):
    law = at_middle(GaussianLearning)
    index = place * (law.barrier + 0.5826 * law.spread)
    here = np.stack([index, -index])
    wanted = per_side(chance, other)
    assert law.win_chance(here, law.drift_for(here, wanted)) == pytest.approx(wanted, abs=1e-9)


def test_at_an_even_index_the_drift_for_a_chance_is_its_log_odds():
    """P = sigma(2 drift L/s^2)."""
    law = at_middle(GaussianLearning)
    want = 0.25 * unit_of(law) * np.log(np.array([3.0, 0.25]))
    assert law.drift_for(per_side(0.0, 0.0), per_side(0.75, 0.2))[:, 0] == pytest.approx(want, rel=1e-12)


def test_prospects_average_over_the_belief():
    """Against 80 nodes, for spreads of P(win) of 0.1 to 0.3: chance within 0.005, weeks within 1 %."""
    law = at_middle(GaussianLearning)
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    index, mean = per_side(0.4, -0.4), per_side(0.003, 0.002)
    for spread in (0.1, 0.2, 0.3):
        deviation = spread * unit_of(law)
        drift = mean + nodes * deviation
        fine = [weights @ f(index, drift).T / weights.sum() for f in (law.win_chance, law.time_left)]
        chance, weeks = law.prospects(index, mean, np.full((2, 1), deviation**2))
        assert chance[:, 0] == pytest.approx(fine[0], abs=0.005)
        assert weeks[:, 0] == pytest.approx(fine[1], rel=0.01)


def test_prospects_of_the_sure_are_those_of_the_mean():
    law = at_middle(GaussianLearning)
    index, mean = per_side(0.4, -0.4), per_side(0.003, 0.002)
    chance, weeks = law.prospects(index, mean, per_side(0.0, 0.0))
    assert chance == pytest.approx(law.win_chance(index, mean), rel=1e-6)
    assert weeks == pytest.approx(law.time_left(index, mean), rel=1e-6)


def in_single(law, library):
    """The law with every number in single precision."""
    fields = {name: library.asarray(getattr(law, name), dtype="float32") for name in parameters(type(law))}
    return type(law)(**fields)


@pytest.mark.parametrize("library", [np, jnp], ids=["numpy", "jax"])
@pytest.mark.parametrize("drift", [0.0, 1e-30, 1e-6, 1e-3, 1.0, 1e30])
@pytest.mark.parametrize("index", [0.0, 1.9, 1e30])
def test_single_precision_never_gives_nan(library, drift, index):
    law = in_single(at_middle(GaussianLearning, motivated=0.0), library)
    here, pull = (library.asarray(per_side(x, -x), dtype="float32") for x in (index, drift))
    for variance in (0.0, 1e-5, 1e30):
        spread = library.full((2, 1), variance, dtype="float32")
        one = library.ones(1, dtype="float32")
        results = [*law.prospects(here, pull, spread), *law.next_belief(pull, spread, here, one)]
        results += [law.drift_for(here, pull), law.observe(pull, 0.0 * one, here)]
        assert all(np.isfinite(result).all() and result.dtype == np.float32 for result in results)


def test_single_precision_is_close_to_double():
    law = drawn(GaussianLearning, 2000, 5)
    random = np.random.default_rng(6)
    index, mean = random.uniform(-1.5, 1.5, (2, 2000)), random.normal(0.0, 0.01, (2, 2000))
    variance = np.full((2, 2000), 2e-5)
    double = law.prospects(index, mean, variance)
    single = in_single(law, np).prospects(*(x.astype("float32") for x in (index, mean, variance)))
    assert single[0] == pytest.approx(double[0], abs=1e-5)
    assert single[1] == pytest.approx(double[1], rel=1e-3)


@pytest.mark.parametrize(
    ("changed", "left"), [((0.0, 0.0), 1.0), ((1.0, 0.0), 0.7), ((0.0, 1.0), 0.7), ((1.0, 1.0), 0.4)]
)
def test_new_leaderships_close_the_gap_of_beliefs_by_what_they_do_not_keep(changed, left):
    """gap' = gap (1 - (1 - kept)/2 for each change); the middle of the two views moves where one side changes alone."""
    law = at_middle(GaussianLearning, kept=0.4)
    mean = law.succeeded(per_side(0.03, 0.01), per_side(*changed))
    assert mean.sum() == pytest.approx(left * 0.04, rel=1e-12)
    common = 0.5 * (0.03 - 0.01)
    np.testing.assert_allclose((mean - per_side(common, -common))[:, 0], [(0.4 if c else 1.0) * 0.02 for c in changed])


def test_fighting_teaches_how_much_a_side_bears():
    """1/d = 1 + sum (u + e0)/n: 52 weeks at u = .5 with n = 26 leave a half; a new leadership is unknown again."""
    law = at_middle(GaussianLearning, revealing=26.0, idle_information=0.0)
    doubt = per_side(1.0, 1.0)
    for week in range(52):
        doubt = law.next_doubt(doubt, np.array([0.5]), per_side(0.0, 1.0 if week == 51 else 0.0))
    np.testing.assert_allclose(doubt[:, 0], [0.5, 1.0], rtol=1e-12)
    quiet = law.next_doubt(doubt, QUIET, per_side(0.0, 0.0))
    np.testing.assert_array_equal(quiet, doubt)

"""The telephone channel: kernels in closed form, the draws that follow them, and what readers make of it."""

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn

from westphalia.laws.messages import LAWS, DistanceNoise, ReplacementNoise
from westphalia.laws.messages.base import OPEN
from westphalia.laws.numerics import namespace

BOTH = pytest.mark.parametrize("law_class", LAWS.values(), ids=LAWS)
EXISTS = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 0, 1, 1, 0]], dtype=float)[:, :, None]
"""Five options, three, and three with a gap, as ``(issue, option, run)``."""
GRID = (np.arange(4000) + 0.5) / 4000
"""Draws spread evenly, so that frequencies are chances to within one draw."""


def chance(value):
    """One chance for the single run of a test."""
    return np.array([value])


def one_issue(*values):
    """A number for each option of one issue, one run."""
    return np.array(values, dtype=float)[None, :, None]


def random_lean(seed, runs=1):
    return np.random.default_rng(seed).normal(size=(3, 5, runs)) * 2.0 * EXISTS


def matrix(law, error, lean):
    """The kernel of one issue whose options all exist."""
    return law.kernel(chance(error), lean, np.ones_like(lean))[0, :, :, 0]


def frequencies(drawn_options, options=5):
    """Share of the runs in which each option was drawn."""
    return np.stack([(drawn_options == option).mean(axis=-1) for option in range(options)], axis=-1)


@BOTH
@given(error=st.floats(0.001, 0.95), seed=st.integers(0, 1000))
def test_a_row_of_the_kernel_is_a_distribution_over_the_options_that_exist(law_class, error, seed):
    kernel = at_middle(law_class).kernel(chance(error), random_lean(seed), EXISTS)
    np.testing.assert_allclose(kernel.sum(axis=2), EXISTS, atol=1e-13)
    assert np.all(kernel >= 0.0)
    assert np.all(kernel * (1.0 - EXISTS[:, None]) == 0.0)


@BOTH
@given(seed=st.integers(0, 1000), option=st.integers(0, 4))
def test_without_error_a_text_arrives_as_sent_whatever_the_lean(law_class, seed, option):
    law, lean = at_middle(law_class), random_lean(seed, runs=GRID.size)
    np.testing.assert_allclose(matrix(law, 0.0, lean[:1, :, :1]), np.eye(5), atol=1e-15)
    sent = np.full((1, GRID.size), option)
    assert np.array_equal(law.relay(sent, chance(0.0), np.exp(lean[:1]), EXISTS[:1], GRID[None]), sent)


def test_replacement_without_lean_is_the_symmetric_channel():
    """K = (1 - e) I + e/(M - 1) (J - I): e = .2 and M = 5 give .8 and .05; eigenvalues 1 and lam = 1 - e M/(M - 1)."""
    got = matrix(at_middle(ReplacementNoise), 0.2, one_issue(0, 0, 0, 0, 0))
    np.testing.assert_allclose(got, 0.75 * np.eye(5) + 0.05, atol=1e-15)
    np.testing.assert_allclose(np.sort(np.linalg.eigvalsh(got)), [0.75, 0.75, 0.75, 0.75, 1.0], atol=1e-14)


@pytest.mark.parametrize("hops", [1, 2, 4, 8])
@pytest.mark.parametrize("options", [2, 5, 8])
def test_a_chain_of_symmetric_hops_is_right_as_often_as_its_closed_form(hops, options):
    """P(right) = 1/M + (1 - 1/M) lam^n; two readers differ with chance 1 - [1/M + (1 - 1/M) lam^(n1 + n2)]."""
    error, even = 0.07, 1.0 / options
    chain = np.linalg.matrix_power(matrix(at_middle(ReplacementNoise), error, np.zeros((1, options, 1))), hops)
    longer = np.linalg.matrix_power(chain, 2)
    lam = 1.0 - error * options / (options - 1)
    np.testing.assert_allclose(np.diag(chain), even + (1.0 - even) * lam**hops, rtol=1e-12)
    np.testing.assert_allclose((chain * longer).sum(axis=1), even + (1.0 - even) * lam ** (3 * hops), rtol=1e-12)


def test_distance_noise_falls_by_e_for_each_spread():
    """A golden: with eps = .5 the first of four options is mistaken for the others as 1 : e^-2 : e^-4."""
    weights = np.exp([0.0, -2.0, -4.0])
    got = matrix(at_middle(DistanceNoise, spread=0.5), 0.1, one_issue(0, 0, 0, 0))
    np.testing.assert_allclose(got[0], [0.9, *(0.1 * weights / weights.sum())], rtol=1e-12)
    np.testing.assert_allclose(got, got[::-1, ::-1], rtol=1e-12)


def test_lean_tilts_a_row_by_its_exponential():
    """A golden: two options, e = .1, leans 1 and -1: the second becomes the first in .1 e/(.1 e + .9/e) of hops."""
    got = matrix(at_middle(DistanceNoise), 0.1, one_issue(1.0, -1.0))
    wrong = 0.1 * np.e / (0.1 * np.e + 0.9 / np.e)
    np.testing.assert_allclose(got[1], [wrong, 1.0 - wrong], rtol=1e-12)


def test_lean_is_net_of_the_mean_over_the_options_that_exist():
    """A golden: b = 2, g = .5; utilities .2 and .6 (mean .4), 0 and 1 (mean .5), no third option."""
    law = at_middle(DistanceNoise, sweetening=2.0, mediator_bias=0.5)
    got = law.lean(one_issue(0.2, 0.6, 9.0), one_issue(0.0, 1.0, 9.0), one_issue(1, 1, 0))
    np.testing.assert_allclose(got[0, :, 0], [-0.65, 0.65, 0.0], atol=1e-14)
    shifted = law.lean(one_issue(5.2, 5.6, 9.0), one_issue(0.0, 1.0, 9.0), one_issue(1, 1, 0))
    np.testing.assert_allclose(shifted, got, atol=1e-14)


@BOTH
@given(error=st.floats(0.01, 0.6), seed=st.integers(0, 1000))
def test_the_order_of_the_options_is_a_coordinate_and_no_judgement(law_class, error, seed):
    law, lean = at_middle(law_class), random_lean(seed)[:1]
    turned = matrix(law, error, lean[:, ::-1])
    np.testing.assert_allclose(turned, matrix(law, error, lean)[::-1, ::-1], rtol=1e-12)


@BOTH
@given(error=st.floats(0.0, 0.9), seed=st.integers(0, 1000), sent=st.sampled_from([(4, 1, 3), (0, 2, 0), (2, 0, 2)]))
def test_readings_are_drawn_as_often_as_the_kernel_says(law_class, error, seed, sent):
    law, lean = at_middle(law_class), random_lean(seed)
    message = np.array(sent)[:, None]
    read = law.relay(message, chance(error), np.exp(lean), EXISTS, np.broadcast_to(GRID, (3, GRID.size)))
    row = law.kernel(chance(error), lean, EXISTS)[np.arange(3), sent, :, 0]
    np.testing.assert_allclose(frequencies(read), row, atol=1.01 / GRID.size)


@BOTH
@pytest.mark.parametrize("uniform", [0.0, 5e-324, np.nextafter(1.0, 0.0), 1.0])
def test_no_draw_however_extreme_lands_on_an_option_without_chance(law_class, uniform):
    law, draw = at_middle(law_class), np.full((3, 1), uniform)
    message = np.array([[1], [0], [3]])
    for read in (
        law.relay(message, chance(0.3), np.exp(random_lean(1)), EXISTS, draw),
        law.fill(np.full((3, 1), OPEN), law.wishes(EXISTS, EXISTS), draw),
    ):
        assert np.all(np.take_along_axis(EXISTS[:, :, 0], read, axis=1) == 1.0)
    assert np.array_equal(law.relay(message, chance(0.0), np.exp(random_lean(1)), EXISTS, draw), message)


@BOTH
@pytest.mark.parametrize("kind", [np.float64, np.float32])
def test_both_libraries_draw_the_same(law_class, kind):
    """Bit for bit, but for draws on the edge between two options in single precision."""
    law = drawn(law_class, GRID.size, seed=2)
    law = law_class(**{name: value.astype(kind) for name, value in vars(law).items()})
    random = np.random.default_rng(3)
    sent = random.integers(-1, 3, size=(3, GRID.size), dtype="int32")
    wish, draw = (random.random(shape).astype(kind) for shape in ((3, 5, GRID.size), (3, GRID.size)))
    error, exists = np.full(GRID.size, 0.3, kind), EXISTS.astype(kind)

    def carry(law, sent, error, wish, exists, draw):
        xp = namespace(wish)
        read = law.relay(sent, error, xp.exp(law.lean(wish, 1.0 - wish, exists)), exists, draw)
        return law.fill(law.omit(read, xp.ones((1, 1)), 1.0 - draw), law.wishes(wish, exists), draw)

    expected = carry(law, sent, error, wish, exists, draw)
    with jax.enable_x64(kind is np.float64):
        theirs = law_class(**{name: jnp.asarray(value) for name, value in vars(law).items()})
        arrays = [jnp.asarray(array) for array in (sent, error, wish, exists, draw)]
        got = np.asarray(jax.jit(lambda *given: carry(theirs, *given))(*arrays))
    assert got.dtype == expected.dtype == np.int32
    assert np.mean(got != expected) <= (0.0 if kind is np.float64 else 1e-3)


@BOTH
def test_what_is_open_stays_open_and_omission_comes_at_its_rate(law_class):
    law = at_middle(law_class, omission=0.1)
    sent = np.where(np.arange(GRID.size) % 2 == 0, OPEN, 3)[None]
    read = law.relay(sent, chance(0.4), np.exp(random_lean(4)[:1]), EXISTS[:1], GRID[None])
    assert np.array_equal(read == OPEN, sent == OPEN)
    left_out = law.omit(np.full((1, GRID.size), 3), np.ones((1, 1)), GRID[None])
    assert (left_out == OPEN).mean() == 0.1
    half = law.omit(np.full((1, GRID.size), 3), np.full((1, 1), 0.5), GRID[None])
    assert (half == OPEN).mean() == 0.05, "half of the omissions are noticed"
    assert set(np.unique(left_out)) == {OPEN, 3}


@BOTH
def test_an_open_clause_is_filled_as_its_reader_wishes(law_class):
    """A golden: pull 2 and wishes 0, .5, 1 fill three options as 1 : e : e^2; what is not open stays."""
    law = at_middle(law_class, wishful=2.0)
    wish, exists = one_issue(0.0, 0.5, 1.0, 9.0), one_issue(1, 1, 1, 0)
    filled = law.fill(np.full((1, GRID.size), OPEN), law.wishes(wish, exists), GRID[None])
    weights = np.array([1.0, np.e, np.e**2, 0.0])
    np.testing.assert_allclose(frequencies(filled, 4)[0], weights / weights.sum(), atol=1.01 / GRID.size)
    kept = np.full((1, GRID.size), 2)
    assert np.array_equal(law.fill(kept, law.wishes(wish, exists), GRID[None]), kept)


@BOTH
@given(seed=st.integers(0, 1000), error=st.floats(0.01, 0.9))
def test_belief_is_a_distribution_between_face_value_and_bayes(law_class, seed, error):
    prior = np.random.default_rng(seed).random((3, 5, 1)) * EXISTS
    read, lean = [4, 1, 2], random_lean(seed)
    naive, middle, bayes = (
        at_middle(law_class, credulity=c).believed(chance(error), lean, EXISTS, prior)[np.arange(3), :, read]
        for c in (1.0, 0.4, 0.0)
    )
    assert np.array_equal(naive[:, :, 0], np.eye(5)[read])
    np.testing.assert_allclose(middle, 0.4 * naive + 0.6 * bayes, atol=1e-14)
    np.testing.assert_allclose(bayes.sum(axis=1), 1.0, rtol=1e-12)


def test_bayes_rule_by_hand():
    """A golden: symmetric e = .3, three options, prior .5, .3, .2; the last is read: .075, .045, .14 over .26."""
    law = at_middle(ReplacementNoise, credulity=0.0)
    even = one_issue(0, 0, 0)
    got = law.believed(chance(0.3), even, even + 1.0, one_issue(0.5, 0.3, 0.2))
    np.testing.assert_allclose(got[0, :, 2, 0], np.array([0.075, 0.045, 0.14]) / 0.26, rtol=1e-12)


@BOTH
def test_chains_of_bayesian_readers_end_at_the_readers_prior(law_class):
    """Who passes on a draw from what it believes makes the prior stationary [GriffithsKalishLewandowsky2008]."""
    law, lean = at_middle(law_class, credulity=0.0), random_lean(5)[:1]
    prior = one_issue(0.1, 0.4, 0.2, 0.25, 0.05)
    heard = matrix(law, 0.3, lean)
    passed_on = law.believed(chance(0.3), lean, EXISTS[:1], prior)[0, :, :, 0].T
    chain = heard @ passed_on
    np.testing.assert_allclose(prior[0, :, 0] @ chain, prior[0, :, 0], rtol=1e-12)
    np.testing.assert_allclose(np.linalg.matrix_power(chain, 400), np.broadcast_to(prior[0, :, 0], (5, 5)), rtol=1e-6)


def perceived(sweetening):
    """Utilities that two parties with opposite wishes read from the middle of five options, and their TV."""
    law = at_middle(DistanceNoise, spread=0.8, sweetening=sweetening, mediator_bias=0.0)
    first, second = one_issue(0, 0.25, 0.5, 0.75, 1), one_issue(1, 0.75, 0.5, 0.25, 0)
    exists = np.ones_like(first)
    rows = [matrix(law, 0.3, law.lean(u, 0.0 * u, exists))[2] for u in (first, second)]
    together = rows[0] @ first[0, :, 0] + rows[1] @ second[0, :, 0]
    return together, 0.5 * np.abs(rows[0] - rows[1]).sum()


def test_sweetening_lets_two_parties_read_more_than_there_is():
    """Perceived utilities add up to 1 without it and to more the stronger it is; so does systematic difference."""
    pies, apart = np.array([perceived(b) for b in (0.0, 1.0, 2.0, 4.0)]).T
    assert pies[0] == pytest.approx(1.0, rel=1e-12)
    assert apart[0] == pytest.approx(0.0, abs=1e-12)
    assert np.all(np.diff(pies) > 0.05)
    assert np.all(np.diff(apart) > 0.05)


@BOTH
def test_many_runs_give_what_each_run_gives_alone(law_class):
    law, random = drawn(law_class, 6, seed=7), np.random.default_rng(8)
    wish, prior = random.random((2, 3, 5, 6))
    sent, draw, error = random.integers(0, 2, size=(3, 6)), random.random((3, 6)), random.uniform(0.05, 0.4, 6)

    def everything(law, sent, error, wish, prior, draw):
        lean = law.lean(wish, 1.0 - wish, EXISTS)
        read = law.relay(sent, error, np.exp(lean), EXISTS, draw)
        read = law.fill(law.omit(read, np.ones((1, 1)), 1.0 - draw), law.wishes(wish, EXISTS), draw)
        return law.kernel(error, lean, EXISTS), read, law.believed(error, lean, EXISTS, prior)

    together = everything(law, sent, error, wish, prior, draw)
    for run in range(6):
        one = law_class(**{name: value[run : run + 1] for name, value in vars(law).items()})
        alone = everything(one, *(array[..., run : run + 1] for array in (sent, error, wish, prior, draw)))
        for many, single in zip(together, alone, strict=True):
            np.testing.assert_allclose(many[..., run : run + 1], single, rtol=1e-13)

"""Cohesion: the fold in closed form, hysteresis, the logistic limit and the range of contagion."""

import numpy as np
import pytest
from midrange import at_middle, drawn, per_side

from westphalia.laws.cohesion import BrockDurlauf

ALONE = np.ones((2, 1, 1))
FIELDS = np.round(np.arange(0.0, -0.65, -0.1), 1)


def settled(law, field, level, weight, weeks=4000):
    """Cohesion after that many weeks at a constant field."""
    for _ in range(weeks):
        level = law.next_level(level, field, weight)
    return level


@pytest.mark.parametrize(
    ("sharpness", "coupling", "closed"),
    [(1.0, 2.0, 0.5328), (1.0, 1.5, 0.2075), (1.0, 3.0, 1.3033), (2.0, 2.0, 0.2664)],
)
def test_the_high_state_ends_at_the_closed_fold(sharpness, coupling, closed):
    """h_c = J m_s - artanh(m_s)/beta, m_s = sqrt(1 - 1/(beta J)): 0.5328 at beta J = 2, beta = 1 [BrockDurlauf2001]."""
    high = np.sqrt(1.0 - 1.0 / coupling)
    fold = (coupling * high - np.arctanh(high)) / sharpness
    assert fold == pytest.approx(closed, abs=5e-5)
    law = at_middle(BrockDurlauf, sharpness=sharpness, coupling=coupling, relaxation=1.0)
    fields = -fold + np.linspace(-0.01, 0.01, 81)
    level = settled(law, np.stack([fields[None], fields[None] + 0.005]), np.full((2, 1, 81), 0.99), ALONE)
    last = [fields[level[0, 0] > 0.5].min(), (fields + 0.005)[level[1, 0] > 0.5].min()]
    np.testing.assert_allclose(last, -fold, atol=1e-3)


def test_cohesion_looks_healthy_until_the_fold():
    """Just before the fold C = (1 + m_s)/2: 0.79, 0.85, 0.91 at beta J = 1.5, 2, 3."""
    seen = []
    for coupling, fold in ((1.5, 0.2075), (2.0, 0.5328), (3.0, 1.3033)):
        law = at_middle(BrockDurlauf, sharpness=1.0, coupling=coupling, relaxation=1.0)
        field = np.array([[[-fold + 1e-4]], [[-fold - 1e-3]]])
        level = settled(law, field, np.full((2, 1, 1), 0.99), ALONE)
        seen.append(level[0, 0, 0])
        assert level[1, 0, 0] < 0.15
    np.testing.assert_allclose(seen, [0.79, 0.85, 0.91], atol=0.01)


def test_restoring_the_field_does_not_restore_cohesion():
    """Hysteresis at beta J = 2: -0.4, then -0.6, then -0.4 again; only beyond +0.5328 does cohesion come back."""
    law = at_middle(BrockDurlauf, sharpness=1.0, coupling=2.0)
    level, seen = np.full((2, 1, 1), 0.9), []
    for field in (-0.4, -0.6, -0.4, 0.52, 0.55):
        other_field = -0.4  # the second side's field never changes
        level = settled(law, np.array([[[field]], [[other_field]]]), level, ALONE)
        seen.append(level[:, 0, 0])
    first, second = np.transpose(seen)
    assert first[0] > 0.9
    assert first[1] < 0.02
    assert first[2] < 0.03
    assert first[3] < 0.2
    assert first[4] > 0.95
    np.testing.assert_allclose(second, first[0])


def test_without_mutual_expectation_the_answer_is_a_logistic():
    """T6.4: with J = 0, C = 1/(1 + exp(-2 beta h)), reached by relaxation 1 - (1-kC)^n from below."""
    law = at_middle(BrockDurlauf, sharpness=1.1, coupling=0.0, relaxation=0.1)
    field = np.linspace(-2.0, 2.0, 12).reshape(2, 3, 2)
    closed = 1.0 / (1.0 + np.exp(-2.2 * field))
    level = settled(law, field, np.zeros((2, 3, 2)), np.full((2, 3, 1), 1 / 3), weeks=20)
    np.testing.assert_allclose(level, closed * (1.0 - 0.9**20), rtol=1e-12)


def staircase(contagion):
    """Mean cohesion of an army of eight fronts, fields spread by 0.5 either way, as the mean field falls."""
    law = at_middle(BrockDurlauf, sharpness=1.0, coupling=2.0, contagion=contagion)
    spread = np.linspace(-0.5, 0.5, 8)[:, None]
    field = np.stack([spread + FIELDS, spread + 2.0 + 0.0 * FIELDS])
    level = settled(law, field, np.full((2, 8, FIELDS.size), 0.99), np.full((2, 8, 1), 1 / 8), weeks=1500)
    assert (level[1] > 0.95).all()  # the other side has nothing to fear
    return level[0].mean(axis=0)


def test_local_contagion_makes_an_army_crumble_in_steps():
    """c = 0.15: a staircase down to .01 at h = -0.6; no step of 0.1 takes as much as three tenths."""
    army = staircase(0.15)
    assert army[0] > 0.8
    assert army[-1] < 0.05
    assert np.max(-np.diff(army)) < 0.3
    assert np.sum((army > 0.1) & (army < 0.9)) >= 4


@pytest.mark.parametrize("contagion", [0.5, 1.0])
def test_wide_contagion_makes_an_army_fall_at_once(contagion):
    """c = 0.5: .93 at one field and .03 a tenth lower, whatever the spread between fronts."""
    army = staircase(contagion)
    assert np.max(-np.diff(army)) > 0.85
    assert not np.any((army > 0.1) & (army < 0.9))


def test_troops_hear_their_own_front_and_the_army_by_its_weights():
    """One step by hand: c = 0.5, weights 0.75 and 0.25, beta J = 1.2, at a field of 0."""
    law = at_middle(BrockDurlauf, sharpness=1.0, coupling=1.2, contagion=0.5, relaxation=0.2)
    level = np.array([[[0.9], [0.5]], [[0.4], [0.6]]])
    weight = np.array([[[0.75], [0.25]], [[0.5], [0.5]]])
    own = 2.0 * level - 1.0
    army = np.array([[[0.6]], [[0.0]]])
    expected = level + 0.2 * (0.5 + 0.5 * np.tanh(1.2 * (0.5 * own + 0.5 * army)) - level)
    np.testing.assert_allclose(law.next_level(level, 0.0 * level, weight), expected, rtol=1e-12)


def test_the_field_adds_up_from_its_terms():
    """h0 + hS (S-1) - hL l/1 % + hV (pi - 1/2) - hA A."""
    weights = {"supply_weight": 0.6, "loss_weight": 0.1, "victory_weight": 0.5, "abandonment_weight": 0.3}
    law = at_middle(BrockDurlauf, base=0.3, **weights)
    supply, loss_rate = np.array([[[0.8]], [[1.0]]]), np.array([[[0.02]], [[0.005]]])
    terms = law.field(supply, loss_rate, per_side(0.3, 0.6), per_side(0.5, 0.1))
    expected = [0.3 - 0.12 - 0.2 - 0.1 - 0.15, 0.3 - 0.05 + 0.05 - 0.03]
    np.testing.assert_allclose(sum(terms.values())[:, 0, 0], expected, rtol=1e-12)


def test_no_term_of_the_field_is_negligible_or_overwhelming():
    """As structural test 8 has it for whole wars: the median share of each term is 2 to 80 % of the sum of all sizes.

    Supply 0.6 to 1, losses 0.3 to 3 % a week, victory expected with 0.2 to 0.8, abandonment feared from 0 to 0.6.
    """
    runs = 4000
    law, random = drawn(BrockDurlauf, runs, seed=3), np.random.default_rng(4)
    supply, loss_rate = random.uniform(0.6, 1.0, (2, 7, runs)), 0.003 * 10.0 ** random.uniform(0.0, 1.0, (2, 7, runs))
    terms = law.field(supply, loss_rate, random.uniform(0.2, 0.8, (2, runs)), random.uniform(0.0, 0.6, (2, runs)))
    sizes = {name: np.abs(term) for name, term in terms.items()}
    shares = {name: float(np.median(size / sum(sizes.values()))) for name, size in sizes.items()}
    assert len(shares) == 5
    assert all(0.02 < share < 0.8 for share in shares.values()), shares

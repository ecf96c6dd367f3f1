"""NegMAS as an oracle where it is right, and the textbook where it is not; skipped where it is not installed."""

import dataclasses

import numpy as np
import pytest
from small_games import random_game

from westphalia.talks.frontier import frontier
from westphalia.talks.game import all_utilities
from westphalia.talks.solutions import kalai, kalai_smorodinsky, nash, opposition, stakes, welfare
from westphalia.talks.zone import rational

pytestmark = pytest.mark.filterwarnings("ignore")
SHAPES = [((6, 6, 6), 2), ((5, 5, 5), 3), ((4, 4, 4, 4), 4), ((3, 3, 3, 3), 5)]


def in_negmas(of):
    """The same table as utility functions of NegMAS."""
    outcomes = pytest.importorskip("negmas.outcomes")
    preferences = pytest.importorskip("negmas.preferences")
    space = outcomes.make_os([outcomes.make_issue(list(options), name=name) for name, options in of.issues.items()])
    return [
        preferences.LinearAdditiveUtilityFunction(
            values={
                name: dict(zip(options, part[i].tolist(), strict=True))
                for (name, options), part in zip(of.issues.items(), of.worth, strict=True)
            },
            weights=dict.fromkeys(of.issues, 1.0),
            outcome_space=space,
            reserved_value=float(of.reserve[i]),
        )
        for i in range(len(of.parties))
    ]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("shape", "parties"), SHAPES)
def test_frontier_and_solutions_agree(shape, parties, seed):
    ops = pytest.importorskip("negmas.preferences.ops")
    of = random_game(shape, parties, seed, reserve=0.35)
    worst = all_utilities(of).min(axis=1)  # NegMAS counts no gain from below it; a trifle keeps floats apart
    of = dataclasses.replace(of, reserve=np.maximum(of.reserve, worst - 1e-7))
    theirs, ours = ops.calc_scenario_stats(tuple(in_negmas(of))), frontier(of)
    at = stakes(of, ours)
    assert rational(of) == round(theirs.rational_fraction * np.prod(shape))
    assert len(theirs.pareto_utils) == np.count_nonzero(at.inside)
    if not at.inside.any():
        return
    np.testing.assert_allclose(np.sort(np.array(theirs.pareto_utils).T), np.sort(ours.utilities[:, at.inside]))
    np.testing.assert_allclose(nash(at).utilities, theirs.nash_utils[0])
    np.testing.assert_allclose(kalai(at).utilities, theirs.kalai_utils[0])
    assert welfare(at).value >= sum(theirs.max_welfare_utils[0]) - 1e-12
    assert opposition(at) == pytest.approx(theirs.opposition)


def test_its_kalai_smorodinsky_point_is_not_the_textbook_one():
    """It looks for even ratios; the worst-off party does worse there in some tables, and never better."""
    ops = pytest.importorskip("negmas.preferences.ops")
    worse = 0
    for seed in range(20):
        of = random_game((4, 4, 4), 3, seed)
        theirs = ops.calc_scenario_stats(tuple(in_negmas(of)))
        most = all_utilities(of).max(axis=1)
        even = (np.array(theirs.ks_utils[0]) / most).min()
        ours = kalai_smorodinsky(stakes(of, frontier(of))).value
        assert ours >= even - 1e-12
        worse += even < ours - 1e-9
    assert worse >= 3

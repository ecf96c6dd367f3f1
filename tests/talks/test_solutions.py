"""Solutions of bargaining against textbook cases, against brute force, and against the traps of other programs."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from small_games import every_text, game, mixed_game, pie, random_game, recipes, utility

from westphalia.talks.frontier import frontier
from westphalia.talks.game import utilities_of
from westphalia.talks.solutions import (
    SOLUTIONS,
    best_step,
    distances,
    kalai,
    kalai_smorodinsky,
    maxmin,
    nash,
    opposition,
    stakes,
    welfare,
)


def solved(solve, of):
    return solve(stakes(of, frontier(of)))


def test_nash_splits_what_is_over_the_reserves():
    """On the frontier x + y = 1 each party gets its reserve and half of the rest: 0.1 + 0.3 and 0.3 + 0.3."""
    found = solved(nash, pie(100, reserve=[0.1, 0.3]))
    np.testing.assert_allclose(found.utilities, [0.4, 0.6], atol=1e-12)
    assert found.value == pytest.approx(0.09)


@pytest.mark.parametrize("solve", [nash, kalai, kalai_smorodinsky, maxmin])
def test_a_pie_without_reserves_is_halved_by_all_but_welfare(solve):
    np.testing.assert_allclose(solved(solve, pie(100)).utilities, [0.5, 0.5])


def test_the_risk_averse_party_gets_less_from_nash():
    """u1 = x, u2 = sqrt(1 - x): x sqrt(1 - x) is largest at 2/3, where the second party keeps a third of the pie."""
    x = np.linspace(0.0, 1.0, 301)
    found = solved(nash, game([x, np.sqrt(1.0 - x)]))
    assert found.utilities[0] == pytest.approx(2 / 3)


def test_kalai_smorodinsky_goes_by_what_each_could_get():
    """Second party's pie is twice as valuable to it: ratios alike at half the pie, gains alike at two thirds."""
    x = np.linspace(0.0, 1.0, 301)
    of = game([x, 2.0 * (1.0 - x)])
    np.testing.assert_allclose(solved(kalai_smorodinsky, of).utilities, [0.5, 1.0], atol=2e-3)
    np.testing.assert_allclose(solved(kalai, of).utilities, [2 / 3, 2 / 3])
    np.testing.assert_allclose(solved(welfare, of).utilities, [0.0, 2.0])


def test_kalai_smorodinsky_moves_with_a_clipped_frontier_where_nash_stays():
    """The case that separates the two: the frontier x + y = 1 with y at most 1/2; ratios x = 2 y meet at 2/3, 1/3."""
    x = np.linspace(0.0, 1.0, 301)
    of = game([x, np.minimum(1.0 - x, 0.5)])
    np.testing.assert_allclose(solved(kalai_smorodinsky, of).utilities, [2 / 3, 1 / 3], atol=1e-9)
    np.testing.assert_allclose(solved(nash, of).utilities, [0.5, 0.5], atol=1e-9)


def test_ratios_alike_are_not_kalai_smorodinsky():
    """The trap: among single texts the most even ratios may be low for all."""
    of = game([[1.0, 0.2, 0.6, 0.0], [0.0, 0.2, 0.9, 1.0]], reserve=[0.0, 0.0])
    found = solved(kalai_smorodinsky, of)
    assert found.text == (2,)
    assert found.value == pytest.approx(0.6)


@pytest.mark.parametrize("parties", [2, 3, 5])
def test_the_worst_off_never_does_better_at_even_ratios(parties):
    """The same trap measured: even ratios on the frontier leave the worst-off party worse off in many tables."""
    worse = 0
    for seed in range(60):
        of = random_game((4, 4, 4), parties, seed)
        found = frontier(of)
        ratios = found.utilities / found.utilities.max(axis=1, keepdims=True)
        even = ratios[:, np.ptp(ratios, axis=0).argmin()].min()
        ours = kalai_smorodinsky(stakes(of, found)).value
        assert ours >= even - 1e-12
        worse += even < ours - 1e-9
    assert worse >= 3


def test_two_parties_below_their_reserve_are_no_nash_solution():
    """The trap: (-0.5) * (-0.5) is larger than 0.1 * 0.1."""
    of = game([[0.0, 0.6, 0.5], [0.0, 0.6, 0.5]], reserve=[0.5, 0.5])
    found = solved(nash, of)
    assert found.text == (1,)
    assert solved(nash, dataclasses.replace(of, reserve=np.array([0.7, 0.7]))) is None


@pytest.mark.parametrize("solve", [nash, kalai, kalai_smorodinsky])
def test_without_a_zone_there_is_no_solution_that_all_accept(solve):
    assert solved(solve, pie(10, reserve=[0.7, 0.7])) is None


@settings(max_examples=200, deadline=None)
@given(recipes())
def test_each_solution_is_the_best_of_all_texts_one_by_one(recipe):
    of = mixed_game(*recipe)
    u = np.array([utility(of, text) for text in every_text(of)])
    over = u - of.reserve
    inside = (over >= -1e-9).all(axis=1)
    over = np.where(np.abs(over) < 1e-9, 0.0, over)
    assert solved(welfare, of).value == pytest.approx(u.sum(axis=1).max())
    assert solved(maxmin, of).value == pytest.approx(u.min(axis=1).max())
    if not inside.any():
        assert solved(nash, of) is None
        return
    most = over[inside].max(axis=0)
    gaining = most > 1e-9
    assert solved(nash, of).value == pytest.approx(over[inside][:, gaining].prod(axis=1).max())
    assert solved(kalai, of).value == pytest.approx(over[inside].min(axis=1).max())
    ratios = over[inside][:, gaining] / most[gaining]
    assert solved(kalai_smorodinsky, of).value == pytest.approx(ratios.min(axis=1, initial=1.0).max())


@settings(deadline=None)
@given(recipes())
def test_a_solution_is_undominated_and_says_what_it_is_worth(recipe):
    of = mixed_game(*recipe)
    for solve in SOLUTIONS.values():
        found = solved(solve, of)
        if found is not None:
            np.testing.assert_allclose(found.utilities, utility(of, found.text), atol=1e-9)
            assert best_step(of, frontier(of), found.utilities) is None


@settings(deadline=None)
@given(recipes())
def test_nash_and_kalai_smorodinsky_ignore_the_scale_of_utilities(recipe):
    of = mixed_game(*recipe)
    scale, shift = np.linspace(1.0, 5.0, len(of.parties)), np.linspace(-3.0, 1.0, len(of.parties))
    stretched = dataclasses.replace(
        of,
        worth=(of.worth[0] * scale[:, None] + shift[:, None], *(part * scale[:, None] for part in of.worth[1:])),
        interactions={issues: part * scale.reshape(-1, *[1] * len(issues)) for issues, part in of.interactions.items()},
        reserve=of.reserve * scale + shift,
    )
    plain, changed = (stakes(one, frontier(one)) for one in (of, stretched))
    for solve in (nash, kalai_smorodinsky):
        before, after = solve(plain), solve(changed)
        assert (before is None) == (after is None)
        if before is not None:
            assert before.text in {changed.frontier.first(point) for point in after.points}


def test_ties_go_to_the_next_smallest_gain_and_then_to_the_first_option():
    of = game([[0.5, 0.5, 0.5, 0.5], [0.5, 0.8, 0.8, 0.5], [0.6, 0.9, 0.9, 0.6]])
    assert solved(kalai, of).text == (1,)
    apart = game([[0.5, 0.5, 0.9], [0.5, 0.9, 0.5]])
    found = solved(kalai, apart)
    assert found.text == (1,)
    assert len(found.points) == 2


def test_a_party_that_cannot_gain_does_not_make_all_products_zero():
    of = game([[0.5, 0.5, 0.2], [0.2, 0.8, 1.0]], reserve=[0.5, 0.0])
    assert solved(nash, of).text == (1,)
    assert solved(kalai_smorodinsky, of).text == (1,)


def test_a_party_that_takes_any_text_gains_from_the_worst_on():
    found = solved(nash, pie(10, reserve=[-np.inf, 0.5]))
    np.testing.assert_allclose(found.utilities, [0.2, 0.8], atol=0.06)


def test_opposition_of_a_pie_is_half_a_diagonal():
    """The nearest split to (1, 1) is (1/2, 1/2), at a distance of 1 / sqrt(2)."""
    of = pie(100)
    assert solved(opposition, of) == pytest.approx(np.sqrt(0.5))
    same = game([[0.0, 1.0], [0.0, 1.0]])
    assert solved(opposition, same) == 0.0
    apart = pie(10, reserve=[0.7, 0.7])
    assert solved(opposition, apart) is None


def test_distances_are_to_the_nearest_point_of_each_solution():
    of = pie(4)
    far = distances(stakes(of, frontier(of)), utilities_of(of, np.array([[2], [4]])))
    np.testing.assert_allclose(far["nash"], [0.0, np.sqrt(0.5)])
    np.testing.assert_allclose(far["frontier"], [0.0, 0.0])
    np.testing.assert_allclose(far["welfare"], [0.0, 0.0])


def test_the_best_step_from_a_text_harms_nobody_and_shares_the_gain():
    """Settled at (0.2, 0.2) of a pie where 0.8 and 0.2 are to be had: the step gains alike for both."""
    x = np.linspace(0.0, 1.0, 11)
    of = game([np.append(x, 0.2), np.append(1.0 - x, 0.2)])
    step = best_step(of, frontier(of), utility(of, (11,)))
    np.testing.assert_allclose(step.utilities, [0.5, 0.5])


@settings(deadline=None)
@given(recipes(most_parties=3))
def test_a_best_step_exists_exactly_from_dominated_texts(recipe):
    of = mixed_game(*recipe)
    found = frontier(of)
    undominated = set(map(tuple, found.texts.tolist()))
    for text in every_text(of):
        step = best_step(of, found, utility(of, text))
        assert (step is None) == (text in undominated)
        assert step is None or (step.utilities >= utility(of, text) - 1e-9).all()

"""Lotteries over texts: known splits of hulls, and never worse than a single text."""

import numpy as np
import pytest
from hypothesis import given, settings
from small_games import game, mixed_game, pie, recipes

from westphalia.talks.frontier import frontier
from westphalia.talks.lottery import best_lotteries, described
from westphalia.talks.solutions import SOLUTIONS, stakes


def lotteries(of):
    return best_lotteries(of, frontier(of))


def test_a_coin_decides_who_gets_what_cannot_be_cut():
    """All or nothing: without a coin somebody gets nothing; with it each can expect a half."""
    for lottery in lotteries(game([[1.0, 0.0], [0.0, 1.0]])).values():
        np.testing.assert_allclose(lottery.utilities, [0.5, 0.5], atol=1e-5)
        np.testing.assert_allclose(lottery.chances, [0.5, 0.5], atol=1e-5)


def test_nash_on_a_hull_splits_by_reserves():
    """On x + y = 1 with reserves 0.5 and 0.1: 0.5 + 0.2 and 0.1 + 0.2."""
    np.testing.assert_allclose(lotteries(pie(1, reserve=[0.5, 0.1]))["nash"].utilities, [0.7, 0.3], atol=1e-5)


def test_three_parties_and_one_chair():
    nash = lotteries(game(np.eye(3)))["nash"]
    assert nash.value == pytest.approx(1 / 27)


def test_kalai_smorodinsky_on_a_hull_has_ratios_alike():
    """Hull of (1, 0) and (0, 2): the ratios meet at 1/2; gains alike meet at 2/3."""
    found = lotteries(game([[1.0, 0.0], [0.0, 2.0]]))
    np.testing.assert_allclose(found["kalai_smorodinsky"].utilities, [0.5, 1.0])
    np.testing.assert_allclose(found["kalai"].utilities, [2 / 3, 2 / 3])


def test_a_lottery_may_satisfy_reserves_that_no_text_does():
    of = pie(1, reserve=[0.4, 0.4])
    assert SOLUTIONS["nash"](stakes(of, frontier(of))) is None
    np.testing.assert_allclose(lotteries(of)["nash"].utilities, [0.5, 0.5], atol=1e-5)
    none = lotteries(pie(1, reserve=[0.6, 0.6]))
    assert none["nash"] is none["kalai"] is none["kalai_smorodinsky"] is None
    assert none["maxmin"].value == pytest.approx(0.5)


def test_reserves_that_leave_one_lottery_are_met():
    np.testing.assert_allclose(lotteries(pie(1, reserve=[0.3, 0.7]))["nash"].utilities, [0.3, 0.7], atol=1e-6)


@settings(max_examples=60, deadline=None)
@given(recipes(most_parties=3, most_issues=3))
def test_it_is_never_worse_than_a_single_text(recipe):
    of = mixed_game(*recipe)
    found = frontier(of)
    for name, lottery in best_lotteries(of, found).items():
        single = SOLUTIONS[name](stakes(of, found))
        if lottery is None:
            assert single is None
            continue
        assert lottery.chances.sum() == pytest.approx(1.0)
        assert (lottery.chances >= -1e-9).all()
        np.testing.assert_allclose(lottery.utilities, found.utilities @ lottery.chances)
        if name in ("kalai", "maxmin") and single is not None:
            assert lottery.value >= single.value - 1e-7


def test_a_party_without_a_reserve_cannot_be_weighed():
    with pytest.raises(ValueError, match="every reserve has to be finite"):
        lotteries(pie(1, reserve=[-np.inf, 0.0]))


def test_a_lottery_is_told_with_the_names_of_its_texts():
    of = pie(1, reserve=[0.4, 0.4])
    drawn = described(of, frontier(of))["kalai"]["texts"]
    assert {one["text"]["issue 0"]: one["chance"] for one in drawn} == pytest.approx({"option 0": 0.5, "option 1": 0.5})
    impossible = pie(1, reserve=[0.6, 0.6])
    assert described(impossible, frontier(impossible))["nash"] is None

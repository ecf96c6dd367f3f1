"""The object of ``talks --json``: what the contract promises is there, plain, and right."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from small_games import game, mixed_game, pie, random_game, recipes

from westphalia.talks import statistics, summary

PROMISED = {"parties", "issues", "outcomes", "rational", "pareto", "nash", "kalai", "kalai_smorodinsky", "welfare",
            "maxmin", "zone", "binding"}  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(recipes(most_parties=3, most_issues=3))
def test_it_is_plain_json_with_everything_promised(recipe):
    of = mixed_game(*recipe)
    found = summary(of)
    assert found.keys() >= PROMISED
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert (found["nash"] is None) == (found["binding"] is not None) == (not found["zone"]["exists"])
    assert found["pareto"]["size"] <= found["pareto"]["with_ties"] <= found["outcomes"]


def test_texts_have_names_and_utilities():
    found = summary(pie(2, reserve=[0.1, 0.1]))
    assert found["nash"] == {
        "text": {"issue 0": "option 1"},
        "utilities": [0.5, 0.5],
        "value": pytest.approx(0.16),
        "ties": 1,
    }
    assert found["pareto"]["size"] == 1
    assert found["pareto"]["among"] == "texts that all accept"
    assert found["zone"]["robust"]["texts"][0]["text"] == {"issue 0": "option 1"}


def test_without_a_zone_it_says_what_binds_and_shows_all_undominated_texts():
    found = summary(pie(10, reserve=[0.7, 0.5]))
    assert (found["rational"], found["pareto"]["size"], found["pareto"]["among"]) == (0, 11, "all texts")
    assert found["binding"]["reserves"] == pytest.approx({"party 0": 0.2, "party 1": 0.2})
    assert found["binding"]["contested"][0]["opens"]


def test_ties_of_a_solution_are_counted():
    assert summary(game([[0.5, 0.5], [0.5, 0.5]], [[0.1, 0.1], [0.1, 0.1]]))["nash"]["ties"] == 4


def test_a_party_that_takes_anything_has_no_number_as_reserve():
    assert summary(pie(2, reserve=[-np.inf, 0.0]))["reserve"] == [None, 0.0]


def test_a_table_of_a_quadrillion_texts_is_described():
    found = summary(random_game((6,) * 20, 2, 3, reserve=0.45))
    assert found["outcomes"] == 6**20
    assert found["rational"] is None
    assert found["zone"]["exists"]


def test_a_lottery_says_what_it_adds_to_the_best_text():
    """A prize that cannot be cut: no text is acceptable to both, a coin is."""
    found = summary(pie(1, reserve=[0.1, 0.1]))["lotteries"]
    np.testing.assert_allclose(found["nash"]["utilities"], [0.5, 0.5], atol=1e-5)
    assert found["nash"]["adds"] is None
    assert found["maxmin"]["adds"] == pytest.approx(0.5)
    assert summary(pie(2))["lotteries"]["kalai"]["adds"] == pytest.approx(0.0)
    assert summary(pie(2, reserve=[-np.inf, 0.0]))["lotteries"] is None


def test_statistics_are_the_same_facts_as_arrays():
    of = random_game((4, 4), 3, 1)
    facts, found = statistics(of), summary(of)
    np.testing.assert_array_equal(facts.solutions["kalai"].utilities, found["kalai"]["utilities"])
    assert facts.opposition == found["opposition"]

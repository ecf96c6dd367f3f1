"""The smallest set that turns an answer, in games whose answers are planted."""

import itertools

from westphalia.analyse.exchange import Answer, smallest


def searched(worth, names, *, end, searched=128):
    """What is found in a game that starts at 0, and the sets that were played for it."""
    played = []

    def play(sets):
        played.extend(sets)
        return [Answer(worth(each), 0.1) for each in sets]

    values = shapley(worth, names)
    ranked = sorted(names, key=lambda name: -abs(values[name]))
    helping = [name for name in ranked if values[name] * end > 0]
    return smallest(play, ranked, helping, Answer(0.0, 0.1), Answer(end, 0.1), searched), played


def shapley(worth, names):
    """By all orders."""
    orders = list(itertools.permutations(names))
    return {
        name: sum(worth({*o[: o.index(name) + 1]}) - worth({*o[: o.index(name)]}) for o in orders) / len(orders)
        for name in names
    }


def planted(groups):
    """Three act together only, each with a greater value than either of two that are enough: another pulls back."""
    return 9.0 * (set("abc") <= set(groups)) + sum(2.9 * (name in groups) for name in "xy") - 4.0 * ("z" in groups)


def test_one_group_that_does_it_costs_no_search():
    found, played = searched(lambda s: 8.0 * ("a" in s) + 2.0 * ("b" in s), "ab", end=10.0)
    assert found.groups == ("a",)
    assert (found.exact, found.tried) == (True, 0)
    assert played == [frozenset("a")]


def test_exact_search_finds_a_smaller_set_than_greed():
    names = "abcxyz"
    end = planted(names)
    greedy, _ = searched(planted, names, end=end, searched=0)
    assert greedy.groups == ("a", "b", "c")
    assert (greedy.exact, greedy.tried) == (False, 0)
    found, _ = searched(planted, names, end=end)
    assert found.groups == ("x", "y")
    assert (found.exact, found.tried) == (True, 2)
    assert [step.value for step in found.answers] == [2.9, 5.8]


def test_a_search_that_costs_too_much_says_so_and_how_far_it_went():
    names = "abcdef"
    found, played = searched(len, names, end=6.0, searched=6)
    assert len(found.groups) == 4
    assert (found.exact, found.tried) == (False, 1)
    assert len(played) == len(set(played)) == 4 + 5
    found, _ = searched(len, names, end=6.0)
    assert (len(found.groups), found.exact) == (4, True)


def test_where_those_that_help_do_nothing_alone_all_turn_it():
    def worth(groups):
        return 4.0 * ({"a", "z"} <= set(groups)) - 2.5 * ("z" in groups)

    found, _ = searched(worth, "az", end=1.5)
    assert found.groups == ("a", "z")
    assert found.exact
    assert [step.value for step in found.answers] == [0.0, 1.5]

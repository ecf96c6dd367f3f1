"""The frontier is exact, lists its ties, and costs what it is, not what the table is."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from small_games import game, mixed_game, pie, random_game, recipes, undominated_texts, utility

from westphalia.talks.dominance import undominated
from westphalia.talks.frontier import NothingOnTheTable, frontier


def texts_of(found):
    return [tuple(map(int, text)) for text in found.texts]


@settings(max_examples=300, deadline=None)
@given(recipes())
def test_it_is_that_of_a_search_of_all_pairs(recipe):
    of = mixed_game(*recipe)
    found = frontier(of)
    assert len(set(texts_of(found))) == len(found.texts) == found.with_ties
    assert set(texts_of(found)) == undominated_texts(of)
    for text, point in zip(texts_of(found), found.point, strict=True):
        np.testing.assert_allclose(found.utilities[:, point], utility(of, text), rtol=0, atol=1e-9)
    distinct = {tuple(np.round(found.utilities[:, p], 7)) for p in range(found.size)}
    assert len(distinct) == found.size


@pytest.mark.parametrize("parties", [1, 2, 3, 5])
@pytest.mark.parametrize("steps", [None, 4])
@pytest.mark.parametrize("shape", [(7, 7, 7), (3,) * 7])
def test_larger_tables_agree_with_a_search_of_all_pairs(parties, steps, shape):
    of = random_game(shape, parties, 11, steps=steps)
    assert set(texts_of(frontier(of))) == undominated_texts(of)


@pytest.mark.parametrize("parties", [2, 3, 4, 6])
@pytest.mark.parametrize("points", [100, 700, 5000, 20000])
def test_the_kernel_keeps_what_no_other_point_dominates(parties, points):
    """Points near a plane, so that many stay; some twice, so that ties must stay too."""
    random = np.random.default_rng(points + parties)
    cloud = random.normal(size=(parties, points))
    cloud -= 0.8 * cloud.mean(axis=0)
    cloud[:, : points // 10] = cloud[:, -(points // 10) :]
    kept, point = undominated(cloud, np.full(parties, 1e-9))
    beaten = np.zeros(points, dtype=bool)
    for column in cloud[:, kept].T:
        beaten |= (cloud <= column[:, None]).all(axis=0) & (cloud < column[:, None]).any(axis=0)
    np.testing.assert_array_equal(np.sort(kept), np.flatnonzero(~beaten))
    assert len(np.unique(cloud[:, kept], axis=1).T) == point.max() + 1


def test_ties_are_listed_and_counted_not_dropped():
    """Two options that nobody tells apart double the texts and leave the points."""
    of = game([[0.6, 0.6, 0.1], [0.2, 0.2, 0.1]], [[0.0, 0.4], [0.8, 0.0]])
    found = frontier(of)
    assert (found.size, found.with_ties) == (2, 4)
    assert texts_of(found) == [(0, 0), (1, 0), (0, 1), (1, 1)]
    assert found.ties.tolist() == [2, 2]


def test_sums_that_differ_by_the_order_of_floats_are_ties():
    """0.1 + 0.2 is not 0.3 in floats; both texts stay, as one point."""
    of = game([[0.1, 0.3], [0.3, 0.1]], [[0.2, 0.0], [0.0, 0.2]])
    assert 0.1 + 0.2 != 0.3
    found = frontier(of)
    assert (found.size, found.with_ties) == (3, 4)


def test_a_table_where_nobody_cares_has_one_point_and_says_how_many_texts():
    of = game(*[np.zeros((2, 6))] * 40)
    found = frontier(of)
    assert (found.size, found.with_ties, found.is_listed) == (1, 6**40, False)
    assert texts_of(found) == [(0,) * 40]


def test_twenty_issues_take_no_longer_than_their_frontier():
    found = frontier(random_game((6,) * 20, 2, 3))
    assert 10 < found.size < 2000
    assert (np.diff(found.utilities[0, np.argsort(found.utilities[1])]) < 0).all()


def test_points_are_in_the_order_of_welfare():
    found = frontier(random_game((5,) * 4, 3, 5))
    assert (np.diff(found.utilities.sum(axis=0)) <= 1e-12).all()


def test_every_split_of_a_pie_is_undominated():
    assert frontier(pie(100)).size == 101


@settings(deadline=None)
@given(recipes())
def test_exchanging_the_parties_exchanges_nothing_else(recipe):
    of = mixed_game(*recipe)
    swapped = dataclasses.replace(
        of,
        worth=tuple(part[::-1] for part in of.worth),
        interactions={issues: part[::-1] for issues, part in of.interactions.items()},
    )
    assert set(texts_of(frontier(of))) == set(texts_of(frontier(swapped)))


def test_a_table_on_which_nothing_is_left_is_refused():
    with pytest.raises(NothingOnTheTable, match="the exclusions leave no combination of issue 0"):
        frontier(pie(1, excluded=({0: 0}, {0: 1})))


def test_too_many_issues_tied_together_are_refused_with_their_names():
    chain = {(q, q + 1): np.zeros((2, 6, 6)) for q in range(19)}
    with pytest.raises(ValueError, match=r"3.7e\+15 combinations of issue 0, issue 1, .* tie fewer issues together"):
        frontier(random_game((6,) * 20, 2, 3, interactions=chain))


def test_many_interactions_of_few_issues_each_cost_little():
    pairs = {(q, q + 1): np.random.default_rng(q).random((2, 6, 6)) / 10 for q in range(0, 20, 2)}
    assert frontier(random_game((6,) * 20, 2, 3, interactions=pairs)).size > 10

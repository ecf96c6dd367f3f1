"""A term sheet is checked when it is made, and its utilities are those of the definition."""

import numpy as np
import pytest
from hypothesis import given, settings
from small_games import every_text, game, mixed_game, pie, random_game, recipes, utility

from westphalia.talks.game import Game, all_utilities, on_the_table, utilities_of
from westphalia.talks.zone import outcomes


@settings(deadline=None)
@given(recipes())
def test_outer_sums_are_the_utilities_of_the_definition(recipe):
    of = mixed_game(*recipe)
    texts = np.indices(of.shape).reshape(len(of.shape), -1).T
    one_by_one = np.stack([utility(of, tuple(text)) for text in texts], axis=1)
    np.testing.assert_allclose(all_utilities(of), one_by_one, rtol=0, atol=1e-12)
    np.testing.assert_allclose(utilities_of(of, texts), one_by_one, rtol=0, atol=1e-12)


@settings(deadline=None)
@given(recipes())
def test_an_excluded_combination_is_on_no_text(recipe):
    of = mixed_game(*recipe)
    texts = list(every_text(of))
    assert outcomes(of) == len(texts) == np.count_nonzero(on_the_table(of))
    np.testing.assert_array_equal(np.ravel_multi_index(np.array(texts).T, of.shape), np.flatnonzero(on_the_table(of)))


def test_a_text_has_names():
    assert random_game((2, 3), 2, 1).named((1, 2)) == {"issue 0": "option 1", "issue 1": "option 2"}


def test_analysis_leaves_the_game_as_it_was():
    of = pie(10)
    all_utilities(of)[:] = 7.0
    assert all_utilities(of).max() == 1.0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parties": ("a", "a")}, "parties need names that differ"),
        ({"issues": {}}, "at least one issue"),
        ({"issues": {"q": ("x", "x")}}, "issue q: its options need names that differ"),
        ({"worth": ()}, "1 issues and worths for 0 of them"),
        ({"worth": (np.zeros((2, 3)),)}, r"issue q: worths of shape \(2, 3\), wanted \(2, 2\)"),
        ({"worth": (np.array([[0.0, np.nan], [0.0, 1.0]]),)}, "every worth is a finite number"),
        ({"reserve": np.array([0.0, np.nan])}, "reserve: one number for each of 2 parties"),
        ({"interactions": {(0,): np.zeros((2, 3))}}, r"interaction of issues \(0,\): worths of shape \(2, 3\)"),
        ({"interactions": {(1,): np.zeros((2,))}}, "indices of issues differ and lie between 0 and 0"),
        ({"excluded": ({5: 0},)}, "indices of issues differ and lie between 0 and 0"),
        ({"excluded": ({0: 2},)}, "issue q has options 0 to 1"),
        ({"excluded": ({},)}, "indices of issues differ"),
    ],
)
def test_what_does_not_fit_is_told_in_one_sentence(change, message):
    right = {
        "parties": ("a", "b"),
        "issues": {"q": ("x", "y")},
        "worth": (np.array([[0.0, 1.0], [1.0, 0.0]]),),
        "reserve": np.zeros(2),
    }
    Game(**right)
    with pytest.raises(ValueError, match=message):
        Game(**{**right, **change})


def test_one_issue_is_enough():
    assert outcomes(game([[0.0, 1.0], [1.0, 0.0]])) == 2

"""Ratification at home: products, votes, and answers that last."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from westphalia.talks.ratify import Home, answers, blocks_alone, joint, ratification, yes

TEXTS = np.array(list(itertools.product(range(3), range(2))))


def home(many, seed=0, *, vetoes=(), votes=None, quota=0.0, noise=0.2):
    random = np.random.default_rng(seed)
    return Home(
        tuple(f"player {c}" for c in range(many)),
        (random.random((many, 3)), random.random((many, 2))),
        random.random(many),
        np.full(many, noise),
        np.isin(np.arange(many), vetoes),
        np.zeros(many) if votes is None else np.array(votes, float),
        quota,
    )


def test_a_player_who_gets_its_threshold_is_torn():
    even = Home(("c",), (np.array([[0.3, 0.5]]),), np.array([0.5]), np.array([0.1]), np.array([True]), np.zeros(1), 0.0)
    np.testing.assert_allclose(yes(even, np.array([[1], [0]]))[0], [0.5, 1 / (1 + np.exp(2.0))])


def test_vetoes_multiply():
    of = home(3, vetoes=(0, 1, 2))
    np.testing.assert_allclose(ratification(of, TEXTS), yes(of, TEXTS).prod(axis=0))


def test_sides_multiply():
    one, two = home(2, 1, vetoes=(0,)), home(3, 2, vetoes=(0, 1))
    np.testing.assert_allclose(joint((one, two), TEXTS), ratification(one, TEXTS) * ratification(two, TEXTS))


@pytest.mark.parametrize("quota", [0.2, 0.5, 2 / 3, 1.0])
def test_a_vote_is_the_sum_over_all_coalitions(quota):
    of = home(5, 3, vetoes=(1,), votes=[3, 1, 0, 2, 1], quota=quota)
    chance = yes(of, TEXTS)
    total = np.zeros(len(TEXTS))
    for said in itertools.product([False, True], repeat=5):
        said = np.array(said)
        if said[1] and of.votes[said].sum() >= quota * of.votes.sum() - 1e-12:
            total += np.where(said[:, None], chance, 1.0 - chance).prod(axis=0)
    np.testing.assert_allclose(ratification(of, TEXTS), total)


@settings(deadline=None)
@given(st.integers(1, 6), st.integers(0, 1000), st.floats(0.0, 1.0), st.data())
def test_one_more_veto_never_helps(many, seed, quota, data):
    votes = [1.0] * many
    vetoes = data.draw(st.sets(st.integers(0, many - 1)))
    newcomer = data.draw(st.integers(0, many - 1))
    fewer = home(many, seed, vetoes=tuple(vetoes), votes=votes, quota=quota)
    more = home(many, seed, vetoes=(*vetoes, newcomer), votes=votes, quota=quota)
    assert (ratification(more, TEXTS) <= ratification(fewer, TEXTS) + 1e-12).all()


def test_who_blocks_alone_is_who_alone_says_no():
    of = home(3, 4, vetoes=(0, 1, 2))
    chance = yes(of, TEXTS)
    np.testing.assert_allclose(blocks_alone(of, TEXTS)[0], (1.0 - chance[0]) * chance[1] * chance[2])


def test_a_player_without_veto_or_votes_blocks_nothing():
    of = home(3, 4, vetoes=(0,), votes=[1, 0, 0], quota=0.5)
    assert (blocks_alone(of, TEXTS)[1:] == 0.0).all()


def test_the_same_text_asked_again_gets_the_same_answer():
    """Repetition signs nothing: the noise belongs to player and text."""
    of = home(4)
    once = answers(of, TEXTS, seed=3, side=0)
    again = answers(of, np.concatenate([TEXTS[::-1], TEXTS]), seed=3, side=0)
    np.testing.assert_array_equal(again, np.concatenate([once[:, ::-1], once], axis=1))
    assert (answers(of, TEXTS, seed=3, side=1) != once).any()


def test_answers_come_as_often_as_their_chances_say():
    of = home(2, 5, noise=0.5)
    share = np.mean([answers(of, TEXTS[:2], seed=seed, side=0) for seed in range(2000)], axis=0)
    np.testing.assert_allclose(share, yes(of, TEXTS[:2]), atol=0.05)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"noise": 0.0}, "noise is above 0"),
        ({"votes": [-1, 1]}, "votes are 0 or more"),
        ({"quota": 1.5}, "quota lies between 0 and 1"),
        ({"quota": 0.5}, "a quota needs 1 to 16 players with votes"),
    ],
)
def test_what_does_not_fit_is_told(change, message):
    with pytest.raises(ValueError, match=message):
        home(2, **change)

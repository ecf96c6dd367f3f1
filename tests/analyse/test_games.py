"""Textbook games; other programs as oracles; uncertain payoffs."""

import numpy as np
import pytest

from westphalia.analyse.methods.games import Profile, equilibria, minimax_regret, pure_regret, regret
from westphalia.analyse.methods.predictions import predict
from westphalia.analyse.methods.quantal import response_branch

PENNIES = np.array([[1.0, -1], [-1, 1]])
DILEMMA = np.array([[3.0, 0], [5, 1]])
SEXES = (np.array([[3.0, 0], [0, 2]]), np.array([[2.0, 0], [0, 3]]))
CHICKEN = np.array([[0.0, -1], [1, -10]])
SCISSORS = np.array([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])

GAMES = {
    "matching pennies": (PENNIES, -PENNIES, [([0.5, 0.5], [0.5, 0.5])]),
    "prisoners' dilemma": (DILEMMA, DILEMMA.T, [([0, 1], [0, 1])]),
    "battle of the sexes": (*SEXES, [([1, 0], [1, 0]), ([0, 1], [0, 1]), ([0.6, 0.4], [0.4, 0.6])]),
    "chicken": (CHICKEN, CHICKEN.T, [([1, 0], [0, 1]), ([0, 1], [1, 0]), ([0.9, 0.1], [0.9, 0.1])]),
    "rock, paper, scissors": (SCISSORS, -SCISSORS, [([1 / 3] * 3, [1 / 3] * 3)]),
}


@pytest.mark.parametrize("name", GAMES)
def test_textbook_equilibria(name):
    a, b, expected = GAMES[name]
    found = equilibria(a, b)
    assert len(found) == len(expected)
    for profile, (first, second) in zip(found, expected, strict=True):
        assert profile.first == pytest.approx(np.array(first), abs=1e-9)
        assert profile.second == pytest.approx(np.array(second), abs=1e-9)
        assert regret(a, b, profile) == pytest.approx((0, 0), abs=1e-9)


def random_games(count=25):
    random = np.random.default_rng(1)
    for _ in range(count):
        yield tuple(random.normal(size=(2, *random.integers(2, 6, size=2))))


def test_equilibria_are_odd_in_number_and_leave_nothing_to_gain():
    for a, b in random_games():
        found = equilibria(a, b)
        assert len(found) % 2 == 1
        assert max(max(regret(a, b, profile)) for profile in found) < 1e-6


def test_payoffs_may_be_shifted_and_scaled():
    for a, b in random_games(8):
        plain, other = equilibria(a, b), equilibria(1e6 * a - 3e6, 1e-3 * b + 5)
        assert [profile.support for profile in plain] == [profile.support for profile in other]
        for one, two in zip(plain, other, strict=True):
            assert one.first == pytest.approx(two.first, abs=1e-6)


@pytest.mark.filterwarnings("ignore")
def test_equilibria_are_those_of_gambit():
    gambit = pytest.importorskip("pygambit")
    for a, b in random_games():
        game = gambit.Game.from_arrays(a, b)
        theirs = gambit.nash.enummixed_solve(game, rational=False).equilibria
        ours = equilibria(a, b)
        assert len(ours) == len(theirs)
        mixtures = [[[profile[s] for s in player.strategies] for player in game.players] for profile in theirs]
        for profile in ours:
            assert any(
                np.allclose(profile.first, first, atol=1e-5) and np.allclose(profile.second, second, atol=1e-5)
                for first, second in mixtures
            )


@pytest.mark.filterwarnings("ignore")
def test_equilibria_are_those_of_nashpy():
    nashpy = pytest.importorskip("nashpy")
    for a, b in random_games():
        theirs = list(nashpy.Game(a, b).vertex_enumeration())
        ours = equilibria(a, b)
        assert len(ours) == len(theirs)
        for profile in ours:
            assert any(np.allclose(profile.first, f) and np.allclose(profile.second, s) for f, s in theirs)


def test_quantal_response_solves_its_equation_all_along():
    for a, b in [SEXES, *random_games(6)]:
        branch = response_branch(a, b, precision=20.0)
        assert branch.first[0] == pytest.approx(np.full(len(a), 1 / len(a)))
        for precision, p, q in zip(branch.precision, branch.first, branch.second, strict=True):
            to_first, to_second = np.exp(precision * (a @ q)), np.exp(precision * (p @ b))
            assert p == pytest.approx(to_first / to_first.sum(), abs=1e-6)
            assert q == pytest.approx(to_second / to_second.sum(), abs=1e-6)


def test_quantal_response_of_matching_pennies_is_even_at_every_precision():
    branch = response_branch(PENNIES, -PENNIES, precision=100.0)
    assert branch.first == pytest.approx(np.full_like(branch.first, 0.5))


def test_quantal_response_of_asymmetric_pennies_has_its_known_limits():
    # Goeree and Holt 2001: raising the row player's payoff of one cell moves its own choice, which Nash denies.
    a, b = np.array([[320.0, 40], [40, 80]]) / 40, np.array([[40.0, 80], [80, 40]]) / 40
    (nash,) = equilibria(a, b)
    assert nash.first == pytest.approx([0.5, 0.5])
    assert nash.second == pytest.approx([1 / 8, 7 / 8])
    branch = response_branch(a, b, precision=400.0)
    assert branch.at(1.0).first[0] > 0.6
    assert branch.at(400.0).second == pytest.approx(nash.second, abs=0.01)


def test_the_end_of_the_branch_is_nearly_an_equilibrium():
    for a, b in random_games(8):
        end = response_branch(a, b, precision=200.0).at(200.0)
        assert max(regret(a, b, end)) < 0.02


def test_the_branch_says_how_far_it_reaches():
    with pytest.raises(ValueError, match="reaches"):
        response_branch(PENNIES, -PENNIES, precision=2.0).at(50.0)


def test_regret_of_a_profile_is_what_a_change_would_bring():
    assert regret(DILEMMA, DILEMMA.T, Profile(np.array([1.0, 0]), np.array([1.0, 0]))) == (2, 2)
    assert regret(PENNIES, -PENNIES, Profile(np.array([1.0, 0]), np.array([1.0, 0]))) == (0, 2)


def test_minimax_regret_of_a_table_by_hand():
    # Regrets are (0, 6; 4, 0): 4 by the second row alone; with 6 p = 4 (1 - p), p = 0.4, it is 2.4 in each column.
    table = np.array([[10.0, 0], [6, 6]])
    assert pure_regret(table).tolist() == [6, 4]
    mixture, least = minimax_regret(table)
    assert mixture == pytest.approx([0.4, 0.6])
    assert least == pytest.approx(2.4)


def test_minimax_regret_looks_at_all_cases():
    cases = np.stack([np.array([[10.0, 0], [6, 6]]), np.array([[0.0, 0], [8, 8]])])
    assert pure_regret(cases).tolist() == [8, 4]
    mixture, least = minimax_regret(cases)
    assert mixture == pytest.approx([4 / 12, 8 / 12], abs=1e-6)
    assert least == pytest.approx(8 / 3)


def test_a_dominant_choice_is_a_stable_prediction():
    random = np.random.default_rng(2)
    a, b = DILEMMA + 0.2 * random.normal(size=(60, 2, 2)), DILEMMA.T + 0.2 * random.normal(size=(60, 2, 2))
    found = predict(a, b)
    assert found.is_stable
    assert found.without == 0
    assert found.equilibria[0].mixture.second.tolist() == [0, 1]
    assert found.equilibria[0].share_of_cases > 0.95
    assert max(found.equilibria[0].regret) < 0.05


def test_several_equilibria_are_no_stable_prediction():
    random = np.random.default_rng(3)
    found = predict(SEXES[0] + 0.1 * random.normal(size=(40, 2, 2)), SEXES[1] + 0.1 * random.normal(size=(40, 2, 2)))
    assert not found.is_stable
    assert [one.share_of_cases for one in found.equilibria] == pytest.approx([1 / 3] * 3)


def test_shares_of_cases_add_up():
    random = np.random.default_rng(4)
    found = predict(random.normal(size=(50, 3, 3)), random.normal(size=(50, 3, 3)))
    assert sum(one.share_of_cases for one in found.equilibria) == pytest.approx(1 - found.without)
    assert all(min(one.regret) >= 0 for one in found.equilibria)

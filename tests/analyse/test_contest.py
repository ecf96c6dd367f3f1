"""Games of doctrines: same draws in all cells, exchange of the sides, planted answers, and the object that is told."""

import functools
import json

import numpy as np
import pytest

from mirror import mirrored
from wars import loaded
from westphalia.analyse.arena import Game, begin, played, solution
from westphalia.analyse.backing import LEAST, POLICIES, factors
from westphalia.analyse.cells import ROWS, WEEKS, Cell, Field, pairs
from westphalia.analyse.contest import OWN, doctrines
from westphalia.analyse.doctrine_space import ENTRIES, NEVER, STRIKES, differing, doctrines_at, named, quasi_random
from westphalia.analyse.interventions import Start
from westphalia.analyse.methods.games import equilibria, regret
from westphalia.analyse.methods.predictions import predict
from westphalia.analyse.methods.reduced import MOST, solved
from westphalia.analyse.payoffs import AID, COMPONENTS, dirichlet, scaled_by
from westphalia.analyse.replies import better_replies
from westphalia.scenario.anchors import anchors

CASES, SEED = 8, 1
CHOSEN = ["elastic", "settler"]


def field(start):
    return Field(loaded("duel").scenario, start, seed=SEED, cases=np.arange(CASES), tell=lambda done, planned: None)


@functools.cache
def duel():
    return begin(loaded("duel").scenario, SEED, np.arange(CASES))


def contest(watch=lambda done, planned: None):
    return doctrines(loaded("duel").scenario, seed=SEED, draws=4, anchors=CHOSEN, watch=watch)


@functools.cache
def answer():
    seen = []
    found = contest(lambda done, planned: seen.append((done, planned)))
    assert seen[-1][0] == seen[-1][1] > 0
    return found


# The space of doctrines.


def test_all_named_doctrines_are_made_of_known_entries_within_their_ranges():
    for key in anchors():
        for name, value in named(key).items():
            assert ENTRIES[name].low <= value <= ENTRIES[name].high or (name == "withdrawal" and value == NEVER)


def test_quasi_random_doctrines_set_every_entry_and_fill_the_ranges():
    made = doctrines_at(quasi_random(64, seed=1))
    assert len(made) == 64
    for name, entry in ENTRIES.items():
        places = sorted(entry.place(doctrine[name]) for doctrine in made)
        assert places[0] < 0.1
        assert places[-1] > (0.7 if name in STRIKES else 0.9)
    assert all(sum(doctrine[name] for name in STRIKES) == pytest.approx(1.0) for doctrine in made)
    assert any(doctrine["withdrawal"] == NEVER for doctrine in made)
    assert made == doctrines_at(quasi_random(64, seed=1)) != doctrines_at(quasi_random(64, seed=2))


def test_only_what_differs_is_told_and_the_farthest_first():
    one = {"tempo": 0.2, "reserve": 0.1, "pause": 2.0}
    rows = differing(one, {"tempo": 1.0, "reserve": 0.2, "pause": 2.1})
    assert [row["entry"] for row in rows] == ["tempo", "reserve"]
    assert rows[0]["distance"] == pytest.approx(0.8)


# Cells.


@pytest.mark.slow
def test_the_same_doctrines_give_the_same_numbers_wherever_the_cell_stands():
    blitz = named("blitz")
    found = field(duel()).fight([Cell({}, {}), Cell(blitz, {}), Cell({}, blitz), Cell(blitz, {}), Cell({}, {})], 16)
    assert np.array_equal(found[:, :, 0], found[:, :, 4])
    assert np.array_equal(found[:, :, 1], found[:, :, 3])
    assert not np.array_equal(found[:, :, 0], found[:, :, 1])
    assert np.isfinite(found).all()


@pytest.mark.slow
def test_exchanging_the_sides_exchanges_the_payoffs():
    there = [Cell(named("blitz"), named("elastic")), Cell(named("settler"), {}, ("taper", None))]
    back = [Cell(named("elastic"), named("blitz")), Cell({}, named("settler"), (None, "taper"))]
    one = field(duel()).fight(there, 4)
    two = field(Start(*map(mirrored, duel()))).fight(back, 4)[:, ::-1]
    # Single precision: sums over the week's many steps differ in their last bits.
    for name, here, other in zip(ROWS, one, two, strict=True):
        assert np.abs(here - other).max() <= 1e-3 * max(1e-3, np.abs(here).max()), name


def test_backers_who_give_less_deliver_less():
    found = field(duel()).fight([Cell({}, {}), Cell({}, {}, ("steady", None))], 4)[ROWS.index(AID)].mean(axis=(-2, -1))
    assert found[0, 1] < 0.95 * found[0, 0]
    assert found[1, 1] == pytest.approx(found[1, 0], rel=0.1)


def test_policies_that_look_at_no_client_give_three_quarters():
    ready = np.array([0.0, 1.0])
    for policy in POLICIES:
        mean = factors(policy, WEEKS, ready).mean(axis=0)
        assert mean == pytest.approx([LEAST, 1.0] if policy == "condition on talks" else [0.75, 0.75])


# Payoffs.


def test_weights_are_shares_of_the_whole_and_differ_by_case_and_side():
    weights = dirichlet(3, ["north", "south"], np.arange(500))
    assert weights.sum(axis=0) == pytest.approx(np.ones((2, 500)))
    assert weights.mean(axis=(1, 2)) == pytest.approx(np.full(len(COMPONENTS), 1 / len(COMPONENTS)), abs=0.02)
    assert not np.array_equal(weights[:, 0], weights[:, 1])


def test_all_components_at_their_best_are_worth_one():
    vectors = np.random.default_rng(1).normal(size=(len(ROWS), 2, 3, 50))
    ensemble, weights = scaled_by(vectors), dirichlet(3, ["north", "south"], np.arange(50))
    best, worst = (
        np.broadcast_to(np.append(end, 0.0)[:, None, None, None], vectors.shape)
        for end in (ensemble.best, ensemble.worst)
    )
    assert ensemble.payoffs(best, weights) == pytest.approx(np.ones((2, 3, 50)))
    assert ensemble.payoffs(worst, weights) == pytest.approx(np.zeros((2, 3, 50)))
    signs = np.array([of.sign for of in COMPONENTS.values()])
    assert np.array_equal(np.sign(ensemble.best - ensemble.worst), signs)


# Solving.


def random_game(seed, size):
    random = np.random.default_rng(seed)
    return random.normal(size=(2, size, size))


def test_reduction_loses_no_equilibrium():
    for seed in range(12):
        a, b = random_game(seed, 6)
        a[4] = a[3] - 0.1
        b[:, 1] = 0.5 * (b[:, 0] + b[:, 2]) - 0.1

        def plain(found):
            return sorted((*p.first.round(6), *p.second.round(6)) for p in found)

        assert np.array(plain(solved(a, b))) == pytest.approx(np.array(plain(equilibria(a, b))), abs=1e-5)


def test_options_that_are_the_same_share_what_they_are_played_with():
    a, b = (np.array([[1.0, -1], [1, -1], [-1, 1]]), np.array([[-1.0, 1], [-1, 1], [1, -1]]))
    (found,) = solved(a, b)
    assert found.first == pytest.approx([0.25, 0.25, 0.5])
    assert found.second == pytest.approx([0.5, 0.5])


def test_a_large_game_is_grown_until_its_equilibria_hold():
    a, b = random_game(5, MOST + 4)
    found = solved(a, b)
    assert found
    assert max(max(regret(a, b, profile)) for profile in found) < 1e-6


def test_a_planted_dominant_doctrine_is_the_stable_prediction():
    random = np.random.default_rng(6)
    payoffs = random.normal(size=(2, 20, 11, 11))
    payoffs[0, :, 4] = payoffs[0].max(axis=1) + 0.1
    payoffs[1, :, :, 7] = payoffs[1].max(axis=2) + 0.1
    found = predict(*payoffs, solve=solved)
    assert found.is_stable
    assert found.equilibria[0].share_of_cases == 1.0
    assert found.equilibria[0].mixture.support == ((4,), (7,))


# Replies.


def worth(cells, repeats, is_fresh):
    """Each side is best off at a tempo of 0.3; fresh cases and others differ in noise that all cells share."""
    noise = np.random.default_rng([repeats, is_fresh]).normal(size=(2, 1, CASES))
    own = np.array([[side.get("tempo", 0.9) for side in cell[:2]] for cell in cells]).T
    return 1.0 - np.abs(own - 0.3)[..., None] + 0.01 * noise


def planted(tempos):
    menu = {f"tempo {tempo}": {"tempo": tempo} for tempo in tempos}
    cells = pairs(list(menu.values()), list(menu.values()))
    return played(("north", "south"), (menu, menu), worth(cells, 8, False))


def test_a_planted_better_reply_is_found_and_added():
    game, found = better_replies(planted([0.8, 1.0]), worth, [{"tempo": 0.9}] * 2, seed=1)
    first = found["tried"][:2]
    assert [one["side"] for one in first] == ["north", "south"]
    assert all(one["is_added"] and one["instead_of"] == "tempo 0.8" for one in first)
    assert all(one["doctrine"]["tempo"] == pytest.approx(0.3, abs=0.02) for one in first)
    assert all(
        {key: row[key] for key in ("entry", "from")} == {"entry": "tempo", "from": 0.8}
        for one in first
        for row in one["entries"]
    )
    assert game.payoffs.shape[2:] == (len(game.menus[0]), len(game.menus[1]))
    assert set(found["mixture"]["north"]) <= {"reply-1", "reply-2"}
    assert max(found["regret"].values()) == pytest.approx(0.0, abs=1e-9)


def test_the_last_choice_among_several_leaves_less_to_luck(monkeypatch):
    """Where a cell has luck of its own, replies chosen among the best eight lie nearer to the best one."""

    def lucky(cells, repeats, is_fresh):
        luck = np.random.default_rng([repeats, len(cells)]).normal(size=(2, len(cells), CASES))
        return worth(cells, repeats, is_fresh) + (0.5 / repeats**0.5) * luck

    def off(last):
        monkeypatch.setattr("westphalia.analyse.replies.LAST", last)
        found = [
            better_replies(planted([0.8, 1.0]), lucky, [{"tempo": 0.9}] * 2, seed=seed)[1]["tried"][:2]
            for seed in range(24)
        ]
        return np.mean([abs(one["doctrine"]["tempo"] - 0.3) for tried in found for one in tried])

    assert off(8) < 0.7 * off(1)


def test_where_nothing_is_better_nothing_is_added():
    game, found = better_replies(planted([0.3, 1.0]), worth, [{"tempo": 0.9}] * 2, seed=1)
    assert len(found["tried"]) == 2
    assert not any(one["is_added"] for one in found["tried"])
    assert list(game.menus[0]) == ["tempo 0.3", "tempo 1.0"]


def test_the_mean_game_takes_the_equilibrium_with_the_greatest_sum():
    coordination = np.zeros((2, 1, 2, 2))
    coordination[:, 0] = np.array([[1.0, 0], [0, 2]])
    menu = {"a": {}, "b": {}}
    assert solution(Game(("north", "south"), (menu, menu), coordination)).first.tolist() == [0, 1]


# The whole.


@pytest.mark.slow
def test_the_answer_is_one_object_of_plain_numbers():
    found = answer()
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert {"scenario", "seed", "draws", "weeks", "profiles", "payoffs", "equilibria", "stable"} <= set(found)
    assert {"quantal", "minimax_regret", "replies", "tempo_withdrawal", "backers"} <= set(found)
    assert list(found["profiles"]) == [OWN, *CHOSEN]
    for side in ("north", "south"):
        held = found["payoffs"][side]
        assert held["rows"] == held["columns"] == list(found["profiles"])
        assert np.shape(held["mean"]) == np.shape(held["se"]) == (3, 3)
        assert set(held["vector"]) == {*COMPONENTS, "aid"} == set(found["components"])
        assert set(found["backers"][side]["policies"]) == set(POLICIES)


def test_shares_of_the_answer_add_up():
    found = answer()
    assert sum(one["share_of_cases"] for one in found["equilibria"]) == pytest.approx(1.0 - found["without"])
    assert 0.0 <= found["agreement"] <= 1.0
    for side in ("north", "south"):
        assert sum(found["played"][side].values()) == pytest.approx(1.0 - found["without"])
        assert sum(found["quantal"]["mixture"][side].values()) == pytest.approx(1.0)
        assert sum(found["minimax_regret"][side]["mixture"].values()) == pytest.approx(1.0, abs=1e-5)
        for one in found["equilibria"]:
            assert sum(one["mixture"][side].values()) == pytest.approx(1.0)


def test_what_both_sides_share_is_the_same_in_both_tables():
    war = [np.array(answer()["payoffs"][side]["vector"]["war"]) for side in ("north", "south")]
    land = [np.array(answer()["payoffs"][side]["vector"]["land"]) for side in ("north", "south")]
    assert np.array_equal(war[0], war[1].T)
    assert land[0] == pytest.approx(-land[1].T)


def test_tempo_and_withdrawal_are_varied_together_for_either_side():
    maps = answer()["tempo_withdrawal"]
    assert [(one["tempo_of"], one["withdrawal_of"]) for one in maps] == [("north", "south"), ("south", "north")]
    for one in maps:
        assert np.shape(one["own"]["change"]) == np.shape(one["other"]["se"]) == (5, 5)
        # The scenario's own tempo is on the grid, and 0.06 withdraws no more often than its 0.05 in these cases.
        assert one["own"]["change"][3][4] == pytest.approx(0.0, abs=0.02)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_answer_to_the_last_bit():
    assert contest() == answer()


def test_one_case_is_too_few():
    with pytest.raises(ValueError, match="two cases"):
        doctrines(loaded("duel").scenario, seed=1, draws=1, watch=lambda done, planned: None)

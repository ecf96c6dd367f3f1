"""Doctrines in contest: an empirical game of the named doctrines on a scenario.

Definition:
    Both sides choose among the scenario's own doctrine and named ones; every pair is fought over the same cases and
    the same noise (``cells``) for ``WEEKS`` weeks, and a payoff is a vector, weighed by an ensemble (``payoffs``). A
    case is a draw of the assumptions with a draw of both sides' weights. The game of each case is solved, and what is
    told is the distribution over cases; if no support gathers half of them, nothing is predicted. Beside it stand the
    quantal response, the mixture of least greatest regret, better replies (``replies``), the joint map of tempo and
    withdrawal (``tempo_withdrawal``), and the backers as a third player (``third_player``).
Units:
    payoffs: 1 is every component at the best end of its scale, 0 at the worst.
Errors:
    standard errors over cases, which are independent. How far noise within a case moves its equilibria is told by
    ``agreement``: the overlap of the solutions on either half of its repeats, 1 where they are the same.
Fails when:
    more is to be chosen than a fixed doctrine for the whole run, by one mind a side.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from westphalia.analyse.arena import (
    REPEATS,
    Arena,
    Game,
    begin,
    entries_of,
    error,
    fields_of,
    own_rows,
    played,
    solution,
)
from westphalia.analyse.backing import POLICIES
from westphalia.analyse.cells import ROWS, WEEKS, pairs
from westphalia.analyse.doctrine_space import Doctrine, named
from westphalia.analyse.methods.games import minimax_regret
from westphalia.analyse.methods.predictions import Prediction, predict
from westphalia.analyse.methods.quantal import response_branch
from westphalia.analyse.methods.reduced import solved
from westphalia.analyse.payoffs import AID, COMPONENTS, Ensemble, scaled_by
from westphalia.analyse.replies import better_replies
from westphalia.analyse.tempo_withdrawal import joint_map
from westphalia.analyse.third_player import headline, moved_by_backers
from westphalia.scenario.anchors import anchors as library
from westphalia.scenario.schema import Scenario

OWN = "as-it-is"
"""Name of the option to keep the scenario's own doctrine."""

PRECISION = 50.0
"""Of the quantal response: a payoff higher by 1/50 is chosen e times as often (10 to 200)."""


def doctrines(
    scenario: Scenario,
    *,
    seed: int,
    draws: int,
    anchors: Sequence[str] | None = None,
    watch: Callable[[int, int], None],
) -> dict[str, Any]:
    """The object of ``doctrines --json``.

    In all tables of payoffs a row is the side's own doctrine and a column the other side's.

    Args:
        scenario: A scenario with talks.
        seed: Seed of all draws.
        draws: Cases, two or more.
        anchors: Named doctrines to choose from; all of the library where left out.
        watch: Told how many of so many runs are done; more are added as it becomes known what must be tried.

    Raises:
        KeyError: If there is no doctrine of that name.
        ValueError: If there are fewer than two cases.
    """
    if draws < 2:
        raise ValueError("an error over cases needs two cases or more")
    chosen = list(library()) if anchors is None else list(anchors)
    menu: dict[str, Doctrine] = {OWN: {}} | {name: named(name) for name in chosen}
    first, second = scenario.sides
    fields, weights = fields_of(scenario, seed=seed, draws=draws, watch=watch)
    fought = fields[0].fight(pairs(list(menu.values()), list(menu.values())), REPEATS)
    vectors = fought.mean(axis=-1)
    arena = Arena(fields, weights, scaled_by(vectors))
    game = played((first, second), (menu, menu), arena.weighed(vectors, is_fresh=False))
    predicted = predict(*game.payoffs, solve=solved)
    shares = _shares(game, predicted)
    start = begin(scenario, seed, np.arange(draws))
    wider, replies = better_replies(game, arena.worth, [entries_of(start, side) for side in (0, 1)], seed=seed)
    return {
        "scenario": scenario.name,
        "seed": seed,
        "draws": draws,
        "repeats": REPEATS,
        "weeks": WEEKS,
        "sides": {key: side.label for key, side in scenario.sides.items()},
        "profiles": _profiles(chosen),
        "components": _components(arena.ensemble, scenario.money),
        "payoffs": game.by_side([_payoffs(game, vectors, side) for side in (0, 1)]),
        **_predictions(game, predicted),
        "played": shares,
        "agreement": agreement(game, arena, fought),
        "mean_game": _mean_game(game),
        "quantal": _quantal(game),
        "minimax_regret": game.by_side([_least_regret(game, side) for side in (0, 1)]),
        "replies": replies | {"prediction": headline(wider)},
        "tempo_withdrawal": joint_map(arena.worth, game.sides),
        "policies": POLICIES,
        "backers": moved_by_backers(game, shares, arena.worth, _backed(start.world.backers.backs, game)),
    }


def _backed(backs: Any, game: Game) -> dict[str, bool]:  # noqa: ANN401
    return game.by_side([bool(np.any(of > 0.5)) for of in np.asarray(backs)])


def _profiles(chosen: Sequence[str]) -> dict[str, dict[str, str]]:
    own = {"title": "As it is", "note": "The doctrine of the scenario."}
    return {OWN: own} | {name: {key: library()[name][key] for key in ("title", "note")} for name in chosen}


def _components(ensemble: Ensemble, money: str) -> dict[str, dict[str, Any]]:
    scale = zip(COMPONENTS.items(), ensemble.worst.tolist(), ensemble.best.tolist(), strict=True)
    rows: dict[str, dict[str, Any]] = {
        name: {"title": of.title, "unit": of.unit, "worst": worst, "best": best} for (name, of), worst, best in scale
    }
    return rows | {AID: {"title": "delivered by the own backers; no payoff counts it", "unit": money}}


def _payoffs(game: Game, vectors: np.ndarray, side: int) -> dict[str, Any]:
    size, own = (len(game.menus[0]), len(game.menus[1])), game.own(side)
    return {
        "rows": list(game.menus[side]),
        "columns": list(game.menus[1 - side]),
        "mean": own.mean(axis=0).tolist(),
        "se": error(np.moveaxis(own, 0, -1)).tolist(),
        "vector": {
            name: own_rows(row[side].mean(axis=-1).reshape(size), side).tolist()
            for name, row in zip(ROWS, vectors, strict=True)
        },
    }


def _predictions(game: Game, predicted: Prediction) -> dict[str, Any]:
    rows = [
        {
            "mixture": game.mixtures(one.mixture),
            "share_of_cases": one.share_of_cases,
            "se": one.se,
            "regret": game.by_side(one.regret),
            "regret_se": game.by_side(one.regret_se),
        }
        for one in predicted.equilibria
    ]
    return {"equilibria": rows, "stable": predicted.is_stable, "without": predicted.without}


def _shares(game: Game, predicted: Prediction) -> dict[str, dict[str, float]]:
    """How much each option is played, over all cases and equilibria."""

    def of(side: int) -> dict[str, float]:
        none = np.zeros(len(game.menus[side]))
        total = sum((one.share_of_cases * one.mixture[side] for one in predicted.equilibria), none)
        return dict(zip(game.menus[side], total.tolist(), strict=True))

    return game.by_side([of(0), of(1)])


def agreement(game: Game, arena: Arena, fought: np.ndarray) -> float:
    """Mean over cases of the overlap of the supports that either half of the repeats gives, 0 to 1."""
    half = fought.shape[-1] // 2
    halves = [
        played(game.sides, game.menus, arena.weighed(part.mean(axis=-1), is_fresh=False))
        for part in (fought[..., :half], fought[..., half:])
    ]
    overlap = []
    for case in range(game.payoffs.shape[1]):
        one, two = (_supports(of.payoffs[:, case]) for of in halves)
        overlap.append(sum(min(share, two.get(support, 0.0)) for support, share in one.items()))
    return float(np.mean(overlap))


def _supports(tables: np.ndarray) -> dict[Any, float]:
    found = [profile.support for profile in solved(*tables)]
    return {support: found.count(support) / len(found) for support in found}


def _mean_game(game: Game) -> dict[str, Any]:
    at = solution(game)
    return {"mixture": game.mixtures(at), "payoff": game.by_side(game.worth_of(at).mean(axis=-1).tolist())}


def _quantal(game: Game) -> dict[str, Any]:
    """Quantal response of each case, averaged; cases whose branch is lost are counted and left out."""
    found, lost = [], 0
    for first, second in zip(*game.payoffs, strict=True):
        try:
            found.append(response_branch(first, second, precision=PRECISION).at(PRECISION))
        except ArithmeticError:
            lost += 1

    def of(side: int) -> dict[str, float]:
        if not found:
            return {}
        shares = np.mean([profile[side] for profile in found], axis=0)
        return dict(zip(game.menus[side], shares.tolist(), strict=True))

    return {"precision": PRECISION, "mixture": game.by_side([of(0), of(1)]), "lost": lost}


def _least_regret(game: Game, side: int) -> dict[str, Any]:
    mixture, value = minimax_regret(game.own(side))
    shares = zip(game.menus[side], mixture.tolist(), strict=True)
    return {"mixture": {name: share for name, share in shares if share > 1e-6}, "value": value}

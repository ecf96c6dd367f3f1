"""Everything about one term sheet: as records of arrays, and as the object that ``talks --json`` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from westphalia.talks.binding import Binding, binding
from westphalia.talks.frontier import Frontier, frontier
from westphalia.talks.game import Game
from westphalia.talks.lottery import described
from westphalia.talks.solutions import SOLUTIONS, Solution, Stakes, opposition, stakes
from westphalia.talks.zone import Zone, accepted_in_draws, outcomes, weight_factors, zone

DRAWS = 1000
CONCENTRATION = 50.0
"""Weights vary about as much as two careful readers of the same positions differ: 0.5 give or take 0.07."""
SEED = 1

SHOWN_POINTS = 500
SHOWN_TEXTS = 10
ROBUST_POINTS = 2000
"""So many points of the frontier at most are shown, named as robust, and tried in the draws of weights."""


class Statistics(NamedTuple):
    """The exact facts: what the frontier means to the parties, solutions by name, zone, opposition."""

    stakes: Stakes
    solutions: Mapping[str, Solution | None]
    zone: Zone
    opposition: float | None


def statistics(game: Game) -> Statistics:
    """All exact facts of a game.

    Raises:
        ValueError: If nothing is on the table, or issues that hang together have too many combinations.
    """
    at = stakes(game, frontier(game))
    return Statistics(at, {name: solve(at) for name, solve in SOLUTIONS.items()}, zone(at), opposition(at))


def summary(game: Game) -> dict[str, Any]:
    """The whole analysis in plain Python, ready for JSON: names, lists and numbers; None where there is nothing.

    Raises:
        ValueError: If nothing is on the table, or issues that hang together have too many combinations.
    """
    facts = statistics(game)
    found = facts.stakes.frontier
    return {
        "parties": list(game.parties),
        "issues": {issue: list(options) for issue, options in game.issues.items()},
        "reserve": [float(level) if np.isfinite(level) else None for level in game.reserve],
        "outcomes": outcomes(game),
        "rational": facts.zone.texts,
        "pareto": _pareto(game, found, facts.stakes.inside),
        **{name: solution and _solution(game, found, solution) for name, solution in facts.solutions.items()},
        "lotteries": _lotteries(facts),
        "opposition": facts.opposition,
        "zone": {**facts.zone._asdict(), "robust": _robust(game, found)},
        "binding": _binding(game, binding(game, found)),
    }


def _pareto(game: Game, found: Frontier, inside: np.ndarray) -> dict[str, Any]:
    """The undominated texts that all accept; where there is none, all undominated texts, and it says so."""
    points = np.flatnonzero(inside) if inside.any() else np.arange(found.size)
    return {
        "size": len(points),
        "with_ties": int(found.ties[points].sum()),
        "among": "texts that all accept" if inside.any() else "all texts",
        "points": [
            {
                "text": game.named(found.first(int(point))),
                "utilities": found.utilities[:, point].tolist(),
                "ties": int(found.ties[point]),
            }
            for point in points[:SHOWN_POINTS]
        ],
    }


def _solution(game: Game, found: Frontier, solution: Solution) -> dict[str, Any]:
    tied = int(found.ties[list(solution.points)].sum())
    return {
        "text": game.named(solution.text),
        "utilities": solution.utilities.tolist(),
        "value": solution.value,
        "ties": tied,
    }


def _lotteries(facts: Statistics) -> dict[str, Any] | None:
    """The best lottery for each criterion and what it adds to the best text; none where a reserve is not finite.

    ``adds`` is none where the two are not on one scale: there is no such text, or the criterion counts gains of a party
    that no text gives any, or in parts of the most that a party can get, which a lottery changes.
    """
    at = facts.stakes
    if not np.isfinite(at.game.reserve).all():
        return None
    found = described(at.game, at.frontier)
    for name, lottery in found.items():
        single = facts.solutions[name]
        if lottery is None:
            continue
        gains = np.array(lottery["utilities"]) - at.game.reserve
        same = name != "nash" or not (gains > at.game.tolerance)[at.most <= 0.0].any()
        is_comparable = single is not None and same and name != "kalai_smorodinsky"
        lottery["adds"] = max(lottery["value"] - single.value, 0.0) if single and is_comparable else None
    return found


def _robust(game: Game, found: Frontier) -> dict[str, Any]:
    """How the zone fares when weights are known only roughly, over the first text of each point."""
    points = np.arange(min(found.size, ROBUST_POINTS))
    texts = found.texts[np.searchsorted(found.point, points)]
    factors = weight_factors(game, DRAWS, concentration=CONCENTRATION, seed=SEED)
    accepted = accepted_in_draws(game, texts, factors)
    chance = accepted.mean(axis=0)
    best = np.argsort(-chance, kind="stable")[:SHOWN_TEXTS]
    return {
        "draws": DRAWS,
        "concentration": CONCENTRATION,
        "chance_of_zone": float(np.any(accepted, axis=-1).mean()),
        "texts": [{"text": game.named(found.first(int(k))), "chance": float(chance[k])} for k in best],
    }


def _binding(game: Game, found: Binding | None) -> dict[str, Any] | None:
    if found is None:
        return None
    names, options = list(game.issues), list(game.issues.values())
    return {
        "party": found.party,
        "issue": found.issue,
        "reserves": dict(found.reserves),
        "by_all": found.by_all,
        "weights": [shift._asdict() for shift in found.weights],
        "contested": _opening(found.contested),
        "left_out": _opening(found.left_out),
        "allowed": [
            {"combination": {names[i]: options[i][o] for i, o in ruled.items()}, "margin": level, "opens": level >= 0.0}
            for ruled, level in zip(game.excluded, found.allowed, strict=True)
        ],
    }


def _opening(margins: Mapping[str, float]) -> list[dict[str, Any]]:
    return [{"issue": issue, "margin": margin, "opens": margin >= 0.0} for issue, margin in margins.items()]

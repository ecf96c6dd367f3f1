"""The backers as a third player: how the game of the two sides moves with each policy of either side's backers.

Definition:
    For the backers of one side at a time, under each policy of ``backing``, the game is played with the options that
    are played most in it; those of the other side's backers do what the scenario says. Changes of payoffs are at the
    equilibrium of each mean game, to the first policy, by case.
Units:
    payoffs.
Errors:
    standard errors over cases, paired; that of a change leaves out that the equilibrium itself is uncertain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.analyse.arena import REPEATS, Game, Menus, Worth, error, played, solution
from westphalia.analyse.backing import POLICIES
from westphalia.analyse.cells import Backing, pairs
from westphalia.analyse.methods.predictions import predict
from westphalia.analyse.methods.reduced import solved

FEW = 4
"""Options of a side, the most played ones, with which the policies are tried."""


def moved_by_backers(
    game: Game, shares: Mapping[str, Mapping[str, float]], worth: Worth, backed: Mapping[str, bool]
) -> dict[str, dict[str, Any] | None]:
    """For the backers of each side what each policy does; ``None`` for a side without backers.

    Args:
        game: The game of the named doctrines.
        shares: How much each option is played, by side.
        worth: Payoffs of cells.
        backed: Whether a side has backers.
    """
    menus = [_most_played(game, shares[key], side) for side, key in enumerate(game.sides)]
    return {
        key: _policies(game.sides, (menus[0], menus[1]), side, worth) if backed[key] else None
        for side, key in enumerate(game.sides)
    }


def headline(game: Game) -> dict[str, Any]:
    """The most frequent support of a game, and whether it is a prediction."""
    predicted = predict(*game.payoffs, solve=solved)
    if not predicted.equilibria:
        return {"stable": False, "mixture": game.by_side([{}, {}]), "share_of_cases": 0.0, "se": 0.0}
    top = predicted.equilibria[0]
    return {
        "stable": predicted.is_stable,
        "mixture": game.mixtures(top.mixture),
        "share_of_cases": top.share_of_cases,
        "se": top.se,
    }


def _most_played(game: Game, shares: Mapping[str, float], side: int) -> dict[str, Any]:
    most = sorted(shares, key=lambda name: -shares[name])[:FEW]
    return {name: doctrine for name, doctrine in game.menus[side].items() if name in most}


def _policies(sides: tuple[str, str], menus: Menus, side: int, worth: Worth) -> dict[str, Any]:
    found, first = {}, None
    for policy in POLICIES:
        backing: Backing = (policy, None) if side == 0 else (None, policy)
        cells = pairs(list(menus[0].values()), list(menus[1].values()), backing)
        game = played(sides, menus, worth(cells, REPEATS, False))
        at = solution(game)
        gained = game.worth_of(at)
        first = gained if first is None else first
        found[policy] = {
            "mixture": game.mixtures(at),
            "payoff": game.by_side(gained.mean(axis=-1).tolist()),
            "change": game.by_side((gained - first).mean(axis=-1).tolist()),
            "change_se": game.by_side(error(gained - first).tolist()),
            "prediction": headline(game),
        }
    return {
        "options": dict(zip(sides, map(list, menus), strict=True)),
        "compared_with": next(iter(POLICIES)),
        "policies": found,
    }

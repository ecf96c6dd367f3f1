"""The best lottery over texts for each criterion: what a coin toss, or taking turns, could add to the best single text.

Equation:
    u = sum_t p_t u(t), p >= 0, sum p = 1; max over p of the criterion at u, with all u_i >= r_i but for max-min
Units:
    expected utilities.
Source:
    The theories of Nash, Kalai, and Kalai and Smorodinsky on the convex hull of the texts, where they were first
    stated. The product of gains is maximised as a sum of logarithms under tangents (Kelley 1960), each round a linear
    programme.
Holds when / fails when:
    Parties value a lottery by its expectation. Only undominated texts are mixed: others never help. The largest sum of
    utilities needs no lottery.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.optimize import linprog

from westphalia.talks.frontier import Frontier
from westphalia.talks.game import Game, PerParty

CLOSE = 1e-9
"""The sum of logarithms is found to this, so the product of gains to as large a part of it."""

MOST_ROUNDS = 100
"""Rounds of tangents at most; about fifteen are used."""

Chances = Float[np.ndarray, " point"]
PerPoint = Float[np.ndarray, "party point"]


class Lottery(NamedTuple):
    """Chances of the points of the frontier, what each party can expect, and the criterion there."""

    chances: Chances
    utilities: PerParty
    value: float


def best_lotteries(game: Game, found: Frontier) -> dict[str, Lottery | None]:
    """The best lottery for each criterion; for those that weigh gains, none if no lottery satisfies every reserve.

    Raises:
        ValueError: If a reserve is not finite: nothing can be gained over it.
    """
    if not np.isfinite(game.reserve).all():
        raise ValueError("lotteries weigh gains: every reserve has to be finite")
    ones = np.ones(len(game.parties))
    over = found.utilities - game.reserve[:, None]
    pairs: dict[str, tuple[Chances, float] | None] = {"nash": None, "kalai": None, "kalai_smorodinsky": None}
    fair, rise = _risen(over, ones)
    if rise >= -game.tolerance.max():
        over = over - min(rise, 0.0)  # a lottery that ties with every reserve satisfies it
        most = np.array([row @ _solved(row, over) for row in over])
        can_gain = most > game.tolerance
        proportional = _risen(over, np.where(can_gain, most, 0.0))
        pairs["nash"] = _product(over, can_gain, proportional[0])
        pairs["kalai"], pairs["kalai_smorodinsky"] = (fair, rise), proportional
    pairs["maxmin"] = _risen(found.utilities, ones)
    return {name: pair and Lottery(pair[0], found.utilities @ pair[0], pair[1]) for name, pair in pairs.items()}


def _risen(levels: PerPoint, rise: PerParty) -> tuple[Chances, float]:
    """The chances at which ``levels @ p >= t rise`` for the largest t, and t; 1 if nobody can rise."""
    points = levels.shape[1]
    if not rise.any():
        return _solved(np.zeros(points), levels), 1.0
    solved = _solved(np.eye(1, points + 1, points)[0], np.concatenate([levels, -rise[:, None]], axis=1), more=1)
    return solved[:points], float(solved[points])


def _product(over: PerPoint, can_gain: np.ndarray, start: Chances) -> tuple[Chances, float]:
    """The chances of the largest product of gains of those who can gain, and the product."""
    gaining, points = over[can_gain], over.shape[1]
    parties = len(gaining)
    value = np.concatenate([np.zeros(points), np.ones(parties)])
    rows, floors = [np.concatenate([over, np.zeros((len(over), parties))], axis=1)], [np.zeros(len(over))]
    best, at = start, gaining @ start
    for _ in range(MOST_ROUNDS):
        rows.append(np.concatenate([gaining / at[:, None], -np.eye(parties)], axis=1))
        floors.append(1.0 - np.log(at))
        solved = _solved(value, np.concatenate(rows), np.concatenate(floors), more=parties)
        tried = gaining @ solved[:points]
        if (tried > 0.0).all() and np.log(tried).sum() > np.log(gaining @ best).sum():
            best = solved[:points]
        if solved[points:].sum() - np.log(gaining @ best).sum() <= CLOSE:
            break
        at = np.maximum(tried, 0.5 * (tried + gaining @ best))
    return best, float((gaining @ best).prod())


def _solved(
    value: Float[np.ndarray, " column"],
    rows: Float[np.ndarray, "row column"],
    floors: Float[np.ndarray, " row"] | None = None,
    more: int = 0,
) -> Float[np.ndarray, " column"]:
    """The largest ``value @ x`` with ``rows @ x >= floors``, x being chances and then ``more`` numbers of any sign."""
    chances = len(value) - more
    result = linprog(
        -value,
        A_ub=-rows,
        b_ub=np.zeros(len(rows)) if floors is None else -floors,
        A_eq=np.concatenate([np.ones(chances), np.zeros(more)])[None],
        b_eq=[1.0],
        bounds=[(0.0, None)] * chances + [(None, None)] * more,
    )
    return result.x


def described(game: Game, found: Frontier) -> dict[str, Any]:
    """The best lotteries in plain Python, ready for JSON: value, expected utilities, and the texts with their chances.

    Raises:
        ValueError: If a reserve is not finite: nothing can be gained over it.
    """
    lotteries = best_lotteries(game, found)
    return {name: lottery and _plain(game, found, lottery) for name, lottery in lotteries.items()}


def _plain(game: Game, found: Frontier, lottery: Lottery) -> dict[str, Any]:
    drawn = np.flatnonzero(lottery.chances > CLOSE)
    return {
        "value": lottery.value,
        "utilities": lottery.utilities.tolist(),
        "texts": [{"text": game.named(found.first(int(p))), "chance": float(lottery.chances[p])} for p in drawn],
    }

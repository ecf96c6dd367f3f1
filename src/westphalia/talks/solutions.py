"""What theories of bargaining would sign: one text for each, from the exact frontier.

Equation:
    gains g_i = u_i(t) - r_i; only texts with all g_i >= 0 for Nash, Kalai and Kalai-Smorodinsky
    Nash: max prod g_i;   Kalai (egalitarian): max min g_i;   Kalai-Smorodinsky: max min g_i / (a_i - r_i), a_i the most
    that i can get of a text which all accept;   welfare: max sum u_i;   max-min: max min u_i
Units:
    utilities; ratios and products of gains.
Source:
    [Nash1950]; Kalai (1977) on proportional solutions; Kalai and Smorodinsky (1975), here on a set of single texts:
    the smallest ratio is maximised, which is not the same as making ratios alike. Ties by the next smallest (leximin,
    Imai 1983).
Holds when / fails when:
    Kalai, welfare and max-min compare utilities between parties; Nash and Kalai-Smorodinsky do not. Welfare and
    max-min know no reserve, so a party may refuse what they name.
A party that gains nothing from any text which all accept has no say in Nash and Kalai-Smorodinsky. A criterion is tied
within the tolerance of the game; then the larger smallest gain decides (ratio or utility, as the solution counts), then
the next smallest, and then the order of options.
"""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from westphalia.talks.frontier import Frontier
from westphalia.talks.game import TIE, Game, PerParty, Text, Texts, utilities_of

PerPoint = Float[np.ndarray, " point"]


class Solution(NamedTuple):
    """What one criterion picks.

    Attributes:
        text: The text.
        utilities: What each party gets of it, ``(party,)``.
        value: The criterion there.
        points: The points of the frontier that reach this value, the chosen one first.
    """

    text: Text
    utilities: PerParty
    value: float
    points: tuple[int, ...]


def acceptable(game: Game, found: Frontier) -> Bool[np.ndarray, " point"]:
    """Which points leave no party below its reserve, ties with it included."""
    return np.all(found.utilities >= (game.reserve - game.tolerance)[:, None], axis=0)


def gains(game: Game, found: Frontier) -> Float[np.ndarray, "party point"]:
    """What each party gains over its reserve at each point; a tie with the reserve is a gain of zero.

    A party that takes any text counts from the sum of its smallest worths.
    """
    over = found.utilities - _floor(game)[:, None]
    return np.where(np.abs(over) <= game.tolerance[:, None], 0.0, over)


def ideal(game: Game, found: Frontier) -> PerParty:
    """The most that each party can gain from a text which all accept; zeros where there is none."""
    inside = acceptable(game, found)
    return gains(game, found)[:, inside].max(axis=1) if inside.any() else np.zeros(len(game.parties))


def nash(game: Game, found: Frontier) -> Solution | None:
    """The largest product of gains; none without a zone. Two losses never make a gain: all must accept."""
    over, most, inside = gains(game, found), ideal(game, found), acceptable(game, found)
    if not inside.any():
        return None
    product = over[most > 0.0].prod(axis=0)
    slack = len(most) * TIE * abs(product[inside].max())
    return _best(found, product, _ratios(over, most), inside, slack)


def kalai(game: Game, found: Frontier) -> Solution | None:
    """The largest smallest gain; none without a zone."""
    over, inside = gains(game, found), acceptable(game, found)
    return _best(found, over.min(axis=0), over, inside, game.tolerance.max()) if inside.any() else None


def kalai_smorodinsky(game: Game, found: Frontier) -> Solution | None:
    """The largest smallest ratio of gain to greatest gain; none without a zone."""
    most, inside = ideal(game, found), acceptable(game, found)
    if not inside.any():
        return None
    ratios = _ratios(gains(game, found), most)
    slack = float((game.tolerance / np.where(most > 0.0, most, np.inf)).max())
    return _best(found, ratios.min(axis=0), ratios, inside, slack)


def welfare(game: Game, found: Frontier) -> Solution:
    """The largest sum of utilities, whatever the reserves."""
    return _certain(game, found, found.utilities.sum(axis=0))


def maxmin(game: Game, found: Frontier) -> Solution:
    """The largest smallest utility, whatever the reserves."""
    return _certain(game, found, found.utilities.min(axis=0))


SOLUTIONS = {
    "nash": nash,
    "kalai": kalai,
    "kalai_smorodinsky": kalai_smorodinsky,
    "welfare": welfare,
    "maxmin": maxmin,
}
"""Every criterion by its name."""


def opposition(game: Game, found: Frontier) -> float | None:
    """How far the best text that all accept stays from giving each party the most it can get; none without a zone.

    Equation: min over texts of the Euclidean distance of u_i / max u_i to 1, as in GENIUS and its successors.
    """
    most, inside = found.utilities.max(axis=1), acceptable(game, found)
    if not inside.any():
        return None
    short = 1.0 - found.utilities[:, inside] / np.where(most != 0.0, most, 1.0)[:, None]
    return float(np.sqrt(np.square(short).sum(axis=0)).min())


def distances(game: Game, found: Frontier, texts: Texts) -> dict[str, Float[np.ndarray, " text"]]:
    """Euclidean distance, in utilities, of each text to the nearest point of each solution and of the frontier."""
    where = {"frontier": tuple(range(found.size))}
    for name, solve in SOLUTIONS.items():
        solution = solve(game, found)
        if solution is not None:
            where[name] = solution.points
    here = utilities_of(game, texts)
    return {
        name: np.array([np.sqrt(np.square(found.utilities[:, points] - u[:, None]).sum(axis=0)).min() for u in here.T])
        for name, points in where.items()
    }


def best_step(game: Game, found: Frontier, text: Text) -> Solution | None:
    """The best step from a text that harms nobody: Nash with the text itself as reserve; none if it is undominated.

    Source: Raiffa's post-settlement settlement (1985).
    """
    here = utilities_of(game, np.array([text]))[:, 0]
    held = dataclasses.replace(game, reserve=here)
    step = nash(held, found)
    return step if step and (step.utilities > here + game.tolerance).any() else None


def _floor(game: Game) -> PerParty:
    if np.isfinite(game.reserve).all():
        return game.reserve
    parts = [*game.worth, *game.interactions.values()]
    least = sum(part.reshape(len(game.parties), -1).min(axis=1) for part in parts)
    return np.where(np.isfinite(game.reserve), game.reserve, least)


def _ratios(over: Float[np.ndarray, "party point"], most: PerParty) -> Float[np.ndarray, "party point"]:
    can_gain = (most > 0.0)[:, None]
    return np.where(can_gain, over / np.where(can_gain, most[:, None], 1.0), 1.0)


def _certain(game: Game, found: Frontier, value: PerPoint) -> Solution:
    everywhere = np.ones(found.size, dtype=bool)
    return _best(found, value, found.utilities, everywhere, float(game.tolerance.sum()))


def _best(
    found: Frontier,
    value: PerPoint,
    compared: Float[np.ndarray, "party point"],
    inside: Bool[np.ndarray, " point"],
    slack: float,
) -> Solution:
    """Among the points inside, the largest value; ties by leximin of what is compared, then by the order of texts."""
    most = value[inside].max()
    tied = np.flatnonzero(inside & (value >= most - slack))
    left = np.arange(len(tied))
    if len(tied) > 1:
        for levels in np.sort(compared[:, tied], axis=0):
            left = left[levels[left] >= levels[left].max() - slack]
    text, chosen = min((found.first(point), point) for point in tied[left].tolist())
    points = (chosen, *(point for point in tied.tolist() if point != chosen))
    return Solution(text, found.utilities[:, chosen], float(value[chosen]), points)

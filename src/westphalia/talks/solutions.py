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
import math
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from westphalia.talks.frontier import Frontier
from westphalia.talks.game import TIE, Game, PerParty, PerPartyText, Text

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


class Stakes(NamedTuple):
    """What the points of a frontier mean to the parties.

    Attributes:
        game: The game.
        frontier: Its frontier.
        inside: Which points leave no party below its reserve, ties with it included.
        gains: What each party gains over its reserve at each point; a tie with the reserve is a gain of zero. A party
            that takes any text counts from the sum of its smallest worths.
        most: The most that each can gain from a point inside, ``(party,)``; zeros where there is none.
        ratios: Gains as parts of the most; ones for a party that can gain nothing.
    """

    game: Game
    frontier: Frontier
    inside: Bool[np.ndarray, " point"]
    gains: Float[np.ndarray, "party point"]
    most: PerParty
    ratios: Float[np.ndarray, "party point"]


def stakes(game: Game, found: Frontier) -> Stakes:
    """What the points of a game's frontier mean to the parties."""
    tolerance = game.tolerance[:, None]
    over = found.utilities - _floor(game)[:, None]
    over[np.abs(over) <= tolerance] = 0.0
    inside = np.all(over >= 0.0, axis=0)
    most = over.max(axis=1, where=inside, initial=0.0)
    return Stakes(game, found, inside, over, most, _ratios(over, most[:, None]))


def nash(at: Stakes) -> Solution | None:
    """The largest product of gains; none without a zone. Two losses never make a gain: all must accept."""
    if not at.inside.any():
        return None
    product = at.gains[at.most > 0.0].prod(axis=0)
    slack = len(at.most) * TIE * abs(product[at.inside].max())
    return _best(at.frontier, product, at.ratios, at.inside, slack)


def kalai(at: Stakes) -> Solution | None:
    """The largest smallest gain; none without a zone."""
    if not at.inside.any():
        return None
    return _best(at.frontier, at.gains.min(axis=0), at.gains, at.inside, float(at.game.tolerance.max()))


def kalai_smorodinsky(at: Stakes) -> Solution | None:
    """The largest smallest ratio of gain to greatest gain; none without a zone."""
    if not at.inside.any():
        return None
    slack = float((at.game.tolerance / np.where(at.most > 0.0, at.most, np.inf)).max())
    return _best(at.frontier, at.ratios.min(axis=0), at.ratios, at.inside, slack)


def welfare(at: Stakes) -> Solution:
    """The largest sum of utilities, whatever the reserves."""
    utilities = at.frontier.utilities
    return _best(at.frontier, utilities.sum(axis=0), utilities, None, float(at.game.tolerance.sum()))


def maxmin(at: Stakes) -> Solution:
    """The largest smallest utility, whatever the reserves."""
    utilities = at.frontier.utilities
    return _best(at.frontier, utilities.min(axis=0), utilities, None, float(at.game.tolerance.max()))


SOLUTIONS = {
    "nash": nash,
    "kalai": kalai,
    "kalai_smorodinsky": kalai_smorodinsky,
    "welfare": welfare,
    "maxmin": maxmin,
}
"""Every criterion by its name."""


def opposition(at: Stakes) -> float | None:
    """How far the best text that all accept stays from giving each party the most it can get; none without a zone.

    Equation: min over texts of the Euclidean distance of u_i / max u_i to 1, as in GENIUS and its successors.
    """
    if not at.inside.any():
        return None
    most = at.frontier.utilities.max(axis=1)
    short = 1.0 - at.frontier.utilities[:, at.inside] / np.where(most != 0.0, most, 1.0)[:, None]
    return math.sqrt(np.square(short).sum(axis=0).min())


def distances(at: Stakes, here: PerPartyText) -> dict[str, Float[np.ndarray, " text"]]:
    """Euclidean distance, in utilities, of each text to the nearest point of each solution and of the frontier.

    Args:
        at: What the frontier means to the parties.
        here: What each party gets of each text.
    """
    where = {"frontier": tuple(range(at.frontier.size))}
    for name, solve in SOLUTIONS.items():
        solution = solve(at)
        if solution is not None:
            where[name] = solution.points
    nearest = {name: at.frontier.utilities[:, points, None] - here[:, None] for name, points in where.items()}
    return {name: np.sqrt(np.square(apart).sum(axis=0)).min(axis=0) for name, apart in nearest.items()}


def best_step(game: Game, found: Frontier, here: PerParty) -> Solution | None:
    """The best step that harms nobody from where these are the utilities; none where no text is better for somebody.

    It is Nash with the text itself as reserve. Source: Raiffa's post-settlement settlement (1985).
    """
    step = nash(stakes(dataclasses.replace(game, reserve=here), found))
    return step if step and (step.utilities > here + game.tolerance).any() else None


def _floor(game: Game) -> PerParty:
    if np.isfinite(game.reserve).all():
        return game.reserve
    parts = [*game.worth, *game.interactions.values()]
    least = sum(part.reshape(len(game.parties), -1).min(axis=1) for part in parts)
    return np.where(np.isfinite(game.reserve), game.reserve, least)


def _ratios(
    gains: Float[np.ndarray, "party point"], most: Float[np.ndarray, "party 1"]
) -> Float[np.ndarray, "party point"]:
    return np.divide(gains, most, out=np.ones_like(gains), where=most > 0.0)


def _best(
    found: Frontier,
    value: PerPoint,
    compared: Float[np.ndarray, "party point"],
    inside: Bool[np.ndarray, " point"] | None,
    slack: float,
) -> Solution:
    """Among the points inside, the largest value; ties by leximin of what is compared, then by the order of texts."""
    allowed = value if inside is None else np.where(inside, value, -np.inf)
    tied = (allowed >= allowed.max() - slack).nonzero()[0].tolist()
    chosen = tied[0] if len(tied) == 1 else min(_leximin(compared, tied, slack), key=found.first)
    points = (chosen, *(point for point in tied if point != chosen))
    return Solution(found.first(chosen), found.utilities[:, chosen], float(value[chosen]), points)


def _leximin(compared: Float[np.ndarray, "party point"], tied: list[int], slack: float) -> list[int]:
    """Those of the tied points whose smallest level is the largest, then the next smallest, and so on."""
    left = np.arange(len(tied))
    for levels in np.sort(compared[:, tied], axis=0):
        left = left[levels[left] >= levels[left].max() - slack]
    return [tied[i] for i in left.tolist()]

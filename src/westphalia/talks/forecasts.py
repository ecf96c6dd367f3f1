"""What each rule says would be decided on one scale, given positions, salience and sizes.

Equation:
    loss of actor i at x: s_i |x - x_i|;   gain over no decision: s_i (d_i - |x - x_i|)
    d_i = |reference - x_i|, or the largest possible distance: no decision is everybody's worst
    Nash: max sum_i p_i log gain_i, power p_i = 1, salience or size times salience
Units:
    positions 0 to 100; salience 0 to 100; sizes in any unit.
Source:
    [Nash1950] with Achen's remark (2006) that a bad disagreement makes it a weighted mean; Kalai (1977); Kalai and
    Smorodinsky (1975); median voter: Black (1948); agenda setter against a reference point: Romer and Rosenthal (1978).
Holds when / fails when:
    One scale at a time: nothing is exchanged between issues. Loss is a distance.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from westphalia.talks.frontier import frontier
from westphalia.talks.game import Game
from westphalia.talks.importers.deu import Decision
from westphalia.talks.solutions import SOLUTIONS, stakes

SCALE = np.arange(101.0)
"""Outcomes that are considered."""

PROPOSER = "com"
"""The actor that sets the agenda."""

Rule = Callable[[Decision], float]


def weighted_mean(decision: Decision, *, size: float = 0.0, salience: float = 0.0) -> float:
    """Mean of positions, weighted by powers of size and salience."""
    return float(np.average(decision.position, weights=decision.size**size * decision.salience**salience))


def constant(_decision: Decision) -> float:
    """The middle of the scale, whatever the positions."""
    return 50.0


def median_voter(decision: Decision) -> float:
    """The position with half of all size on either side."""
    order = np.argsort(decision.position, kind="stable")
    below = np.cumsum(decision.size[order])
    return float(decision.position[order][np.searchsorted(below, 0.5 * below[-1])])


def agenda_setter(decision: Decision, *, quota: float) -> float:
    """The point nearest to the proposer that actors with the quota of size like no less than the reference point.

    All must agree where the decision says so. The proposer has no vote. Without a reference point, or without a
    proposer, it is the median voter.
    """
    if PROPOSER not in decision.actors or np.isnan(decision.reference):
        return median_voter(decision)
    votes = np.array(decision.actors) != PROPOSER
    position, size = decision.position[votes], decision.size[votes]
    agrees = np.abs(SCALE[:, None] - position) <= np.abs(decision.reference - position) + 1e-9
    needed = 1.0 if decision.needs_all else quota
    passes = agrees @ size >= needed * size.sum() - 1e-9
    passes[int(round(decision.reference))] = True
    wish = decision.position[~votes][0]
    return float(SCALE[passes][np.abs(SCALE[passes] - wish).argmin()])


def bargained(decision: Decision, *, solution: str, from_reference: bool) -> float:
    """A solution of the game with one issue: Nash, Kalai, Kalai-Smorodinsky, welfare or max-min.

    Where no outcome leaves everybody above the reference point, that point stays.
    """
    game = as_game(decision, from_reference=from_reference)
    found = SOLUTIONS[solution](stakes(game, frontier(game)))
    return decision.reference if found is None else float(SCALE[found.text[0]])


def nash_with_power(decision: Decision, *, size: float, salience: float) -> float:
    """Nash with powers of size and salience as bargaining power; no decision is everybody's worst."""
    loss = np.abs(SCALE - decision.position[:, None])
    power = decision.size**size * decision.salience**salience
    with np.errstate(divide="ignore"):
        gained = np.log(loss.max(axis=1, keepdims=True) - loss)
    return float(SCALE[(power[power > 0.0] @ gained[power > 0.0]).argmax()])


def as_game(decision: Decision, *, from_reference: bool) -> Game:
    """The decision as a term sheet of one issue, among those to whom it matters.

    Without a known reference point no decision is everybody's worst.
    """
    cares = decision.salience > 0.0
    position, salience = decision.position[cares], decision.salience[cares] / 100.0
    loss = np.abs(SCALE - position[:, None])
    is_known = from_reference and not np.isnan(decision.reference)
    stays = np.abs(decision.reference - position) if is_known else loss.max(axis=1)
    parties = tuple(actor for actor, matters in zip(decision.actors, cares, strict=True) if matters)
    options = tuple(f"{place:g}" for place in SCALE)
    return Game(parties, {decision.issue: options}, (-salience[:, None] * loss,), -salience * stays)


RULES: dict[str, Rule] = {
    "plain mean": weighted_mean,
    "size-weighted mean": partial(weighted_mean, size=1.0),
    "salience-weighted mean": partial(weighted_mean, salience=1.0),
    "size x salience mean": partial(weighted_mean, size=1.0, salience=1.0),
    "constant 50": constant,
    "median voter by size": median_voter,
    "Nash": partial(nash_with_power, size=0.0, salience=0.0),
    "Nash, salience as power": partial(nash_with_power, size=0.0, salience=1.0),
    "Nash, size x salience as power": partial(nash_with_power, size=1.0, salience=1.0),
    "Nash from the reference point": partial(bargained, solution="nash", from_reference=True),
    "Kalai": partial(bargained, solution="kalai", from_reference=False),
    "Kalai-Smorodinsky": partial(bargained, solution="kalai_smorodinsky", from_reference=False),
    "welfare": partial(bargained, solution="welfare", from_reference=False),
    "max-min": partial(bargained, solution="maxmin", from_reference=False),
}
"""Rules without a parameter, by name."""

FAMILIES: dict[str, dict[str, Rule]] = {
    "agenda setter, quota chosen on others": {
        f"{quota:.2f}": partial(agenda_setter, quota=quota) for quota in (0.5, 0.62, 0.65, 0.71, 0.74, 0.8, 0.9)
    },
    "mean, powers chosen on others": {
        f"size^{size:g} salience^{salience:g}": partial(weighted_mean, size=size, salience=salience)
        for size in (0.0, 0.25, 0.5, 1.0)
        for salience in (0.0, 0.5, 1.0, 2.0)
    },
}
"""Rules with a parameter: each decision's value is chosen on the decisions of all other proposals."""

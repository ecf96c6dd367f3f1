"""What a run is worth to each side: a vector, its scales, and an ensemble of weights. No one weight vector is right.

Equation:
    D_t = product over weeks up to t of (1 - chance of a break);   D = mean of D_t over the coming two years
    signed      terms = D u + (1 - D) V_later        u: utility of the text, rightly read
    ceasefire   terms = V_later + D cost             while it holds the war costs nothing, and nothing is settled
    war, quiet  terms = V                            victory, defeat: what the scenario's stakes say
    V is the worth of fighting on at the end of the run, by the mean of the two sides' beliefs, free of optimism;
    V_later the same after the shift of power that a truce brings.
    payoff = sum over k of w_k (c_k - worst_k)/(best_k - worst_k),   w ~ Dirichlet(1, ..., 1), a draw a side and case
    worst_k, best_k: the 5 and 95 % of component k over all cells, cases and both sides of the first table.
Units:
    terms in utility, 0 to 1; dead per 1000 inhabitants of the start; economy and office as shares; threat a
    probability; land in thousand km2; war in weeks. A payoff of 1 is all components at their best.
Source:
    Swing weights and ensembles of weights are common in decision analysis. Components, the two years (1 to 10), the
    even Dirichlet (concentration 0.3 to 3) and the ends of the scales (1 to 10 %) are assumptions of this project.
Errors:
    none of its own: a function of the end of a run.
Fails when:
    a component is worth more than in proportion to its amount. That a war spreads to others is not in the model; what
    the backers spend is told and has no weight. The security that no term can give counts as threat, not in terms.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from westphalia.laws.numerics import other, over_fronts, sum_rows
from westphalia.model.land import as_the_line_lies
from westphalia.model.noise import uniform
from westphalia.model.outlook import expected_shift, outlook
from westphalia.model.picture import Picture, held, own_direction, take
from westphalia.model.state import State
from westphalia.model.table import Table, TruceState, picked
from westphalia.model.world import World

AHEAD = 104
"""Weeks over which what holds at the end is expected to hold."""

TAIL = 5.0
"""Percent beyond either end of a component's scale."""


class Component(NamedTuple):
    """A part of a payoff: what it is, its unit, and +1 where more of it is better, -1 where less is."""

    title: str
    unit: str
    sign: float


COMPONENTS = {
    "terms": Component("worth of how it stands at the end", "utility", 1.0),
    "dead": Component("own dead", "per 1000 inhabitants", -1.0),
    "economy": Component("loss of the war economy", "share", -1.0),
    "office": Component("leadership still in office", "share", 1.0),
    "threat": Component("belief that the other is hostile", "probability", -1.0),
    "land": Component("land gained less land lost", "thousand km2", 1.0),
    "war": Component("war fought", "week", -1.0),
}
"""The vector, in its order."""

AID = "aid"
"""Beside the vector: what each side's backers have delivered, in the scenario's money; no side's payoff counts it."""


def vector(world: World, before: State, after: State, last: int) -> np.ndarray:
    """The components, and what the backers delivered as a last row: (component, side, run).

    Args:
        world: The world, in NumPy.
        before: The state at the start.
        after: The state at the end.
        last: Number of the last week.
    """
    gained = over_fronts(held(world.ground, after.advance.position)[0]) - over_fronts(
        held(world.ground, before.advance.position)[0]
    )
    truce = _truce(after)
    rows = [
        _terms(world, after, last),
        1000.0 * (after.manpower.dead - before.manpower.dead) / world.sides.population,
        before.materiel.economy - after.materiel.economy,
        1.0 * (after.survival.changes < 0.5),
        _hostility(after),
        1e-3 * (gained - other(gained)),
        np.stack([truce.fought, truce.fought]),
        over_fronts(world.backers.backs * after.aid.delivered),
    ]
    runs = after.outcome.code.shape[-1]
    return np.stack([np.broadcast_to(np.asarray(row, float), (2, runs)) for row in rows])


def _truce(state: State) -> TruceState:
    assert state.truce is not None, "payoffs need talks"
    return state.truce


def _hostility(state: State) -> np.ndarray:
    assert state.talks is not None, "payoffs need talks"
    return state.talks.hostility


def _terms(world: World, state: State, last: int) -> np.ndarray:
    table, truce, code = world.table, _truce(state), state.outcome.code
    assert table is not None, "payoffs need a table"
    picture = take(world, state, world.calendar.at(last))
    expected = outlook(world, table, _of_one_mind(state), picture)
    lasting = durability(table, state, picture)
    later = expected.value_later
    by_text = np.where(
        truce.kind > 1.5, lasting * _signed(world, table, state) + (1.0 - lasting) * later, expected.value
    )
    standing = np.where((truce.kind > 0.5) & (truce.kind < 1.5), later + lasting * expected.cost, by_text)
    return _after_arms(table, code, standing)


def _after_arms(table: Table, code: np.ndarray, standing: np.ndarray) -> np.ndarray:
    """What the stakes say where arms have decided; where both armies fell at once, the middle of the two."""
    win, lose = table.stakes.win, table.stakes.lose
    won = np.stack([code == 1, code == 2])
    decided = np.where(won, win, np.where(code == 3, 0.5 * (win + lose), lose))
    return np.where((code >= 1) & (code <= 3), decided, standing)


def _of_one_mind(state: State) -> State:
    """The state with the mean of the two beliefs in both heads."""
    talks = state.talks
    assert talks is not None, "payoffs need talks"
    drift = 0.5 * (talks.mean[0] - talks.mean[1])
    spread = 0.5 * (talks.variance[0] + talks.variance[1])
    shared = dataclasses.replace(talks, mean=own_direction(drift), variance=np.stack([spread, spread]))
    return dataclasses.replace(state, talks=shared)


def _signed(world: World, table: Table, state: State) -> np.ndarray:
    """Utility to each side of the text that was put last, which is the signed one where one is in force."""
    assert state.talks is not None, "payoffs need talks"
    worth = as_the_line_lies(world, table, state.advance.position).texts.worth
    return picked(worth[:, :2], state.talks.since.argmin(axis=0))


def durability(table: Table, state: State, picture: Picture) -> np.ndarray:
    """Expected share of the coming two years in which what holds at the end still holds, by run."""
    truce, law = _truce(state), table.laws.durability
    shift = np.abs(expected_shift(table, state, picture)[0])
    changed = 1.0 * (sum_rows(state.survival.changes) > truce.changes)
    signed = 1.0 * (truce.kind > 1.5)
    excitement, alive, total = truce.excitement, np.ones_like(truce.weeks), np.zeros_like(truce.weeks)
    for week in range(AHEAD):
        age = truce.weeks + week
        alive = alive * (1.0 - law.break_chance(age, signed, truce.gap, shift, truce.peace, changed, excitement))
        excitement = law.next_excitement(excitement, law.incident_rate(age, excitement))
        total = total + alive
    return total / AHEAD


class Ensemble(NamedTuple):
    """Scales of the components, and weights by case and side.

    Attributes:
        worst: Of each component, the value that counts as 0.
        best: The value that counts as 1.
    """

    worst: np.ndarray
    best: np.ndarray

    def payoffs(self, vectors: np.ndarray, weights: np.ndarray) -> np.ndarray:
        """Scalar payoffs (side, cell, case) of vectors (component, side, cell, case), weights (component, side, case).

        A component that never moves has no say.
        """
        span = self.best - self.worst
        step = np.divide(1.0, span, out=np.zeros_like(span), where=span != 0.0)
        shares = (vectors[: len(COMPONENTS)] - self.worst[:, None, None, None]) * step[:, None, None, None]
        return (weights[:, :, None, :] * shares).sum(axis=0)


def scaled_by(vectors: np.ndarray) -> Ensemble:
    """Scales from the table of the named doctrines: (component, side, cell, case)."""
    flat = vectors[: len(COMPONENTS)].reshape(len(COMPONENTS), -1)
    low, high = np.percentile(flat, [TAIL, 100.0 - TAIL], axis=1)
    rising = np.array([of.sign for of in COMPONENTS.values()]) > 0.0
    return Ensemble(np.where(rising, low, high), np.where(rising, high, low))


def dirichlet(seed: int, sides: Sequence[str], cases: np.ndarray) -> np.ndarray:
    """Weights (component, side, case), each draw even over all that add up to one."""
    drawn = np.stack(
        [[uniform(seed, f"doctrines.weights.{side}.{key}", cases) for side in sides] for key in COMPONENTS]
    )
    spacings: Any = -np.log(drawn)
    return spacings / spacings.sum(axis=0)

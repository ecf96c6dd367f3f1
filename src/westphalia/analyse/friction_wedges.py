"""How much zone each friction takes, and all frictions weakened until they take the same.

Equation:
    wedge_f = best gain of the worst-off without any friction, less that with f alone, over the texts considered
    weakened: off + factor (on - off) for every number that a switch sets; a rate is weakened, not its time; the yes of
    a player is needed in that share of the draws in which it was
    factor: the one at which the median wedge is the common one, by halving
Units:
    utility at the start; factors from 0 to 1.
Source:
    this project's. Weakening stays between "off" and what the scenario assumes: the common wedge is therefore the
    smallest of those that take some zone.
Holds when / fails when:
    a wedge counts texts as they are sent, rightly read, so garbled messages have none by definition; red lines have
    none where the best text crosses none. Such a friction stays at full strength, and is said to be out of reach.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any, NamedTuple

import jax
import numpy as np

from westphalia.analyse.interventions import Start, replaced
from westphalia.analyse.switches import FRICTIONS, LAWS, TABLE, table_of, without
from westphalia.model.answers import limits, surplus, worth_of_signature
from westphalia.model.ballots import worst_off
from westphalia.model.noise import uniform
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.round import BARRED
from westphalia.simulate.study_summary import quantiles

LEAST = 0.01
"""A median wedge below this is none, in utility."""
HALVINGS = 12
SCALE = f"{LAWS}.durability.agreement_scale"


class Equal(NamedTuple):
    """Frictions of one median wedge.

    Attributes:
        common: The wedge, 0 where no friction has one.
        factors: Strength of each friction, 1 as the scenario has it.
        reached: Median wedge of each at that strength.
    """

    common: float
    factors: dict[str, float]
    reached: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """For the object of the command."""
        rows = {
            key: {"factor": self.factors[key], "wedge": self.reached[key], "is_reached": is_near(self, key)}
            for key in self.factors
        }
        return {"wedge": self.common, "frictions": rows}


def is_near(found: Equal, key: str) -> bool:
    """Whether a friction has come to the common wedge, within half of the least that counts."""
    return found.common > 0.0 and abs(found.reached[key] - found.common) <= 0.5 * LEAST


def wedges(start: Start) -> dict[str, dict[str, float | None]]:
    """Fall of the best attainable gain of the worst-off when one friction joins a start without any.

    Over the texts that are considered, rightly read, at the start; by friction the 5, 50 and 95 % of its draws.
    """
    return {name: quantiles(fall) for name, fall in _falls(start).items()}


def equalised(start: Start, *, seed: int) -> Equal:
    """The strengths at which frictions that take some zone have the same median wedge.

    Args:
        start: The start with all frictions.
        seed: Seed of the draws in which a player's yes is needed no longer.
    """
    median = {name: float(np.median(fall)) for name, fall in _falls(start).items()}
    common = min((wedge for wedge in median.values() if wedge >= LEAST), default=0.0)
    factors, reached = dict.fromkeys(median, 1.0), dict(median)
    for name, wedge in median.items():
        if wedge > common > 0.0:
            factors[name] = _factor(lambda factor, of=name: _median(weakened(start, {of: factor}, seed), of), common)
            reached[name] = _median(weakened(start, {name: factors[name]}, seed), name)
    return Equal(common, factors, reached)


def weakened(start: Start, factors: Mapping[str, float], seed: int, case: int = 0) -> Start:
    """The start with every friction at its strength, 1 as it is and 0 off; ``case`` is that of its first draw."""
    for name, factor in factors.items():
        if factor < 1.0:
            start = _between(start, FRICTIONS[name].off(start), factor, seed, case)
    return start


def _falls(start: Start) -> dict[str, np.ndarray]:
    everything = frozenset(FRICTIONS)
    clear = _best(without(start, everything))
    return {name: clear - _best(without(start, everything - {name})) for name in FRICTIONS}


def _median(start: Start, name: str) -> float:
    everything = frozenset(FRICTIONS)
    return float(np.median(_best(without(start, everything)) - _best(without(start, everything - {name}))))


def _factor(wedge_at: Callable[[float], float], common: float) -> float:
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if wedge_at(middle) < common else (low, middle)
    return 0.5 * (low + high)


def _between(on: Start, off: Start, factor: float, seed: int, case: int) -> Start:
    """The start at a share of the way from one to the other, by the rules of the module."""

    def mixed(there: Any, here: Any) -> Any:  # noqa: ANN401
        there, here = np.asarray(there), np.asarray(here)
        return here if np.array_equal(there, here) else there + factor * (here - there)

    world, state = jax.tree.map(mixed, off.world, on.world), jax.tree.map(mixed, off.state, on.state)
    rate = factor / _at(on, SCALE) + (1.0 - factor) / _at(off, SCALE)
    start = replaced(Start(world, state), SCALE, lambda _: 1.0 / rate)
    here, there = table_of(on), table_of(off)
    players, runs = here.needed.shape
    cases = case + np.arange(runs)
    kept = np.stack([uniform(seed, f"frictions.needed.{n}", cases) < factor for n in range(players)])
    return replaced(start, f"{TABLE}.needed", lambda _: np.where(kept, here.needed, there.needed))


def _at(start: Start, path: str) -> np.ndarray:
    return np.asarray(reduce(getattr, path.split("."), start))


def _best(start: Start) -> np.ndarray:
    """The largest gain of the worst-off whose yes is needed, over the texts, by run."""
    world, state, table = start.world, start.state, table_of(start)
    expected = outlook(world, table, state, take(world, state, world.calendar.at(0)))
    limit = limits(world, table, state, expected)
    best = np.array(-np.inf)
    for text in range(len(table.texts.worth)):
        signature = worth_of_signature(table, state, expected, table.texts.worth[text], table.texts.guarantee[text])
        gain = surplus(table, state, signature, limit)
        worst = worst_off(table.seating, np.where(table.needed > 0.0, gain, np.inf))
        best = np.maximum(best, worst - BARRED * table.texts.barred[text])
    return best

"""What the facts of talks change and read off an arm: settlements, limits, beliefs, texts carried to the parties."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np

from westphalia.analyse.interventions import Start, replaced
from westphalia.analyse.readings import History
from westphalia.kinds import SIDES
from westphalia.model.answers import limits
from westphalia.model.channel import hear, turn
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.state import TruceState
from westphalia.model.table import Table

CARRYING = 20
"""Seed of the draws by which texts are carried, the same in both arms."""
ROUNDS = 2
"""Times that each text is carried."""
HALVINGS = 40


@dataclasses.dataclass(frozen=True)
class Fill:
    """Sets all entries of an array, for both sides alike; see ``Change``."""

    path: str
    value: float

    def __call__(self, start: Start, side: int) -> Start:
        """See ``Change``; the same for either side."""
        return replaced(start, self.path, lambda array: np.full_like(array, self.value))


@dataclasses.dataclass(frozen=True)
class Fiercer:
    """Multiplies both sides' posture over some weeks; see ``Change``."""

    factor: float
    first: int
    last: int

    def __call__(self, start: Start, side: int) -> Start:
        """See ``Change``; the same for either side."""

        def rise(posture: np.ndarray) -> np.ndarray:
            posture[self.first : self.last] = np.clip(self.factor * posture[self.first : self.last], 0.0, 1.0)
            return posture

        return replaced(start, "world.calendar.posture", rise)


def weeks_to_signature(history: History, side: int) -> np.ndarray:
    """Week of the first signature; one week after the end if never."""
    signed = np.asarray(_truce(history).signed, float)
    return np.where(signed < 0.0, float(len(history.record)), signed)


def is_signed(history: History, side: int) -> np.ndarray:
    """1 where a settlement has been signed."""
    return 1.0 * (np.asarray(_truce(history).signed) >= 0.0)


def weeks_to_break(history: History, side: int) -> np.ndarray:
    """Week in which the first settlement broke; one week after the end if never."""
    broken = np.asarray(_truce(history).broken, float)
    return np.where(broken < 0.0, float(len(history.record)), broken)


def weeks_fought(history: History, side: int) -> np.ndarray:
    """Weeks of fighting."""
    return np.asarray(_truce(history).fought, float)


def gap_at_signature(history: History, side: int) -> np.ndarray:
    """Distance between the capitals' readings of the first text signed; not a number where none was."""
    gap = np.asarray(_truce(history).signed_gap, float)
    return np.where(gap < 0.0, np.nan, gap)


def belief_gap(history: History, side: int) -> np.ndarray:
    """Sum of the sides' believed chances of victory above 1, the mean over the weeks."""
    return (history.of("chance", 0) + history.of("chance", 1) - 1.0)[1:].mean(axis=0)


def terms_needed(history: History, side: int) -> np.ndarray:
    """Utility of the terms at which the leadership would as soon sign as fight on, at the end."""
    world, state, table = history.world, history.state, _table(history)
    week = len(history.record) - 2
    expected = outlook(world, table, state, take(world, state, world.calendar.at(week)))
    wanted = np.asarray(limits(world, table, state, expected))[:SIDES]
    low, high = np.full_like(wanted, -2.0), np.full_like(wanted, 3.0)
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        short = np.asarray(table.laws.fate.worth(middle, state.survival.culpability)) < wanted
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return low[side]


def texts_alike(history: History, side: int) -> np.ndarray:
    """Share of the texts that all parties read alike, all issues counted."""
    return _carried(history, lambda heard: 1.0 * (heard.read == heard.read[:1]).all(axis=(0, 1)))


def text_gap(history: History, side: int) -> np.ndarray:
    """Mean distance between the capitals' readings of the texts."""
    return _carried(history, lambda heard: heard.gap)


def _carried(history: History, measure: Callable[[Any], np.ndarray]) -> np.ndarray:
    """Mean of a measure over the texts that a run considers, each carried as a mediator would have it carried."""
    world, table = history.world, _table(history)
    runs = history.record.shape[-1]
    keys = run_keys(CARRYING, np.arange(runs))
    texts = np.broadcast_to(table.texts.option, (*table.texts.option.shape[:-1], runs))
    rows = []
    for number in range(ROUNDS * len(texts)):
        draws = weekly_draws(keys, np.uint32(number), world.identity, np.float32)
        rows.append(measure(hear(table, texts[number % len(texts)], turn(table, number), draws, _repeat)))
    return np.mean(rows, axis=0)


def _repeat(times: Any, step: Callable[[Any], Any], carry: Any) -> Any:  # noqa: ANN401
    for _ in range(int(times)):
        carry = step(carry)
    return carry


def _truce(history: History) -> TruceState:
    truce = history.state.truce
    assert truce is not None, "who talks has a state of truce"
    return truce


def _table(history: History) -> Table:
    table = history.world.table
    assert table is not None, "who talks has a table"
    return table

"""One run of a study again, week by week, from its number alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from westphalia.model.state import State
from westphalia.model.world import World
from westphalia.scenario.schema import Scenario
from westphalia.simulate.run import Engine
from westphalia.simulate.series import names, read
from westphalia.simulate.trace import Round, rounds


class Replay(NamedTuple):
    """One run as it went; the leading axis of every array is the week, the start first, unless said otherwise."""

    days: list[dt.date]
    series: dict[str, np.ndarray]
    """Recorded series by name."""
    counter: np.ndarray
    """Whether a counter-offensive is under way, 0 to 1: (week, side, front)."""
    withdrawal: np.ndarray
    """Speed at which ground is left, km a week: (week, side, front)."""
    wave: np.ndarray
    """Strength of the mobilisation wave, 0 to 1: (week, side)."""
    changes: np.ndarray
    """Changes of leadership so far: (week, side)."""
    outcome: np.ndarray
    """Outcome so far, an index of ``OUTCOMES``."""
    first: np.ndarray
    """Week in which each event of ``EVENTS`` first happened, -1 for never: (event, side)."""
    rounds: list[Round] = []  # noqa: RUF012  (a named tuple's field)
    """Rounds of talks."""


def replay(engine: Engine, run: int) -> Replay:
    """A run of the engine's last arm, its messages among it."""
    states = list(engine.states(run))
    told = gather(engine.scenario, states)
    return told._replace(rounds=rounds(engine, run, states))


def gather(scenario: Scenario, states: Iterable[tuple[World, State]]) -> Replay:
    """What worlds and states tell of their first run, the start first."""
    series, looked, state = [], [], None
    for world, state in states:
        series.append([np.ravel(row)[0] for row in read(world, state)])
        shown = (state.advance.counter, state.advance.withdrawal, state.manpower.wave, state.survival.changes)
        looked.append([np.asarray(array)[..., 0] for array in (*shown, state.outcome.code)])
    if state is None:
        raise ValueError("a replay needs a start")
    rows = np.array(series, float).T
    days = [scenario.start + dt.timedelta(days=scenario.clock.days * week) for week in range(len(looked))]
    return Replay(
        days,
        {row.name: values for row, values in zip(names(scenario), rows, strict=True)},
        *(np.stack(column) for column in zip(*looked, strict=True)),
        first=np.asarray(state.outcome.first)[..., 0],
    )

"""Plays many changed starts of one scenario on the same draws: several in one block, blocks on all cores.

Definition:
    a *draw* is a set of assumptions, a *repeat* another course of chance from the same draw; repeat 0 of a draw is the
    run of that number in a study. Changes of the start touch the table and the state of talks alone, so cells that
    share all the rest stand side by side in one block of the compiled loop.
Units:
    weeks and thousand people; a signature, its holding and an end by arms are 0 or 1 a run.
Errors:
    cells that play the same draws have the same noise, so differences between them are paired.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import numpy as np

from westphalia.analyse.interventions import Start
from westphalia.assemble import Assembly
from westphalia.model.noise import run_keys
from westphalia.model.state import State
from westphalia.model.world import World
from westphalia.simulate.blocks import in_blocks
from westphalia.simulate.run import simulate

YEAR, HOLDS = 52, 104
"""Weeks within which a signature counts, and for which it must hold."""
WEEKS = YEAR + HOLDS

MEASURES = {
    "signed": "signed within a year",
    "holding": "signed within a year and holding two years later",
    "fought": "weeks of war in three years",
    "dead": "soldiers killed in three years, both sides",
    "arms": "decided by arms within three years",
}
"""Measures of a cell; ends by arms are a competing risk and are never mixed in."""

UNITS = {"fought": "weeks", "dead": "thousand persons"}
"""Units of the measures that are no shares of runs."""

YEARS = {"a year": YEAR, "two years": HOLDS, "three years": WEEKS}


def told_in(days: int) -> tuple[dict[str, str], dict[str, str]]:
    """The measures in words and their units, where a step, which the model calls a week, has so many days."""
    if days == 7:
        return MEASURES, UNITS
    step = "days" if days == 1 else f"steps of {days} days"
    titles = {}
    for measure, title in MEASURES.items():
        for years, steps in YEARS.items():
            title = title.replace(years, f"{steps} {step}")
        titles[measure] = title.replace("weeks", step.split()[0])
    return titles, UNITS | {"fought": step.split()[0]}


BETTER = {"signed": 1.0, "holding": 1.0, "fought": -1.0, "dead": -1.0, "arms": -1.0}
"""1 where more of the measure is more peace, -1 where it is less; the weight of a friction is what it takes of that."""

REPEAT = 1 << 32
"""Stride from the number of a run to that of its next repeat."""

Found = dict[str, np.ndarray]
"""By name one value a repeat and draw: (repeat, draw)."""

Watch = Callable[[int, int], None]
"""Told how many blocks of runs are done, of how many."""


class Cell(NamedTuple):
    """A changed start, and who plays it.

    Attributes:
        change: From the common start, with the draws of the cell alone, to that of the cell.
        draws: So many draws of the start.
        repeats: Numbers of the repeats.
        first: Place of its first draw in the start.
    """

    change: Callable[[Start], Start]
    draws: int
    repeats: range = range(1)
    first: int = 0

    @property
    def size(self) -> int:
        """Runs of the cell."""
        return self.draws * len(self.repeats)


def widened(start: Start) -> Start:
    """The same start with a run axis for every number of the table."""
    held = start.world.table
    assert held is not None, "cells need a table"
    runs = held.texts.worth.shape[-1]
    wide = jax.tree.map(lambda array: np.broadcast_to(array, (*np.shape(array)[:-1], runs)), held)
    return start._replace(world=dataclasses.replace(start.world, table=wide))


def play_cells(
    start: Start,
    cells: Sequence[Cell],
    *,
    seed: int,
    substeps: int,
    case: int = 0,
    watch: Callable[[], None] | None = None,
) -> list[Found]:
    """The measures of every run of every cell, cells in the order given; see ``after``."""
    return after(start, cells, seed=seed, substeps=substeps, weeks=WEEKS, read=_measured, case=case, watch=watch)


def after(
    start: Start,
    cells: Sequence[Cell],
    *,
    seed: int,
    substeps: int,
    weeks: int,
    read: Callable[[State, State], Found],
    case: int = 0,
    watch: Callable[[], None] | None = None,
) -> list[Found]:
    """What is read of every cell after some weeks, cells in the order given.

    Args:
        start: From ``widened``.
        cells: What is played.
        seed: Seed of the noise.
        substeps: Sub-steps of combat a week.
        weeks: So many, ``WEEKS`` at most.
        read: From the state of a block at the start and at the end to one value a run by name.
        case: Number of the case of the start's first draw.
        watch: Called after each block.
    """
    spans = {(cell.first, cell.draws) for cell in cells}
    of_draws = {(first, draws): _drawn(start, first + np.arange(draws)) for first, draws in spans}

    def played(runs: np.ndarray) -> Found:
        world, state, keys = _block(of_draws, cells, runs, seed, case)
        span = (Assembly(world, state, {}), (0, weeks))
        end, _ = simulate([span], keys, substeps=substeps, every=WEEKS)
        return {name: np.asarray(row) for name, row in read(state, end).items()}

    rows: list[Found] = []
    for row in in_blocks(np.arange(sum(cell.size for cell in cells)), played):
        rows.append(row)
        if watch:
            watch()
    joined = {name: np.concatenate([row[name] for row in rows]) for name in rows[0]}
    ends = np.cumsum([cell.size for cell in cells])
    return [
        {name: row[end - cell.size : end].reshape(-1, cell.draws) for name, row in joined.items()}
        for cell, end in zip(cells, ends, strict=True)
    ]


def _block(
    of_draws: dict[tuple[int, int], Start], cells: Sequence[Cell], runs: np.ndarray, seed: int, case: int
) -> tuple[World, State, np.ndarray]:
    """World, state and keys of a block; the runs of all cells are numbered through, cell after cell."""
    ends = np.cumsum([cell.size for cell in cells])
    owner = np.searchsorted(ends, runs, side="right")
    keys, starts = [], []
    for number in np.unique(owner):
        cell = cells[number]
        repeat, draw = np.divmod(runs[owner == number] - (ends[number] - cell.size), cell.draws)
        keys.append(run_keys(seed, case + cell.first + draw + REPEAT * np.asarray(cell.repeats)[repeat]))
        starts.append(_drawn(cell.change(of_draws[cell.first, cell.draws]), draw))
    worlds, states = _joined([start.world for start in starts]), _joined([start.state for start in starts])
    return worlds, states, np.concatenate(keys, axis=1)


def _drawn(start: Start, draw: np.ndarray) -> Start:
    """The start of these draws; what all draws share stays as it is."""

    def taken(array: Any) -> Any:  # noqa: ANN401
        array = np.asarray(array)
        return array if array.shape[-1] == 1 else array[..., draw]

    return Start(jax.tree.map(taken, start.world), jax.tree.map(taken, start.state))


def _joined(parts: list[Any]) -> Any:  # noqa: ANN401
    """Records side by side along the run axis; arrays that all share are those of the first."""

    def one(*arrays: Any) -> Any:  # noqa: ANN401
        return arrays[0] if arrays[0].shape[-1] == 1 else np.concatenate(arrays, axis=-1)

    return parts[0] if len(parts) == 1 else jax.tree.map(one, *parts)


def _measured(start: State, end: State) -> Found:
    truce = end.truce
    assert truce is not None, "who talks has a state of truce"
    signed, broken, fought = (np.asarray(row) for row in (truce.signed, truce.broken, truce.fought))
    in_time = (signed >= 0) & (signed <= YEAR)
    code = np.asarray(end.outcome.code)
    dead = np.asarray(end.manpower.dead) - np.asarray(start.manpower.dead)
    return {
        "signed": 1.0 * in_time,
        "holding": 1.0 * (in_time & ((broken < 0) | (broken - signed > HOLDS))),
        "fought": fought.astype(float),
        "dead": dead.sum(axis=0).astype(float),
        "arms": 1.0 * ((code >= 1) & (code <= 3)),
    }

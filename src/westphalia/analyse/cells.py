"""Cells of an empirical game: pairs of doctrines, each fought over the same cases and the same noise.

Definition:
    A case is a draw of the scenario's assumptions; it is fought a few times with different noise, and its payoff is the
    mean of these. Case and noise are the same in every cell (common random numbers), so that cells differ by what is
    done in them alone. Doctrines hold from the first week on; the state that they begin in is the scenario's.
Units:
    as the vector of ``payoffs``.
Errors:
    none of its own; differences between cells are to be taken case by case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import jax
import numpy as np

from westphalia.analyse.backing import backed, factors, readiness
from westphalia.analyse.doctrine_space import ENTRIES, Doctrine
from westphalia.analyse.interventions import Start, replaced
from westphalia.analyse.payoffs import AID, COMPONENTS, vector
from westphalia.assemble import Assembly
from westphalia.model.noise import run_keys
from westphalia.scenario.schema import Scenario
from westphalia.simulate.blocks import in_blocks
from westphalia.simulate.kernel import BLOCK
from westphalia.simulate.run import simulate

WEEKS = 156
"""Horizon of every run."""

ROWS = (*COMPONENTS, AID)
"""What is kept of a run and side."""

Tell = Callable[[int, int], None]

Backing = tuple[str | None, str | None]
AS_PLANNED: Backing = (None, None)


class Cell(NamedTuple):
    """What both sides do, and what the backers of each do; ``None`` is what the scenario says."""

    first: Doctrine
    second: Doctrine
    backing: Backing = AS_PLANNED


class Field:
    """Cases of a scenario on which cells are fought."""

    def __init__(self, scenario: Scenario, start: Start, *, seed: int, cases: np.ndarray, tell: Tell) -> None:
        """Cells over these cases.

        Args:
            scenario: A scenario with talks.
            start: World and state of these cases, for ``WEEKS`` weeks.
            seed: Seed of the noise.
            cases: Numbers of the cases, two or more.
            tell: Told how many more runs are done, and how many more are planned.
        """
        self.cases = cases
        self._scenario, self._start, self._seed, self._tell = scenario, start, seed, tell

    def fight(self, cells: Sequence[Cell], repeats: int) -> np.ndarray:
        """Each row of ``ROWS``: (row, side, cell, case, repeat)."""
        total = len(cells) * len(self.cases) * repeats
        values = _values(cells)

        def block(numbers: np.ndarray) -> np.ndarray:
            cell, run = np.divmod(numbers, len(self.cases) * repeats)
            return self._block(cells, values, cell, run, repeats)

        self._tell(0, total)
        found = []
        for piece in in_blocks(np.arange(total), block):
            self._tell(min(BLOCK, total - BLOCK * len(found)), 0)
            found.append(piece)
        found = np.concatenate(found, axis=-1)[..., :total]
        return found.reshape(len(ROWS), 2, len(cells), len(self.cases), repeats)

    def _block(
        self,
        cells: Sequence[Cell],
        values: np.ndarray,
        cell: np.ndarray,
        run: np.ndarray,
        repeats: int,
    ) -> np.ndarray:
        """Vectors of a block of runs, each in its own cell: (row, side, run)."""
        start = _with_doctrines(_of_cases(self._start, run // repeats, len(self.cases)), values[:, :, cell])
        start = _with_backing(start, cells, cell)
        noise = self.cases[run // repeats] * repeats + run % repeats
        after, _ = simulate(
            [(Assembly(start.world, start.state, {}), (0, WEEKS))],
            run_keys(self._seed, noise),
            substeps=self._scenario.clock.substeps,
            every=WEEKS,
        )
        return vector(start.world, start.state, jax.tree.map(np.asarray, after), WEEKS - 1)


def pairs(first: Sequence[Doctrine], second: Sequence[Doctrine], backing: Backing = AS_PLANNED) -> list[Cell]:
    """All pairs, the first side's doctrine varying slowest."""
    return [Cell(one, two, backing) for one in first for two in second]


def _values(cells: Sequence[Cell]) -> np.ndarray:
    """What each entry is set to (entry, side, cell); not a number where it stays."""
    sides = [[cell.first for cell in cells], [cell.second for cell in cells]]
    return np.array([[[of.get(name, np.nan) for of in side] for side in sides] for name in ENTRIES])


def _of_cases(start: Start, case: np.ndarray, cases: int) -> Start:
    """The start with the cases in this order."""

    def taken(array: Any) -> np.ndarray:  # noqa: ANN401
        array = np.asarray(array)
        return array[..., case] if array.shape[-1] == cases else array

    return Start(*jax.tree.map(taken, tuple(start)))


def _with_doctrines(start: Start, values: np.ndarray) -> Start:
    """The start in which each run has its entries (entry, side, run); all arrays get one shape, set or not."""
    for entry, wanted in zip(ENTRIES.values(), values, strict=True):
        is_set = np.isfinite(wanted)
        if entry.path:
            start = replaced(start, f"world.doctrine.{entry.path}", lambda now, s=is_set, w=wanted: np.where(s, w, now))
            continue
        deepest = -wanted[:, None] * np.asarray(start.world.ground.limit)[::-1]
        start = replaced(start, "world.ground.stop", lambda now, s=is_set, d=deepest: np.where(s[:, None], d, now))
    return start


def _with_backing(start: Start, cells: Sequence[Cell], cell: np.ndarray) -> Start:
    """The start in which each run has the backers of its cell."""
    stance = start.world.doctrine.talks
    ready = readiness(np.asarray(stance.truce), np.asarray(stance.rate))
    multiples = np.ones((2, WEEKS, len(cell)))
    for backing in {cells[number].backing for number in np.unique(cell)} - {AS_PLANNED}:
        here = np.array([cells[number].backing == backing for number in cell])
        for side, policy in enumerate(backing):
            if policy is not None:
                multiples[side][:, here] = factors(policy, WEEKS, ready[side])[:, here]
    return backed(start, multiples)

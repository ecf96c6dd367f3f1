"""An engine for one study: any runs of it, in any chunks, on any number of cores, with the same result."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import NamedTuple

import numpy as np

from westphalia.assemble import Assembly, assemble
from westphalia.assemble.draw import WHOLE, Parts
from westphalia.assemble.start import spread
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.model.shocks import settled_shocks
from westphalia.model.state import State
from westphalia.model.world import World
from westphalia.scenario.load import Loaded, with_lever
from westphalia.scenario.schema import Scenario
from westphalia.simulate.blocks import blocks, dealt, on_cores
from westphalia.simulate.kernel import BLOCK, advance, on_host
from westphalia.simulate.measures import Record, columns_of, initial_row, table_of
from westphalia.simulate.series import Series, names
from westphalia.simulate.trees import cast, ready

BINS = 128

WEEKLY = 104
"""Weeks of a run that is recorded by week; longer ones are recorded every four weeks."""

BEFORE_THE_START = np.uint32(0xFFFFFFFF)
"""Number of the week whose draws set the shocks at the start."""


class Chunk(NamedTuple):
    """What a block of runs gives."""

    table: dict[str, dict[str, np.ndarray]]
    """By arm: column -> one value a run."""
    counts: np.ndarray | None
    """Histograms (arm, series, time, bin)."""
    sample: np.ndarray
    """Recorded series (arm, series, time, run)."""


@dataclass(frozen=True)
class Arm:
    """One arm of a study: the baseline, or a lever that holds from a week on."""

    name: str
    scenario: Scenario
    start: int


Build = Callable[[Scenario, np.ndarray], Assembly]
"""From a scenario and the numbers of cases to their world and state."""


def assembled(scenario: Scenario, cases: np.ndarray, *, seed: int, weeks: int, parts: Parts = WHOLE) -> Assembly:
    """The ``Build`` of a study, some numbers drawn from a part of their range if that is wanted."""
    return assemble(scenario, seed=seed, cases=cases, weeks=weeks, parts=parts)


class Engine:
    """Simulates any runs of a study."""

    def __init__(
        self,
        arms: list[Arm],
        seed: int,
        weeks: int,
        precision: type = np.float32,
        build: Build | None = None,
        every: int | None = None,
    ) -> None:
        """An engine for these arms, the first the baseline.

        ``build`` serves where not all of each range is drawn from; weeks from one record to the next are 1 in short
        runs and 4 in long ones, unless ``every`` says how many.
        """
        self._build = build or partial(assembled, seed=seed, weeks=weeks)
        self._arms = arms
        self.seed = seed
        self._precision = precision
        self.weeks = weeks
        self.arms = tuple(arm.name for arm in arms)
        self.scenario = arms[-1].scenario
        self.every = every or (1 if weeks <= WEEKLY else 4)
        self.times = np.array([*range(0, weeks, self.every), weeks])
        self.series: tuple[Series, ...] = tuple(names(arms[0].scenario))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns of a run."""
        probe = self._assembled(self._arms[0], np.zeros(1, np.int64))
        return columns_of(self._arms[0].scenario, probe.assumptions, [series.name for series in self.series])

    def run(self, runs: np.ndarray, ranges: np.ndarray | None = None, only: tuple[str, ...] | None = None) -> Chunk:
        """Simulate these runs in every arm, or in some; histograms are made where ranges (series, 2) are given."""
        arms = [arm for arm in self._arms if only is None or arm.name in only]
        pieces = blocks(runs)
        jobs = itertools.product(dealt(arms, len(pieces)), pieces)
        played = list(on_cores(lambda job: self._block(*job), jobs))
        table, samples = {}, []
        for name in (arm.name for arm in arms):
            tables, records = zip(*(found[name] for found in played if name in found), strict=True)
            table[name] = {key: np.concatenate([each[key] for each in tables])[: len(runs)] for key in tables[0]}
            samples.append(np.concatenate(records, axis=-1)[..., : len(runs)])
        sample = np.stack(samples)
        return Chunk(table, None if ranges is None else histograms(sample, ranges), sample)

    def states(self, run: int) -> Iterator[tuple[World, State]]:
        """World and state of one run of the last arm after each week, the start first.

        To the last bit what ``run`` computes: the same compiled loop, a week at a time.
        """
        arm, runs = self._arms[-1], np.full(BLOCK, run)
        keys = run_keys(self.seed, runs)
        after = self._assembled(arm, runs)
        before = self._assembled(self._arms[0], runs) if arm.start > 0 else after
        world, state = begin(before, keys, self._precision)
        worlds = on_host((world, ready(after.world, BLOCK, self._precision)))
        record = initial_row(worlds[0], state, len(self.times))
        yield worlds[0], state
        for week in range(self.weeks):
            world, substeps = worlds[week >= arm.start], arm.scenario.clock.substeps
            span = (week, week + 1)
            state, record = advance(world, state, keys, record, span, substeps=substeps, every=self.every)
            yield world, state

    def _block(self, arms: Sequence[Arm], runs: np.ndarray) -> dict[str, tuple[dict[str, np.ndarray], np.ndarray]]:
        """A full block on one core: by arm its table and its record (series, time, run)."""
        keys = run_keys(self.seed, runs)
        base = cache(lambda: self._assembled(self._arms[0], runs))
        found = {}
        for arm in arms:
            after = base() if arm is self._arms[0] else self._assembled(arm, runs)
            change = min(arm.start, self.weeks)
            spans = [(base(), (0, change)), (after, (change, self.weeks))] if change else [(after, (0, self.weeks))]
            state, record = simulate(
                spans,
                keys,
                substeps=arm.scenario.clock.substeps,
                every=self.every,
                precision=self._precision,
            )
            kept = Record([series.name for series in self.series], record, self.every)
            found[arm.name] = table_of(arm.scenario, runs, after, kept, state), np.moveaxis(record, 1, 0)
        return found

    def _assembled(self, arm: Arm, cases: np.ndarray) -> Assembly:
        return self._build(arm.scenario, cases)


def begin(assembly: Assembly, keys: np.ndarray, precision: type = np.float32) -> tuple[World, State]:
    """World and state at the start of a block of runs, the slow shocks drawn as they are in the long run."""
    world = ready(assembly.world, keys.shape[-1], precision)
    state = cast(spread(assembly.state, keys.shape[-1]), precision)
    draws = weekly_draws(keys, BEFORE_THE_START, world.identity, precision)
    return world, dataclasses.replace(state, shocks=settled_shocks(world.noise, draws))


def simulate(
    spans: list[tuple[Assembly, tuple[int, int]]],
    keys: np.ndarray,
    *,
    substeps: int,
    every: int,
    precision: type = np.float32,
) -> tuple[State, np.ndarray]:
    """Simulate a block of runs through spans of weeks, each in its own world, from the first one's start.

    Args:
        spans: Worlds, each with its first week and the week after its last.
        keys: Keys of the runs' noise: (2, run).
        substeps: Sub-steps of combat a week.
        every: Weeks from one row of the record to the next.
        precision: Type of all real numbers.

    Returns:
        The state at the end and the record (time, series, run), the start first.
    """
    weeks = spans[-1][1][1]
    world, state = begin(spans[0][0], keys, precision)
    times = -(-weeks // every) + 1
    record = initial_row(world, state, times)
    worlds = [world, *(ready(assembly.world, keys.shape[-1], precision) for assembly, _ in spans[1:])]
    for world, (_, span) in zip(worlds, spans, strict=True):
        if span[1] > span[0]:
            state, record = advance(world, state, keys, record, span, substeps=substeps, every=every)
    return state, np.asarray(record)[:times]


def prepare(
    loaded: Loaded,
    *,
    seed: int,
    weeks: int | None = None,
    levers: tuple[str, ...] = (),
    build: Build | None = None,
    every: int | None = None,
) -> Engine:
    """An engine for a scenario and some of its levers."""
    scenario = loaded.scenario
    arms = [Arm("baseline", scenario, 0)]
    for lever in levers:
        start = scenario.levers[lever].start
        late = 0 if start is None else max(0, -(-(start - scenario.start).days // scenario.clock.days))
        arms.append(Arm(lever, with_lever(loaded, lever), late))
    return Engine(arms, seed, weeks or scenario.weeks, build=build, every=every)


def ranges_from(pilot: Chunk) -> np.ndarray:
    """Ranges of the histograms (series, 2) from a pilot: what it spans and a quarter more on each side."""
    flat = np.moveaxis(pilot.sample, 1, 0).reshape(pilot.sample.shape[1], -1)
    finite = np.isfinite(flat)
    low = flat.min(axis=1, where=finite, initial=np.inf).astype(float)
    high = flat.max(axis=1, where=finite, initial=-np.inf).astype(float)
    low, high = np.where(low <= high, (low, high), 0.0)
    margin = np.maximum(0.25 * (high - low), 1e-6 + 1e-6 * np.abs(high))
    return np.stack([low - margin, high + margin], axis=1)


def histograms(sample: np.ndarray, ranges: np.ndarray) -> np.ndarray:
    """Counts (arm, series, time, bin) of a record.

    What lies outside the range falls into the outermost bins; what is not a number is not counted.
    """
    arms, series, times, _ = sample.shape
    counts = np.empty((arms, series, times, BINS), np.int64)
    first_bin = BINS * np.arange(times)[:, None]
    for place, (low, high) in enumerate(ranges.astype(np.float32)):
        scale = np.float32(BINS) / (high - low)
        for arm in range(arms):  # one series at a time stays in the cache
            values = sample[arm, place]
            finite = np.isfinite(values)
            index = np.clip((np.where(finite, values, low) - low) * scale, 0, BINS - 1).astype(np.intp) + first_bin
            found = index.ravel() if finite.all() else index[finite]
            counts[arm, place] = np.bincount(found, minlength=times * BINS).reshape(times, BINS)
    return counts

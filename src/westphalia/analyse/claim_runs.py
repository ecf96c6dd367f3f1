"""The runs that claims are tested on: every arm that they need, the same draws and the same noise in each.

Arms lie as tables in a folder of their own, one file an arm, written whole; what is there is not simulated again. What
is argued may change without that: the folder is told by what decides the numbers alone.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from westphalia.analyse.claim_tests import Frames, arms_of, arms_read, mirrored
from westphalia.analyse.design_rows import Rows
from westphalia.assemble.draw import WHOLE, Parts
from westphalia.cores import cores
from westphalia.scenario.claims import Claim, Tested
from westphalia.scenario.load import with_levers, without_link
from westphalia.scenario.schema import Scenario
from westphalia.simulate.at_the_table import figure_columns
from westphalia.simulate.blocks import at_once
from westphalia.simulate.measures import marks_of
from westphalia.simulate.run import Engine, assembled, prepare
from westphalia.simulate.study import BASELINE, Study
from westphalia.simulate.study_files import write
from westphalia.simulate.study_manifest import Plan, model_version

SHORT, SHORTEST = 1024, 256
"""Runs for what only asks for a verdict: the mirrored claims, and a link switched off. Half of those of a claim, but
not more than the first number and not fewer than the second."""
ARGUED = ("claims", "positions", "untestable", "mirror", "links")
RECORDED = ("statements", "milestones", "untested", "misfits", "observed", "folds")
"""Parts of a scenario that decide no number of a run."""

Watch = Callable[[str, int, int], None]
"""Told what is being run, and how many of how many runs are done."""


@dataclass(frozen=True)
class Store:
    """Where arms are kept, and what they are arms of.

    Attributes:
        plan: The scenario, seed and length.
        folder: Where the tables lie.
        watch: Told of the runs that are made.
        study: A study of the same plan, whose arms need not be run again.
        parts: Numbers that are drawn from a part of their range only.
        rows: Rows of a design, which take the place of runs.
    """

    plan: Plan
    folder: Path
    watch: Watch
    study: Study | None = None
    parts: Parts = field(default_factory=lambda: WHOLE)
    rows: Rows | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.plan.loaded.scenario

    def frames(self, claims: Iterable[Tested], runs: int) -> Frames:
        """The first runs in every arm that the claims need."""
        return self._frames((BASELINE, *_arms(self.scenario, claims)), runs)

    def exchanged(self, claims: Iterable[Claim], held: Frames) -> Frames:
        """The same, fewer runs, for the claims with the sides exchanged; arms that are held are not run again."""
        runs = short(len(held[BASELINE]))
        needed = _arms(self.scenario, [mirrored(self.scenario, claim) for claim in claims])
        more = self._frames([arm for arm in needed if arm not in held], runs)
        return {**{arm: frame.iloc[:runs] for arm, frame in held.items()}, **more}

    def without(self, link: str) -> Store:
        """The store of the scenario with a link switched off."""
        return replace(self, plan=replace(self.plan, loaded=without_link(self.plan.loaded, link)), study=None)

    def narrowed(self, parts: Parts, levers: frozenset[str]) -> Store:
        """The store of the scenario with these levers laid over it, some numbers drawn from a part of their range."""
        loaded = with_levers(self.plan.loaded, levers)
        return replace(self, plan=replace(self.plan, loaded=loaded), study=None, parts=parts)

    def designed(self, claim: Tested, rows: Rows, count: int, watch: Watch) -> Frames:
        """The first rows of a design in the arms that a claim reads."""
        return replace(self, study=None, rows=rows, watch=watch)._frames(arms_read(claim), count)

    def _frames(self, arms: Sequence[str], runs: int) -> Frames:
        ready = {} if self.study is None else _of_study(self.study, arms, runs)
        files = {arm: self._file(arm) for arm in arms if arm not in ready}
        ready |= {arm: pd.read_parquet(file) if file.is_file() else pd.DataFrame() for arm, file in files.items()}
        lacking = {arm: len(ready[arm]) for arm in files if len(ready[arm]) < runs}
        if lacking:
            engine = self._engine(arms)
            for first, batch in _batches(lacking):
                for arm, pieces in self._simulated(engine, batch, first, runs).items():
                    ready[arm] = pd.concat([ready[arm], *pieces], ignore_index=True)
                    files[arm].parent.mkdir(parents=True, exist_ok=True)
                    write(files[arm], ready[arm].to_parquet)
        return {arm: ready[arm].iloc[:runs] for arm in arms}

    def _engine(self, arms: Sequence[str]) -> Engine:
        levers = tuple(arm for arm in arms if arm != BASELINE)
        seed, weeks = self.plan.seed, self.plan.weeks
        of_runs = partial(assembled, parts=self.parts) if self.rows is None else self.rows.build
        build = partial(of_runs, seed=seed, weeks=weeks)
        return prepare(self.plan.loaded, seed=seed, weeks=weeks, levers=levers, build=build)

    def _simulated(self, engine: Engine, arms: list[str], first: int, runs: int) -> dict[str, list[pd.DataFrame]]:
        """By arm tables of the runs from one number to another, a piece for all cores at a time."""
        pieces: dict[str, list[pd.DataFrame]] = {arm: [] for arm in arms}
        piece, told = at_once(), ", ".join(arms)
        self.watch(told, first, runs)
        for begin in range(first, runs, piece):
            end = min(begin + piece, runs)
            numbers = np.arange(begin, end) if self.rows is None else self.rows.runs(begin, end)
            for arm, columns in engine.run(numbers, only=tuple(arms)).table.items():
                table = pd.DataFrame(columns)
                is_kept_whole = arm == BASELINE and self.rows is None
                pieces[arm].append(table if is_kept_whole else table.drop(columns=_drawn(table)))
            self.watch(told, end, runs)
        return pieces

    def _file(self, arm: str) -> Path:
        data = {key: part for key, part in self.plan.loaded.document.data.items() if key not in ARGUED + RECORDED}
        kept = [mark.name for mark in marks_of(self.scenario)] + figure_columns(self.scenario)
        deciding = [data, kept, dict(self.parts), self.plan.seed, self.plan.weeks, model_version()]
        deciding += [] if self.rows is None else [self.rows.told]
        text = json.dumps(deciding, sort_keys=True, default=datetime.date.isoformat)
        return self.folder / hashlib.sha256(text.encode()).hexdigest()[:12] / f"{arm}.parquet"


def _batches(held: Mapping[str, int]) -> Iterator[tuple[int, list[str]]]:
    """Arms that have so many runs already, as many at a time as there are cores."""
    for first in dict.fromkeys(held.values()):
        arms = [arm for arm, has in held.items() if has == first]
        yield from ((first, arms[n : n + cores()]) for n in range(0, len(arms), cores()))


def short(runs: int) -> int:
    """Runs for what only asks for a verdict."""
    return min(runs, max(min(runs // 2, SHORT), SHORTEST))


def assumptions_of(frame: pd.DataFrame) -> tuple[list[str], np.ndarray]:
    """Names and values of what was drawn: (run, assumption); what is the same in all runs is left out."""
    names = _drawn(frame)
    values = frame[names].to_numpy(float)
    varies = np.isfinite(values).all(axis=0) & (np.ptp(values, axis=0) > 0)
    return [name for name, kept in zip(names, varies, strict=True) if kept], values[:, varies]


def _drawn(frame: pd.DataFrame) -> list[str]:
    """The columns that hold what was drawn; arms share it, so that of the baseline is enough."""
    columns = list(frame.columns)
    return columns[columns.index("repeat") + 1 : columns.index("outcome")]


def _arms(scenario: Scenario, claims: Iterable[Tested]) -> tuple[str, ...]:
    """The levers that claims need, in the order of the scenario."""
    wanted = {arm for claim in claims for arm in arms_of(claim)}
    return tuple(lever for lever in scenario.levers if lever in wanted)


def _of_study(study: Study, arms: Sequence[str], runs: int) -> dict[str, pd.DataFrame]:
    """The arms of a study among those wanted, if it has enough runs."""
    shared = [arm for arm in arms if arm in study.arms]
    if not shared or study.done < runs:
        return {}
    table = study.runs()
    found = {arm: table.loc[table["arm"] == arm].drop(columns="arm").iloc[:runs] for arm in shared}
    # Where a chunk failed, later runs stand in its place, and would be paired with the wrong ones.
    return {arm: frame for arm, frame in found.items() if np.array_equal(frame["run"], np.arange(runs))}

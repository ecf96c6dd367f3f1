"""Running a study: chunk after chunk onto disk, so that it can stop at any moment and go on later."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from westphalia.errors import BadInput
from westphalia.simulate.executors import Executor, Inline
from westphalia.simulate.run import Chunk, histograms, prepare, ranges_from
from westphalia.simulate.study import Study, open_study
from westphalia.simulate.study_cubes import Totals, write_fans, write_parts, write_trajectories
from westphalia.simulate.study_files import (
    FANS,
    MANIFEST,
    SAMPLE,
    SCENARIO,
    Manifest,
    are_intact,
    cube_part,
    only_writer,
    read_manifest,
    refuse,
    runs_part,
    write_json,
    write_runs,
)
from westphalia.simulate.study_manifest import CHUNK, Plan, describe, option, ranges_of, resume, set_ranges

USUAL_RUNS = 4096
"""Runs of a new study of which nobody says how many."""


class Progress(NamedTuple):
    """How far a study has come.

    Attributes:
        done: Runs of one arm that are on disk.
        runs: Runs of one arm that are asked for.
        study: The study as it stands on disk.
        has_come: Whether runs have just come, rather than been found on disk.
    """

    done: int
    runs: int
    study: Study
    has_come: bool


Watch = Callable[[Progress], None]


def run_study(
    plan: Plan,
    folder: str | Path,
    *,
    runs: int | None = None,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> Study:
    """Simulate a study into a folder, or go on with the one that stands there.

    Whatever the interruptions, the parts on disk are the same bytes as those of one uninterrupted run. A chunk that
    fails is recorded with its stage and reason, and tried again the next time.

    Args:
        plan: What to simulate.
        folder: Where; made where it is missing.
        runs: Runs of one arm in all; those that a study has where left out, else ``USUAL_RUNS``.
        executor: Who does the work; this process where left out.
        watch: Told of each step.

    Raises:
        BadInput: If the folder cannot be written or holds another study, or the number of runs cannot be.
    """
    folder = Path(folder)
    if runs is not None and runs < 1:
        raise BadInput([option("runs", runs, 1)])
    manifest = resume(plan, folder, runs, USUAL_RUNS)
    with only_writer(folder):
        write_json(folder / SCENARIO, plan.loaded.document.data)
        _Writer(plan, folder, manifest, watch).run(executor or Inline())
    return open_study(folder)


def extend(
    folder: str | Path, runs: int | None = None, *, executor: Executor | None = None, watch: Watch | None = None
) -> Study:
    """Go on with the study of a folder until it has ``runs`` runs in all; the result equals that of one long run.

    Raises:
        BadInput: If there is no study, or its scenario or the model has changed since, or it has more runs already.
    """
    folder = Path(folder)
    manifest = read_manifest(folder)
    if manifest is None:
        refuse(folder, "there is no study here", "give the folder of a study, such as out/duel")
    return run_study(Plan.again(folder, manifest), folder, runs=runs, executor=executor, watch=watch)


def compute(engine: Any, first: int, runs: int, ranges: np.ndarray) -> tuple[Chunk, float]:  # noqa: ANN401
    """Simulate one chunk; returns it with the seconds that it took."""
    begun = time.perf_counter()
    return engine.run(np.arange(first, first + runs, dtype=np.int64), ranges), time.perf_counter() - begun


def beginning(pilot: Chunk, runs: int, ranges: np.ndarray) -> Chunk:
    """The first runs of a pilot, with their histograms: what the engine gives for them once the ranges are known."""
    table = {arm: {name: column[:runs] for name, column in row.items()} for arm, row in pilot.table.items()}
    sample = pilot.sample[..., :runs]
    return Chunk(table, histograms(sample, ranges), sample)


class _Writer:
    """One go at the missing chunks of a study."""

    def __init__(self, plan: Plan, folder: Path, manifest: Manifest, watch: Watch | None) -> None:
        self.plan = plan
        self.folder = folder
        self.manifest = manifest
        self.watch = watch or (lambda _: None)
        self.totals = Totals()
        self.entries: dict[int, dict[str, Any]] = {}

    def run(self, executor: Executor) -> None:
        """Compute what is missing, then write the cubes."""
        held = {entry["chunk"]: entry for entry in self.manifest["chunks"]}
        for chunk, _, runs in self._expected():
            entry = held.get(chunk, {})
            if entry.get("runs") == runs and are_intact(self.folder, entry.get("files", {})):
                self.entries[chunk] = entry
                self.totals.add_part(self.folder / cube_part(chunk))
        missing = [job for job in self._expected() if job[0] not in self.entries]
        if missing:
            self.manifest["cubes"] = {}
            self._save()
            self._compute(executor, missing)
        if self.done and not are_intact(self.folder, self.manifest["cubes"]):
            self._write_cubes()
        self._save()

    @property
    def done(self) -> list[int]:
        """The chunks that are on disk."""
        return [chunk for chunk, entry in sorted(self.entries.items()) if entry["status"] == "done"]

    def _expected(self) -> Iterator[tuple[int, int, int]]:
        """Chunk, its first run and its number of runs."""
        for chunk, first in enumerate(range(0, self.manifest["runs"], CHUNK)):
            yield chunk, first, min(CHUNK, self.manifest["runs"] - first)

    def _compute(self, executor: Executor, missing: list[tuple[int, int, int]]) -> None:
        plan = self.plan
        engine = prepare(plan.loaded, seed=plan.seed, weeks=plan.weeks, levers=plan.levers)
        describe(self.manifest, engine)
        ranges = ranges_of(self.manifest)
        jobs: dict[Future[tuple[Chunk, float]], tuple[int, int, int]] = {}
        if ranges is None:
            begun = time.perf_counter()
            pilot = engine.run(np.arange(CHUNK, dtype=np.int64), None)
            seconds = time.perf_counter() - begun
            ranges = ranges_from(pilot)
            set_ranges(self.manifest, ranges)
            first, *missing = missing
            self._take(*first, lambda: (beginning(pilot, first[2], ranges), seconds))
        self._save()
        for chunk, first_run, runs in missing:
            jobs[executor.submit(compute, engine, first_run, runs, ranges)] = (chunk, first_run, runs)
        for future in executor.as_completed():
            self._take(*jobs.pop(future), future.result)

    def _take(self, chunk: int, first: int, runs: int, result_of: Callable[[], tuple[Chunk, float]]) -> None:
        """Put the result of a chunk on disk, or record why there is none."""
        entry: dict[str, Any] = {"chunk": chunk, "first": first, "runs": runs}
        stage = "simulate"
        try:
            result, seconds = result_of()
            stage = "write"
            files = {
                runs_part(chunk): write_runs(self.folder / runs_part(chunk), result.table),
                **write_parts(self.folder, chunk, result, first),
            }
            entry |= {"status": "done", "wall_s": round(seconds, 3), "files": files}
            self.totals.add(result.counts)
        except Exception as error:  # noqa: BLE001  (a failed chunk is data)
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            entry |= {"status": "failed", "stage": stage, "reason": f"{type(error).__name__}: {reason}"}
        self.entries[chunk] = entry
        self._save(has_come=entry["status"] == "done")

    def _save(self, *, has_come: bool = False) -> None:
        self.manifest["chunks"] = [entry for _, entry in sorted(self.entries.items())]
        write_json(self.folder / MANIFEST, self.manifest)
        study = Study(self.folder, self.manifest)
        self.watch(Progress(study.done, self.manifest["runs"], study, has_come))

    def _write_cubes(self) -> None:
        """Write fans and sample; a study whose every chunk has failed has none."""
        self.manifest["cubes"] = {
            FANS: write_fans(self.folder / FANS, self.manifest, self.totals.counts),
            SAMPLE: write_trajectories(self.folder / SAMPLE, self.manifest, self.folder, self.done),
        }

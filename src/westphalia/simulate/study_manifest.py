"""The manifest of a study: what was asked for, with which code and data, and what has been done so far."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import platform
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import numpy as np

from westphalia import __version__
from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.scenario.load import Loaded, content_hash, library, load
from westphalia.simulate.study_files import SCENARIO, Manifest, read_manifest, refuse

CHUNK = 2048
"""Runs in one part of a study."""

DESIGN = {
    "sampler": "independent",
    "words": "Every number with a range is drawn independently for each case, by a hash of the seed, the number's path "
    "and the case; one case is one run. Noise is a hash of seed, run, week and channel, and is the same in all arms.",
}

IDENTITY = ("scenario", "hash", "variant", "seed", "weeks", "levers", "model")
"""What must be the same for runs to belong to one study."""

DECIDING = ("kinds.py", "assemble", "laws", "model", "scenario", "simulate")
"""The parts of the package that decide what a run gives."""


@dataclass(frozen=True)
class Plan:
    """What a study simulates, whatever the number of runs.

    Attributes:
        loaded: The scenario, with the variant laid over it.
        given: The word by which the scenario can be found again.
        variant: The variant, if any.
        seed: Seed of all draws.
        weeks: Steps that a run lasts.
        levers: The levers, each an arm beside the baseline, in the order of the scenario.
    """

    loaded: Loaded
    given: str
    variant: str | None
    seed: int
    weeks: int
    levers: tuple[str, ...]

    @classmethod
    def of(
        cls,
        where: str | Path,
        *,
        variant: str | None = None,
        seed: int = 1,
        weeks: int | None = None,
        levers: Sequence[str] = (),
    ) -> Plan:
        """A plan for a scenario of the library, a file or a folder.

        Raises:
            BadInput: If the scenario has faults, or has no such variant or lever, or a number cannot be.
        """
        loaded = load(where, variant=variant)
        known = loaded.scenario.levers
        unknown = [lever for lever in levers if lever not in known]
        length = loaded.scenario.weeks if weeks is None else weeks
        asked = (("seed", seed, 0, 2**63 - 1), ("weeks", length, 1, 2600))
        faults = [loaded.document.fault(("levers",), f'there is no lever "{w}"', _one_of(w, known)) for w in unknown]
        faults += [option(name, n, low, high) for name, n, low, high in asked if not low <= n <= high]
        if faults:
            raise BadInput(faults)
        chosen = tuple(lever for lever in known if lever in levers)
        return cls(loaded, _given(loaded), variant, seed, length, chosen)

    @classmethod
    def again(cls, folder: Path, manifest: Manifest) -> Plan:
        """The plan of a study on disk, from the copy of the scenario that it keeps.

        Raises:
            BadInput: If that copy is gone.
        """
        loaded = replace(load(folder / SCENARIO), name=manifest["scenario"])
        levers = tuple(manifest["levers"])
        return cls(loaded, manifest["given"], manifest["variant"], manifest["seed"], manifest["weeks"], levers)

    @property
    def warnings(self) -> list[Fault]:
        """Levers of the plan that do nothing, since they hold from a date after the end of a run."""
        scenario = self.loaded.scenario
        starts = {lever: scenario.levers[lever].start for lever in self.levers}
        remedy = "move its date, or make the run longer"
        return [
            self.loaded.document.fault(
                ("levers", lever, "from"), f"it holds from {start}, after the end of a run", remedy
            )
            for lever, start in starts.items()
            if start is not None and (start - scenario.start).days >= self.weeks * scenario.clock.days
        ]

    @property
    def identity(self) -> dict[str, Any]:
        """What must be the same for runs to belong to this study."""
        return {
            "scenario": self.loaded.scenario.name,
            "hash": content_hash(self.loaded),
            "variant": self.variant,
            "seed": self.seed,
            "weeks": self.weeks,
            "levers": {lever: self.loaded.scenario.levers[lever].title for lever in self.levers},
            "model": model_version(),
        }


def option(name: str, given: int, low: int, high: int | None = None) -> Fault:
    """The fault of an option of the command line that lies outside its bounds."""
    bounds = f"give {low:,} or more" if high is None or given < low else f"give {high:,} or less"
    return Fault("command line", 1, 1, f"--{name}", f"{given:,} cannot be", bounds)


def _one_of(word: str, known: Sequence[str] | dict[str, Any]) -> str:
    return did_you_mean(word, known) or f"valid here: {', '.join(known) or 'none'}"


def _given(loaded: Loaded) -> str:
    """A library name, or the bare name of the file or folder: no path tells on its owner."""
    file = Path(loaded.document.place(()).file)
    if library() in file.parents:
        return file.parent.name
    return f"./{file.absolute().parent.name}" if file.name == "scenario.yaml" else file.name


def model_version() -> str:
    """The version, and a digest of the code and doctrines that decide what a run gives."""
    digest = hashlib.sha256()
    root = Path(str(resources.files("westphalia")))
    for part in DECIDING:
        files = [root / part] if part.endswith(".py") else sorted((root / part).rglob("*.py"))
        for file in files:
            if not file.name.startswith(("study", "executors", "replay")):
                digest.update(file.relative_to(root).as_posix().encode() + file.read_bytes())
    digest.update((root / "scenario" / "library" / "doctrines.yaml").read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def begin(plan: Plan, runs: int) -> Manifest:
    """The manifest of a study of which nothing has been done."""
    scenario = plan.loaded.scenario
    manifest = {
        "format": 1,
        **plan.identity,
        "title": scenario.title,
        "given": plan.given,
        "start": scenario.start.isoformat(),
        "days_per_week": scenario.clock.days,
        "money": scenario.money,
        "sides": {name: side.label for name, side in scenario.sides.items()},
        "fronts": {name: front.label for name, front in scenario.fronts.items()},
        "backers": {name: backer.label for name, backer in scenario.backers.items()},
        "laws": {family: block.law for family, block in scenario.laws_in_use.items()},
        "arms": ["baseline", *plan.levers],
        "design": DESIGN,
        "runs": runs,
        "chunk": CHUNK,
        "machine": [],
        "series": [],
        "times": [],
        "columns": [],
        "chunks": [],
        "cubes": {},
    }
    return manifest | {"reproduce": reproduce(manifest)}


def resume(plan: Plan, folder: Path, runs: int | None, usual: int) -> Manifest:
    """The manifest to go on with: that of the folder, asked to reach ``runs``, or a new one.

    Raises:
        BadInput: If the folder holds another study, or one with more runs.
    """
    held = read_manifest(folder)
    if held is None:
        return begin(plan, usual if runs is None else runs)
    asked = plan.identity
    other = [key for key in IDENTITY if held.get(key) != asked[key]]
    if other:
        words = "; ".join(f"{key} {_short(held.get(key))}, not {_short(asked[key])}" for key in other)
        remedy = f"give another --out, or go on with the old one by: westphalia extend {folder} --runs N"
        if "model" in other:
            remedy = "give another --out: results of different code are not mixed"
        refuse(folder, f"another study stands here ({words})", remedy)
    if runs is not None and runs < held["runs"]:
        refuse(
            folder,
            f"the study already has {held['runs']:,} runs",
            f"give --runs {held['runs']} or more, or another --out",
        )
    held["runs"] = held["runs"] if runs is None else runs
    held["reproduce"] = reproduce(held)
    return held


def _short(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(value) or "none"
    return str(value)[:20] if value is not None else "none"


def reproduce(manifest: Manifest) -> str:
    """The command that makes the same results anew."""
    words = ["westphalia", "run", manifest["given"], "--runs", str(manifest["runs"]), "--seed", str(manifest["seed"])]
    words += ["--weeks", str(manifest["weeks"])]
    words += ["--variant", manifest["variant"]] if manifest["variant"] else []
    for lever in manifest["levers"]:
        words += ["--lever", lever]
    return shlex.join(words)


def machine() -> dict[str, Any]:
    """What kind of machine and which libraries are at work; neither its name nor any path."""
    libraries = {name: metadata.version(name) for name in ("jax", "jaxlib", "numpy")}
    python, cores = platform.python_version(), os.cpu_count()
    facts = {"system": platform.system(), "machine": platform.machine(), "processor": _processor(), "cores": cores}
    return facts | {"python": python} | libraries


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def describe(manifest: Manifest, engine: Any) -> None:  # noqa: ANN401  (an engine)
    """Enter what the engine at work records, and on what machine."""
    ranges = {entry["name"]: entry for entry in manifest["series"]}
    unknown = {"low": None, "high": None}
    manifest["series"] = [
        {"name": series.name, "unit": series.unit} | {end: ranges.get(series.name, unknown)[end] for end in unknown}
        for series in engine.series
    ]
    manifest["times"] = [int(week) for week in engine.times]
    manifest["columns"] = list(engine.columns)
    if (here := machine()) not in manifest["machine"]:
        manifest["machine"].append(here)


def ranges_of(manifest: Manifest) -> np.ndarray | None:
    """Ranges of the histograms (series, 2), once a pilot has set them."""
    ends = [(series["low"], series["high"]) for series in manifest["series"]]
    return None if not ends or ends[0][0] is None else np.array(ends, dtype=float)


def set_ranges(manifest: Manifest, ranges: np.ndarray) -> None:
    """Enter the ranges of the histograms."""
    for series, (low, high) in zip(manifest["series"], ranges.tolist(), strict=True):
        series.update(low=low, high=high)


def dates(manifest: Manifest) -> np.ndarray:
    """The day that each recorded week begins, as ``datetime64``."""
    start = dt.date.fromisoformat(manifest["start"])
    return np.array(
        [start + dt.timedelta(days=manifest["days_per_week"] * week) for week in manifest["times"]],
        dtype="datetime64[ns]",
    )

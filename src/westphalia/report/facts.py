"""What a brief needs to know of a study, read once and under one roof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import xarray as xr

from westphalia.errors import BadInput
from westphalia.model.outcome import BROKEN, OUTCOMES, SETTLED
from westphalia.report import map as maps
from westphalia.report import numbers, seats, words
from westphalia.report.frame import Frame
from westphalia.report.numbers import MEASURE, QUANTILES
from westphalia.scenario import inventory
from westphalia.scenario.load import library, load
from westphalia.scenario.quantity import Quantity
from westphalia.simulate.study import quantiles_of

BASELINE = "as things are"
"""Title of the arm without a lever."""

BY_TEXT = OUTCOMES[SETTLED : BROKEN + 1]
"""What only talks can lead to."""

NOT_MODELLED = OUTCOMES[BROKEN + 1 :]
"""Outcomes that no scenario can reach yet."""

TALKS = ("signed_week", "broken_week", "ceasefire_week", "weeks_fought", "reading_gap", "rounds")
"""Columns of a run that talks add, beside the refusals of each player."""

WILL = "will"
"""The series that backers have; a scenario without backers records one of nobody."""

STILL = 1e-5
"""What moves less, in parts of its size, does not move."""

GEOMETRY = "regions.geojson"
SCENARIO = "scenario.json"
"""The copy of the scenario that a study keeps, with the variant laid over it."""


@dataclass(frozen=True)
class Facts:
    """A study and the scenario behind it.

    Attributes:
        study: The study, as ``open_study`` gives it.
        scenario: The scenario as validated, or None where it cannot be found any more.
        outlines: The file with the outlines of the scenario's regions, or None.
    """

    study: Any
    scenario: Any = None
    outlines: Path | None = None

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the study says of itself."""
        return self.study.manifest

    @cached_property
    def runs(self) -> Frame:
        """One row a run and arm."""
        return self.study.runs()

    @cached_property
    def start(self) -> dt.date:
        """First day of the runs."""
        given = self.manifest["start"]
        return given if isinstance(given, dt.date) else dt.date.fromisoformat(str(given)[:10])

    @property
    def days(self) -> int:
        """Days of one step."""
        return int(self.manifest.get("days_per_week", 7))

    @property
    def count(self) -> int:
        """Runs of one arm."""
        return len(self.base_runs)

    @property
    def steps(self) -> int:
        """Steps that a run lasts."""
        return int(self.manifest["weeks"])

    @cached_property
    def sides(self) -> dict[str, str]:
        """Labels of the two sides by key, in the scenario's order."""
        return dict(self.manifest["sides"])

    @cached_property
    def fronts(self) -> dict[str, str]:
        """Labels of the fronts by key."""
        return dict(self.manifest["fronts"])

    @cached_property
    def labels(self) -> dict[str, str]:
        """Labels of sides, fronts, backers and those at the table by key."""
        talks = self.scenario.talks if self.scenario else None
        seated = seats.labels_of(talks) | {key: issue.label for key, issue in (talks.issues.items() if talks else ())}
        return {**seated, **self.manifest.get("backers", {}), **self.fronts, **self.sides}

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of the scenario's numbers by path; empty where it is gone."""
        return {known.path: known.title for known in inventory.numbers(self.scenario)} if self.scenario else {}

    @cached_property
    def arms(self) -> dict[str, str]:
        """Titles of the arms by key, the baseline first."""
        titles = self.manifest.get("levers", {})
        return {str(arm): titles.get(arm, BASELINE) for arm in self.runs["arm"].unique()}

    @property
    def base(self) -> str:
        """The arm without a lever."""
        return next(iter(self.arms))

    @cached_property
    def base_runs(self) -> Frame:
        """The runs of the baseline."""
        return self.of_arm(self.base)

    def of_arm(self, arm: str) -> Frame:
        """The runs of an arm, in the same order in every arm."""
        return self.runs[self.runs["arm"] == arm].sort_values("run", kind="stable", ignore_index=True)

    @cached_property
    def units(self) -> dict[str, str]:
        """Unit of each recorded series by name."""
        return {entry["name"]: words.by_step(entry["unit"], self.days) for entry in self.manifest["series"]}

    @property
    def has_talks(self) -> bool:
        """Whether the runs had talks."""
        return TALKS[0] in self.runs

    @cached_property
    def outcomes(self) -> list[str]:
        """Outcomes that can occur, in the order of the model's list."""
        first, second = self.sides.values()
        barred = NOT_MODELLED if self.has_talks else (*BY_TEXT, *NOT_MODELLED)
        names = [name.format(first=first, second=second) for name in OUTCOMES if name not in barred]
        return numbers.outcome_list(names, self.runs)

    @property
    def ends(self) -> list[str]:
        """Outcomes in which the war does not go on."""
        return [name for name in self.outcomes if name not in numbers.GOING_ON]

    @cached_property
    def ranked(self) -> Frame:
        """Outcome shares of the baseline, the largest first: columns outcome, share, se, low, high."""
        data = numbers.shares(self.base_runs, self.outcomes)
        return data.sort_values("share", ascending=False, kind="stable").reset_index(drop=True)

    @property
    def leading(self) -> str:
        """The most frequent end; ``ongoing`` only where no run ended."""
        ended = self.ranked[self.ranked["outcome"].isin(self.ends) & (self.ranked["share"] > 0)]
        return str(ended["outcome"].iloc[0]) if len(ended) else numbers.ONGOING

    @cached_property
    def drawn(self) -> list[str]:
        """Paths of the assumptions that vary between runs."""
        known = {"arm", "run", "case", "repeat", "outcome", "outcome_week", "status", *TALKS}
        columns = [str(c) for c in self.base_runs.columns if c not in known and not MEASURE.match(str(c))]
        numeric = [
            c for c in columns if pd.api.types.is_numeric_dtype(self.base_runs[c]) and "[" not in c.split(".")[0]
        ]
        return [c for c in numeric if self.base_runs[c].nunique() > 1]

    @cached_property
    def geometry(self) -> dict | None:
        """Outlines of regions beside the scenario, where there are any."""
        return maps.read(self.outlines) if self.outlines else None

    def keys(self, kind: str) -> dict[str, str]:
        """Labels by key of those that have a recorded series of this kind, such as ``force``; backers that are."""
        found = [match[2] for match in map(MEASURE.match, self.units) if match and match[1] == kind]
        known = self.manifest.get("backers", {}) if kind == WILL else found
        return {key: self.labels.get(key, key) for key in found if key in known}

    def at_start(self, path: str) -> np.ndarray | float:
        """A number at the start by its path in the scenario: one value a run of the baseline where it was drawn.

        It is not a number where the scenario is gone or has no such path.
        """
        if path in self.base_runs:
            return self.base_runs[path].to_numpy(float)
        held = self.scenario
        for step in path.split("."):
            held = held.get(step) if isinstance(held, Mapping) else getattr(held, step, None)
        return float(held.centre) if isinstance(held, Quantity) else float("nan")

    def date(self, step: words.Real) -> str:
        """The day that lies so many steps after the start, in ISO form."""
        return (self.start + dt.timedelta(days=round(float(step) * self.days))).isoformat()

    def when(self, step: words.Real) -> str:
        """The same in words: the month, or the day where steps are days."""
        return words.month(self.start, step, self.days)

    def place(self, path: str) -> str:
        """Where in the scenario an assumption stands, in words: the law, or whose number it is."""
        block, *steps = path.split(".")
        named = [self.labels[step] for step in steps if step in self.labels]
        first = [f"law of {steps[0]}"] if block == "laws" else [] if named else [block]
        return ", ".join(dict.fromkeys([*first, *named]))

    def fan(self, series: str, arms: list[str]) -> xr.DataArray:
        """Quantiles of a series over time: dimensions arm, time (ISO date), quantile."""
        fans = self._fans.sel(series=series)
        low, high = float(fans["low"]), float(fans["high"])
        counts = [fans["counts"].sel(arm=arm).to_numpy() for arm in arms]
        values = np.stack([quantiles_of(each, low, high, QUANTILES).T for each in counts])
        least, most = self._reach(series, arms)  # a bin is wider than what lies in it
        values = np.clip(values, least[..., None], most[..., None])
        time = [self.date(week) for week in fans["week"].values]
        coordinates = {"arm": arms, "time": time, "quantile": list(QUANTILES)}
        return xr.DataArray(values, coords=coordinates, dims=("arm", "time", "quantile"), name=series)

    def share(self, series: str, arms: list[str]) -> xr.DataArray:
        """Share of runs over time in which a series that is 0 or 1 is 1: dimensions arm, time (ISO date)."""
        fans = self._fans.sel(series=series)
        counts = fans["counts"].sel(arm=arms).transpose("arm", "week", "bin").to_numpy()
        low, high = float(fans["low"]), float(fans["high"])
        edges = np.linspace(low, high, counts.shape[-1] + 1)[:-1]
        is_one = edges > 0.5 * min(1.0, high)  # what lies beyond the range is in the last bin
        values = counts[..., is_one].sum(axis=-1) / np.maximum(counts.sum(axis=-1), 1)
        time = [self.date(week) for week in fans["week"].values]
        return xr.DataArray(values, coords={"arm": arms, "time": time}, dims=("arm", "time"), name=series)

    def is_still(self, series: str) -> bool:
        """Whether a series keeps one value in every run of every arm, as far as a reader could see."""
        least, most = self._reach(series, list(self.arms))
        low, high = min(least.min(), self.runs[series].min()), max(most.max(), self.runs[series].max())
        return bool(high - low <= STILL * (1 + max(abs(low), abs(high))))

    def _reach(self, series: str, arms: list[str]) -> tuple[np.ndarray, np.ndarray]:
        """Least and largest value among the trajectories that the study keeps: two times (arm, week)."""
        least, most = (each.sel(series=series, arm=arms).to_numpy() for each in self._extremes)
        return least, most

    @cached_property
    def _extremes(self) -> tuple[xr.DataArray, xr.DataArray]:
        kept = self.study.sample()["value"]
        return kept.min("run"), kept.max("run")

    @cached_property
    def _fans(self) -> xr.Dataset:
        return self.study.fans()


def gather(study: Any, folder: Path) -> Facts:  # noqa: ANN401  (anything with the methods of a study)
    """The facts of a study in a folder; its scenario is the copy that the study keeps, where it is valid."""
    try:
        scenario = load(folder / SCENARIO).scenario
    except BadInput:
        scenario = None
    beside = [Path(str(study.manifest.get("given", ""))), library() / str(study.manifest["scenario"])]
    files = (place / GEOMETRY for place in beside)
    return Facts(study, scenario, next((file for file in files if file.is_file()), None))

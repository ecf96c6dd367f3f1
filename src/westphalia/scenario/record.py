"""The schema of what the record says of a war: statements that runs must meet, and values that they are held against.

A statement is about many runs: a share of them, a difference or ratio of shares between two arms, or quantiles. It is
scored on sign, order and size, and nothing is ever tuned to it. A milestone is one value of one day.
"""

from __future__ import annotations

import datetime

from pydantic import Field, model_validator

from westphalia.scenario.claims import Measure, SeriesName, Tested
from westphalia.scenario.quantity import Block

Name = str
Bounds = tuple[float | None, float | None]
"""Lowest and highest value that is still met; none is no bound."""

MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
HOW = ("share", "change", "ratio", "quantiles")


class Statement(Tested):
    """What history says of a war, as a test of an ensemble of runs."""

    recorded: str = Field("", title="what the record says")
    source: str | None = Field(None, title="key of sources.yaml or of the bibliography")
    pattern: int | None = Field(None, ge=1, le=9, title="number of the pattern of wars that it shows")
    variant: Name | None = Field(None, title="the start that it is about; the scenario's own where left out")
    measure: Measure | None = Field(None, title="what quantiles are of, instead of tests")
    share: Bounds | None = Field(None, title="share of the runs that meet the tests")
    change: Bounds | None = Field(None, title="that share under the lever less that in the baseline")
    ratio: Bounds | None = Field(None, title="that share under the lever over that in the baseline")
    quantiles: dict[float, Bounds] | None = Field(None, title="bounds on quantiles of the measure over the runs")

    @model_validator(mode="after")
    def _is_one(self) -> Statement:
        given = [how for how in HOW if getattr(self, how) is not None]
        if len(given) != 1:
            raise ValueError(f"{len(given)} bounds stand here; give one of {', '.join(HOW)}")
        if (self.quantiles is None) == (self.measure is not None) or bool(self.tests) == (self.measure is not None):
            raise ValueError("quantiles are of a measure, everything else of tests; give one pair of them")
        if (self.change or self.ratio) and self.lever is None:
            raise ValueError("a change or a ratio compares the arm of a lever with the baseline; name a lever")
        if self.quantiles is not None and not all(0 < level < 1 for level in self.quantiles):
            raise ValueError("quantiles are at levels between 0 and 1, such as 0.5")
        return self

    @property
    def measures(self) -> list[Measure]:
        """Everything that is measured."""
        return [*super().measures, *([self.measure] if self.measure is not None else [])]


class Milestone(Block):
    """A value that the record has for a day, or for the change since an earlier one."""

    title: str = Field(..., title="what was so")
    day: datetime.date = Field(..., title="the day")
    since: datetime.date | None = Field(None, title="an earlier day, where the value is what has been added since")
    series: SeriesName = Field(..., title="the recorded series that it is a value of")
    of: Name = Field(..., title="whose")
    value: float = Field(..., title="the value, in the unit of the series")
    error: float = Field(..., gt=0, title="standard deviation of its error")
    variant: Name | None = Field(None, title="the start that runs begin from; the scenario's own where left out")
    source: str | None = Field(None, title="key of sources.yaml or of the bibliography")
    note: str = Field("", title="remark")

    @model_validator(mode="after")
    def _is_forward(self) -> Milestone:
        if self.since is not None and not self.since < self.day:
            raise ValueError(f"nothing can be added from {self.since} to {self.day}; give an earlier day as since")
        return self

    @property
    def whole(self) -> Measure:
        """The series, whenever it is read."""
        return self._read({})

    def steps(self, start: datetime.date, days: int) -> tuple[int, int] | None:
        """First and last step of a run that show it, the nearest ones; nothing where it lies before the first step."""
        first, last = (round(((day or start) - start).days / days) for day in (self.since, self.day))
        return (first, last) if 0 <= first < last else None

    def measure(self, start: datetime.date, days: int) -> Measure | None:
        """What a run from a start in steps of so many days shows of it."""
        steps = self.steps(start, days)
        if steps is None:
            return None
        return self._read({"week": steps[1]} if self.since is None else {"weeks": steps, "as": "change"})

    def before(self, start: datetime.date, days: int) -> Measure | None:
        """What the series has changed by since the start of a run; nothing where the value is itself a change."""
        steps = self.steps(start, days)
        return self._read({"weeks": steps, "as": "change"}) if steps is not None and self.since is None else None

    def pace(self, start: datetime.date, days: int) -> float:
        """Days between ``since`` and ``day`` over those of the steps that show them; 1 for a level."""
        steps = self.steps(start, days)
        if steps is None or self.since is None:
            return 1.0
        return (self.day - self.since).days / (days * (steps[1] - steps[0]))

    def _read(self, when: dict) -> Measure:
        return Measure.model_validate({"series": self.series, "of": self.of} | when)


class Misfit(Block):
    """Where the engine strains to carry the war: a number outside its studied range, or a mechanism that is missing."""

    what: str
    why: str


class Error(Block):
    """How far an observed value may lie from the true one."""

    spread: float = Field(0.0, ge=0, title="standard deviation of the value of a month, in the unit of the table")
    share: float = Field(0.0, ge=0, title="standard deviation of the value of a month, as a share of the value")
    common: float = Field(
        0.0, ge=0, title="standard deviation of a factor around 1 on the whole series: what part of it is seen"
    )
    source: str | None = Field(None, title="key of sources.yaml or of the bibliography")
    note: str | None = Field(None, title="remark")

    @model_validator(mode="after")
    def _is_positive(self) -> Error:
        if self.spread == 0 and self.share == 0:
            raise ValueError("no value is free of error; give spread, or share")
        return self


class Observed(Block):
    """A monthly series of the record that stands in a table beside the scenario."""

    title: str = Field(..., title="what is observed in a month, with its unit")
    file: str = Field(..., title="table beside the scenario")
    where: dict[str, str] = Field({}, title="only rows with these entries")
    month: str = Field("month", title="column with the month, as 2024-01")
    value: str = Field(..., title="column with the value of the month")
    series: SeriesName = Field(..., title="the recorded series whose change over the month it is")
    of: Name = Field(..., title="whose")
    scale: float = Field(1.0, gt=0, title="units of the table in one unit of the series")
    map_of: Name | None = Field(None, title="the series whose past a map with too short a one borrows")
    error: Error = Field(..., title="how far it may be wrong")


class Fold(Block):
    """A split of the record: what a calibration sees, and what is scored after it."""

    title: str
    variant: Name = Field(..., title="the start of the runs")
    origin: str = Field(..., pattern=MONTH, title="first month that is scored, as 2024-01; what lies before is fitted")
    last: str | None = Field(
        None, pattern=MONTH, title="last month that is scored; the last one observed where left out"
    )
    fitted: list[Name] = Field(..., min_length=1, title="observed series that are fitted")
    scored: list[Name] = Field(..., min_length=1, title="observed series that are scored")
    parameters: list[str] = Field(..., min_length=1, title="paths of the numbers fitted; others keep their range")
    without: list[Name] = Field([], title="links without which it is fitted and scored once more")

    @model_validator(mode="after")
    def _is_forward(self) -> Fold:
        if self.last is not None and self.last < self.origin:
            raise ValueError(f"the last month {self.last} lies before the first one that is scored, {self.origin}")
        return self

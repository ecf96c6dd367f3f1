"""The schema of what is argued about a war: claims, the links they may stand on, positions, and what cannot be tested.

A claim is a sentence with tests of its own kind and nothing else: no language of expressions, closed lists throughout.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from westphalia.kinds import SideEvent
from westphalia.scenario.quantity import Block

Name = str

Comparison = Literal["less than", "more than", "at most", "at least", "no different from"]
"""How two numbers of one run are compared."""

SeriesName = Literal[
    "land",
    "force",
    "garrison",
    "pool",
    "dead",
    "wounded",
    "armour",
    "armour lost",
    "ammunition",
    "economy",
    "supply",
    "cohesion",
    "quality",
    "support",
    "expectation",
    "tempo",
    "partisans",
    "displaced",
    "aid",
    "chance",
    "position",
    "will",
]
TalkEvent = Literal["signature", "break of the settlement", "ceasefire"]
OutcomeName = Literal[
    "ongoing",
    "military victory",
    "collapse of both armies at once",
    "frozen war",
    "settlement holds",
    "ceasefire holds",
    "settlement broken",
]
"""How a run ends; a military victory is that of a side."""
FigureName = Literal[
    "weeks fought",
    "gap of readings at signature",
    "option signed",
    "weeks held, of two years",
    "rounds of talks",
    "rounds refused",
    "best gain of both nations",
    "best gain of both sides",
    "best gain of all",
    "best gain of the leadership",
    "chance that all read a text alike",
    "chance that the capitals read a text alike",
    "chance that all read two issues alike",
]
"""The option signed is that of an issue in the first agreement, counted from 1; a run without one has none. Weeks held
count up to two years, of texts signed early enough. Gains are those of the worst-off at the best text for
it, at the start: nations are without leaderships and constituencies, all are all whose yes is needed."""

KINDS = ("series", "weeks_until", "outcome", "figure")
BOTH = "both"
"""Whose a series of sides is where it is the sum of the two."""

Window = Literal["highest", "lowest", "mean", "change", "spread"]
"""What is read off a series between two weeks; change is the last less the first value, spread the highest less the
lowest."""


class Measure(Block):
    """One number of a run: a series at the end or in a week, weeks until something, an outcome, or another figure."""

    series: SeriesName | None = Field(None, title="a recorded series; needs of, a side (front, backer)")
    weeks_until: SideEvent | TalkEvent | None = Field(
        None, title="weeks until something first happens; one more than the run lasts if never"
    )
    outcome: OutcomeName | None = Field(None, title="1 where the run ends so, 0 elsewhere")
    figure: FigureName | None = Field(None, title="another figure of the run; those of texts are read at the start")
    of: Name | None = Field(None, title="whose: a side, or the front, backer, player or issue that the measure has")
    week: int | None = Field(None, ge=1, title="of a series: the week in which it is read; the end where left out")
    weeks: tuple[int, int] | None = Field(None, title="of a series: first and last week of a window; needs as")
    as_: Window | None = Field(None, alias="as", title="what is read off a series in its window")
    reaches: float | None = Field(
        None, title="of a series: weeks until it first comes to this level; one more than the run lasts if never"
    )

    @model_validator(mode="after")
    def _is_one(self) -> Measure:
        given = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(given) != 1:
            raise ValueError(f"{len(given)} kinds of measure stand here; give one of {', '.join(KINDS)}")
        if (self.last_week is not None or self.reaches is not None) and self.series is None:
            raise ValueError("only a series is read in a week or reaches a level; remove week, weeks and reaches")
        if self.last_week is not None and self.reaches is not None:
            raise ValueError("when a series reaches a level is looked for in the whole run; remove week and weeks")
        if (self.weeks is None) != (self.as_ is None):
            raise ValueError("a window needs weeks and as; give both or none")
        if self.weeks is not None and (self.week is not None or not 0 <= self.weeks[0] < self.weeks[1]):
            raise ValueError("a window goes from a week to a later one, such as weeks: [3, 10]; give no week beside it")
        return self

    @property
    def last_week(self) -> int | None:
        """The last week that it looks at; none where that is the end of the run."""
        return self.week if self.weeks is None else self.weeks[1]

    @property
    def mark(self) -> str:
        """What the column's name says of the week, window or level; empty where the series is read at the end."""
        if self.reaches is not None:
            return f"@reaches {self.reaches!r}"
        if self.weeks is not None:
            return f"@{self.as_} {self.weeks[0]} to {self.weeks[1]}"
        return "" if self.week is None else f"@{self.week}"


class Trial(Measure):
    """A comparison of a measure in one arm with other arms, with another measure of that arm, or with a number."""

    is_: Comparison = Field(..., alias="is", title="how it must compare")
    than: float | None = Field(None, title="a number to compare with")
    against: list[Name] = Field(
        [], title="arms to compare with, each by its lever or as baseline; it must compare so with every one"
    )
    measure: Measure | None = Field(None, title="another measure of the same arm to compare with")
    by: float = Field(
        0.0,
        ge=0,
        title="least difference that counts; the greatest that passes for at most, at least, no different",
    )
    relative: bool = Field(False, title="whether that difference is a share of what is compared with")
    arm: Name | None = Field(None, title="the arm in which it is read; that of the claim where left out")

    @model_validator(mode="after")
    def _has_one_other(self) -> Trial:
        if (self.than is not None) + bool(self.against) + (self.measure is not None) != 1:
            raise ValueError("a test compares with one thing; give than, against or measure")
        return self


class Natural(Block):
    """An event that a lever brings about, and that also happens by itself."""

    event: SideEvent = Field(..., title="the event")
    of: Name = Field(..., title="the side")


class Tested(Block):
    """A sentence with the tests that it must pass in a run."""

    sentence: str = Field(..., title="what is said, in neutral words")
    lever: Name | None = Field(None, title="the arm in which it is read; the baseline where left out")
    given: list[Trial] = Field([], title="only runs in which this holds count")
    tests: list[Trial] = Field([], title="then all of this holds")
    note: str = Field("", title="how the sentence became this test")

    @property
    def trials(self) -> list[Trial]:
        """Conditions and tests."""
        return [*self.given, *self.tests]

    @property
    def measures(self) -> list[Measure]:
        """Everything that is measured."""
        return [*self.trials, *(trial.measure for trial in self.trials if trial.measure is not None)]


def _refuse_no_part(part: tuple[float, float]) -> None:
    low, high = part
    if not 0 <= low < high <= 1:
        raise ValueError(f"{low:g} to {high:g} is no part of a range; give two shares such as [0.5, 1]")


class Region(Block):
    """A part of the ranges of some assumptions."""

    assumptions: list[str] = Field(..., min_length=1, title="paths of drawn numbers")
    part: tuple[float, float] = Field(
        ..., title="from where to where in the range, 0 its low and 1 its high end; a run counts if its draw lies there"
    )

    @model_validator(mode="after")
    def _is_a_part(self) -> Region:
        _refuse_no_part(self.part)
        return self


class Claim(Tested):
    """A sentence that is argued about a war."""

    within: list[Region] = Field([], title="only runs whose draws lie in all of these parts of ranges count")
    tests: list[Trial] = Field(..., min_length=1, title="then all of this holds")
    links: list[Name] = Field([], title="switchable links that the claim may stand on")
    mirrored: bool = Field(True, title="whether it can be asked with the two sides exchanged")
    refuted_where: str = Field("", title="what would speak against it")

    @property
    def region(self) -> dict[str, tuple[float, float]]:
        """The parts of ranges that it is about, by path; what they share where a path has several."""
        found: dict[str, tuple[float, float]] = {}
        for each in self.within:
            for path in each.assumptions:
                low, high = found.get(path, each.part)
                found[path] = (max(low, each.part[0]), min(high, each.part[1]))
        return found

    @model_validator(mode="after")
    def _parts_meet(self) -> Claim:
        for path, (low, high) in self.region.items():
            if low >= high:
                raise ValueError(f"no run lies in all parts of {path}; let them meet, or give one")
        return self


class Link(Block):
    """A mechanism with its switch: changes to the scenario without which it does nothing."""

    title: str = Field(..., title="the mechanism in plain words")
    set: dict = Field(..., title="partial scenario that switches it off")


class Untestable(Block):
    """A sentence of the debate that no run can test."""

    sentence: str
    reason: str = Field(..., title="why not")


class Narrowing(Block):
    """A part of a range that a position believes in, or a lever that it takes for granted."""

    sentence: str = Field(..., title="what the narrowing stands on")
    group: Name = Field(..., title="the question to which it belongs")
    assumptions: list[str] = Field([], title="paths of drawn numbers")
    part: tuple[float, float] = Field(
        (0.0, 1.0), title="from where to where in the range, 0 its low and 1 its high end"
    )
    lever: Name | None = Field(None, title="a lever without a date that the position takes for granted")

    @model_validator(mode="after")
    def _is_something(self) -> Narrowing:
        _refuse_no_part(self.part)
        if bool(self.assumptions) == (self.lever is not None):
            raise ValueError("it narrows nothing, or two things; name assumptions or a lever")
        return self


class Position(Block):
    """What somebody who argues takes for granted; elsewhere the full ranges hold."""

    title: str
    narrowings: list[Narrowing] = Field(..., min_length=1)

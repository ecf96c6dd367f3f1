"""The schema of a scenario: what a war is made of, as data.

Sides are first and second by the convention of the coordinate alone: positions count km of the first side's advance.
Persons and vehicles are in thousands.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field, model_validator

from westphalia.laws import ORDER, WAR
from westphalia.scenario.claims import Claim, Link, Natural, Position, Untestable
from westphalia.scenario.doctrine import Doctrine
from westphalia.scenario.lawblocks import LawBlocks
from westphalia.scenario.quantity import Block, Number, number
from westphalia.scenario.record import Fold, Milestone, Misfit, Observed, Statement
from westphalia.scenario.talks import Talks

PERSONS = "thousand persons"
SHARE = "1"
Side = str
Name = str


class Calendar(Block):
    """A series by date: values hold from their date on (step) or are joined by lines (linear); the last one is kept."""

    points: dict[dt.date, float | list[float]] = Field(
        ..., title="value, or one value per front, by date", min_length=1
    )
    interpolate: Literal["step", "linear"] = Field("step", title="what happens between dates")
    factor: Number = number(
        "factor on the whole series after the start of the run", SHARE, 0.0, default=1.0, validate_default=True
    )
    source: str | None = Field(None, title="key of sources.yaml")
    note: str | None = Field(None, title="remark")


class Force(Block):
    """Force in theatre and how it is spread at the start."""

    total: Number = number("force in theatre, front and reserve", PERSONS, 0.0)
    shares: dict[Name, float] = Field(..., title="share of each front, and of the reserve under 'reserve'")

    @model_validator(mode="after")
    def _shares_add_up(self) -> Force:
        total = sum(self.shares.values())
        if min(self.shares.values()) < 0 or abs(total - 1) > 0.005:
            raise ValueError(f"shares add up to {total:g}; they must be positive and add up to 1")
        return self


class SideBlock(Block):
    """One belligerent at the start."""

    label: str = Field(..., title="name as shown")
    population: Number = number("inhabitants of the land that the side holds at the start", PERSONS, 0.001)
    pool: dict[Name, Number] = number("people who could still be called up, by age cohort", PERSONS, 0.0, min_length=1)
    force: Force = Field(..., title="force in theatre")
    strength_wanted: Number = number("strength in theatre that the side aims at", PERSONS, 0.001)
    dependence: Number = number("share of what the army runs on that is imported", SHARE, 0.0, 1.0)
    training: Number = number("recruits in training", PERSONS, 0.0)
    wounded: Number = number("wounded under treatment", PERSONS, 0.0)
    dead: Number = number("dead since the start of the war", PERSONS, 0.0)
    quality: Number = number("quality, 1 at the reference", SHARE, 0.05, 3.0)
    tour: Number = number("mean time in the force", "week", 0.0)
    cohesion: Number = number("cohesion", SHARE, 0.0, 1.0)
    armour: Number = number("heavy materiel in the field", "thousand vehicles", 0.0)
    store: Number = number("heavy materiel in store", "thousand vehicles", 0.0)
    ammunition: Number = number("ammunition index, satisfied at 2", SHARE, 0.0)
    support: Number = number("support of the war at home", SHARE, 0.01, 0.99)
    expectation: Number = number("smoothed sign of the land war", SHARE, -1.0, 1.0, default=0.0, validate_default=True)
    culpability: Number = number("whether the leadership answers for the war", SHARE, 0.0, 1.0)
    weeks_in_office: Number = number("time since the leadership took office", "week", 0.0)
    partisans: Number = number("partisans against this side", PERSONS, 0.0)
    displaced: Number = number(
        "people displaced from land that this side holds", PERSONS, 0.0, default=0.0, validate_default=True
    )
    elections: list[dt.date] = Field([], title="dates at which the leadership stands for election")
    leadership_changes: list[dt.date] = Field([], title="dates of a change of leadership set by the scenario")


class Knot(Block):
    """One knot of a table over position."""

    at: float = Field(..., title="position, km of the first side's advance")
    value: Number = number("value at the position", "as the table", 0.0)


class River(Block):
    """A river along a front."""

    at: float = Field(..., title="position, km of the first side's advance")
    half_width: float = Field(..., gt=0, title="half of the zone in which it is an obstacle, km")
    bonus: Number = number("added to the defence behind it while crossings are cut", SHARE, 0.0)
    capacity: dict[Side, Number] = number(
        "share of capacity that each side's crossings carry when intact", SHARE, 0.0, 1.0
    )
    crossing: dict[Side, Number] = number("the same at the start", SHARE, 0.0, 1.0)
    strikes: dict[Side, Calendar] = Field(
        {},
        title="intensity of strikes on each side's crossings; 1 is the law's rate while a third of the enemy's strikes "
        "goes to supply",
    )


class Belt(Block):
    """A fortified belt that one side has built."""

    side: Side = Field(..., title="the side that it serves")
    at: float = Field(..., title="position, km of the first side's advance")
    half_width: float = Field(..., gt=0, title="half of its depth, km")
    bonus: Number = number("added to the defence at its centre", SHARE, 0.0)
    built: Calendar | None = Field(None, title="share built by date; complete where left out")


class Front(Block):
    """One front: an axis of advance with its ground and its state at the start."""

    label: str = Field(..., title="name as shown")
    regions: list[Name] = Field([], title="regions on the map that belong to the front")
    neighbours: list[Name] = Field([], title="neighbouring fronts")
    width: list[Knot] = Field(..., min_length=1, title="width of the front over position, km")
    inhabitants: list[Knot] = Field(..., min_length=1, title="inhabitants per km of depth over position, thousand")
    limit: dict[Side, Number] = number("farthest advance of each side in its own direction", "km")
    home: dict[Side, Number] = number("from here on, in its own direction, land is foreign to the side", "km")
    stop: dict[Side, Number] = number("deepest line that each side gives up, as a position", "km")
    terrain: Number = number("worth of the terrain for the defence", SHARE, 0.0)
    river: River | None = None
    belts: list[Belt] = []
    hostility: dict[Side, Number] = number("share of the inhabitants hostile to each side", SHARE, 0.0, 1.0)
    decisive: list[Side] = Field([], title="sides whose farthest advance here decides the war")
    industry: dict[Side, Number] = number(
        "share of a side's war economy lost per km given up", "1/km", 0.0, 1.0, default={}
    )
    position: Number = number("line of contact at the start", "km")
    dig_in: dict[Side, Number] = number("field works at the start", SHARE, 0.0, 1.0)
    tempo: dict[Side, Number] = number("tempo at the start; the calendar's where left out", SHARE, 0.0, 1.0, default={})


class Backer(Block):
    """Who helps a side."""

    label: str = Field(..., title="name as shown")
    side: Side = Field(..., title="the side that it helps")
    capacity: Number = number("military aid at full will", "money/year", 0.0)
    will: Number = number("share of capacity given at the start", SHARE, 0.0, 1.0)
    die_hard: Number = number("share of the die-hard faction", SHARE, 0.0, 1.0)
    fatigue: Number | None = number(
        "fatigue at the start; grown since the war began where left out", SHARE, 0.0, 1.0, default=None
    )
    armour_weight: Number = number(
        "vehicles that its aid buys, relative to the law", SHARE, 0.0, default=1.0, validate_default=True
    )
    ammunition_weight: Number = number(
        "ammunition that its aid buys, relative to the law", SHARE, 0.0, default=1.0, validate_default=True
    )
    ceiling: Calendar | None = Field(default=None, title="share of capacity that is allowed by date")


class Calendars(Block):
    """What is given from outside, by date."""

    season: list[float] = Field([1.0] * 12, min_length=12, max_length=12, title="factor on tempo by month")
    truce: Calendar | None = Field(None, title="1 while a truce holds, 0 in war")
    posture: dict[Side, Calendar] = Field(..., title="tempo that the situation asks for, per front")
    shares: dict[Side, Calendar] = Field({}, title="planned share of force per front, the reserve last")
    intake: dict[Side, Calendar] = Field({}, title="claimed intake, thousand persons a week")
    arrivals: dict[Side, Calendar] = Field({}, title="formed units from outside the model, thousand persons a week")


class Outcomes(Block):
    """When an outcome has been reached."""

    quiet_tempo: Number = number(
        "tempo below which a front is quiet", SHARE, 0.0, 1.0, default=0.05, validate_default=True
    )
    quiet_weeks: Number = number("quiet weeks that make a frozen war", "week", 1.0, default=26.0, validate_default=True)
    collapse_cohesion: Number = number(
        "cohesion below which an army collapses", SHARE, 0.0, 1.0, default=0.2, validate_default=True
    )
    collapse_weeks: Number = number(
        "weeks below it that make a collapse", "week", 1.0, default=4.0, validate_default=True
    )
    expectation_area: Number = number(
        "net change of land a week that counts as plain success", "km2", 0.001, default=400.0, validate_default=True
    )
    expectation_rate: Number = number(
        "share of the gap to the new reading of the map closed a week",
        SHARE,
        0.0,
        1.0,
        default=0.1,
        validate_default=True,
    )


def _spread(title: str, low: float, high: float) -> Any:  # noqa: ANN401
    drawn = {"low": low, "high": high, "distribution": "loguniform"}
    return number(title, SHARE, 0.0, 3.0, default=drawn, validate_default=True)


class Chance(Block):
    """Stationary spreads of the slow random parts, natural logarithms."""

    front: Number = _spread("power ratio on one front, memory of weeks", 0.076, 0.27)
    theatre: Number = _spread("power ratio in the theatre, memory of months", 0.03, 0.10)
    tempo: Number = _spread("tempo on one front", 0.05, 0.30)
    intensity: Number = _spread("losses of one side, memory of half a year", 0.10, 0.35)


class Clock(Block):
    """How time is cut."""

    days: int = Field(default=7, ge=1, le=28, title="days of one step; rates are per step")
    substeps: int = Field(default=3, ge=1, le=200, title="sub-steps of combat in one step")


class Variant(Block):
    """Another start: changes to the scenario, applied before anything else."""

    title: str
    set: dict = Field(..., title="partial scenario that is merged in")


class Lever(Block):
    """Something that somebody can do: changes that hold from a date on."""

    title: str
    start: dt.date | None = Field(
        None, alias="from", title="date from which it holds; the start of the run where left out"
    )
    natural: Natural | None = Field(None, title="the event that it brings about, where that also happens by itself")
    set: dict = Field(..., title="partial scenario that is merged in")


class Scenario(Block):
    """A war as data."""

    name: str = Field(..., pattern=r"^[a-z0-9][a-z0-9-]*$", title="short name")
    title: str
    summary: str = Field("", title="what the scenario is and is not")
    money: str = Field("money", title="the unit of money")
    began: dt.date | None = Field(None, title="beginning of the war; the start where left out")
    start: dt.date
    weeks: int = Field(260, ge=1, le=2600, title="steps that a run lasts")
    clock: Clock = Clock()
    sides: dict[Side, SideBlock] = Field(..., min_length=2, max_length=2)
    fronts: dict[Name, Front] = Field(..., min_length=1, max_length=32)
    backers: dict[Name, Backer] = {}
    laws: LawBlocks  # pyright: ignore[reportInvalidTypeForm]  (a model made from what the laws declare)
    doctrine: dict[Side, Doctrine] = Field(..., title="how each side fights")
    calendars: Calendars
    outcomes: Outcomes = Outcomes()
    chance: Chance = Chance()
    saturation: Number = number(
        "saturation of the front with precision fires at the start",
        SHARE,
        0.0,
        1.0,
        default=0.008,
        validate_default=True,
    )
    talks: Talks | None = Field(None, title="talks about an end of the war")
    variants: dict[Name, Variant] = {}
    levers: dict[Name, Lever] = {}
    claims: dict[Name, Claim] = Field({}, title="sentences to be tested")
    untestable: list[Untestable] = Field([], title="sentences that cannot be tested")
    links: dict[Name, Link] = Field({}, title="mechanisms with their switches")
    positions: dict[Name, Position] = Field({}, title="what those who argue take for granted")
    mirror: dict[Name, Name] = Field(
        {}, title="levers, backers, players and fronts that change places when the sides do; others stay"
    )

    statements: dict[Name, Statement] = Field({}, title="what the record says, as tests of runs; never tuned to")
    milestones: dict[Name, Milestone] = Field({}, title="values that the record has for single days")
    untested: dict[Name, Untestable] = Field({}, title="what the record says and no run can show")
    misfits: list[Misfit] = Field([], title="where the engine strains to carry this war")
    observed: dict[Name, Observed] = Field({}, title="monthly series of the record")
    folds: dict[Name, Fold] = Field({}, title="splits of the record into what is fitted and what is scored")
    drawn: dict[str, list[float]] = Field(
        {}, title="values of numbers by case, in turn; a file of them, made by a calibration, may be named instead"
    )

    @property
    def exchanged(self) -> dict[str, str]:
        """What takes whose place when the two sides are exchanged; what is not named stays."""
        first, second = self.sides
        return {first: second, second: first} | self.mirror | {other: name for name, other in self.mirror.items()}

    @property
    def laws_in_use(self) -> dict[str, Any]:
        """The block of each family that this war uses: without talks, none of theirs."""
        families = ORDER if self.talks is not None else WAR
        return {family: getattr(self.laws, family) for family in families}

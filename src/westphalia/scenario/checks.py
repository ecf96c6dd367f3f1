"""What the schema alone cannot see: names that name nothing, rows of the wrong length, values that are hard to believe.

``references`` finds what is wrong, ``warnings`` what is legal and implausible, ``left_out`` the numbers of laws that a
scenario leaves to the range that the law was studied over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from westphalia import refs
from westphalia.errors import Fault, did_you_mean
from westphalia.kinds import Parameter, parameters
from westphalia.laws import laws_of
from westphalia.scenario import (
    calendar_checks,
    claim_checks,
    ground_checks,
    narrowing_checks,
    record_checks,
    talk_checks,
)
from westphalia.scenario.anchors import anchors
from westphalia.scenario.document import Document, Steps, read
from westphalia.scenario.inventory import numbers
from westphalia.scenario.quantity import Quantity
from westphalia.scenario.schema import Calendar, Scenario

RESERVE = "reserve"
"""Stands beside the fronts where force is shared out."""

BY_SIDE = ("limit", "home", "stop", "hostility", "industry", "dig_in", "tempo")
BY_SIDE_ON_RIVERS = ("capacity", "crossing", "strikes")
SHARES_ADD_UP_WITHIN = 0.02

Finding = tuple[Steps, str, str]
"""Path of an entry, what is wrong with it, what would be right."""


class Missing(NamedTuple):
    """A number that a scenario leaves out."""

    path: str
    declared: Parameter


def references(scenario: Scenario, document: Document) -> list[Fault]:
    """Names of sides, fronts and doctrines that do not exist, sides forgotten, rows that do not fit the fronts."""
    found = [
        *_unknown(_sides_named(scenario), scenario.sides),
        *_unknown(_fronts_named(scenario), scenario.fronts),
        *_unknown(_anchors_named(scenario), anchors()),
        *_shares_named(scenario),
        *_forgotten(scenario),
        *_rows(scenario),
        *_labels(scenario),
        *_dates(scenario),
        *(talk_checks.findings(scenario.talks, scenario.sides, scenario.fronts) if scenario.talks is not None else ()),
        *claim_checks.findings(scenario),
        *record_checks.findings(scenario),
        *_drawn(scenario),
    ]
    return [document.fault(*finding) for finding in found]


def _drawn(scenario: Scenario) -> Iterator[Finding]:
    """Columns of a table of values that name no number, or are shorter than others."""
    known = {each.path for each in numbers(scenario)} if scenario.drawn else set()
    longest = max(map(len, scenario.drawn.values()), default=0)
    for path, values in scenario.drawn.items():
        if path not in known:
            yield ("drawn", path), f'"{path}" is no number of the scenario', did_you_mean(path, known) or "remove it"
        if len(values) < longest:
            yield ("drawn", path), f"{len(values)} values, elsewhere {longest}", "give every number as many"


def warnings(scenario: Scenario, document: Document) -> list[Fault]:
    """What is legal in a scenario and hard to believe, in the order of the file."""
    found = [
        *_beyond_studied(scenario),
        *ground_checks.findings(scenario),
        *_people(scenario),
        *_gaps(scenario),
        *_plans(scenario),
        *_levers(scenario),
        *calendar_checks.staying(scenario, document),
        *claim_checks.out_of_reach(scenario),
        *narrowing_checks.idle(scenario),
        *_sources(document),
    ]
    return sorted(document.fault(*finding) for finding in found)


def left_out(scenario: Scenario) -> list[Missing]:
    """The numbers of the laws in use that are drawn from the range that the law was studied over."""
    return [
        Missing(f"laws.{family}.{name}", declared)
        for family, name, declared, given in _numbers(scenario)
        if given is None and declared.low < declared.high
    ]


def _numbers(scenario: Scenario) -> Iterator[tuple[str, str, Parameter, Any]]:
    """Family, name, declaration and given value of every number of the laws in use."""
    for family, block in scenario.laws_in_use.items():
        for name, declared in parameters(laws_of(family)[block.law]).items():
            yield family, name, declared, getattr(block, name)


def _unknown(named: Iterator[tuple[Steps, str]], known: Collection[str]) -> Iterator[Finding]:
    for path, word in named:
        if word not in known:
            yield path, f'"{word}" is not known here', did_you_mean(word, known) or "give a known name"


def _keys(path: Steps, mapping: Mapping[str, object]) -> Iterator[tuple[Steps, str]]:
    for key in mapping:
        yield (*path, key), key


def _sides_named(scenario: Scenario) -> Iterator[tuple[Steps, str]]:
    for name, front in scenario.fronts.items():
        here = ("fronts", name)
        for field in BY_SIDE:
            yield from _keys((*here, field), getattr(front, field))
        for field in BY_SIDE_ON_RIVERS if front.river else ():
            yield from _keys((*here, "river", field), getattr(front.river, field))
        yield from (((*here, "belts", n, "side"), belt.side) for n, belt in enumerate(front.belts))
        yield from (((*here, "decisive", n), side) for n, side in enumerate(front.decisive))
    yield from ((("backers", name, "side"), backer.side) for name, backer in scenario.backers.items())
    yield from _keys(("doctrine",), scenario.doctrine)
    for field in ("posture", "shares", "intake", "arrivals"):
        yield from _keys(("calendars", field), getattr(scenario.calendars, field))
    for family, name, _, given in _numbers(scenario):
        if isinstance(given, dict):
            yield from _keys(("laws", family, name), given)


def _fronts_named(scenario: Scenario) -> Iterator[tuple[Steps, str]]:
    for name, front in scenario.fronts.items():
        yield from ((("fronts", name, "neighbours", n), word) for n, word in enumerate(front.neighbours))


def _shares_named(scenario: Scenario) -> Iterator[Finding]:
    for name, side in scenario.sides.items():
        yield from _unknown(_keys(("sides", name, "force", "shares"), side.force.shares), [*scenario.fronts, RESERVE])


def _anchors_named(scenario: Scenario) -> Iterator[tuple[Steps, str]]:
    for side, doctrine in scenario.doctrine.items():
        if doctrine.anchor is not None:
            yield ("doctrine", side, "anchor"), doctrine.anchor


def _forgotten(scenario: Scenario) -> Iterator[Finding]:
    """Sides without an entry that has no default."""
    for side in scenario.sides:
        if side not in scenario.doctrine:
            yield ("doctrine",), f'no doctrine for "{side}"', "add it"
        for name, front in scenario.fronts.items():
            if side not in front.limit:
                yield ("fronts", name, "limit"), f'no limit for "{side}"', "add its farthest advance, in km"
        for family, name, _, given in _numbers(scenario):
            if isinstance(given, dict) and side not in given:
                yield ("laws", family, name), f'no number for "{side}"', "add it, or give one number for both sides"
    for name, front in scenario.fronts.items():
        if name in front.neighbours:
            yield ("fronts", name, "neighbours"), "a front is no neighbour of itself", "remove it"


def _labels(scenario: Scenario) -> Iterator[Finding]:
    """Sides that could not be told apart in results."""
    (_, one), (name, other) = scenario.sides.items()
    if one.label == other.label:
        yield ("sides", name, "label"), f'both sides are called "{one.label}"', "give each a label of its own"


def _dates(scenario: Scenario) -> Iterator[Finding]:
    if scenario.began is not None and scenario.began > scenario.start:
        yield ("began",), f"the war begins after the start of the run, {scenario.start}", "give an earlier date"


def _calendars(scenario: Scenario) -> Iterator[tuple[Steps, Calendar, int]]:
    """Every calendar with its path and the length of its rows."""
    given, fronts = scenario.calendars, len(scenario.fronts)
    widths = {"posture": fronts, "shares": fronts + 1, "intake": 1, "arrivals": 1}
    for field, width in widths.items():
        yield from ((("calendars", field, side), cal, width) for side, cal in getattr(given, field).items())
    single: list[tuple[Steps, Calendar | None]] = [(("calendars", "truce"), given.truce)]
    single += [(("backers", name, "ceiling"), backer.ceiling) for name, backer in scenario.backers.items()]
    for name, front in scenario.fronts.items():
        strikes = front.river.strikes if front.river else {}
        single += [(("fronts", name, "river", "strikes", side), cal) for side, cal in strikes.items()]
        single += [(("fronts", name, "belts", n, "built"), belt.built) for n, belt in enumerate(front.belts)]
    yield from ((path, cal, 1) for path, cal in single if cal is not None)


def _rows(scenario: Scenario) -> Iterator[Finding]:
    for path, calendar, width in _calendars(scenario):
        for date, row in calendar.points.items():
            here = (*path, "points", date.isoformat())
            if isinstance(row, list) and len(row) != width:
                wanted = "one number" if width == 1 else f"{width} numbers"
                reserve = " and the reserve" if path[1] == "shares" else ""
                remedy = f"give {wanted}, one for each front{reserve}" if width > 1 else f"give {wanted}"
                yield here, f"{len(row)} numbers", remedy
            elif path[1] == "shares" and not isinstance(row, list):
                yield here, "one number", f"give {width} numbers, one for each front and the reserve"


def _beyond_studied(scenario: Scenario) -> Iterator[Finding]:
    """Numbers outside the range that their law was studied over; those at zero, an effect switched off, together."""
    off: dict[str, list[str]] = {}
    for family, name, declared, given in _numbers(scenario):
        quantities: dict[str, Quantity] = given if isinstance(given, dict) else {"": given} if given else {}
        for side, quantity in quantities.items():
            least, most = quantity.ends
            if least >= declared.low and most <= declared.high:
                continue
            if least == most == 0:
                off.setdefault(family, []).append(name)
                continue
            shown = f"{least:g}" if least == most else f"{least:g} to {most:g}"
            studied = f"{declared.low:g} to {declared.high:g}" + (f" {declared.unit}" if declared.unit != "1" else "")
            path = ("laws", family, name, side) if side else ("laws", family, name)
            yield path, f"{shown} lies outside the studied range, {studied}", "keep it only if you know better"
    for family, names in off.items():
        what = f"at 0, outside their studied ranges: {', '.join(dict.fromkeys(names))}"
        yield ("laws", family), what, "keep them so only to switch effects off"


def _people(scenario: Scenario) -> Iterator[Finding]:
    for name, side in scenario.sides.items():
        pool = sum(cohort.centre for cohort in side.pool.values())
        for path, amount in ((("pool",), pool), (("force", "total"), side.force.total.centre)):
            if amount > side.population.centre:
                what = f"{amount:g} thousand are more than the population, {side.population.centre:g} thousand"
                yield ("sides", name, *path), what, "check the units: persons are in thousands"


def _gaps(scenario: Scenario) -> Iterator[Finding]:
    """Fronts without force or hostility, neighbours that do not know of it."""
    for name, side in scenario.sides.items():
        if empty := [front for front in scenario.fronts if front not in side.force.shares]:
            yield ("sides", name, "force", "shares"), f"no share for {', '.join(empty)}", "write 0 if nobody is there"
    for name, front in scenario.fronts.items():
        for side in scenario.sides:
            if side not in front.hostility:
                remedy = "add the share of inhabitants hostile to it; left out, nobody is"
                yield ("fronts", name, "hostility"), f'no hostility to "{side}"', remedy
        for neighbour in front.neighbours:
            if name not in scenario.fronts[neighbour].neighbours:
                what = f"{neighbour} does not name {name} as its neighbour"
                yield ("fronts", name, "neighbours"), what, "name each in the other"


def _plans(scenario: Scenario) -> Iterator[Finding]:
    for side, calendar in scenario.calendars.shares.items():
        for date, row in calendar.points.items():
            total = sum(row) if isinstance(row, list) else 1.0
            if abs(total - 1.0) > SHARES_ADD_UP_WITHIN:
                here = ("calendars", "shares", side, "points", date.isoformat())
                yield here, f"the shares add up to {total:g}", "let them add up to 1"


def _levers(scenario: Scenario) -> Iterator[Finding]:
    for name, lever in scenario.levers.items():
        if lever.start is not None:
            step = (lever.start - scenario.start).days / scenario.clock.days
            if not 0 <= step < scenario.weeks:
                when = "before the start" if step < 0 else "after the end"
                yield ("levers", name, "from"), f"it holds from {lever.start}, {when} of a run", "move its date"


def _sources(document: Document) -> Iterator[Finding]:
    """Sources that stand neither in ``sources.yaml`` beside the scenario nor in the bibliography."""
    listed = Path(document.place(()).file).with_name("sources.yaml")
    known = {*refs.keys(), "assumption", *(read(listed).data if listed.is_file() else ())}
    for path, key in _named_sources(document.data, ()):
        if key not in known:
            remedy = did_you_mean(key, known) or "add it to sources.yaml beside the scenario"
            yield path, f'no source has the key "{key}"', remedy


def _named_sources(data: Any, path: Steps) -> Iterator[tuple[Steps, str]]:  # noqa: ANN401  (plain data)
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, part in parts:
        if step == "source" and isinstance(part, str):
            yield (*path, step), part
        else:
            yield from _named_sources(part, (*path, step))

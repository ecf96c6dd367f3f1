"""Words that several of the parts share: values of assumptions, verdicts, shares with their errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from westphalia.report import words
from westphalia.report.facts import Facts
from westphalia.report.numbers import Z
from westphalia.report.words import NBSP, Real

DENSE = 0.8
"""Share of its runs in which a claim must hold in a region."""
STATUS = {"assumption": "an assumption", "calibrated": "calibrated to the record", "sourced": "sourced"}
"""What a number rests on, in words."""


def value(given: Real, unit: str = "") -> str:
    """A value of an assumption with its unit."""
    if unit == "share":
        return f"{words.plain(100 * given, 3)}{NBSP}%"
    return f"{words.plain(given, 3)}{NBSP}{unit}" if unit not in {"", "1", "index"} else words.plain(given, 3)


def share(found: Mapping[str, Any], runs: int) -> str:
    """A share with its error; so in words where it has none."""
    if found.get("share") is None:
        return "no run that counts"
    if found.get("se") is None:
        return words.percent(found["share"])
    return words.share(found["share"], found["se"], int(found.get("counted") or runs))


def with_error(given: Real, se: Real | None, digits: int = 2) -> str:
    """A number with half of its 95 % interval, where its error is known."""
    told = f"{given:.{digits}f}".replace("-", "−")
    return told if se is None else f"{told} (±{NBSP}{Z * se:.{digits}f})"


def known_as(facts: Facts, path: str) -> str:
    """An assumption by its title and whose it is; by its path where the scenario is gone."""
    title = facts.titles.get(path, "").partition(";")[0]
    place = facts.place(path)
    return (f"{title}, {place}" if place else title) if title else path


def is_holding(verdict: str) -> bool:
    """Whether a verdict says that a claim holds, broadly or in a region."""
    return verdict.startswith("holds")


def hinges(found: Sequence[Mapping[str, Any]], most: int = 3) -> str:
    """The first of what a claim hinges on, with total effects and what they rest on."""
    told = []
    for one in found[:most]:
        status = one.get("status")
        rests = f", {STATUS.get(status, status)}" if status else ""
        told.append(f"“{one['title']}” ({with_error(one['total_effect'], one.get('se'))}{rests})")
    return words.listed(told)


def by_distance(claim: Mapping[str, Any], most: int = 3) -> str:
    """How another ranking than that of total effects bears out what a claim hinges on; nothing where none was made."""
    if (ranked := claim.get("by_distance")) is None:
        return ""
    first = {one["assumption"] for one in ranked}
    missing = [f"“{one['title']}”" for one in claim["hinge"][:most] if one["assumption"] not in first]
    measure = "By how far apart values lie where it holds and where it does not"
    if not missing:
        return f" {measure}, they are among the first five too."
    return f" {measure}, {words.listed(missing)} would not be among the first five."


def redrawn(found: Mapping[str, Any], name: str, most: int) -> list[tuple[str, Mapping[str, Any]]]:
    """What a design has redrawn alone, by title or path, with its total effect: so many assumptions, others, chance."""
    told = [(str(one[name]), one) for one in found["hinge"][:most]]
    told += [("all other assumptions together", found["others"]), ("chance", found["chance"])]
    return [(what, effect) for what, effect in told if effect]


def limits(found: Sequence[Mapping[str, Any]]) -> str:
    """The limits of a box in words."""
    return words.listed([_limit(one) for one in found])


def of_region(verdict: str, claim: Mapping[str, Any]) -> str:
    """A verdict in a table, which says where it is about the claim's own region alone."""
    return f"{verdict} (in its region)" if claim.get("within") else verdict


def nearest(claim: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The box that comes nearest, of a claim whose verdict leaves room for one."""
    return claim.get("nearest") if claim["verdict"] in {"mixed", "undecided"} else None


def no_region(claim: Mapping[str, Any]) -> str:
    """How the nearest box is introduced: a mixed claim has no region, an undecided one none that is known."""
    return "In no region; nearest" if claim["verdict"] == "mixed" else "In no region yet; nearest"


def why_no_region(claim: Mapping[str, Any], box: Mapping[str, Any]) -> str:
    """Why a box is no region: more runs may make it one, or it is not dense enough, or covers too little."""
    if claim["verdict"] != "mixed":
        return "more runs would tell"
    return "not dense enough" if box["density"] < DENSE else "it covers too little of where the claim holds"


def curve(found: Sequence[Mapping[str, Any]]) -> str:
    """Three points of what a box covers against how dense it is: all runs, the middle of the way, and its end."""
    if len(found) < 2:
        return ""
    middle = 0.5 * (found[0]["coverage"] + found[-1]["coverage"])
    nearest = min(found, key=lambda point: abs(point["coverage"] - middle))
    points = [found[0], *([nearest] if nearest not in (found[0], found[-1]) else []), found[-1]]
    told = [f"{words.percent(point['coverage'])} at {words.percent(point['density'])}" for point in points]
    return words.listed(told)


def found_again(box: Mapping[str, Any]) -> float | None:
    """Share of random halves in which the least sure limit of a box was found; none where it was not sought again."""
    shares = [limit["reproduced"] for limit in box["limits"]]
    return None if None in shares else min(shares)


def _limit(one: Mapping[str, Any]) -> str:
    unit = one.get("unit", "")
    low, high = one.get("low"), one.get("high")
    if low is not None and high is not None:
        return f"“{one['title']}” is between {value(low, unit)} and {value(high, unit)}"
    if low is not None:
        return f"“{one['title']}” is {value(low, unit)} or more"
    return f"“{one['title']}” is {value(high, unit)} or less" if high is not None else f"“{one['title']}” is anything"


def changes(found: Sequence[Mapping[str, Any]]) -> str:
    """What is changed from where to where."""
    return words.listed(
        [
            f"“{one['title']}” goes from {value(one['from'], u)} to {value(one['to'], u)}"
            for one in found
            for u in [_unit(one)]
        ]
    )


def _unit(one: Mapping[str, Any]) -> str:
    return str(one.get("unit", ""))

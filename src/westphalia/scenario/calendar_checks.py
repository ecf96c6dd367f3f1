"""Calendars that a lever or variant changes in part: points of later dates stay, and may undo what it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from westphalia.scenario.document import Document, Node, Steps, merge
from westphalia.scenario.schema import Scenario

Finding = tuple[Steps, str, str]
"""Path of an entry, what is wrong with it, what would be right."""

Points = Mapping[str, Node]
"""Points of a calendar by date, as written."""

SHOWN = 3
"""So many dates of points that stay are named."""


def staying(scenario: Scenario, document: Document) -> Iterator[Finding]:
    """Points that a lever or variant sets, and after which others, of other values, stay as they are.

    What stays and says the same is no matter, and neither is what is over when the lever or variant begins to hold.
    """
    for name, lever in scenario.levers.items():
        at = ("levers", name, "set")
        yield from _staying(document, at, str(lever.start or scenario.start))
    for name in scenario.variants:
        at = ("variants", name, "set")
        yield from _staying(document, at, str(merge(document, document.at(at)).at(("start",)).root.content))


def _staying(document: Document, at: Steps, begins: str) -> Iterator[Finding]:
    for path, given in _calendars(document.at(at).root, ()):
        for date, stay in _after(_points(document, path, at), given, begins).items():
            more = f" and {len(stay) - SHOWN} more" if len(stay) > SHOWN else ""
            what = f"points merge by date, so the later ones of {', '.join(stay[:SHOWN])}{more} stay as they are"
            yield (*at, *path, date), what, "if they shall not, set their dates here too"


def _after(base: Points, given: Points, begins: str) -> dict[str, list[str]]:
    """By date of a point given those later dates, up to the next point given, that stay and end what it says."""
    dates = sorted({*base, *given})
    in_force = max((date for date in dates if date <= begins), default="")
    after: dict[str, list[str]] = {}
    last = ""
    for date in dates:
        if date in given:
            last = date
        elif last and date >= in_force and (last in after or not _same(base[date], given[last])):
            after.setdefault(last, []).append(date)
    return after


def _same(one: Node, other: Node) -> bool:
    """Whether two points say the same; one number stands for each of a row."""
    a, b = one.plain(), other.plain()
    width = max(len(each) if isinstance(each, list) else 1 for each in (a, b))
    return _row(a, width) == _row(b, width)


def _row(value: Any, width: int) -> list[Any]:  # noqa: ANN401  (plain data)
    return value if isinstance(value, list) else [value] * width


def _points(document: Document, path: Steps, at: Steps) -> Points:
    """The points that stand at ``path``, but for those of a variant laid over, where others are looked at."""
    try:
        found = document.at(path).root.content
    except KeyError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {date: node for date, node in found.items() if at[0] != "variants" or node.origin[0] != "variants"}


def _calendars(node: Node, path: Steps) -> Iterator[tuple[Steps, Points]]:
    """Every calendar's points in a partial document, with the way to them."""
    for key, part in node.content.items() if isinstance(node.content, dict) else ():
        if key == "points" and isinstance(part.content, dict):
            yield (*path, key), part.content
        else:
            yield from _calendars(part, (*path, key))

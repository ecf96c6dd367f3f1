"""Lines and ground that are hard to believe: lines beyond the land fought over, sides without ground behind them."""

from __future__ import annotations

from collections.abc import Iterator

from westphalia.scenario.document import Steps
from westphalia.scenario.quantity import Quantity
from westphalia.scenario.schema import Front, Scenario

Finding = tuple[Steps, str, str]
"""Path of an entry, what is wrong with it, what would be right."""


def findings(scenario: Scenario) -> Iterator[Finding]:
    """Lines beyond the ground that can be fought over; numbers with a range count by their centre."""
    for name, front in scenario.fronts.items():
        low, high = _ground(scenario, front)
        lines: dict[Steps, Quantity] = {("stop", side): line for side, line in front.stop.items()}
        for path, line in ({("position",): front.position} | lines).items():
            if not low <= line.centre <= high:
                what = "the line at the start" if path == ("position",) else "the stop line"
                remedy = "give a position between them, or widen the limits"
                yield ("fronts", name, *path), f"{what} lies at {line.centre:g}, outside {low:g} to {high:g} km", remedy
    if scenario.talks is not None:
        yield from _without_ground(scenario)


def _without_ground(scenario: Scenario) -> Iterator[Finding]:
    """Sides with no ground behind their lines: they believe themselves beaten from the first week."""
    sides = list(scenario.sides)
    for side, other, sign in zip(sides, sides[::-1], (1.0, -1.0), strict=True):
        left = [front.limit[other].centre + sign * front.position.centre for front in scenario.fronts.values()]
        if max(left) <= 0.0:
            what = f"{side} has no ground behind its lines, and talks count it as about to be beaten"
            yield ("fronts",), what, f"give {other} limits beyond the lines at the start, or leave the talks out"


def _ground(scenario: Scenario, front: Front) -> tuple[float, float]:
    first, second = scenario.sides
    return -front.limit[second].centre, front.limit[first].centre

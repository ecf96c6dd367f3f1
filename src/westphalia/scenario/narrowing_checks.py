"""What positions and claims narrow: numbers that do not exist, and numbers that have no range to take a part of.

A number that exists from no start is a fault of the file. One that is constant, or that does not exist from the start
that was chosen, is a warning: the position or claim can still be argued from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from westphalia.errors import did_you_mean
from westphalia.scenario.document import Steps
from westphalia.scenario.inventory import Known, numbers
from westphalia.scenario.schema import Scenario

REMEDY = "name a number by its path, as in the file: a section, its names, the number, with dots between"


def unknown_numbers(scenario: Scenario) -> dict[Steps, tuple[str, str]]:
    """Narrowings that name no number of the scenario: by place what is wrong, and what would be right."""
    known = _numbers(scenario)
    return {
        at: (f'"{path}" is no number of the scenario', did_you_mean(path, known) or REMEDY)
        for at, path in chain(of_positions(scenario, scenario.positions), of_claims(scenario, scenario.claims))
        if path not in known
    }


def idle(scenario: Scenario) -> Iterator[tuple[Steps, str, str]]:
    """Narrowings that take part of no range in this scenario, perhaps a variant: place, what is wrong, what to do."""
    known = _numbers(scenario)
    asked = {"position": ("asked about", of_positions(scenario, scenario.positions))}
    asked["claim"] = ("tested", of_claims(scenario, scenario.claims))
    for kind, (done, named) in asked.items():
        for at, path in named:
            if path not in known:
                what = f'"{path}" does not exist from this start, so the {kind} cannot be {done}'
                yield at, what, "ask about it with a variant that has the number, or take it out of the narrowing"
            elif not known[path].is_drawn:
                what = f'"{path}" is the same in all runs, {known[path].low:g}: there is no range to take a part of'
                yield at, what, "give the number low and high, or take it out of the narrowing"


def _numbers(scenario: Scenario) -> dict[str, Known]:
    """Numbers by path, each with its own range: a narrowed number is not taken from a table of values."""
    return {known.path: known for known in numbers(scenario.model_copy(update={"drawn": {}}))}


def of_positions(scenario: Scenario, names: Iterable[str]) -> Iterator[tuple[Steps, str]]:
    """What these positions narrow: place and path."""
    for name in names:
        for n, narrowing in enumerate(scenario.positions[name].narrowings):
            for k, path in enumerate(narrowing.assumptions):
                yield ("positions", name, "narrowings", n, "assumptions", k), path


def of_claims(scenario: Scenario, names: Iterable[str]) -> Iterator[tuple[Steps, str]]:
    """What these claims are narrowed to: place and path."""
    for name in names:
        for n, region in enumerate(scenario.claims[name].within):
            for k, path in enumerate(region.assumptions):
                yield ("claims", name, "within", n, "assumptions", k), path

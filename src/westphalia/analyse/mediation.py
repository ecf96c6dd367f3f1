"""Does a third hand help? Two tests of method on wars that are invented: selection, and distortion.

Mediators take hard cases, so wars with a mediator may end worse than wars without although mediation helps. Here both
numbers can be had: the raw association over the runs of one study, and the intervention, which gives every war a
mediator or none. And words that arrive changed can bring a signature that true words would not, or break a peace that
true words would have kept: a search over a small grid finds a case of each.

The page is made by ``mediation_page.py``.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.play import begin, play
from westphalia.analyse.readings import History
from westphalia.scenario.load import load
from westphalia.scenario.schema import Scenario

RUNS, SEED, WEEKS = 4096, 1, 260
TWO_YEARS = 104
SURE = 0.9999999
"""Chance of mediation where every war has it; both ways of talking stay in use, so that one compiled loop serves."""
WIDE = 2.0
"""Standard errors beyond which a difference counts."""

SIDES = ("north", "south")
HARD: Mapping[str, Any] = {
    "laws": {
        "beliefs": {
            "law": "gaussian-learning",
            "signal_spread": 20.0,
            "forgetting": 0.0,
            "motivated": 0.0,
            "idle_information": 0.0,
        },
    },
    "doctrine": {side: {"opening_demand": 0.0} for side in SIDES},
    "talks": {
        "optimism": {"low": 0.0, "high": 0.8},
        "protocols": {"shuttle": {"hops": dict.fromkeys(SIDES, 1), "guarantor": 1.0}},
    },
}
"""The variant for the self-test: optimism that varies and lasts, no opening demands, a mediator who guarantees."""

SELECTION = 4.0
"""Logit by which a case harder by a standard deviation is likelier to be taken."""


class Settled(NamedTuple):
    """What became of each run."""

    weeks: np.ndarray
    """Weeks that the first settlement has held by the horizon, 0 where none was signed."""
    signed: np.ndarray
    """1 where one was signed."""
    holds: np.ndarray
    """1 where the first settlement was signed and still holds at the horizon."""
    quiet: np.ndarray
    """Weeks without fighting."""
    lasted: np.ndarray
    """Whether the first settlement held for two years; not a number where none was signed early enough to tell."""
    mediated: np.ndarray


class Estimate(NamedTuple):
    """A difference and its standard error."""

    difference: float
    error: float

    @property
    def sign(self) -> int:
        """Sign of the difference, 0 where it lies within two standard errors of nothing."""
        return 0 if abs(self.difference) <= WIDE * self.error else int(np.sign(self.difference))


class Comparison(NamedTuple):
    """One measure of durability: how runs with and without a mediator differ, and what a mediator does."""

    measure: str
    with_one: float
    without: float
    raw: Estimate
    forced_on: float
    forced_off: float
    intervention: Estimate


class Cell(NamedTuple):
    """Distortion of one kind in a zone of one width, against true words in the same draws and with the same noise."""

    cost: float
    error: float
    sweetening: float
    signed: Estimate
    holds: Estimate
    quiet: Estimate


def settled(changes: Mapping[str, Any], *, runs: int, seed: int, weeks: int) -> Settled:
    """Play the duel with changes and see what was settled."""
    data = _merged(load("duel").document.data, changes)
    scenario = Scenario.model_validate(data)
    history = play(scenario, begin(scenario, weeks=weeks, runs=runs, seed=seed), weeks=weeks, runs=runs, seed=seed)
    return _read(history, runs, weeks)


def _read(history: History, runs: int, weeks: int) -> Settled:
    truce, table = history.state.truce, history.world.table
    assert truce is not None, "the duel has talks"
    assert table is not None, "and a table"
    week, broken = np.asarray(truce.signed, float), np.asarray(truce.broken, float)
    signed, holding = week >= 0.0, broken < 0.0
    weeks_held = np.where(signed, np.where(holding, float(weeks), broken) - week, 0.0)
    early = signed & (week <= weeks - TWO_YEARS)
    return Settled(
        weeks=weeks_held,
        signed=1.0 * signed,
        holds=1.0 * (signed & holding),
        quiet=weeks - np.asarray(truce.fought, float),
        lasted=np.where(early, 1.0 * (weeks_held >= TWO_YEARS), np.nan),
        mediated=np.broadcast_to(np.asarray(table.channel.mediated) > 0.5, runs),
    )


MEASURES = {
    "weeks that the settlement has held, 0 where none was signed": "weeks",
    "signed and still held at the horizon, share of the wars": "holds",
    "held for two years, share of the settlements signed": "lasted",
}


def self_test(
    changes: Mapping[str, Any] = HARD,
    *,
    selection: float = SELECTION,
    runs: int = RUNS,
    seed: int = SEED,
    weeks: int = WEEKS,
) -> list[Comparison]:
    """Raw association and intervention for each measure.

    Args:
        changes: Entries of the duel that differ.
        selection: Logit by which a case harder by a standard deviation is likelier to be taken.
        runs: Runs of each of the three arms.
        seed: Seed of draws and noise.
        weeks: Horizon.
    """
    arms = []
    for chance, chosen in ((0.5, selection), (SURE, 0.0), (1.0 - SURE, 0.0)):
        mediation = {"talks": {"mediation": {"chance": chance, "selection": chosen}}}
        arms.append(settled(_merged(changes, mediation), runs=runs, seed=seed, weeks=weeks))
    return [_compared(title, name, *arms) for title, name in MEASURES.items()]


def _compared(title: str, name: str, seen: Settled, on: Settled, off: Settled) -> Comparison:
    values, with_one, without = getattr(seen, name), getattr(on, name), getattr(off, name)
    groups = [part[np.isfinite(part)] for part in (values[seen.mediated], values[~seen.mediated])]
    seen_with, seen_without = (float(part.mean()) for part in groups)
    error = float(np.sqrt(sum(part.var() / len(part) for part in groups)))
    return Comparison(
        measure=title,
        with_one=seen_with,
        without=seen_without,
        raw=Estimate(seen_with - seen_without, error),
        forced_on=float(np.nanmean(with_one)),
        forced_off=float(np.nanmean(without)),
        intervention=paired(with_one, without),
    )


def paired(after: np.ndarray, before: np.ndarray) -> Estimate:
    """Difference of two means over the same runs, with the error of the pairs; what is not a number does not count."""
    rows = [np.where(np.isfinite(part), part, np.nan) for part in (after, before)]
    means = [float(np.nanmean(row)) for row in rows]
    parts = [
        np.where(np.isfinite(row), row - mean, 0.0) / np.isfinite(row).mean()
        for row, mean in zip(rows, means, strict=True)
    ]
    return Estimate(means[0] - means[1], float(np.std(parts[0] - parts[1]) / np.sqrt(len(after))))


COSTS = (0.001, 0.003, 0.01, 0.03)
"""Cost of a week of war to each side: the higher, the wider the zone. The two highest lie beyond the studied range."""
DISTORTIONS = ((0.1, 0.0), (0.3, 0.0), (0.1, 4.0), (0.3, 4.0))
"""Chance that a hop changes an option, and lean of a hop toward what its receiver values."""


def distorted(
    costs: tuple[float, ...] = COSTS, *, runs: int = RUNS, seed: int = SEED, weeks: int = WEEKS
) -> list[Cell]:
    """What each distortion does in each zone, against true words."""
    cells = []
    for cost in costs:
        true = settled(_words(cost, 0.0, 0.0), runs=runs, seed=seed, weeks=weeks)
        for error, sweetening in DISTORTIONS:
            heard = settled(_words(cost, error, sweetening), runs=runs, seed=seed, weeks=weeks)
            rows = [paired(getattr(heard, name), getattr(true, name)) for name in ("signed", "holds", "quiet")]
            cells.append(Cell(cost, error, sweetening, *rows))
    return cells


def _words(cost: float, error: float, sweetening: float) -> dict[str, Any]:
    return {
        "laws": {"messages": {"law": "distance-noise", "sweetening": sweetening, "omission": 0.0}},
        "talks": {
            "optimism": 0.05,
            "media": {"oral": error},
            "stakes": {side: {"cost": cost, "unreachable": 0.0, "hostility": 0.5} for side in SIDES},
        },
    }


def two_cases(cells: list[Cell]) -> tuple[Cell | None, Cell | None]:
    """The cell in which distortion helps most, and the one in which it costs most; none where there is none.

    It helps where more settlements are signed and still hold, and it only costs where fewer hold, no more are signed,
    and there are fewer quiet weeks; each by more than two standard errors.
    """
    helps = [cell for cell in cells if cell.holds.sign > 0 and cell.quiet.sign > 0]
    costs = [cell for cell in cells if cell.holds.sign < 0 and cell.quiet.sign < 0 and cell.signed.sign <= 0]
    most = max(helps, key=lambda cell: cell.holds.difference, default=None)
    least = min(costs, key=lambda cell: cell.holds.difference, default=None)
    return most, least


def _merged(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data with changes laid over, mapping by mapping."""
    merged = copy.deepcopy(dict(data))
    for key, value in changes.items():
        inner = merged.get(key)
        if isinstance(inner, Mapping) and isinstance(value, Mapping) and "low" not in value:
            merged[key] = _merged(inner, value)
        else:
            merged[key] = copy.deepcopy(value)
    return merged

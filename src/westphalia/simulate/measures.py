"""What is kept of every run: assumptions, outcome, measures, first weeks of events, status."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from westphalia.assemble import Assembly
from westphalia.assemble.arrays import room_for
from westphalia.assemble.table import seated
from westphalia.model.outcome import EVENTS, OUTCOMES, STATUSES
from westphalia.model.state import State
from westphalia.model.world import World
from westphalia.scenario.claim_checks import measures as claimed
from westphalia.scenario.claims import BOTH, Window
from westphalia.scenario.schema import Scenario
from westphalia.simulate.at_the_table import figure_columns, figures
from westphalia.simulate.series import read


def outcome_names(scenario: Scenario) -> list[str]:
    """Names of the outcomes by code, with the sides' labels."""
    first, second = (side.label for side in scenario.sides.values())
    return [name.format(first=first, second=second) for name in OUTCOMES]


def columns_of(scenario: Scenario, assumptions: dict[str, np.ndarray], measures: list[str]) -> tuple[str, ...]:
    """Names of the columns that a run has, in order."""
    events = [f"week[{event}, {side}]" for event in EVENTS for side in scenario.sides]
    marks = [mark.name for mark in marks_of(scenario)]
    talks = [*talk_columns(scenario), *figure_columns(scenario)]
    return (
        *("run", "case", "repeat", *assumptions, "outcome", "outcome_week", *measures, *marks, *events, *talks),
        "status",
    )


class Mark(NamedTuple):
    """A series in a week or in a window of weeks, or the week in which it reaches a level, that is asked for."""

    name: str
    """Name of the column."""
    series: str
    first: int
    last: int
    window: Window
    level: float | None


def marks_of(scenario: Scenario) -> list[Mark]:
    """The marks of all that is claimed or recorded, the sides exchanged included, in order."""
    exchanged = scenario.exchanged
    found = set()
    for _, measure in claimed(scenario):
        if (measure.last_week is not None or measure.reaches is not None) and measure.of is not None:
            first, last = measure.weeks or (measure.last_week or 0, measure.last_week or 0)
            owners = scenario.sides if measure.of == BOTH else (measure.of, exchanged.get(measure.of, measure.of))
            for owner in owners:
                series = f"{measure.series}[{owner}]"
                found.add(Mark(f"{series}{measure.mark}", series, first, last, measure.as_ or "mean", measure.reaches))
    return sorted(found)


def talk_columns(scenario: Scenario) -> list[str]:
    """Columns of a run that talks add: first signature, break and bare ceasefire, rounds, refusals, what was signed."""
    if scenario.talks is None:
        return []
    _, players = seated(scenario, scenario.talks)
    return [
        *("signed_week", "broken_week", "ceasefire_week", "weeks_fought", "reading_gap", "rounds"),
        *(f"refused[{player}]" for player in players),
        *(f"signed[{issue}]" for issue in scenario.talks.issues),
    ]


def _of_talks(scenario: Scenario, state: State) -> dict[str, np.ndarray]:
    talks, truce = state.talks, state.truce
    if talks is None or truce is None:
        return {}
    events = (truce.signed, truce.broken, truce.ceased, truce.fought, truce.signed_gap)
    rows = [*events, talks.rounds, *talks.refused, *truce.terms]
    return {name: np.asarray(row) for name, row in zip(talk_columns(scenario), rows, strict=True)}


class Record(NamedTuple):
    """What is recorded of a block of runs: names of the series, and (time, series, run) every so many weeks."""

    series: list[str]
    rows: np.ndarray
    every: int

    def at(self, mark: Mark) -> np.ndarray:
        """What a mark asks of a series, between the first recorded weeks that are not before its own; (run,)."""
        if mark.level is not None:
            return self._reached(self.rows[:, self.series.index(mark.series)], mark.level)
        first, last = (min(-(-week // self.every), len(self.rows) - 1) for week in (mark.first, mark.last))
        rows = self.rows[first : last + 1, self.series.index(mark.series)]
        if mark.window == "change":
            return rows[-1] - rows[0]
        if mark.window == "spread":
            return rows.max(axis=0) - rows.min(axis=0)
        return {"highest": np.max, "lowest": np.min, "mean": np.mean}[mark.window](rows, axis=0)

    def _reached(self, rows: np.ndarray, level: float) -> np.ndarray:
        """The first recorded week in which a series stands at or beyond a level, from where it began; -1 if never."""
        beyond = np.where(rows[0] < level, rows >= level, rows <= level)
        return np.where(beyond.any(axis=0), beyond.argmax(axis=0) * self.every, -1)


def table_of(
    scenario: Scenario, runs: np.ndarray, assembly: Assembly, record: Record, state: State
) -> dict[str, np.ndarray]:
    """One value a run of every column, in the order of ``columns_of``; measures are those at the end of the run."""
    measures = dict(zip(record.series, record.rows[-1], strict=True))
    code, first = np.asarray(state.outcome.code), np.asarray(state.outcome.first)
    finite = np.all([np.isfinite(row) for row in measures.values()], axis=0)
    sides = list(scenario.sides)
    return {
        "run": runs,
        "case": runs,
        "repeat": np.zeros(len(runs), np.int64),
        **assembly.assumptions,
        "outcome": np.array(outcome_names(scenario), dtype=object)[code],
        "outcome_week": np.asarray(state.outcome.week),
        **measures,
        **{mark.name: record.at(mark) for mark in marks_of(scenario)},
        **{f"week[{e}, {s}]": first[i, j] for i, e in enumerate(EVENTS) for j, s in enumerate(sides)},
        **_of_talks(scenario, state),
        **figures(scenario, assembly, runs),
        "status": np.array(STATUSES, dtype=object)[np.where(finite, 0, 1)],
    }


def initial_row(world: World, state: State, times: int) -> np.ndarray:
    """An empty record with the start in its first row: (time, series, run), with room for these times at least."""
    row = np.stack([np.asarray(r) for r in read(world, state)])
    record = np.zeros((room_for(times), *row.shape), row.dtype)
    record[0] = row
    return record

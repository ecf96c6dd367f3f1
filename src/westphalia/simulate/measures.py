"""What is kept of every run: assumptions, outcome, measures, first weeks of events, status."""

from __future__ import annotations

import numpy as np

from westphalia.model.outcome import EVENTS, OUTCOMES, STATUSES
from westphalia.model.state import State
from westphalia.model.world import World
from westphalia.scenario.schema import Scenario
from westphalia.simulate.series import read


def outcome_names(scenario: Scenario) -> list[str]:
    """Names of the outcomes by code, with the sides' labels."""
    first, second = (side.label for side in scenario.sides.values())
    return [name.format(first=first, second=second) for name in OUTCOMES]


def columns_of(scenario: Scenario, assumptions: dict[str, np.ndarray], measures: list[str]) -> tuple[str, ...]:
    """Names of the columns that a run has, in order."""
    events = [f"week[{event}, {side}]" for event in EVENTS for side in scenario.sides]
    return ("run", "case", "repeat", *assumptions, "outcome", "outcome_week", *measures, *events, "status")


def table_of(
    scenario: Scenario,
    runs: np.ndarray,
    assumptions: dict[str, np.ndarray],
    measures: dict[str, np.ndarray],
    state: State,
) -> dict[str, np.ndarray]:
    """One value a run of every column, in the order of ``columns_of``; measures are those at the end of the run."""
    code, first = np.asarray(state.outcome.code), np.asarray(state.outcome.first)
    finite = np.all([np.isfinite(row) for row in measures.values()], axis=0)
    sides = list(scenario.sides)
    return {
        "run": runs,
        "case": runs,
        "repeat": np.zeros(len(runs), np.int64),
        **assumptions,
        "outcome": np.array(outcome_names(scenario), dtype=object)[code],
        "outcome_week": np.asarray(state.outcome.week),
        **measures,
        **{f"week[{e}, {s}]": first[i, j] for i, e in enumerate(EVENTS) for j, s in enumerate(sides)},
        "status": np.array(STATUSES, dtype=object)[np.where(finite, 0, 1)],
    }


def initial_row(world: World, state: State, times: int) -> np.ndarray:
    """An empty record with the start in its first row: (time, series, run)."""
    row = np.stack([np.asarray(r) for r in read(world, state)])
    record = np.zeros((times, *row.shape), row.dtype)
    record[0] = row
    return record

"""Regression reports against the record of a war, which is data beside its scenario: shown, never tuned to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from westphalia.analyse.finding import RUNS, SEED, Finding
from westphalia.analyse.play import begin, play
from westphalia.analyse.readings import History
from westphalia.scenario.document import read
from westphalia.scenario.load import library, load
from westphalia.scenario.schema import Scenario

TEST = "12 the record"
Record = Mapping[str, Any]


def reports() -> list[Finding]:
    """Every record of the library, held against runs from its start."""
    found = []
    for file in sorted(library().glob("*/record.yaml")):
        for variant, record in read(file).data.items():
            history = _played(load(file.parent.name, variant=variant).scenario, record["weeks"])
            found += _reported(f"{file.parent.name} {variant}", record, history)
    return found


def _reported(name: str, record: Record, history: History) -> list[Finding]:
    land = history.of("land", 0) - history.of("land", 0)[0]
    found = [*_signs(name, record, history, land)] if "signs" in record else []
    if deaths := record.get("deaths"):
        low, middle, high = np.quantile(history.of("dead", 0)[deaths["week"]], [0.05, 0.5, 0.95])
        text = f"{middle:.1f} thousand (5-95 %: {low:.1f} to {high:.1f})"
        found.append(Finding(TEST, name, deaths["what"], text, deaths["recorded"], None))
    if change := record.get("change_of_land"):
        low, middle, high = np.quantile(land[-1], [0.1, 0.5, 0.9])
        text = f"{middle:,.0f} km2 (10-90 %: {low:,.0f} to {high:,.0f})"
        found.append(Finding(TEST, name, change["what"], text, change["recorded"], None))
    return found


def _signs(name: str, record: Record, history: History, land: np.ndarray) -> list[Finding]:
    """Share of runs with each sign, with all and with all but one at least."""
    lines = history.own_positions(0)
    series = {"land": land} | {front: lines[:, place] for place, front in enumerate(history.fronts)}
    met = {
        sign: np.all([_holds(series[condition["of"]], condition) for condition in conditions], axis=0)
        for sign, conditions in record["signs"].items()
    }
    count = np.sum(list(met.values()), axis=0)
    all_of = len(met)
    rows = {**met, f"all {all_of} signs": count == all_of, f"at least {all_of - 1} of them": count >= all_of - 1}
    return [
        Finding(TEST, name, f"runs in which {sign}", f"{100 * hit.mean():.1f} %", record["seen"], None)
        for sign, hit in rows.items()
    ]


def _holds(series: np.ndarray, condition: Record) -> np.ndarray:
    """Whether a condition of a sign holds in each run."""
    if "highest_to" in condition:
        value = series[: condition["highest_to"] + 1].max(axis=0)
    elif "fall" in condition:
        first, last = condition["fall"]
        value = series[first] - series[last]
    else:
        value = series[condition["at"]]
    return value > condition["above"] if "above" in condition else value < condition["below"]


def _played(scenario: Scenario, weeks: int) -> History:
    return play(scenario, begin(scenario, weeks=weeks, runs=RUNS, seed=SEED), weeks=weeks, runs=RUNS, seed=SEED)

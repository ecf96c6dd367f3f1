"""Regression reports against the record of 2022 and 2023: shown, never tuned to."""

from __future__ import annotations

import numpy as np

from westphalia.analyse.finding import RUNS, SEED, Finding
from westphalia.analyse.play import begin, play
from westphalia.analyse.readings import History
from westphalia.scenario.schema import Scenario

SIGNS = {
    "land gained within ten weeks exceeds 70,000 km2": lambda land, at: land[:11].max(axis=0) > 70_000,
    "the northern line is taken beyond 60 km": lambda land, at: at("north")[:9].max(axis=0) > 60,
    "the northern line is back under 5 km by week 12": lambda land, at: at("north")[12] < 5,
    "the Kharkiv front loses over 4,000 km2 in weeks 28 to 38": (
        lambda land, at: 120 * (at("kharkiv")[28] - at("kharkiv")[38]) > 4_000
    ),
    "the Kherson bridgehead holds to week 24 and is left by week 42": (
        lambda land, at: (at("kherson")[24] > 96) & (at("kherson")[42] < 96)
    ),
}
"""Five signs of 2022, each a truth a run from the land gained (km2) and the lines (km) by week."""


def reports(starts: dict[str, Scenario]) -> list[Finding]:
    """The 2022 signature and the 2023 band."""
    return [*signature(starts["ukraine 2022-02-24"]), *band(starts["ukraine 2022-12-01"])]


def signature(scenario: Scenario) -> list[Finding]:
    """Share of runs with each of the five signs of 2022, with all and with at least four."""
    history = _played(scenario, 45)
    land = history.of("land", 0) - history.of("land", 0)[0]
    lines = history.own_positions(0)
    met = {sign: holds(land, lambda front: lines[:, history.fronts.index(front)]) for sign, holds in SIGNS.items()}
    count = np.sum(list(met.values()), axis=0)
    rows = {**met, "all five signs": count == 5, "at least four of the five": count >= 4}
    found = [
        _report("2022-02-24", f"runs in which {sign}", f"{100 * hit.mean():.1f} %", "seen in 2022")
        for sign, hit in rows.items()
    ]
    dead = np.quantile(history.of("dead", 0)[44], [0.05, 0.5, 0.95])
    text = f"{dead[1]:.1f} thousand (5-95 %: {dead[0]:.1f} to {dead[2]:.1f})"
    return [*found, _report("2022-02-24", "deaths of the first side to the end of 2022", text, "20.7 recorded")]


def band(scenario: Scenario) -> list[Finding]:
    """Net change of land in the thirteen months from December 2022."""
    history = _played(scenario, 56)
    land = history.of("land", 0)
    q = np.quantile(land[-1] - land[0], [0.1, 0.5, 0.9])
    text = f"{q[1]:,.0f} km2 (10-90 %: {q[0]:,.0f} to {q[2]:,.0f})"
    return [_report("2022-12-01", "net change of land to the end of 2023", text, "439 recorded")]


def _played(scenario: Scenario, weeks: int) -> History:
    return play(scenario, begin(scenario, weeks=weeks, runs=RUNS, seed=SEED), weeks=weeks, runs=RUNS, seed=SEED)


def _report(start: str, sentence: str, figure: str, bound: str) -> Finding:
    return Finding("12 the record", f"ukraine {start}", sentence, figure, bound, None)

"""The scoreboard: how the model stands against the record, gathered in one object."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

import westphalia
from westphalia.analyse.claim_runs import Watch
from westphalia.analyse.evidence.calibrate import calibrate
from westphalia.analyse.evidence.coverage import coverage
from westphalia.analyse.evidence.hindcast import hindcast, place
from westphalia.analyse.evidence.observed import observed
from westphalia.analyse.evidence.task import Task
from westphalia.analyse.generic.report import Report
from westphalia.analyse.play import begin, play
from westphalia.scenario.document import read
from westphalia.scenario.load import library, load

SEED = 1
ENGEL = {"attacker": 51.985, "defender": 0.217}
"""Thousand left of each side after 36 days, by the differential equations with Engel's numbers [Engel1954]."""


def gathered(names: list[str], folder: Path, watch: Watch, *, runs: int, fit_runs: int, sets: int) -> dict[str, Any]:
    """Everything that the scoreboard tells, drawn wars apart.

    Args:
        names: Scenarios of the library.
        folder: Where runs are kept.
        watch: Told of the runs that are made.
        runs: Runs of an arm, for statements.
        fit_runs: Runs of each round of a calibration.
        sets: Data sets of the model's own for each fold.
    """
    found: dict[str, Any] = {"cases": [], "milestones": [], "scores": [], "folds": [], "misfits": []}
    for name in names:
        loaded = load(name)
        series = observed(loaded)
        one = hindcast(loaded, series, folder, watch, runs=runs, fit_runs=fit_runs, fold=None, seed=SEED)
        for each in one["folds"]:
            if each["scored"]:
                task = Task.of(loaded, each["fold"], series, SEED, without=each["link"])
                rounds = calibrate(task, folder / place(name, each["fold"], each["link"]), fit_runs, watch)
                each["coverage"] = coverage(task, rounds[0], sets, watch)
        for key, rows in one.items():
            found[key] += rows
        found["misfits"] += [{"case": name, "what": each.what, "why": each.why} for each in loaded.scenario.misfits]
    found["patterns"] = patterns(found["cases"])
    found["published"] = published()
    return found | {"version": westphalia.__version__, "date": dt.date.today().isoformat(), "runs": runs, "seed": SEED}


def patterns(cases: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each pattern with the wars whose statements show it: all that could be tested there are met."""
    found = []
    for number, told in read(library() / "patterns.yaml").data.items():
        by_war: dict[str, list[bool]] = {}
        for case in cases:
            if case["pattern"] == int(number) and case["passed"] is not None:
                by_war.setdefault(case["case"], []).append(case["passed"])
        wars = [{"case": war, "met": sum(met), "tested": len(met)} for war, met in by_war.items()]
        shown = any(war["met"] == war["tested"] for war in wars) if wars else None
        found.append({"number": int(number), **told, "wars": wars, "shown": shown})
    return found


def published() -> list[dict[str, Any]]:
    """Published results run anew: thousand left after the battle of Iwo Jima."""
    scenario = load("iwo-jima").scenario
    history = play(scenario, begin(scenario, weeks=36, runs=1, seed=SEED), weeks=36, runs=1, seed=SEED)
    left = (history.state.manpower.force.sum(axis=1) + history.state.manpower.reserve)[:, 0]
    return [
        {"what": f"Iwo Jima, thousand left: {side}", "published": ENGEL[side], "here": float(np.asarray(value))}
        for side, value in zip(scenario.sides, left, strict=True)
    ]


def of_drawn_wars(found: Report) -> dict[str, Any]:
    """What the scoreboard tells of drawn wars."""
    lines = {
        name: {"statistic": row["statistic"], "empirical": row["empirical"], "simulated": row["simulated"]}
        | {"verdict": row["verdict"]}
        for name, row in found.table.iterrows()
    }
    return {"runs": found.runs, "kept": found.kept, "whole": found.whole._asdict(), "lines": lines}

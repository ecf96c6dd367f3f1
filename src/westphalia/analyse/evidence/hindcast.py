"""A scenario held against its record: statements, milestones, and folds where months after their origin were observed.

What the commands ``hindcast`` and ``calibrate`` do, and their namesakes in Python.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from westphalia.analyse.claim_runs import Store, Watch
from westphalia.analyse.evidence.calibrate import calibrate as fit
from westphalia.analyse.evidence.calibrate import table, told
from westphalia.analyse.evidence.coverage import coverage
from westphalia.analyse.evidence.milestones import milestones
from westphalia.analyse.evidence.observed import Series, observed
from westphalia.analyse.evidence.scores import scored
from westphalia.analyse.evidence.statements import statements, untested
from westphalia.analyse.evidence.task import Task
from westphalia.analyse.methods.emulator import fewest
from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.scenario.load import Loaded, load
from westphalia.scenario.tables import write_table
from westphalia.simulate.study_files import write, write_json
from westphalia.simulate.study_manifest import Plan, option

POSTERIOR, CALIBRATION = "posterior.csv", "calibration.json"


def recorded(
    where: str | Path, data: Path | None = None, fold: str | None = None
) -> tuple[Loaded, Mapping[str, Series]]:
    """A scenario and its observed series, with those of a user's file.

    Raises:
        BadInput: As ``load`` and ``observed`` do, and for a fold that the scenario lacks.
    """
    loaded = load(where)
    folds = loaded.scenario.folds
    if fold is not None and fold not in folds:
        hint = did_you_mean(fold, folds) or f"valid here: {', '.join(folds) or 'none'}"
        raise BadInput([Fault("command line", 1, 1, "--fold", f'there is no fold "{fold}"', hint)])
    return loaded, observed(loaded, data)


def hindcast(
    loaded: Loaded,
    series: Mapping[str, Series],
    folder: Path,
    watch: Watch,
    *,
    runs: int,
    fit_runs: int,
    fold: str | None,
    seed: int,
) -> dict[str, list[dict[str, Any]]]:
    """Statements, milestones and scores of a scenario; with a fold named, the scores of that fold alone."""
    scenario = loaded.scenario
    plan = Plan(loaded, loaded.name, None, seed, scenario.weeks, ())
    found: dict[str, list[dict[str, Any]]] = {"cases": [], "milestones": [], "scores": [], "folds": []}
    if fold is None:
        store = Store(plan, folder / "arms", watch)
        found["cases"] = statements(store, runs) + untested(scenario)
        found["milestones"] = milestones(store, runs)
    for name, one in scenario.folds.items() if fold is None else [(fold, scenario.folds[fold])]:
        told_of = {"case": scenario.name, "fold": name, "title": one.title}
        if not any(month >= one.origin for each in one.scored for month in series[each].by_month):
            found["folds"].append(told_of | {"link": None, "without": None, "scored": False})
            continue
        _enough(len(one.parameters), fit_runs, 0, "fit-runs")
        for link in (None, *one.without):
            task = Task.of(loaded, name, series, seed, without=link)
            own = folder / place(scenario.name, name, link)
            rows, calibration, posterior = scored(task, series, own, watch, runs=fit_runs)
            _leave(own, posterior, calibration)
            words = told_of | {"without": link and scenario.links[link].title}
            found["scores"] += [words | row for row in rows]
            found["folds"].append(calibration | words | {"link": link, "scored": True})
    return found


def calibrated(
    loaded: Loaded,
    series: Mapping[str, Series],
    folder: Path,
    watch: Watch,
    *,
    runs: int,
    check: int,
    fold: str | None,
    seed: int,
) -> dict[str, list[dict[str, Any]]]:
    """All folds calibrated, or one: what is told of each, with the place of its table of draws.

    Raises:
        BadInput: If there is no fold, or there are too few runs for one.
    """
    if not loaded.scenario.folds:
        what, remedy = "the scenario has no folds", "add folds and observed series, as in the library's record.yaml"
        raise BadInput([loaded.document.fault(("folds",), what, remedy)])
    names = loaded.scenario.folds if fold is None else [fold]
    return {"folds": [_calibrated(loaded, name, series, folder, watch, runs, check, seed) for name in names]}


def _calibrated(
    loaded: Loaded,
    name: str,
    series: Mapping[str, Series],
    folder: Path,
    watch: Watch,
    runs: int,
    check: int,
    seed: int,
) -> dict[str, Any]:
    task = Task.of(loaded, name, series, seed)
    _enough(len(task.parameters), runs, check, "runs")
    own = folder / place(loaded.scenario.name, name, None)
    rounds = fit(task, own, runs, watch)
    found = {"fold": name, **told(task, rounds)}
    if check:
        found["coverage"] = coverage(task, rounds[0], check, watch)
    _leave(own, table(task, rounds[-1]), found)
    return {**found, "table": str(own / POSTERIOR)}


def place(scenario: str, fold: str, link: str | None) -> str:
    """The folder in which runs of a fold are kept."""
    return "-".join([scenario, fold, *(["without", link] if link is not None else [])])


def _enough(parameters: int, runs: int, check: int, name: str) -> None:
    """Refuse too few runs before any are made: the emulator needs some for each term, besides those that check it."""
    needed = fewest(parameters) + check
    if runs < needed:
        raise BadInput([option(name, runs, needed)])


def _leave(place: Path, posterior: Mapping[str, Any], calibration: Mapping[str, Any]) -> None:
    write(place / POSTERIOR, lambda path: write_table(Path(path), posterior))
    write_json(place / CALIBRATION, calibration)

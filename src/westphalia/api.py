"""The laboratory from Python: what the commands do, with pandas and xarray for results, and adapters for other tools.

    from westphalia import api
    study = api.run("duel", runs=1024, levers=["aid-none-south"], out="out")

``problem`` and ``evaluate`` serve SALib and whatever else brings its own sample, ``ema_model`` the EMA workbench.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from westphalia.analyse import claims as _claims
from westphalia.analyse import contest as _contest
from westphalia.analyse import cruxes as _cruxes
from westphalia.analyse import frictions as _frictions
from westphalia.analyse import survey as _survey
from westphalia.analyse.claim_runs import Store, Watch
from westphalia.analyse.evidence import hindcast as _hindcast
from westphalia.analyse.friction_own import Wanted
from westphalia.assemble import Assembly, assemble
from westphalia.report import brief as _brief
from westphalia.scenario.load import load
from westphalia.scenario.schema import Scenario
from westphalia.simulate.run import prepare
from westphalia.simulate.study import BASELINE, Study, open_study
from westphalia.simulate.study_manifest import Plan
from westphalia.simulate.study_run import run_study

__all__ = [
    "brief",
    "calibrate",
    "claims",
    "cruxes",
    "doctrines",
    "ema_model",
    "evaluate",
    "frictions",
    "hindcast",
    "open_study",
    "problem",
    "run",
    "talks",
]


def _nobody(*_: Any) -> None:  # noqa: ANN401
    """Told of progress, and says nothing."""


def run(
    scenario: str | Path,
    *,
    runs: int = 4096,
    seed: int = 1,
    weeks: int | None = None,
    levers: Sequence[str] = (),
    variant: str | None = None,
    out: str | Path = "out",
) -> Study:
    """Simulate a study, or go on with the one that stands there; its ``runs()`` is a table, its ``fans()`` a dataset.

    Raises:
        BadInput: As the command ``run``.
    """
    plan = Plan.of(scenario, variant=variant, seed=seed, weeks=weeks, levers=levers)
    return run_study(plan, Path(out) / plan.loaded.scenario.name, runs=runs)


def claims(
    scenario: str | Path,
    *,
    runs: int = 2048,
    seed: int = 1,
    weeks: int | None = None,
    only: Sequence[str] = (),
    design: int | None = None,
    out: str | Path = "out",
    watch: Watch = _nobody,
) -> pd.DataFrame:
    """The claims board, one row a claim, its id as the index; the arms are kept in ``out/claims``.

    With ``design``, a power of two, total effects by Sobol designs of so many rows stand in the column of that name.
    """
    store = _store(scenario, seed, weeks, out, watch)
    return pd.DataFrame(_claims.board(store, runs, only=only, design=design)["claims"]).set_index("id")


def cruxes(
    scenario: str | Path,
    one: str,
    other: str,
    *,
    runs: int = 1024,
    seed: int = 1,
    weeks: int | None = None,
    outcome: str | None = None,
    out: str | Path = "out",
    watch: Watch = _nobody,
) -> dict[str, Any]:
    """The object of ``cruxes --json`` for two positions, and for an outcome or a claim where one is named."""
    return _cruxes.cruxes(_store(scenario, seed, weeks, out, watch), (one, other), runs, outcome)


def _store(scenario: str | Path, seed: int, weeks: int | None, out: str | Path, watch: Watch) -> Store:
    return Store(Plan.of(scenario, seed=seed, weeks=weeks), Path(out) / "claims", watch)


def frictions(scenario: str | Path, *, runs: int = 512, seed: int = 1, error: float | None = None) -> dict[str, Any]:
    """The object of ``frictions --json``; an error is met by fresh runs, as far as the command goes unasked."""
    wanted = Wanted(error) if error else None
    return _frictions.frictions(load(scenario).scenario, seed=seed, runs=runs, watch=_nobody, wanted=wanted)


def doctrines(scenario: str | Path, *, draws: int = 64, seed: int = 1) -> dict[str, Any]:
    """The object of ``doctrines --json``."""
    return _contest.doctrines(load(scenario).scenario, seed=seed, draws=draws, watch=_nobody)


def talks(scenario: str | Path, *, draws: int = 1000, seed: int = 1) -> dict[str, Any]:
    """The object of ``talks --json`` for a scenario."""
    return _survey.survey(load(scenario), seed=seed, draws=draws)


def brief(study: Study | str | Path, file: str | Path) -> None:
    """Write the brief of a study as HTML or PDF, by the file's ending, with the answers that commands have left in it.

    Raises:
        BadInput: As the command ``brief``.
    """
    _brief.write(study.folder if isinstance(study, Study) else Path(study), Path(file))


def hindcast(
    scenario: str | Path,
    *,
    runs: int = 512,
    fit_runs: int = 4096,
    fold: str | None = None,
    data: str | Path | None = None,
    seed: int = 1,
    out: str | Path = "out",
    watch: Watch = _nobody,
) -> dict[str, pd.DataFrame]:
    """A scenario held against its record, as ``hindcast`` does: tables of cases, milestones, scores and folds.

    Args:
        scenario: A scenario with a record.
        runs: Runs of an arm, for statements.
        fit_runs: Runs of each round of a calibration.
        fold: Only this fold, and neither statements nor milestones; all where left out.
        data: More of the record: a table with the columns ``month``, ``series``, ``value``.
        seed: Seed of all draws.
        out: Where runs are kept, in ``record``.
        watch: Told of the runs that are made.
    """
    loaded, series = _hindcast.recorded(scenario, _path(data), fold)
    kept = Path(out) / "record"
    found = _hindcast.hindcast(loaded, series, kept, watch, runs=runs, fit_runs=fit_runs, fold=fold, seed=seed)
    return {name: pd.DataFrame(rows) for name, rows in found.items()}


def calibrate(
    scenario: str | Path,
    *,
    fold: str | None = None,
    runs: int = 4096,
    check: int = 0,
    data: str | Path | None = None,
    seed: int = 1,
    out: str | Path = "out",
    watch: Watch = _nobody,
) -> list[dict[str, Any]]:
    """The folds of ``calibrate --json``, each with the ``table`` of draws that a scenario can name as its own."""
    loaded, series = _hindcast.recorded(scenario, _path(data), fold)
    kept = Path(out) / "record"
    return _hindcast.calibrated(loaded, series, kept, watch, fold=fold, runs=runs, check=check, seed=seed)["folds"]


def _path(given: str | Path | None) -> Path | None:
    return None if given is None else Path(given)


def problem(scenario: str | Path) -> dict[str, Any]:
    """A problem for SALib: every drawn assumption by its path, as a place in its range from 0, low, to 1, high."""
    loaded = load(scenario).scenario
    names = list(assemble(loaded, seed=1, cases=np.arange(1), weeks=1).assumptions)
    drawn = [name for name in names if not name.endswith((".is", ".binds", ".takes"))]
    return {"num_vars": len(drawn), "names": drawn, "bounds": [[0.0, 1.0]] * len(drawn)}


def evaluate(scenario: str | Path, places: pd.DataFrame, *, seed: int = 1, weeks: int | None = None) -> pd.DataFrame:
    """Simulate one run for each row of places in ranges.

    Args:
        scenario: A scenario.
        places: Columns by path, from 0 to 1; assumptions without a column are drawn.
        seed: Seed of noise and of what is drawn.
        weeks: Length of a run.

    Returns:
        Assumptions, outcome, measures, events of each run, in the order of the rows.

    Raises:
        ValueError: If a place lies outside 0 to 1, or a column is no assumption that the scenario draws.
    """
    loaded = load(scenario)
    unknown = set(places.columns) - set(problem(scenario)["names"])
    if unknown or not ((places >= 0) & (places <= 1)).to_numpy().all():
        raise ValueError(
            f"places from 0 to 1 of drawn assumptions; not drawn here: {', '.join(sorted(unknown)) or 'none'}"
        )
    length = weeks or loaded.scenario.weeks

    def build(given: Scenario, cases: np.ndarray) -> Assembly:
        parts = {path: (column[cases], column[cases]) for path, column in of.items()}
        return assemble(given, seed=seed, cases=cases, weeks=length, parts=parts)

    of = {str(path): column.to_numpy(float) for path, column in places.items()}
    engine = prepare(loaded, seed=seed, weeks=length, build=build)
    return pd.DataFrame(engine.run(np.arange(len(places))).table[BASELINE])


def ema_model(
    scenario: str | Path, names: Sequence[str], outcomes: Sequence[str], *, runs: int = 512, weeks: int | None = None
) -> Any:  # noqa: ANN401
    """A model of the EMA workbench: places of some assumptions in, means over runs of some columns out.

    Args:
        scenario: A scenario.
        names: Assumptions by path; the others are drawn anew in each run.
        outcomes: Columns of numbers, such as ``dead[north]``.
        runs: Runs behind each mean.
        weeks: Length of a run.
    """
    from ema_workbench import Model, RealParameter, ScalarOutcome  # pyright: ignore  # noqa: PLC0415, PGH003

    def simulate(**places: float) -> dict[str, float]:
        table = evaluate(scenario, pd.DataFrame([places] * runs), weeks=weeks)
        return {name: float(table[name].to_numpy(float).mean()) for name in outcomes}

    model = Model("westphalia", function=simulate)
    model.uncertainties = [RealParameter(name, 0.0, 1.0) for name in names]
    model.outcomes = [ScalarOutcome(name) for name in outcomes]
    return model

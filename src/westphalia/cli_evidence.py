"""The commands that hold the model against the record: statements and scores of history, and calibration."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from westphalia.acts import counting, say
from westphalia.cli_options import AsJson

ALL = "all"
Runs = Annotated[int, typer.Option(min=50, max=65_536, help="Runs of an arm.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of all draws.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="Where runs are kept; a stopped command goes on from there.")]


def hindcast(
    case: Annotated[
        str, typer.Argument(metavar="SCENARIO|all", help="A scenario with a record, or all of the library.")
    ],
    runs: Runs = 512,
    seed: Seed = 1,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Hold a scenario against its record: which statements the runs meet, and which they miss."""
    from westphalia.analyse.claim_runs import Store
    from westphalia.analyse.evidence.statements import statements
    from westphalia.report.record_words import told
    from westphalia.scenario.load import library_names
    from westphalia.simulate.study_manifest import Plan

    found: dict[str, list] = {"cases": [], "scores": []}
    with counting("runs") as watch:
        for name in library_names() if case == ALL else [case]:
            plan = Plan.of(name, seed=seed)
            found["cases"] += statements(Store(plan, out / "record", watch), runs)
    say(found if as_json else told(found))

"""The commands that hold the model against the record: calibration, statements of history, scores of forecasts."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from westphalia.acts import counting, say
from westphalia.cli_options import AsJson
from westphalia.errors import BadInput, Fault

ALL = "all"
Seed = Annotated[int, typer.Option(min=0, help="Seed of all draws.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="FILE", help="More of the record: a table with the columns month, series, value."),
]
Fold = Annotated[str | None, typer.Option(help="Only this fold of the record; all where left out.")]
FitRuns = Annotated[int, typer.Option(min=256, max=262_144, help="Runs of each round of a calibration.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="Where runs are kept; a stopped command goes on from there.")]


def hindcast(
    case: Annotated[
        str, typer.Argument(metavar="SCENARIO|all", help="A scenario with a record, or all of the library.")
    ],
    runs: Annotated[int, typer.Option(min=50, max=65_536, help="Runs of an arm, for statements.")] = 512,
    fit_runs: FitRuns = 4096,
    fold: Fold = None,
    data: Data = None,
    seed: Seed = 1,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Hold a scenario against its record: statements and milestones, forecasts scored beside naive ones."""
    from westphalia.analyse.evidence.hindcast import hindcast as of
    from westphalia.analyse.evidence.hindcast import recorded
    from westphalia.report.record_words import told
    from westphalia.scenario.load import library_names

    names = library_names() if case == ALL else [case]
    if case == ALL and (data is not None or fold is not None):
        raise BadInput([Fault("command line", 1, 1, "--data, --fold", "mean nothing for all", "name one scenario")])
    found: dict[str, list[Any]] = {"cases": [], "milestones": [], "scores": [], "folds": []}
    with counting("runs") as watch:
        for name in names:
            loaded, series = recorded(name, data, fold)
            one = of(loaded, series, out / "record", watch, runs=runs, fit_runs=fit_runs, fold=fold, seed=seed)
            for key, rows in one.items():
                found[key] += rows
    say(found if as_json else told(found))


def calibrate(
    scenario: Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario with folds of its record.")],
    fold: Fold = None,
    runs: FitRuns = 4096,
    data: Data = None,
    check: Annotated[
        int, typer.Option(min=0, max=1000, help="Also calibrate on so many data sets that the model makes itself.")
    ] = 0,
    seed: Seed = 1,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Fit numbers of a war to a window of its record; leaves a table that a scenario can name as its draws."""
    from westphalia.analyse.evidence.hindcast import calibrated, recorded
    from westphalia.report.calibration_words import told

    loaded, series = recorded(scenario, data, fold)
    with counting("runs") as watch:
        found = calibrated(loaded, series, out / "record", watch, fold=fold, runs=runs, check=check, seed=seed)
    say(found if as_json else told(found))


def score(
    log: Annotated[Path, typer.Argument(metavar="LOG", help="A log that claims has left: claim-log.jsonl.")],
    answers: Annotated[
        Path,
        typer.Option(
            metavar="FILE",
            help="What history answered: a table with the columns scenario, claim, sentence, held, date, source.",
        ),
    ],
    as_json: AsJson = False,
) -> None:
    """Score the verdicts of a log of claims by what history has answered since."""
    from westphalia.analyse.claim_answers import read_answers
    from westphalia.analyse.claim_log import read
    from westphalia.analyse.claim_scores import scores
    from westphalia.report.claim_score_words import told

    lines = read(log)
    found = scores(lines, read_answers(answers, lines))
    say(found if as_json else told(found))


def evidence(
    docs: Annotated[Path, typer.Option(metavar="DIR", help="Where evidence.md and evidence.json are written.")] = Path(
        "."
    ),
    runs: Annotated[int, typer.Option(min=50, max=65_536, help="Runs of an arm, for statements.")] = 512,
    fit_runs: FitRuns = 4096,
    sets: Annotated[int, typer.Option(min=20, max=1000, help="Data sets of the model's own for each fold.")] = 60,
    wars: Annotated[int, typer.Option(min=256, max=65_536, help="Drawn wars.")] = 4096,
    pages: Annotated[
        Path, typer.Option(metavar="DIR", help="Where the pages of sign tests, structure and beliefs were made.")
    ] = Path("docs"),
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Your copy of the DEU tables: rules of bargaining are scored on them too."),
    ] = None,
    out: Out = Path("out"),
) -> None:
    """Hold the whole library against the record, and write the scoreboard."""
    from westphalia.acts import writing
    from westphalia.analyse.evidence.scoreboard import gathered, of_drawn_wars
    from westphalia.analyse.generic.report import report
    from westphalia.analyse.tallies import read
    from westphalia.report.scoreboard import page
    from westphalia.scenario.load import library_names
    from westphalia.simulate.study_files import write_json
    from westphalia.talks.scores import described_in

    beside = {"tallies": read(pages), "decisions": None if decisions is None else described_in(decisions)}
    with counting("runs") as watch:
        found = beside | gathered(library_names(), out / "record", watch, runs=runs, fit_runs=fit_runs, sets=sets)
        found["drawn_wars"] = of_drawn_wars(report(wars, watch=lambda done, of: watch("drawn wars", done, of)))
    with writing("--docs", docs / "evidence.md"):
        (docs / "evidence.md").write_text(page(found), encoding="utf-8")
        write_json(docs / "evidence.json", found)
    say(f"{docs / 'evidence.md'} and {docs / 'evidence.json'} are written")

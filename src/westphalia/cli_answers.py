"""The commands that answer: talks on a table; claims, frictions, cruxes, doctrines on a scenario or on a study of it.

On a study the latter leave their answer in its folder ``answers``, where the brief finds it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from westphalia.acts import counting, export, keep, say, store_for, subject
from westphalia.cli_options import AsJson, Variant
from westphalia.errors import BadInput, Fault, did_you_mean

Where = Annotated[str, typer.Argument(metavar="SCENARIO|DIR", help="A scenario, or the folder of a study of it.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of all draws; a study has its own.")]
Out = Annotated[Path, typer.Option(metavar="DIR", help="For a scenario: runs are kept in DIR/claims.")]
SCENARIO, STUDY = "a scenario", "a study"
GENIUS, DECISIONS = "a folder of GENIUS files", "a folder of decisions"
MEANT_FOR = {
    SCENARIO: ("--variant", "--draws", "--seed", "--sheet", "--export"),
    STUDY: ("--draws", "--sheet", "--export"),
    GENIUS: ("--raw", "--export"),
    DECISIONS: (),
}
"""The options of ``talks`` that mean something, by what it is asked about."""


def talks(
    where: Annotated[
        str,
        typer.Argument(
            metavar="SCENARIO|FOLDER", help="A scenario or study, a folder of GENIUS files or of DEU tables."
        ),
    ],
    variant: Variant = None,
    draws: Annotated[
        int | None, typer.Option(min=10, max=100_000, help="Draws of the assumptions; 1000 where left out.")
    ] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of all draws; 1 where left out.")] = None,
    sheet: Annotated[
        str | None, typer.Option(metavar="KEY", help="Tell this term sheet alone: every player's answer, every clause.")
    ] = None,
    raw: Annotated[bool, typer.Option("--raw", help="Take evaluations of GENIUS files as they stand.")] = False,
    file: Annotated[
        Path | None,
        typer.Option(
            "--export",
            metavar="FILE",
            help="Write the game of naming an undominated text instead: .nfg for Gambit, .json for OpenSpiel.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Analyse a table: zone, solutions, real term sheets, how one text would be read; or score rules on decisions."""
    kind = _kind(Path(where))
    given = {"--variant": variant, "--draws": draws, "--seed": seed, "--sheet": sheet}
    given |= {"--raw": raw or None, "--export": file}
    if sheet is not None and file is not None:
        raise BadInput([Fault("command line", 1, 1, "--sheet", "means nothing with --export", "leave it out")])
    wrong = [name for name, value in given.items() if value is not None and name not in MEANT_FOR[kind]]
    if wrong:
        remedy = f"leave {'it' if len(wrong) == 1 else 'them'} out"
        raise BadInput([Fault("command line", 1, 1, ", ".join(wrong), f"means nothing for {kind}", remedy)])
    if kind == DECISIONS:
        found, told = _scored(Path(where))
    elif kind == GENIUS:
        found, told = _read(where, raw, file)
    else:
        found, told = _surveyed((where, variant, 1 if seed is None else seed), draws or 1000, file)
    if sheet is not None:
        found, told = _of_sheet(found, sheet)
    say(found if as_json else told(found))


Answer = tuple[dict[str, Any], Callable[[Mapping[str, Any]], str]]
"""What a command has found, and what tells it to people."""


def _kind(folder: Path) -> str:
    """What ``talks`` is asked about."""
    from westphalia.simulate.study_files import MANIFEST

    if (folder / MANIFEST).is_file():
        return STUDY
    if not folder.is_dir() or (folder / "scenario.yaml").exists():
        return SCENARIO
    if any(folder.glob("*.xml")):
        return GENIUS
    from westphalia.talks.importers.deu import is_folder_of_decisions

    return DECISIONS if is_folder_of_decisions(folder) else SCENARIO


def _scored(folder: Path) -> Answer:
    from westphalia.report.score_words import told
    from westphalia.talks.scores import described_in

    return described_in(folder), told


def _read(where: str, raw: bool, file: Path | None) -> Answer:
    from westphalia.report.table_words import exact, exported
    from westphalia.talks import read_folder, summary

    game = read_folder(where, raw=raw)
    return (summary(game), exact) if file is None else (export(game, file, Path(where).resolve().name), exported)


def _of_sheet(found: Mapping[str, Any], key: str) -> Answer:
    """One real term sheet, or a text that a theory names."""
    from westphalia.report.survey_words import detailed

    sheets = {one["sheet"]: one for one in (*found["sheets"], *found["theory"])}
    _known([key], sheets, "sheet", "--sheet")
    common = {name: found[name] for name in ("scenario", "start", "draws", "labels", "options")}
    return common | {"sheet": sheets[key]}, detailed


def _surveyed(given: tuple[str, str | None, int], draws: int, file: Path | None) -> Answer:
    from westphalia.analyse.central import central_game
    from westphalia.analyse.survey import survey
    from westphalia.report.survey_words import surveyed
    from westphalia.report.table_words import exported
    from westphalia.scenario.load import talks_of

    loaded, seed, folder = subject(*given, with_tables=True)
    talks_of(loaded)
    if file is None:
        found = survey(loaded, seed=seed, draws=draws)
        keep(folder, "talks", found)
        return found, surveyed
    return export(central_game(loaded.scenario, seed=seed, draws=draws), file, loaded.scenario.title), exported


def claims(
    where: Where,
    variant: Variant = None,
    runs: Annotated[int | None, typer.Option(min=1, help="Runs of an arm; those of a study, else 2048.")] = None,
    seed: Seed = 1,
    weeks: Annotated[int | None, typer.Option(help="Length of a run; the scenario's own where left out.")] = None,
    only: Annotated[list[str] | None, typer.Option("--claim", help="Only this claim; repeatable.")] = None,
    design: Annotated[
        int | None,
        typer.Option(
            metavar="N",
            help="Also total effects by Sobol designs of N rows, a power of two; up to 16 N further runs of each arm.",
        ),
    ] = None,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Test the claims of a scenario: in which part of the assumptions each holds, and what it hinges on."""
    from westphalia.analyse.claim_log import append
    from westphalia.analyse.claims import board
    from westphalia.report.claim_words import told

    with counting("runs") as watch:
        store, runs, folder = store_for(where, variant=variant, seed=seed, weeks=weeks, runs=runs, out=out, watch=watch)
        _known(only or [], store.scenario.claims, "claim", "--claim")
        found = board(store, runs, only=only or (), design=design)
    append(store.folder.parent / "claim-log.jsonl", store.plan, found)
    keep(folder, "claims", found)
    say(found if as_json else told(found))


def frictions(
    where: Where,
    variant: Variant = None,
    runs: Annotated[int, typer.Option(min=100, max=65_536, help="Runs of each of the 64 combinations.")] = 512,
    seed: Seed = 1,
    equal_wedges: Annotated[
        bool, typer.Option("--equal-wedges", help="Weaken all frictions to one median wedge first.")
    ] = False,
    error: Annotated[
        float | None,
        typer.Option(
            min=0.0001,
            max=0.5,
            help="Add fresh runs until no value of a share has a greater standard error, 0.005 say; of a study they "
            "are kept.",
        ),
    ] = None,
    most_runs: Annotated[
        int | None,
        typer.Option(min=100, help="With --error: at most so many runs of each combination; 4096 where left out."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what each of six frictions is worth: why there is no settlement yet, in this model."""
    from westphalia.analyse.friction_own import FOLDER, MOST_RUNS, Wanted
    from westphalia.analyse.frictions import frictions as of
    from westphalia.report.answers import EQUAL
    from westphalia.report.friction_words import told

    if most_runs is not None and error is None:
        what, remedy = "means nothing without --error", "leave it out, or say what error is wanted: --error 0.005"
        raise BadInput([Fault("command line", 1, 1, "--most-runs", what, remedy)])
    kept = Path(where) / FOLDER if _kind(Path(where)) == STUDY else None
    wanted = Wanted(error, most_runs or MOST_RUNS, kept) if error else None
    ask = partial(of, runs=runs, equal_wedges=equal_wedges, wanted=wanted)
    _of_talks(EQUAL if equal_wedges else "frictions", ask, told, (where, variant, seed), "blocks of runs", as_json)


def doctrines(
    where: Where,
    variant: Variant = None,
    draws: Annotated[int, typer.Option(min=2, max=4096, help="Cases of the assumptions.")] = 64,
    seed: Seed = 1,
    as_json: AsJson = False,
) -> None:
    """Set named doctrines against each other: which reply beats which, and whether a prediction is stable."""
    from westphalia.analyse.contest import doctrines as of
    from westphalia.report.doctrine_words import told

    _of_talks("doctrines", partial(of, draws=draws), told, (where, variant, seed), "runs", as_json)


def _of_talks(
    name: str,
    ask: Callable[..., dict[str, Any]],
    told: Callable[[Mapping[str, Any]], str],
    given: tuple[str, str | None, int],
    counted: str,
    as_json: bool,
) -> None:
    """Ask something of a scenario with talks, keep the answer and print it."""
    from westphalia.scenario.load import talks_of

    loaded, seed, folder = subject(*given)
    talks_of(loaded)
    with counting(counted) as watch:
        found = ask(loaded.scenario, seed=seed, watch=partial(watch, counted))
    keep(folder, name, found)
    say(found if as_json else told(found))


def cruxes(
    where: Where,
    between: Annotated[tuple[str, str], typer.Option(metavar="A B", help="Two positions of the scenario.")],
    variant: Variant = None,
    runs: Annotated[int, typer.Option(min=100, max=65_536, help="Runs of each step between the positions.")] = 1024,
    seed: Seed = 1,
    weeks: Annotated[int | None, typer.Option(help="Length of a run; the scenario's own where left out.")] = None,
    outcome: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="An outcome or a claim; that which differs most clearly where left out."),
    ] = None,
    out: Out = Path("out"),
    as_json: AsJson = False,
) -> None:
    """Say on what exactly two positions differ, which differences matter, and what to find out first."""
    from westphalia.analyse.cruxes import cruxes as of
    from westphalia.report.crux_words import told

    with counting("runs") as watch:
        store, _, folder = store_for(where, variant=variant, seed=seed, weeks=weeks, runs=runs, out=out, watch=watch)
        _known(list(between), store.scenario.positions, "position", "--between")
        found = of(store, between, runs, outcome)
    keep(folder, "cruxes", found)
    say(found if as_json else told(found))


def _known(names: list[str], known: Any, what: str, option: str) -> None:  # noqa: ANN401
    """Refuse names of claims, positions or outcomes that the scenario does not have."""
    faults = []
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known) or f"valid here: {', '.join(known) or 'none'}"
            faults.append(Fault("command line", 1, 1, option, f'there is no {what} "{name}"', hint))
    if faults:
        raise BadInput(faults)

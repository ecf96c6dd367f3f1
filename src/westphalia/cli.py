"""The command line. Thin: a command reads its words, calls what does the work, and prints what comes back.

Nothing heavy is imported before a command needs it, so that ``--help`` is quick.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from westphalia import __version__, cli_answers, cli_evidence, interrupts
from westphalia.acts import OWN_FAILURE, Stopped, say, study_under_a_bar, tell, width, writing
from westphalia.cli_options import AsJson, Variant, Where
from westphalia.errors import BadInput, Fault

BAD_INPUT = 2
INTERRUPTED = 130
DEBUG = "WESTPHALIA_DEBUG"

app = typer.Typer(
    help="A laboratory for war termination.",
    epilog="SCENARIO is a library name, a YAML file or a folder. Add --debug to see where a failure comes from.",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder of a study.")]
Levers = Annotated[list[str] | None, typer.Option("--lever", help="A lever to compare with the baseline; repeatable.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and leave with 0, 1 (own failure), 2 (bad input) or 130 (Ctrl-C)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    is_debug = "--debug" in words or DEBUG in os.environ
    try:
        with interrupts.kept():
            app(args=[word for word in words if word != "--debug"], prog_name="westphalia")
    except BadInput as error:
        if "--json" in words:
            say({"ok": False, "faults": [fault.as_json() for fault in error.faults]})
        typer.echo(str(error), err=True)
        sys.exit(BAD_INPUT)
    except Stopped as stop:
        typer.echo(f"Stopped: {stop}.", err=True)
        sys.exit(INTERRUPTED)
    except SystemExit as left:
        if left.code == INTERRUPTED:  # Typer leaves so on Ctrl-C, and says nothing
            typer.echo("Stopped by Ctrl-C before it was done.", err=True)
        raise
    except Exception as error:  # noqa: BLE001  (the last line of defence)
        if is_debug:
            traceback.print_exc()
        reason = " ".join(str(error).split()) or "no reason given"
        typer.echo(f"westphalia failed: {type(error).__name__}: {reason} (--debug shows where)", err=True)
        sys.exit(OWN_FAILURE)


def _tell_version(is_asked: bool) -> bool:
    if is_asked:
        typer.echo(f"westphalia {__version__}")
        raise typer.Exit
    return is_asked


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and leave.")
    ] = False,
) -> None:
    """What holds for every command; the help of the program stands above."""


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the new scenario and of its folder.")],
    source: Annotated[str, typer.Option("--from", metavar="LIBRARY", help="The library scenario to begin with.")],
    as_json: AsJson = False,
) -> None:
    """Begin a scenario of your own from one of the library."""
    from westphalia.scenario.template import copy

    folder = copy(name, source, Path())
    sentence = f"{folder}/scenario.yaml is yours to change; look it over with: westphalia check ./{folder}"
    say({"scenario": name, "folder": str(folder)} if as_json else sentence)


@app.command()
def check(where: Where, variant: Variant = None, as_json: AsJson = False) -> None:
    """Look a scenario over: faults, warnings, numbers left out."""
    from westphalia.report.terminal import checked
    from westphalia.scenario.checks import left_out, warnings
    from westphalia.scenario.load import load

    lists: dict[str, list[Any]] = {name: [] for name in ("levers", "variants", "positions", "claims")}
    try:
        loaded = load(where, variant=variant)
    except BadInput as error:
        if as_json:
            say({"ok": False, **lists, "faults": [fault.as_json() for fault in error.faults], "warnings": []})
            typer.echo(str(error), err=True)
            raise typer.Exit(BAD_INPUT) from None
        raise
    found = {"ok": True, "scenario": loaded.scenario.name}
    found |= {name: list(getattr(loaded.scenario, name, [])) for name in lists}
    found |= {"faults": [], "warnings": [fault.as_json() for fault in warnings(loaded.scenario, loaded.document)]}
    found["drawn"] = [
        {key: getattr(declared, key) for key in ("title", "unit", "low", "high", "status", "source")} | {"path": path}
        for path, declared in left_out(loaded.scenario)
    ]
    say(found if as_json else checked(found))


@app.command()
def run(
    where: Where,
    runs: Annotated[int | None, typer.Option(help="Runs of one arm in all; 4096 for a new study.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of all draws.")] = 1,
    weeks: Annotated[int | None, typer.Option(help="Length of a run; the scenario's own where left out.")] = None,
    variant: Variant = None,
    lever: Levers = None,
    out: Annotated[Path, typer.Option(metavar="DIR", help="The study goes into DIR/<scenario name>.")] = Path("out"),
    replay: Annotated[int | None, typer.Option(metavar="RUN", help="Tell this run week by week instead.")] = None,
    page: Annotated[Path | None, typer.Option(metavar="FILE", help="With --replay: write it as one HTML file.")] = None,
    as_json: AsJson = False,
) -> None:
    """Simulate a study, or go on with one that was interrupted."""
    from westphalia.simulate.study_manifest import Plan

    plan = Plan.of(where, variant=variant, seed=seed, weeks=weeks, levers=lever or ())
    if page is not None and replay is None:
        raise BadInput([Fault("command line", 1, 1, "--page", "a page shows one run", "add --replay and its number")])
    if replay is not None:
        tell(plan, replay, page, as_json)
        return
    for warning in plan.warnings:
        typer.echo(f"warning: {warning}", err=True)
    folder = out / plan.loaded.scenario.name

    def simulate(watch: Any) -> Any:  # noqa: ANN401
        from westphalia.simulate.study_run import run_study

        return run_study(plan, folder, runs=runs, watch=watch)

    study_under_a_bar(simulate, as_json)


@app.command()
def extend(
    folder: Folder,
    runs: Annotated[int | None, typer.Option(help="Runs of one arm in all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Go on with a study until it has so many runs.

    The result equals that of one long run, bit for bit.
    """

    def simulate(watch: Any) -> Any:  # noqa: ANN401
        from westphalia.simulate import study_run

        return study_run.extend(folder, runs, watch=watch)

    study_under_a_bar(simulate, as_json)


@app.command()
def brief(
    folder: Folder,
    file: Annotated[
        Path,
        typer.Option("-o", "--output", metavar="FILE", help="HTML or PDF file, by its ending."),
    ],
    as_json: AsJson = False,
) -> None:
    """Write what a study says as one HTML file, or as a PDF."""
    from westphalia.report.brief import write
    from westphalia.simulate.study import open_study

    open_study(folder)  # where there is none, no folder is made either
    with writing("--output", file):
        write(folder, file)
    say({"study": str(folder), "file": str(file)} if as_json else f"{file} is written")


app.command()(cli_answers.talks)
app.command()(cli_answers.claims)
app.command()(cli_answers.frictions)
app.command()(cli_answers.cruxes)
app.command()(cli_answers.doctrines)
app.command()(cli_evidence.hindcast)
app.command()(cli_evidence.calibrate)
app.command()(cli_evidence.score)
app.command()(cli_evidence.evidence)


@app.command()
def laws(as_json: AsJson = False) -> None:
    """List the laws in the order of the week, with status and source."""
    from westphalia.report.terminal import table
    from westphalia.scenario.reference import laws as catalogue

    found = catalogue()
    if as_json:
        say({"laws": [law._asdict() for law in found]})
        return
    head = ("family", "law", "what it says", "status", "source")
    rows = [(law.family, law.key, law.summary, law.status.split()[0], ", ".join(law.source)) for law in found]
    say(table(head, [(*row[:3], row[3].strip(";,"), row[4]) for row in rows], words=5, width=width()))


@app.command()
def cite(where: Where, variant: Variant = None, as_json: AsJson = False) -> None:
    """Print the literature behind a scenario's laws, as BibTeX."""
    from westphalia import refs
    from westphalia.laws import laws_of
    from westphalia.scenario.load import load

    in_use = load(where, variant=variant).scenario.laws_in_use
    keys = refs.citations(laws_of(family)[block.law] for family, block in in_use.items())
    say({"keys": keys, "bibtex": refs.bibtex(keys)} if as_json else refs.bibtex(keys))


@app.command()
def schema(as_json: AsJson = False) -> None:
    """Print the JSON Schema of a scenario file."""
    from westphalia.scenario.reference import json_schema

    del as_json  # the schema is one JSON object in any case
    say(json_schema())


@app.command()
def explain(
    key: Annotated[str, typer.Argument(help="A dotted key such as laws.attrition.exponent.")], as_json: AsJson = False
) -> None:
    """Say what a key of a scenario means: unit, range, source."""
    from westphalia.report.terminal import explained
    from westphalia.scenario.reference import explain as entries_of

    entries = entries_of(key)
    say({"entries": [entry._asdict() for entry in entries]} if as_json else explained(entries))


if __name__ == "__main__":
    main()

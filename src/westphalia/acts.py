"""What commands do that takes more than one call: simulate a study under a bar, tell one run, print, write a file.

Nothing heavy is imported before it is needed, so that ``--help`` is quick.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import typer

from westphalia.errors import BadInput, Fault

OWN_FAILURE = 1
USUAL_RUNS = 2048
"""Runs of an arm for claims on a scenario of which nobody says how many."""

EXPORTS = {".nfg": "Gambit", ".json": "OpenSpiel"}
"""The programs that a game can be written for, by the ending of the file."""


class Stopped(Exception):  # noqa: N818  (no error)
    """Ctrl-C stopped a command; says what is left of its work."""


def tell(plan: Any, run: int, page: Path | None, as_json: bool) -> None:  # noqa: ANN401
    """Print one run of a plan in words with its rounds of talks, or write it as a page."""
    from westphalia.report.diary import diary
    from westphalia.report.run_page import build

    scenario, told, title = _replayed(plan, run)
    if page is not None:
        with writing("--page", page):
            page.write_text(build(scenario, told, title), encoding="utf-8")
        say({"run": run, "file": str(page)} if as_json else f"{page} is written")
        return
    lines = diary(scenario, told, title)
    rounds = [held.as_json() for held in told.rounds]
    say({"run": run, "diary": lines.splitlines(), "rounds": rounds} if as_json else lines)


@contextlib.contextmanager
def writing(option: str, file: Path) -> Iterator[None]:
    """Make the folder of a file that an option names; a file that cannot be written is bad input."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        if error.filename is None or Path(error.filename) not in (file, *file.parents):
            raise
        what = f"{file} cannot be written ({error.strerror})"
        raise BadInput([Fault("command line", 1, 1, option, what, "give another file")]) from None


def _replayed(plan: Any, run: int) -> tuple[Any, Any, str]:  # noqa: ANN401
    """The scenario of a plan, one run of it, and that run's title; with a lever, as it goes under the lever."""
    from westphalia.simulate.replay import replay
    from westphalia.simulate.run import prepare
    from westphalia.simulate.study_manifest import option

    faults = [option("replay", run, 0)] if run < 0 else []
    faults += [option("lever", len(plan.levers), 0, 1)] if len(plan.levers) > 1 else []
    if faults:
        raise BadInput(faults)
    engine = prepare(plan.loaded, seed=plan.seed, weeks=plan.weeks, levers=plan.levers)
    told = replay(engine, run)
    return engine.scenario, told, f"run {run:,} of seed {plan.seed}, {engine.arms[-1]}"


def export(game: Any, file: Path, title: str) -> dict[str, Any]:  # noqa: ANN401
    """Write the game of naming a text, for Gambit or for OpenSpiel as the file's ending says; what was written."""
    from westphalia.talks import export as of

    def refused(what: str, remedy: str) -> BadInput:
        return BadInput([Fault("command line", 1, 1, "--export", what, remedy)])

    ending = file.suffix.lower()
    if ending not in EXPORTS:
        remedy = "end it in " + " or ".join(f"{known} for {program}" for known, program in EXPORTS.items())
        raise refused(f"what program {file.name} is for is unknown", remedy)
    texts, labels = of.worth_naming(game)
    payoffs = of.size(len(game.parties), len(texts))
    if payoffs > of.MOST_CELLS:
        what = f"{len(game.parties)} parties and {len(texts):,} undominated texts make {payoffs:,} payoffs"
        raise refused(what, f"at most {of.MOST_CELLS:,} are written")
    made, title = of.naming_game(game, texts, labels), f"{title}; options of: {', '.join(game.issues)}"
    with writing("--export", file):
        if ending == ".nfg":
            file.write_text(of.as_nfg(made, title), encoding="utf-8")
        else:
            names, values = of.as_openspiel(made)
            whole = {"short_name": "naming_a_text", "long_name": title, "action_names": names, "utilities": values}
            file.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return {
        "file": str(file),
        "for": EXPORTS[ending],
        "parties": list(made.players),
        "texts": labels,
        "payoffs": payoffs,
    }


def study_under_a_bar(simulate: Any, as_json: bool) -> None:  # noqa: ANN401
    """Run or extend a study under a progress bar, and print its summary."""
    from westphalia.progress import Watcher
    from westphalia.report.terminal import summary
    from westphalia.simulate.study_summary import summarise

    watcher = Watcher()
    try:
        with watcher.bar:
            study = simulate(watcher)
    except KeyboardInterrupt:
        kept = f"{watcher.done:,} of {watcher.runs:,} runs are kept; the same command goes on from there"
        raise Stopped(kept if watcher.runs else "nothing was begun") from None
    if not study.done:
        raise RuntimeError(f"every chunk failed, the first with {study.failures[0]['reason']}")
    found = summarise(study)
    say(found if as_json else summary(found, study.manifest["title"], study.manifest["start"]))
    if study.failures:
        typer.echo(f"{len(study.failures)} chunks failed; the same command tries them again.", err=True)
        raise typer.Exit(OWN_FAILURE)


@contextlib.contextmanager
def counting(what: str) -> Iterator[Any]:
    """A bar on all cores for work that is told as ``watch(what, done, total)``; Ctrl-C leaves in one line."""
    from westphalia.progress import counted

    try:
        with counted(what) as watch:
            yield watch
    except KeyboardInterrupt:
        raise Stopped("what had been simulated for a study is kept; the same command goes on from there") from None


def subject(where: str, variant: str | None, seed: int, *, with_tables: bool = False) -> tuple[Any, int, Path | None]:
    """The scenario, the seed and the folder of a study; for a scenario by name or file there is no folder.

    A study keeps no tables of its own: where they are asked for, the scenario is looked for where it was, and taken
    from there if it is still the same.
    """
    from westphalia.scenario.load import content_hash, load
    from westphalia.simulate.study import open_study
    from westphalia.simulate.study_files import MANIFEST
    from westphalia.simulate.study_manifest import Plan

    folder = Path(where)
    if not (folder / MANIFEST).is_file():
        return load(where, variant=variant), seed, None
    if variant is not None:
        raise BadInput([_of_study("variant")])
    manifest = open_study(folder).manifest
    if with_tables:
        with contextlib.suppress(BadInput):
            found = load(manifest["given"], variant=manifest["variant"])
            if content_hash(found) == manifest["hash"]:
                return found, manifest["seed"], folder
    return Plan.again(folder, manifest).loaded, manifest["seed"], folder


def store_for(
    where: str,
    *,
    variant: str | None,
    seed: int,
    weeks: int | None,
    runs: int | None,
    out: Path,
    watch: Any,  # noqa: ANN401
) -> tuple[Any, int, Path | None]:
    """Where the arms of a scenario or of a study are kept, how many runs each shall have, and the study's folder."""
    from westphalia.analyse.claim_runs import Store
    from westphalia.simulate.study import open_study
    from westphalia.simulate.study_files import MANIFEST
    from westphalia.simulate.study_manifest import Plan

    folder = Path(where)
    if not (folder / MANIFEST).is_file():
        plan = Plan.of(where, variant=variant, seed=seed, weeks=weeks)
        return Store(plan, out / "claims", watch), runs or USUAL_RUNS, None
    given = {"variant": variant, "weeks": weeks}
    if faults := [_of_study(name) for name, value in given.items() if value is not None]:
        raise BadInput(faults)
    study = open_study(folder)
    store = Store(Plan.again(folder, study.manifest), folder / "claims", watch, study)
    return store, runs or max(study.done, 1), folder


def _of_study(name: str) -> Fault:
    """The fault of an option that asks for another study than the one that is given."""
    return Fault("command line", 1, 1, f"--{name}", "a study has its own", "leave it out, or give the scenario")


def keep(folder: Path | None, name: str, found: Mapping[str, Any]) -> None:
    """Leave an answer in the folder of a study, where the brief finds it."""
    from westphalia.report.answers import FOLDER
    from westphalia.simulate.study_files import write_json

    if folder is not None:
        (folder / FOLDER).mkdir(exist_ok=True)
        write_json(folder / FOLDER / f"{name}.json", found)


def say(found: Mapping[str, Any] | str) -> None:
    """Print text as it is, and anything else as one JSON object."""
    typer.echo(found.rstrip("\n") if isinstance(found, str) else json.dumps(found, indent=1, ensure_ascii=False))


def width() -> int:
    """Characters of a line: those of the terminal, or enough for most where there is none."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 160

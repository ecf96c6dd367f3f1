"""Measure everything and write ``RESULTS.md``; ``make bench`` calls this. About ten minutes on two cores."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import forms, rules, talks, whole
from westphalia.simulate.study_manifest import machine, model_version

PAGE = Path(__file__).parent / "RESULTS.md"
STUDIES = (10_000, 100_000, 1_000_000)
YEARS = 260
"""Weeks of five years."""


def told(line: str) -> str:
    """Show progress, and pass the line on."""
    print(line, file=sys.stderr, flush=True)
    return line


def page() -> Iterator[str]:
    """The page, paragraph by paragraph, each as soon as it has been measured."""
    facts = machine()
    yield "# Speed\n"
    yield (
        f"Made by `make bench` on {datetime.date.today().isoformat()} with version {model_version()}: "
        f"{facts['processor']}, {facts['cores']} cores, {facts['system']}, Python {facts['python']}, "
        f"jax {facts['jax']}, numpy {facts['numpy']}.\n\n"
        "Times are medians of processor time, the forms in turn in one process: read ratios, not seconds. Goals stand "
        "beside the figures; a figure that misses its goal stands as it is.\n"
    )
    yield from _forms()
    yield from _whole()
    yield from _first()
    yield from _studies()
    yield from map(told, talks.page())
    yield from map(told, rules.page())


def _forms() -> Iterator[str]:
    yield "## The same maths in four forms\n"
    yield (
        "The war core (`benchmarks/core.py`): attrition, advance, supply, manpower, materiel, occupation, cohesion, "
        f"with their shocks, over {forms.WEEKS} weeks with three sub-steps of combat; no will, no politics, no record. "
        "Microseconds of processor time a run and week, both cores busy.\n"
    )
    yield "| scenario | engine | NumPy | objects (Mesa) | C |"
    yield "|---|---|---|---|---|"
    results = [forms.measure(name) for name in ("ukraine", "duel")]
    for result in results:
        micros = result.micros
        cells = [
            f"{micros[form]:.3g}" if form in micros else "not measured" for form in ("engine", "NumPy", "objects", "C")
        ]
        yield told(f"| {result.scenario} | {' | '.join(cells)} |")
    yield "\n| ratio | goal | " + " | ".join(result.scenario for result in results) + " |"
    yield "|---|---|" + "---|" * len(results)
    rows = {
        "objects over engine": ("at least 300", "objects", lambda engine, other: f"{other / engine:,.0f}"),
        "NumPy over engine": ("at least 5", "NumPy", lambda engine, other: f"{other / engine:.1f}"),
        "C over engine": ("at least 45 %", "C", lambda engine, other: f"{100 * other / engine:.0f} %"),
    }
    for row, (goal, form, ratio) in rows.items():
        cells = [ratio(r.micros["engine"], r.micros[form]) if form in r.micros else "–" for r in results]
        yield told(f"| {row} | {goal} | {' | '.join(cells)} |")
    yield (
        "| five-year runs per core-second | at least 5,000 | "
        + " | ".join(f"{1e6 / result.micros['engine'] / YEARS:,.0f}" for result in results)
        + " |\n"
    )
    apart = "; ".join(
        f"{result.scenario}: " + ", ".join(f"{form} {gap:.1g}" for form, gap in result.apart.items())
        for result in results
    )
    yield (
        "They compute the same. Distance to NumPy in double precision, relative (objects), and between lines after "
        f"a year as a share of their spread, 99 % of all (engine to NumPy, C to engine): {apart}. The objects' "
        "random numbers are drawn before the clock starts, the others draw while it runs.\n"
    )


def _whole() -> Iterator[str]:
    yield "## The whole engine\n"
    yield (
        "With backers' will, home politics, talks, outcomes and a record every four weeks (loop), and with assembly, "
        "the table of runs and histograms as well (engine).\n"
    )
    yield (
        "Five-year runs per core-second; blocks a second on two cores over those on one (wall time, goal 1.8); "
        "what talks add to a block, over a block without them (goal at most 1).\n"
    )
    yield "| scenario | loop | engine | two cores | talks |"
    yield "|---|---|---|---|---|"
    for name in ("ukraine", "duel"):
        speed = whole.measure(name)
        yield told(f"| {name} | {speed.loop:,.0f} | {speed.engine:,.0f} | {speed.cores:.2f} | {speed.talks:.2f} |")
    yield (
        "\nA block alone borrows the other core for parts of its week, so that one block is not one "
        "core; per second of processor time two busy cores do more than one.\n"
    )


def _first() -> Iterator[str]:
    yield "## The first block waits for the compiler\n"
    yield "| scenario | cold, s (goal below 6) | from the cache, s (goal below 1) |"
    yield "|---|---|---|"
    for name in ("ukraine", "duel"):
        cold, cached = whole.compilation(name)
        yield told(f"| {name} | {cold:.1f} | {cached:.1f} |")
    yield ""


def _studies() -> Iterator[str]:
    yield "## Studies of the flagship from the command line\n"
    yield (
        "Five years, from the start of the process to the table of outcomes, everything written to disk. Goals: "
        "100,000 runs in half a minute; memory flat below 2 GiB.\n"
    )
    yield "| runs | s | runs per second | largest memory, GiB |"
    yield "|---|---|---|---|"
    for runs in STUDIES:
        study = whole.study(runs)
        yield told(f"| {runs:,} | {study.seconds:.0f} | {runs / study.seconds:,.0f} | {study.gibibytes:.2f} |")


if __name__ == "__main__":
    PAGE.write_text("\n".join(page()) + "\n", encoding="utf-8")

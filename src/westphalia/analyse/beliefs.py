"""Are the sides' beliefs calibrated against the simulator? Believed chance of victory against how wars end by arms.

Talks and ceasefires are switched off, so that a war runs until it is decided or the horizon is reached. Among the runs
that were decided, those in which a side believed in a chance of p should be won by it in a share of p. Beliefs are
subjective and drawn apart by assumption, so they are not expected to be right; the page says how far off they are.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np

from westphalia.analyse.tallies import Tally, note
from westphalia.scenario.load import Loaded, library_names, load
from westphalia.simulate.run import prepare

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
WEEKS = 520
RUNS = 4096
LATER = 26
"""Row of the record, every fourth week, at which beliefs are read a second time: two years."""
OFF = ("held", "ceasefire")
"""Numbers of the talks that are set to 0."""


class Bin(NamedTuple):
    """Beliefs of one range: how many, their mean, and the share that came true."""

    low: float
    high: float
    beliefs: int
    believed: float
    won: float


class Finding(NamedTuple):
    """Beliefs of both sides at one moment against the outcome, over the runs decided later."""

    scenario: str
    when: str
    decided: float
    """Share of all runs that were decided by the horizon."""
    bins: list[Bin]
    brier: float
    constant: float
    """Brier score of one half."""


def without_talks(loaded: Loaded) -> Loaded:
    """The scenario with beliefs, and without rounds or ceasefires."""
    scenario = loaded.scenario
    assert scenario.talks is not None, "beliefs belong to talks"
    zero = scenario.talks.held.model_copy(update={"value": 0.0, "low": None, "high": None})
    talks = scenario.talks.model_copy(update=dict.fromkeys(OFF, zero))
    return Loaded(scenario.model_copy(update={"talks": talks}), loaded.document, loaded.name)


def calibration(loaded: Loaded, *, runs: int = RUNS, weeks: int = WEEKS, seed: int = 1) -> list[Finding]:
    """Beliefs at the start and two years later against what came of the war."""
    engine = prepare(without_talks(loaded), seed=seed, weeks=weeks)
    chunk = engine.run(np.arange(runs))
    names = [series.name for series in engine.series]
    rows = [names.index(f"chance[{side}]") for side in engine.scenario.sides]
    outcome, week = chunk.table["baseline"]["outcome"], chunk.table["baseline"]["outcome_week"]
    labels = [side.label for side in engine.scenario.sides.values()]
    won = np.stack([outcome == f"military victory of {label}" for label in labels])
    found = []
    for when, row in (("at the start", 0), ("after two years", LATER)):
        open_still = won.any(axis=0) & (week > engine.times[row])
        believed = chunk.sample[0, rows, row][:, open_still].ravel()
        found.append(_finding(loaded.name, when, won, believed, won[:, open_still].ravel()))
    return found


def _finding(name: str, when: str, won: np.ndarray, believed: np.ndarray, came_true: np.ndarray) -> Finding:
    place = np.clip(np.digitize(believed, EDGES[1:-1]), 0, len(EDGES) - 2)
    bins = [
        Bin(EDGES[n], EDGES[n + 1], int(inside.sum()), float(believed[inside].mean()), float(came_true[inside].mean()))
        for n in range(len(EDGES) - 1)
        for inside in (place == n,)
        if inside.any()
    ]
    brier = float(np.mean((believed - came_true) ** 2)) if believed.size else float("nan")
    return Finding(name, when, float(won.any(axis=0).mean()), bins, brier, 0.25)


def page(findings: list[Finding]) -> str:
    """The findings as a page of the docs."""
    lines = [
        "# Are the sides' beliefs calibrated?",
        "",
        "Made by `python -m westphalia.analyse.beliefs docs`. Talks are switched off; beliefs of both sides,",
        "over the runs that arms decide within ten years. A Brier score of 0.25 is that of saying one half each time.",
        "",
        "| scenario | moment | believed | beliefs | mean belief | came true | Brier score | decided |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for found in findings:
        for n, one in enumerate(found.bins):
            score = f"{found.brier:.3f}" if n == 0 else ""
            decided = f"{100 * found.decided:.1f} %" if n == 0 else ""
            lines.append(
                f"| {found.scenario} | {found.when} | {one.low:.1f}-{one.high:.1f} | {one.beliefs} | "
                f"{one.believed:.2f} | {one.won:.2f} | {score} | {decided} |"
            )
    return "\n".join(lines) + "\n"


def write(folder: Path) -> None:
    """Write the page for the wars of the library that have talks, with its tallies."""
    wars = [loaded for loaded in map(load, library_names()) if loaded.scenario.talks is not None]
    found = [finding for loaded in wars for finding in calibration(loaded)]
    (folder / "beliefs.md").write_text(page(found), encoding="utf-8")
    note(folder, "beliefs.md", tallies(found))


def tallies(findings: list[Finding]) -> list[Tally]:
    """By moment, the wars whose beliefs score better than one half said each time, of those that somebody won."""
    told = []
    for when in dict.fromkeys(found.when for found in findings if found.bins):
        own = [found for found in findings if found.bins and found.when == when]
        worse = [found.scenario for found in own if found.brier >= found.constant]
        told.append(Tally(f"Beliefs {when} tell more than one half does", len(own) - len(worse), len(own), worse))
    return told


if __name__ == "__main__":
    write(Path(sys.argv[1]))

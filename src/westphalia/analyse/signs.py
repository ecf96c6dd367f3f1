"""Sign tests: does an intervention move what the literature says that it moves, in the direction it says?

Each fact is run in pairs over draws of the prior, with the same noise in both arms, once for each side. A row passes
if the expected sign holds in at least 80 % of the draws in which anything happened, and if the other side's share
differs by no more than two standard errors of the paired difference.

``python -m westphalia.analyse.signs docs`` writes ``docs/signs.md``.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from westphalia import __version__
from westphalia.analyse.arms import Arms
from westphalia.analyse.readings import History
from westphalia.analyse.sign_facts import Fact, Metric
from westphalia.analyse.sign_facts_talks import TALKS
from westphalia.analyse.sign_facts_war import WAR
from westphalia.analyse.tallies import Tally, note
from westphalia.scenario.load import load

DRAWS, SEED = 8192, 1
"""So many because armies that collapse without aid are one draw in twenty."""

PASSING_SHARE = 0.8
ROUNDING = 1e-6
"""Differences below this part of the numbers' size and spread are ties."""

FACTS: tuple[Fact, ...] = (*WAR, *TALKS)

SIGNS = {1: "+", -1: "-", 0: "0"}
Watch = Callable[[str], None]


class Row(NamedTuple):
    """How one metric of one fact came out."""

    fact: str
    metric: str
    expected: str
    weeks: int
    draws: int
    ties: int
    """Draws in which nothing happened in either arm, or that do not count, for the first side."""
    share: float
    """Share of the other draws with the expected sign, for the first side."""
    mirrored: float
    """The same for the second side."""
    difference: float
    error: float
    """Standard error of the paired difference of the two shares."""
    is_passed: bool
    source: str


class Outcome(NamedTuple):
    """One side's draws: which count, and which of them have the expected sign."""

    counts: np.ndarray
    holds: np.ndarray

    @property
    def share(self) -> float:
        """Share with the expected sign among those that count; not a number if none does."""
        return float(self.holds[self.counts].mean()) if self.counts.any() else float("nan")

    @property
    def influence(self) -> np.ndarray:
        """What each draw adds to the share's deviation, so that ``mean`` of its square over draws is the variance."""
        weight = max(self.counts.mean(), 1e-12)
        return np.where(self.counts, self.holds - self.share, 0.0) / weight if self.counts.any() else 0.0 * self.holds


def compare(before: np.ndarray, after: np.ndarray, metric: Metric, counts: np.ndarray) -> Outcome:
    """Which draws moved, and which of them as expected; where no movement is expected every draw counts."""
    moved = after - before
    if metric.sign == 0:
        return Outcome(counts, np.abs(moved) < metric.none_below)
    size = 0.5 * (np.abs(before) + np.abs(after)) + np.nanstd(np.concatenate([before, after]))
    return Outcome(counts & (np.abs(moved) > ROUNDING * size), moved * metric.sign > 0.0)


def evaluate(fact: Fact, arms: Arms) -> list[Row]:
    """The rows of one fact."""
    pairs = [_pair(fact, arms, side) for side in (0, 1)]
    return [
        _row(fact, metric, *(_outcome(fact, metric, pair, side) for side, pair in enumerate(pairs)))
        for metric in fact.metrics
    ]


def table(
    facts: Sequence[Fact] = FACTS,
    *,
    scenario: str = "duel",
    draws: int = DRAWS,
    seed: int = SEED,
    watch: Watch | None = None,
) -> pd.DataFrame:
    """All rows of the facts, one a metric.

    Args:
        facts: The facts to test.
        scenario: Name of a scenario with the fronts that the facts name.
        draws: Runs of each arm.
        seed: Seed of draws and noise.
        watch: Told of each fact before it is run.
    """
    arms = Arms(load(scenario), draws=draws, seed=seed)
    rows = []
    for fact in facts:
        if watch:
            watch(fact.key)
        rows += evaluate(fact, arms)
    return pd.DataFrame(rows, columns=list(Row._fields))


def _pair(fact: Fact, arms: Arms, side: int) -> tuple[History, History]:
    setting = fact.setting if fact.talks else {**fact.setting, "talks": None}
    start = fact.given(arms.start(setting, side), side)
    after = fact.given(arms.start({**setting, **fact.changed}, side), side) if fact.changed else start
    return arms.simulate(start, fact.weeks), arms.simulate(fact.change(after, side), fact.weeks)


def _outcome(fact: Fact, metric: Metric, pair: tuple[History, History], side: int) -> Outcome:
    before, after = (np.asarray(metric.reading(history, side), float) for history in pair)
    finite = np.isfinite(before) & np.isfinite(after)
    counts = finite if fact.counts is None else finite & (fact.counts(pair[0], side) > 0.5)
    return compare(before, after, metric, counts)


def _row(fact: Fact, metric: Metric, own: Outcome, mirror: Outcome) -> Row:
    difference = own.share - mirror.share
    draws = len(own.counts)
    error = float(np.std(own.influence - mirror.influence) / np.sqrt(draws))
    return Row(
        fact=fact.key,
        metric=metric.title,
        expected=SIGNS[metric.sign],
        weeks=fact.weeks,
        draws=draws,
        ties=int(draws - own.counts.sum()),
        share=own.share,
        mirrored=mirror.share,
        difference=difference,
        error=error,
        is_passed=bool(own.share >= PASSING_SHARE and abs(difference) <= 2.0 * error),
        source=fact.source,
    )


def write(folder: str | Path, *, draws: int = DRAWS, seed: int = SEED, watch: Watch | None = None) -> Path:
    """Run all facts and write the page ``signs.md`` with its tally; gives its path.

    Args:
        folder: Where; made where it is missing.
        draws: Runs of each arm.
        seed: Seed of draws and noise.
        watch: Told of each fact before it is run.
    """
    frame = table(draws=draws, seed=seed, watch=watch)
    path = Path(folder) / "signs.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(frame, draws=draws, seed=seed), encoding="utf-8")
    note(path.parent, path.name, [tally(frame)])
    return path


def tally(frame: pd.DataFrame) -> Tally:
    """How many rows pass, and the facts that do not wholly."""
    failing = [row.fact for row in (Row(*row) for row in frame.itertuples(index=False)) if not row.is_passed]
    return Tally(TITLE, len(frame) - len(failing), len(frame), list(dict.fromkeys(failing)))


def page(frame: pd.DataFrame, *, draws: int, seed: int) -> str:
    """The table as a page in Markdown, with the interventions, and the reasons of failures where they are known."""
    rows = [Row(*row) for row in frame.itertuples(index=False)]
    today = datetime.date.today().isoformat()
    passed = sum(row.is_passed for row in rows)
    parts = [
        f"# {TITLE}",
        HEAD.format(version=__version__, today=today, draws=draws, seed=seed, passed=passed, rows=len(rows)),
        "\n".join([COLUMNS, *map(_line, rows)]),
        "## What fails, and why",
        "\n".join(_reason(row) for row in rows if not row.is_passed) or "Nothing.",
        "## The interventions",
        "\n".join(_described(fact) for fact in FACTS if fact.key in set(frame["fact"])),
    ]
    return "\n\n".join(parts) + "\n"


TITLE = "Sign tests of war and talks"

HEAD = """\
Generated by `python -m westphalia.analyse.signs docs`; do not edit. Version {version}, {today}, scenario `duel`,
{draws} draws of the prior an arm, seed {seed}, horizon as given. **{passed} of {rows} rows pass.**

Each fact is an intervention, run in pairs: the same draws and the same noise with and without it. The share counts the
draws in which the metric moved in the expected direction, among those in which it moved at all (or that count; the
others are ties). Mirrored: the same intervention on the other side, whose share should be the same. A row passes if the
share is at least {{limit}} and the two shares differ by no more than two standard errors of their paired difference; of
twenty rows that are right, about one misses the second condition by chance. Where an intervention concerns both sides
alike, as in F16, F18 and F20, the second condition holds by construction.

F1 to F13 are run with the talks taken out of the scenario, since a truce ends the fighting that they are about; F14 to
F20 with them.

These tests ask whether the model moves as the literature says, not whether its sizes are right.""".replace(
    "{{limit}}", f"{PASSING_SHARE:.0%}"
)

COLUMNS = """\
| | metric | expected | weeks | counted | ties | share | mirrored | difference (2 s.e.) | |
|---|---|---|---|---|---|---|---|---|---|"""


def _line(row: Row) -> str:
    counted = row.draws - row.ties
    return (
        f"| {row.fact} | {row.metric} | {row.expected} | {row.weeks} | {counted} | {row.ties} | {_percent(row.share)} "
        f"| {_percent(row.mirrored)} | {_points(row.difference)} ({_points(2 * row.error)}) "
        f"| {'passes' if row.is_passed else '**fails**'} |"
    )


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %" if np.isfinite(share) else "none"


def _points(difference: float) -> str:
    return f"{100 * difference:.1f}" if np.isfinite(difference) else "none"


def _reason(row: Row) -> str:
    metric = next(m for fact in FACTS if fact.key == row.fact for m in fact.metrics if m.title == row.metric)
    if not row.ties < row.draws:
        why = "Nothing happened in any draw."
    elif row.share >= PASSING_SHARE:
        why = "The share is high enough; the two sides' shares differ by more than two standard errors."
    else:
        why = metric.why or "The reason is not known."
    return f"* **{row.fact}**, {row.metric}: {why}"


def _described(fact: Fact) -> str:
    return f"* **{fact.key}** {fact.sentence} Intervention: {fact.size}. Source: {fact.source}."


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the page from the command line, with progress on the standard error."""
    parser = argparse.ArgumentParser(prog="python -m westphalia.analyse.signs", description=__doc__)
    parser.add_argument("folder", help="where signs.md is written")
    parser.add_argument("--draws", type=int, default=DRAWS, help="runs of each arm")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    path = write(given.folder, draws=given.draws, seed=given.seed, watch=lambda key: _tell(f"{key} "))
    _tell(f"\n{path}\n")


def _tell(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


if __name__ == "__main__":
    main()

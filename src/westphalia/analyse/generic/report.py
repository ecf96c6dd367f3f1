"""The test on drawn wars: an ensemble, its statistics beside those of real wars, and what they say.

``report`` makes it; ``page.py`` writes it down. The table stands whatever it says: what was drawn was fixed
before it was compared, but for the intensity of losses, which is centred on a composite that is no line of the table.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pandas as pd

from westphalia.analyse.generic.bands import Whole, judged, whole
from westphalia.analyse.generic.draw import Wars
from westphalia.analyse.generic.ends import HOWS, Ends, ends, kept
from westphalia.analyse.generic.hazards import Within, after_a_change, by_age, repeated
from westphalia.analyse.generic.priors import priors
from westphalia.analyse.generic.runs import Histories, Watch, histories
from westphalia.analyse.generic.scores import Score, distance, rebuilt, scores
from westphalia.analyse.generic.statistics import NOTHING, Facts, composites, facts, statistics, subsampled
from westphalia.analyse.generic.truces import truce_statistics

RUNS, SEED = 4096, 2007
"""Wars drawn, and the seed; the intensity was centred under another."""
HISTORICAL, SUBSAMPLES = 66, 1000
LEAST_RUNS = 256
REPEATED_WARS, REPEATED_AXES = 16, 2
DROPPED = (0.1, 0.7)
"""Share of the wars that should fall to the rule of a thousand dead."""
UNMEASURED = {
    "T2": "the model has no preliminary ceasefires",
    "T6.2": "the model has no preliminary ceasefires",
    "T7c": "the model has no war after a victory",
}


@dataclasses.dataclass(frozen=True)
class Report:
    """What the test found.

    Attributes:
        runs: Wars drawn.
        seed: Seed of the draws and the noise.
        kept: Wars that count as wars.
        table: A row a line or part of one: statistic, definition, empirical value, n, band, simulated value, verdict,
            the central 95 % in samples of 66 wars, and source; the index is the id.
        whole: The verdict on all lines.
        how: Share of the kept wars that ended each way.
        composites: Quantiles .1, .5 and .9 of each composite, or its value: what was measured and what was simulated.
        scores: Scores against simple rivals.
        by_age: Hazard of weeks 53 to 156 over that of weeks 1 to 52 in the pool.
        within: The same within repeated wars, and what else noise does to one war.
    """

    runs: int
    seed: int
    kept: int
    table: pd.DataFrame
    whole: Whole
    how: dict[str, float]
    composites: dict[str, tuple[tuple[float, ...], tuple[float, ...]]]
    scores: list[Score]
    by_age: float
    within: Within

    @property
    def dropped(self) -> float:
        """Share of the drawn wars that do not count."""
        return 1.0 - self.kept / self.runs


def report(runs: int = RUNS, seed: int = SEED, watch: Watch | None = None) -> Report:
    """Draw wars, fight them, and hold them against the record.

    Args:
        runs: Wars to draw; at least 2,000 should count in the end.
        seed: Seed of the draws and the noise.
        watch: Told how many more runs are done, and how many more are planned.

    Raises:
        ValueError: If there are too few wars to say anything.
    """
    if runs < LEAST_RUNS:
        raise ValueError(f"{runs} wars are too few to be compared with {HISTORICAL}; draw {LEAST_RUNS} or more")
    every = histories(runs, seed=seed, watch=watch)
    all_ends = ends(every)
    some = kept(every, all_ends.counts)
    told = facts(every.wars, all_ends)
    within = repeated(_to_repeat(some.wars), times=max(runs // 64, 4), watch=watch)
    return compiled(some, ends(some), told, runs=runs, seed=seed, within=within)


def compiled(
    some: Histories, told_ends: Ends, told: Facts, *, runs: int, seed: int, within: Within, samples: int = SUBSAMPLES
) -> Report:
    """The report on the histories of wars that count; ``samples`` of the historical size are taken of them."""
    found = statistics(told) | truce_statistics(some, told_ends)
    found |= {"G15": distance(told.weeks, rebuilt()), "G30": after_a_change(some, told_ends)}
    table = judged(found)
    spans = subsampled(told, size=HISTORICAL, times=samples, seed=seed)
    for column, end in (("sample_low", 0), ("sample_high", 1)):
        table[column] = [spans.get(str(name), NOTHING)[end] for name in table.index]
    pool = by_age(told.weeks, told.how < len(HOWS) - 1, np.zeros(len(told.weeks), np.int64))
    return Report(
        runs=runs,
        seed=seed,
        kept=len(told.weeks),
        table=table,
        whole=whole(table),
        how={name: float((told.how == place).mean()) for place, name in enumerate(HOWS)},
        composites={name: (_measured(name), row) for name, row in composites(told, some.wars.people).items()},
        scores=scores(told.weeks, found),
        by_age=pool,
        within=within,
    )


def _measured(name: str) -> tuple[float, ...]:
    row = priors()["composites"][name]
    return tuple(row[place] for place in ("p10", "p50", "p90") if place in row)


def _to_repeat(wars: Wars) -> Wars:
    """The first wars of one shape."""
    return wars.of(np.flatnonzero(wars.axes == REPEATED_AXES)[:REPEATED_WARS])

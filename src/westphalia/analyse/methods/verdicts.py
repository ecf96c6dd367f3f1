"""The closed list of verdicts on a claim, and when the number of runs is too small to say one.

Definition:
    p is the share of the prior volume in which the claim holds, from n independent runs.
        holds broadly     p >= 0.8
        fails broadly     p < 0.2
        holds in a region 0.2 <= p < 0.8, and a box of density >= 0.8 that holds a tenth of the hits or more
        mixed             0.2 <= p < 0.8 without such a box
        undecided         an interval that decides straddles its limit
    Intervals are those of Wilson, two-sided at ``CONFIDENCE``; boxes count by the runs that did not choose them.
    Runs that would settle it: n = z^2 p (1 - p) / (p - limit)^2.
Units:
    shares, numbers of runs.
Source:
    Wilson 1927.
"""

from __future__ import annotations

import enum
import math
from typing import NamedTuple

from scipy import stats

from westphalia.analyse.methods.boxes import Rules, Share, share_of

FAILS, HOLDS = 0.2, 0.8
LEAST_COVERAGE = 0.1
"""A box counts if it holds this share of the runs in which the claim holds."""
CONFIDENCE = 0.99
Z = float(stats.norm.isf((1 - CONFIDENCE) / 2))


class Verdict(enum.StrEnum):
    """What can be said of a claim."""

    HOLDS_BROADLY = "holds broadly"
    HOLDS_IN_A_REGION = "holds in a region"
    MIXED = "mixed"
    FAILS_BROADLY = "fails broadly"
    UNDECIDED = "undecided"


class Judgement(NamedTuple):
    """A verdict with its ground.

    Attributes:
        verdict: One of the list.
        share: Share of runs in which the claim holds.
        runs_to_settle: Runs in all that would settle an undecided one if the share stays; ``None`` where it is settled
            or lies on the limit itself.
    """

    verdict: Verdict
    share: Share
    runs_to_settle: int | None


def judge(hits: int, runs: int, rules: Rules | None) -> Judgement:
    """The verdict on a claim that holds in so many of so many independent runs.

    Args:
        hits: Runs in which it holds.
        runs: All runs.
        rules: Boxes in which it holds; needed between the two limits.

    Raises:
        ValueError: If there is no run, or the share lies between the limits and no boxes were sought.
    """
    if not 0 <= hits <= runs or not runs:
        raise ValueError(f"{hits} of {runs} runs")
    share, (low, high) = share_of(hits, runs), wilson(hits, runs)
    open_limits = [limit for limit in (FAILS, HOLDS) if low < limit <= high]
    if open_limits:
        settling = [runs_to_settle(share.value, limit) for limit in open_limits]
        return Judgement(Verdict.UNDECIDED, share, None if None in settling else max(s for s in settling if s))
    if share.value >= HOLDS:
        return Judgement(Verdict.HOLDS_BROADLY, share, None)
    if share.value < FAILS:
        return Judgement(Verdict.FAILS_BROADLY, share, None)
    if rules is None:
        raise ValueError("between the limits the verdict depends on boxes")
    return _by_boxes(share, runs, rules)


def wilson(hits: int, runs: int) -> tuple[float, float]:
    """Interval of a share at ``CONFIDENCE``; all of [0, 1] without a run."""
    if not runs:
        return 0.0, 1.0
    share, spread = hits / runs, Z * Z / runs
    middle = (share + spread / 2) / (1 + spread)
    half = math.sqrt(share * (1 - share) * spread + spread * spread / 4) / (1 + spread)
    return middle - half, middle + half


def runs_to_settle(share: float, limit: float) -> int | None:
    """Runs at which the interval of a share no longer holds a limit; ``None`` on the limit itself."""
    if share == limit:
        return None
    return math.ceil(Z * Z * max(share * (1 - share), limit * (1 - limit)) / (share - limit) ** 2)


def _by_boxes(share: Share, runs: int, rules: Rules) -> Judgement:
    open_runs: list[int | None] = []
    for box in rules.boxes or (rules.nearest,):
        if box is None or not box.check.runs:
            continue
        inside, covered = box.check.density.value, box.check.coverage.value
        hits = round(inside * box.check.runs)
        density = wilson(hits, box.check.runs)
        coverage = wilson(hits, round(hits / covered) if covered else 0)
        if density[0] >= HOLDS and coverage[0] >= LEAST_COVERAGE:
            return Judgement(Verdict.HOLDS_IN_A_REGION, share, None)
        if density[1] >= HOLDS and coverage[1] >= LEAST_COVERAGE:
            needed = [] if density[0] >= HOLDS else [(inside, HOLDS, box.check.runs)]
            if coverage[0] < LEAST_COVERAGE:
                needed.append((covered, LEAST_COVERAGE, round(hits / covered) if covered else 1))
            for value, limit, now in needed:
                more = runs_to_settle(value, limit)
                open_runs.append(None if more is None else math.ceil(more * runs / now))
    if not open_runs:
        return Judgement(Verdict.MIXED, share, None)
    known = [more for more in open_runs if more is not None]
    return Judgement(Verdict.UNDECIDED, share, max(known) if known else None)

"""Hazards of the end of a war: after a change of leadership, and by age within one and the same war.

Definition:
    Change:   Mantel-Haenszel ratio over weeks of the war; exposed is a role whose leadership changed in the 26 weeks
              before. A raw association: what changes leaders also ends wars.
    Age:      the same ratio over wars that are repeated with other noise, of weeks 53 to 156 to weeks 1 to 52.
    Within:   how much of the spread of durations noise makes, and how often it changes the end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from westphalia.analyse.generic.draw import Wars
from westphalia.analyse.generic.ends import GOES_ON, Ends, ends
from westphalia.analyse.generic.runs import Histories, Watch, run

AFTER_A_CHANGE = 26
EARLY, LATE = (0, 52), (52, 156)
PerStratum = Float[np.ndarray, "stratum"]


def mantel_haenszel(events: PerStratum, time: PerStratum, events_else: PerStratum, time_else: PerStratum) -> float:
    """Common ratio of two rates over strata; not a number where it has no second part."""
    whole = np.maximum(time + time_else, 1e-9)
    below = float(np.sum(events_else * time / whole))
    return float(np.sum(events * time_else / whole)) / below if below > 0.0 else np.nan


def after_a_change(histories: Histories, told: Ends) -> float:
    """Ratio of the hazard of the end in the half year after a change of leadership, week by week of the war."""
    weeks = len(histories.kind) - 1
    changes = histories.changes
    earlier = np.concatenate([np.repeat(changes[:, :1], AFTER_A_CHANGE, axis=1), changes[:, :-AFTER_A_CHANGE]], axis=1)
    exposed = (changes > earlier)[:, :weeks]
    end = told.weeks.astype(int)
    number = np.arange(weeks)[:, None]
    at_risk, ending = number < end, (number == end - 1) & _ended(told)
    cells = (ending & exposed, at_risk & exposed, ending & ~exposed, at_risk & ~exposed)
    return mantel_haenszel(*(cell.sum(axis=(0, 2)).astype(float) for cell in cells))


def _ended(told: Ends) -> np.ndarray:
    return told.how < GOES_ON


def by_age(weeks: np.ndarray, ended: np.ndarray, war: np.ndarray) -> float:
    """Hazard of late weeks over that of early ones within wars; ``war`` says which war each run repeats."""
    cells = []
    for low, high in (LATE, EARLY):
        exposure = np.clip(weeks, low, high) - low
        events = ended & (weeks > low) & (weeks <= high)
        cells += [np.bincount(war, weights=1.0 * events), np.bincount(war, weights=exposure)]
    return mantel_haenszel(*cells)


class Within(NamedTuple):
    """What noise alone does to wars that are fought many times."""

    by_age: float
    """Hazard of late weeks over that of early ones."""
    spread: float
    """Share of the variance of ln weeks that lies within wars."""
    same: float
    """Share of the runs that end as most runs of the same war do."""


def within(weeks: np.ndarray, how: np.ndarray, war: np.ndarray) -> Within:
    """What differs between runs of one war; ``war`` says which war each run repeats, and all are repeated as often."""
    logs = np.log(weeks).reshape(war.max() + 1, -1)
    inside, between = logs.var(axis=1).mean(), logs.mean(axis=1).var()
    common = [np.bincount(how[war == each]).max() for each in range(war.max() + 1)]
    return Within(by_age(weeks, how < GOES_ON, war), float(inside / (inside + between)), sum(common) / len(war))


def repeated(wars: Wars, *, times: int, watch: Watch | None = None) -> Within:
    """``within`` of these wars, each fought so many times with other noise."""
    war = np.repeat(np.arange(len(wars.cases)), times)
    noise = wars.cases[war] * times + np.tile(np.arange(times), len(wars.cases))
    told = ends(run(wars.of(war), noise=noise, watch=watch))
    return within(told.weeks, told.how, war)

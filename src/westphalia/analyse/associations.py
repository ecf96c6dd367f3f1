"""What a lever does, beside what goes with its event where that happens by itself: intervention and association.

Definition:
    intervention   P(outcome | lever) - P(outcome | no lever), the same draws and noise in both arms
    association    P(outcome | the event happened) - P(outcome | it did not), within the arm without a lever
    They differ where what brings the event about also moves the outcome, or is moved by it.
Units:
    shares.
Errors:
    standard errors, of a paired and of an unpaired difference.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from westphalia.analyse.methods.boxes import share_of
from westphalia.scenario.schema import Scenario
from westphalia.simulate.study import BASELINE

FEWEST = 20
"""Runs with and without the event, below which nothing is said."""
TWO = 2.0


class Effect(NamedTuple):
    """A difference of shares with its standard error."""

    value: float
    se: float


class Pair(NamedTuple):
    """A lever's effect on an outcome, and the association of its event with it."""

    lever: str
    outcome: str
    intervention: Effect
    association: Effect
    with_event: int
    """Runs in which the event happened by itself."""

    @property
    def differs(self) -> bool:
        """Whether the two are apart by more than chance."""
        error = np.hypot(self.intervention.se, self.association.se)
        return bool(abs(self.intervention.value - self.association.value) > TWO * error)


def pairs(runs: pd.DataFrame, scenario: Scenario) -> list[Pair]:
    """For each lever of a study whose event also happens by itself, and each end of the war that occurs: both numbers.

    Args:
        runs: The runs of a study, with the columns arm, run, outcome and those of events.
        scenario: Its scenario.
    """
    base = runs[runs["arm"] == BASELINE].set_index("run")
    ends = [end for end in base["outcome"].unique() if end != "ongoing"]
    found = []
    for name, lever in scenario.levers.items():
        under = runs[runs["arm"] == name].set_index("run")
        if lever.natural is None or not len(under):
            continue
        week = f"week[{lever.natural.event}, {lever.natural.of}]"
        if week not in base:
            continue
        happened = (base[week] >= 0).to_numpy()
        if min(happened.sum(), (~happened).sum()) < FEWEST:
            continue
        for end in sorted(ends):
            here = (base["outcome"] == end).to_numpy(float)
            there = (under["outcome"].reindex(base.index) == end).to_numpy(float)
            found.append(Pair(name, end, _paired(there - here), _apart(here, happened), int(happened.sum())))
    return found


def _paired(change: np.ndarray) -> Effect:
    return Effect(float(change.mean()), float(change.std(ddof=1) / np.sqrt(len(change))))


def _apart(values: np.ndarray, happened: np.ndarray) -> Effect:
    """Difference of two independent shares; each error is that with one success and one failure more."""
    one, other = (share_of(int(of.sum()), len(of)) for of in (values[happened], values[~happened]))
    return Effect(one.value - other.value, float(np.hypot(one.se, other.se)))

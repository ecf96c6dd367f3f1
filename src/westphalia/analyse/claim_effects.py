"""How large what a claim compares is: for each test the spread of its figure, or of its paired difference from another.

Definition:
    figure       of a test against a number: its measure in each run that counts
    difference   of a test against arms, or another measure: own less other, in the same run; one for each other
    what never happens within a run has no week: a figure that never comes is above all others, a difference in which
    it never comes in one of the two is beyond all others, and one in which it comes in neither is none and left out
    a quantile that lies among those is no number: it is told in which of the two it never comes
Units:
    those of the measures; an outcome is 1 or 0, and so is told by its mean.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.claim_tests import Frames, never, value
from westphalia.scenario.claim_checks import BASELINE
from westphalia.scenario.claims import BOTH, Measure, Tested, Trial
from westphalia.scenario.schema import Scenario
from westphalia.simulate.series import names

QUANTILES = {"q05": 0.05, "q50": 0.5, "q95": 0.95}
WEEKS, OF_OUTCOME = "weeks", "1 or 0"
OF_FIGURE = {
    "weeks fought": WEEKS,
    "weeks held, of two years": WEEKS,
    "rounds of talks": "rounds",
    "rounds refused": "rounds",
    "chance that all read a text alike": "share",
    "chance that the capitals read a text alike": "share",
    "chance that all read two issues alike": "share",
}
"""Units of figures; the others are numbers without one."""


class _Read(NamedTuple):
    """A measure in every run of an arm, in words, and in which runs it never comes."""

    words: str
    values: np.ndarray
    never: np.ndarray


def effects(claim: Tested, frames: Frames, scenario: Scenario, weeks: int, counts: np.ndarray) -> list[dict[str, Any]]:
    """The spread of what each test compares, over the runs that count; none where no run does."""
    if not counts.any():
        return []

    def read(measure: Measure, arm: str) -> _Read:
        values = value(measure, frames[arm], scenario, weeks)[counts]
        return _Read(_named(measure), values, never(measure, values, weeks))

    found = []
    for trial in claim.tests:
        arm = trial.arm or claim.lever or BASELINE
        own = read(trial, arm)
        title, under = _title(arm, scenario), "" if arm == BASELINE else f", {_title(arm, scenario)}"
        others = {f"{own.words}, {title} less {_title(other, scenario)}": read(trial, other) for other in trial.against}
        if trial.measure is not None:
            other = read(trial.measure, arm)
            others[f"{own.words} less {other.words}{under}"] = other
        common = {"unit": _unit(trial, scenario), "wanted": _wanted(trial)}
        found += [{"test": words} | common | _difference(own, other) for words, other in others.items()]
        if not others:
            found.append({"test": f"{own.words}{under}"} | common | _figure(own))
    return found


def _title(arm: str, scenario: Scenario) -> str:
    return "the baseline" if arm == BASELINE else f"“{scenario.levers[arm].title}”"


def _figure(own: _Read) -> dict[str, Any]:
    spread = np.where(own.never, np.inf, own.values)
    return {"is_difference": False} | _told(spread) | {"never": float(own.never.mean())} | dict.fromkeys(ALONE)


ALONE = ("never_other", "never_both")
"""Shares that only differences have."""


def _difference(own: _Read, other: _Read) -> dict[str, Any]:
    alone, elsewhere, both = own.never & ~other.never, other.never & ~own.never, own.never & other.never
    spread = np.where(alone, np.inf, np.where(elsewhere, -np.inf, own.values - other.values))[~both]
    shares = zip(("never", *ALONE), (alone, elsewhere, both), strict=True)
    return {"is_difference": True} | _told(spread) | {name: float(runs.mean()) for name, runs in shares}


def _told(spread: np.ndarray) -> dict[str, Any]:
    """Quantiles and mean; none that is not finite."""
    if not len(spread):
        return {**dict.fromkeys((*QUANTILES, "mean")), "runs": 0, "never_at": {}}
    # Between a number and what is beyond all numbers nothing lies in the middle.
    method = "linear" if np.isfinite(spread).all() else "inverted_cdf"
    ends = np.quantile(spread, list(QUANTILES.values()), method=method)
    told = dict(zip(QUANTILES, ends.tolist(), strict=True))
    told["mean"] = float(spread.mean()) if method == "linear" else np.inf
    numbers = {name: each if np.isfinite(each) else None for name, each in told.items()}
    never = {name: "first" if told[name] > 0 else "second" for name in QUANTILES if numbers[name] is None}
    return numbers | {"runs": len(spread), "never_at": never}


def _named(measure: Measure) -> str:
    """A measure in words."""
    of = "" if measure.of is None else " of both" if measure.of == BOTH else f" of {measure.of}"
    if measure.weeks_until is not None:
        return f"weeks until {measure.weeks_until}{of}"
    if measure.series is None:
        return f"{measure.outcome or measure.figure}{of}"
    name = f"{measure.series}{of}"
    if measure.reaches is not None:
        return f"weeks until {name} reaches {measure.reaches:g}"
    if measure.weeks is not None:
        return f"{name}, {measure.as_} of weeks {measure.weeks[0]} to {measure.weeks[1]}"
    return name if measure.week is None else f"{name} in week {measure.week}"


def _unit(measure: Measure, scenario: Scenario) -> str:
    if measure.weeks_until is not None or measure.reaches is not None:
        return WEEKS
    if measure.outcome is not None:
        return OF_OUTCOME
    if measure.figure is not None:
        return OF_FIGURE.get(measure.figure, "1")
    owner = next(iter(scenario.sides)) if measure.of == BOTH else measure.of
    return next(series.unit for series in names(scenario) if series.name == f"{measure.series}[{owner}]")


def _wanted(trial: Trial) -> dict[str, Any]:
    """How a test wants it to compare: with a number or the other, by how much at least or, where it may, at most."""
    return {"is": trial.is_, "than": trial.than, "by": trial.by, "is_relative": trial.relative}

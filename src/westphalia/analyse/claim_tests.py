"""In which runs a claim holds: its tests on paired arms, the runs that count, and the claim with the sides exchanged.

Definition:
    a run counts if its draws lie in the claim's region, every condition holds, every number that a test needs exists,
    and the tests do not end in a tie
    holds = every test holds;   tie = no test fails, but some numbers of runs that should differ are equal
    weeks until something that never happens are one more than the run lasts
Units:
    those of the measures.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from westphalia.scenario.claim_checks import BASELINE, is_of_talks
from westphalia.scenario.claims import BOTH, Claim, Measure, Region, Tested, Trial
from westphalia.scenario.schema import Scenario

Frames = Mapping[str, pd.DataFrame]
"""One table of runs an arm, the same runs in the same order."""

Column = Callable[[str], np.ndarray]

FIGURES = {
    "weeks fought": "weeks_fought",
    "gap of readings at signature": "reading_gap",
    "rounds of talks": "rounds",
    "best gain of both nations": "gain[nations]",
    "best gain of both sides": "gain[sides]",
    "best gain of all": "gain[all]",
    "chance that all read a text alike": "alike[all]",
    "chance that the capitals read a text alike": "alike[capitals]",
    "chance that all read two issues alike": "alike[all on two issues]",
}
OF_TALKS = {"signature": "signed_week", "break of the settlement": "broken_week", "ceasefire": "ceasefire_week"}
TWO_YEARS = 104
EQUAL = 1e-6
"""Numbers that differ by less than this share of their size are equal."""


class Outcome(NamedTuple):
    """Runs that count, and those of them in which the claim holds: truths by run."""

    counts: np.ndarray
    holds: np.ndarray
    ties: np.ndarray


def arms_read(claim: Tested) -> list[str]:
    """The arms that the tests of a claim or statement read."""
    trials = claim.trials
    named = [*(trial.arm for trial in trials), *(arm for trial in trials for arm in trial.against)]
    return [arm for arm in dict.fromkeys([claim.lever or BASELINE, *named]) if arm is not None]


def arms_of(claim: Tested) -> list[str]:
    """The same, the baseline apart."""
    return [arm for arm in arms_read(claim) if arm != BASELINE]


def out_of_reach(scenario: Scenario, claim: Tested, weeks: int) -> str:
    """Why a claim cannot be tested on runs of so many weeks; empty where it can."""
    for measure in claim.measures:
        if scenario.talks is None and is_of_talks(measure):
            return "the scenario has no talks"
        if measure.last_week is not None and measure.last_week > weeks:
            return f"it asks for week {measure.last_week}, and a run lasts {weeks}"
    return ""


def evaluate(
    claim: Tested, frames: Frames, scenario: Scenario, weeks: int, inside: np.ndarray | None = None
) -> Outcome:
    """In which runs a claim or statement holds; where a region is given, the runs inside count alone."""
    arm = claim.lever or BASELINE
    everywhere = np.ones(len(frames[arm]), bool)
    given = [_trial(trial, arm, frames, scenario, weeks) for trial in claim.given]
    tests = [_trial(trial, arm, frames, scenario, weeks) for trial in claim.tests]
    exists = np.logical_and.reduce([everywhere, *(known for _, _, known in (*given, *tests))])
    exists &= everywhere if inside is None else inside
    selected = exists & np.logical_and.reduce([everywhere, *(holds for holds, _, _ in given)])
    holds = np.logical_and.reduce([everywhere, *(holds for holds, _, _ in tests)])
    ties = selected & ~holds & np.logical_and.reduce([held | tied for held, tied, _ in tests])
    return Outcome(selected & ~ties, holds, ties)


def value(measure: Measure, frame: pd.DataFrame, scenario: Scenario, weeks: int) -> np.ndarray:
    """A measure in every run of an arm; not a number where a run has none."""

    def column(name: str) -> np.ndarray:
        return frame[name].to_numpy(float)

    if measure.reaches is not None:
        week = column(f"{measure.series}[{measure.of}]{measure.mark}")
        return np.where(week < 0, weeks + 1.0, np.minimum(week, weeks))
    if measure.series is not None:
        owners = list(scenario.sides) if measure.of == BOTH else [measure.of]
        return np.sum([column(f"{measure.series}[{owner}]{measure.mark}") for owner in owners], axis=0)
    if measure.weeks_until is not None:
        happened = OF_TALKS.get(measure.weeks_until, f"week[{measure.weeks_until}, {measure.of}]")
        week = column(happened)
        return np.where(week < 0, weeks + 1.0, week)
    if measure.outcome is not None:
        of = scenario.sides[measure.of].label if measure.of is not None else None
        wanted = measure.outcome if of is None else f"{measure.outcome} of {of}"
        return (frame["outcome"] == wanted).to_numpy(float)
    return _figure(measure, column, scenario, weeks)


def never(measure: Measure, values: np.ndarray, weeks: int) -> np.ndarray:
    """In which runs what a measure waits for never happens, of its values as ``value`` gives them."""
    is_of_time = measure.weeks_until is not None or measure.reaches is not None
    return values > weeks if is_of_time else np.zeros(len(values), bool)


def can_be_mirrored(claim: Claim) -> bool:
    """Whether a claim can be asked with the sides exchanged; positions count one side's advance and cannot."""
    return claim.mirrored and all(measure.series != "position" for measure in claim.measures)


def mirrored(scenario: Scenario, claim: Claim) -> Claim:
    """The claim with the two sides exchanged, and with them the levers and others that belong to them."""
    places = scenario.exchanged

    def place(name: str | None) -> str | None:
        return None if name is None else places.get(name, name)

    def measure(given: Measure) -> Measure:
        return given.model_copy(update={"of": place(given.of)})

    def trial(given: Trial) -> Trial:
        other = None if given.measure is None else measure(given.measure)
        against = [places.get(arm, arm) for arm in given.against]
        return given.model_copy(
            update={"of": place(given.of), "arm": place(given.arm), "against": against, "measure": other}
        )

    def region(given: Region) -> Region:
        paths = [".".join(places.get(step, step) for step in path.split(".")) for path in given.assumptions]
        return given.model_copy(update={"assumptions": paths})

    return claim.model_copy(
        update={
            "lever": place(claim.lever),
            "within": [region(each) for each in claim.within],
            "given": [trial(each) for each in claim.given],
            "tests": [trial(each) for each in claim.tests],
        }
    )


def _figure(measure: Measure, column: Column, scenario: Scenario, weeks: int) -> np.ndarray:
    figure = measure.figure
    if figure == "best gain of the leadership":
        return column(f"gain[{measure.of}]")
    if figure == "rounds refused":
        return column(f"refused[{_player(scenario, measure.of or '')}]")
    if figure == "option signed":
        option = column(f"signed[{measure.of}]")
        return np.where(option < 1, np.nan, option)
    if figure == "weeks held, of two years":
        signed, broken = column("signed_week"), column("broken_week")
        is_early = (signed >= 0) & (signed <= weeks - TWO_YEARS)
        held = np.where(broken < 0, TWO_YEARS, np.minimum(broken - signed, TWO_YEARS))
        return np.where(is_early, held, np.nan)
    found = column(FIGURES[figure or ""])
    return np.where(found < 0, np.nan, found) if figure == "gap of readings at signature" else found


def _player(scenario: Scenario, name: str) -> str:
    """The column's word for a player; a side stands for its leadership."""
    if name not in scenario.sides or scenario.talks is None:
        return name
    capital = next(key for key, party in scenario.talks.parties.items() if party.side == name)
    return f"{capital} leadership"


def _trial(
    trial: Trial, arm: str, frames: Frames, scenario: Scenario, weeks: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where a test holds, where it ends in a tie, and where its numbers exist."""
    frame = frames[trial.arm or arm]
    own = value(trial, frame, scenario, weeks)
    if trial.measure is not None:
        others = [value(trial.measure, frame, scenario, weeks)]
    elif trial.than is not None:
        others = [np.full(len(own), trial.than)]
    else:
        others = [value(trial, frames[name], scenario, weeks) for name in trial.against]
    found = [_compared(trial, own, other) for other in others]
    holds = np.logical_and.reduce([held for held, _ in found])
    ties = ~holds & np.logical_and.reduce([held | tied for held, tied in found]) & (trial.than is None)
    return holds, ties, np.logical_and.reduce([np.isfinite(each) for each in (own, *others)])


def _compared(trial: Trial, own: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where a comparison holds, and where both numbers are equal although they should differ."""
    difference = own - other
    least = trial.by * np.abs(other) if trial.relative else trial.by
    size = 0.5 * (np.abs(own) + np.abs(other))
    is_equal = np.abs(difference) <= EQUAL * size
    if trial.is_ == "less than":
        return ~is_equal & (difference < -least), is_equal
    if trial.is_ == "more than":
        return ~is_equal & (difference > least), is_equal
    none = np.zeros_like(is_equal)
    if trial.is_ == "at most":
        return is_equal | (difference <= least), none
    if trial.is_ == "at least":
        return is_equal | (difference >= -least), none
    return np.abs(difference) <= np.maximum(least, EQUAL * size), none

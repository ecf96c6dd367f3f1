"""Single values of the record beside what runs show on that day.

Definition:
    draws     the series in every run at the end of the nearest step, or its change since that of an earlier day,
              brought to the days between; the error of the record is added
    place     share of the draws below the recorded value, halves of equals: even on (0, 1) if the record were a run
    inside    the value lies within the central 80 % of the draws
    skill     1 - CRPS / CRPS of a forecast by the level at the start of the runs; of levels alone
Units:
    those of the series; place and skill without unit.
Errors:
    values of one war go together, so their number says less than it seems.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claim_tests import value
from westphalia.analyse.evidence.statements import from_start
from westphalia.analyse.methods.forecast_scores import score
from westphalia.model.noise import uniform
from westphalia.scenario.record import Milestone
from westphalia.simulate.run import WEEKLY
from westphalia.simulate.study import BASELINE

CENTRAL = (0.1, 0.5, 0.9)
"""Quantiles that are told: the ends and the middle of the central 80 %."""


def milestones(store: Store, runs: int) -> list[dict[str, Any]]:
    """Every milestone of a scenario's record, in its order."""
    groups: dict[str | None, dict[str, Milestone]] = {}
    for name, milestone in store.scenario.milestones.items():
        groups.setdefault(milestone.variant, {})[name] = milestone
    found: dict[str, dict[str, Any]] = {}
    for variant, group in groups.items():
        found |= _of_start(from_start(store, variant, [None]), group, runs)
    return [found[name] for name in store.scenario.milestones]


def _of_start(store: Store, group: Mapping[str, Milestone], runs: int) -> dict[str, dict[str, Any]]:
    """The milestones of runs from one start; those of the first two years on runs that are recorded by week."""
    clock = store.scenario.start, store.scenario.clock.days
    steps = {name: each.steps(*clock) for name, each in group.items()}
    last = {name: step[1] for name, step in steps.items() if step is not None and step[1] <= store.plan.weeks}
    told = {name: _head(store, name, each) | NOWHERE for name, each in group.items()}
    soon = [name for name, week in last.items() if week <= WEEKLY]
    for names in (soon, [name for name in last if name not in soon]):
        if names:
            told |= _within(from_start(store, None, [last[name] for name in names]), {n: group[n] for n in names}, runs)
    return told


def _within(store: Store, group: Mapping[str, Milestone], runs: int) -> dict[str, dict[str, Any]]:
    """Milestones that lie within the runs of a store."""
    scenario, weeks = store.scenario, store.plan.weeks
    clock = scenario.start, scenario.clock.days
    frame = store.frames([], runs)[BASELINE]
    told = {}
    for name, each in group.items():
        measure, before = each.measure(*clock), each.before(*clock)
        assert measure is not None, "what lies within a run is measured"
        seen = value(measure, frame, scenario, weeks) * each.pace(*clock)
        start = seen - value(before, frame, scenario, weeks) if before is not None else None
        told[name] = _head(store, name, each) | placed(name, each, seen, start, store.plan.seed)
    return told


NOWHERE: dict[str, Any] = {
    "model": None,
    "place": None,
    "inside": None,
    "skill": None,
    "reason": "the day is not one of the run",
}
"""What is told of a milestone that no run reaches."""


def placed(name: str, milestone: Milestone, seen: np.ndarray, start: np.ndarray | None, seed: int) -> dict[str, Any]:
    """Where a recorded value lies among what runs show.

    Args:
        name: Its name.
        milestone: The value, with its error.
        seen: What every run shows.
        start: The level from which every run began; none where the value is a change.
        seed: Of the errors that are added.
    """
    error = milestone.error * _normal(len(seen), seed, name)
    draws = np.asarray(seen, float) + error
    below = np.mean(draws < milestone.value) + 0.5 * np.mean(draws == milestone.value)
    low, middle, high = np.quantile(draws, CENTRAL)
    told: dict[str, Any] = {"model": [float(low), float(middle), float(high)], "place": float(below)}
    told |= {"inside": bool(low <= milestone.value <= high), "skill": None, "reason": ""}
    if start is not None:
        recorded = np.array([milestone.value])
        own, naive = (score(recorded, rows[None]).crps for rows in (draws, start + error))
        told["skill"] = 1.0 - own / naive if naive > 0.0 else None
    return told


def _normal(runs: int, seed: int, name: str) -> np.ndarray:
    """A standard normal number a run."""
    one, other = (uniform(seed, f"{name} {part}", np.arange(runs)) for part in ("error", "turn"))
    return np.sqrt(-2.0 * np.log(one)) * np.cos(2.0 * np.pi * other)


def _head(store: Store, name: str, milestone: Milestone) -> dict[str, Any]:
    days = {"day": milestone.day.isoformat(), "since": milestone.since and milestone.since.isoformat()}
    what = {"series": milestone.series, "of": milestone.of, "value": milestone.value, "error": milestone.error}
    return {"case": store.scenario.name, "milestone": name, "title": milestone.title, **days, **what}

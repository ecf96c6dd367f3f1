"""Statements of the record, held against ensembles: which the model meets, and by how much it misses the others.

Definition:
    share     runs that meet all tests, of those that count (``claim_tests``)
    change    share in the arm of the lever less that in the baseline;   ratio: the one over the other
    met       the value lies within the bounds;   sure: it lies within or without them by two standard errors
Units:
    shares; quantiles in those of their measure.
Errors:
    standard errors over runs; for a change or ratio as if the two arms, which share draws, were independent, hence too
    wide; for a quantile half of the gap between the order statistics one standard error of the level apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claim_tests import Frames, evaluate, out_of_reach, value
from westphalia.scenario.load import with_variant
from westphalia.scenario.record import Bounds, Statement
from westphalia.scenario.schema import Scenario
from westphalia.simulate.study import BASELINE

SURE = 2.0
"""Standard errors between a value and a bound that make the answer sure."""
FEWEST = 20
"""Runs that must count, or nothing is said."""


class Figure(NamedTuple):
    """A value with its standard error, the bounds that it must keep, and the runs that count."""

    value: float
    se: float
    bounds: Bounds
    runs: int

    @property
    def distance(self) -> float:
        """Standard errors from the nearest bound; positive within, negative without."""
        low, high = self.bounds
        rooms = [self.value - low] if low is not None else []
        rooms += [high - self.value] if high is not None else []
        room = min(rooms, default=math.inf)
        return room / self.se if self.se > 0 else math.copysign(math.inf, room if room else 1.0)


def statements(store: Store, runs: int) -> list[dict[str, Any]]:
    """Every statement of a scenario's record, judged on runs from the start that it is about, in the record's order."""
    alike: dict[tuple[str | None, bool], dict[str, Statement]] = {}
    for name, statement in store.scenario.statements.items():
        alike.setdefault((statement.variant, _last_week(statement) is None), {})[name] = statement
    found: dict[str, dict[str, Any]] = {}
    for (variant, _), group in alike.items():
        asked = [_last_week(statement) for statement in group.values()]
        found |= _judged(from_start(store, variant, asked), group, runs)
    return [found[name] for name in store.scenario.statements]


def untested(scenario: Scenario) -> list[dict[str, Any]]:
    """Every sentence of a scenario's record that no run can test, told as a statement without an answer."""
    nothing = {"recorded": "", "pattern": None, "variant": None, "lever": None, "kind": ""}
    return [
        {"case": scenario.name, "statement": name, "sentence": each.sentence} | nothing | _unanswered(each.reason)
        for name, each in scenario.untested.items()
    ]


def figures(statement: Statement, held: Frames, scenario: Scenario, weeks: int) -> list[Figure]:
    """What a statement measures: one figure, or one for each of its quantiles; none where too few runs count."""
    counts = evaluate(statement, held, scenario, weeks).counts
    if statement.quantiles is not None and statement.measure is not None:
        values = value(statement.measure, held[statement.lever or BASELINE], scenario, weeks)
        values = np.sort(values[counts & np.isfinite(values)])
        return [
            _quantile(values, level, bounds) for level, bounds in statement.quantiles.items() if len(values) >= FEWEST
        ]
    own = _share(statement, held, scenario, weeks)
    if statement.share is not None:
        return [own._replace(bounds=statement.share)] if own.runs >= FEWEST else []
    other = _share(statement.model_copy(update={"lever": None}), held, scenario, weeks)
    count = min(own.runs, other.runs)
    if count < FEWEST:
        return []
    if statement.change is not None:
        return [Figure(own.value - other.value, math.hypot(own.se, other.se), statement.change, count)]
    assert statement.ratio is not None, "the schema asks for one of the four"
    if other.value == 0.0:
        return [Figure(math.inf if own.value > 0 else math.nan, 0.0, statement.ratio, count)]
    ratio = own.value / other.value
    relative = math.hypot(own.se / max(own.value, 1.0 / count), other.se / other.value)
    return [Figure(ratio, ratio * relative, statement.ratio, count)]


def _last_week(statement: Statement) -> int | None:
    """The last week that a statement looks at; none where that is the end of the run."""
    weeks = [measure.last_week for measure in statement.measures]
    return None if None in weeks else max(week for week in weeks if week is not None)


def from_start(store: Store, variant: str | None, asked: Sequence[int | None]) -> Store:
    """The store of a start of the scenario, the runs no longer than the last of the weeks that are asked about.

    None among them is the end of the run; short runs are kept by week.
    """
    loaded = store.plan.loaded if variant is None else with_variant(store.plan.loaded, variant)
    plan = replace(store.plan, loaded=loaded, weeks=loaded.scenario.weeks if variant else store.plan.weeks)
    last = max((week for week in asked if week is not None), default=plan.weeks)
    weeks = plan.weeks if None in asked else min(last, plan.weeks)
    return replace(store, plan=replace(plan, weeks=weeks), study=None)


def _judged(store: Store, group: Mapping[str, Statement], runs: int) -> dict[str, dict[str, Any]]:
    scenario, weeks = store.scenario, store.plan.weeks
    barred = {name: why for name, each in group.items() if (why := out_of_reach(scenario, each, weeks))}
    asked = {name: each for name, each in group.items() if name not in barred}
    held = store.frames(asked.values(), runs) if asked else {}
    found = {}
    for name, each in group.items():
        measured = figures(each, held, scenario, weeks) if name in asked else []
        found[name] = _told(name, each, scenario.name, measured, barred.get(name, f"fewer than {FEWEST} runs count"))
    return found


def _told(name: str, statement: Statement, case: str, found: list[Figure], why_none: str) -> dict[str, Any]:
    told = {"case": case, "statement": name, "sentence": statement.sentence, "recorded": statement.recorded}
    told |= {"pattern": statement.pattern, "variant": statement.variant, "lever": statement.lever}
    kind = next(how for how in ("share", "change", "ratio", "quantiles") if getattr(statement, how) is not None)
    if not found or any(math.isnan(each.value) for each in found):
        reason = why_none if not found else "neither arm has a run that meets the tests"
        return told | {"kind": kind} | _unanswered(reason)
    worst = min(found, key=lambda each: each.distance)
    levels = list(statement.quantiles or {})
    return told | {
        "kind": kind if not levels else f"{100 * levels[found.index(worst)]:g} % quantile",
        "passed": worst.distance >= 0,
        "sure": abs(worst.distance) >= SURE,
        "value": worst.value if math.isfinite(worst.value) else None,
        "se": worst.se,
        "tolerance": list(worst.bounds),
        "reason": "",
        "count": worst.runs,
    }


def _unanswered(reason: str) -> dict[str, Any]:
    """What is told in place of an answer."""
    nothing = dict.fromkeys(("value", "se", "tolerance"))
    return {"passed": None, "sure": False, **nothing, "reason": reason, "count": 0}


def _share(statement: Statement, held: Frames, scenario: Scenario, weeks: int) -> Figure:
    outcome = evaluate(statement, held, scenario, weeks)
    holds = outcome.holds[outcome.counts]
    count = len(holds)
    share = float(holds.mean()) if count else math.nan
    se = math.sqrt(share * (1 - share) / count) if count else math.nan
    return Figure(share, se, (None, None), count)


def _quantile(ordered: np.ndarray, level: float, bounds: Bounds) -> Figure:
    count = len(ordered)
    step = math.sqrt(level * (1 - level) / count)
    low, middle, high = np.quantile(ordered, np.clip([level - step, level, level + step], 0, 1))
    return Figure(float(middle), 0.5 * float(high - low), bounds, count)

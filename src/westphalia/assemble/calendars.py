"""Calendars by date as weekly arrays: (week, ..., run)."""

from __future__ import annotations

import datetime as dt

import numpy as np

from westphalia.assemble.arrays import backers_of, room_for
from westphalia.assemble.draw import Draw
from westphalia.model.world import Calendar
from westphalia.scenario.schema import Calendar as Series
from westphalia.scenario.schema import Scenario

WEEKS_AHEAD = 26


def series(calendar: Series | None, weeks: np.ndarray, width: int, otherwise: float) -> np.ndarray:
    """Values in the given weeks (days since 1970-01-01 of their first day): (week, width)."""
    if calendar is None:
        return np.full((len(weeks), width), otherwise)
    dates = sorted(calendar.points)
    days = np.array([(date - dt.date(1970, 1, 1)).days for date in dates], float)
    rows = np.array([np.broadcast_to(calendar.points[date], (width,)) for date in dates], float)
    if calendar.interpolate == "linear":
        return np.stack([np.interp(weeks, days, rows[:, i]) for i in range(width)], axis=1)
    index = np.clip(np.searchsorted(days, weeks, side="right") - 1, 0, None)
    return rows[index]


def days_of(scenario: Scenario, weeks: int) -> np.ndarray:
    """First day of each step, and of the half year after the last: days since 1970-01-01."""
    first = (scenario.start - dt.date(1970, 1, 1)).days
    return first + scenario.clock.days * np.arange(weeks + WEEKS_AHEAD, dtype=float)


def calendar(scenario: Scenario, weeks: int, draw: Draw) -> Calendar:
    """Everything that is given week by week, for these weeks at least."""
    weeks = room_for(weeks)
    days = days_of(scenario, weeks)
    now, fronts, given = days[:weeks], list(scenario.fronts), scenario.calendars
    sides = list(scenario.sides)

    def scaled(path: str, cal: Series | None, width: int, otherwise: float) -> np.ndarray:
        factor = draw(f"{path}.factor", cal.factor) if cal is not None else np.ones(1)
        return series(cal, now, width, otherwise)[..., None] * factor

    def by_side(block: str, width: int, otherwise: float) -> np.ndarray:
        held = getattr(given, block)
        return _stack([scaled(f"calendars.{block}.{side}", held.get(side), width, otherwise) for side in sides])

    ceiling = np.concatenate(
        [series(backer.ceiling, days, 1, 1.0) for backer in backers_of(scenario).values()], axis=1
    )[..., None]
    ahead = np.cumsum(np.concatenate([np.zeros_like(ceiling[:1]), ceiling]), axis=0)
    return Calendar(
        season=_season(scenario, now),
        fighting=1.0 - series(given.truce, now, 1, 0.0),
        posture=np.clip(by_side("posture", len(fronts), 0.0), 0.0, 1.0),
        share=_shares(scenario, now),
        intake=by_side("intake", 1, 0.0)[:, :, 0],
        arrivals=by_side("arrivals", 1, 0.0)[:, :, 0],
        ceiling=ceiling[:weeks],
        outlook=(ahead[WEEKS_AHEAD:-1] - ahead[: -WEEKS_AHEAD - 1]) / WEEKS_AHEAD,
        belt_built=_belts_built(scenario, now),
        crossing_strikes=_strikes(scenario, now),
        election=_dated(scenario, now, "elections"),
        leadership_change=_dated(scenario, now, "leadership_changes"),
    )


def _stack(parts: list[np.ndarray]) -> np.ndarray:
    runs = max(part.shape[-1] for part in parts)
    return np.stack([np.broadcast_to(part, (*part.shape[:-1], runs)) for part in parts], axis=1)


def _season(scenario: Scenario, now: np.ndarray) -> np.ndarray:
    months = now.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    return np.array(scenario.calendars.season)[months][:, None]


def _shares(scenario: Scenario, now: np.ndarray) -> np.ndarray:
    """Planned shares of each front; without a calendar those of the start."""
    fronts = list(scenario.fronts)
    rows = []
    for name, side in scenario.sides.items():
        plan = scenario.calendars.shares.get(name)
        if plan is None:
            rows.append(np.tile([side.force.shares.get(front, 0.0) for front in fronts], (len(now), 1)))
        else:
            rows.append(series(plan, now, len(fronts) + 1, 0.0)[:, : len(fronts)])
    return np.stack(rows, axis=1)[..., None]


def _belts_built(scenario: Scenario, now: np.ndarray) -> np.ndarray:
    sides, fronts = list(scenario.sides), list(scenario.fronts.values())
    depth = belt_count(scenario)
    built = np.zeros((len(now), 2, len(fronts), depth, 1))
    for k, front in enumerate(fronts):
        for i, side in enumerate(sides):
            for b, belt in enumerate(own for own in front.belts if own.side == side):
                built[:, i, k, b] = series(belt.built, now, 1, 1.0)
    return built


def belt_count(scenario: Scenario) -> int:
    """Largest number of belts that one side has on one front, at least one."""
    return max(
        1, *(sum(b.side == side for b in front.belts) for front in scenario.fronts.values() for side in scenario.sides)
    )


def _strikes(scenario: Scenario, now: np.ndarray) -> np.ndarray:
    fronts = list(scenario.fronts.values())
    intensity = np.zeros((len(now), 2, len(fronts), 1))
    for k, front in enumerate(fronts):
        for i, side in enumerate(scenario.sides):
            if front.river is not None:
                intensity[:, i, k] = series(front.river.strikes.get(side), now, 1, 0.0)
    return intensity


def _dated(scenario: Scenario, now: np.ndarray, field: str) -> np.ndarray:
    marks = np.zeros((len(now), 2, 1))
    for i, side in enumerate(scenario.sides.values()):
        for date in getattr(side, field):
            week = int(((date - scenario.start).days) // scenario.clock.days)
            if 0 <= week < len(now):
                marks[week, i] = 1.0
    return marks

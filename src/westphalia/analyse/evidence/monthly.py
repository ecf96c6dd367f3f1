"""Months of a run: what a series changes by in each calendar month, read off weekly values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from jaxtyping import Float

from westphalia.scenario.schema import Scenario

Month = str
"""Year and month, as 2024-01."""


def after(month: Month, count: int = 1) -> Month:
    """The month so many later."""
    year, number = divmod(12 * int(month[:4]) + int(month[5:]) - 1 + count, 12)
    return f"{year:04d}-{number + 1:02d}"


def between(first: Month, last: Month) -> list[Month]:
    """All months from one to another, both included."""
    count = 12 * (int(last[:4]) - int(first[:4])) + int(last[5:]) - int(first[5:])
    return [after(first, number) for number in range(count + 1)]


def begin(month: Month) -> dt.date:
    """The first day of a month."""
    return dt.date(int(month[:4]), int(month[5:]), 1)


def whole_months(scenario: Scenario, weeks: int) -> list[Month]:
    """The months that lie wholly within a run of so many steps."""
    end = scenario.start + dt.timedelta(days=scenario.clock.days * weeks)
    months = between(first_whole(scenario), f"{end:%Y-%m}")
    return [month for month in months if begin(after(month)) <= end]


def first_whole(scenario: Scenario) -> Month:
    """The first month that lies wholly after the start."""
    first = f"{scenario.start:%Y-%m}"
    return first if begin(first) == scenario.start else after(first)


def steps_to(scenario: Scenario, month: Month) -> int:
    """Steps that a run must last to hold a month wholly."""
    return -(-(begin(after(month)) - scenario.start).days // scenario.clock.days)


def monthly_changes(
    series: Float[np.ndarray, "time run"], scenario: Scenario, months: Iterable[Month]
) -> Float[np.ndarray, "month run"]:
    """Change of a series, recorded at every step from the start on, over each month; between steps it is a line.

    Args:
        series: Values at the start and after each step.
        scenario: Gives the date of the start and the days of a step.
        months: Which; all must lie wholly within the record.
    """
    days = [begin(month) for month in months]
    days = [*days, *(begin(after(f"{day:%Y-%m}")) for day in days)]
    at = np.array([(day - scenario.start).days for day in days]) / scenario.clock.days
    assert 0 <= at.min() <= at.max() <= len(series) - 1, "the months lie within the record"
    step = np.minimum(at.astype(int), len(series) - 2)
    part = (at - step)[:, None]
    values = series[step] * (1 - part) + series[step + 1] * part
    return values[len(days) // 2 :] - values[: len(days) // 2]


def as_announced(data: Mapping[str, Any], origin: dt.date) -> dict[str, Any]:
    """A copy of a scenario's data in which every calendar ends at a date: later entries were not yet known then.

    The value of a linear calendar at that date is kept.
    """

    def cut(part: Any) -> Any:  # noqa: ANN401  (plain data)
        if isinstance(part, list):
            return [cut(each) for each in part]
        if not isinstance(part, dict):
            return part
        points = part.get("points")
        if not isinstance(points, dict):
            return {key: cut(each) for key, each in part.items()}
        return {**part, "points": _known(points, part.get("interpolate") == "linear", origin)}

    return cut(dict(data))


def _known(points: Mapping[Any, Any], linear: bool, origin: dt.date) -> dict[Any, Any]:
    dates = sorted(points, key=_date)
    kept = {date: points[date] for date in dates if _date(date) <= origin}
    if not kept:
        return {dates[0]: points[dates[0]]}
    later = [date for date in dates if _date(date) > origin]
    if linear and later:
        last = max(kept, key=_date)
        share = (origin - _date(last)).days / (_date(later[0]) - _date(last)).days
        value = np.asarray(points[last], float) * (1 - share) + np.asarray(points[later[0]], float) * share
        kept[origin.isoformat()] = value.tolist()
    return kept


def _date(key: Any) -> dt.date:  # noqa: ANN401  (keys are dates or their text)
    return key if isinstance(key, dt.date) else dt.date.fromisoformat(str(key))

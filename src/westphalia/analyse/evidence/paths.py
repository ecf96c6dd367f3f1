"""Runs weighed by how well their own months fit what was observed up to a date, and what they then say of later months.

Equation:
    ln w_i = t sum over series of ln N(o; x_i, diag(s^2) + common^2 x_i x_i');   s the error of a month
    the factor c on a series given run i is normal with precision 1/common^2 + sum x^2/s^2
    t in (0, 1] is the largest power at which enough runs stay effective
    later months = c x + error
Units:
    those of the tables.
Errors:
    with t below 1 the runs hold less to the past than its errors allow; t is reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float
from scipy.optimize import bisect

from westphalia.analyse.evidence.monthly import Month
from westphalia.analyse.evidence.observed import Series

EFFECTIVE = 200.0
"""Runs that must stay effective."""
NO_FACTOR = 1e-6


@dataclass(frozen=True)
class Paths:
    """Values of runs by series: (month, run), for the months in order."""

    months: list[Month]
    values: Mapping[str, Float[np.ndarray, "month run"]]

    def fit(self, series: Mapping[str, Series], window: list[Month]) -> Float[np.ndarray, " run"]:
        """Log likelihood of what was seen in a window, by run."""
        runs = next(iter(self.values.values())).shape[1]
        return sum((self._fit(one, window)[2] for one in series.values()), np.zeros(runs))

    def later(
        self, one: Series, window: list[Month], ahead: list[Month], chosen: np.ndarray, rng: np.random.Generator
    ) -> Float[np.ndarray, "month draw"]:
        """Draws of later months from chosen runs, with the factor that the window tells of and errors of months."""
        centre, precision, _ = self._fit(one, window)
        factor = centre[chosen] + rng.standard_normal(len(chosen)) / np.sqrt(precision[chosen])
        values = factor * self._at(one.name, ahead)[:, chosen]
        return values + one.deviation(values) * rng.standard_normal(values.shape)

    def _at(self, name: str, months: list[Month]) -> Float[np.ndarray, "month run"]:
        return self.values[name][[self.months.index(month) for month in months]]

    def _fit(self, one: Series, window: list[Month]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Centre and precision of the factor on a series, and log likelihood of what was seen of it, by run."""
        known = [month for month in window if month in one.by_month]
        seen, own = one.at(known)[:, None], self._at(one.name, known)
        weight = 1.0 / one.deviation(seen) ** 2
        prior = 1.0 / max(one.spec.error.common, NO_FACTOR) ** 2
        left = seen - own
        cross, square = (weight * own * left).sum(axis=0), (weight * own**2).sum(axis=0)
        fit = (weight * left**2).sum(axis=0) - cross**2 / (prior + square)
        log = -0.5 * (fit + np.log1p(square / prior))
        return 1.0 + cross / (prior + square), prior + square, log


def power_of(log: Float[np.ndarray, " run"]) -> float:
    """The largest power, at most 1, of the weights with these logarithms that leaves enough runs effective."""
    if _effective(log) >= EFFECTIVE or len(log) <= EFFECTIVE:
        return 1.0
    return float(np.asarray(bisect(lambda power: _effective(power * log) - EFFECTIVE, 0.0, 1.0)))


def drawn(log: Float[np.ndarray, " run"], count: int, rng: np.random.Generator) -> np.ndarray:
    """Numbers of runs, drawn systematically by the weights with these logarithms, at ``power_of`` them."""
    weights = _normalised(power_of(log) * log)
    at = (np.arange(count) + rng.random()) / count
    return np.minimum(np.searchsorted(np.cumsum(weights), at), len(weights) - 1)


def _normalised(log: np.ndarray) -> np.ndarray:
    weight = np.exp(log - log.max())
    return weight / weight.sum()


def _effective(log: np.ndarray) -> float:
    return 1.0 / float((_normalised(log) ** 2).sum())

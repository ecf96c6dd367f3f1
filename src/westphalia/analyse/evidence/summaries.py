"""Monthly values as summaries: one scale on which small and large months count alike, and the error on that scale.

Equation:
    y = asinh(x/k);   for a series with a spread k = 4 spread, else k = median|x|/10, so that y goes with ln x
    R = diag(s^2/(x^2 + k^2)) + sum over series of common^2 g g',   g = x/sqrt(x^2 + k^2),   s the error of a month
Units:
    x in those of the table, y without.
Errors:
    of first order in the error of a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from westphalia.analyse.evidence.monthly import Month
from westphalia.analyse.evidence.observed import Series

SPREADS, MEDIANS = 4.0, 0.1


@dataclass(frozen=True)
class Summaries:
    """The summaries of a window: series one after the other, each with the months that were observed."""

    series: Mapping[str, Series]
    first: Month
    last: Month

    @property
    def labels(self) -> list[tuple[str, Month]]:
        """Series and month of each summary."""
        return [(name, month) for name, one in self.series.items() for month in one.known(self.first, self.last)]

    @property
    def seen(self) -> Float[np.ndarray, " summary"]:
        """Observed values."""
        return np.array([self.series[name].by_month[month] for name, month in self.labels])

    def of(
        self, values: Mapping[str, Float[np.ndarray, "month run"]], months: list[Month]
    ) -> Float[np.ndarray, "run summary"]:
        """Summaries of runs, from their values by month."""
        place = {month: number for number, month in enumerate(months)}
        rows = np.stack([values[name][place[month]] for name, month in self.labels], axis=1)
        return self.scaled(rows)

    def scaled(self, values: Float[np.ndarray, "*run summary"]) -> Float[np.ndarray, "*run summary"]:
        """Values on the scale of summaries."""
        return np.arcsinh(values / self._scale)

    def error(self) -> Float[np.ndarray, "summary summary"]:
        """Covariance of the error of observation at the observed values."""
        seen, names = self.seen, np.array([name for name, _ in self.labels])
        slope = 1.0 / np.hypot(seen, self._scale)
        single = np.concatenate([one.deviation(seen[names == name]) for name, one in self.series.items()])
        covariance = np.diag((single * slope) ** 2)
        for name, one in self.series.items():
            shared = np.where(names == name, one.spec.error.common * seen * slope, 0.0)
            covariance += np.outer(shared, shared)
        return covariance

    @property
    def _scale(self) -> Float[np.ndarray, " summary"]:
        by_name = {name: self._scale_of(one) for name, one in self.series.items()}
        return np.array([by_name[name] for name, _ in self.labels])

    def _scale_of(self, one: Series) -> float:
        if one.spec.error.spread > 0:
            return SPREADS * one.spec.error.spread
        values = np.abs([one.by_month[month] for month in one.known(self.first, self.last)])
        return MEDIANS * float(np.median(values))

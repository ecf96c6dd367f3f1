"""Values of quantities for a block of cases: a constant, or one draw a case keyed by the quantity's path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from westphalia.kinds import Parameter
from westphalia.model.noise import uniform
from westphalia.scenario.quantity import Quantity

Parts = Mapping[str, tuple[float | np.ndarray, float | np.ndarray]]
"""By path: from where to where in its range a number is drawn, 0 the low and 1 the high end; the same or by case. What
happens by chance happens where its place is below the chance."""
WHOLE: Parts = MappingProxyType({})

Values = Mapping[str, np.ndarray]
"""By path: the values that a number takes, one a case in the order of the cases, in place of what would be drawn."""
DRAWN: Values = MappingProxyType({})


FEW = 1024
"""Cases whose numbers are kept; a block of runs has fewer."""


class Draw:
    """Draws quantities and remembers which were drawn.

    A path always gets the same uniform number for the same seed and case, whatever else the scenario draws: adding an
    assumption shifts no other, and arms that differ in a range stay paired.
    """

    def __init__(self, seed: int, cases: np.ndarray, parts: Parts = WHOLE, values: Values = DRAWN) -> None:
        """Draw for these cases under this seed, some numbers from a part of their range only, some from a table."""
        self._parts = parts
        self._values = {path: _one_a_case(path, column, len(cases)) for path, column in values.items()}
        self._seed = seed
        self._cases = cases
        self._key = cases.astype(np.int64).tobytes() if len(cases) <= FEW else b""
        self.assumptions: dict[str, np.ndarray] = {}

    def __call__(self, path: str, quantity: Quantity) -> np.ndarray:
        """The quantity as an array over cases, of length one where it is constant."""
        if path in self._values:
            return self._given(path)
        if not quantity.is_drawn:
            return np.array([quantity.centre])
        return self._drawn(path, *quantity.ends, quantity.distribution, quantity.centre)

    @property
    def count(self) -> int:
        """Number of cases."""
        return len(self._cases)

    def noise(self, path: str) -> np.ndarray:
        """One uniform number in (0, 1) a case that is chance and no assumption."""
        return _kept(self._seed, path, self._key) if self._key else uniform(self._seed, path, self._cases)

    def happens(self, path: str, chance: np.ndarray) -> np.ndarray:
        """1 where something of this chance happens, 0 elsewhere; an assumption where it is not certain."""
        if path in self._values:
            return self._given(path)
        if np.all((chance <= 0.0) | (chance >= 1.0)):
            return 1.0 * (chance > 0.5)
        value = 1.0 * (self._place(path) < chance)
        self.assumptions[path] = value
        return value

    def studied(self, path: str, declared: Parameter) -> np.ndarray:
        """A law's number that the scenario leaves out, from its studied range."""
        if path in self._values:
            return self._given(path)
        if declared.low == declared.high:
            return np.array([declared.low])
        kind = "loguniform" if declared.scale == "log" else "uniform"
        return self._drawn(path, declared.low, declared.high, kind, 0.5 * (declared.low + declared.high))

    def leftover(self) -> list[str]:
        """Paths of the table of values that name no number of the scenario."""
        return sorted(self._values.keys() - self.assumptions.keys())

    def _given(self, path: str) -> np.ndarray:
        self.assumptions[path] = self._values[path]
        return self._values[path]

    def _drawn(self, path: str, low: float, high: float, kind: str, mode: float) -> np.ndarray:
        u = self._place(path)
        if kind == "loguniform":
            value = low * (high / low) ** u
        elif kind == "triangular":
            value = _triangular(u, low, high, mode)
        else:
            value = low + (high - low) * u
        self.assumptions[path] = value
        return value

    def _place(self, path: str) -> np.ndarray:
        """Where in its range a number is drawn, 0 the low and 1 the high end; a thing happens below its chance."""
        first, last = self._parts.get(path, (0.0, 1.0))
        return first + (last - first) * self.noise(path)


@lru_cache(maxsize=8192)  # those of a block on each of a dozen cores, 32 MB
def _kept(seed: int, path: str, cases: bytes) -> np.ndarray:
    """The numbers of a few cases, kept for the arms and levers that draw them again."""
    numbers = uniform(seed, path, np.frombuffer(cases, np.int64))
    numbers.flags.writeable = False
    return numbers


def _one_a_case(path: str, column: np.ndarray, cases: int) -> np.ndarray:
    column = np.asarray(column, float)
    if column.shape != (cases,):
        raise ValueError(f"{path} has values of shape {column.shape}; one for each of {cases} cases is needed")
    return column


def _triangular(u: np.ndarray, low: float, high: float, mode: float) -> np.ndarray:
    peak = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1 - u) * (high - low) * (high - mode))
    return np.where(u < peak, rising, falling)

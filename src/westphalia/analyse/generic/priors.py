"""The folder of drawn wars: priors, the template, the bands, and keyed random numbers by name."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float, Int
from scipy import stats

from westphalia.model.noise import uniform
from westphalia.scenario.document import read
from westphalia.scenario.load import library

PerWar = Float[np.ndarray, "war"]
Cases = Int[np.ndarray, "war"]


def folder() -> Path:
    """Where the tables of drawn wars lie."""
    return library() / "generic"


@cache
def priors() -> dict[str, Any]:
    """What a draw rests on, as it stands in ``priors.yaml``."""
    return _real(read(folder() / "priors.yaml").data)


def _real(told: Any) -> Any:  # noqa: ANN401
    """The same with every whole number as a real one."""
    if isinstance(told, dict):
        return {key: _real(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_real(value) for value in told]
    return float(told) if isinstance(told, int) else told


class Chance:
    """Random numbers of wars: a name and a case always give the same number, whatever else is drawn."""

    def __init__(self, seed: int, cases: Cases) -> None:
        """Draw for these cases under this seed."""
        self._seed, self._cases = seed, cases

    def uniform(self, name: str, low: float = 0.0, high: float = 1.0) -> PerWar:
        """Uniform between the ends."""
        return low + (high - low) * uniform(self._seed, f"generic.{name}", self._cases)

    def log_uniform(self, name: str, low: float, high: float) -> PerWar:
        """Uniform in the logarithm between the ends."""
        return low * (high / low) ** self.uniform(name)

    def normal(self, name: str) -> PerWar:
        """Standard normal."""
        return stats.norm.ppf(self.uniform(name))

    def happens(self, name: str, chance: float) -> PerWar:
        """1 with this chance, else 0."""
        return 1.0 * (self.uniform(name) < chance)

    def poisson(self, name: str, mean: float) -> PerWar:
        """A Poisson number."""
        return stats.poisson.ppf(self.uniform(name), mean)

    def beta(self, name: str, a: float, b: float) -> PerWar:
        """A share with a beta distribution."""
        return stats.beta.ppf(self.uniform(name), a, b)

    def choice(self, name: str, weights: list[float]) -> Cases:
        """The place of one of several, by weight."""
        edges = np.cumsum(weights) / np.sum(weights)
        return np.minimum(np.searchsorted(edges, self.uniform(name), side="right"), len(weights) - 1)

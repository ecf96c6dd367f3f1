"""Scores of the ensemble's durations against simple rivals: log score, distance of distributions, Brier scores.

Definition:
    Log score: mean log density, a week, of 66 durations that are rebuilt from published quantiles (no list of wars is
    kept here); the ensemble's density is a Gaussian kernel on ln weeks. The exponential and the lognormal are fitted to
    the same rebuilt durations. Brier score of a forecast p where a share s came true: s (1 - s) + (p - s)^2.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from jaxtyping import Float
from scipy import stats

from westphalia.analyse.generic.priors import PerWar, folder

WARS = 66
Seen = Float[np.ndarray, "seen"]


class Score(NamedTuple):
    """The ensemble beside a rival."""

    name: str
    ensemble: float
    rival: float
    source: str


def rebuilt() -> Seen:
    """Durations of 66 wars with the published quantiles, weeks."""
    knots = pd.read_csv(folder() / "durations.csv", comment="#")
    places = (np.arange(WARS) + 0.5) / WARS
    return np.exp(np.interp(places, knots["ended"], np.log(knots["week"])))


def kernel_score(simulated: PerWar, seen: Seen) -> float:
    """Mean log density of durations under a kernel estimate on ln weeks."""
    logs = np.log(seen)
    density = stats.gaussian_kde(np.log(simulated))(logs)
    return float(np.mean(np.log(np.maximum(density, 1e-300)) - logs))


def exponential_score(seen: Seen) -> float:
    """Mean log density under the exponential with their own mean."""
    return float(-np.log(seen.mean()) - 1.0)


def lognormal_score(seen: Seen) -> float:
    """Mean log density under the lognormal with their own moments."""
    logs = np.log(seen)
    return float(np.mean(stats.norm.logpdf(logs, logs.mean(), logs.std()) - logs))


def distance(simulated: PerWar, seen: Seen) -> float:
    """Kolmogorov-Smirnov distance of two samples."""
    places = np.concatenate([simulated, seen])
    shares = [np.searchsorted(np.sort(sample), places, side="right") / len(sample) for sample in (simulated, seen)]
    return float(np.abs(shares[0] - shares[1]).max())


def brier(forecast: float, came_true: float) -> float:
    """Brier score of one forecast for all, where this share came true."""
    return came_true * (1.0 - came_true) + (forecast - came_true) ** 2


def scores(weeks: PerWar, found: dict[str, float]) -> list[Score]:
    """Scores of an ensemble with these durations and statistics."""
    seen = rebuilt()
    engine = kernel_score(weeks, seen)
    refights, fails = 1.0 - found["T8.4"], 1.0 - found["T7a.4"]
    return [
        Score("log score a war, against the lognormal", engine, lognormal_score(seen), "durations.csv"),
        Score("log score a war, against the exponential", engine, exponential_score(seen), "durations.csv"),
        Score("Brier, war longer than a year", brier(found["G8"], 22 / 66), 0.22, "climatology, 66 wars"),
        Score("Brier, dyad fights again in five years", brier(refights, 0.13), 0.11, "climatology, 70 dyads"),
        Score("Brier, civil ceasefire fails in five years", brier(fails, 0.55), 0.25, "climatology, 96 ceasefires"),
    ]

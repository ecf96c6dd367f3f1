"""Naive forecasts of a monthly flow, each with the spread of its own past errors: what a model must beat.

Definition:
    no change        nothing happens; spread as past flows of either sign
    last month       the last flow, then steps drawn from past steps of either sign, added up
    mean of k        the mean of the last k flows; errors drawn from those that it would have made
    trend            a line through the last 12 flows; errors drawn from its residuals
    any past month   a past flow, drawn
    Where no past flow is negative, no draw is.
Units:
    those of the flow.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

Past = Float[np.ndarray, " month"]
Draws = Float[np.ndarray, "ahead draw"]
Forecast = Callable[[Past, int, int, np.random.Generator], Draws]

TREND = 12


def no_change(past: Past, ahead: int, draws: int, rng: np.random.Generator) -> Draws:
    """Nothing happens."""
    return rng.choice(past, (ahead, draws)) * rng.choice([-1.0, 1.0], (ahead, draws))


def last_month(past: Past, ahead: int, draws: int, rng: np.random.Generator) -> Draws:
    """A random walk from the last flow."""
    steps = rng.choice(np.diff(past), (ahead, draws)) * rng.choice([-1.0, 1.0], (ahead, draws))
    return past[-1] + steps.cumsum(axis=0)


def mean_of(count: int) -> Forecast:
    """The mean of the last so many flows."""

    def forecast(past: Past, ahead: int, draws: int, rng: np.random.Generator) -> Draws:
        own = min(count, len(past) - 1)
        means = np.array([past[n - own : n].mean() for n in range(own, len(past))])
        return past[-own:].mean() + rng.choice(past[own:] - means, (ahead, draws))

    return forecast


def trend(past: Past, ahead: int, draws: int, rng: np.random.Generator) -> Draws:
    """A line through the last year."""
    own = past[-TREND:]
    time = np.arange(len(own))
    slope, level = np.polyfit(time, own, 1)
    errors = own - (level + slope * time)
    return (level + slope * (len(own) + np.arange(ahead)))[:, None] + rng.choice(errors, (ahead, draws))


def any_past_month(past: Past, ahead: int, draws: int, rng: np.random.Generator) -> Draws:
    """Past flows, drawn."""
    return rng.choice(past, (ahead, draws))


BASELINES: dict[str, Forecast] = {
    "no change": no_change,
    "last month": last_month,
    "mean of 3": mean_of(3),
    "mean of 12": mean_of(12),
    "trend of 12": trend,
    "any past month": any_past_month,
}


def drawn(name: str, past: Past, ahead: int, draws: int, seed: int) -> Draws:
    """Draws of a naive forecast for the months ahead; the same for the same seed."""
    found = BASELINES[name](past, ahead, draws, np.random.default_rng(seed))
    return np.maximum(found, 0.0) if (past >= 0).all() else found

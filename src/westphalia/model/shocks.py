"""Slow random parts of the war: stationary autoregressions, one channel each.

Equation:
    e <- rho e + sd sqrt(1 - rho^2) draw
Units:
    natural logarithm of power, tempo or losses.
Signed shocks are differences of two terms, one of each side, so that exchanging the sides exchanges their signs.
"""

from __future__ import annotations

import math
from typing import Any

from westphalia.kinds import Each, record
from westphalia.model.draws import Draws
from westphalia.model.state import ShockState

FRONT_MEMORY, THEATRE_MEMORY, TEMPO_MEMORY, INTENSITY_MEMORY = 0.85, 0.95, 0.8, 0.97


@record
class Noise:
    """Stationary spreads of the shocks, of each side's own term."""

    front: Each
    theatre: Each
    tempo: Each
    intensity: Each


def settled_shocks(noise: Noise, draws: Draws) -> ShockState:
    """Shocks drawn from their stationary spread, for the start of a run."""
    return ShockState(
        front=noise.front * draws.front,
        theatre=noise.theatre * draws.theatre,
        tempo=noise.tempo * draws.tempo,
        intensity=noise.intensity * draws.intensity,
    )


def next_shocks(noise: Noise, shocks: ShockState, draws: Draws) -> ShockState:
    """The shocks a week later."""

    def after(value: Any, memory: float, spread: Any, draw: Any) -> Any:  # noqa: ANN401
        return memory * value + spread * math.sqrt(1.0 - memory * memory) * draw

    return ShockState(
        front=after(shocks.front, FRONT_MEMORY, noise.front, draws.front),
        theatre=after(shocks.theatre, THEATRE_MEMORY, noise.theatre, draws.theatre),
        tempo=after(shocks.tempo, TEMPO_MEMORY, noise.tempo, draws.tempo),
        intensity=after(shocks.intensity, INTENSITY_MEMORY, noise.intensity, draws.intensity),
    )

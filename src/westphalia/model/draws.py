"""The random numbers of one week, each from its own named channel."""

from __future__ import annotations

import numpy as np

from westphalia.kinds import Key, PerSide, PerSideFront, record


@record
class Draws:
    """Standard normal numbers, and uniform ones where the name says so."""

    front: PerSideFront
    tempo: PerSideFront
    theatre: PerSide
    intensity: PerSide
    succession: PerSide
    exit_uniform: PerSide
    signal: PerSide
    """Noise of what each side learns from the week's fighting."""
    truce_uniform: PerSide
    """Whether a truce begins or breaks; the two sides' draws are taken together."""
    incident_uniform: PerSide
    """How many incidents a truce sees, likewise."""
    keys: Key
    """Keys of the runs, for draws that are not made every week."""
    week: Key


def without_chance(fronts: PerSideFront) -> Draws:
    """A week in which every shock is zero and nothing happens that need not; ``fronts`` gives the shape."""
    none = 0.0 * fronts
    still, never = none[:, 0], none[:, 0] + 1.0
    no_key = np.zeros((2, 1), np.uint32)
    return Draws(
        front=none,
        tempo=none,
        theatre=still,
        intensity=still,
        succession=still,
        exit_uniform=never,
        signal=still,
        truce_uniform=never,
        incident_uniform=still,
        keys=no_key,
        week=no_key[0],
    )

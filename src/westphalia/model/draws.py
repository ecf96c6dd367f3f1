"""The random numbers of one week, each from its own named channel."""

from __future__ import annotations

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

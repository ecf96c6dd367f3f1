"""The random numbers of one week, each from its own named channel."""

from __future__ import annotations

from westphalia.kinds import PerSide, PerSideFront, record


@record
class Draws:
    """Standard normal numbers, and uniform ones where the name says so."""

    front: PerSideFront
    tempo: PerSideFront
    theatre: PerSide
    intensity: PerSide
    succession: PerSide
    exit_uniform: PerSide

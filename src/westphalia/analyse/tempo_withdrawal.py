"""Tempo of one side and withdrawal of the other, varied together: whether a retreat baits depends on who advances.

Definition:
    On a grid of one side's ceiling of tempo and the other side's threshold of withdrawal, all else as in the scenario,
    the payoffs of both; once with either side in either part. Changes are to the scenario's own doctrines, by case. The
    interaction is the double difference over the corners of the grid, for each of the two:
        (fast, early) - (fast, never) - (slow, early) + (slow, never)
    It is nothing where what the one does is worth the same whatever the other does.
Units:
    payoffs; tempo a share; threshold in weekly losses of a front, 1/week, 1 is never.
Errors:
    standard errors over cases, paired.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from westphalia.analyse.arena import REPEATS, Worth, error
from westphalia.analyse.cells import Cell

TEMPO = (0.2, 0.4, 0.6, 0.8, 1.0)
WITHDRAWAL = (0.004, 0.01, 0.025, 0.06, 1.0)
"""The grid: evenly over the tempo, about evenly in the logarithm over the threshold, and never."""


def joint_map(worth: Worth, sides: tuple[str, str]) -> list[dict[str, Any]]:
    """Both orientations, first the one in which the first side's tempo varies."""
    return [_oriented(worth, sides, side) for side in (0, 1)]


def _oriented(worth: Worth, sides: tuple[str, str], side: int) -> dict[str, Any]:
    cells = [Cell({}, {})]
    for tempo in TEMPO:
        for threshold in WITHDRAWAL:
            one, two = {"tempo": tempo}, {"withdrawal": threshold}
            cells.append(Cell(one, two) if side == 0 else Cell(two, one))
    payoffs = worth(cells, REPEATS, False)
    change = (payoffs[:, 1:] - payoffs[:, :1]).reshape(2, len(TEMPO), len(WITHDRAWAL), -1)
    corners = change[:, -1, 0] - change[:, -1, -1] - change[:, 0, 0] + change[:, 0, -1]
    parts = {"own": side, "other": 1 - side}
    return {
        "tempo_of": sides[side],
        "withdrawal_of": sides[1 - side],
        "tempo": list(TEMPO),
        "withdrawal": list(WITHDRAWAL),
        **{name: {"change": _mean(change[n]), "se": error(change[n]).tolist()} for name, n in parts.items()},
        "interaction": {
            name: {"value": float(corners[n].mean()), "se": float(error(corners[n]))} for name, n in parts.items()
        },
    }


def _mean(by_case: np.ndarray) -> list[list[float]]:
    return by_case.mean(axis=-1).tolist()

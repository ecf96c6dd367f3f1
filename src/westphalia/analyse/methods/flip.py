"""The smallest change of assumptions, from a centre, that overturns a verdict: estimated from runs that exist.

Definition:
    z = (x - centre) / scale in a few columns; c(z) is the share of runs near z whose verdict is contrary to that at the
    centre. Wanted is the least |z| with c(z) = 1/2: in structural reliability, the design point. It is sought from
    several starts: the plane of a logistic fit to all runs, and the nearest contrary runs that most of their
    neighbours agree with. Each is drawn back along its ray to where c is 1/2, and then improved by
        z <- b (1/2 - a + b . z) / |b|^2,   c(near z) fitted as a + b . (near - z)
    over its neighbours. The nearest point beyond which contrary runs prevail, and before which they do not, is kept.
Units:
    distances in scales, Euclidean.
Source:
    Hasofer and Lind 1974; Rackwitz and Fiessler 1978.
Errors:
    ``se`` is that of the last local plane. Among starts the least distance is kept, so it is low by an error or two
    where several are about equal; corners of a region are rounded by the size of a neighbourhood.
Holds when:
    the columns are those on which the verdict depends: other columns are averaged over, not held at the centre.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float
from scipy.spatial import KDTree

STEPS = 30
STARTS = 4
LOOKED_AT = 500
"""So many contrary runs are asked whether their neighbours agree."""
NEWTON = 8
"""Steps of the logistic fit, which is only a start."""


class Flip(NamedTuple):
    """The point nearest to the centre at which the verdict turns.

    Attributes:
        distance: Its distance from the centre.
        se: Standard error of the distance.
        change: Change of each column, in scales; nothing in columns that were not to change.
        holds_at_centre: The verdict that is overturned.
        beyond: Share of contrary runs just beyond the point.
    """

    distance: float
    se: float
    change: Float[np.ndarray, " column"]
    holds_at_centre: bool
    beyond: float


class _Near:
    """Shares and planes of contrary runs near a point."""

    def __init__(self, z: np.ndarray, contrary: np.ndarray) -> None:
        self.z, self.contrary = z, contrary
        self.tree = KDTree(z)
        self.size = int(np.clip(len(z) // 100, 12 * (z.shape[1] + 1), 500))
        self.low, self.high = z.min(axis=0), z.max(axis=0)

    def share(self, points: np.ndarray, part: int = 1) -> np.ndarray:
        """Share of contrary runs among the nearest to each point, or among the nearest part of them."""
        return np.asarray(self.contrary[self.tree.query(points, self.size // part)[1]].mean(axis=-1))

    def plane(self, point: np.ndarray) -> tuple[float, np.ndarray, float, float]:
        """Value and slope of the local share, error of the value, and the radius of the neighbourhood."""
        distances, near = self.tree.query(point, self.size)
        design = np.column_stack([np.ones(self.size), self.z[near] - point])
        inverse = np.linalg.pinv(design.T @ design)
        fit = inverse @ design.T @ self.contrary[near]
        residual = self.contrary[near] - design @ fit
        error = float(np.sqrt(residual @ residual / (self.size - len(fit)) * inverse[0, 0]))
        return float(fit[0]), fit[1:], error, float(np.median(distances))


def flip(
    x: Float[np.ndarray, "run column"],
    holds: Bool[np.ndarray, " run"],
    *,
    centre: Float[np.ndarray, " column"],
    scale: Float[np.ndarray, " column"],
    columns: tuple[int, ...],
) -> Flip | None:
    """The smallest standardised change of a few assumptions that overturns the verdict; ``None`` where none does.

    Args:
        x: Assumptions of each run.
        holds: Verdict of each run.
        centre: Where the change begins.
        scale: One unit of change of each column, such as its standard deviation.
        columns: The assumptions that may change, up to about five: those with the greatest total effect.

    Raises:
        ValueError: If there are too few runs for the columns, no columns, or a scale that is not positive.
    """
    chosen = list(columns)
    if not chosen or len(x) < 50 * (len(chosen) + 1) or not (scale[chosen] > 0).all():
        raise ValueError("at least one column, 50 runs for each column and for one more, and positive scales")
    z = (x[:, chosen] - centre[chosen]) / scale[chosen]
    near = _Near(z, np.asarray(holds, float))
    holds_at_centre = bool(near.share(np.zeros(len(chosen))) >= 0.5)
    if holds_at_centre:
        near.contrary = 1 - near.contrary
    best: tuple[float, float, np.ndarray, float] | None = None
    for start in _starts(near):
        for point in (start, *_improved(near, start)):
            found = _turning(near, point)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
    if best is None:
        return None
    change = np.zeros(x.shape[1])
    change[chosen] = best[2]
    return Flip(best[0], best[1], change, holds_at_centre, best[3])


def _starts(near: _Near) -> Iterator[np.ndarray]:
    """Points on rays from the centre at which contrary runs begin to prevail."""
    ends = []
    value, slope = _logistic(near)
    if (size := slope @ slope) > 0:
        # Half as far again as the plane, to begin on the contrary side.
        ends.append(np.clip(-1.5 * value / size * slope, near.low, near.high))
    contrary = np.flatnonzero(near.contrary > 0)
    order = contrary[np.argsort((near.z[contrary] ** 2).sum(axis=1), kind="stable")]
    looked_at = (
        order[np.unique(np.geomspace(1, max(len(order), 1), LOOKED_AT).astype(int) - 1)] if len(order) else order
    )
    agreed = looked_at[near.share(near.z[looked_at], part=4) > 0.5] if len(looked_at) else looked_at
    kept: list[np.ndarray] = []
    for run in agreed:
        point = near.z[run]
        if all(point @ other < 0.8 * np.linalg.norm(point) * np.linalg.norm(other) for other in kept):
            kept.append(point)
        if len(kept) == STARTS:
            break
    for end in [*ends, *kept]:
        inner, outer = 0.0, 1.0
        for _ in range(STEPS // 2):
            middle = (inner + outer) / 2
            inner, outer = (inner, middle) if near.share(middle * end) >= 0.5 else (middle, outer)
        yield outer * end


def _improved(near: _Near, point: np.ndarray) -> Iterator[np.ndarray]:
    """The point after its last step on local planes, each no longer than a neighbourhood."""
    for _ in range(STEPS):
        value, slope, _, radius = near.plane(point)
        size = slope @ slope
        if size == 0:
            return
        step = slope * (0.5 - value + slope @ point) / size - point
        length = float(np.linalg.norm(step))
        moved = np.clip(point + step * min(1.0, radius / max(length, 1e-12)), near.low, near.high)
        if np.linalg.norm(moved - point) < 0.02 * radius:
            break
        point = moved
    yield point


def _turning(near: _Near, point: np.ndarray) -> tuple[float, float, np.ndarray, float] | None:
    """Distance, its error, the point and the contrary share beyond it, if the verdict turns there."""
    value, slope, error, radius = near.plane(point)
    size = float(np.linalg.norm(slope))
    if size == 0:
        return None
    across = radius * slope / size
    before, beyond = near.share(np.stack([point - across, point + across]), part=4)
    if not before < 0.5 <= beyond or abs(value - 0.5) > 0.25:
        return None
    return float(np.linalg.norm(point)), error / size, point, float(beyond)


def _logistic(near: _Near) -> tuple[float, np.ndarray]:
    """Intercept and slopes of a logistic fit with a faint ridge, by Newton's method."""
    design = np.column_stack([np.ones(len(near.z)), near.z])
    fit = np.zeros(design.shape[1])
    for _ in range(NEWTON):
        chance = 1 / (1 + np.exp(-np.clip(design @ fit, -30, 30)))
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + np.eye(len(fit))
        change = np.linalg.solve(curvature, design.T @ (near.contrary - chance) - fit)
        fit = fit + change
    return float(fit[0]), fit[1:]

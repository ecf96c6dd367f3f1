"""Logit quantal response: the branch of equilibria that leads from blind choice to a Nash equilibrium.

Equation:
    p_i = exp(L (A q)_i) / sum exp(L (A q)),  q_j = exp(L (p B)_j) / sum exp(L (p B)),  L >= 0 per unit of payoff.
    The branch begins at L = 0 with equal chances and is followed by arc length in (log p, log q, L), with a step along
    the tangent and Newton steps back to the branch, so that it may turn back in L without being lost.
Units:
    L per unit of payoff; mixtures are shares.
Source:
    McKelvey and Palfrey 1995; path following as in Turocy 2005.
Errors:
    each point solves the equations to ``TOLERANCE``; a mixture at a wanted L lies on the last crossing of the branch.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from westphalia.analyse.methods.games import Profile

TOLERANCE = 1e-9
FIRST_STEP, LONGEST_STEP, SHORTEST_STEP = 0.03, 1.0, 1e-7
MOST_STEPS = 5_000


class Branch(NamedTuple):
    """Points of the branch in their order: precision and mixtures."""

    precision: Float[np.ndarray, " point"]
    first: Float[np.ndarray, "point row"]
    second: Float[np.ndarray, "point column"]

    def at(self, precision: float) -> Profile:
        """The mixtures where the branch last crosses a precision, between two of its points.

        Raises:
            ValueError: If the branch does not reach so far.
        """
        crossings = np.flatnonzero((self.precision[:-1] <= precision) & (self.precision[1:] >= precision))
        if not len(crossings):
            raise ValueError(f"the branch reaches from 0 to {self.precision.max():g}, not {precision:g}")
        here = int(crossings[-1])
        length = self.precision[here + 1] - self.precision[here]
        part = (precision - self.precision[here]) / length if length else 0.0
        mixtures = (np.exp((1 - part) * np.log(of[here]) + part * np.log(of[here + 1])) for of in self[1:])
        first, second = (of / of.sum() for of in mixtures)
        return Profile(first, second)


def response_branch(
    a: Float[np.ndarray, "row column"], b: Float[np.ndarray, "row column"], *, precision: float
) -> Branch:
    """Follow the branch up to a precision, per unit of payoff.

    Raises:
        ArithmeticError: If the branch is lost or does not get there within ``MOST_STEPS``.
    """
    rows, columns = a.shape
    point = np.concatenate([np.full(rows, -np.log(rows)), np.full(columns, -np.log(columns)), [0.0]])
    tangent, step = np.append(np.zeros(rows + columns), 1.0), FIRST_STEP
    # Precision in units in which the payoffs' range is one, so that steps have one size.
    scale = max(np.ptp(a), np.ptp(b)) or 1.0
    a, b, precision = a / scale, b / scale, precision * scale
    points = [point]
    for _ in range(MOST_STEPS):
        if point[-1] >= precision:
            break
        tangent = _tangent(_jacobian(point, a, b), tangent)
        corrected = _corrected(point + step * tangent, a, b)
        if corrected is None or np.linalg.norm(corrected - point) > 2 * step:
            step /= 2
            if step < SHORTEST_STEP:
                raise ArithmeticError(f"the branch is lost at precision {point[-1] / scale:g}")
            continue
        point, step = corrected, min(1.3 * step, LONGEST_STEP)
        points.append(point)
    else:
        raise ArithmeticError(f"precision {precision / scale:g} is not reached within {MOST_STEPS} steps")
    path = np.array(points)
    return Branch(path[:, -1] / scale, np.exp(path[:, :rows]), np.exp(path[:, rows:-1]))


def _residual(point: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    first, second, precision = point[: len(a)], point[len(a) : -1], point[-1]
    p, q = np.exp(first), np.exp(second)
    to_first, to_second = a @ q, p @ b
    return np.concatenate(
        [
            np.diff(first) - precision * np.diff(to_first),
            [p.sum() - 1],
            np.diff(second) - precision * np.diff(to_second),
            [q.sum() - 1],
        ]
    )


def _jacobian(point: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    rows, columns = a.shape
    precision, p, q = point[-1], np.exp(point[:rows]), np.exp(point[rows:-1])
    of = np.zeros((rows + columns, rows + columns + 1))
    of[: rows - 1, :rows] = np.diff(np.eye(rows), axis=0)
    of[: rows - 1, rows:-1] = -precision * np.diff(a, axis=0) * q
    of[: rows - 1, -1] = -np.diff(a @ q)
    of[rows - 1, :rows] = p
    of[rows:-1, rows:-1] = np.diff(np.eye(columns), axis=0)
    of[rows:-1, :rows] = -precision * np.diff(b, axis=1).T * p
    of[rows:-1, -1] = -np.diff(p @ b)
    of[-1, rows:-1] = q
    return of


def _tangent(jacobian: np.ndarray, before: np.ndarray) -> np.ndarray:
    """The direction of the branch, onward."""
    direction = np.linalg.svd(jacobian)[2][-1]
    return direction if direction @ before >= 0 else -direction


def _corrected(point: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray | None:
    """The nearest point on the branch by Newton's method, ``None`` where that fails."""
    for _ in range(8):
        residual = _residual(point, a, b)
        size = np.abs(residual).max()
        if size < TOLERANCE:
            return point if point[-1] >= 0 else None
        if not size < 10:
            return None
        point = point - np.linalg.pinv(_jacobian(point, a, b)) @ residual
        if point[:-1].max() > 1:
            return None
    return None

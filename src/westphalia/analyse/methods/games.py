"""Two-player games: Nash equilibria, regret, minimax regret.

Equation:
    payoffs A (rows' player) and B (columns' player), mixtures p and q:
        equilibrium     p in argmax p' A q and q in argmax p' B q
        regret          max(A q) - p A q for the first, max(p B) - p B q for the second
        minimax regret  p that minimises the greatest, over columns j, of max_i A[i, j] - p . A[:, j]
    Equilibria by support enumeration: for each pair of supports of equal size, the mixtures that make the other side
    indifferent, kept if they are mixtures and no option outside the support does better.
Units:
    payoffs; mixtures are shares.
Source:
    Nash 1951; support enumeration as in Porter, Nudelman and Shoham 2008; minimax regret by Savage 1951.
Fails when:
    a game is degenerate: equilibria in supports of unequal size are then left out, and of a continuum some points are
    given. The number of pairs doubles twice with each option: up to about nine options a side.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from scipy.optimize import linprog

TOLERANCE = 1e-9
"""Relative to the range of payoffs."""


class Profile(NamedTuple):
    """A mixture for each player."""

    first: Float[np.ndarray, " row"]
    second: Float[np.ndarray, " column"]

    @property
    def support(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The options that each player uses."""
        used = (tuple(int(n) for n in np.flatnonzero(of > TOLERANCE)) for of in self)
        return next(used), next(used)


def equilibria(a: Float[np.ndarray, "row column"], b: Float[np.ndarray, "row column"]) -> list[Profile]:
    """All Nash equilibria with supports of equal size, the smallest supports first.

    Raises:
        ValueError: If the payoffs are not finite or not of one shape.
    """
    if a.shape != b.shape or not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("two tables of finite payoffs, both with a row and a column for each pair of options")
    a, b = _normalised(a), _normalised(b)
    found: list[Profile] = []
    for size in range(1, min(a.shape) + 1):
        rows = np.array(list(itertools.combinations(range(a.shape[0]), size)))
        columns = np.array(list(itertools.combinations(range(a.shape[1]), size)))
        for support in rows:
            second = _indifferent(a[support[:, None, None], columns].transpose(1, 0, 2), columns, a.shape[1])
            first = _indifferent(b[support[:, None, None], columns].transpose(1, 2, 0), support[None], a.shape[0])
            proper = np.flatnonzero(np.isfinite(first).all(axis=1) & np.isfinite(second).all(axis=1))
            for place in proper:
                profile = Profile(first[place], second[place])
                if max(regret(a, b, profile)) <= 100 * TOLERANCE and not _is_known(profile, found):
                    found.append(profile)
    return found


def regret(
    a: Float[np.ndarray, "row column"], b: Float[np.ndarray, "row column"], profile: Profile
) -> tuple[float, float]:
    """What each player could gain by a change of its own option alone."""
    to_first, to_second = a @ profile.second, profile.first @ b
    return float(to_first.max() - profile.first @ to_first), float(to_second.max() - to_second @ profile.second)


def pure_regret(a: Float[np.ndarray, "*case row column"]) -> Float[np.ndarray, " row"]:
    """Greatest regret of each row over columns and cases; for the other player pass its transposed table."""
    missed = a.max(axis=-2, keepdims=True) - a
    return missed.max(axis=-1).reshape(-1, a.shape[-2]).max(axis=0)


def minimax_regret(a: Float[np.ndarray, "*case row column"]) -> tuple[Float[np.ndarray, " row"], float]:
    """The mixture of rows with the least greatest regret over columns and cases, and that regret."""
    missed = (a.max(axis=-2, keepdims=True) - a).swapaxes(-1, -2).reshape(-1, a.shape[-2])
    rows = a.shape[-2]
    solved = linprog(
        np.append(np.zeros(rows), 1.0),
        A_ub=np.column_stack([missed, -np.ones(len(missed))]),
        b_ub=np.zeros(len(missed)),
        A_eq=np.append(np.ones(rows), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * (rows + 1),
    )
    return solved.x[:rows], float(solved.x[rows])


def _normalised(payoffs: np.ndarray) -> np.ndarray:
    spread = np.ptp(payoffs)
    return (payoffs - payoffs.min()) / spread if spread else np.zeros_like(payoffs, float)


def _indifferent(tables: np.ndarray, support: np.ndarray, options: int) -> np.ndarray:
    """For each table ``(option, weight)`` the weights that make its options equally good; NaN where none are."""
    count, size = tables.shape[:2]
    system = np.zeros((count, size + 1, size + 1))
    system[:, :size, :size], system[:, :size, size], system[:, size, :size] = tables, -1.0, 1.0
    right = np.zeros((size + 1, 1))
    right[size] = 1.0
    solvable = np.abs(np.linalg.det(system)) > 1e-12
    weights = np.full((count, size), np.nan)
    if solvable.any():
        weights[solvable] = np.linalg.solve(system[solvable], np.broadcast_to(right, (solvable.sum(), *right.shape)))[
            :, :size, 0
        ]
    # A weight of nothing belongs to a smaller support, where the same equilibrium is found.
    weights[(weights <= TOLERANCE).any(axis=1)] = np.nan
    mixtures = np.zeros((count, options))
    np.put_along_axis(mixtures, np.broadcast_to(support, (count, size)), weights, axis=1)
    return mixtures


def _is_known(profile: Profile, found: list[Profile]) -> bool:
    return any(
        np.allclose(profile.first, of.first, atol=1e-7) and np.allclose(profile.second, of.second, atol=1e-7)
        for of in found
    )

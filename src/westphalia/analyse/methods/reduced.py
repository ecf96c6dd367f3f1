"""Nash equilibria of games with ties and many options: merge, strike out what is dominated, then enumerate.

Definition:
    1. Options that are the same in both tables are one; what it is played with is spread evenly over them.
    2. Strictly dominated options go, again and again, those that a mixture dominates too where the game is still
       large. No equilibrium uses them, so none is lost.
    3. What is left is enumerated by supports. Where it is still above ``MOST`` options a side, the game is grown
       instead: from the best replies to even play, the equilibria of the part are found, and the best replies to them
       in the whole join, until those of the part are equilibria of the whole. Some may be missed then.
Units:
    payoffs; mixtures are shares.
Source:
    iterated dominance as in Bernheim 1984 and Pearce 1984; growth as the double oracle of McMahan, Gordon and Blum
    2003.
Fails when:
    a game is degenerate without identical options: as in ``games``, of a continuum some points are given.
"""

from __future__ import annotations

import numpy as np
from scipy.optimize import linprog

from westphalia.analyse.methods.games import TOLERANCE, Profile, equilibria, regret

MOST = 8
"""Options of a side up to which all supports are tried."""

LARGE = 5
"""Options of a side above which dominance by mixtures is looked for."""


def solved(a: np.ndarray, b: np.ndarray) -> list[Profile]:
    """The equilibria of a game, the payoffs of either player by row and column.

    Raises:
        ValueError: If the payoffs are not finite or not of one shape.
    """
    rows, columns = _alike(a, b), _alike(a.T, b.T)
    one, two = (list(dict.fromkeys(of.tolist())) for of in (rows, columns))
    held = _undominated(a[np.ix_(one, two)], b[np.ix_(one, two)])
    one, two = [one[n] for n in held[0]], [two[n] for n in held[1]]
    small_a, small_b = a[np.ix_(one, two)], b[np.ix_(one, two)]
    found = equilibria(small_a, small_b) if max(small_a.shape) <= MOST else _grown(small_a, small_b)
    return [Profile(_spread(p.first, one, rows), _spread(p.second, two, columns)) for p in found]


def _alike(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """For each row the number of the first row that is the same in both tables."""
    both = np.hstack([a / (np.ptp(a) or 1.0), b / (np.ptp(b) or 1.0)])
    near = np.abs(both[:, None] - both[None]).max(axis=-1) <= TOLERANCE
    return near.argmax(axis=1)


def _spread(mixture: np.ndarray, kept: list[int], alike: np.ndarray) -> np.ndarray:
    """The mixture over all options, that of each kept one spread evenly over those that are the same."""
    share = np.zeros(len(alike))
    share[kept] = mixture
    return share[alike] / np.bincount(alike, minlength=len(alike))[alike]


def _undominated(a: np.ndarray, b: np.ndarray) -> tuple[list[int], list[int]]:
    """Rows and columns that survive iterated strict dominance."""
    rows, columns = list(range(a.shape[0])), list(range(a.shape[1]))
    while True:
        out_rows = _dominated(a[np.ix_(rows, columns)])
        left = [row for n, row in enumerate(rows) if n not in out_rows]
        out_columns = _dominated(b[np.ix_(left, columns)].T)
        rows, columns = left, [column for n, column in enumerate(columns) if n not in out_columns]
        if not out_rows and not out_columns:
            return rows, columns


def _dominated(own: np.ndarray) -> set[int]:
    """Rows that another row, or a mixture of others, beats in every column."""
    margin = TOLERANCE * (np.ptp(own) or 1.0)
    beaten = {int(n) for n in np.flatnonzero(((own[None] - own[:, None]).min(axis=-1) > margin).any(axis=1))}
    if beaten or len(own) <= LARGE:
        return beaten
    # One at a time: of two that need each other to be beaten, both must not go at once.
    return next(({row} for row in range(len(own)) if _lead(own, row) > margin), set())


def _lead(own: np.ndarray, row: int) -> float:
    """How far the best mixture of the other rows lies above a row in every column."""
    others = np.delete(own, row, axis=0)
    solution = linprog(
        np.append(np.zeros(len(others)), -1.0),
        A_ub=np.column_stack([-others.T, np.ones(own.shape[1])]),
        b_ub=-own[row],
        A_eq=np.append(np.ones(len(others)), 0.0)[None],
        b_eq=[1.0],
        bounds=[(0, None)] * len(others) + [(None, None)],
    )
    return float(solution.x[-1])


def _grown(a: np.ndarray, b: np.ndarray) -> list[Profile]:
    """Equilibria of a part of the game that are equilibria of the whole; none if the part grows beyond ``MOST``."""
    margin = 100 * TOLERANCE * max(np.ptp(a), np.ptp(b))
    rows, columns = {int(a.mean(axis=1).argmax())}, {int(b.mean(axis=0).argmax())}
    while max(len(rows), len(columns)) <= MOST:
        one, two = sorted(rows), sorted(columns)
        part = [_whole(p, one, two, a.shape) for p in equilibria(a[np.ix_(one, two)], b[np.ix_(one, two)])]
        kept = [p for p in part if max(regret(a, b, p)) <= margin]
        if kept or not part:
            return kept
        rows |= {int((a @ p.second).argmax()) for p in part}
        columns |= {int((p.first @ b).argmax()) for p in part}
    return []


def _whole(profile: Profile, one: list[int], two: list[int], shape: tuple[int, ...]) -> Profile:
    first, second = np.zeros(shape[0]), np.zeros(shape[1])
    first[one], second[two] = profile
    return Profile(first, second)

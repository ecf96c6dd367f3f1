"""Total Sobol indices from runs that exist: no design, no new run, one sample of independent inputs.

Equation:
    T_i = (V(all) - V(all but i)) / Var y, with V(u) = Var E[y | x_u]; noise between equal runs is not counted.
    V(u) is estimated over cells of the columns u, without the bias that noise in the means of cells would bring:
        E[m^2] = sum over cells of (n / N) (S^2 - Q) / (n (n - 1)),   S, Q sums of y and y^2 in a cell of n > 1 runs.
    All columns together would leave empty cells. So the few *active* columns, which a first pass over single columns
    and pairs finds, are crossed completely, all orders of interaction counted; of the others, first order and those
    pairs whose interaction is beyond error.
    Edges of the active columns' bins are placed, one by one, where they explain most of y, pairs with another included.
Bias:
    downward: variation within bins (of order bins^-2 for smooth y, little for boxes), and interactions of three
    or more columns of which one is not active. Upward, of order 1 / runs: edges are placed on the same runs.
    Inputs that depend on each other break it. In a box, inputs stay independent: pass the runs inside.
Errors:
    jackknife over groups of runs.
Source:
    Sobol 1993; estimation from given data as in Plischke, Borgonovo and Smith 2013, and the unbiased square of a mean.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Num

from westphalia.analyse.methods.bins import Binned, rank_bins

FINE = 256
"""Bins of a column among which edges are chosen."""
COARSE = 8
"""Bins of a column in pairs."""
PER_CELL = 8
"""So many runs a cell shall have at least, on average."""
FEWEST, MOST = 3, 24
"""Bins of an active column: so many must be possible, and so many are enough."""
SCREENED = 30_000
"""Runs of the first pass at most."""
CHANCE = COARSE + 4 * (2 * COARSE) ** 0.5
"""An edge in pure noise adds about a chi-square of so many bins: what adds less than four deviations above is left."""
THREE = 3.0
"""Standard errors beyond which an effect is more than error."""
GROUPS = 16
"""Groups of the jackknife."""


class Totals(NamedTuple):
    """Total index of each column with its standard error, shares of Var y.

    Attributes:
        total: Total index.
        se: Its standard error.
        first: First-order index by the first pass.
        active: The columns that are crossed completely, the strongest first.
        explained: Share of Var y that the active columns explain together; the rest is noise or other columns.
    """

    total: Float[np.ndarray, " column"]
    se: Float[np.ndarray, " column"]
    first: Float[np.ndarray, " column"]
    active: tuple[int, ...]
    explained: float


def total_from_sample(
    x: Float[np.ndarray, "run column"] | Binned,
    y: Num[np.ndarray, " run"] | Bool[np.ndarray, " run"],
    *,
    seed: int,
    most_active: int = 5,
) -> Totals:
    """Totals of each input for a value or a verdict (0 and 1) of each run.

    Args:
        x: Independent inputs, or the same in 256 bins, to be used for many statements.
        y: What depends on them, at best noisily.
        seed: Divides the runs into groups, and draws those of the first pass.
        most_active: So many columns are crossed completely at most.

    Raises:
        ValueError: If there are fewer than 200 runs or y is constant.
    """
    binned = x if isinstance(x, Binned) else rank_bins(x)
    y = np.asarray(y, float)
    if len(y) < 200 or binned.bins.shape[1] != len(y):
        raise ValueError("at least 200 runs, and a value for each")
    if np.ptp(y) == 0:
        raise ValueError("the values are all the same: there is no variance to divide")
    y = (y - y.mean()) / y.std()
    order = np.random.default_rng(seed).permutation(len(y))
    group, some = order % GROUPS, np.flatnonzero(order < SCREENED)
    single, pair = _screen(binned.of(some), y[some], group[some])
    pair *= pair[..., :1] > THREE * _jackknife(pair)[..., None]
    reach = (single + pair.sum(axis=1)).T
    active = _active(reach, most_active, len(y))
    crossed = _crossed(binned, y, group, active)
    total = reach.T.copy()
    others = np.setdiff1d(np.arange(len(total)), active)
    for place, column in enumerate(active):
        total[column] = crossed[-1] - crossed[place] + pair[column, others].sum(axis=0)
    return Totals(total[:, 0], _jackknife(total), single[:, 0], tuple(active), float(crossed[-1, 0]))


def _jackknife(estimates: np.ndarray) -> np.ndarray:
    """Standard errors from estimates that leave out a group each, which follow that of all runs on the last axis."""
    return np.sqrt((GROUPS - 1) * estimates[..., 1:].var(axis=-1))


def _screen(binned: Binned, y: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First order of each column and each pair's interaction: ``(column, estimate)``, ``(column, column, estimate)``.

    The first estimate is that of all runs, the others leave out a group each.
    """
    columns = len(binned.bins)
    codes = [_coarse(of, COARSE) for of in binned.bins]
    single = np.stack([_explained(code, COARSE, y, group) for code in codes])
    pair = np.zeros((columns, columns, GROUPS + 1))
    for i, j in itertools.combinations(range(columns), 2):
        both = _explained(codes[i] * COARSE + codes[j], COARSE**2, y, group)
        pair[i, j] = pair[j, i] = both - single[i] - single[j]
    return single, pair


def _explained(cell: np.ndarray, cells: int, y: np.ndarray, group: np.ndarray) -> np.ndarray:
    """``V(u)`` from all runs, then with each group left out."""
    where = group * cells + cell
    sums = [np.bincount(where, weight, minlength=GROUPS * cells) for weight in (None, y, y * y)]
    n, s, q = (np.stack([of.sum(axis=0), *(of.sum(axis=0) - of)]) for of in (x.reshape(GROUPS, -1) for x in sums))
    usable = np.where(n > 1, n, 0)
    square = ((s**2 - q) / np.maximum(n - 1, 1) * (n > 1)).sum(axis=1) / np.maximum(usable.sum(axis=1), 1)
    n, s, q = n.sum(axis=1), s.sum(axis=1), q.sum(axis=1)
    return square - (s**2 - q) / (n * (n - 1))


def _active(reach: np.ndarray, most: int, runs: int) -> list[int]:
    """The columns of greatest reach that is not mere error, as many as can be crossed."""
    estimate, se = reach[0], _jackknife(reach.T)
    most = max(min(most, int(np.log(runs / PER_CELL) / np.log(FEWEST))), 1)
    best = np.argsort(-estimate, kind="stable")[:most]
    return [int(column) for column in best if estimate[column] > THREE * se[column]] or [int(best[0])]


def _crossed(binned: Binned, y: np.ndarray, group: np.ndarray, active: list[int]) -> np.ndarray:
    """``V`` of the active columns without each one in turn, and of all of them (last)."""
    bins = min(int((len(y) / PER_CELL) ** (1 / len(active))), MOST)
    codes = [_placed(binned, y, column, [c for c in active if c != column], bins) for column in active]
    rows = []
    for left_out in [*range(len(active)), None]:
        cell, cells = np.zeros(len(y), np.intp), 1
        for place, code in enumerate(codes):
            if place != left_out:
                cell, cells = cell * (code.max() + 1) + code, cells * int(code.max() + 1)
        rows.append(_explained(cell, cells, y, group))
    return np.stack(rows)


def _placed(binned: Binned, y: np.ndarray, column: int, others: list[int], most: int) -> np.ndarray:
    """A column in few bins whose edges explain most of y, given coarse bins of each of the other columns."""
    fine = _coarse(binned.bins[column], FINE)
    contexts = [_coarse(binned.bins[other], COARSE) for other in others] or [np.zeros(len(y), np.intp)]
    tables = []
    for weight in (None, y):
        by = [np.bincount(fine * COARSE + of, weight, minlength=FINE * COARSE).reshape(FINE, -1) for of in contexts]
        tables.append(np.concatenate([np.zeros((1, COARSE * len(by))), np.cumsum(np.concatenate(by, axis=1), axis=0)]))
    edges = [0, FINE]
    while len(edges) <= most:
        edge, gain = _next_edge(tables[0], tables[1], edges)
        if gain < CHANCE * len(contexts):
            break
        edges = sorted([*edges, edge])
    return np.searchsorted(np.array(edges[1:-1]), fine, side="right")


def _next_edge(n: np.ndarray, s: np.ndarray, edges: list[int]) -> tuple[int, float]:
    """The edge that adds most to the sum of squared means, and how much; from runs and sums up to each edge."""
    gains = np.full(len(n), -np.inf)
    for low, high in itertools.pairwise(edges):
        at = np.arange(low + 1, high)
        gains[at] = (
            _square(n[at] - n[low], s[at] - s[low])
            + _square(n[high] - n[at], s[high] - s[at])
            - _square(n[high] - n[low], s[high] - s[low])
        )
    return int(np.argmax(gains)), float(gains.max())


def _square(n: np.ndarray, s: np.ndarray) -> np.ndarray | np.floating:
    return (s**2 / np.maximum(n, 1)).sum(axis=-1)


def _coarse(bins: np.ndarray, count: int) -> np.ndarray:
    """So many bins of equal rank out of a column's, or fewer where it has few levels."""
    return np.minimum(bins.astype(np.intp) * count // (int(bins.max()) + 1), count - 1)

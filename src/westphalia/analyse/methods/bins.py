"""Columns of assumptions cut into bins of equal rank, so that counting replaces sorting.

Definition:
    the edges of a column are middles between neighbouring sample values at equal steps of rank; equal values stay
    together, so a column of a few levels has one bin for each level. Bin b holds edge[b - 1] < x <= edge[b].
Units:
    edges in those of the column; bins are numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from jaxtyping import Float, UInt8

MOST = 256
"""Bins that one byte can tell apart."""


@dataclass(frozen=True, eq=False)
class Binned:
    """Runs in bins.

    Attributes:
        bins: Bin of each run, ``(column, run)``.
        edges: Inner edges of each column, rising; one fewer than its bins.
    """

    bins: UInt8[np.ndarray, "column run"]
    edges: tuple[np.ndarray, ...]

    @cached_property
    def last(self) -> np.ndarray:
        """The last bin of each column."""
        return np.array([len(edges) for edges in self.edges])

    def of(self, runs: np.ndarray) -> Binned:
        """The same edges, some of the runs."""
        return Binned(np.ascontiguousarray(self.bins[:, runs]), self.edges)


def rank_bins(x: Float[np.ndarray, "run column"], most: int = MOST) -> Binned:
    """Cut every column into at most so many bins of equal rank.

    Raises:
        ValueError: If there is no run, a value is not finite, or a byte cannot hold the bins.
    """
    if not len(x) or not np.isfinite(x).all():
        raise ValueError("columns need at least one run and finite values throughout")
    if not 1 < most <= MOST:
        raise ValueError(f"between 2 and {MOST} bins, not {most}")
    columns = np.ascontiguousarray(x.T)
    edges = tuple(_edges(column, most) for column in columns)
    return Binned(np.stack([place(column, cut) for column, cut in zip(columns, edges, strict=True)]), edges)


def place(values: Float[np.ndarray, " run"], edges: Float[np.ndarray, " edge"]) -> UInt8[np.ndarray, " run"]:
    """Bin of each value."""
    return np.searchsorted(edges, values, side="left").astype(np.uint8)


def _edges(values: np.ndarray, most: int) -> np.ndarray:
    ordered = np.sort(values)
    rises = np.flatnonzero(ordered[1:] > ordered[:-1]) + 1
    if len(rises) >= most:
        wanted = np.arange(1, most) * len(ordered) / most
        after = np.clip(np.searchsorted(rises, wanted), 1, len(rises) - 1)
        nearer = np.where(wanted - rises[after - 1] < rises[after] - wanted, after - 1, after)
        rises = rises[np.unique(nearer)]
    # A middle that rounds up to the upper value would move that value into the lower bin.
    middles = ordered[rises - 1] + (ordered[rises] - ordered[rises - 1]) / 2
    return np.where(middles < ordered[rises], middles, ordered[rises - 1])

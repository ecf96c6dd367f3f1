"""How far apart columns lie between the runs where a statement holds and those where it does not.

Equation:
    D = max over x of |F_holds(x) - F_fails(x)|, F the distribution of a column, read at the edges of bins
    The chance of a column is that of at least so large a D by luck, by Smirnov's limit for continuous columns:
    P(K > D sqrt(n_1 n_0 / (n_1 + n_0))), K of Kolmogorov's distribution; with bins and levels it is less.
Units:
    D from 0 to 1; probabilities, of one column.
Source:
    regional sensitivity analysis [SpearHornberger1980]; the test is Smirnov's [Smirnov1948].
Fails when:
    a column acts only together with another: then its two distributions are alike.
It ranks by no variance, as total effects do, and so checks them.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float
from scipy import stats

from westphalia.analyse.methods.bins import Binned
from westphalia.analyse.methods.screening import counted


class Apart(NamedTuple):
    """By column."""

    distance: Float[np.ndarray, " column"]
    chance: Float[np.ndarray, " column"]


def apart(binned: Binned, hit: Bool[np.ndarray, " run"]) -> Apart:
    """Largest distance between the two distributions of each column, and its probability by luck.

    Raises:
        ValueError: If there are not as many statements as runs, or all are alike.
    """
    runs, held = counted(binned, hit).cumsum(axis=2)
    total, hits = len(hit), int(hit.sum())
    distance = abs(held / hits - (runs - held) / (total - hits)).max(axis=1)
    return Apart(distance, stats.kstwobign.sf(distance * np.sqrt(hits * (total - hits) / total)))

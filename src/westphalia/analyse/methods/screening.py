"""Which columns a statement leans on by themselves, and whether that is more than chance among so many.

Equation:
    in bins b of equal rank, n_b runs of which h_b are hits, p = H / N:
    homogeneity  X^2 = sum n_b (h_b / n_b - p)^2 / (p (1 - p)), chi-square of B - 1 degrees of freedom
    trend        Z^2 = N r^2 with r the correlation of bin number and hit, chi-square of one degree of freedom
    The chance of a column is twice the lesser of the two probabilities of as much by luck alone, 1 at most.
Units:
    probabilities, of one column; among k columns something is beyond chance where k times its own is small.
Source:
    tests for trends in proportions [Cochran1954, Armitage1955]; twice the lesser of two is Bonferroni's bound.
Fails when:
    a column acts only together with another: then it leans on none by itself.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool, Float, Integer
from scipy import stats

from westphalia.analyse.methods.bins import Binned
from westphalia.analyse.methods.rules import count


def counted(binned: Binned, hit: Bool[np.ndarray, " run"]) -> Integer[np.ndarray, "2 column bin"]:
    """Runs and hits by column and bin.

    Raises:
        ValueError: If there are not as many statements as runs, or all are alike.
    """
    if binned.bins.shape[1] != len(hit) or not 0 < hit.sum() < len(hit):
        raise ValueError("a statement for each run, and both kinds of them")
    return count(binned.bins, hit)


def chance(binned: Binned, hit: Bool[np.ndarray, " run"]) -> Float[np.ndarray, " column"]:
    """Probability of at least so strong a single effect by luck, for each column.

    Raises:
        ValueError: If there are not as many statements as runs, or all are alike.
    """
    runs, held = counted(binned, hit)
    total = len(hit)
    share, number = hit.sum() / total, np.arange(runs.shape[1])
    excess = held - share * runs
    homogeneity = (excess**2 / np.maximum(runs, 1.0)).sum(axis=1) / (share * (1.0 - share))
    middle = (runs @ number / total)[:, None]
    spread = (runs * (number - middle) ** 2).sum(axis=1)
    trend = (excess @ number) ** 2 / np.maximum(spread * share * (1.0 - share), np.finfo(float).tiny)
    least = np.minimum(stats.chi2.sf(homogeneity, np.maximum(binned.last, 1)), stats.chi2.sf(trend, 1))
    return np.minimum(2.0 * least, 1.0)

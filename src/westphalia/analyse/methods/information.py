"""What to find out first: expected value of perfect information, in all and about each input, from a sample.

Equation:
    with the worth w_d of each option d, and x_i one of the inputs,
        EVPI     = E[max_d w_d] - max_d E[w_d]
        EVPPI_i  = E[max_d E[w_d | x_i]] - max_d E[w_d]
    E[w_d | x_i] is the mean over a bin of x_i. The option for a bin is chosen by nine tenths of the runs and its worth
    counted on the last tenth, in turn, so that noise in the means of bins does not look like knowledge.
Units:
    those of worth; for a verdict, the share of runs in which it is called rightly.
Bias:
    downward, by what varies within a bin and by wrong choices in bins where the options are about equal: an input that
    teaches nothing may come out slightly below 0. EVPI counts the noise between runs as if it could be known.
Errors:
    standard error of the mean gain over runs.
Source:
    Raiffa and Schlaifer 1961; from a sample as in Strong and Oakley 2013, here with bins and cross-fitting.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from westphalia.analyse.methods.bins import Binned, rank_bins

FOLDS = 10
MOST_BINS = 64


class Information(NamedTuple):
    """Expected values of information with standard errors.

    Attributes:
        perfect: EVPI.
        perfect_se: Its standard error.
        partial: EVPPI of each column.
        partial_se: Their standard errors.
        option: The best option as things are known.
    """

    perfect: float
    perfect_se: float
    partial: Float[np.ndarray, " column"]
    partial_se: Float[np.ndarray, " column"]
    option: int


def value_of_information(
    x: Float[np.ndarray, "run column"] | Binned, worth: Float[np.ndarray, "run option"], *, seed: int
) -> Information:
    """Value of knowing everything, and of knowing each input, for a choice between options.

    Args:
        x: Inputs of each run, or the same in 256 bins.
        worth: Worth of each option in each run, the more the better.
        seed: Divides the runs into tenths.

    Raises:
        ValueError: If there are fewer than 100 runs, fewer than two options, or runs that do not match.
    """
    binned = x if isinstance(x, Binned) else rank_bins(x)
    runs, options = worth.shape
    if runs < 100 or options < 2 or binned.bins.shape[1] != runs:
        raise ValueError("at least 100 runs with their inputs, and two options")
    fold = np.random.default_rng(seed).permutation(runs) % FOLDS
    count = min(max(int(runs ** (1 / 3)), 2), MOST_BINS)
    option = int(np.argmax(worth.mean(axis=0)))
    as_known = worth[:, option]
    gains = np.empty((len(binned.bins), runs))
    for column, bins in enumerate(binned.bins):
        where = bins.astype(np.intp) * count // (int(bins.max()) + 1)
        gains[column] = _chosen(where, count, worth, fold) - as_known
    perfect = worth.max(axis=1) - as_known
    root = np.sqrt(runs)
    return Information(
        float(perfect.mean()),
        float(perfect.std(ddof=1) / root),
        gains.mean(axis=1),
        gains.std(axis=1, ddof=1) / root,
        option,
    )


def for_verdict(
    x: Float[np.ndarray, "run column"] | Binned, holds: Bool[np.ndarray, " run"], *, seed: int
) -> Information:
    """Value of information for calling a verdict: worth 1 where the call is right. Option 0 is no, option 1 is yes."""
    return value_of_information(x, np.stack([~holds, holds], axis=1).astype(float), seed=seed)


def _chosen(where: np.ndarray, bins: int, worth: np.ndarray, fold: np.ndarray) -> np.ndarray:
    """Worth in each run of the option that the runs of the other folds choose for its bin."""
    cell = fold * bins + where
    sums = np.stack([np.bincount(cell, of, minlength=FOLDS * bins) for of in worth.T]).reshape(-1, FOLDS, bins)
    others = sums.sum(axis=1, keepdims=True) - sums
    best = np.argmax(others, axis=0)
    return worth[np.arange(len(worth)), best[fold, where]]

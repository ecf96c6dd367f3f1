"""Symmetric hops, which mistake an option for each other alike: the errors that differences of readings speak of.

Equation:
    two parties differ with chance 1 - [1/M + (1 - 1/M) prod lam_l] over the links that they do not share,
    lam = 1 - e M/(M - 1) with e that of the link's medium: lam^h for h hops of one medium
Units:
    chances, hops.
Source:
    elementary; the matrices of ``readings`` give the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.optimize import root_scalar


def error_per_hop(differ: float, options: float | int, hops: int) -> float:
    """Error of a symmetric hop at which two parties differ with a given chance; not a number where none does.

    Args:
        differ: Chance that they read a clause differently.
        options: Number of options, or its mean.
        hops: Hops to both together.
    """
    left = 1.0 - differ * options / (options - 1.0)
    return (1.0 - left ** (1.0 / hops)) * (options - 1.0) / options if left > 0.0 else float("nan")


def hops_bound(chance: float, options: Sequence[int], hops: int) -> float:
    """Error of a symmetric hop up to which two parties read all issues alike with at least a given chance.

    Args:
        chance: The chance wanted, above that of guessing.
        options: Number of options of each issue, 2 or more.
        hops: Hops to both parties together, 1 or more.
    """

    def excess(error: float) -> float:
        same = (1 / m + (1 - 1 / m) * (1.0 - error * m / (m - 1)) ** hops for m in options)
        return math.prod(same) - chance

    return float(root_scalar(excess, bracket=(0.0, 1.0 - 1.0 / min(options)), xtol=1e-15).root)

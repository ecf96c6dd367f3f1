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


def error_per_hop(differ: float, options: float | int, hops: int) -> float:
    """Error of a symmetric hop at which two parties differ with a given chance; not a number where none does.

    Args:
        differ: Chance that they read a clause differently.
        options: Number of options, or its mean.
        hops: Hops to both together.
    """
    left = 1.0 - differ * options / (options - 1.0)
    return (1.0 - left ** (1.0 / hops)) * (options - 1.0) / options if left > 0.0 else float("nan")


def hops_bound(chance: float, options: int, hops: int, issues: int) -> float:
    """Error of a symmetric hop up to which two parties read all issues alike with at least a given chance.

    Args:
        chance: The chance wanted.
        options: Options of each issue.
        hops: Hops to both parties together.
        issues: Number of issues.
    """
    return error_per_hop(1.0 - chance ** (1.0 / issues), options, hops)

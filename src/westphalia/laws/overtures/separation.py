"""When an overture tells anything of whoever makes it."""

from __future__ import annotations

from westphalia.kinds import PerSide


def separates(benefit: PerSide, cost_sincere: PerSide, cost_insincere: PerSide) -> PerSide:
    """1 where only a side that means it would make the overture, else 0.

    It pays for either type while its benefit exceeds the type's cost, so making it tells the types apart in favour of
    the sincere if and only if ``cost_sincere < benefit < cost_insincere``: a costly signal [Spence1973].

    Args:
        benefit: What the overture brings to whoever makes it, in utility.
        cost_sincere: What it costs a side that means it.
        cost_insincere: What it costs a side that does not.
    """
    return ((cost_sincere < benefit) & (benefit < cost_insincere)).astype(benefit.dtype)

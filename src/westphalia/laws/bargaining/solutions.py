"""Closed forms of bargaining theory, the yardsticks of tests and analysis."""

from __future__ import annotations

from westphalia.kinds import Each, PerSide
from westphalia.laws.numerics import namespace, sum_rows


def rubinstein(delta: Each, delta_other: Each) -> Each:
    """Share of a pie of one for the side that proposes first in alternating offers [Rubinstein1982].

    Args:
        delta: Discount factor of that side between offers, below 1.
        delta_other: The same of the other side.
    """
    return (1.0 - delta_other) / (1.0 - delta * delta_other)


def rubinstein_limit(rho: Each, rho_other: Each) -> Each:
    """The same share as offers follow each other at once: discount rates in place of factors."""
    return rho_other / (rho + rho_other)


def nash_split(pie: Each, reservation: PerSide, weight: PerSide) -> PerSide:
    """What each side gets of a divisible pie [Nash1950]: its reservation and its weight's share of the rest.

    Maximises the weighted product of surpluses; where the reservations leave nothing, each keeps its own.

    Args:
        pie: What there is to divide, in utility.
        reservation: What each side has without agreement.
        weight: Bargaining power; only the ratio counts.
    """
    rest = namespace(reservation).maximum(pie - sum_rows(reservation), 0.0)
    return reservation + weight / sum_rows(weight) * rest

"""A side holds its opening demand until it gives way at once and altogether.

Equation:
    demand = opening if U < H_i(t), else 0;   H_i(t) = z_i exp(h_i max(T - t, 0)),   T = min over sides of -ln(z)/h
    T is the time by which only the stubborn are left on both sides; the side with the later -ln(z)/h gives way at the
    start with the chance 1 - H_i(0), the other at its hazard h from the start on.
Units:
    h 1/week; t, T weeks of talks; z, U and demands without unit.
Source:
    Bargaining of sides that may be stubborn [AbreuGul2000]; adversaries can stand firm in spite of what they learn
    [LangloisLanglois2012]. Hazards and shares of the stubborn are assumptions.
Holds when / fails when:
    In the mixed equilibrium a side gives way at the hazard that makes the other indifferent, h_i = cost_j / prize_j:
    the side with the HIGHER cost does not give way faster, its adversary does: a known paradox. Stubborn types select
    among the equilibria: the adversary's higher hazard is the faster proof of resolve, so at equal shares of the
    stubborn it is the side with the higher cost that gives way at the start.
Status:
    checked against the closed form of the concession times.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.bargaining.base import BargainingLaw
from westphalia.laws.numerics import namespace, other


@final
@record
class WarOfAttrition(BargainingLaw):
    """Stand firm or give way."""

    key: ClassVar[str] = "war-of-attrition"

    width: Each = parameter("spread of a player's answer", "1", 0.02, 0.1)
    transient_share: Each = parameter("share of that spread's variance that is drawn each round", "1", 0.0, 0.1)
    devaluation: Each = parameter("share of an offer's gain lost because the other side makes it", "1", 0.0, 0.2)
    hazard: PerSide = parameter("hazard of giving way", "1/week", 0.002, 0.05, axis="side", scale="log")
    stubborn: PerSide = parameter("chance that a side never gives way", "1", 0.02, 0.5, axis="side", scale="log")

    def demand(self, opening: PerSide, rate: PerSide, weeks: Each, conceded: PerSide, uniform: PerSide) -> PerSide:
        """See ``BargainingLaw``; the doctrine's rate and the other side's concessions have no part in this law."""
        return opening * (uniform < self.holding(weeks)).astype(opening.dtype)

    def holding(self, weeks: Each) -> PerSide:
        """Chance that a side still holds its demand after so many weeks of talks."""
        xp = namespace(weeks)
        proof = -xp.log(self.stubborn) / self.hazard
        return self.stubborn * xp.exp(self.hazard * xp.maximum(xp.minimum(proof, other(proof)) - weeks, 0.0))

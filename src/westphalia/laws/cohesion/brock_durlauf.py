"""Troops stand if they expect the others to: mean-field social interaction with a range of contagion.

Equation:
    h = h0 + hS (S-1) - hL l/l_ref + hV (pi - 1/2) - hA A
    m = 2 C - 1,  M = mean m of the army;   C <- C + kC [(1 + tanh(beta (h + J ((1-c) m + c M))))/2 - C]
    for beta J > 1 the high state of a uniform army ends at a fold, h = -h_c:
    h_c = J m_s - artanh(m_s)/beta,   m_s = sqrt(1 - 1/(beta J))
Units:
    h without unit; l per head and week, l_ref 1 % a week; kC per week.
Source:
    [BrockDurlauf2001]; surrender spreads between battles [LehmannZhukov2019], which supports J > 0 and gives no range.
Holds when / fails when:
    Before the fold cohesion looks healthy: present morale gives no warning. An army falls at once when contagion is
    army-wide and front by front when it is local.
Status:
    checked against the fold.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.cohesion.base import CohesionLaw
from westphalia.laws.numerics import namespace, over_fronts


@final
@record
class BrockDurlauf(CohesionLaw):
    """Cohesion by mutual expectation."""

    key: ClassVar[str] = "brock-durlauf"

    sharpness: Each = parameter("sharpness beta of the answer", "1", 0.9, 1.3)
    coupling: Each = parameter("beta times J, mutual expectation", "1", 1.0, 1.6)
    contagion: Each = parameter("range of contagion, 0 local to 1 army-wide", "1", 0.2, 0.7)
    relaxation: Each = parameter("relaxation", "1/week", 0.05, 0.4, scale="log")
    base: Each = parameter("base field", "1", 0.2, 0.5)
    supply_weight: Each = parameter("weight of missing supply", "1", 0.3, 0.9)
    loss_weight: Each = parameter("weight of losses of 1 % a week", "1", 0.04, 0.2, scale="log")
    victory_weight: Each = parameter("weight of the expectation of victory", "1", 0.2, 0.8)
    abandonment_weight: Each = parameter("weight of expected abandonment", "1", 0.1, 0.5)

    def field(
        self, supply: PerSideFront, loss_rate: PerSideFront, victory: PerSide, abandonment: PerSide
    ) -> dict[str, PerSideFront]:
        """See ``CohesionLaw``."""
        still = 0.0 * supply
        return {
            "base": self.base + still,
            "supply": self.supply_weight * (supply - 1.0),
            "losses": -self.loss_weight * loss_rate / 0.01,
            "victory": (self.victory_weight * (victory - 0.5))[:, None] + still,
            "abandonment": -(self.abandonment_weight * abandonment)[:, None] + still,
        }

    def next_level(self, level: PerSideFront, field: PerSideFront, weight: PerSideFront) -> PerSideFront:
        """See ``CohesionLaw``."""
        own = 2.0 * level - 1.0
        army = over_fronts(own * weight)[:, None]
        heard = (1.0 - self.contagion) * own + self.contagion * army
        settled = 0.5 + 0.5 * namespace(level).tanh(self.sharpness * field + self.coupling * heard)
        return level + self.relaxation * (settled - level)

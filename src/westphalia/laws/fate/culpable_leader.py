"""A leadership that answers for a war weighs the nation's outcome and its own office and fate.

Equation:
    P = sigma(g0 + (g1 + g2 kap)(ybar - y));   worth = y + th_o (1 - P) - Phi P
    fighting on = p worth(win) + (1 - p) worth(lose) - cost;   anticipated_j = (1 - exp(-lam_i t)) E[gain of j]
    a leadership of hawkishness d asks for r(kap, d) = fighting on + h tanh(d), its successor for r(kap', d')
Units:
    y, th_o, Phi, h and cost in the nation's utility, whose own weight is 1; g in logits; t weeks; lam 1/week.
Source:
    Culpable leaders are punished for losing, others spared [Croco2011]; leaders who face more than the loss of office
    gamble for resurrection [Goemans2000]; an adversary may hold out for a softer successor [Wolford2012]. None gives a
    number on this scale. The nation is the limit th_o = Phi = 0.
Holds when / fails when:
    Below the turning point ybar + g0/(g1 + g2 kap) a leadership prefers the wider spread of outcomes, above it the
    narrower one. A change of leadership is one event whatever its cause. While changes are rare the anticipation is
    lam t E[gain].
Status:
    contested.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.fate.base import FateLaw


@final
@record
class CulpableLeader(FateLaw):
    """Office and fate by outcome and culpability."""

    key: ClassVar[str] = "culpable-leader"

    base: PerSide = parameter("logit of punishment for an outcome at the standard", "logit", -1.0, 1.0, axis="side")
    standard: PerSide = parameter("value of an outcome that is neither success nor failure", "1", 0.3, 0.6, axis="side")
    outcome_weight: PerSide = parameter("effect of the outcome on punishment", "logit", 2.0, 10.0, axis="side")
    culpability_weight: Each = parameter("added effect for those who answer for the war", "logit", 0.5, 3.0)
    office: PerSide = parameter("value of staying in office", "1", 0.0, 0.1, axis="side")
    fate: PerSide = parameter("cost of punishment beyond office", "1", 0.0, 0.6, axis="side")
    hawk: Each = parameter("what the most hawkish leadership asks beyond what fighting on is worth", "1", 0.0, 0.1)
    anticipation: Each = parameter("time over which an adversary waits for a successor", "week", 0.0, 52.0)

    def sunk(self, dead_share: PerSide) -> PerSide:
        """See ``FateLaw``; the dead have no part in this law."""
        return 0.0 * dead_share

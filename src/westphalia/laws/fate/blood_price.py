"""A side asks for more the more it has lost: those who have died already must not have died in vain.

Equation:
    asked beyond what fighting on is worth = omega_b log10(1 + dead);   all else as in ``culpable_leader``
Units:
    dead since the start of the war per 100,000 inhabitants; omega_b in the nation's utility, as in ``culpable_leader``.
Source:
    Who has put more into a course keeps to it longer [ArkesBlumer1985]. In experiments on two wars, what the dead did
    to support hung on whether people had waste on their minds [SchottSchererLambert2011]. Neither gives a number on
    this scale; the logarithm is that of support [Mueller1973]. At the top of the range a thousand dead per 100,000 ask
    for 0.15: half as much again as the most hawkish leadership, more than the widest spread of an answer. At 0 the
    law is ``culpable_leader``.
Holds when / fails when:
    The same dead lower support in the laws of consent: two effects of opposite sign, of which nobody has measured the
    ratio. A nation that its dead make weary, and do not bind, would have a price below 0. Dead from before the run
    count, so the price stands from the first week; successors, who may be free of blame, ask for it as well. Neither
    the other side's dead nor land and money count.
Status:
    contested.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.fate.base import FateLaw
from westphalia.laws.numerics import namespace


@final
@record
class BloodPrice(FateLaw):
    """Office and fate, and a price of the dead."""

    key: ClassVar[str] = "blood-price"

    base: PerSide = parameter("logit of punishment for an outcome at the standard", "logit", -1.0, 1.0, axis="side")
    standard: PerSide = parameter("value of an outcome that is neither success nor failure", "1", 0.3, 0.6, axis="side")
    outcome_weight: PerSide = parameter("effect of the outcome on punishment", "logit", 2.0, 10.0, axis="side")
    culpability_weight: Each = parameter("added effect for those who answer for the war", "logit", 0.5, 3.0)
    office: PerSide = parameter("value of staying in office", "1", 0.0, 0.1, axis="side")
    fate: PerSide = parameter("cost of punishment beyond office", "1", 0.0, 0.6, axis="side")
    hawk: Each = parameter("what the most hawkish leadership asks beyond what fighting on is worth", "1", 0.0, 0.1)
    anticipation: Each = parameter("time over which an adversary waits for a successor", "week", 0.0, 52.0)
    price: PerSide = parameter("what a factor of ten of dead adds to what is asked", "1", 0.0, 0.05, axis="side")

    def sunk(self, dead_share: PerSide) -> PerSide:
        """See ``FateLaw``."""
        return self.price * namespace(dead_share).log10(1.0 + dead_share)

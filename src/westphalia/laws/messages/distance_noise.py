"""Noise by distance: a hop that errs moves a clause to a neighbouring option rather than to one far off.

Equation:
    slips(d) = exp(-(d - 1)/eps), so q(m'|m) prop. exp(-(|m - m'| - 1)/eps) over the other options
Units:
    d in options, eps in options.
Source:
    The ordered scale and the exponential are this project's; that accounts of one exchange lie toward each teller's own
    end, which no symmetric noise gives, is measured by ``talks/accounts.py``. Chains of readers drift to what readers
    expect [GriffithsKalishLewandowsky2008].
Holds when / fails when:
    Options of an issue lie on one scale in steps of like size. Issues are garbled independently of each other.
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, parameter, record
from westphalia.laws.messages.base import MessageLaw
from westphalia.laws.numerics import namespace


@final
@record
class DistanceNoise(MessageLaw):
    """Noise that falls with distance on the scale."""

    key: ClassVar[str] = "distance-noise"

    spread: Each = parameter("distance over which a wrong reading becomes e times rarer", "options", 0.15, 0.8)
    sweetening: Each = parameter("lean of a hop toward what its receiver values", "1/utility", 0.0, 4.0)
    mediator_bias: Each = parameter("lean of a hop toward what the mediator values", "1/utility", 0.0, 2.0)
    omission: Each = parameter("chance that a hop leaves out a clause", "1", 0.0, 0.15)
    wishful: Each = parameter("pull of a reader's wishes on a clause left open", "1/utility", 0.0, 4.0)
    credulity: Each = parameter("weight of face value against Bayes' rule in what a reader believes", "1", 0.2, 0.8)

    def slips(self, steps: Each) -> Each:
        """See ``MessageLaw``."""
        return namespace(steps).exp((1.0 - steps) / self.spread)

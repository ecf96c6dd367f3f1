"""Noise by replacement: a hop that errs takes any of the other options, all alike.

Equation:
    slips(d) = 1; without lean K = (1 - e) I + e/(M - 1) (J - I), whose second eigenvalue is lam = 1 - e M/(M - 1), so
    P(right after n hops) = 1/M + (1 - 1/M) lam^n and two readers differ with chance 1 - [1/M + (1 - 1/M) lam^(n1 + n2)]
Units:
    chances; n in hops.
Source:
    The symmetric channel of information theory [CoverThomas2006].
Holds when / fails when:
    The closed-form case against which chains are tested. Symmetric noise alone cannot give accounts that lie toward
    each teller's own end, as accounts on record do.
Status:
    checked against its closed forms.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, parameter, record
from westphalia.laws.messages.base import MessageLaw


@final
@record
class ReplacementNoise(MessageLaw):
    """Noise that knows no distance."""

    key: ClassVar[str] = "replacement-noise"

    sweetening: Each = parameter("lean of a hop toward what its receiver values", "1/utility", 0.0, 4.0)
    mediator_bias: Each = parameter("lean of a hop toward what the mediator values", "1/utility", 0.0, 2.0)
    omission: Each = parameter("chance that a hop leaves out a clause", "1", 0.0, 0.15)
    wishful: Each = parameter("pull of a reader's wishes on a clause left open", "1/utility", 0.0, 4.0)
    credulity: Each = parameter("weight of face value against Bayes' rule in what a reader believes", "1", 0.2, 0.8)

    def slips(self, steps: Each) -> Each:
        """See ``MessageLaw``."""
        return 1.0 + 0.0 * steps

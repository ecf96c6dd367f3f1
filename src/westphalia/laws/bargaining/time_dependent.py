"""Demands fall with the time spent talking, whatever the other side does.

Equation:
    demand = opening exp(-rate t);   aspiration = r + (1 - r) demand
    yes where surplus + width noise > 0, with the chance sigma(surplus/width);   gain - rd |gain| from the other
Units:
    shares and utilities without unit, 0 to 1; rate 1/week; t weeks of talks.
Source:
    A time-dependent tactic [FaratinSierraJennings1998]; reactive devaluation [Ross1995]. Neither gives a number on this
    scale.
Holds when / fails when:
    Who concedes by the calendar can be waited out: nothing here answers a side that does not move.
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.bargaining.base import BargainingLaw
from westphalia.laws.numerics import namespace


@final
@record
class TimeDependent(BargainingLaw):
    """Concession by the calendar."""

    key: ClassVar[str] = "time-dependent"

    width: Each = parameter("spread of a player's answer", "1", 0.02, 0.1)
    transient_share: Each = parameter("share of that spread's variance that is drawn each round", "1", 0.0, 0.1)
    devaluation: Each = parameter("share of an offer's gain lost because the other side makes it", "1", 0.0, 0.2)

    def demand(self, opening: PerSide, rate: PerSide, weeks: Each, conceded: PerSide, uniform: PerSide) -> PerSide:
        """See ``BargainingLaw``; the other side and chance have no part in this law."""
        return opening * namespace(opening).exp(-rate * weeks)

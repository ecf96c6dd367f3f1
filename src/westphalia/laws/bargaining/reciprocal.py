"""Demands fall with time and, besides, by a part of what the other side has given up.

Equation:
    demand = max(0, opening exp(-rate t) - mu conceded);   aspiration = r + (1 - r) demand
    what is conceded in full sight: c_i = own_i + mu c_j, so c_i = (own_i + mu own_j)/(1 - mu^2) while nobody reaches 0
Units:
    shares and utilities without unit, 0 to 1; rate 1/week; t weeks of talks.
Source:
    A behaviour-dependent tactic added to a time-dependent one [FaratinSierraJennings1998], which gives no number on
    this scale.
Holds when / fails when:
    Concessions count as they are read: a distorted message is answered in kind. Two sides that only answer never begin.
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
class Reciprocal(BargainingLaw):
    """Concession for concession."""

    key: ClassVar[str] = "reciprocal"

    width: Each = parameter("spread of a player's answer", "1", 0.02, 0.1)
    transient_share: Each = parameter("share of that spread's variance that is drawn each round", "1", 0.0, 0.1)
    devaluation: Each = parameter("share of an offer's gain lost because the other side makes it", "1", 0.0, 0.2)
    reciprocity: Each = parameter("part of the other side's concession that is returned", "1", 0.0, 0.9)

    def demand(self, opening: PerSide, rate: PerSide, weeks: Each, conceded: PerSide, uniform: PerSide) -> PerSide:
        """See ``BargainingLaw``; chance has no part in this law."""
        xp = namespace(opening)
        return xp.maximum(opening * xp.exp(-rate * weeks) - self.reciprocity * conceded, 0.0)

"""How long an agreement or a bare ceasefire lasts: the interface of the family ``durability``."""

from __future__ import annotations

import abc
import dataclasses
from typing import ClassVar

from westphalia.kinds import Each, record


@record
class Peace:
    """What an agreement rests on, each from 0 to 1; a bare ceasefire rests on nothing."""

    strength: Each
    """Strength of the arrangements: zone, monitors, commissions."""
    guarantee: Each
    """Guarantee by third parties times its credibility."""
    pressure: Each
    """Share of the yeses that outside pressure bought."""
    vagueness: Each
    """Weighted share of the clauses that were open in either side's copy when it was signed."""
    spoilers: Each
    """Share of the players who said no to it, whose yes was not needed."""
    decided: Each
    """How far both sides expected the same winner when they signed: 0 each itself or an even war, 1 surely the same."""
    burden: Each
    """What the war had cost by then, in units of what it is about, the mean of the sides."""


def nothing(like: Each) -> Peace:
    """What a bare ceasefire rests on."""
    return Peace(**{field.name: 0.0 * like for field in dataclasses.fields(Peace)})


class DurabilityLaw(abc.ABC):
    """Chance that the guns speak again, and the incidents that may bring it about.

    The arguments speak of both sides together, so a quantity that each side has enters as its larger or its sum.
    """

    key: ClassVar[str]

    @abc.abstractmethod
    def break_chance(
        self,
        weeks: Each,
        signed: Each,
        gap: Each,
        shift: Each,
        peace: Peace,
        changed: Each,
        excitement: Each,
    ) -> Each:
        """Chance that an agreement or a bare ceasefire breaks in the coming week.

        Args:
            weeks: Weeks since signature, or since the guns fell silent.
            signed: 1 for an agreement, 0 for a bare ceasefire.
            gap: Weighted distance of the two sides' readings of the text, 0 to 1.
            shift: Expected shift of the war index under the truce, in favour of the side that gains.
            peace: What it rests on.
            changed: 1 if a leadership that made it has gone, else 0.
            excitement: Excess of incidents; see ``next_excitement``.
        """

    @abc.abstractmethod
    def misread_chance(self, gap: Each) -> Each:
        """Chance that an incident is read as intent."""

    @abc.abstractmethod
    def incident_rate(self, weeks: Each, excitement: Each) -> Each:
        """Expected incidents in the coming week of what has held for so many weeks."""

    @abc.abstractmethod
    def incidents(self, rate: Each, uniform: Each) -> Each:
        """Incidents of a week, a whole number, by a uniform draw."""

    @abc.abstractmethod
    def next_excitement(self, excitement: Each, incidents: Each) -> Each:
        """Excess of expected incidents over their background, a week later."""

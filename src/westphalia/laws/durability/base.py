"""How long an agreement or a bare ceasefire lasts: the interface of the family ``durability``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each


class DurabilityLaw(abc.ABC):
    """Chance that the guns speak again, and the incidents that may bring it about.

    The arguments speak of both sides together, so a quantity that each side has enters as its larger or its sum.
    """

    key: ClassVar[str]

    @abc.abstractmethod
    def break_chance(
        self,
        weeks: Each,
        gap: Each,
        shift: Each,
        strength: Each,
        guarantee: Each,
        pressure: Each,
        vagueness: Each,
        spoilers: Each,
        changed: Each,
        excitement: Each,
    ) -> Each:
        """Chance that an agreement breaks in the coming week.

        Args:
            weeks: Weeks since signature.
            gap: Weighted distance of the two sides' readings of the text, 0 to 1.
            shift: Expected shift of the war index under the truce, in favour of the side that gains.
            strength: Strength of the arrangements: zone, monitors, commissions; 0 to 1.
            guarantee: Guarantee by third parties times its credibility, 0 to 1.
            pressure: Share of the acceptance that outside pressure bought, 0 to 1.
            vagueness: Weighted share of the clauses that were open in either side's copy when it was signed, 0 to 1.
            spoilers: Share of the players who said no and were not needed, 0 to 1.
            changed: 1 if a leadership that signed has gone, else 0.
            excitement: Excess of incidents; see ``next_excitement``.
        """

    @abc.abstractmethod
    def ceasefire_break_chance(self, weeks: Each, gap: Each, shift: Each, changed: Each, excitement: Each) -> Each:
        """Chance that a ceasefire without an agreement breaks in the coming week; arguments as above.

        Args:
            weeks: Weeks since the guns fell silent.
            gap: Distance of the two sides' readings of what was agreed on, 0 to 1.
            shift: Expected shift of the war index under the truce, in favour of the side that gains.
            changed: 1 if a leadership that ordered it has gone, else 0.
            excitement: Excess of incidents.
        """

    @abc.abstractmethod
    def misread_chance(self, gap: Each) -> Each:
        """Chance that an incident is read as intent."""

    @abc.abstractmethod
    def incident_rate(self, excitement: Each) -> Each:
        """Expected incidents in the coming week."""

    @abc.abstractmethod
    def incidents(self, rate: Each, uniform: Each) -> Each:
        """Incidents of a week, a whole number, by a uniform draw."""

    @abc.abstractmethod
    def next_excitement(self, excitement: Each, incidents: Each) -> Each:
        """Excess of expected incidents over their background, a week later."""

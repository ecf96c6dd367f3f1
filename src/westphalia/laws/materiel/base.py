"""Heavy materiel, ammunition and the war economy: the interface of the family ``materiel``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide


class MaterielLaw(abc.ABC):
    """Stocks and flows of materiel."""

    key: ClassVar[str]

    @abc.abstractmethod
    def exposure(self, armour: PerSide, strength: PerSide, reference: Each) -> PerSide:
        """Loss rate of armour over the loss rate of heads.

        Args:
            armour: Vehicles in the field, thousand.
            strength: Force in theatre, thousand persons.
            reference: Vehicles per person at which nothing is withheld; the same as that of power.
        """

    @abc.abstractmethod
    def refurbished(self, store: PerSide) -> PerSide:
        """Vehicles taken from the store in a week, thousand."""

    @abc.abstractmethod
    def produced(self, economy: PerSide, struck: PerSide) -> PerSide:
        """New vehicles in a week, thousand; ``struck`` is the other side's share of strikes on the economy."""

    @abc.abstractmethod
    def armour_from_aid(self, aid: PerSide) -> PerSide:
        """Vehicles in a week, thousand, from weighted aid in money a week."""

    @abc.abstractmethod
    def next_ammunition(
        self, ammunition: PerSide, mean_tempo: PerSide, economy: PerSide, aid: PerSide, struck: PerSide, dt: float = 1.0
    ) -> PerSide:
        """Ammunition index a week later, from weighted aid in money a week."""

    @abc.abstractmethod
    def ammunition_satisfaction(self, ammunition: PerSide) -> PerSide:
        """Share of the wanted fire that ammunition allows, 0 to 1."""

    @abc.abstractmethod
    def next_economy(
        self, economy: PerSide, mobilised_share: PerSide, industry_lost: PerSide, financed: PerSide, struck: PerSide
    ) -> PerSide:
        """Index of the war economy a week later."""

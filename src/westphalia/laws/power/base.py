"""What a force on a front is worth: the interface of the family ``power``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerFront, PerSide, PerSideFront


class PowerLaw(abc.ABC):
    """Effectiveness per head, and the multiplier of a side that stands on the defensive."""

    key: ClassVar[str]
    armour_reference: Each
    """Heavy materiel per head at the reference, vehicles per person; the law of materiel is given it too."""

    @abc.abstractmethod
    def log_effectiveness(
        self, quality: PerSide, supply: PerSideFront, armour_per_head: PerSide, cohesion: PerSideFront
    ) -> PerSideFront:
        """Natural logarithm of effectiveness per head, without noise."""

    @abc.abstractmethod
    def defence(
        self,
        terrain: PerFront,
        belt: PerSideFront,
        river: PerSideFront,
        dig_in: PerSideFront,
        saturation: Each,
        density: PerSideFront,
    ) -> PerSideFront:
        """Multiplier of power for the side on the defensive, at least 1; density in thousand persons per km."""

"""Whether soldiers expect each other to stand: the interface of the family ``cohesion``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import PerSide, PerSideFront


class CohesionLaw(abc.ABC):
    """Cohesion of each side's troops on each front."""

    key: ClassVar[str]

    @abc.abstractmethod
    def field(
        self, supply: PerSideFront, loss_rate: PerSideFront, victory: PerSide, abandonment: PerSide
    ) -> dict[str, PerSideFront]:
        """The terms of the field that acts on the troops, by name; they add up to it."""

    @abc.abstractmethod
    def next_level(self, level: PerSideFront, field: PerSideFront, weight: PerSideFront) -> PerSideFront:
        """Cohesion a week later; ``weight`` is each front's share of the side's force."""

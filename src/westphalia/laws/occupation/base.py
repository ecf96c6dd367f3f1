"""Holding land whose people resist: the interface of the family ``occupation``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide


class OccupationLaw(abc.ABC):
    """Garrison need, partisans, displacement; people in thousands, ``occupied`` counted before displacement."""

    key: ClassVar[str]
    garrison_cap: Each

    @abc.abstractmethod
    def garrison_need(self, occupied: PerSide, hostile: PerSide) -> PerSide:
        """Garrison that control would take, given occupied and hostile inhabitants."""

    @abc.abstractmethod
    def next_garrison(self, garrison: PerSide, wanted: PerSide, available: PerSide) -> PerSide:
        """Garrison a week later; it takes at most a share of what is available."""

    @abc.abstractmethod
    def next_partisans(
        self,
        partisans: PerSide,
        hostile: PerSide,
        occupied: PerSide,
        garrison: PerSide,
        fill: PerSide,
        hope: PerSide,
        staying: PerSide,
    ) -> tuple[PerSide, PerSide]:
        """Partisans against each side a week later, and those killed in the week.

        Args:
            partisans: Partisans against each side, thousand.
            hostile: Hostile inhabitants of the land that the side occupies, thousand.
            occupied: All inhabitants of that land, thousand.
            garrison: Garrison that holds it, thousand.
            fill: Garrison over the need.
            hope: Hope of liberation, 0 to 1.
            staying: People left behind by the other side, thousand.
        """

    @abc.abstractmethod
    def ambush_losses(self, partisans: PerSide, garrison: PerSide, fill: PerSide) -> PerSide:
        """Occupier's losses to ambush in the week, thousand, at most the garrison."""

    @abc.abstractmethod
    def interdiction(self, partisans: PerSide, occupied: PerSide, fill: PerSide) -> PerSide:
        """Pressure on transport: partisans per thousand occupied inhabitants, less what garrisons prevent."""

    @abc.abstractmethod
    def displaced(self, hostile: PerSide, already: PerSide) -> PerSide:
        """People displaced in the week, thousand."""

"""What transport brings to the front: the interface of the family ``supply``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSideFront


class SupplyLaw(abc.ABC):
    """Transport over distance and rivers, and what its lack costs."""

    key: ClassVar[str]
    standoff: Each
    """Distance from a railhead to a line that stands still, km."""

    @abc.abstractmethod
    def transport(
        self, tempo: PerSideFront, distance: PerSideFront, crossing: PerSideFront, harassed: PerSideFront
    ) -> PerSideFront:
        """Share of demand delivered, 0 to 1.

        Args:
            tempo: Intensity of the side's own attacks.
            distance: From the railhead to the line, km.
            crossing: Share of capacity left by the river that has to be crossed, 1 where there is none.
            harassed: Partisans per thousand occupied inhabitants, less what garrisons prevent, times the km of line
                through occupied land.
        """

    @abc.abstractmethod
    def next_railhead(self, railhead: PerSideFront, own_position: PerSideFront) -> PerSideFront:
        """Railhead a week later, own direction, km; it follows an advance and never lies before the line."""

    @abc.abstractmethod
    def next_crossing(self, crossing: PerSideFront, intact: PerSideFront, strikes: PerSideFront) -> PerSideFront:
        """Capacity of the crossings a week later.

        Args:
            crossing: Share of capacity that they carry now, 0 to 1.
            intact: Share that they carry when intact, 0 to 1.
            strikes: Factor on the law's rate of loss, 0 or more and without upper bound: the scenario's intensity times
                three times the share of the enemy's strikes that goes to supply, so 1 is the law's rate, reached at an
                intensity of 1 by an enemy who splits his strikes evenly over front, supply and economy.
        """

    @abc.abstractmethod
    def behind_river(self, own_position: PerSideFront, river: PerSideFront) -> PerSideFront:
        """Share of the force's supply that has to cross the river, 0 to 1; both in own direction, km."""

    @abc.abstractmethod
    def non_battle_rate(self, transport: PerSideFront) -> PerSideFront:
        """Losses per head and week to hunger, sickness and straggling, by the share of demand that is delivered."""

"""Where a side puts its force: the interface of the family ``allocation``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import PerSide, PerSideFront


class AllocationLaw(abc.ABC):
    """Target shares of force by front and the speed of transfer between fronts."""

    key: ClassVar[str]

    @abc.abstractmethod
    def see(
        self,
        enemy_share: PerSideFront,
        ground_lost: PerSideFront,
        urgency: PerSideFront,
        true_enemy_share: PerSideFront,
        true_loss: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront, PerSideFront]:
        """Enemy shares, loss of ground and urgency as seen a week later."""

    @abc.abstractmethod
    def shares(self, plan: PerSideFront, enemy_share: PerSideFront, urgency: PerSideFront) -> PerSideFront:
        """Wanted share of the whole force on each front; a side's shares add up to what its plan adds up to."""

    @abc.abstractmethod
    def transfer(self, force: PerSideFront, reserve: PerSide, wanted: PerSideFront) -> tuple[PerSideFront, PerSide]:
        """Force by front and reserve a week later; their sum does not change."""

"""How fast the two sides lose people in combat: the interface of the family ``attrition``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide, PerSideFront


class AttritionLaw(abc.ABC):
    """Loss rates per head and what becomes of the lost."""

    key: ClassVar[str]
    killed_share: Each

    @abc.abstractmethod
    def loss_rates(
        self,
        log_advantage: PerSideFront,
        tempo: PerSideFront,
        force: PerSideFront,
        contact: PerSideFront,
        saturation: Each,
        intensity: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront]:
        """Losses per head and week of each side on each front while the war goes on, by cause.

        The first part comes of the side's own attacks, the second of the enemy's attacks and of standing fire.

        Args:
            log_advantage: Natural logarithm of the power ratio of an attack by the side, defence counted.
            tempo: Intensity of the side's own attacks, 0 to 1.
            force: Force in contact, thousand persons.
            contact: 1 in full contact, less while a side breaks away.
            saturation: Saturation of the front with precision fires, 0 to 1.
            intensity: Slow factor on combat losses, of median 1.
        """

    @abc.abstractmethod
    def next_saturation(self, saturation: Each, mean_tempo: Each) -> Each:
        """Saturation with precision fires a week later."""

    @abc.abstractmethod
    def strike_factor(self, enemy_strikes: PerSide) -> PerSide:
        """Factor on a side's combat losses by the share of the enemy's strikes that goes to the front."""

"""How lines move: the interface of the family ``advance``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide, PerSideFront


class AdvanceLaw(abc.ABC):
    """Tempo, push, withdrawal and field works of each side on each front."""

    key: ClassVar[str]
    withdrawal_speed: Each

    @abc.abstractmethod
    def push_speed(self, log_advantage: PerSideFront, tempo: PerSideFront) -> PerSideFront:
        """Speed at which an attack bends the line, km a week, never negative."""

    @abc.abstractmethod
    def next_tempo(
        self,
        tempo: PerSideFront,
        wanted: PerSideFront,
        loss_rate: PerSideFront,
        tolerance: PerSide,
        supply: PerSideFront,
        supply_floor: PerSide,
    ) -> PerSideFront:
        """Tempo a week later, given what is wanted, what it costs and what supply allows."""

    @abc.abstractmethod
    def withdrawal_causes(
        self,
        loss_rate: PerSideFront,
        threshold: PerSide,
        supply: PerSideFront,
        enemy_log_advantage: PerSideFront,
        plan_ratio: PerSideFront,
        enemy_tempo: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront, PerSideFront, PerSideFront]:
        """Strength 0 to 1 of each cause to leave ground: losses, supply, untenable line, plan.

        ``plan_ratio`` is the force that the plan leaves on the front over the force that is there.
        """

    @abc.abstractmethod
    def next_withdrawal(self, withdrawal: PerSideFront, cause: PerSideFront, room: PerSideFront) -> PerSideFront:
        """Speed of withdrawal a week later, km a week; ``room`` is the ground left above the stop line, km."""

    @abc.abstractmethod
    def next_dig_in(
        self, dig_in: PerSideFront, prepared: PerSideFront, retreat: PerSideFront, advance: PerSideFront, dt: float
    ) -> PerSideFront:
        """Field works after ``dt`` weeks at the given speeds of own retreat and own advance, km a week."""

    @abc.abstractmethod
    def next_prepared(self, prepared: PerSideFront, speed: PerSideFront) -> PerSideFront:
        """Preparation of the ground behind the line a week later; ``speed`` of the line, km a week."""

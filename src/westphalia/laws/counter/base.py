"""What an extended attacker risks: the interface of the family ``counter``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import PerSide, PerSideFront


class CounterLaw(abc.ABC):
    """Overextension, the counter-offensive that it invites and the pockets that it costs."""

    key: ClassVar[str]

    @abc.abstractmethod
    def overextension(
        self, supply: PerSideFront, salient: PerSideFront, garrison_fill: PerSide, density: PerSideFront
    ) -> PerSideFront:
        """How far each side has outrun itself on each front.

        Args:
            supply: Share of demand that transport delivers.
            salient: Recent advance beyond that of the neighbouring fronts, own direction, km.
            garrison_fill: Garrison over need.
            density: Line density, thousand persons per km.
        """

    @abc.abstractmethod
    def next_counter(
        self,
        counter: PerSideFront,
        enemy_overextension: PerSideFront,
        trigger: PerSide,
        reserve_share: PerSide,
        wanted_tempo: PerSideFront,
    ) -> PerSideFront:
        """State of each side's counter-offensive a week later, 0 to 1."""

    @abc.abstractmethod
    def log_bonus(self, counter: PerSideFront, enemy_overextension: PerSideFront) -> PerSideFront:
        """Added to the log power of the side that counter-attacks."""

    @abc.abstractmethod
    def committed(self, counter: PerSideFront, reserve: PerSide) -> PerSideFront:
        """Reserve that joins each counter-offensive, thousand persons; a side commits at most its reserve."""

    @abc.abstractmethod
    def pocket_rate(
        self,
        overextension: PerSideFront,
        enemy_trigger: PerSide,
        enemy_counter: PerSideFront,
        speed_share: PerSideFront,
    ) -> PerSideFront:
        """Share of the overextended force captured a week; ``speed_share``: 0 to 1, rising with the enemy's speed."""

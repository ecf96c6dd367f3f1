"""Where people come from and go to: the interface of the family ``manpower``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide, PerSideFront, PerSideStage


class ManpowerLaw(abc.ABC):
    """Intake, training, wounds, desertion, quality."""

    key: ClassVar[str]
    returning_share: Each
    amnesty: Each

    @abc.abstractmethod
    def intake(
        self,
        claimed: PerSide,
        expectation: PerSide,
        wave: PerSide,
        wave_size: PerSide,
        pool: PerSide,
        pool_at_start: PerSide,
    ) -> PerSide:
        """People taken from the pool in a week, thousand.

        Args:
            claimed: Intake that the side claims, thousand a week.
            expectation: Smoothed sign of the land war, -1 to 1.
            wave: Strength of the mobilisation wave under way, 0 to 1.
            wave_size: Size of a wave as a share of the pool.
            pool: People left who could be called up, thousand.
            pool_at_start: The same at the start, thousand.
        """

    @abc.abstractmethod
    def next_wave(self, wave: PerSide, strength: PerSide, wanted: PerSide, trigger: PerSide) -> PerSide:
        """Strength of the mobilisation wave a week later, given strength in theatre and the strength wanted."""

    @abc.abstractmethod
    def train(self, training: PerSideStage, intake: PerSide) -> tuple[PerSideStage, PerSide]:
        """Training a week later and the output of trained people, thousand a week."""

    @abc.abstractmethod
    def heal(self, wounded: PerSideStage, newly_wounded: PerSide) -> tuple[PerSideStage, PerSide]:
        """Wounded a week later and those who leave treatment, thousand a week."""

    @abc.abstractmethod
    def desertion_rate(self, cohesion: PerSideFront, tour: PerSide) -> PerSideFront:
        """Share of the force that leaves without leave in a week."""

    @abc.abstractmethod
    def next_quality(self, quality: PerSide, tempo: PerSide, intake_share: PerSide, loss_share: PerSide) -> PerSide:
        """Quality a week later, given mean tempo, and trained recruits and losses as shares of the force."""

    @abc.abstractmethod
    def emigration_rate(self, support: PerSide) -> PerSide:
        """Share of the pool that leaves the country in a week."""

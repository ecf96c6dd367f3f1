"""What each side thinks of the course of the war: the interface of the family ``beliefs``.

Each side holds a normal belief about the weekly drift of the war index in its own direction. The index is the logarithm
of the ratio of times to exhaustion, own over the other's; what is good for one side is bad for the other.
"""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide


class BeliefLaw(abc.ABC):
    """How fighting teaches, and what a belief says of victory and of the time left."""

    key: ClassVar[str]

    @abc.abstractmethod
    def observe(self, drift: PerSide, intensity: Each, draw: PerSide) -> PerSide:
        """What each side sees of the drift in a week.

        Args:
            drift: The true drift in the side's own direction.
            intensity: Intensity of the fighting, 0 to 1.
            draw: Standard normal; draws of opposite sign are one public signal.
        """

    @abc.abstractmethod
    def next_belief(
        self, mean: PerSide, variance: PerSide, signal: PerSide, intensity: Each
    ) -> tuple[PerSide, PerSide]:
        """Mean and variance of the belief about the own drift a week later.

        Args:
            mean: Mean of the belief.
            variance: Its variance.
            signal: What the side has seen of its own drift in the week.
            intensity: Intensity of the fighting, 0 to 1.
        """

    @abc.abstractmethod
    def succeeded(self, mean: PerSide, changed: PerSide) -> PerSide:
        """Mean of the belief after a change of leadership: a successor's lies nearer to what both sides hold.

        Args:
            mean: Mean of the belief about the own drift.
            changed: 1 where the leadership has changed, else 0.
        """

    @abc.abstractmethod
    def next_doubt(self, doubt: PerSide, intensity: Each, changed: PerSide) -> PerSide:
        """What is left, a week later, of others' first doubt about each side's tolerance of costs, a share of variance.

        Args:
            doubt: What is left now, 1 at first.
            intensity: Intensity of the fighting, 0 to 1.
            changed: 1 where the leadership of the side has changed, else 0.
        """

    @abc.abstractmethod
    def win_chance(self, index: PerSide, drift: PerSide) -> PerSide:
        """Chance that the war, fought to its end, is won, by index and drift in the side's own direction."""

    @abc.abstractmethod
    def time_left(self, index: PerSide, drift: PerSide) -> PerSide:
        """Expected weeks to the end of the war, fought to its end, by index and drift in the side's own direction."""

    @abc.abstractmethod
    def prospects(self, index: PerSide, mean: PerSide, variance: PerSide) -> tuple[PerSide, PerSide]:
        """Chance of winning and weeks left, both averaged over the side's belief about the drift."""

    @abc.abstractmethod
    def drift_for(self, index: PerSide, chance: PerSide) -> PerSide:
        """The drift at which the chance of winning is the given one; two chances give the spread of a prior.

        Args:
            index: War index in the side's own direction, within 95 % of the way to a barrier.
            chance: Chance of winning, 0.001 to 0.999; beyond, the nearer end.
        """

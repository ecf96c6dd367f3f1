"""What a leadership itself stands to lose by an outcome: the interface of the family ``fate``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import PerSide


class FateLaw(abc.ABC):
    """The leadership's own stake, and what the other side makes of its possible change."""

    key: ClassVar[str]

    @abc.abstractmethod
    def punishment(self, value: PerSide, culpability: PerSide) -> PerSide:
        """Chance that a leadership is punished for an outcome.

        Args:
            value: Value of the outcome to the nation, 0 to 1.
            culpability: Whether the leadership answers for the war, 0 to 1.
        """

    @abc.abstractmethod
    def worth(self, value: PerSide, culpability: PerSide) -> PerSide:
        """Value of an outcome to the leadership, in the nation's utility; arguments as in ``punishment``."""

    @abc.abstractmethod
    def reservation(
        self, win_chance: PerSide, value_win: PerSide, value_lose: PerSide, cost: PerSide, culpability: PerSide
    ) -> PerSide:
        """Value to the leadership of fighting on: it accepts terms whose ``worth`` is no less.

        Args:
            win_chance: Chance of victory as the leadership sees it.
            value_win: Value of victory to the nation.
            value_lose: Value of defeat to the nation.
            cost: Expected cost of fighting on, in utility, as perceived.
            culpability: Whether the leadership answers for the war, 0 to 1.
        """

    @abc.abstractmethod
    def resolve(self, hawkishness: PerSide) -> PerSide:
        """Utility that a leadership asks for beyond its ``reservation``, by its hawkishness; 0 at 0."""

    @abc.abstractmethod
    def anticipated(self, exit_chance: PerSide, softer: PerSide) -> PerSide:
        """Rise of each side's reservation because the other side's leadership may change.

        Args:
            exit_chance: Weekly chance of a change of each side's own leadership.
            softer: What its adversary expects to gain from the successor, in utility; negative from a harder one.
        """

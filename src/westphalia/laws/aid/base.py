"""The will of backers and what they deliver: the interface of the family ``aid``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerBacker, PerBackerStage, PerSide


class AidLaw(abc.ABC):
    """Will, fatigue, factions and deliveries of each backer."""

    key: ClassVar[str]
    delivery_lag: Each

    @abc.abstractmethod
    def utility(
        self,
        will: PerBacker,
        fatigue: PerBacker,
        prospects: PerBacker,
        others: PerBacker,
        week: PerBacker,
    ) -> dict[str, PerBacker]:
        """The terms of the pragmatists' net utility of helping, by name; they add up to it.

        Args:
            will: Share of capacity given.
            fatigue: Fatigue with the issue.
            prospects: Victory expectation of the client, 0 to 1.
            others: Mean will of the client's other backers.
            week: Weeks since the war began.
        """

    @abc.abstractmethod
    def next_will(self, will: PerBacker, die_hard: PerBacker, utility: PerBacker) -> PerBacker:
        """Will a week later, before the ceiling that the calendar sets."""

    @abc.abstractmethod
    def next_fatigue(self, fatigue: PerBacker, will: PerBacker) -> PerBacker:
        """Fatigue a week later."""

    @abc.abstractmethod
    def fatigue_after(self, weeks: PerBacker, will: PerBacker) -> PerBacker:
        """Fatigue that so many weeks at a constant will leave behind."""

    @abc.abstractmethod
    def next_die_hard(self, die_hard: PerBacker, threat: PerBacker, fatigue: PerBacker) -> PerBacker:
        """Share of the die-hard faction a week later; ``threat`` is the client's loss of ground, 0 to 1."""

    @abc.abstractmethod
    def deliver(self, pipeline: PerBackerStage, allocated: PerBacker) -> tuple[PerBackerStage, PerBacker]:
        """Pipeline a week later and what leaves it, money a week."""

    @abc.abstractmethod
    def abandonment(self, expected_will: PerSide, dependence: PerSide) -> PerSide:
        """Expectation of the army that its backers leave, 0 to 1, weighted with its dependence."""

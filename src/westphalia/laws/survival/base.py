"""How long a leadership lasts and who follows: the interface of the family ``survival``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import PerSide


class SurvivalLaw(abc.ABC):
    """Hazard of a change of leadership, and what a successor brings."""

    key: ClassVar[str]

    @abc.abstractmethod
    def exit_chance(self, support: PerSide, expectation: PerSide, culpability: PerSide, election: PerSide) -> PerSide:
        """Chance of a change of leadership in the week.

        Args:
            support: Support at home, 0 to 1.
            expectation: Smoothed sign of the land war, -1 to 1.
            culpability: Whether the leadership answers for the war, 0 to 1.
            election: 1 in a week of election.
        """

    @abc.abstractmethod
    def successor(self, support: PerSide, culpability: PerSide, draw: PerSide) -> tuple[PerSide, PerSide]:
        """Culpability and hawkishness of a successor; ``draw`` is standard normal."""

    @abc.abstractmethod
    def tempo_factor(self, hawkishness: PerSide) -> PerSide:
        """Factor on the tempo that the side wants."""

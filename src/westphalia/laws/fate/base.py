"""What a leadership stands to lose itself, and what the dead add to what is asked: interface of the family ``fate``.

The laws differ in what the dead add. How a leadership weighs the nation's outcome and its own office and fate is the
same in all of them; its equations stand in ``culpable_leader``.
"""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide, PerSideOfTexts
from westphalia.laws.numerics import logistic, namespace, other


class FateLaw(abc.ABC):
    """The leadership's own stake, what the other side makes of its possible change, and the price of the dead."""

    key: ClassVar[str]
    base: PerSide
    standard: PerSide
    outcome_weight: PerSide
    culpability_weight: Each
    office: PerSide
    fate: PerSide
    hawk: Each
    anticipation: Each

    @abc.abstractmethod
    def sunk(self, dead_share: PerSide) -> PerSide:
        """Utility that a side asks for beyond what fighting on is worth, because of the dead already; 0 without dead.

        The side's leadership and its constituencies ask for it alike.

        Args:
            dead_share: Dead since the start of the war per 100,000 inhabitants.
        """

    def punishment(self, value: PerSideOfTexts, culpability: PerSide) -> PerSideOfTexts:
        """Chance that a leadership is punished for an outcome.

        Args:
            value: Value of the outcome to the nation, 0 to 1; there may be an axis of texts before that of sides.
            culpability: Whether the leadership answers for the war, 0 to 1.
        """
        slope = self.outcome_weight + self.culpability_weight * culpability
        return logistic(self.base + slope * (self.standard - value))

    def worth(self, value: PerSideOfTexts, culpability: PerSide) -> PerSideOfTexts:
        """Value of an outcome to the leadership, in the nation's utility; arguments as in ``punishment``."""
        return value + self.office - (self.office + self.fate) * self.punishment(value, culpability)

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
        lost = self.worth(value_lose, culpability)
        return lost + win_chance * (self.worth(value_win, culpability) - lost) - cost

    def resolve(self, hawkishness: PerSide) -> PerSide:
        """Utility that a leadership asks for beyond its ``reservation``, by its hawkishness.

        It is 0 at 0 and bounded by ``hawk`` either way.
        """
        return self.hawk * namespace(hawkishness).tanh(hawkishness)

    def anticipated(self, exit_chance: PerSide, softer: PerSide) -> PerSide:
        """Rise of each side's reservation because the other side's leadership may change.

        Args:
            exit_chance: Weekly chance of a change of each side's own leadership.
            softer: What its adversary expects to gain from the successor, in utility; negative from a harder one.
        """
        changed = -namespace(exit_chance).expm1(-self.anticipation * exit_chance)
        return other(changed * softer)

"""What public offers are believed to mean and what they do: the interface of the family ``overtures``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide


class OvertureLaw(abc.ABC):
    """Credibility of each side's overtures in the other's eyes, and their effects on both.

    Throughout, ``credibility`` is that of the side's own overtures, 0 to 1, and ``overture`` their intensity, 0 to 1.
    """

    key: ClassVar[str]

    @abc.abstractmethod
    def next_credibility(self, credibility: PerSide, overture: PerSide, tempo: PerSide, moved: PerSide) -> PerSide:
        """Credibility a week later; it stays where no overture is made.

        Args:
            credibility: See the class.
            overture: See the class.
            tempo: Intensity of the side's own attacks, 0 to 1.
            moved: Whether the side's demands move with its overtures, 0 to 1.
        """

    @abc.abstractmethod
    def on_backers(self, credibility: PerSide, overture: PerSide) -> PerSide:
        """Term in the utility of the pragmatists among each side's backers, by the other side's overtures."""

    @abc.abstractmethod
    def on_troops(self, credibility: PerSide, overture: PerSide, written_off: PerSide) -> PerSide:
        """Term in the field on each side's troops, by the other side's overtures.

        Args:
            credibility: See the class.
            overture: See the class.
            written_off: Share of the ground held by the side itself that the other's overtures would write off.
        """

    @abc.abstractmethod
    def on_own_troops(self, credibility: PerSide, overture: PerSide, at_stake: PerSide) -> PerSide:
        """Term in the field on each side's troops, by the side's own overtures.

        Args:
            credibility: See the class.
            overture: See the class.
            at_stake: Share of the ground that may be traded: what either side holds of the other's.
        """

    @abc.abstractmethod
    def lull(self, talking: Each) -> Each:
        """Factor on the tempo that both sides want.

        Args:
            talking: 1 where the last round of talks that was due took place, else 0.
        """

    @abc.abstractmethod
    def audience_cost(self, overture: PerSide, credibility: PerSide) -> PerSide:
        """Cost at home of being seen to sue for peace, logit of the side's own support, to be subtracted."""

"""What sides ask for at the table, and who says yes: the interface of the family ``bargaining``.

A *player* is a leadership, a constituency or a third party that must say yes. The laws differ in what a side demands;
how players answer is the same in all of them. Utilities run from 0 to 1.

A player accepts where ``surplus + width * noise > 0``. The noise is ``sqrt(1-s)`` times a standard logistic draw made
once for each player and text plus ``sqrt(s)`` times one made in each round. Fresh noise alone would sign any text by
repetition. With ``s = 0`` a single offer is accepted with the chance ``sigma(surplus / width)`` exactly; the root
weights keep the variance of the noise for every ``s``.
"""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerPlayer, PerSide
from westphalia.laws.numerics import logistic, namespace

SMALLEST = 1e-7
"""Uniform draws are kept this far from 0 and 1, where their logit would be infinite in single precision."""


class BargainingLaw(abc.ABC):
    """Demands of the sides and answers of the players."""

    key: ClassVar[str]
    width: Each
    transient_share: Each
    devaluation: Each

    @abc.abstractmethod
    def demand(self, opening: PerSide, rate: PerSide, weeks: Each, conceded: PerSide, uniform: PerSide) -> PerSide:
        """What a side asks for, as a share of the room above its reservation value, 0 to 1.

        Args:
            opening: The share that the side's doctrine asks for first.
            rate: The doctrine's rate of concession, 1/week.
            weeks: Weeks of talks so far.
            conceded: What the other side has given up so far as this side reads it, as a share of this side's room.
            uniform: A draw from 0 to 1, the same all through the talks.
        """

    def aspiration(self, reservation: PerSide, demand: PerSide) -> PerSide:
        """The utility that a side asks for: its reservation value and its demand on the room above."""
        return reservation + (1.0 - reservation) * demand

    def accepts(self, surplus: PerPlayer, persistent: PerPlayer, transient: PerPlayer) -> PerPlayer:
        """1 where a player says yes to a text, else 0.

        Args:
            surplus: Utility of the text as the player reads it less its reservation value.
            persistent: A draw from 0 to 1, one for each player and text.
            transient: A draw from 0 to 1, one for each player and round.
        """
        xp = namespace(surplus)
        lasting = xp.sqrt(1.0 - self.transient_share) * _logit(persistent)
        noise = lasting + xp.sqrt(self.transient_share) * _logit(transient)
        return (surplus + self.width * noise > 0.0).astype(surplus.dtype)

    def chance(self, surplus: PerPlayer) -> PerPlayer:
        """Chance that a single offer is accepted: ``sigma(surplus / width)``, exact without transient noise."""
        return logistic(surplus / self.width)

    def devalued(self, gain: PerPlayer, from_enemy: PerPlayer) -> PerPlayer:
        """A text's gain over what it is compared with, as the player sees it; a loss looks larger, a gain smaller.

        Args:
            gain: Gain by the text in utility.
            from_enemy: 1 where the player takes the text for the enemy's proposal, else 0.
        """
        return gain - self.devaluation * from_enemy * namespace(gain).abs(gain)


def _logit(uniform: PerPlayer) -> PerPlayer:
    """A standard logistic draw from a uniform one."""
    xp = namespace(uniform)
    inside = xp.clip(uniform, SMALLEST, 1.0 - SMALLEST)
    return xp.log(inside) - xp.log(1.0 - inside)

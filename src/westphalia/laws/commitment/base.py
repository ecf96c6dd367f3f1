"""Whether a promise made today is worth keeping tomorrow: the interface of the family ``commitment``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerPlayer, PerSide


class CommitmentLaw(abc.ABC):
    """What a truce shifts, whether a deal survives the shift, and what each side thinks of the other's intent."""

    key: ClassVar[str]

    @abc.abstractmethod
    def shift(self, regeneration: PerSide) -> PerSide:
        """Expected shift of the war index under a truce, in each side's own direction.

        Args:
            regeneration: Rate at which the side's index would recover in a truce, 1/week.
        """

    @abc.abstractmethod
    def hold_chance(self, surplus: PerSide, guarantee: Each) -> Each:
        """Chance that neither side prefers war once the balance has shifted.

        Args:
            surplus: Utility of the agreement less that of war after the shift.
            guarantee: How far third parties guarantee it, 0 to 1; a breach costs either side the more.
        """

    @abc.abstractmethod
    def worth(self, terms: PerPlayer, later: PerPlayer, hold: Each) -> PerPlayer:
        """What a signature is worth, the chance of a breach counted.

        Args:
            terms: Utility of the agreement while it holds.
            later: Utility of war after the shift.
            hold: Chance that the agreement holds.
        """

    @abc.abstractmethod
    def next_hostility(self, hostility: PerSide, tempo: PerSide, step: PerSide) -> PerSide:
        """Each side's belief that the other is of the hostile type, a week later.

        Args:
            hostility: The belief now, 0 to 1.
            tempo: Intensity of the side's own attacks, 0 to 1; the other side sees it.
            step: Size of a costly reassuring step that the side takes this week, 0 to 1; the other side sees it.
        """

    @abc.abstractmethod
    def step_cost(self, overture: PerSide, step: PerSide) -> PerSide:
        """Cost at home of reassuring the other side, logit of the side's own support, to be subtracted.

        Args:
            overture: Intensity of the side's overtures, 0 to 1.
            step: Size of the step that goes with each, 0 to 1.
        """

    @abc.abstractmethod
    def security_loss(self, hostility: PerSide, unreachable: PerSide) -> PerSide:
        """Utility that each side misses in any agreement, whatever it says.

        Args:
            hostility: The side's belief that the other is of the hostile type, 0 to 1.
            unreachable: Share of its security that only changes outside the issues can give, 0 to 1.
        """

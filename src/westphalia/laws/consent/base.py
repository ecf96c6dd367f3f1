"""Support of the war at home: the interface of the family ``consent``."""

from __future__ import annotations

import abc
from typing import ClassVar

from westphalia.kinds import Each, PerSide


class ConsentLaw(abc.ABC):
    """What deaths, prospects and burdens do to support."""

    key: ClassVar[str]

    @abc.abstractmethod
    def burden(
        self,
        dead_share: PerSide,
        death_rate: PerSide,
        death_rate_before: PerSide,
        victory: PerSide,
        land_lost: PerSide,
        mobilised: PerSide,
        strain: PerSide,
        weeks_since_change: PerSide,
        weeks_of_war: Each,
    ) -> PerSide:
        """The logit of support that events account for; whoever calls adds the side's own level.

        Args:
            dead_share: Dead since the start of the war per 100,000 inhabitants.
            death_rate: Dead of the week per 100,000 inhabitants.
            death_rate_before: The same a week before.
            victory: Expectation of victory, 0 to 1.
            land_lost: Share of the side's inhabitants behind the enemy's line.
            mobilised: Strength of the mobilisation wave under way, 0 to 1.
            strain: Economic strain, 0 at the start.
            weeks_since_change: Weeks since the leadership took office.
            weeks_of_war: Weeks since the war began.
        """

    @abc.abstractmethod
    def next_support(self, support: PerSide, logit: PerSide) -> PerSide:
        """Support a week later, given the logit that it tends to."""

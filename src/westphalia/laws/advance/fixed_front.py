"""The line does not move: attrition alone, as in the classical closed forms.

Equation:
    v = 0,  W = 0,  u = u_wanted,  n and b stay.
Units:
    km a week; tempo without unit.
Source:
    The assumption behind the state equations of [Lanchester1916].
Holds when / fails when:
    A battle on one spot; no space is traded.
Status:
    checked.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.advance.base import AdvanceLaw


@final
@record
class FixedFront(AdvanceLaw):
    """A front that stays where it is."""

    key: ClassVar[str] = "fixed-front"

    withdrawal_speed: Each = parameter("speed of withdrawal, never used", "km/week", 1.0, 1.0)

    def push_speed(self, log_advantage: PerSideFront, tempo: PerSideFront) -> PerSideFront:
        """See ``AdvanceLaw``; zero."""
        return 0.0 * log_advantage

    def next_tempo(
        self,
        tempo: PerSideFront,
        wanted: PerSideFront,
        loss_rate: PerSideFront,
        tolerance: PerSide,
        supply: PerSideFront,
        supply_floor: PerSide,
    ) -> PerSideFront:
        """See ``AdvanceLaw``; what is wanted."""
        return wanted + 0.0 * tempo

    def withdrawal_causes(
        self,
        loss_rate: PerSideFront,
        threshold: PerSide,
        supply: PerSideFront,
        enemy_log_advantage: PerSideFront,
        plan_ratio: PerSideFront,
        enemy_tempo: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront, PerSideFront, PerSideFront]:
        """See ``AdvanceLaw``; none."""
        none = 0.0 * loss_rate
        return none, none, none, none

    def next_withdrawal(self, withdrawal: PerSideFront, cause: PerSideFront, room: PerSideFront) -> PerSideFront:
        """See ``AdvanceLaw``; zero."""
        return 0.0 * withdrawal

    def next_dig_in(
        self, dig_in: PerSideFront, prepared: PerSideFront, retreat: PerSideFront, advance: PerSideFront, dt: float
    ) -> PerSideFront:
        """See ``AdvanceLaw``; it stays."""
        return dig_in

    def next_prepared(self, prepared: PerSideFront, speed: PerSideFront) -> PerSideFront:
        """See ``AdvanceLaw``; it stays."""
        return prepared

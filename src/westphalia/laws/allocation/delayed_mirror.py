"""A plan, corrected towards where the opponent is seen to be and where ground is being lost, with one reaction delay.

Equation:
    p' = (share_enemy - p)/t_re;  urgency: two stages of delay at rate 2/(t_re + 1)
    target = [(1-m') plan + m' p] (1 + k_u min(1, urgency/v_ref)), rescaled to the sum of the plan;
    p is scaled to the sum of the plan, v_ref = 5;  m' = m gate(plan/0.01 - 1): all of m where the plan gives a front
    2 % of the force or more, half at 1 %, nothing at zero; gate is 0 below -1, 1 above 1, a smoothstep between
    F <- F + (target F_total - F)/t_lat
Units:
    shares without unit, speeds km a week, times weeks, F thousand persons.
Source:
    This project's; delay, urgency and stability are one constraint, see the decision on front stability.
Holds when / fails when:
    Reactions are those of a staff with a delay of some weeks; surprise is not modelled beyond it.
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.allocation.base import AllocationLaw
from westphalia.laws.numerics import gate, namespace, over_fronts


@final
@record
class DelayedMirror(AllocationLaw):
    """Mirroring with a reaction delay."""

    key: ClassVar[str] = "delayed-mirror"

    mirroring: Each = parameter("weight of the opponent's distribution", "1", 0.25, 0.6)
    reinforcement: Each = parameter("reinforcement of lines that lose ground", "1", 0.2, 1.2)
    reaction_time: Each = parameter("delay of seeing and answering", "week", 2.0, 4.0)
    transfer_time: Each = parameter("lateral transfer time", "week", 1.0, 8.0, scale="log")

    def see(
        self,
        enemy_share: PerSideFront,
        ground_lost: PerSideFront,
        urgency: PerSideFront,
        true_enemy_share: PerSideFront,
        true_loss: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront, PerSideFront]:
        """See ``AllocationLaw``."""
        rate = 2.0 / (self.reaction_time + 1.0)
        return (
            enemy_share + (true_enemy_share - enemy_share) / self.reaction_time,
            ground_lost + rate * (true_loss - ground_lost),
            urgency + rate * (ground_lost - urgency),
        )

    def shares(self, plan: PerSideFront, enemy_share: PerSideFront, urgency: PerSideFront) -> PerSideFront:
        """See ``AllocationLaw``; a speed of 5 km a week counts as full urgency."""
        xp = namespace(plan)
        kept = gate(plan / 0.01 - 1.0)
        mixed = plan + self.mirroring * kept * (enemy_share * over_fronts(plan)[:, None] - plan)
        pressed = mixed * (1.0 + self.reinforcement * xp.clip(urgency / 5.0, 0.0, 1.0))
        total = xp.maximum(over_fronts(pressed), 1e-6)
        return pressed * (over_fronts(plan) / total)[:, None]

    def transfer(self, force: PerSideFront, reserve: PerSide, wanted: PerSideFront) -> tuple[PerSideFront, PerSide]:
        """See ``AllocationLaw``."""
        whole = over_fronts(force) + reserve
        moved = (wanted * whole[:, None] - force) / self.transfer_time
        return force + moved, reserve - over_fronts(moved)

"""An attacker who outruns supply, neighbours, garrisons and density invites a counter-offensive and loses pockets.

Equation:
    O = (1 - S) + a_z min(1, max(0, salient)/z0) + a_g max(0, 1 - garrison/need) + a_t rho_t/(rho_t + rho)
    c <- c + k [gate((O_enemy - O*)/s) gate((reserve share - r0)/r0) gate(u_wanted/0.02 - 1) - c]
    ln e <- ln e + c ln(1 + om O_enemy);   pocket = iota max(0, O - O*) c_enemy v/(v + Wmax)
Units:
    salient km, line density rho thousand persons per km, pocket share of force a week, the rest without unit; S is what
    transport delivers.
Source:
    Culmination after [Clausewitz1832], VII; the form is this project's.
Holds when / fails when:
    Stands in for envelopment, which lines as pistons do not know.
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.counter.base import CounterLaw
from westphalia.laws.numerics import gate, namespace, over_fronts


@final
@record
class OverextensionGate(CounterLaw):
    """Counter-offensive behind a gate of overextension."""

    key: ClassVar[str] = "overextension-gate"

    salient_weight: Each = parameter("weight of a salient", "1", 0.2, 1.0)
    salient_scale: Each = parameter("depth of a salient that counts in full", "km", 20.0, 60.0)
    garrison_weight: Each = parameter("weight of missing garrisons", "1", 0.0, 0.5)
    thin_weight: Each = parameter("weight of a thin line", "1", 0.2, 1.0)
    thin_density: Each = parameter("line density at which a line is half thin", "thousand persons/km", 0.1, 0.1)
    relaxation: Each = parameter("share of the gap closed a week", "1/week", 0.4, 0.4)
    width: Each = parameter("width of the trigger", "1", 0.1, 0.25)
    reserve_needed: Each = parameter("reserve share at which half a counter-offensive is called", "1", 0.06, 0.06)
    concentration: Each = parameter("share of the reserve concentrated on it", "1", 0.25, 0.75)
    bonus: Each = parameter("effect of the opponent's overextension on power", "1", 0.2, 1.0)
    pocket: Each = parameter("share of an overextended force lost in pockets", "1/week", 0.03, 0.3, scale="log")

    def overextension(
        self, supply: PerSideFront, salient: PerSideFront, garrison_fill: PerSide, density: PerSideFront
    ) -> PerSideFront:
        """See ``CounterLaw``."""
        xp = namespace(supply)
        extended = self.salient_weight * xp.clip(salient / self.salient_scale, 0.0, 1.0)
        unpoliced = self.garrison_weight * xp.maximum(1.0 - garrison_fill, 0.0)
        thinness = self.thin_density / (self.thin_density + density)
        return (1.0 - supply) + extended + unpoliced[:, None] + self.thin_weight * thinness

    def next_counter(
        self,
        counter: PerSideFront,
        enemy_overextension: PerSideFront,
        trigger: PerSide,
        reserve_share: PerSide,
        wanted_tempo: PerSideFront,
    ) -> PerSideFront:
        """See ``CounterLaw``; a side that wants no tempo at all on a front does not counter-attack there."""
        called = gate((enemy_overextension - trigger[:, None]) / self.width)
        able = gate(reserve_share / self.reserve_needed - 1.0)[:, None]
        willing = gate(wanted_tempo / 0.02 - 1.0)
        return counter + self.relaxation * (called * able * willing - counter)

    def log_bonus(self, counter: PerSideFront, enemy_overextension: PerSideFront) -> PerSideFront:
        """See ``CounterLaw``."""
        xp = namespace(counter)
        return counter * xp.log(1.0 + self.bonus * enemy_overextension)

    def committed(self, counter: PerSideFront, reserve: PerSide) -> PerSideFront:
        """See ``CounterLaw``."""
        xp = namespace(counter)
        shared = counter / xp.maximum(over_fronts(counter), 1.0)[:, None]
        return self.concentration * shared * reserve[:, None]

    def pocket_rate(
        self,
        overextension: PerSideFront,
        enemy_trigger: PerSide,
        enemy_counter: PerSideFront,
        speed_share: PerSideFront,
    ) -> PerSideFront:
        """See ``CounterLaw``."""
        xp = namespace(overextension)
        excess = xp.maximum(overextension - enemy_trigger[:, None], 0.0)
        return self.pocket * excess * enemy_counter * speed_share

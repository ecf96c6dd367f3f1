"""Carriers beyond the railhead: capacity falls with distance, rivers are bottlenecks.

Equation:
    K(d) = K0 exp(-d/d0) / (1 + d/dh);   demand N(u) = (n0 + n1 u) / (n0 + n1/2)
    S = smin(1, K c exp(-nu p d_occ) / N);   smin(1, y) = y / (1 + y^4)^(1/4)
    dx_r/dt = v_rail up to the line;  dc/dt = (c0 - c)/t_bridge - xi_s strikes c;   l_nb = xi (1 - S)^2, S of transport
    With scarce supply and no loading, power falls with S^sigma, so ln z reaches r at x = (d0/sigma) (ln z0 - r).
Units:
    d km; K and N in demand at half tempo; p partisans per thousand inhabitants, less what garrisons prevent;
    d_occ km of line through occupied land; rates per week.
    Truck formula: tonnage a week = vehicles x payload x (hours a week) / (2 d / speed + load time), hence
    dh = speed x load time / 2, and d0 is the range at which carriers have eaten all but 1/e.
Source:
    Range of wagons and lorries after [VanCreveld1977]; loss-of-strength gradient [Boulding1962].
Holds when / fails when:
    No sea or air bridge except as extra capacity; one stock of ammunition stands for depots.
Status:
    checked against the truck-count formula.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.numerics import gate, namespace, smooth_min_one
from westphalia.laws.supply.base import SupplyLaw


@final
@record
class TruckChain(SupplyLaw):
    """Supply by carriers beyond a railhead."""

    key: ClassVar[str] = "truck-chain"

    capacity: PerSide = parameter(
        "capacity at the railhead", "demand at half tempo", 1.6, 3.6, axis="side", scale="log"
    )
    demand_still: Each = parameter("demand per head without attack", "1", 0.6, 0.6)
    demand_tempo: Each = parameter("further demand per head at full tempo", "1", 1.0, 1.0)
    carrier_range: Each = parameter("carrier range", "km", 250.0, 800.0, scale="log", source="VanCreveld1977")
    standoff: Each = parameter("distance from a railhead to a line that stands still", "km", 20.0, 60.0)
    loading_distance: Each = parameter("distance that loading is worth", "km", 40.0, 150.0)
    railhead_speed: Each = parameter("speed at which railheads advance", "km/week", 3.0, 20.0, scale="log")
    bridging_time: Each = parameter("bridging time", "week", 3.0, 10.0, scale="log")
    strike_rate: Each = parameter("crossing capacity lost under strikes of 1", "1/week", 0.05, 0.45, scale="log")
    river_width: Each = parameter("distance over which a river comes to bear", "km", 5.0, 5.0)
    interdiction: Each = parameter(
        "transport lost per km to one partisan per thousand inhabitants", "1/km", 0.001, 0.02, scale="log"
    )
    non_battle: Each = parameter("loss per head without any supply", "1/week", 0.005, 0.02, scale="log")

    def transport(
        self, tempo: PerSideFront, distance: PerSideFront, crossing: PerSideFront, harassed: PerSideFront
    ) -> PerSideFront:
        """See ``SupplyLaw``."""
        xp = namespace(tempo)
        demand = (self.demand_still + self.demand_tempo * tempo) / (self.demand_still + 0.5 * self.demand_tempo)
        carried = xp.exp(-distance / self.carrier_range - self.interdiction * harassed)
        delivered = self.capacity[:, None] * carried / (1.0 + distance / self.loading_distance) * crossing
        return smooth_min_one(delivered / demand)

    def next_railhead(self, railhead: PerSideFront, own_position: PerSideFront) -> PerSideFront:
        """See ``SupplyLaw``."""
        return namespace(railhead).minimum(railhead + self.railhead_speed, own_position)

    def next_crossing(self, crossing: PerSideFront, intact: PerSideFront, strikes: PerSideFront) -> PerSideFront:
        """See ``SupplyLaw``; exact for constant strikes."""
        rate = 1.0 / self.bridging_time + self.strike_rate * strikes
        settled = intact / (self.bridging_time * rate)
        return settled + (crossing - settled) * namespace(crossing).exp(-rate)

    def behind_river(self, own_position: PerSideFront, river: PerSideFront) -> PerSideFront:
        """See ``SupplyLaw``."""
        return gate((own_position - river) / self.river_width)

    def non_battle_rate(self, transport: PerSideFront) -> PerSideFront:
        """See ``SupplyLaw``."""
        lacking = 1.0 - transport
        return self.non_battle * lacking * lacking

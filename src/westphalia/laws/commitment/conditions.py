"""Sharp conditions of the theory of bargaining and trust, for analysis: when no deal can hold, when trust pays.

Equation:
    a range of deals is open iff P_1 + P_2 - 1 < c_1 + c_2
    no deal holds iff delta p' - p > (1 - delta)(c_D + delta c_R)
    trust pays iff the other is trustworthy with at least s/(1 + s - g)
    d* = D ln(threat pi/(c_h D)), 0 where that is negative
    a spiral of armament is stable iff a_1 a_2 < f_1 f_2
Units:
    chances and discount factors without unit; costs as shares of the prize or, under a shift, in the pie of one period.
Source:
    [Fearon1995]; [Powell2006]; [Kydd2005]; buffers and spirals [Boulding1962] [Richardson1960]. The condition under a
    shift is derived here: the declining side gets at most the whole pie now, and from tomorrow on what the rising
    side's alternative of war leaves.
Holds when / fails when:
    Two sides, one shift, no uncertainty about costs.
Status:
    checked against enumeration and eigenvalues.
"""

from __future__ import annotations

from typing import Any

from jaxtyping import Bool

from westphalia.kinds import Each, PerSide
from westphalia.laws.numerics import namespace

Truth = Bool[Any, "*#run"]


def bargaining_range(chance: PerSide, cost: PerSide) -> tuple[Each, Each]:
    """Ends of the range of side 1's shares that both sides prefer to war; empty where the first exceeds the second.

    Args:
        chance: Each side's own estimate of its chance of winning.
        cost: Each side's cost of war as a share of the prize.
    """
    return chance[0] - cost[0], 1.0 - chance[1] + cost[1]


def no_deal_holds(p: Each, p_next: Each, discount: Each, cost_d: Each, cost_r: Each) -> Truth:
    """Whether a shift of power rules out every deal.

    Args:
        p: The rising side's chance of winning now.
        p_next: The same from the next period on, not less.
        discount: Discount factor of a period.
        cost_d: The declining side's cost of war, in the pie of one period.
        cost_r: The rising side's.
    """
    return discount * p_next - p > (1.0 - discount) * (cost_d + discount * cost_r)


def trust_threshold(loss: Each, gain: Each) -> Each:
    """Least chance that the other is trustworthy at which cooperation pays; 1 is the worth of mutual cooperation.

    Args:
        loss: What the one who is exploited loses; smaller steps mean less of it.
        gain: What exploiting brings, below 1.
    """
    return loss / (1.0 + loss - gain)


def wanted_buffer(threat: Each, hostility: Each, reach: Each, holding_cost: Each) -> Each:
    """Depth of buffer, in km, at which a further km costs what it saves.

    Args:
        threat: Loss expected of a hostile neighbour's whole strength without a buffer.
        hostility: Belief that the neighbour is hostile, 0 to 1.
        reach: Depth over which the threat falls by a factor e, km.
        holding_cost: Cost of holding a km.
    """
    xp = namespace(threat)
    return reach * xp.log(xp.maximum(threat * hostility / (holding_cost * reach), 1.0))


def spiral_is_stable(response: PerSide, fatigue: PerSide) -> Truth:
    """Whether mutual armament comes to rest.

    Args:
        response: How much a side arms per unit of the other's capability.
        fatigue: Share of its own capability that it lets go.
    """
    return response[0] * response[1] < fatigue[0] * fatigue[1]

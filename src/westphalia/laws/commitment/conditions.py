"""Sharp conditions of the theory of bargaining, for analysis: when there is anything to share, when no deal can hold.

Equation:
    a range of deals is open iff P_1 + P_2 - 1 < c_1 + c_2
    no deal holds iff delta p' - p > (1 - delta)(c_D + delta c_R)
Units:
    chances and discount factors without unit; costs as shares of the prize or, under a shift, in the pie of one period.
Source:
    [Fearon1995]; [Powell2006]. The condition under a shift is derived here: the declining side gets at most the whole
    pie now, and from tomorrow on what the rising side's alternative of war leaves.
Holds when / fails when:
    Two sides, one shift, no uncertainty about costs.
Status:
    checked against enumeration.
"""

from __future__ import annotations

from typing import Any

from jaxtyping import Bool

from westphalia.kinds import Each, PerSide

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

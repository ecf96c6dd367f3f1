"""A deal holds if neither side will prefer war once the truce has shifted the balance of power.

Equation:
    shift_i = horizon (r_i - r_j)
    p_hold = product over both sides of sigma((u_i - V_i(shifted) + penalty)/width)
    logit h_i' = logit h_i + alarm tempo_j - reassurance step_j - fade (logit h_i - logit rest_i)
    step_i = min(1, m + o_i z_i), with overtures o, the size z of what goes with each, and the watch m of a truce that
    holds; the overtures' part costs k o_i z_i^2 at home, in logits of support
    loss_i = stake_i psi_i h_i;   penalty = deterrence x guarantee, on both sides
    W_i = p_hold u_i + (1 - p_hold) (V_i(shifted) - done max(0, V_i(shifted) - u_i))
Units:
    shift in units of the war index, a logarithm; r per week; horizon weeks; surplus, width, stake in utility; h a
    probability, kept within 0.002 and 0.998; o, z and m from 0 to 1; k in logits.
Source:
    Large, rapid shifts of power as the common cause of war [Powell2006]; costly steps as signals of type [Kydd2005];
    the security dilemma [Jervis1978]. The soft form and the ranges are this project's: width as for the acceptance of a
    text, stake up to more than the surplus that a prototype found without frictions (0.35, 0.21 to 0.57).
    That steps convince by their cost is [Kydd2005]'s; here they convince, and cost, and no type is weighed. That the
    cost grows with the square of the step is this project's, as is its range, which is that of the cost of overtures.
    That a share of the terms is done by the time of a breach is this project's: without it a side would sign any text
    that it expects to be broken.
Holds when / fails when:
    Security and greed as motives cannot be told apart by behaviour alone. A step gives away nothing at the front, and
    convinces as a watched truce does, which may be too well for what it costs. Where both sides are just indifferent
    the soft form says 1/4, so without any shift a deal with little surplus still counts as doubtful.
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerPlayer, PerSide, parameter, record
from westphalia.laws.commitment.base import CommitmentLaw
from westphalia.laws.numerics import logistic, namespace, other

SUREST = 0.998


@final
@record
class PowerShift(CommitmentLaw):
    """Commitment under an expected shift of power."""

    key: ClassVar[str] = "power-shift"

    horizon: Each = parameter("weeks of truce that the sides look ahead", "week", 26.0, 104.0, scale="log")
    width: Each = parameter("surplus over which a breach turns from sure to rare", "1", 0.02, 0.1, scale="log")
    alarm: Each = parameter("rise of suspicion in a week of the other's attacks at full tempo", "logit", 0.01, 0.1)
    reassurance: Each = parameter("fall of suspicion by the other's full reassuring step", "logit", 0.2, 2.0)
    sunk: Each = parameter("cost at home of a full step with every overture", "logit", 0.0, 1.0)
    fade: Each = parameter("share of a change of suspicion that a week undoes", "1/week", 0.005, 0.03, scale="log")
    rest: PerSide = parameter("suspicion without attacks and steps", "1", 0.2, 0.8, axis="side")
    stake: PerSide = parameter("utility at stake in security beyond the issues", "1", 0.2, 1.0, axis="side")

    done: Each = parameter("share of the terms carried out before a breach", "1", 0.2, 0.8)
    deterrence: Each = parameter("utility that a full guarantee takes from a breach", "1", 0.05, 0.3)

    def shift(self, regeneration: PerSide) -> PerSide:
        """See ``CommitmentLaw``; what one side gains the other loses."""
        return self.horizon * (regeneration - other(regeneration))

    def hold_chance(self, surplus: PerSide, guarantee: Each) -> Each:
        """See ``CommitmentLaw``."""
        keeps = logistic((surplus + self.deterrence * guarantee) / self.width)
        return keeps[0] * keeps[1]

    def worth(self, terms: PerPlayer, later: PerPlayer, hold: Each) -> PerPlayer:
        """See ``CommitmentLaw``."""
        given_up = self.done * namespace(terms).maximum(later - terms, 0.0)
        return hold * terms + (1.0 - hold) * (later - given_up)

    def next_hostility(self, hostility: PerSide, tempo: PerSide, step: PerSide) -> PerSide:
        """See ``CommitmentLaw``."""
        before = _logit(hostility)
        seen = self.alarm * other(tempo) - self.reassurance * other(step)
        after = logistic(before + seen - self.fade * (before - _logit(self.rest)))
        return namespace(hostility).clip(after, 1.0 - SUREST, SUREST)

    def step_cost(self, overture: PerSide, step: PerSide) -> PerSide:
        """See ``CommitmentLaw``."""
        return self.sunk * overture * step * step

    def security_loss(self, hostility: PerSide, unreachable: PerSide) -> PerSide:
        """See ``CommitmentLaw``."""
        return self.stake * unreachable * hostility


def _logit(share: PerSide) -> PerSide:
    """Log odds of a share, of those within the bounds of suspicion."""
    xp = namespace(share)
    bounded = xp.clip(share, 1.0 - SUREST, SUREST)
    return xp.log(bounded / (1.0 - bounded))

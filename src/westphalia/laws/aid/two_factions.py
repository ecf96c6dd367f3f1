"""A backer holds die-hards, who give in full, and pragmatists, who weigh stakes, prospects, cost and fatigue.

Equation:
    U = stake + prize pi - cost a - z Z + salience exp(-t/t_sal) + J (mean will of the others - a)
    a* = H + (1-H) sigma(U/tau);   a <- a + (a* - a)/t_pol
    Z' = zeta a - Z/t_rec;   H' = lam H (1-H) (alf_1 threat - alf_2 Z)
    pipeline: two stages with mean lag t_pipe (gamma 2);  abandonment = dep sigma((A0 - expected will)/s)
Units:
    utilities without unit; cost is that of a full programme; times weeks; aid money a week.
Source:
    This project's; abandonment as the channel of a collapse [SIGAR2022]; what is known of aid is allocations, not
    deliveries [KielUST2026], so the lag between them is an assumption.
Holds when / fails when:
    Each backer is one body with two factions; burden sharing enters through J only. News, elections and the effect of
    overtures are not here.
Status:
    plausible; every number is an assumption with a range.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerBacker, PerBackerStage, PerSide, parameter, record
from westphalia.laws.aid.base import AidLaw
from westphalia.laws.numerics import logistic, namespace


@final
@record
class TwoFactions(AidLaw):
    """Die-hards and pragmatists in each backer."""

    key: ClassVar[str] = "two-factions"

    stake: Each = parameter("value of helping whatever the prospects", "1", 0.1, 0.6)
    prize: Each = parameter("value of the client's victory", "1", 0.2, 1.0)
    cost: Each = parameter("cost of a full programme", "1", 0.2, 0.8)
    fatigue_weight: Each = parameter("weight of fatigue", "1", 0.2, 0.8)
    salience: Each = parameter("salience at the beginning of the war", "1", 0.0, 0.4)
    salience_time: Each = parameter("time in which salience fades", "week", 20.0, 150.0, scale="log")
    conformity: Each = parameter("pull of the other backers' will", "1", 0.1, 0.6)
    temperature: Each = parameter("spread of the pragmatists", "1", 0.1, 0.3)
    policy_time: Each = parameter("time in which policy follows will", "week", 8.0, 26.0)
    fatigue_gain: Each = parameter("fatigue gained a week at full will", "1/week", 0.005, 0.03, scale="log")
    recovery_time: Each = parameter("time in which fatigue fades", "week", 30.0, 150.0, scale="log")
    faction_rate: Each = parameter("rate at which factions shift", "1/week", 0.005, 0.03, scale="log")
    threat_weight: Each = parameter("gain of die-hards under threat", "1", 0.2, 1.0)
    weariness_weight: Each = parameter("loss of die-hards by fatigue", "1", 0.2, 1.0)
    delivery_lag: Each = parameter("mean lag from allocation to delivery", "week", 10.0, 30.0, scale="log")
    abandonment_at: Each = parameter("expected will at which abandonment is half believed", "1", 0.15, 0.45)
    abandonment_width: Each = parameter("width of that belief", "1", 0.05, 0.15)

    def utility(
        self,
        will: PerBacker,
        fatigue: PerBacker,
        prospects: PerBacker,
        others: PerBacker,
        week: PerBacker,
    ) -> dict[str, PerBacker]:
        """See ``AidLaw``."""
        xp = namespace(will)
        return {
            "stake": self.stake + 0.0 * will,
            "prospects": self.prize * prospects,
            "cost": -self.cost * will,
            "fatigue": -self.fatigue_weight * fatigue,
            "salience": self.salience * xp.exp(-week / self.salience_time),
            "others": self.conformity * (others - will),
        }

    def next_will(self, will: PerBacker, die_hard: PerBacker, utility: PerBacker) -> PerBacker:
        """See ``AidLaw``."""
        wanted = die_hard + (1.0 - die_hard) * logistic(utility / self.temperature)
        return will + (wanted - will) / self.policy_time

    def next_fatigue(self, fatigue: PerBacker, will: PerBacker) -> PerBacker:
        """See ``AidLaw``."""
        return fatigue + self.fatigue_gain * will - fatigue / self.recovery_time

    def fatigue_after(self, weeks: PerBacker, will: PerBacker) -> PerBacker:
        """See ``AidLaw``; exact for ``next_fatigue``: Z = zeta a t_rec (1 - (1 - 1/t_rec)^t)."""
        xp = namespace(will)
        settled = self.fatigue_gain * self.recovery_time * will
        return settled * -xp.expm1(weeks * xp.log(1.0 - 1.0 / self.recovery_time))

    def next_die_hard(self, die_hard: PerBacker, threat: PerBacker, fatigue: PerBacker) -> PerBacker:
        """See ``AidLaw``; stays within 0 and 1."""
        fitness = self.threat_weight * threat - self.weariness_weight * fatigue
        return die_hard + self.faction_rate * die_hard * (1.0 - die_hard) * fitness

    def deliver(self, pipeline: PerBackerStage, allocated: PerBacker) -> tuple[PerBackerStage, PerBacker]:
        """See ``AidLaw``."""
        xp = namespace(pipeline)
        share = xp.minimum(2.0 / self.delivery_lag, 1.0)
        passed, out = share * pipeline[:, 0], share * pipeline[:, 1]
        return xp.stack([pipeline[:, 0] + allocated - passed, pipeline[:, 1] + passed - out], axis=1), out

    def abandonment(self, expected_will: PerSide, dependence: PerSide) -> PerSide:
        """See ``AidLaw``."""
        return dependence * logistic((self.abandonment_at - expected_will) / self.abandonment_width)

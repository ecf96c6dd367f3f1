"""Support falls with recent deaths, and more so while they accelerate.

Equation:
    events = -b1 log10(1 + dead) - b2 rate - b3 max(0, rate - rate before)
             + b4 (pi - 1/2) - b5 land - b6 mobilisation - b7 strain + rally exp(-t/t_r) + r_w exp(-T/t_r)
    s <- s + (sigma(b0 + events) - s)/t_s;   b0 is set so that support starts at the scenario's level,
    which is that of before where the war begins with the run.
Units:
    deaths per 100,000 inhabitants; logits; t weeks in office, T weeks of war.
Source:
    [GartnerSegura1998]: marginal casualties matter when they accelerate, the logarithm when they slow; expectation of
    success [GelpiFeaverReifler2009].
Holds when / fails when:
    The weights are this project's. The rise is that from one week to the next, so a noisy series costs support.
Status:
    contested.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.consent.base import ConsentLaw
from westphalia.laws.numerics import logistic, namespace


@final
@record
class GartnerSegura(ConsentLaw):
    """Support by marginal deaths."""

    key: ClassVar[str] = "gartner-segura"

    cumulative_weight: Each = parameter("logit lost per factor of ten of deaths", "logit", 0.1, 0.5)
    rate_weight: Each = parameter("logit lost per weekly death per 100,000", "logit", 0.1, 0.6)
    acceleration_weight: Each = parameter("logit lost per rise of weekly deaths per 100,000", "logit", 0.2, 2.0)
    victory_weight: Each = parameter("weight of the expectation of victory", "logit", 1.0, 4.0)
    land_weight: Each = parameter("weight of the share of inhabitants behind the opponent's line", "logit", 0.5, 3.0)
    mobilisation_weight: Each = parameter("weight of a wave of mobilisation", "logit", 0.2, 1.0)
    strain_weight: Each = parameter("weight of economic strain", "logit", 0.5, 2.0)
    rally: Each = parameter("rally behind a new leadership", "logit", 0.0, 0.5)
    war_rally: Each = parameter("rally behind either leadership when war begins", "logit", 0.0, 1.0)
    rally_time: Each = parameter("time in which a rally fades", "week", 8.0, 26.0)
    inertia: Each = parameter("time in which opinion adapts", "week", 4.0, 13.0)

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
        """See ``ConsentLaw``."""
        xp = namespace(dead_share)
        rising = xp.maximum(death_rate - death_rate_before, 0.0)
        marginal = self.rate_weight * death_rate + self.acceleration_weight * rising
        deaths = self.cumulative_weight * xp.log10(1.0 + dead_share) + marginal
        burdens = self.land_weight * land_lost + self.mobilisation_weight * mobilised + self.strain_weight * strain
        rally = self.rally * xp.exp(-weeks_since_change / self.rally_time)
        rally = rally + self.war_rally * xp.exp(-weeks_of_war / self.rally_time)
        return self.victory_weight * (victory - 0.5) + rally - deaths - burdens

    def next_support(self, support: PerSide, logit: PerSide) -> PerSide:
        """See ``ConsentLaw``."""
        return support + (logistic(logit) - support) / self.inertia

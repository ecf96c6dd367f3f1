"""Support falls with the logarithm of cumulative deaths.

Equation:
    events = -b1 log10(1 + dead) + b4 (pi - 1/2) - b5 land - b6 mobilisation - b7 strain
             + rally exp(-t/t_r) + r_w exp(-T/t_r)
    s <- s + (sigma(b0 + events) - s)/t_s;   b0 is set so that support starts at the scenario's level,
    which is that of before where the war begins with the run.
Units:
    deaths per 100,000 inhabitants; logits; t weeks in office, T weeks of war.
Source:
    [Mueller1973]: about 15 points a factor of ten, that is 0.6 logit at even support; expectation of success counts for
    more than deaths [GelpiFeaverReifler2009], which gives no weight on this scale. The range of the rally when war
    begins is an assumption; 15 points, 0.6 logit, would be a strong one.
Holds when / fails when:
    Marginal deaths do not matter of themselves, which [GartnerSegura1998] dispute.
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
class Mueller(ConsentLaw):
    """Support by cumulative deaths."""

    key: ClassVar[str] = "mueller"

    deaths_weight: Each = parameter("logit lost per factor of ten of deaths", "logit", 0.5, 1.2, source="Mueller1973")
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
        deaths = self.deaths_weight * xp.log10(1.0 + dead_share)
        burdens = self.land_weight * land_lost + self.mobilisation_weight * mobilised + self.strain_weight * strain
        rally = self.rally * xp.exp(-weeks_since_change / self.rally_time)
        rally = rally + self.war_rally * xp.exp(-weeks_of_war / self.rally_time)
        return self.victory_weight * (victory - 0.5) + rally - deaths - burdens

    def next_support(self, support: PerSide, logit: PerSide) -> PerSide:
        """See ``ConsentLaw``."""
        return support + (logistic(logit) - support) / self.inertia

"""A hazard of losing office that rises with lost support and with defeat for those who answer for the war.

Equation:
    lambda = lam0 exp(d1 (1/2 - s) + g kap max(0, -E));   chance in a week = 1 - exp(-lambda)
    in a week of election the chance is sigma((1/2 - s)/s_e)
    successor: kap' = tie kap, d ~ N(mu (s - 1/2), s_d);   tempo wanted x (1 + w tanh d)
Units:
    lambda per week, the rest without unit.
Source:
    Culpable leaders are punished for losing [Croco2011]; new leaders without ties come when a war goes badly
    [Weisiger2016]. Neither gives a number on this scale.
Holds when / fails when:
    A change of leadership is one event with neutral causes (election, resignation, illness, coup).
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.numerics import logistic, namespace
from westphalia.laws.survival.base import SurvivalLaw


@final
@record
class OutcomeHazard(SurvivalLaw):
    """Hazard of office by support and outcome."""

    key: ClassVar[str] = "outcome-hazard"

    hazard: PerSide = parameter("hazard of office at even support", "1/week", 0.001, 0.01, axis="side", scale="log")
    support_effect: Each = parameter("effect of support on the hazard", "1", 1.0, 4.0)
    defeat_effect: Each = parameter("effect of defeat on a culpable leadership", "1", 0.5, 3.0)
    election_width: Each = parameter("spread of elections around even support", "1", 0.05, 0.15)
    tie: Each = parameter("share of culpability that passes to a successor", "1", 0.0, 1.0)
    mood_effect: Each = parameter("how far a successor follows support", "1", 0.0, 2.0)
    spread: Each = parameter("spread of hawkishness among successors", "1", 0.3, 1.0)
    tempo_effect: Each = parameter("effect of hawkishness on wanted tempo", "1", 0.0, 0.3)

    def exit_chance(self, support: PerSide, expectation: PerSide, culpability: PerSide, election: PerSide) -> PerSide:
        """See ``SurvivalLaw``."""
        xp = namespace(support)
        lost = self.defeat_effect * culpability * xp.maximum(-expectation, 0.0)
        weekly = -xp.expm1(-self.hazard * xp.exp(self.support_effect * (0.5 - support) + lost))
        voted = logistic((0.5 - support) / self.election_width)
        return weekly + election * (voted - weekly)

    def successor(self, support: PerSide, culpability: PerSide, draw: PerSide) -> tuple[PerSide, PerSide]:
        """See ``SurvivalLaw``."""
        return self.tie * culpability, self.mood_effect * (support - 0.5) + self.spread * draw

    def tempo_factor(self, hawkishness: PerSide) -> PerSide:
        """See ``SurvivalLaw``."""
        return 1.0 + self.tempo_effect * namespace(hawkishness).tanh(hawkishness)

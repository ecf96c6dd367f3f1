"""An overture is believed as far as behaviour bears it out: tempo while talking, and whether demands move.

Equation:
    logit P = logit b + (u_I - u_S)((u_S + u_I)/2 - u)/s^2 + d ln(m_S/m_I) + (1 - d) ln((1 - m_S)/(1 - m_I))
    cred <- cred + rate o (P - cred);   backers -w (cred o), troops -hW (cred o) written off, both of the OTHER side
    own troops -hO (cred o) at stake;   tempo wanted by both sides x (1 - psi) while talks go on
    cost at home, logit of support: c cred o.   P is Bayes' rule with normal tempos of one spread s
Units:
    rate 1/week; c in logits; tempo u, overtures o and the rest without unit.
Source:
    That talks also serve to stall and to divide, and go with less fighting [Min2025]; that an agreement can be read as
    abandonment [SIGAR2022]. Neither gives a number on this scale; the form is this project's.
Holds when / fails when:
    Overtures without change of demands are a simulated type: the law says what an observer could infer from behaviour,
    nothing of anyone's mind. That a side which means its overtures fights less is assumed, and contested: it may as
    well press harder to be heard. Who is believed to seek terms also asks its own soldiers to die for ground that may
    be traded: no evidence for it was read, and its range begins at nothing. The lull is the same for both sides; a
    calendar of postures that was seen under talks has it in there already.
Status:
    contested.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.numerics import logistic, namespace, other
from westphalia.laws.overtures.base import OvertureLaw


@final
@record
class BayesianCredibility(OvertureLaw):
    """Belief in overtures by Bayes' rule from behaviour."""

    key: ClassVar[str] = "bayesian-credibility"

    base_rate: Each = parameter("share of overtures that are meant, before behaviour is seen", "1", 0.2, 0.8)
    learning: Each = parameter(
        "rate at which belief follows behaviour at full overtures", "1/week", 0.02, 0.2, scale="log"
    )
    tempo_sincere: Each = parameter("mean tempo of a side that means its overtures", "1", 0.05, 0.25)
    tempo_insincere: Each = parameter("mean tempo of a side that does not", "1", 0.3, 0.7)
    tempo_spread: Each = parameter("spread of tempo in both", "1", 0.15, 0.4)
    moves_sincere: Each = parameter("chance that demands move when overtures are meant", "1", 0.4, 0.9)
    moves_insincere: Each = parameter("chance that they move when not", "1", 0.05, 0.3)
    wedge: Each = parameter("effect of believed overtures on the other side's backers", "1", 0.0, 1.0)
    morale: Each = parameter("effect of ground believed written off on its defenders", "1", 0.0, 0.5)
    own_morale: Each = parameter("effect of own believed overtures on those who hold the ground", "1", 0.0, 0.3)
    lull_depth: Each = parameter("share of wanted tempo that falls away while talks go on", "1", 0.0, 0.2)
    audience: Each = parameter("cost at home of being seen to sue for peace", "logit", 0.0, 1.0)

    def next_credibility(self, credibility: PerSide, overture: PerSide, tempo: PerSide, moved: PerSide) -> PerSide:
        """See ``OvertureLaw``."""
        believed = self.posterior(tempo, moved)
        return credibility + self.learning * overture * (believed - credibility)

    def posterior(self, tempo: PerSide, moved: PerSide) -> PerSide:
        """Chance that overtures with this behaviour are meant; arguments as in ``OvertureLaw.next_credibility``."""
        xp = namespace(tempo)
        apart = (self.tempo_insincere - self.tempo_sincere) / (self.tempo_spread * self.tempo_spread)
        by_tempo = apart * (0.5 * (self.tempo_sincere + self.tempo_insincere) - tempo)
        moving = xp.log(self.moves_sincere / self.moves_insincere)
        staying = xp.log((1.0 - self.moves_sincere) / (1.0 - self.moves_insincere))
        prior = xp.log(self.base_rate / (1.0 - self.base_rate))
        return logistic(prior + by_tempo + staying + moved * (moving - staying))

    def on_backers(self, credibility: PerSide, overture: PerSide) -> PerSide:
        """See ``OvertureLaw``; never positive."""
        return -self.wedge * other(credibility * overture)

    def on_troops(self, credibility: PerSide, overture: PerSide, written_off: PerSide) -> PerSide:
        """See ``OvertureLaw``; never positive."""
        return -self.morale * other(credibility * overture) * written_off

    def on_own_troops(self, credibility: PerSide, overture: PerSide, at_stake: PerSide) -> PerSide:
        """See ``OvertureLaw``; never positive."""
        return -self.own_morale * credibility * overture * at_stake

    def lull(self, talking: Each) -> Each:
        """See ``OvertureLaw``."""
        return 1.0 - self.lull_depth * talking

    def audience_cost(self, overture: PerSide, credibility: PerSide) -> PerSide:
        """See ``OvertureLaw``."""
        return self.audience * credibility * overture

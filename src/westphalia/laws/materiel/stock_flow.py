"""Stocks of vehicles, store and ammunition with production, refurbishment, aid and burn.

Equation:
    G' = prod Y (1 - y_s struck) + refurb + a_G aid - g min(1, (G/F)/G0)^x l G
    refurb = min(k_r, store/t_r);   store' = -refurb
    A' = p_A Y (1 - y_s struck) + a_A aid - (b0 + b1 u) A;   satisfaction = smin(1, A/A_enough)
    Y' = [1 - y_m mobilised - y_i industry lost + y_f finance - y_s struck - Y]/t_Y
Units:
    G and store thousand vehicles, aid money a week, A an index satisfied at 2, Y an index, 1 at the start; G0, vehicles
    a head at which nothing is withheld, is the law of power's.
Source:
    This project's. Visually confirmed losses of armour fell in 2025 while deaths rose [Oryx2025]; that armour is
    withheld when it becomes scarce is this project's reading.
Holds when / fails when:
    One class of heavy materiel and one of ammunition stand for all; technology is a drift. Strikes on the economy cut
    output at once and, with the same weight, wear the economy down slowly.
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.materiel.base import MaterielLaw
from westphalia.laws.numerics import namespace, smooth_min_one


@final
@record
class StockFlow(MaterielLaw):
    """Stocks and flows of materiel."""

    key: ClassVar[str] = "stock-flow"

    exposed: PerSide = parameter("loss rate of armour over that of heads", "1", 0.3, 1.8, axis="side", scale="log")
    withheld: Each = parameter("exponent of armour withheld when scarce", "1", 0.3, 1.0)
    production: PerSide = parameter("new vehicles", "thousand/week", 0.008, 0.05, axis="side", scale="log")
    refurbishment: PerSide = parameter(
        "capacity of refurbishment", "thousand/week", 0.004, 0.12, axis="side", scale="log"
    )
    drawdown_time: Each = parameter("store drawdown time", "week", 60.0, 130.0, scale="log")
    aid_armour: Each = parameter("vehicles per unit of military aid", "thousand/money", 0.03, 0.08, scale="log")
    aid_ammunition: Each = parameter("ammunition per unit of military aid", "1/money", 0.5, 1.2, scale="log")
    own_ammunition: PerSide = parameter("own ammunition", "1/week", 0.15, 1.2, axis="side", scale="log")
    burn_still: Each = parameter("ammunition burnt without attack", "1/week", 0.14, 0.22)
    burn_tempo: Each = parameter("further burn at full mean tempo", "1/week", 0.18, 0.32)
    enough: Each = parameter("ammunition index that satisfies", "1", 2.0, 2.0)
    strain_mobilised: Each = parameter("economy lost per unit share mobilised", "1", 0.5, 2.0)
    strain_industry: Each = parameter("economy lost per unit share of industry lost", "1", 0.5, 1.0)
    strain_strikes: Each = parameter("economy lost under full strikes", "1", 0.05, 0.2)
    finance: Each = parameter("economy gained by full will of the backers, per unit of dependence", "1", 0.05, 0.3)
    economy_time: Each = parameter("time in which the economy adapts", "week", 26.0, 104.0)

    def exposure(self, armour: PerSide, strength: PerSide, reference: Each) -> PerSide:
        """See ``MaterielLaw``."""
        xp = namespace(armour)
        share = xp.clip(armour / xp.maximum(strength, 1e-6) / reference, 1e-3, 1.0)
        return self.exposed * xp.exp(self.withheld * xp.log(share))

    def refurbished(self, store: PerSide) -> PerSide:
        """See ``MaterielLaw``."""
        return namespace(store).minimum(self.refurbishment, store / self.drawdown_time)

    def produced(self, economy: PerSide, struck: PerSide) -> PerSide:
        """See ``MaterielLaw``."""
        return self.production * economy * (1.0 - self.strain_strikes * struck)

    def armour_from_aid(self, aid: PerSide) -> PerSide:
        """See ``MaterielLaw``."""
        return self.aid_armour * aid

    def next_ammunition(
        self, ammunition: PerSide, mean_tempo: PerSide, economy: PerSide, aid: PerSide, struck: PerSide, dt: float = 1.0
    ) -> PerSide:
        """See ``MaterielLaw``; exact for constant flows."""
        xp = namespace(ammunition)
        rate = self.burn_still + self.burn_tempo * mean_tempo
        made = self.own_ammunition * economy * (1.0 - self.strain_strikes * struck) + self.aid_ammunition * aid
        return made / rate + (ammunition - made / rate) * xp.exp(-rate * dt)

    def ammunition_satisfaction(self, ammunition: PerSide) -> PerSide:
        """See ``MaterielLaw``."""
        return smooth_min_one(ammunition / self.enough)

    def next_economy(
        self, economy: PerSide, mobilised_share: PerSide, industry_lost: PerSide, financed: PerSide, struck: PerSide
    ) -> PerSide:
        """See ``MaterielLaw``; never below a twentieth."""
        burden = self.strain_mobilised * mobilised_share + self.strain_industry * industry_lost
        target = 1.0 - burden + self.finance * financed - self.strain_strikes * struck
        return economy + (namespace(economy).maximum(target, 0.05) - economy) / self.economy_time

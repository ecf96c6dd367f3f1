"""One exponent spans the attrition laws from logarithmic over linear to square.

Equation:
    l_i = [l0 u_i d_j z_i^(-w) + l0 u_j d_i z_j^(+w)] contact exp(e_i) + s dr u_i d_j + l_bg,   d = F / (F + F0)
    dr' = k (mean tempo / 0.25) dr (1 - dr);   strike factor 1 + a (3/2) (share on the front - 1/3)
    z_i is the power of i over that of j times j's defence; w = 1 square law, 1/2 linear, 0 logarithmic; e_i is the log
    of the slow intensity. With one attacker and l_bg = dr = 0: L_1/L_2 = (F_1/F_2) z^(-2w) and, with a and b the loss
    rates at equal numbers, b (x0^2w - x^2w) = a (y0^2w - y^2w).
Units:
    rates per head and week; F thousand persons.
Source:
    Weiss and Helmbold's generalisation of Lanchester [Helmbold1965]; flat fits between laws for two Second World War
    battles [Bracken1995] [LucasTurkes2004]. Terms for presence and saturation are this project's.
Holds when / fails when:
    Whole campaigns are poorly fitted by any attrition law; w is deeply uncertain and claims must be shown over it.
Status:
    contested.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.attrition.base import AttritionLaw
from westphalia.laws.numerics import namespace, other


@final
@record
class Helmbold(AttritionLaw):
    """Helmbold-type attrition."""

    key: ClassVar[str] = "helmbold"

    exponent: Each = parameter("attrition exponent", "1", 0.25, 1.0, source="LucasTurkes2004")
    intensity: Each = parameter("loss per head at parity and full tempo", "1/week", 0.006, 0.06, scale="log")
    background: Each = parameter("loss per head on a static front", "1/week", 0.0005, 0.005, scale="log")
    presence: Each = parameter("force at which half of contact is made", "thousand persons", 6.0, 6.0)
    saturation_loss: Each = parameter("attacker's extra loss at full saturation", "1/week", 0.003, 0.03, scale="log")
    saturation_growth: Each = parameter("growth of saturation at quarter tempo", "1/week", 0.03, 0.07)
    strike_effect: Each = parameter("rise of losses if all strikes go to the front, over an even split", "1", 0.1, 0.5)
    killed_share: Each = parameter("killed share of casualties", "1", 0.15, 0.35, source="DupuyInstitute2023")

    def loss_rates(
        self,
        log_advantage: PerSideFront,
        tempo: PerSideFront,
        force: PerSideFront,
        contact: PerSideFront,
        saturation: Each,
        intensity: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront]:
        """See ``AttritionLaw``."""
        xp = namespace(force)
        ratio = xp.exp(self.exponent * log_advantage)
        present = force / (force + self.presence)
        attacking = tempo * other(present)
        scale = self.intensity * contact * intensity
        own_attacks = scale * attacking / ratio + self.saturation_loss * saturation * attacking
        return own_attacks, scale * other(tempo) * present * other(ratio) + self.background

    def next_saturation(self, saturation: Each, mean_tempo: Each) -> Each:
        """See ``AttritionLaw``; logistic growth driven by fighting, so it stands still under a truce."""
        return saturation + self.saturation_growth * (mean_tempo / 0.25) * saturation * (1.0 - saturation)

    def strike_factor(self, enemy_strikes: PerSide) -> PerSide:
        """See ``AttritionLaw``; 1 at an even split over front, supply and economy."""
        return 1.0 + self.strike_effect * 1.5 * (enemy_strikes - 1.0 / 3.0)

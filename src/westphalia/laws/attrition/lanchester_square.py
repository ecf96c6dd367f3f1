"""Lanchester's square law: aimed fire: every shooter has a target in sight.

Equation:
    l_i = k_j (F_j / F_i) min(1, u_i + u_j) contact intensity;   while it lasts k_1 (x0^2 - x^2) = k_2 (y0^2 - y^2).
Units:
    k 1/week; F thousand persons.
Source:
    [Lanchester1916]; the landing on Iwo Jima [Engel1954], whose rates of 0.0106 and 0.0544 a day are 0.07 and 0.38 a
    week.
Holds when / fails when:
    A homogeneous battle of constant intensity; no defence, supply or morale enters.
Status:
    checked against the state equation and Engel's figures.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.attrition.base import AttritionLaw
from westphalia.laws.numerics import namespace, other


@final
@record
class LanchesterSquare(AttritionLaw):
    """Lanchester's square law."""

    key: ClassVar[str] = "lanchester-square"

    kill_rate: PerSide = parameter(
        "losses that a head of this side inflicts", "1/week", 0.001, 0.5, axis="side", scale="log", source="Engel1954"
    )
    killed_share: Each = parameter("killed share of casualties", "1", 0.18, 0.30, source="DupuyInstitute2023")

    def loss_rates(
        self,
        log_advantage: PerSideFront,
        tempo: PerSideFront,
        force: PerSideFront,
        contact: PerSideFront,
        saturation: Each,
        intensity: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront]:
        """See ``AttritionLaw``; advantage and saturation have no part in this law, causes go by tempo."""
        xp = namespace(force)
        share = tempo / xp.maximum(tempo + other(tempo), 1.0)
        rate = contact * intensity * other(self.kill_rate)[:, None] * other(force) / xp.maximum(force, 1e-6)
        return share * rate, other(share) * rate

    def next_saturation(self, saturation: Each, mean_tempo: Each) -> Each:
        """See ``AttritionLaw``; the law knows no saturation, so it stays."""
        return saturation

    def strike_factor(self, enemy_strikes: PerSide) -> PerSide:
        """See ``AttritionLaw``; the law knows no strikes."""
        return 1.0 + 0.0 * enemy_strikes

"""Lanchester's linear law: area fire: losses grow with the number of targets too.

Equation:
    l_i = k_j F_j min(1, u_i + u_j) contact intensity;   while it lasts k_1 (x0 - x) = k_2 (y0 - y).
Units:
    k 1/(week thousand persons); F thousand persons.
Source:
    [Lanchester1916].
Holds when / fails when:
    A homogeneous battle of constant intensity; no defence, supply or morale enters.
Status:
    checked against the state equation.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.attrition.base import AttritionLaw
from westphalia.laws.numerics import namespace, other


@final
@record
class LanchesterLinear(AttritionLaw):
    """Lanchester's linear law."""

    key: ClassVar[str] = "lanchester-linear"

    kill_rate: PerSide = parameter(
        "losses that a head of this side inflicts on each thousand of the other",
        "1/(week thousand persons)",
        0.00001,
        0.01,
        axis="side",
        scale="log",
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
        rate = contact * intensity * other(self.kill_rate)[:, None] * other(force)
        return share * rate, other(share) * rate

    def next_saturation(self, saturation: Each, mean_tempo: Each) -> Each:
        """See ``AttritionLaw``; the law knows no saturation, so it stays."""
        return saturation

    def strike_factor(self, enemy_strikes: PerSide) -> PerSide:
        """See ``AttritionLaw``; the law knows no strikes."""
        return 1.0 + 0.0 * enemy_strikes

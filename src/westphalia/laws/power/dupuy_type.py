"""Multiplicative effectiveness with a steep force-to-space effect on the worth of defence.

Equation:
    e = Q S^sigma ((G/F)/G0)^gamma C^chi,
    D = 1 + river + (m_T + m_F belt + m_D n + m_s dr) f(rho),   f(rho) = rho^2 / (rho^2 + rho0^2)
    within Q >= 0.05, S and C >= 0.01, 0.02 <= (G/F)/G0 <= 4
Units:
    F thousand persons, G thousand vehicles, rho thousand persons per km, the rest without unit.
Source:
    Posture values in the manner of Dupuy's QJM [Dupuy1985]; least troops to space after [LiddellHart1960]. The steep
    form of f is this project's.
Holds when / fails when:
    Quality enters as a factor only; force employment as Biddle describes it [Biddle2004] does not reduce to a number.
Status:
    contested.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerFront, PerSide, PerSideFront, parameter, record
from westphalia.laws.numerics import namespace
from westphalia.laws.power.base import PowerLaw


@final
@record
class DupuyType(PowerLaw):
    """Power after Dupuy, with a saturating effect of density."""

    key: ClassVar[str] = "dupuy-type"

    supply_exponent: Each = parameter("exponent of supply", "1", 0.3, 1.0)
    armour_exponent: Each = parameter("exponent of heavy materiel per head", "1", 0.1, 0.5)
    cohesion_exponent: Each = parameter("exponent of cohesion", "1", 0.5, 1.0)
    armour_reference: Each = parameter("heavy materiel per head at the reference", "vehicles/person", 0.022, 0.022)
    density_scale: Each = parameter(
        "density at which half the worth of defence is there", "thousand persons/km", 0.08, 0.25, scale="log"
    )
    dig_in_bonus: Each = parameter("worth of full field works", "1", 0.5, 1.8, source="Dupuy1985")
    belt_scale: Each = parameter("scale of the worth of built belts", "1", 0.6, 1.3)
    saturation_bonus: Each = parameter("worth of saturation with precision fires to the defence", "1", 0.0, 0.8)

    def log_effectiveness(
        self, quality: PerSide, supply: PerSideFront, armour_per_head: PerSide, cohesion: PerSideFront
    ) -> PerSideFront:
        """See ``PowerLaw``; every factor is bounded away from zero so that the logarithm stays finite."""
        xp = namespace(supply)
        armour = xp.clip(armour_per_head / self.armour_reference, 0.02, 4.0)
        whole_side = xp.log(xp.maximum(quality, 0.05)) + self.armour_exponent * xp.log(armour)
        return (
            whole_side[:, None]
            + self.supply_exponent * xp.log(xp.maximum(supply, 0.01))
            + self.cohesion_exponent * xp.log(xp.maximum(cohesion, 0.01))
        )

    def defence(
        self,
        terrain: PerFront,
        belt: PerSideFront,
        river: PerSideFront,
        dig_in: PerSideFront,
        saturation: Each,
        density: PerSideFront,
    ) -> PerSideFront:
        """See ``PowerLaw``."""
        squared = density * density
        held = squared / (squared + self.density_scale * self.density_scale)
        works = terrain + self.belt_scale * belt + self.dig_in_bonus * dig_in + self.saturation_bonus * saturation
        return 1.0 + river + works * held

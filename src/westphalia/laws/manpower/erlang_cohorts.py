"""Cohorts feed a two-stage training, losses feed a two-stage hospital, and tired or broken units lose people.

Equation:
    intake = claimed fin (1 + k_m max(0, -E)) [1 - (1 - pool/pool0)^eta] + wave size pool / t_wave, at most pool/5
    wave' = (gate((trigger - F/F*)/s) - wave)/t_wave
    T1' = intake - 2 T1/t_tr,  T2' = 2 (T1 - T2)/t_tr,  output = 2 T2/t_tr   (the same for wounded with t_w)
    desertion = d0 + d1 (1-C)^2 + d2 max(0, tour - 26)/26
    Q' = q_e u (Qmax - Q) - recruits/F (Q - Q_rec) - q_l loss/F (Q - Q_rec);   Q_rec = Q_r (1 - exp(-t_tr/t_q))
    emigration = e_0 (1 - s) pool
Units:
    thousand persons, weeks; quality without unit.
Source:
    Erlang stages [CoxMiller1965], Little's law [Little1961]; return of wounded [DupuyInstitute2023], where 75 of 100
    casualties of all causes come back, the sick among them; the rest is this project's.
Holds when / fails when:
    Intake is a net flow to the theatre; expiry of contracts is not followed one by one. A weekly step keeps the mean of
    the stages exact while no stage lasts less than a week; it makes their spread a little smaller.
Status:
    checked for stages and balance, plausible for desertion.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, PerSideStage, parameter, record
from westphalia.laws.manpower.base import ManpowerLaw
from westphalia.laws.numerics import gate, namespace


@final
@record
class ErlangCohorts(ManpowerLaw):
    """Manpower through Erlang stages."""

    key: ClassVar[str] = "erlang-cohorts"

    arriving_share: PerSide = parameter("share of claimed intake that reaches the theatre", "1", 0.4, 0.95, axis="side")
    ground_response: Each = parameter("rise of intake while ground is lost", "1", 0.5, 2.5)
    exhaustion: Each = parameter("exponent of exhaustion of the pool", "1", 1.5, 4.0)
    wave_time: Each = parameter("length of a wave of mobilisation", "week", 8.0, 16.0)
    wave_width: Each = parameter("width of the trigger of a wave", "1", 0.05, 0.1)
    training_time: PerSide = parameter("training time", "week", 3.0, 20.0, axis="side", scale="log")
    healing_time: Each = parameter("time wounded", "week", 3.0, 20.0, scale="log")
    returning_share: Each = parameter("wounded who return", "1", 0.4, 0.8, source="DupuyInstitute2023")
    desertion_base: Each = parameter("desertion at full cohesion", "1/week", 0.0003, 0.003, scale="log")
    desertion_cohesion: Each = parameter("desertion by lost cohesion", "1/week", 0.01, 0.2, scale="log")
    desertion_tour: Each = parameter(
        "desertion per half year of tour beyond half a year", "1/week", 0.00005, 0.005, scale="log"
    )
    amnesty: Each = parameter("deserters who return", "1", 0.0, 0.4)
    experience: Each = parameter("experience gained at full tempo", "1/week", 0.01, 0.01)
    quality_ceiling: Each = parameter("quality that experience tends to", "1", 1.1, 1.1)
    recruit_quality: PerSide = parameter("quality of fully trained recruits", "1", 0.7, 0.95, axis="side")
    loss_dilution: Each = parameter("weight of losses, next to recruits, in lost experience", "1", 0.5, 0.5)
    learning_time: Each = parameter("training after which recruits are at 63 % of their quality", "week", 1.0, 3.0)
    emigration: Each = parameter("pool that leaves the country without any support", "1/week", 0.0, 0.0005)

    def intake(
        self,
        claimed: PerSide,
        expectation: PerSide,
        wave: PerSide,
        wave_size: PerSide,
        pool: PerSide,
        pool_at_start: PerSide,
    ) -> PerSide:
        """See ``ManpowerLaw``."""
        xp = namespace(pool)
        gone = xp.clip(1.0 - pool / xp.maximum(pool_at_start, 1e-6), 1e-6, 1.0)
        willing = 1.0 - xp.exp(self.exhaustion * xp.log(gone))
        pressed = 1.0 + self.ground_response * xp.maximum(-expectation, 0.0)
        called = claimed * self.arriving_share * pressed * willing + wave * wave_size * pool / self.wave_time
        return xp.minimum(called, 0.2 * pool)

    def next_wave(self, wave: PerSide, strength: PerSide, wanted: PerSide, trigger: PerSide) -> PerSide:
        """See ``ManpowerLaw``."""
        xp = namespace(wave)
        called = gate((trigger - strength / xp.maximum(wanted, 1e-6)) / self.wave_width)
        return wave + (called - wave) / self.wave_time

    def train(self, training: PerSideStage, intake: PerSide) -> tuple[PerSideStage, PerSide]:
        """See ``ManpowerLaw``."""
        return _two_stages(training, intake, self.training_time)

    def heal(self, wounded: PerSideStage, newly_wounded: PerSide) -> tuple[PerSideStage, PerSide]:
        """See ``ManpowerLaw``."""
        return _two_stages(wounded, newly_wounded, self.healing_time)

    def desertion_rate(self, cohesion: PerSideFront, tour: PerSide) -> PerSideFront:
        """See ``ManpowerLaw``."""
        xp = namespace(cohesion)
        lost = 1.0 - cohesion
        tired = self.desertion_tour * xp.maximum(tour - 26.0, 0.0) / 26.0
        return self.desertion_base + self.desertion_cohesion * lost * lost + tired[:, None]

    def next_quality(self, quality: PerSide, tempo: PerSide, intake_share: PerSide, loss_share: PerSide) -> PerSide:
        """See ``ManpowerLaw``."""
        xp = namespace(quality)
        recruit = self.recruit_quality * -xp.expm1(-self.training_time / self.learning_time)
        gained = self.experience * tempo * (self.quality_ceiling - quality)
        return quality + gained - (intake_share + self.loss_dilution * loss_share) * (quality - recruit)

    def emigration_rate(self, support: PerSide) -> PerSide:
        """See ``ManpowerLaw``."""
        return self.emigration * (1.0 - support)


def _two_stages(stages: PerSideStage, inflow: PerSide, mean_time: Each | PerSide) -> tuple[PerSideStage, PerSide]:
    xp = namespace(stages)
    first, second = stages[:, 0], stages[:, 1]
    share = xp.minimum(2.0 / mean_time, 1.0)
    passed, out = share * first, share * second
    return xp.stack([first + inflow - passed, second + passed - out], axis=1), out

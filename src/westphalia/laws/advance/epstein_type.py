"""Both sides adapt: attackers ease when losses exceed a tolerance, defenders leave ground when a line costs too much.

Equation:
    v = vmax (1 - exp(-v0 u sp(ln z - r) / vmax)),  sp(y) = s ln(1 + e^(y/s))
    u <- u + kU [u_wanted sigma((thA - l)/s_u) gate((S - S_floor)/s_S) - u]
    W <- min(room, W + kW [Wmax max(causes) gate(2 room/s_x - 1) - W])
    causes: gates of l/threshold, S below starved, enemy ln z above untenable, planned over present force below
    abandoned, each times gate(2 u_enemy/u_active - 1); gate is 0 below -1, 1 above 1, a smoothstep between
    dn/dt = (1-n)/t_dig - (n-b) r/v_dig - n a/v_dig;   db/dt = (1-b)/t_prep - b |v|/d_prep   (solved exactly)
Units:
    v, W, r, a km a week; l per head and week; n, b, u without unit.
Source:
    In the manner of Epstein's adaptive model [Epstein1990], from memory: a smooth version, not a quotation. Defence in
    depth and compact gates are this project's.
Holds when / fails when:
    Lines are pistons: no envelopment, which overextension and pockets stand in for.
Status:
    plausible.
"""

from __future__ import annotations

from typing import ClassVar, final

from westphalia.kinds import Each, PerSide, PerSideFront, parameter, record
from westphalia.laws.advance.base import AdvanceLaw
from westphalia.laws.numerics import gate, logistic, namespace, softplus


@final
@record
class EpsteinType(AdvanceLaw):
    """Epstein-type adaptive advance and withdrawal."""

    key: ClassVar[str] = "epstein-type"

    push: Each = parameter("speed gained per unit of log advantage", "km/week", 40.0, 160.0, scale="log")
    ceiling: Each = parameter("speed ceiling", "km/week", 30.0, 250.0, scale="log")
    bend: Each = parameter("log power ratio at which the line bends", "1", 0.0, 0.7)
    softness: Each = parameter("width of the bend; sets slow advance below it", "1", 0.16, 0.32)
    tempo_relaxation: Each = parameter("share of the gap to wanted tempo closed a week", "1/week", 0.2, 0.6)
    tolerance_width: Each = parameter("softness of the tolerance of losses", "1/week", 0.003, 0.006)
    supply_width: Each = parameter("width of the supply floor", "1", 0.1, 0.1)
    withdrawal_speed: Each = parameter("speed of withdrawal", "km/week", 10.0, 100.0, scale="log")
    withdrawal_relaxation: Each = parameter("share of the gap to wanted withdrawal closed a week", "1/week", 0.6, 0.6)
    cause_width: Each = parameter("relative width of the causes' gates", "1", 0.2, 0.45)
    untenable: Each = parameter("opponent's log advantage at which a line is judged untenable", "1", 0.4, 1.2)
    starved: PerSide = parameter("supply below which a side leaves ground", "1", 0.2, 0.65, axis="side")
    abandoned: Each = parameter("planned over present force below which a front is given up", "1", 0.4, 0.4)
    active_tempo: Each = parameter("opponent's tempo at which he counts as active", "1", 0.06, 0.12)
    stop_width: Each = parameter("distance over which withdrawal ends at a stop line", "km", 2.0, 6.0)
    dig_time: Each = parameter("digging time", "week", 4.0, 12.0, scale="log")
    dig_speed: Each = parameter("speed that undoes field works", "km/week", 2.0, 6.0, scale="log")
    prepare_time: Each = parameter("time to prepare the ground behind the line", "week", 6.0, 16.0)
    prepare_distance: Each = parameter("movement that outruns prepared ground", "km", 24.0, 24.0)

    def push_speed(self, log_advantage: PerSideFront, tempo: PerSideFront) -> PerSideFront:
        """See ``AdvanceLaw``."""
        xp = namespace(tempo)
        drive = self.push * tempo * softplus(log_advantage - self.bend, self.softness)
        return self.ceiling * -xp.expm1(-drive / self.ceiling)

    def next_tempo(
        self,
        tempo: PerSideFront,
        wanted: PerSideFront,
        loss_rate: PerSideFront,
        tolerance: PerSide,
        supply: PerSideFront,
        supply_floor: PerSide,
    ) -> PerSideFront:
        """See ``AdvanceLaw``; half of what is wanted where losses equal the tolerance."""
        eased = logistic((tolerance[:, None] - loss_rate) / self.tolerance_width)
        fed = gate((supply - supply_floor[:, None]) / self.supply_width)
        return tempo + self.tempo_relaxation * (wanted * eased * fed - tempo)

    def withdrawal_causes(
        self,
        loss_rate: PerSideFront,
        threshold: PerSide,
        supply: PerSideFront,
        enemy_log_advantage: PerSideFront,
        plan_ratio: PerSideFront,
        enemy_tempo: PerSideFront,
    ) -> tuple[PerSideFront, PerSideFront, PerSideFront, PerSideFront]:
        """See ``AdvanceLaw``; nobody leaves a line that nobody attacks."""
        active = gate(2.0 * enemy_tempo / self.active_tempo - 1.0)
        worn = gate((loss_rate / threshold[:, None] - 1.0) / self.cause_width)
        starving = gate((1.0 - supply / self.starved[:, None]) / self.cause_width)
        untenable = gate((enemy_log_advantage / self.untenable - 1.0) / self.cause_width)
        given_up = gate((1.0 - plan_ratio / self.abandoned) / self.cause_width)
        return worn * active, starving * active, untenable * active, given_up * active

    def next_withdrawal(self, withdrawal: PerSideFront, cause: PerSideFront, room: PerSideFront) -> PerSideFront:
        """See ``AdvanceLaw``; a week of it never goes beyond the stop line."""
        xp = namespace(withdrawal)
        wanted = self.withdrawal_speed * cause * gate(2.0 * room / self.stop_width - 1.0)
        relaxed = withdrawal + self.withdrawal_relaxation * (wanted - withdrawal)
        return xp.minimum(relaxed, xp.maximum(room, 0.0))

    def next_dig_in(
        self, dig_in: PerSideFront, prepared: PerSideFront, retreat: PerSideFront, advance: PerSideFront, dt: float
    ) -> PerSideFront:
        """See ``AdvanceLaw``; exact for constant speeds, so it is stable at any."""
        xp = namespace(dig_in)
        gain = 1.0 / self.dig_time + prepared * retreat / self.dig_speed
        rate = 1.0 / self.dig_time + (retreat + advance) / self.dig_speed
        settled = gain / rate
        return settled + (dig_in - settled) * xp.exp(-rate * dt)

    def next_prepared(self, prepared: PerSideFront, speed: PerSideFront) -> PerSideFront:
        """See ``AdvanceLaw``; exact for a constant speed."""
        xp = namespace(prepared)
        rate = 1.0 / self.prepare_time + xp.abs(speed) / self.prepare_distance
        settled = 1.0 / (self.prepare_time * rate)
        return settled + (prepared - settled) * xp.exp(-rate)

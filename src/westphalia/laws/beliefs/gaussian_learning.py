"""Each side learns the drift of the war from fighting and reads its prospects off a diffusion between two barriers.

Equation:
    y = drift + n/sqrt(u + e0) s_y,  n standard normal
    v_pred = v + q;   gain = v_pred (u + e0)/(s_y^2 + v_pred (u + e0));   v' = (1 - gain) v_pred
    m' = m + gain (y - m) + bias
    after a change of leadership m' = m - (1 - kept) (m_i + m_j)/2, so a gap g = m_i + m_j shrinks to kept g where both
    change, and to (1 + kept)/2 g where one does
    doubt about a side's tolerance of costs, a share of its first variance: d' = d/(1 + d (u + e0)/n), so 1/d = 1 + sum
    of (u + e0)/n since its leadership came in; a new leadership is unknown, d' = 1
    L = B + 0.5826 s (barriers for a walk by weeks), k = 2 drift/s^2, x the index, own direction
    P(win) = (1 - exp(-k (L + x)))/(1 - exp(-2 k L)), for k -> 0 (L + x)/(2 L)
    E[T] = (2 L P - (L + x))/drift, for k -> 0 (L + x)(L - x)/s^2
    prospects: both averaged over N(m, v) by five-point Gauss-Hermite
    s_y, sqrt(q) and the bias are declared in P(win) at an even index and enter the drift by the factor 2 s^2/L, the
    inverse of the slope of P(win) at zero drift
Units:
    index without unit, a logarithm of a ratio of times to exhaustion; drift per week; weeks.
Source:
    Fighting reveals information [Slantchev2003]; new private information keeps arising [Shirkey2016]; hitting chance
    and time of a diffusion [CoxMiller1965]; the barrier correction for discrete steps [BroadieGlassermanKou1997].
    The ranges are this project's, derived so. A side is beaten when its time to exhaustion is a fourth to a ninth of
    the other's: B = ln 4 to ln 9 = 1.4 to 2.2. Without drift, from an even index, E[T] = L^2/s^2, which runs from 48 to
    510 weeks for s = 0.22 at the near to 0.1 at the far barrier: wars of 1 to 10 years. A prior spread of P(win) of
    0.1 to 0.3, middle 0.2, shrinks to r in 26 weeks of full fighting if s_y^2 = 26 x 0.2^2/(1/r - 1): r = 0.2 to 0.4
    gives s_y = 0.51 to 0.83. The spread g that stays is the root of g^4 + q g^2 = q s_y^2: q up to 2e-4 gives g up to
    0.1. A bias settles at bias/gain, that is about 0.06 of P(win) for 0.001 a week at a spread of 0.09.
Holds when / fails when:
    s_y implies a signal some ten times finer than the index's own step (at mid-range 0.015 against 0.148 a week): more
    than the path of the index shows. From the path alone a spread of 0.2 in P(win) hardly shrinks within the expected
    war, since variance x L^2/s^4 = 4 x 0.2^2 = 0.16. Convergence of beliefs is contested [LangloisLanglois2012]: q and
    the bias switch it off.
Status:
    contested; the forms are checked against closed forms and simulated walks.
"""

from __future__ import annotations

import functools
from typing import Any, ClassVar, final

from westphalia.kinds import Each, PerSide, parameter, record
from westphalia.laws.beliefs.base import BeliefLaw
from westphalia.laws.numerics import namespace, other

OVERSHOOT = 0.5826
"""By how many weekly spreads a walk by weeks meets a barrier later than a diffusion."""

NODES = (-2.8569700138728056, -1.355626179974266, 0.0, 1.355626179974266, 2.8569700138728056)
WEIGHTS = (0.011257411327720688, 0.22207592200561263, 0.5333333333333333, 0.22207592200561263, 0.011257411327720688)
"""Five-point Gauss-Hermite for a standard normal."""

STEEPEST = 1e4
"""Bound on drift x barrier in units of the spread, far beyond certainty, so that nothing overflows."""

NEWTON_STEPS = 8


@final
@record
class GaussianLearning(BeliefLaw):
    """Bayesian learning of a drift, with forgetting and bias."""

    key: ClassVar[str] = "gaussian-learning"

    spread: Each = parameter("spread of the war index in a week", "1/sqrt(week)", 0.1, 0.22, scale="log")
    barrier: Each = parameter("distance of victory and defeat from an even index", "1", 1.4, 2.2)
    signal_spread: Each = parameter("spread of a week's signal at full fighting, in P(win)", "1", 0.5, 0.85)
    forgetting: Each = parameter("variance that a week adds to a belief, in P(win)", "1/week", 0.0, 0.0002)
    motivated: PerSide = parameter("drift of belief toward the wished for", "P(win)/week", -0.001, 0.001, axis="side")
    idle_information: Each = parameter("information of a week of peace, in weeks of full fighting", "1", 0.0, 0.05)
    kept: Each = parameter(
        "share of a leadership's departure from the common view that a successor keeps", "1", 0.3, 1.0
    )
    revealing: Each = parameter(
        "full fighting that halves the variance of doubt about a side's tolerance", "week", 26.0, 260.0, scale="log"
    )

    def observe(self, drift: PerSide, intensity: Each, draw: PerSide) -> PerSide:
        """See ``BeliefLaw``; without fighting and idle information the signal is all but noise."""
        information = namespace(drift).maximum(intensity + self.idle_information, 1e-6)
        return drift + draw * self.signal_spread * self._drift_per_chance() / namespace(drift).sqrt(information)

    def next_belief(
        self, mean: PerSide, variance: PerSide, signal: PerSide, intensity: Each
    ) -> tuple[PerSide, PerSide]:
        """See ``BeliefLaw``."""
        unit = self._drift_per_chance()
        noise = self.signal_spread * unit
        predicted = variance + self.forgetting * unit * unit
        seen = predicted * (intensity + self.idle_information) / (noise * noise)
        gain = seen / (1.0 + seen)
        return mean + gain * (signal - mean) + self.motivated * unit, predicted / (1.0 + seen)

    def succeeded(self, mean: PerSide, changed: PerSide) -> PerSide:
        """See ``BeliefLaw``."""
        return mean - changed * (1.0 - self.kept) * 0.5 * (mean + other(mean))

    def next_doubt(self, doubt: PerSide, intensity: Each, changed: PerSide) -> PerSide:
        """See ``BeliefLaw``."""
        left = doubt / (1.0 + doubt * (intensity + self.idle_information) / self.revealing)
        return left + changed * (1.0 - left)

    def win_chance(self, index: PerSide, drift: PerSide) -> PerSide:
        """See ``BeliefLaw``."""
        return self._outlook(index, drift)[0]

    def time_left(self, index: PerSide, drift: PerSide) -> PerSide:
        """See ``BeliefLaw``."""
        return self._outlook(index, drift)[1]

    def prospects(self, index: PerSide, mean: PerSide, variance: PerSide) -> tuple[PerSide, PerSide]:
        """See ``BeliefLaw``."""
        xp = namespace(mean)
        deviation = xp.sqrt(xp.maximum(variance, 1e-16))
        outlooks = [self._outlook(index, mean + node * deviation) for node in NODES]
        chance = sum(weight * chance for weight, (chance, _) in zip(WEIGHTS, outlooks, strict=True))
        weeks = sum(weight * weeks for weight, (_, weeks) in zip(WEIGHTS, outlooks, strict=True))
        return chance, weeks

    def drift_for(self, index: PerSide, chance: PerSide) -> PerSide:
        """See ``BeliefLaw``; Newton on the log odds, which are convex or concave in the drift, so it cannot miss."""
        xp = namespace(index)
        middle = self._middle()
        placed = xp.clip(index, -0.95 * middle, 0.95 * middle)
        behind, ahead = middle + placed, middle - placed
        bounded = xp.clip(chance, 0.001, 0.999)
        wanted = xp.log(bounded / (1.0 - bounded))
        start = (wanted - xp.log(behind / ahead)) / middle
        newton = functools.partial(_newton, behind, ahead, wanted)
        steepness = functools.reduce(newton, range(NEWTON_STEPS), start)
        return 0.5 * self.spread * self.spread * steepness

    def _middle(self) -> Each:
        """Distance of each barrier from an even index, as a walk by weeks meets it."""
        return self.barrier + OVERSHOOT * self.spread

    def _drift_per_chance(self) -> Each:
        """The drift that moves P(win) by one at the slope it has at an even index and no drift."""
        return 2.0 * self.spread * self.spread / self._middle()

    def _outlook(self, index: PerSide, drift: PerSide) -> tuple[PerSide, PerSide]:
        """Chance of winning and weeks left."""
        xp = namespace(drift)
        middle, square = self._middle(), self.spread * self.spread
        behind = xp.clip(middle + index, 0.0, 2.0 * middle)
        ahead = 2.0 * middle - behind
        k = xp.clip(2.0 * drift / square, -STEEPEST / middle, STEEPEST / middle)
        falling = xp.exp(-ahead * xp.maximum(-k, 0.0))
        share = _mean_decay(xp.abs(k) * behind) / _mean_decay(xp.abs(k) * 2.0 * middle)
        chance = xp.minimum(falling * share * behind / (2.0 * middle), 1.0)
        is_flat = xp.abs(k) * middle < 0.025
        slope = xp.where(is_flat, 1.0, k)
        steep = 2.0 * (2.0 * middle * chance - behind) / slope
        flat = behind * ahead * (1.0 + k * (ahead - behind) / 6.0 - k * k * behind * ahead / 12.0)
        return chance, xp.where(is_flat, flat, xp.maximum(steep, 0.0)) / square


def _mean_decay(z: Any) -> Any:  # noqa: ANN401
    """``(1 - exp(-z))/z`` for ``z >= 0``, 1 at 0."""
    xp = namespace(z)
    is_small = z < 1e-3
    return xp.where(is_small, 1.0 - z / 2.0 + z * z / 6.0, -xp.expm1(-z) / xp.where(is_small, 1.0, z))


def _newton(behind: PerSide, ahead: PerSide, wanted: PerSide, k: PerSide, _: int) -> PerSide:
    """One step toward the ``k`` at which the log odds of winning are the wanted ones."""
    xp = namespace(k)
    steep = xp.abs(k)
    back, front = _mean_decay(steep * behind), _mean_decay(steep * ahead)
    odds = xp.log(behind * back / (ahead * front)) + xp.maximum(k, 0.0) * behind + xp.minimum(k, 0.0) * ahead
    difference = 1.0 / back - steep * behind / 2.0 - 1.0 / front + steep * ahead / 2.0
    is_flat = steep * (behind + ahead) < 0.01
    flat = k * (behind - ahead) * (behind + ahead) / 12.0
    bend = xp.where(is_flat, flat, difference / xp.where(is_flat, 1.0, k))
    return k + (wanted - odds) / ((behind + ahead) / 2.0 + bend)

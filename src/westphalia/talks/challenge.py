"""Bueno de Mesquita's challenge model on one scale, as a baseline to be beaten and nothing more.

Equation:
    P_ij = support of those nearer to i / all support, support = size x salience;   d = |x_i - x_j| / range
    U_s = 2 - 4 [(1 - d) / 2]^r,  U_f = 2 - 4 [(1 + d) / 2]^r,  m = median of support
    status quo: 2 - 4 [(1 -+ (|x_i - m| + |x_i - x_j|) / (2 range)) / 2]^r as j's move toward the median helps i or not
    E_ij = s_j [P U_s + (1 - P) U_f] + (1 - s_j) U_s - status quo;   r from how safe i is among all challenges
Units:
    positions 0 to 100.
Source:
    Bueno de Mesquita (1985 and later), as spelled out by Scholz, Calbert and Smith (2011).
Holds when / fails when:
    No open replication reproduces the original, this one included, and the answer wanders with the stopping round.
Status:
    contested.
"""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from westphalia.talks.importers.deu import Decision

AGREED = 1e-9
"""Positions closer than this are one."""

Pairs = Float[np.ndarray, "actor actor"]
PerActor = Float[np.ndarray, " actor"]


def challenge(decision: Decision, *, rounds: int) -> float:
    """The median of support after some rounds in which the challenged give way."""
    salience = decision.salience / 100.0
    support = decision.size * salience
    position = decision.position.copy()
    for _ in range(rounds):
        if np.ptp(position) < AGREED:
            break
        neutral = _expected(position, salience, support, np.ones_like(position))
        position = _moved(position, _expected(position, salience, support, _risk(neutral)))
    return _median(position, support)


def _expected(position: PerActor, salience: PerActor, support: PerActor, risk: PerActor) -> Pairs:
    """What i expects of challenging j, row i and column j."""
    span, middle, r = np.ptp(position), _median(position, support), risk[:, None]
    apart = np.abs(position[:, None] - position) / span
    nearer = np.abs(position[:, None, None] - position) < np.abs(position[None, :, None] - position)
    wins = (nearer @ support) / support.sum()
    success, failure = 2.0 - 4.0 * (0.5 * (1.0 - apart)) ** r, 2.0 - 4.0 * (0.5 * (1.0 + apart)) ** r
    reach = 0.25 * (np.abs(position - middle)[:, None] / span + apart)
    is_good = np.abs(position[:, None] - middle) > np.abs(position[:, None] - position)
    stays = 2.0 - 4.0 * np.where(is_good, 0.5 - reach, 0.5 + reach).clip(0.0) ** r
    contested = wins * success + (1.0 - wins) * failure
    return salience * contested + (1.0 - salience) * success - stays


def _risk(expected: Pairs) -> PerActor:
    """Between 1/2 for those least exposed to challenges and 2 for the most exposed."""
    threat = (expected * ~np.eye(len(expected), dtype=bool)).sum(axis=0)
    span = np.ptp(threat)
    safety = (2.0 * threat - threat.max() - threat.min()) / span if span else np.zeros(len(threat))
    return (1.0 - safety / 3.0) / (1.0 + safety / 3.0)


def _moved(position: PerActor, expected: Pairs) -> PerActor:
    """Each takes, of the challenges that it cannot stand up to, the one that moves it least.

    If both expect to gain, the one who expects less gives in. If only the challenger does, the other meets it by the
    ratio of what they expect, or gives in where it has more to lose than the challenger to win.
    """
    after = position.copy()
    for j, here in enumerate(position):
        gain, own = expected[:, j], expected[j]
        offers = (gain > 0.0) & (gain > own) & (position != here)
        if offers.any():
            gain, own, away = gain[offers], own[offers], position[offers] - here
            moves = np.where((own < 0.0) & (gain > -own), away * -own / gain, away)
            after[j] = here + moves[np.abs(moves).argmin()]
    return after


def _median(position: PerActor, support: PerActor) -> float:
    order = np.argsort(position, kind="stable")
    below = np.cumsum(support[order])
    return float(position[order][np.searchsorted(below, 0.5 * below[-1])])

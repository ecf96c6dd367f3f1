"""Which of many points no other point dominates, ties kept: the kernel of the exact frontier.

Equation:
    y dominates x if y_i >= x_i for all parties i and y_j > x_j for one, where utilities closer than the tolerance are
    equal; sorted values with no larger gap between neighbours count as one value
Units:
    utilities; tolerance in the same unit, party by party.
Source:
    Two parties: one sweep in the order of the first, as in Kung, Luccio and Preparata (1975). More: points in the order
    of their rank sums, each party's ranks against a block of good points as bits of machine words, so that one AND
    tests 64 pairs. Both are exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Integer

from westphalia.talks.game import PerParty, PerPartyText

PIVOTS = 64
"""At most so many points of the best welfare throw out what they dominate before anything is sorted."""

PER_PIVOT = 64
"""A further one of them for each so many points; it costs more than it saves among fewer."""

FEW = 512
"""Up to so many points, all pairs are looked at."""

AT_ONCE = 2**14
"""So many pairs of pivot and point at most are looked at before what is dominated is left out."""

SORTED_SOON = 8192
"""Up to so many points of two parties are sorted at once: that takes less time than throwing out first."""

BLOCK = 512
"""So many points are turned to bits at a time; their tables stay in the fastest cache."""

Indices = Integer[np.ndarray, " kept"]


class Undominated(NamedTuple):
    """What is left: which columns, and the number of the point that each stands for (ties share one)."""

    kept: Indices
    point: Indices


def undominated(utilities: PerPartyText, tolerance: PerParty) -> Undominated:
    """The columns that no other dominates; ties are all kept and share a point, numbered from 0.

    Args:
        utilities: Points to compare.
        tolerance: Differences up to this are ties.
    """
    if utilities.shape[1] <= (SORTED_SOON if len(utilities) < 3 else PER_PIVOT):
        return _exact(utilities, tolerance)
    left = _outlived(utilities, tolerance)
    kept, point = _exact(utilities[:, left], tolerance)
    return Undominated(left[kept], point)


def _exact(utilities: PerPartyText, tolerance: PerParty) -> Undominated:
    if len(utilities) == 1:
        kept = np.flatnonzero(utilities[0] >= utilities[0].max() - tolerance[0])
        return Undominated(kept, np.zeros_like(kept))
    if len(utilities) == 2:
        return _swept(utilities, tolerance)
    ranks = _ranks(utilities, tolerance)
    left = _by_pairs(ranks) if utilities.shape[1] <= FEW else _by_bits(ranks)
    return Undominated(left, _points(ranks[:, left]))


def _outlived(utilities: PerPartyText, tolerance: PerParty) -> Indices:
    """The columns that none of the points of best welfare dominates, float by float and beyond all tolerance."""
    span = np.ptp(utilities, axis=1)
    scale = 1.0 / np.where(span > 0.0, span, 1.0)
    welfare = scale @ utilities
    left = np.arange(utilities.shape[1])
    count = min(PIVOTS, len(left) // PER_PIVOT)
    best = np.argpartition(-welfare, count)[:count]
    pivots, enough = utilities[:, best, None], (welfare[best] - 2.0 * float(scale @ tolerance))[:, None]
    done = 0
    while done < count:
        now = slice(done, done + max(1, AT_ONCE // len(left)))
        below = welfare < enough[now]
        for levels, of_party in zip(pivots[:, now], utilities, strict=True):
            below &= of_party <= levels
        above = np.flatnonzero(~below.any(axis=0))
        if (len(left) - len(above)) * 16 > len(left):
            left, welfare, utilities = left[above], welfare[above], utilities[:, above]
        done = now.stop
    return left


def _swept(utilities: PerPartyText, tolerance: PerParty) -> Undominated:
    """Two parties: in falling order of the first, what stays must better the second beyond all before it."""
    order = np.argsort(-utilities[0])
    first, second = utilities[0, order], utilities[1, order]
    falls = first[:-1] - first[1:] > tolerance[0]
    if falls.all():
        best = np.maximum.accumulate(second)
        stays = np.concatenate([[True], second[1:] > best[:-1] + tolerance[1]])
        kept = order[stays]
        return Undominated(kept, np.arange(len(kept)))
    level = np.concatenate([[0], np.cumsum(falls)])
    top = np.maximum.reduceat(second, np.flatnonzero(np.concatenate([[True], falls])))
    stays = np.concatenate([[True], top[1:] > np.maximum.accumulate(top)[:-1] + tolerance[1]])
    is_kept = stays[level] & (second >= top[level] - tolerance[1])
    return Undominated(order[is_kept], (np.cumsum(stays) - 1)[level[is_kept]])


def _ranks(utilities: PerPartyText, tolerance: PerParty) -> Integer[np.ndarray, "party text"]:
    """Rank of each point for each party, 0 the best; values with no gap above the tolerance between them share one."""
    party = np.arange(len(utilities))[:, None]
    order = np.argsort(-utilities, axis=1)
    values = utilities[party, order]
    rank = np.zeros(values.shape, dtype=np.int32)
    np.cumsum(values[:, :-1] - values[:, 1:] > tolerance[:, None], axis=1, out=rank[:, 1:])
    ranks = np.empty_like(rank)
    ranks[party, order] = rank
    return ranks


def _by_pairs(ranks: Integer[np.ndarray, "party text"]) -> Indices:
    """Any number of parties, few points: of each pair, is one no worse for all and of a smaller rank sum."""
    total = ranks.sum(axis=0, dtype=np.int32)
    dominated = total[:, None] < total
    for of_party in ranks.astype(np.int16):
        dominated &= of_party[:, None] <= of_party
    return np.flatnonzero(~dominated.any(axis=0))


def _by_bits(ranks: Integer[np.ndarray, "party text"]) -> Indices:
    """Any number of parties: blocks in the order of rank sums throw out what they dominate among all that is left."""
    total = ranks.sum(axis=0)
    left = np.argsort(total, kind="stable")
    done = 0
    while done < len(left):
        block = left[done : done + BLOCK]
        rest = left[done:]
        alive = ~_is_dominated(ranks[:, rest], total[rest], len(block))
        left = np.concatenate([left[:done], rest[alive]])
        done += int(np.count_nonzero(alive[: len(block)]))
    return left


def _is_dominated(
    ranks: Integer[np.ndarray, "party text"], total: Integer[np.ndarray, " text"], members: int
) -> Bool[np.ndarray, " text"]:
    """Which points one of the first ``members`` dominates: no worse for any party, and of a smaller rank sum."""
    bits = _prefixes(np.arange(members))[np.searchsorted(total[:members], total)]
    for of_party in ranks:
        own = of_party[:members]
        no_worse = np.bincount(own, minlength=int(of_party.max()) + 1).cumsum()
        bits &= _prefixes(np.argsort(own))[no_worse[of_party]]
    return np.any(bits, axis=-1)


def _prefixes(order: Indices) -> Integer[np.ndarray, "prefix word"]:
    """Row k has the bits of the first k members of an order."""
    members = len(order)
    octets = np.zeros((members + 1, 8 * -(-members // 64)), dtype=np.uint8)
    octets[np.arange(1, members + 1), order >> 3] = np.left_shift(1, order & 7)
    table = octets.view(np.uint64)
    return np.bitwise_or.accumulate(table, axis=0, out=table)


def _points(ranks: Integer[np.ndarray, "party text"]) -> Indices:
    """Number undominated columns so that equal ones, and only those, share a number.

    Two of them that are equal for all parties but the last are equal for the last as well.
    """
    if np.bincount(ranks[0]).max() == 1:
        return np.arange(ranks.shape[1])
    order = np.lexsort(ranks[:-1])
    sorted_ranks = ranks[:-1, order]
    differs = (sorted_ranks[:, 1:] != sorted_ranks[:, :-1]).any(axis=0)
    point = np.empty(len(order), dtype=np.int64)
    point[order] = np.concatenate([[0], np.cumsum(differs)])
    return point

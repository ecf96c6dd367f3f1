"""How far the parties' accounts of one and the same exchange lie apart, on record.

A *pair* is two parties' first accounts of the same clause in the same event; options are ordered, and the *gap* is the
distance between the two over the length of the scale. What a party wants is no account, and a clause that was not
addressed is none.

Equation:
    share that differ, mean gap; their ranges from events drawn with replacement and each option drawn from low to high
    error of a hop e from D = 1 - [1/M + (1 - 1/M) lam^h], lam = 1 - e M/(M - 1), with D/(1 + k) for D where each pair
    on record stands for k more that agreed
Units:
    options counted from 1; shares, gaps and errors 0 to 1.
A telling is not a reading: accounts are told for a purpose, and disputes make news. Nothing here says which of two
accounts is right.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from westphalia.talks.importers.accounts import Account
from westphalia.talks.symmetric import error_per_hop

UNREPORTED = (0, 1, 3, 10)
"""Pairs that agreed and made no news, for each pair on record."""
SAMPLES = 4000
"""Samples of events behind a range."""
LEVEL = 0.9
"""Share of the samples that a range holds."""


@dataclass(frozen=True)
class Pair:
    """Two parties' accounts of the same clause in the same event."""

    first: Account
    second: Account

    @property
    def event(self) -> str:
        """The event."""
        return self.first.event

    @property
    def issue(self) -> str:
        """The issue of the clause."""
        return self.first.issue

    @property
    def parties(self) -> tuple[str, str]:
        """The two parties, in the order of their names."""
        one, two = sorted((self.first.party, self.second.party))
        return one, two

    @property
    def gap(self) -> float:
        """Distance of the two options over the length of the scale."""
        return abs(self.first.option - self.second.option) / (self.first.n_options - 1)


@dataclass(frozen=True)
class Gap:
    """How far a sample of pairs lies apart.

    Attributes:
        pairs: Number of pairs.
        events: Number of events that they come from.
        differ: Share of the pairs that differ.
        gap: Mean gap.
        differ_range: Range of the share; the drawing of options adds differences, so it leans upward.
        gap_range: Range of the mean gap.
        options: Mean number of options.
    """

    pairs: int
    events: int
    differ: float
    gap: float
    differ_range: tuple[float, float]
    gap_range: tuple[float, float]
    options: float


@dataclass(frozen=True)
class Direction:
    """Which way one party's tellings lie from another's, in the pairs of the two.

    Attributes:
        teller: The party whose tellings are counted.
        other: The party from whose tellings.
        toward_first: Pairs in which the teller's option lies nearer the first option.
        toward_last: Pairs in which it lies nearer the last one.
        same: Pairs in which both tell the same.
        own_end: Pairs in which it lies nearer the teller's own end; none for a party without an end of its own.
    """

    teller: str
    other: str
    toward_first: int
    toward_last: int
    same: int
    own_end: int | None


def pairs_of(accounts: Iterable[Account]) -> tuple[Pair, ...]:
    """Every pair of two parties' first accounts of the same clause in the same event."""
    told: dict[tuple[str, str], list[Account]] = {}
    for account in accounts:
        if account.kind == "account" and account.primary_account and account.option > 0:
            told.setdefault((account.event, account.issue), []).append(account)
    return tuple(
        Pair(first, second)
        for tellings in told.values()
        for first, second in itertools.combinations(tellings, 2)
        if first.party != second.party
    )


def gap_of(pairs: Sequence[Pair], *, seed: int = 0) -> Gap:
    """How far these pairs lie apart.

    Args:
        pairs: At least one pair.
        seed: Seed of the samples of events and options.

    Raises:
        ValueError: If there is no pair.
    """
    if not pairs:
        raise ValueError("no pair of accounts, so no gap between them")
    gaps = np.array([pair.gap for pair in pairs])
    differ_range, gap_range = _ranges(pairs, np.random.default_rng(seed))
    return Gap(
        pairs=len(pairs),
        events=len({pair.event for pair in pairs}),
        differ=float(np.mean(gaps > 0.0)),
        gap=float(np.mean(gaps)),
        differ_range=differ_range,
        gap_range=gap_range,
        options=float(np.mean([pair.first.n_options for pair in pairs])),
    )


def by_medium(pairs: Sequence[Pair], medium: Mapping[str, str], *, seed: int = 0) -> dict[str, Gap]:
    """The gaps by the medium of each event.

    Raises:
        ValueError: If an event has no medium.
    """
    unknown = sorted({pair.event for pair in pairs} - medium.keys())
    if unknown:
        raise ValueError(f"no medium is given for {', '.join(unknown)}")
    return _by(pairs, lambda pair: medium[pair.event], seed)


def by_parties(pairs: Sequence[Pair], *, seed: int = 0) -> dict[tuple[str, str], Gap]:
    """The gaps by pair of parties."""
    return _by(pairs, lambda pair: pair.parties, seed)


def by_issue(pairs: Sequence[Pair], *, seed: int = 0) -> dict[str, Gap]:
    """The gaps by issue, the one told most differently first."""
    return dict(sorted(_by(pairs, lambda pair: pair.issue, seed).items(), key=lambda entry: -entry[1].gap))


def _by(pairs: Sequence[Pair], key: Callable[[Pair], Any], seed: int) -> dict[Any, Gap]:
    """The gaps of the pairs with each key, in the order of the keys."""
    names = sorted({key(pair) for pair in pairs})
    return {name: gap_of([pair for pair in pairs if key(pair) == name], seed=seed) for name in names}


def directions(pairs: Sequence[Pair], ends: Mapping[str, str]) -> tuple[Direction, ...]:
    """Which way tellings lie, for every teller against every other.

    Args:
        pairs: Pairs on scales that the parties' ends are ends of.
        ends: ``first`` or ``last``, the end of the scale that is a party's own; some parties may have none.
    """
    tellings = [telling for pair in pairs for telling in ((pair.first, pair.second), (pair.second, pair.first))]
    tellers = sorted({(own.party, other.party) for own, other in tellings})
    return tuple(_direction(teller, other, tellings, ends) for teller, other in tellers)


def errors_per_hop(
    gap: Gap, hops: Sequence[int], unreported: Sequence[int] = UNREPORTED
) -> dict[tuple[int, int], float]:
    """The error of a symmetric hop that would make accounts differ as often as they do.

    Args:
        gap: The accounts on record.
        hops: Hops to both tellers together.
        unreported: Pairs that agreed and are not on record, for each pair that is: which disputes make news is unknown.

    Returns:
        The error by number of hops and of unreported pairs; not a number where symmetric noise cannot differ as often.
    """
    return {(h, k): error_per_hop(gap.differ / (1 + k), gap.options, h) for h in hops for k in unreported}


def _direction(
    teller: str, other: str, tellings: Sequence[tuple[Account, Account]], ends: Mapping[str, str]
) -> Direction:
    steps = [own.option - its.option for own, its in tellings if (own.party, its.party) == (teller, other)]
    first, last = sum(step < 0 for step in steps), sum(step > 0 for step in steps)
    own_end = {"first": first, "last": last}[ends[teller]] if teller in ends else None
    return Direction(teller, other, first, last, len(steps) - first - last, own_end)


def _ranges(pairs: Sequence[Pair], random: np.random.Generator) -> tuple[tuple[float, float], tuple[float, float]]:
    """Ranges of the share that differ and of the mean gap; one draw of an account serves all its pairs."""
    told = list(dict.fromkeys(account for pair in pairs for account in (pair.first, pair.second)))
    place = {account: number for number, account in enumerate(told)}
    low, high = np.array([(account.option_low, account.option_high) for account in told]).T
    option = random.integers(low, high + 1, size=(SAMPLES, len(told)))
    first, second = np.array([(place[pair.first], place[pair.second]) for pair in pairs]).T
    length = np.array([pair.first.n_options - 1 for pair in pairs])
    gaps = np.abs(option[:, first] - option[:, second]) / length
    weight = _weights([pair.event for pair in pairs], random)
    return _range(gaps > 0.0, weight), _range(gaps, weight)


def _weights(events: Sequence[str], random: np.random.Generator) -> NDArray[np.int64]:
    """How often each pair's event is in each sample, ``(sample, pair)``."""
    names, event = np.unique(events, return_inverse=True)
    return random.multinomial(len(names), np.full(len(names), 1.0 / len(names)), size=SAMPLES)[:, event]


def _range(values: NDArray, weight: NDArray[np.int64]) -> tuple[float, float]:
    means = (values * weight).sum(axis=1) / weight.sum(axis=1)
    low, high = np.quantile(means, [0.5 * (1.0 - LEVEL), 0.5 * (1.0 + LEVEL)])
    return float(low), float(high)

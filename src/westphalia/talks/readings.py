"""What each party reads of a text, exactly: chains of hops as matrices, how far readings differ, and what repairs it.

Equation:
    K_i = (1 - a)^n K_1 K_2 ... K_n + [1 - (1 - a)^n] w_i, what party i reads of option m is row m of K_i: a hop leaves
    a clause open with chance a; it stays open, and the party fills it once, with chances w_i
    all alike: A_h(r|m) = prod over parties at hand h of 1(r = m) x prod over links l from h on to h' of (K_l A_h')(r|m)
    what differs and what gets through by the measures of ``channel_measures``;   gap in cost = sum_q w_q E|v_1 - v_2|
    accepted echo: prop. K(r|m) K(m|r);   two who ask where they differ: K(r|m)^2 and the rest to m
Units:
    chances, bits, hops.
Source:
    Several chains repair what one loses [JacksonMalladiMcAdams2018].
Issues are garbled independently of each other, and so are the links of a protocol; what two parties hear through the
same hands they hear alike. A chain may do two kinds of
harm and each has its column: the parties may read differently, and all may read alike what was not sent. A text that
all hold is read alike but for its open clauses: one draw fills them for all, each party by its own chances. Repairs
mend what is changed on the way and not what is left out.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from westphalia.talks.channel_measures import (
    Matrix,
    Number,
    Vector,
    alike,
    contraction,
    cost_gap,
    flattered,
    information,
    text_error,
    total_variation,
)


@dataclass(frozen=True)
class Protocol:
    """A way of carrying a text.

    Attributes:
        name: Its name.
        chains: The links to each party, in order. Parties whose chains begin alike hear through the same hands so far.
        holds_text: Whether all read one text that they drafted together; its links are the same for all.
        read_back: Whether each hop is read back and repeated until the echo matches.
        mediators: How many carry each hop independently and ask where they differ.
    """

    name: str
    chains: Mapping[str, Sequence[str]]
    holds_text: bool = False
    read_back: bool = False
    mediators: int = 1


@dataclass(frozen=True)
class Clause:
    """One issue as it is carried; of several draws what differs among them has their axis in front.

    Attributes:
        issue: Name of the issue.
        sent: Chance that each option is sent.
        place: Where each option lies on the scale of cost.
        weight: Weight of the issue in the gap of cost.
        hop: What each link does, by its name.
        omitted: Chance that one hop leaves the clause open.
        fill: Chance of each option with which each party fills the clause where it is open.
        worth: What each option is worth to each party that has a stake, its weight included.
    """

    issue: str
    sent: Vector
    place: Vector
    weight: Number
    hop: Mapping[str, Matrix]
    omitted: Number = 0.0
    fill: Mapping[str, Vector] = field(default_factory=dict)
    worth: Mapping[str, Vector] = field(default_factory=dict)


def compose(*hops: Matrix) -> Matrix:
    """The chain of one or more hops, the first of them first."""
    return functools.reduce(np.matmul, hops)


def round_trip(*hops: Matrix) -> Matrix:
    """A chain and the way back through its hops in reverse: what the sender hears of what it said."""
    return compose(*hops, *reversed(hops))


def echoed(hop: Matrix) -> Matrix:
    """The hop where a reading counts only once the sender has read it back as it was sent."""
    matching = hop * np.swapaxes(hop, -1, -2)
    return matching / matching.sum(axis=-1, keepdims=True)


def echo_matches(hop: Matrix) -> Vector:
    """Chance that the first echo of each option matches."""
    return (hop * np.swapaxes(hop, -1, -2)).sum(axis=-1)


def compared(channel: Matrix, mediators: int) -> Matrix:
    """The channel where independent carriers compare, and ask for what was sent where they differ."""
    agreed = channel**mediators
    return agreed + (1.0 - agreed.sum(axis=-1, keepdims=True)) * np.eye(agreed.shape[-1])


def channels(protocol: Protocol, clause: Clause) -> dict[str, Matrix]:
    """What each party reads of a clause, repairs included and open clauses filled."""
    options = len(clause.sent)
    return {party: _all_read(protocol, clause, 0, [party])[..., :options, :] for party in protocol.chains}


def _all_read(protocol: Protocol, clause: Clause, depth: int, parties: Sequence[str]) -> Matrix:
    """Chance that these parties all read an option, by what the hand that they share at a depth holds.

    Rows are the options and, last, the clause left open.
    """
    made = np.ones((len(clause.sent) + 1, len(clause.sent)))
    behind: dict[str, list[str]] = {}
    for party in parties:
        links = protocol.chains[party]
        if len(links) == depth:
            made = made * _fill(clause, party)
        else:
            behind.setdefault(links[depth], []).append(party)
    for link, readers in behind.items():
        made = made * (_carry(protocol, clause, link) @ _all_read(protocol, clause, depth + 1, readers))
    return made


def _carry(protocol: Protocol, clause: Clause, link: str) -> Matrix:
    """One hop, repairs included, over the options and the clause left open, which stays open."""
    hop = echoed(clause.hop[link]) if protocol.read_back else clause.hop[link]
    options, omitted = hop.shape[-1], np.asarray(clause.omitted)[..., None, None]
    made = np.zeros((*np.broadcast_shapes(hop.shape[:-2], omitted.shape[:-2]), options + 1, options + 1))
    made[..., :-1, :-1] = (1.0 - omitted) * compared(hop, protocol.mediators)
    made[..., :-1, -1:] = omitted
    made[..., -1, -1] = 1.0
    return made


def _fill(clause: Clause, party: str) -> Matrix:
    """What a party reads of an option, and how it fills a clause left open."""
    options = len(clause.sent)
    last = np.asarray(clause.fill.get(party, np.zeros(options)))[..., None, :]
    return np.concatenate([np.broadcast_to(np.eye(options), (*last.shape[:-2], options, options)), last], axis=-2)


def _apart(protocol: Protocol, clause: Clause, pair: tuple[str, str]) -> tuple[Matrix, Matrix, Vector]:
    """What each of two parties reads by what the last hand that they share holds, and the chances of that."""
    chains = [protocol.chains[party] for party in pair]
    shared = next((n for n, (a, b) in enumerate(zip(*chains, strict=False)) if a != b), min(map(len, chains)))
    holds = np.append(clause.sent, 0.0)[None]
    for link in chains[0][:shared]:
        holds = holds @ _carry(protocol, clause, link)
    first, second = (_all_read(protocol, clause, shared, [party]) for party in pair)
    return first, second, holds[..., 0, :]


def _open(clause: Clause, hops: int) -> Number:
    """Chance that a clause is open after so many hops."""
    return 1.0 - (1.0 - clause.omitted) ** hops


def filled_together(fills: Sequence[Vector]) -> tuple[Vector, NDArray[np.int64]]:
    """What parties fill in where one draw serves all: the chance of each case, and what each party takes in it.

    Returns:
        (..., case) and (party, ..., case); a case may have no chance.
    """
    sums = [np.cumsum(fill, axis=-1)[..., :-1].clip(0.0, 1.0) for fill in fills]
    ends = np.broadcast_to([0.0, 1.0], (*sums[0].shape[:-1], 2))
    edges = np.sort(np.concatenate([ends, *sums], axis=-1), axis=-1)
    middle = 0.5 * (edges[..., 1:] + edges[..., :-1])
    return np.diff(edges), np.stack([(part[..., None] < middle[..., None, :]).sum(axis=-2) for part in sums])


def _left_open(protocol: Protocol, clause: Clause, parties: Sequence[str]) -> tuple[Vector, NDArray[np.int64]]:
    """The cases in which a text that all hold leaves a clause open: chances, and what each party fills in."""
    still_open = np.asarray(_open(clause, max(len(protocol.chains[party]) for party in parties)))
    if not still_open.any():
        return np.zeros((*still_open.shape, 0)), np.zeros((len(parties), *still_open.shape, 0), np.int64)
    chance, taken = filled_together([clause.fill[party] for party in parties])
    return still_open[..., None] * chance, taken


def comes_back(protocol: Protocol, clause: Clause, party: str) -> Number:
    """Chance that a clause told to a party, and back through the same hands, is heard as it was sent.

    Each hop errs on the way back as on the way out: it leans to the same reader.
    """
    hops = [_carry(protocol, clause, link) for link in protocol.chains[party]]
    return 1.0 - text_error(round_trip(*hops)[..., :-1, :-1], clause.sent) if hops else 1.0


def readings(protocol: Protocol, clauses: Sequence[Clause]) -> dict[str, Any]:
    """How a protocol lets the parties read a text; each figure is one number a draw.

    Returns:
        ``all_alike``, the chance that all parties read all issues alike; ``pairs`` of parties with the chance that all
        issues are read alike, the mean over issues of systematic and realised differences, and the weighted gap in
        cost, and the same ``by_issue``; ``per_issue`` with the error against the text, the information and the
        contraction of each party's chain, the chance that words sent to it come back as they went, and by how much
        what it reads is worth more to it than what was sent.
    """
    read = [channels(protocol, clause) for clause in clauses]
    parties = list(protocol.chains)
    return {
        "all_alike": np.prod([_alike(protocol, clause, parties) for clause in clauses], axis=0),
        "pairs": [_pair(protocol, read, clauses, pair) for pair in itertools.combinations(parties, 2)],
        "per_issue": {c.issue: _issue(protocol, r, c) for r, c in zip(read, clauses, strict=True)},
    }


def _alike(protocol: Protocol, clause: Clause, parties: Sequence[str]) -> Number:
    if not protocol.holds_text:
        return alike([_all_read(protocol, clause, 0, parties)[..., :-1, :]], clause.sent)
    chance, taken = _left_open(protocol, clause, parties)
    return 1.0 - (chance * (taken != taken[0]).any(axis=0)).sum(axis=-1)


def _cost_gap(protocol: Protocol, clause: Clause, pair: tuple[str, str]) -> Number:
    if not protocol.holds_text:
        return cost_gap(*_apart(protocol, clause, pair), clause.place)
    chance, taken = _left_open(protocol, clause, pair)
    return (chance * np.abs(clause.place[taken[0]] - clause.place[taken[1]])).sum(axis=-1)


def _pair(
    protocol: Protocol, read: Sequence[Mapping[str, Matrix]], clauses: Sequence[Clause], pair: tuple[str, str]
) -> dict[str, Any]:
    same = [_alike(protocol, clause, pair) for clause in clauses]
    both = [(r[pair[0]], r[pair[1]], c) for r, c in zip(read, clauses, strict=True)]
    gaps = [clause.weight * _cost_gap(protocol, clause, pair) for clause in clauses]
    apart = [total_variation(a, b, c.sent) for a, b, c in both]
    return {
        "parties": list(pair),
        "alike": np.prod(same, axis=0),
        "disagreement": 1.0 - np.mean(same, axis=0),
        "total_variation": np.mean(apart, axis=0),
        "cost_gap": np.sum(gaps, axis=0),
        "by_issue": {
            clause.issue: {"disagreement": 1.0 - read_alike, "total_variation": systematic, "cost_gap": gap}
            for clause, read_alike, systematic, gap in zip(clauses, same, apart, gaps, strict=True)
        },
    }


def _issue(protocol: Protocol, read: Mapping[str, Matrix], clause: Clause) -> dict[str, Any]:
    return {
        "alike": _alike(protocol, clause, list(read)),
        "text_error": {party: text_error(channel, clause.sent) for party, channel in read.items()},
        "bits": {party: information(channel, clause.sent) for party, channel in read.items()},
        "contraction": {party: contraction(channel) for party, channel in read.items()},
        "comes_back": {party: comes_back(protocol, clause, party) for party in read},
        "flattered": {party: flattered(read[party], clause.sent, worth) for party, worth in clause.worth.items()},
    }

"""From the protocols of a scenario to the chains of hops by which the parties of a run hear a text."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence

import numpy as np

from westphalia.assemble.arrays import scaled, stack
from westphalia.assemble.draw import Draw
from westphalia.kinds import SIDES, PerIssueOption
from westphalia.laws.messages.base import MessageLaw
from westphalia.laws.messages.repairs import compared, read_back
from westphalia.laws.numerics import logistic
from westphalia.model.channel import meant
from westphalia.model.table import Channel, PerPartyIssueOption, Terms
from westphalia.scenario.protocols import Chains, Hop, chains
from westphalia.scenario.talks import Protocol, Talks

SEVERAL = 256
"""From here on count the numbers of links that several parties hear through."""


def in_use(talks: Talks) -> list[tuple[str, Protocol]]:
    """The protocol of a mediator, and that without one where some war may have none."""
    names = [talks.protocol] if talks.mediation.chance.ends == (1.0, 1.0) else [talks.protocol, talks.unmediated]
    return [(name, talks.protocols[name]) for name in names]


def channel(talks: Talks, parties: list[str], law: MessageLaw, terms: Terms, draw: Draw) -> Channel:
    """The channel of each run: the protocol of its mediator, or the one without.

    Args:
        talks: The talks.
        parties: The parties in the order of the table, the two capitals first.
        law: What one hop does.
        terms: The issues and how they are valued.
        draw: The draws of the cases.
    """
    mediated = _mediated(talks, draw)
    ways = [chains(protocol, parties, parties[:SIDES]) for _, protocol in in_use(talks)]
    tellers = max(len(each) for each in ways)
    hops = most_hops(talks, parties)
    made = [
        _of_protocol(talks, named, parties, law, terms, draw)
        | _carried(talks, named, (each * tellers)[:tellers], parties, hops, law, terms, draw)
        for named, each in zip(in_use(talks), ways, strict=True)
    ]
    rows, *others = made
    for without in others:
        rows = {key: np.where(mediated > 0.5, rows[key], without[key]) for key in rows}
    return Channel(**rows, mediated=mediated)


def most_hops(talks: Talks, parties: list[str]) -> int:
    """Room for hops that serves every protocol of the scenario, so that a lever which names another fits in as well."""
    ways = (way for protocol in talks.protocols.values() for way in chains(protocol, parties, parties[:SIDES]))
    return max(1, *(len(hops) for way in ways for hops in way.values()))


def _of_protocol(
    talks: Talks, named: tuple[str, Protocol], parties: list[str], law: MessageLaw, terms: Terms, draw: Draw
) -> dict[str, np.ndarray]:
    name, protocol = named
    path = f"talks.protocols.{name}"
    return {
        "by_sides": np.full(1, float(protocol.proposer == "sides")),
        "limits_error": draw(f"{path}.limits_known_within", protocol.limits_known_within),
        "counts_third": np.full(1, float(protocol.knows_third_parties)),
        "guarantor": draw(f"{path}.guarantor", protocol.guarantor),
    }


def _carried(
    talks: Talks,
    named: tuple[str, Protocol],
    ways: Sequence[Chains],
    parties: list[str],
    most: int,
    law: MessageLaw,
    terms: Terms,
    draw: Draw,
) -> dict[str, np.ndarray]:
    """Hops, their errors and leans, and the numbers of their links, by who holds the text."""
    nothing, everywhere = np.zeros(1), np.ones((*terms.value.shape[1:3], 1))
    mediator = mediator_values(named, parties, terms.value, draw)
    error, pull, link = [], [], []
    for way in ways:
        reached = [way[party] for party in parties]
        for hop in range(most):
            at = [hops[hop] if hop < len(hops) else None for hops in reached]
            error.append(stack([error_of(talks, named, h, draw) if h else nothing for h in at]))
            pull.append(stack([np.exp(lean_of(law, terms, h, parties, mediator)) if h else everywhere for h in at]))
        link.append([_numbers(reached, hop, shared=named[1].shared_text) for hop in range(most + 1)])
    shape = (len(ways), most)
    return {
        "hops": np.array([[float(len(way[party])) for party in parties] for way in ways])[..., None],
        "error": stack(error).reshape((*shape, len(parties), -1)),
        "pull": stack(pull).reshape((*shape, *terms.value.shape[:3], -1)),
        "link": np.array(link, np.int32)[..., None],
    }


def _numbers(reached: Sequence[Sequence[Hop]], hop: int, *, shared: bool) -> list[int]:
    """A number for each party's link at a hop, the same where their texts go through the same hands.

    Beyond the last hop each party fills by itself what was left open; a text that all hold is filled once.
    """
    hands = [hops[hop].hands if hop < len(hops) else None for hops in reached]
    if shared and not any(hands):
        hands = [("the text",)] * len(reached)
    same = [[n for n, other in enumerate(hands) if other == own and own is not None] for own in hands]
    return [SEVERAL + sum(1 << n for n in who) if len(who) > 1 else party for party, who in enumerate(same)]


def error_of(talks: Talks, named: tuple[str, Protocol], hop: Hop, draw: Draw) -> np.ndarray:
    """Chance that a hop changes an option: that of its medium, after repairs."""
    protocol, fewest = named[1], min(len(issue.options) for issue in talks.issues.values())
    error = draw(f"talks.media.{hop.medium}", talks.media[hop.medium])
    error = read_back(error, fewest) if protocol.read_back else error
    return compared(error, fewest) if protocol.mediators > 1 else error


def lean_of(law: MessageLaw, terms: Terms, hop: Hop, parties: list[str], mediator: PerIssueOption) -> np.ndarray:
    """What draws a hop: the mean of what its next readers value, none for a text that all hold, and the mediator."""
    readers = [terms.value[parties.index(reader)] for reader in hop.readers]
    return law.lean(sum(readers) / len(readers) if readers else 0.0 * terms.value[0], mediator, terms.exists)


def mediator_values(
    named: tuple[str, Protocol], parties: list[str], value: PerPartyIssueOption, draw: Draw
) -> PerIssueOption:
    """What the mediator of a protocol values: the weighted mean of parties, 0 throughout where it is impartial."""
    name, protocol = named
    if not protocol.mediator:
        return 0.0 * value[0]
    path = f"talks.protocols.{name}.mediator"
    weights = scaled(stack([draw(f"{path}.{party}", weight) for party, weight in protocol.mediator.items()]))
    return sum(weight * value[parties.index(party)] for party, weight in zip(protocol.mediator, weights, strict=True))


def beliefs(law: MessageLaw, terms: Terms, carried: Channel) -> list[np.ndarray]:
    """By party, the chance of each option having been meant where one is read: (issue, read, option, run).

    A party takes its chain for one hop; see ``as_one_hop``.
    """
    issues, options = terms.exists.shape[:2]
    last = terms.exists.sum(axis=1, dtype=int)[:, :1] - 1
    read = np.minimum(np.arange(options), last)  # none is read beyond the last
    return [np.moveaxis(each, 2, 1)[np.arange(issues)[:, None], read] for each in meant(law, terms, carried)]


def with_beliefs(terms: Terms, believed: list[np.ndarray]) -> Terms:
    """The terms with what each option is worth to a party that has read it at the end of its chain."""
    value, penalty = (
        stack([(of_party[:, None] * chance).sum(axis=2) for of_party, chance in zip(rows, believed, strict=True)])
        for rows in (terms.value, terms.penalty)
    )
    return dataclasses.replace(terms, value_heard=value, penalty_heard=penalty)


def _mediated(talks: Talks, draw: Draw) -> np.ndarray:
    """1 where a mediator takes the case; hard cases, with wide optimism, are likelier where selection is positive."""
    chance = draw("talks.mediation.chance", talks.mediation.chance)
    selection = draw("talks.mediation.selection", talks.mediation.selection)
    low, high = talks.optimism.ends
    hardness = math.sqrt(12.0) * (draw("talks.optimism", talks.optimism) - 0.5 * (low + high)) / max(high - low, 1e-9)
    odds = np.log(np.maximum(chance, 1e-9) / np.maximum(1.0 - chance, 1e-9)) + selection * hardness
    return draw.happens("talks.mediation.takes", logistic(odds))

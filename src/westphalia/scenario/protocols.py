"""From a protocol to the chain of hands through which each party hears a text.

A protocol is a graph: nodes are parties and go-betweens, links have a medium, the text starts from who holds it: a
mediator, or each side in turn. A text takes the way with the fewest links, and of equals the one written first. Two
parties whose ways begin alike hear through the same hands, so they share what those hands have made of the text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from westphalia.scenario.talks import Name, Protocol


class Hop(NamedTuple):
    """One link on the way to a party.

    Attributes:
        medium: Its medium.
        hands: Who has had the text by its end, in order: the same for all who hear through this link.
        readers: The parties that read next, at its end or behind its go-between; nobody's for a text that all hold.
    """

    medium: Name
    hands: tuple[Name, ...]
    readers: tuple[Name, ...]


Chains = Mapping[Name, Sequence[Hop]]
"""The hops to each party, none to who holds the text."""


def chains(protocol: Protocol, parties: Sequence[Name], capitals: Sequence[Name]) -> list[Chains]:
    """The ways to the parties from each who may hold the text: the two capitals where sides propose, else one.

    Args:
        protocol: The protocol; every party can be reached in it.
        parties: All parties.
        capitals: Those of the two sides.
    """
    holders = capitals if protocol.proposer == "sides" else [protocol.holder]
    return [_from(protocol, holder, parties) for holder in holders]


def reached(protocol: Protocol, holder: Name | None, parties: Sequence[Name]) -> set[Name]:
    """The parties that a text can reach from its holder."""
    return set(_ways(protocol, holder, parties))


def links(protocol: Protocol, parties: Sequence[Name]) -> Iterator[tuple[Name, Name, Name]]:
    """Every link as written: one end, the other, the medium; those between every two parties come last."""
    for one, ends in protocol.links.items():
        yield from ((one, other, medium) for other, medium in ends.items())
    if protocol.everyone is not None:
        yield from ((a, b, protocol.everyone) for n, a in enumerate(parties) for b in parties[n + 1 :])


def _from(protocol: Protocol, holder: Name | None, parties: Sequence[Name]) -> Chains:
    ways = _ways(protocol, holder, parties)
    if protocol.shared_text:
        longest = max(ways.values(), key=len)
        return {party: [Hop(m, hands, ()) for m, hands in _hands(longest)] if party != holder else [] for party in ways}
    return {party: [Hop(m, hands, _readers(ways, hands)) for m, hands in _hands(way)] for party, way in ways.items()}


Way = list[tuple[Name, Name]]
"""Medium and end of each link, in order."""


def _hands(way: Way) -> Iterator[tuple[Name, tuple[Name, ...]]]:
    yield from ((medium, tuple(end for _, end in way[: n + 1])) for n, (medium, _) in enumerate(way))


def _readers(ways: Mapping[Name, Way], hands: tuple[Name, ...]) -> tuple[Name, ...]:
    """The parties that read first at or behind the end of a link."""
    first = []
    for way in ways.values():
        ends = [end for _, end in way]
        if tuple(ends[: len(hands)]) == hands:
            first.append(next(end for end in ends[len(hands) - 1 :] if end in ways))
    return tuple(dict.fromkeys(first))


def _ways(protocol: Protocol, holder: Name | None, parties: Sequence[Name]) -> dict[Name, Way]:
    """The way to each party that can be reached."""
    if protocol.medium is not None:
        return {party: _own_hands(protocol, party) if party != holder else [] for party in parties}
    found: dict[Name | None, Way] = {holder: []}
    waiting, known = [holder], list(links(protocol, parties))
    while waiting:
        here = waiting.pop(0)
        for one, other, medium in known:
            for start, end in ((one, other), (other, one)):
                if start == here and end not in found:
                    found[end] = [*found[here], (medium, end)]
                    waiting.append(end)
    return {party: found[party] for party in parties if party in found}


def _own_hands(protocol: Protocol, party: Name) -> Way:
    """A chain of hands that nobody else hears through."""
    assert protocol.medium is not None, "hops have a medium"
    steps = protocol.hops.get(party, 0)
    return [(protocol.medium, party if step == steps else f"{party}, hand {step}") for step in range(1, steps + 1)]

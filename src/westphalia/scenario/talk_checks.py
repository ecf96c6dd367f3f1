"""What the schema alone cannot see in a block of talks: names that name nothing, options that do not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from westphalia.errors import did_you_mean
from westphalia.scenario.document import Steps
from westphalia.scenario.protocols import links, reached
from westphalia.scenario.talks import Protocol, Talks

MOST_VOTERS = 8
"""Voters of one party at most: all their combinations are told apart."""

Finding = tuple[Steps, str, str]
"""Path of an entry, what is wrong with it, what would be right."""


def findings(talks: Talks, sides: Collection[str], fronts: Collection[str]) -> Iterator[Finding]:
    """Everything that is wrong with the talks of a war between these sides, on these fronts."""
    for path, word, known in _named(talks, sides, fronts):
        if word not in known:
            remedy = did_you_mean(word, known) or f"valid here: {', '.join(known) or 'none'}"
            yield ("talks", *path), f'"{word}" is not known here', remedy
    yield from _ways(talks, sides)
    yield from _capitals(talks, sides)
    yield from _forgotten(talks, sides)
    yield from _ballots(talks)
    yield from _options(talks)


def _named(
    talks: Talks, sides: Collection[str], fronts: Collection[str]
) -> Iterator[tuple[Steps, str, Collection[str]]]:
    yield ("protocol",), talks.protocol, talks.protocols
    yield ("unmediated",), talks.unmediated, talks.protocols
    for name, protocol in talks.protocols.items():
        yield from _of_protocol(talks, name, protocol)
    for name, party in talks.parties.items():
        if party.side is not None:
            yield ("parties", name, "side"), party.side, sides
        yield from ((("parties", name, "stances", issue), issue, talks.issues) for issue in party.stances)
    for name, player in talks.players.items():
        yield ("players", name, "party"), player.party, talks.parties
        yield from ((("players", name, "tilt", issue), issue, talks.issues) for issue in player.tilt)
        yield from ((("players", name, "issues", n), issue, talks.issues) for n, issue in enumerate(player.issues))
    for n, bundle in enumerate(talks.bundles):
        yield from ((("bundles", n, "issues", i), issue, talks.issues) for i, issue in enumerate(bundle.issues))
    for n, combination in enumerate(talks.excluded):
        yield from ((("excluded", n, issue), issue, talks.issues) for issue in combination)
    yield from ((("stakes", side), side, sides) for side in talks.stakes)
    for name, issue in talks.issues.items():
        yield from ((("issues", name, "lines", front), front, fronts) for front in issue.lines)


def _of_protocol(talks: Talks, name: str, protocol: Protocol) -> Iterator[tuple[Steps, str, Collection[str]]]:
    for key, parties in (("hops", protocol.hops), ("mediator", protocol.mediator)):
        yield from ((("protocols", name, key, party), party, talks.parties) for party in parties)
    for key in ("medium", "everyone"):
        if (medium := getattr(protocol, key)) is not None:
            yield ("protocols", name, key), medium, talks.media
    for one, ends in protocol.links.items():
        yield from ((("protocols", name, "links", one, end), medium, talks.media) for end, medium in ends.items())
    if protocol.holder is not None:
        hands = {end for one, other, _ in links(protocol, list(talks.parties)) for end in (one, other)}
        yield ("protocols", name, "holder"), protocol.holder, sorted(hands)


def _ways(talks: Talks, sides: Collection[str]) -> Iterator[Finding]:
    """Protocols that say in two ways or in none how a text travels, and parties that it does not reach."""
    for name, protocol in talks.protocols.items():
        at, has_graph = ("talks", "protocols", name), bool(protocol.links or protocol.everyone)
        if has_graph and (protocol.medium or protocol.hops):
            yield at, "both links and hops are given", "give the links alone; hops are short for chains of one medium"
        elif not has_graph and not (protocol.medium and protocol.hops):
            yield at, "nothing says how a text reaches the parties", "give holder and links, or hops and their medium"
        elif has_graph and protocol.proposer == "mediator" and protocol.holder is None:
            yield at, "nobody holds the text", "add holder, a party or a go-between among the links"
        elif has_graph:
            yield from _unreached(talks, sides, name, protocol)


def _unreached(talks: Talks, sides: Collection[str], name: str, protocol: Protocol) -> Iterator[Finding]:
    capitals = [party for party, given in talks.parties.items() if given.side in sides]
    parties = list(talks.parties)
    for holder in capitals if protocol.proposer == "sides" else [protocol.holder]:
        for party in parties:
            if party not in reached(protocol, holder, parties):
                what = f'no chain of links leads from "{holder}" to "{party}"'
                yield ("talks", "protocols", name, "links"), what, "link it to somebody who hears the text"


def _capitals(talks: Talks, sides: Collection[str]) -> Iterator[Finding]:
    for side in sides:
        count = sum(party.side == side for party in talks.parties.values())
        if count != 1:
            what = (
                f'{count or "no"} parties are the capital of "{side}"'
                if count
                else f'no party is the capital of "{side}"'
            )
            yield ("talks", "parties"), what, f"give one party the entry side: {side}"


def _forgotten(talks: Talks, sides: Collection[str]) -> Iterator[Finding]:
    for side in sides:
        if side not in talks.stakes:
            yield ("talks", "stakes"), f'no stakes for "{side}"', "add them; {} takes wide ranges"
    for name, party in talks.parties.items():
        for issue in talks.issues:
            if issue not in party.stances:
                yield (
                    ("talks", "parties", name, "stances"),
                    f"no stance on {issue}",
                    "add it; weight 0 if it does not care",
                )
    for name, player in talks.players.items():
        party = talks.parties.get(player.party)
        if party is not None and party.side is None and player.reserve is None:
            yield ("talks", "players", name), "a third party without reserve", "add what it must be offered, 0 to 1"


def _ballots(talks: Talks) -> Iterator[Finding]:
    """Votes without a quota, and a quota without votes."""
    for name, player in talks.players.items():
        if player.votes is not None and player.party in talks.parties and talks.parties[player.party].quota is None:
            what = f"{player.party} has voters and no quota"
            yield ("talks", "parties", player.party, "quota"), what, f"give the share of votes wanted, or {name} a veto"
    for name, party in talks.parties.items():
        voters = [player for player in talks.players.values() if player.party == name and player.votes is not None]
        if party.quota is not None and not voters:
            yield ("talks", "parties", name, "quota"), "nobody votes", "give some of its players votes, or remove quota"
        if len(voters) > MOST_VOTERS:
            yield ("talks", "parties", name), f"{len(voters)} voters", f"give at most {MOST_VOTERS} players votes"


def _options(talks: Talks) -> Iterator[Finding]:
    """Options counted from 1 that an issue does not have, and shares that do not fit its options."""
    counts = {name: len(issue.options) for name, issue in talks.issues.items()}
    for path, issue, options in _counted(talks):
        wrong = [option for option in options if issue in counts and not 1 <= option <= counts[issue]]
        if wrong:
            what = f"{issue} has no option {', '.join(map(str, wrong))}"
            yield ("talks", *path), what, f"options are counted from 1 to {counts[issue]}"
    drawn_by: dict[str, str] = {}
    for name, issue in talks.issues.items():
        for field in ("monitoring", "guarantee"):
            given = getattr(issue, field)
            if given and (len(given) != counts[name] or not all(0.0 <= share <= 1.0 for share in given)):
                yield (
                    ("talks", "issues", name, field),
                    "one share an option is wanted",
                    f"give {counts[name]} shares, 0 to 1",
                )
        if issue.moves and issue.land is None and all(line[0] == line[-1] for line in issue.lines.values() if line):
            what = "first and last option leave the same land to each side, so nothing says how the rest compare"
            remedy = "add land: km2 of the first side under the last option less that under the first"
            yield ("talks", "issues", name), what, remedy
        for front, line in issue.lines.items():
            if drawn_by.setdefault(front, name) != name:
                what = f"the line of {front} hangs on {drawn_by[front]} already"
                yield ("talks", "issues", name, "lines", front), what, "leave it to one of the two issues"
            if len(line) != counts[name]:
                what = "one position an option is wanted"
                yield (
                    ("talks", "issues", name, "lines", front),
                    what,
                    f"give {counts[name]}, km, or null where it stays",
                )


def _counted(talks: Talks) -> Iterator[tuple[Steps, str, Iterable[int]]]:
    for name, party in talks.parties.items():
        for issue, stance in party.stances.items():
            if stance.red_line is not None:
                yield ("parties", name, "stances", issue, "red_line", "options"), issue, stance.red_line.options
    for n, combination in enumerate(talks.excluded):
        yield from ((("excluded", n, issue), issue, options) for issue, options in combination.items())

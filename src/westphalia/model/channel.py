"""From what is sent to what is read: the chain of hops to each party, through hands of its own or shared with others.

Equation:
    sent -> (omitted? carried with the error of the link) at each hop -> open clauses filled -> read_p
    error and chance of omission on issue q: those of link and law times (1 - public_q)
    gap = sum_q w_q |position read by the one side - position read by the other|
Units:
    options as indices from 0, left open as -1; the gap 0 to 1.
All parties are carried at once: party and issue make one axis, party by party. Who hears through the same hands shares
their draws, so that these hands hand on one text.
"""

from __future__ import annotations

from typing import Any

from jaxtyping import Int

from westphalia.kinds import (
    Each,
    Loop,
    Message,
    PerIssueOption,
    PerIssueOptionOption,
    PerSide,
    record,
)
from westphalia.laws.messages.base import OPEN, MessageLaw
from westphalia.laws.numerics import indicator, namespace, sum_rows
from westphalia.model.draws import Draws
from westphalia.model.noise import uniform_pair
from westphalia.model.settle import Settle, plainly, settling
from westphalia.model.table import Channel, PerPartyIssueOption, Readings, Table, Terms

Carried = Int[Any, "party_issue *#run"]
"""Options on the way, for every party and issue."""

ISSUES, LINKS = 64, 4096
"""Strides by which link, issue and hop make one number for a draw."""
FILL = ISSUES - 1
"""Number in place of that of a hop where a party fills what was left open; no chain is as long."""


@record
class Heard:
    """What arrived."""

    read: Readings
    """Option that each party reads."""
    direct: Any
    """1 for a party that heard no other's words, since it made the proposal: (party, run)."""
    gap: Each
    """Weighted distance between the readings of the two sides, 0 to 1."""
    vagueness: Each
    """Weighted share of the clauses that reached either side open, 0 to 1."""


@record
class Ways:
    """The chains of one proposal."""

    hops: Any
    """(party, run)."""
    error: Any
    """(hop, party, run)."""
    pull: Any
    """(hop, party, issue, option, run)."""
    link: Any
    """(hop and fill, party, run)."""


def ways(channel: Channel, proposer: PerSide) -> Ways:
    """The chains from whoever makes the proposal."""
    return Ways(
        hops=_told(channel.hops, proposer),
        error=_told(channel.error, proposer),
        pull=_told(channel.pull, proposer),
        link=_told(channel.link, proposer),
    )


def turn(table: Table, number: int) -> PerSide:
    """Who makes the proposal of a text that is carried to be measured: the sides in turn, or nobody."""
    xp, by_sides = namespace(table.channel.by_sides), table.channel.by_sides
    return xp.stack([by_sides * (number % 2 == side) for side in range(2)])


def hear(table: Table, sent: Message, proposer: PerSide, draws: Draws, loop: Loop) -> Heard:
    """Carry a text to every party."""
    xp, way, settle = namespace(table.terms.value), ways(table.channel, proposer), settling(loop, draws)

    def step(held: tuple[Carried, Any]) -> tuple[Carried, Any]:
        message, hop = held
        return passed(table, way, message, hop, draws, settle), hop + 1

    start = _for_each_party(table, sent)
    message, _ = loop(_longest(way), step, (start, xp.zeros((), "int32")))
    read = settle(lambda: filled(table, way, message, draws))
    direct = indicator(way.hops < 0.5, way.hops) + 0.0 * proposer[:1]
    return Heard(read, direct, gap(table, read), vagueness(table, _by_party(table, message)))


def trace(table: Table, sent: Message, proposer: PerSide, draws: Draws) -> list[Readings]:
    """What each party's chain held: the sent text first, then after each hop, and the reading last."""
    way, message = ways(table.channel, proposer), _for_each_party(table, sent)
    stages = [_by_party(table, message)]
    for hop in range(_longest(way)):
        message = passed(table, way, message, hop, draws, plainly)
        stages.append(_by_party(table, message))
    return [*stages, filled(table, way, message, draws)]


def passed(table: Table, way: Ways, message: Carried, hop: Any, draws: Draws, settle: Settle) -> Carried:  # noqa: ANN401
    """The text of each party after one more hop; a chain that has ended keeps it."""
    xp, law = namespace(table.terms.value), table.laws.messages
    moved, dropped = _uniforms(table, way.link[hop], hop, draws)
    exists, issues = _for_each_party(table, table.terms.exists), table.terms.exists.shape[0]
    unnoticed = _for_each_party(table, table.terms.unnoticed)
    error = xp.repeat(way.error[hop], issues, axis=0) * unnoticed
    left = settle(lambda: law.omit(message, unnoticed, dropped))
    pull = settle(lambda: _flat(way.pull[hop]))
    after = law.relay(left, error, pull, exists, settle(lambda: moved))
    return xp.where(xp.repeat(hop < way.hops, issues, axis=0), after, message)


def filled(table: Table, way: Ways, message: Carried, draws: Draws) -> Readings:
    """The readings, open clauses filled with what each party would like to read."""
    drawn, _ = _uniforms(table, way.link[-1], FILL, draws)
    return _by_party(table, table.laws.messages.fill(message, _flat(table.terms.wishes), drawn))


def as_one_hop(channel: Channel) -> tuple[Any, Any]:
    """Each party's chain as it takes it itself: one hop with the error of all and their lean in the mean.

    Returns:
        Error by party, the mean over who may have made the proposal to it, and lean by party, issue and option, in
        which each hop counts as often as it errs.
    """
    xp, error = namespace(channel.error), channel.error
    others = indicator(channel.hops > 0.5, channel.hops)
    others = others / xp.maximum(sum_rows(others), 1.0)
    right = 1.0 + 0.0 * error[:, 0]
    for hop in range(error.shape[1]):
        right = right * (1.0 - error[:, hop])
    weight = others[:, None] * xp.maximum(error, 1e-12)
    flat, leans = (rows.reshape((-1, *rows.shape[2:])) for rows in (weight, xp.log(channel.pull)))
    lean = sum_rows(flat[:, :, None, None] * leans) / xp.maximum(sum_rows(flat), 1e-30)[:, None, None]
    return sum_rows(others * (1.0 - right)), lean


def meant(law: MessageLaw, terms: Terms, carried: Channel) -> list[PerIssueOptionOption]:
    """By party, the chance that each option was sent where each is read, as it takes its chain: (sent, read)."""
    unnoticed = terms.unnoticed[:, None, None]
    return [
        law.believed(error * unnoticed, lean, terms.exists, terms.exists)
        for error, lean in zip(*as_one_hop(carried), strict=True)
    ]


def gap(table: Table, read: Readings) -> Each:
    """Distance between the readings of the two sides, weighted with what issues weigh to their leaderships."""
    xp, terms = namespace(table.terms.value), table.terms
    weight = 0.5 * (terms.weight[0] + terms.weight[1])
    apart = xp.abs(at_option(terms.position, read[0]) - at_option(terms.position, read[1]))
    return sum_rows(weight * apart)


def vagueness(table: Table, arrived: Readings) -> Each:
    """Share of the clauses that reached either side open, weighted as in ``gap``."""
    weight = 0.5 * (table.terms.weight[0] + table.terms.weight[1])
    share = sum_rows(weight * indicator((arrived[0] == OPEN) | (arrived[1] == OPEN), weight))
    return namespace(share).minimum(share, 1.0)  # weights add up to 1 but for rounding


def at_option(rows: PerIssueOption, message: Message) -> Any:  # noqa: ANN401
    """The entry of the option that a message names for each issue."""
    xp = namespace(rows)
    found = xp.where(message == 0, rows[:, 0], rows[:, -1])
    for option in range(1, rows.shape[1] - 1):
        found = xp.where(message == option, rows[:, option], found)
    return found


def _longest(way: Ways) -> Any:  # noqa: ANN401
    """Hops of the longest chain of any run; there is room for those of the longest protocol."""
    return namespace(way.hops).max(way.hops).astype("int32")


def _told(rows: Any, proposer: PerSide) -> Any:  # noqa: ANN401
    """The rows of the side that proposes; where a mediator does, all are alike."""
    if rows.shape[0] == 1:
        return rows[0]
    xp = namespace(proposer)
    if rows.dtype.kind == "i":
        return xp.where(proposer[1] > 0.5, rows[1], rows[0])
    neither = 0.5 * (1.0 - proposer[0] - proposer[1])
    return (proposer[0] + neither) * rows[0] + (proposer[1] + neither) * rows[1]


def _uniforms(table: Table, link: Any, hop: Any, draws: Draws) -> tuple[Any, Any]:  # noqa: ANN401
    """Draws of one hop for every party and issue."""
    xp, dtype = namespace(table.terms.value), table.terms.value.dtype
    issue = xp.arange(table.terms.exists.shape[0], dtype="int32")[:, None] * ISSUES + hop
    each = (link[:, None] * LINKS + issue).reshape((-1, link.shape[-1]))
    return uniform_pair(draws.keys, draws.week, "hop", each, dtype)


def _for_each_party(table: Table, rows: Any) -> Any:  # noqa: ANN401
    return namespace(table.terms.value).concatenate([rows] * table.terms.value.shape[0])


def _flat(rows: PerPartyIssueOption) -> Any:  # noqa: ANN401
    """Party and issue as one axis."""
    return rows.reshape((-1, *rows.shape[2:]))


def _by_party(table: Table, message: Carried) -> Readings:
    return message.reshape((table.terms.value.shape[0], -1, message.shape[-1]))

"""From what is sent to what is read: each party's own chain of hops, or one text that all have drafted together.

Equation:
    sent -> (omitted? carried) x hops -> open clauses filled -> read_p
    gap = sum_q w_q |position read by the one side - position read by the other|
Units:
    options as indices from 0, left open as -1; the gap 0 to 1.
All parties are carried at once: party and issue make one axis, party by party.
"""

from __future__ import annotations

from typing import Any

from jaxtyping import Int

from westphalia.kinds import SIDES, Each, Loop, Message, PerIssueOption, PerSide, record
from westphalia.laws.numerics import indicator, namespace, sum_rows
from westphalia.model.draws import Draws
from westphalia.model.noise import uniform_pair
from westphalia.model.table import PerPartyIssueOption, Readings, Table
from westphalia.model.world import World

Carried = Int[Any, "party_issue *#run"]
"""Options on the way, for every party and issue."""

ISSUES, PARTIES = 64, 4096
"""Strides by which party, issue and hop make one number for a draw."""
TOGETHER = 1 << 20
"""The identity that draws for a text that all read together."""


@record
class Heard:
    """What arrived."""

    read: Readings
    """Option that each party reads."""
    direct: Any
    """1 for a party that heard no other's words, since it made the proposal: (party, run)."""
    gap: Each
    """Weighted distance between the readings of the two sides, 0 to 1."""


def hear(world: World, table: Table, sent: Message, proposer: PerSide, draws: Draws, loop: Loop) -> Heard:
    """Carry a text to every party."""
    xp = namespace(table.terms.value)
    hops = _hops(table, proposer)

    def step(held: tuple[Carried, Any]) -> tuple[Carried, Any]:
        message, hop = held
        return passed(world, table, message, hop, hops, draws), hop + 1

    start = _for_each_party(table, sent)
    message, _ = loop(table.seating.hops, step, (start, xp.zeros((), "int32")))
    read = filled(world, table, message, draws)
    return Heard(read, indicator(hops < 0.5, hops), gap(table, read))


def trace(world: World, table: Table, sent: Message, proposer: PerSide, draws: Draws) -> list[Readings]:
    """What each party's chain held: the sent text first, then after each hop, and the reading last."""
    hops, message = _hops(table, proposer), _for_each_party(table, sent)
    stages = [_by_party(table, message)]
    for hop in range(table.seating.hops):
        message = passed(world, table, message, hop, hops, draws)
        stages.append(_by_party(table, message))
    return [*stages, filled(world, table, message, draws)]


def passed(world: World, table: Table, message: Carried, hop: Any, hops: Any, draws: Draws) -> Carried:  # noqa: ANN401
    """The text of each party after one more hop; a chain that has ended keeps it."""
    xp, law = namespace(table.terms.value), table.laws.messages
    moved, dropped = _uniforms(world, table, hop, draws)
    exists = _for_each_party(table, table.terms.exists)
    after = law.relay(law.omit(message, dropped), table.channel.error, _flat(table.channel.lean), exists, moved)
    going = xp.repeat(hop < hops, exists.shape[0] // hops.shape[0], axis=0)
    return xp.where(going, after, message)


def filled(world: World, table: Table, message: Carried, draws: Draws) -> Readings:
    """The readings, open clauses filled with what each party would like to read."""
    drawn, _ = _uniforms(world, table, table.seating.hops, draws)
    exists = _for_each_party(table, table.terms.exists)
    return _by_party(table, table.laws.messages.fill(message, _flat(table.terms.value), exists, drawn))


def gap(table: Table, read: Readings) -> Each:
    """Distance between the readings of the two sides, weighted with what issues weigh to their leaderships."""
    xp, terms = namespace(table.terms.value), table.terms
    weight = 0.5 * (terms.weight[0] + terms.weight[1])
    apart = xp.abs(at_option(terms.position, read[0]) - at_option(terms.position, read[1]))
    return sum_rows(weight * apart)


def at_option(rows: PerIssueOption, message: Message) -> Any:  # noqa: ANN401
    """The entry of the option that a message names for each issue."""
    xp = namespace(rows)
    found = xp.where(message == 0, rows[:, 0], rows[:, -1])
    for option in range(1, rows.shape[1] - 1):
        found = xp.where(message == option, rows[:, option], found)
    return found


def _hops(table: Table, proposer: PerSide) -> Any:  # noqa: ANN401
    """Hops to each party; who proposes hears itself."""
    xp, hops = namespace(proposer), table.channel.hops
    return xp.concatenate([hops[:SIDES] * (1.0 - proposer), hops[SIDES:] + 0.0 * proposer[:1]])


def _uniforms(world: World, table: Table, hop: Any, draws: Draws) -> tuple[Any, Any]:  # noqa: ANN401
    """Draws of one hop for every party and issue; common to all parties where they read one text."""
    xp, dtype = namespace(table.terms.value), table.terms.value.dtype
    issue = xp.arange(table.terms.exists.shape[0], dtype="int32")[:, None] * ISSUES + hop
    each = (world.identity.party[:, None] * PARTIES + issue).reshape((-1, 1))
    own = uniform_pair(draws.keys, draws.week, "hop", each, dtype)
    if not table.seating.is_shared:
        return own
    together = uniform_pair(draws.keys, draws.week, "hop", TOGETHER + issue, dtype)
    shared = table.channel.shared > 0.0
    moved, dropped = (xp.where(shared, _for_each_party(table, t), o) for t, o in zip(together, own, strict=True))
    return moved, dropped


def _for_each_party(table: Table, rows: Any) -> Any:  # noqa: ANN401
    return namespace(table.terms.value).concatenate([rows] * table.terms.value.shape[0])


def _flat(rows: PerPartyIssueOption) -> Any:  # noqa: ANN401
    """Party and issue as one axis."""
    return rows.reshape((-1, *rows.shape[2:]))


def _by_party(table: Table, message: Carried) -> Readings:
    return message.reshape((table.terms.value.shape[0], -1, message.shape[-1]))

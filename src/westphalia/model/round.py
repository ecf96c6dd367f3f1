"""A round of talks: a text is chosen, carried and read, and each whose yes is needed answers on its own reading.

Equation:
    text = argmax_t min_c (judged(u_c(t)) - limit_c - demand_c - error_c) over the texts not put lately
Units:
    utility, 0 to 1.
The proposer looks at terms and limits alone; whether an agreement would hold is judged by those who answer.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from westphalia.kinds import SIDES, Each, Loop, Message, PerFront, PerPlayer, PerSide, record
from westphalia.laws.durability.base import Peace
from westphalia.laws.numerics import indicator, namespace, other, sum_rows
from westphalia.model.answers import (
    answers,
    asked,
    judged,
    limits,
    surplus,
    worth_as_read,
    worth_of_signature,
)
from westphalia.model.ballots import agreed, missing, worst_off
from westphalia.model.channel import Heard, as_one_hop, hear
from westphalia.model.draws import Draws
from westphalia.model.land import as_the_line_lies
from westphalia.model.line import line_after
from westphalia.model.noise import normal_pair, together, uniform_pair
from westphalia.model.outlook import Outlook
from westphalia.model.settle import Settle, settling
from westphalia.model.state import State
from westphalia.model.table import Table, TalksState, TruceState, picked
from westphalia.model.truce import either
from westphalia.model.world import World

BARRED = 100.0
"""Utility taken off a text that cannot be put."""
SHORT = 10.0
"""Weight of what others fall short of, for a side that looks for its own gain."""
HEARING = 0.3
"""Share of the way that what was heard moves to the newest text."""
TACTIC, TURN = 4096, 8192
"""Identities of a side's draws for its tactic and for its turn to propose."""
SIGNED = 2.0


@record
class Exchange:
    """One round as it went."""

    chosen: Any
    """Index of the text, by run."""
    is_put: Each
    """1 where there is a text to put, 0 where all have failed lately."""
    sent: Message
    proposer: PerSide
    """1 for the side that proposed; 0 for both where a mediator did."""
    heard: Heard
    told: PerPlayer
    """What each player is known to hold out for once its reply has come back."""
    gain: PerPlayer
    """What each player gains over its limit and demand, as it reads the text."""
    accepted: PerPlayer
    bought: Each
    """Share of the needed yeses that outside pressure has bought, 0 to 1."""
    signed: Each
    read_worth: PerSide
    """Utility of the text as each capital reads it."""
    chance: PerSide
    """Chance of victory that each side believes in."""


def exchange(world: World, table: Table, state: State, expected: Outlook, draws: Draws, loop: Loop) -> Exchange:
    """Choose a text, carry it, and let everybody answer, all with the line of contact in view."""
    settle = settling(loop, draws)
    table = as_the_line_lies(world, table, state.advance.position, settle)
    limit = limits(world, table, state, expected)
    demand = _next_demand(world, table, state, expected, draws)
    wanted = settle(lambda: asked(table, limit, demand, expected, state.survival.culpability))
    proposer = _proposer(world, table, draws)
    known = known_limits(state, wanted)
    chosen, is_put = _choose(world, table, state, wanted, known, proposer, draws, settle)
    sent = picked(table.texts.option, chosen)
    heard = hear(table, sent, proposer, draws, loop)
    worth = settle(lambda: worth_as_read(table, heard, settle))
    worth = _devalued(table, worth, expected, proposer)
    signature = worth_of_signature(table, state, expected, worth, _guaranteed(table, chosen))
    gain = surplus(table, state, signature, wanted)
    free = judged(table, signature, state.survival.culpability) - wanted
    accepted = answers(world, table, gain, chosen, draws)
    signed = agreed(table.seating, accepted, table.needed)
    bought = _bought(table, accepted, gain, free)
    told = known + _returned(world, table, draws) * (wanted - known)
    return Exchange(
        chosen, is_put, sent, proposer, heard, told, gain, accepted, bought, signed, worth[:SIDES], expected.chance
    )


def talk(
    world: World, table: Table, state: State, expected: Outlook, draws: Draws, week: Each, loop: Loop, line: PerFront
) -> tuple[TalksState, TruceState, PerFront]:
    """Talks, truce and line after a round; no round takes place once there is an agreement or the war is over."""
    talks, truce = state.talks, state.truce
    assert talks is not None, "who talks has a state of talks"
    assert truce is not None, "and of truce"
    held = _is_held(world, table, state, truce, draws)
    said = exchange(world, table, state, expected, draws, loop)
    held = held * said.is_put
    signed = settling(loop, draws)(lambda: held * said.signed)
    after = _after_talks(table, talks, said, held), _after_signature(table, state, truce, said, signed, week)
    return *after, line_after(world, table, said.chosen, signed, line)


def _is_held(world: World, table: Table, state: State, truce: TruceState, draws: Draws) -> Each:
    turn, _ = uniform_pair(draws.keys, draws.week, "fill", world.identity.side + TURN, table.held.dtype)
    is_open = (truce.kind < SIGNED) & (state.outcome.fighting > 0.5)
    return indicator(is_open & (together(turn) < table.held), truce.kind)


def _after_talks(table: Table, talks: TalksState, said: Exchange, held: Each) -> TalksState:
    xp = namespace(talks.heard)
    every = float(table.seating.every)
    number = xp.arange(talks.since.shape[0], dtype="int32")[:, None]
    put = held * (number == said.chosen)
    first = xp.where((talks.heard_first < 0.0) & (held > 0.0), said.read_worth, talks.heard_first)
    heard = xp.where(talks.heard_first < 0.0, said.read_worth, talks.heard + HEARING * (said.read_worth - talks.heard))
    return dataclasses.replace(
        talks,
        weeks=talks.weeks + every * held,
        talking=held,
        told=talks.told + held * (said.told - talks.told),
        heard=talks.heard + held * (heard - talks.heard),
        heard_first=first,
        since=(talks.since + every) * (1.0 - put),
        rounds=talks.rounds + held,
        refused=talks.refused + held * missing(table.seating, said.accepted, table.needed),
    )


def _after_signature(
    table: Table, state: State, truce: TruceState, said: Exchange, signed: Each, week: Each
) -> TruceState:
    xp = namespace(signed)
    is_new = signed > 0.0
    return dataclasses.replace(
        truce,
        kind=xp.where(is_new, SIGNED, truce.kind),
        weeks=truce.weeks * (1.0 - signed),
        gap=xp.where(is_new, said.heard.gap, truce.gap),
        peace=either(signed, _peace(table, truce, said), truce.peace),
        changes=xp.where(is_new, sum_rows(state.survival.changes), truce.changes),
        signed=xp.where(is_new & (truce.signed < 0.0), week, truce.signed),
        signed_gap=xp.where(is_new & (truce.signed < 0.0), said.heard.gap, truce.signed_gap),
        terms=xp.where(is_new & (truce.signed < 0.0), said.sent.astype(truce.terms.dtype) + 1.0, truce.terms),
    )


def _peace(table: Table, truce: TruceState, said: Exchange) -> Peace:
    """What the text would rest on if it were signed."""
    xp = namespace(said.chosen)
    cost = xp.minimum(table.stakes.cost * truce.fought, 1.0)
    return Peace(
        strength=picked(table.texts.monitoring, said.chosen),
        guarantee=_guaranteed(table, said.chosen),
        pressure=said.bought,
        vagueness=said.heard.vagueness,
        spoilers=_spoilers(table, said.accepted),
        decided=xp.abs(said.chance[0] - said.chance[1]),
        burden=0.5 * (cost[0] + cost[1]),
    )


def _bought(table: Table, accepted: PerPlayer, gain: PerPlayer, free: PerPlayer) -> Each:
    """Share of the needed yeses of those who gain under pressure and would not gain without."""
    xp, yes = namespace(gain), table.needed * accepted
    turned = indicator((gain > 0.0) & (free <= 0.0), gain)
    return sum_rows(yes * turned) / xp.maximum(sum_rows(yes), 1.0)


def _spoilers(table: Table, accepted: PerPlayer) -> Each:
    """Share of the players who said no to what was signed all the same."""
    return sum_rows(1.0 - accepted) / len(table.seating.party_of)


def _guaranteed(table: Table, chosen: Any) -> Each:  # noqa: ANN401
    """How far third parties guarantee the chosen text, a guarantor at the table counted."""
    promised = picked(table.texts.guarantee, chosen) + table.channel.guarantor
    return namespace(promised).minimum(promised, 1.0)


def _next_demand(world: World, table: Table, state: State, expected: Outlook, draws: Draws) -> PerSide:
    """What each side asks above its limit in this round; concessions count as they were read."""
    talks, stance = state.talks, world.doctrine.talks
    assert talks is not None, "who talks has a state of talks"
    xp = namespace(talks.heard)
    conceded = xp.clip(talks.heard - talks.heard_first, 0.0, 1.0) * (talks.heard_first >= 0.0)
    room = xp.clip(1.0 - expected.value, 0.0, 1.0)
    tactic, _ = uniform_pair(draws.keys, 0, "fill", world.identity.side + TACTIC, room.dtype)
    gained = conceded / xp.maximum(room, 1e-3)
    return room * table.laws.bargaining.demand(
        stance.opening, stance.rate, talks.weeks, xp.minimum(gained, 1.0), tactic
    )


def _proposer(world: World, table: Table, draws: Draws) -> PerSide:
    """The higher of two draws has the word where sides propose."""
    drawn, _ = uniform_pair(draws.keys, draws.week, "fill", world.identity.side, table.held.dtype)
    return table.channel.by_sides * (drawn > other(drawn))


def _devalued(table: Table, worth: PerPlayer, expected: Outlook, proposer: PerSide) -> PerPlayer:
    """What comes from the enemy is worth less to the capital that hears it."""
    xp, law = namespace(worth), table.laws.bargaining
    base = expected.value
    heard = base + law.devalued(worth[:SIDES] - base, other(proposer))
    return xp.concatenate([heard, worth[SIDES:]])


def _choose(
    world: World,
    table: Table,
    state: State,
    wanted: PerPlayer,
    known: PerPlayer,
    proposer: PerSide,
    draws: Draws,
    settle: Settle,
) -> tuple[Any, Each]:
    """The index of the text put in this round, by run, the first of equals; and whether there is one to put."""
    xp, texts, talks = namespace(wanted), table.texts, state.talks
    assert talks is not None, "who talks has a state of talks"
    error, _ = normal_pair(draws.keys, 0, "limits", world.identity.player, wanted.dtype)
    guessed = settle(lambda: known + table.channel.limits_error * _doubt(table, talks) * error)
    seen = xp.moveaxis(judged(table, texts.worth, state.survival.culpability), 1, 0)
    own = seen[:SIDES] - wanted[:SIDES, None]
    put_off = BARRED * (texts.barred + (talks.since < table.wait))
    score = _score(table, seen - guessed[:, None], own, proposer[:, None]) - put_off
    number, best = xp.arange(len(score), dtype="int32")[:, None], score.max(axis=0)
    index = xp.where(score == best, number, len(score) - 1).min(axis=0)  # undefined in a run that failed: the last
    return index, indicator(best > -0.5 * BARRED, best)


def known_limits(state: State, wanted: PerPlayer) -> PerPlayer:
    """What those who propose take each player to hold out for: its last reply, and in the first round the truth."""
    assert state.talks is not None, "who talks has a state of talks"
    return namespace(wanted).where(state.talks.rounds > 0.0, state.talks.told, wanted)


def _returned(world: World, table: Table, draws: Draws) -> PerPlayer:
    """1 where a player's reply comes back through its party's chain as it was given, else 0: the earlier one stands."""
    drawn, _ = uniform_pair(draws.keys, draws.week, "reply", world.identity.player, table.held.dtype)
    error, _ = as_one_hop(table.channel)
    kept = namespace(drawn).stack([1.0 - error[party] + 0.0 * drawn[0] for party in table.seating.party_of])
    return indicator(drawn < kept, kept)


def _doubt(table: Table, talks: TalksState) -> PerPlayer:
    """Spread of the proposer's doubt about each player's limit, 1 as it was at first; that of third parties stays."""
    xp, left = namespace(talks.doubt), namespace(talks.doubt).sqrt(talks.doubt)
    return xp.stack([left[p] if p < SIDES else 0.0 * left[0] + 1.0 for p in table.seating.party_of])


def _score(table: Table, gain: Any, own: Any, proposer: Any) -> Any:  # noqa: ANN401
    """Of every text, (text, run), the gain of the worst-off for a mediator; for a side its own, with a penalty.

    The penalty is what those who must agree fall short of. Gains are (player, text, run) and (side, text, run).
    """
    xp, rows = namespace(gain), []
    for player, party in enumerate(table.seating.party_of):
        counted = table.needed[player] * (table.channel.counts_third if party >= SIDES else 1.0)
        rows.append(xp.where(counted > 0.0, gain[player], BARRED))
    worst = worst_off(table.seating, xp.stack(rows))
    for_side = sum_rows(proposer * own) + SHORT * xp.minimum(worst, 0.0)
    return xp.where(table.channel.by_sides > 0.0, for_side, worst)

"""Who says yes: what each must be offered, what the text is worth as read, and the answers.

Equation:
    U_c = sum_q w_cq E[v_pq | read] - E[lines crossed | read] - sum_b k_b (best part - worst part)
    W = worth of a signature for U - s and V(shifted);   yes where judged(W + pressure) - limit - demand + noise > 0
    s is the security that no term can give; third parties answer to U alone.
Units:
    utility, 0 to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from westphalia.kinds import SIDES, Each, PerIssue, PerPlayer, PerSide
from westphalia.laws.numerics import namespace, sum_rows
from westphalia.model.channel import Heard, at_option
from westphalia.model.draws import Draws
from westphalia.model.noise import uniform_pair
from westphalia.model.outlook import Outlook
from westphalia.model.picture import per_100k
from westphalia.model.settle import Settle
from westphalia.model.state import State
from westphalia.model.table import Seating, Table, Terms
from westphalia.model.world import World


def limits(world: World, table: Table, state: State, expected: Outlook) -> PerPlayer:
    """What each player must be offered: leaderships count their own fate, constituencies what fighting on is worth.

    Both ask besides for what the other side's next leadership may give, and for the price of their side's dead.
    """
    xp, fate, stakes = namespace(expected.value), table.laws.fate, table.stakes
    consent, culpability = state.consent, state.survival.culpability

    def asks(answering: PerSide, hawkishness: PerSide) -> PerSide:
        least = fate.reservation(expected.chance, stakes.win, stakes.lose, expected.cost, answering)
        return least + fate.resolve(hawkishness)

    successor = world.laws.survival.successor(consent.support, culpability, 0.0 * culpability)
    own = asks(culpability, state.survival.hawkishness)
    softer = xp.maximum(own - asks(*successor), 0.0)
    leaving = world.laws.survival.exit_chance(consent.support, consent.expectation, culpability, 0.0 * culpability)
    more = fate.anticipated(leaving, softer) + fate.sunk(per_100k(world, state.manpower.dead))
    rows = [own[side] + more[side] for side in range(SIDES)]
    for player, party in enumerate(table.seating.party_of[SIDES:], SIDES):
        base = expected.value[party] + more[party] if party < SIDES else 0.0 * own[0]
        rows.append(base + table.offset[player])
    return xp.stack(rows)


def judged(table: Table, worth: Each, culpability: PerSide) -> Each:
    """Utilities on the scale on which each player judges, (player, run) or (text, player, run).

    Leaderships count their own fate.
    """
    leaders = table.laws.fate.worth(worth[..., :SIDES, :], culpability)
    return namespace(worth).concatenate([leaders, worth[..., SIDES:, :]], axis=-2)


def asked(table: Table, limit: PerPlayer, demand: PerSide, expected: Outlook, culpability: PerSide) -> PerPlayer:
    """What each player holds out for: leaderships their limit and what the side's demand is worth to themselves."""
    fate, value = table.laws.fate, expected.value
    more = fate.worth(value + demand, culpability) - fate.worth(value, culpability)
    return namespace(limit).concatenate([limit[:SIDES] + more, limit[SIDES:]])


def worth_as_read(table: Table, heard: Heard, settle: Settle) -> PerPlayer:
    """Expected utility of the text to each player on the reading of its party."""
    xp, terms, seating = namespace(table.terms.value), table.terms, table.seating

    def meant(said: Any, believed: Any, read: Any, direct: Any) -> Any:  # noqa: ANN401
        found = at_option(believed, read)
        return found + direct * (at_option(said, read) - found) if seating.sides_propose else found

    def values() -> Any:  # noqa: ANN401
        rows = zip(terms.value, terms.value_heard, heard.read, heard.direct, strict=True)
        return xp.stack([meant(*row) for row in rows])

    value, penalty = list(settle(values)), []
    for party, read in enumerate(heard.read):
        lines = seating.lines[party] or (0,)
        said, believed = (xp.stack([rows[party, n] for n in lines]) for rows in (terms.penalty, terms.penalty_heard))
        penalty.append(meant(said, believed, xp.stack([read[n] for n in lines]), heard.direct[party]))
    return worth_of(terms, seating, value, penalty)


def worth_of(terms: Terms, seating: Seating, value: Sequence[PerIssue], penalty: Sequence[Any]) -> PerPlayer:
    """Utility to each player of a text whose clauses have these values and cross these lines, by party and issue."""
    rows = []
    for player, party in enumerate(seating.party_of):
        row = sum_rows(terms.weight[player] * value[party]) - sum_rows(penalty[party])
        for bundle, issues in enumerate(seating.bundles):
            row = row - terms.bundle[bundle] * _spread([value[party][issue] for issue in issues])
        rows.append(row)
    return namespace(terms.value).stack(rows)


def surplus(table: Table, state: State, signature: PerPlayer, limit: PerPlayer) -> PerPlayer:
    """What each player gains by a signature of this worth over what it must be offered, under outside pressure."""
    return judged(table, signature + table.pressure, state.survival.culpability) - limit


def worth_of_signature(table: Table, state: State, expected: Outlook, worth: PerPlayer, guarantee: Each) -> PerPlayer:
    """What signing a text of this worth is worth to each player, the doubt whether it would hold counted."""
    xp, law, talks = namespace(worth), table.laws.commitment, state.talks
    assert talks is not None, "who talks has a state of talks"
    lost = law.security_loss(talks.hostility, table.stakes.unreachable)
    hold = law.hold_chance(worth[:SIDES] - lost - expected.value_later, guarantee)
    rows = []
    for player, party in enumerate(table.seating.party_of):
        held = worth[player]
        if party < SIDES:
            held = law.worth(held - lost[party], expected.value_later[party], hold)
        rows.append(held)
    return xp.stack(rows)


def answers(world: World, table: Table, gain: PerPlayer, chosen: Any, draws: Draws) -> PerPlayer:  # noqa: ANN401
    """1 for yes; the persistent part of the noise belongs to a player and a text, the transient part to the round."""
    player = world.identity.player
    lasting, _ = uniform_pair(draws.keys, chosen, "accept", player, gain.dtype)
    passing, _ = uniform_pair(draws.keys, draws.week, "accept", player + PASSING, gain.dtype)
    return table.laws.bargaining.accepts(gain, lasting, passing)


PASSING = 4096
"""Identity of a player's transient noise over that of its persistent noise."""


def _spread(parts: list[Each]) -> Each:
    xp = namespace(parts[0])
    best = worst = parts[0]
    for part in parts[1:]:
        best, worst = xp.maximum(best, part), xp.minimum(worst, part)
    return best - worst

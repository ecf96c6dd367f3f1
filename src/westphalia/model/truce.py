"""What holds between the sides, week by week: bare ceasefires, breaks, incidents, credibility, trust.

Equation:
    a ceasefire begins with chance 1 - exp(-rate r_1 r_2), r_i the readiness of side i's doctrine
    what holds breaks with the chance that the durability law gives; after a break the war goes on
Units:
    chances a week.
"""

from __future__ import annotations

import dataclasses

from westphalia.kinds import Each, PerSide
from westphalia.laws.durability.base import Peace, nothing
from westphalia.laws.numerics import indicator, namespace, other, sum_rows
from westphalia.model.draws import Draws
from westphalia.model.noise import together
from westphalia.model.outlook import expected_shift
from westphalia.model.picture import Picture
from westphalia.model.state import State
from westphalia.model.table import Table, TalksState, TruceState
from westphalia.model.world import World

CEASEFIRE = 1.0


def next_truce(world: World, table: Table, state: State, picture: Picture, draws: Draws, week: Each) -> TruceState:
    """The truce a week later, before the week's round of talks."""
    truce, law = state.truce, table.laws.durability
    assert truce is not None, "who talks has a state of truce"
    xp = namespace(truce.kind)
    going = state.outcome.fighting > 0.5
    holds = (truce.kind > 0.0) & going
    drawn = together(draws.truce_uniform)
    breaks = holds & (drawn < _break_chance(table, state, truce, picture))
    ready = world.doctrine.talks.truce
    begins = -xp.expm1(-table.ceasefire * ready[0] * ready[1])
    ceases = (truce.kind < CEASEFIRE) & going & (picture.fighting > 0.5) & (drawn < begins)
    incidents = law.incidents(law.incident_rate(truce.weeks, truce.excitement), together(draws.incident_uniform))
    quiet = xp.where(holds, incidents, 0.0 * incidents)
    return dataclasses.replace(
        truce,
        kind=xp.where(breaks, 0.0, xp.where(ceases, CEASEFIRE, truce.kind)),
        weeks=xp.where(holds & ~breaks, truce.weeks + 1.0, 0.0),
        gap=xp.where(ceases, 0.0, truce.gap),
        peace=either(indicator(ceases, truce.kind), nothing(truce.kind), truce.peace),
        changes=xp.where(ceases, sum_rows(state.survival.changes), truce.changes),
        excitement=law.next_excitement(truce.excitement, quiet) * holds,
        broken=xp.where(breaks & (truce.kind > CEASEFIRE) & (truce.broken < 0.0), week, truce.broken),
        ceased=xp.where(ceases & (truce.ceased < 0.0), week, truce.ceased),
        fought=truce.fought + picture.fighting,
    )


def _break_chance(table: Table, state: State, truce: TruceState, picture: Picture) -> Each:
    """Chance that what holds breaks in the week."""
    xp = namespace(truce.kind)
    shift = xp.abs(expected_shift(table, state, picture)[0])
    changed = indicator(sum_rows(state.survival.changes) > truce.changes, truce.kind)
    signed = indicator(truce.kind > CEASEFIRE, truce.kind)
    return table.laws.durability.break_chance(
        truce.weeks, signed, truce.gap, shift, truce.peace, changed, truce.excitement
    )


def either(new: Each, after: Peace, before: Peace) -> Peace:
    """What a peace rests on after, where there is a new one, else before."""
    return Peace(
        **{
            field.name: namespace(new).where(new > 0.0, getattr(after, field.name), getattr(before, field.name))
            for field in dataclasses.fields(Peace)
        }
    )


def next_trust(world: World, table: Table, state: State, picture: Picture) -> TalksState:
    """Credibility of overtures and beliefs about the other's kind a week later."""
    talks, stance = state.talks, world.doctrine.talks
    assert talks is not None, "who talks has a state of talks"
    assert state.truce is not None, "and of truce"
    laws = table.laws
    watched = state.truce.peace.strength * (state.truce.kind > 0.0)
    step = namespace(watched).minimum(watched + stance.overture * stance.step, 1.0)
    return dataclasses.replace(
        talks,
        credibility=laws.overtures.next_credibility(
            talks.credibility, stance.overture, picture.mean_tempo, stance.moves
        ),
        hostility=laws.commitment.next_hostility(talks.hostility, picture.mean_tempo, step),
    )


def on_backers(world: World, table: Table, state: State) -> PerSide:
    """Term in the utility of each side's backers that the other side's overtures add."""
    talks = state.talks
    assert talks is not None, "who talks has a state of talks"
    return table.laws.overtures.on_backers(talks.credibility, world.doctrine.talks.overture)


def on_troops(world: World, table: Table, state: State, written_off: PerSide) -> PerSide:
    """Term in the field on each side's troops that overtures add, the other side's and their own."""
    talks, law, overture = state.talks, table.laws.overtures, world.doctrine.talks.overture
    assert talks is not None, "who talks has a state of talks"
    at_stake = namespace(written_off).minimum(written_off + other(written_off), 1.0)
    by_the_other = law.on_troops(talks.credibility, overture, written_off)
    return by_the_other + law.on_own_troops(talks.credibility, overture, at_stake)


def lull(table: Table, state: State) -> Each:
    """Factor on the tempo that both sides want, by talks that go on."""
    assert state.talks is not None, "who talks has a state of talks"
    return table.laws.overtures.lull(state.talks.talking)

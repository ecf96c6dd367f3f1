"""The week: the order of events and every arrow of the coupling, one line each.

All reads use the state at the start of the week for both sides, so that no side moves first. The order stands in
``ORDER`` of ``westphalia.laws`` and is the order of the calls below.
"""

from __future__ import annotations

import dataclasses

from westphalia.kinds import Each, Loop, PerFront, PerSide, PerSideFront
from westphalia.laws.numerics import namespace, other, over_fronts, sum_rows
from westphalia.model.backers import Aid, support_clients
from westphalia.model.battle import Fight, Orders, fight
from westphalia.model.draws import Draws
from westphalia.model.home import (
    Occupation,
    mean_loss_rate,
    next_consent,
    next_leadership,
    next_materiel,
    police,
)
from westphalia.model.outcome import next_outcome, what_happened
from westphalia.model.outlook import learn, next_doubt, next_index, outlook, time_to_exhaustion
from westphalia.model.people import count_losses, next_manpower, planned_over_present
from westphalia.model.picture import Picture, own_direction, people_lost, take
from westphalia.model.round import talk
from westphalia.model.settle import Settle, settling
from westphalia.model.shocks import next_shocks
from westphalia.model.state import AdvanceState, CohesionState, State, SupplyState, SurvivalState
from westphalia.model.table import Table, TalksState, TruceState
from westphalia.model.truce import lull, next_truce, next_trust, on_troops
from westphalia.model.world import Now, World

RECENT_MEMORY = 25.0 / 26.0
PAUSE_DISTANCE = 15.0


def week(world: World, state: State, now: Now, draws: Draws, number: Each, loop: Loop, substeps: int) -> State:
    """The state a week later.

    Args:
        world: What the run takes as given.
        state: The state at the start of the week.
        now: What the calendar gives this week.
        draws: This week's random numbers.
        number: Weeks since the start of the run.
        loop: How sub-steps are repeated.
        substeps: Sub-steps of combat.
    """
    settle = settling(loop, draws)
    picture = settle(lambda: take(world, state, now))
    aid_state, aid = support_clients(world, state, picture, now, number)
    occupation_state, occupation = police(world, state, picture, aid)
    orders = _orders(world, state, picture, occupation)
    fought = fight(world, state, picture, now, orders, loop, substeps)
    supply = _next_supply(world, state, picture, now, occupation, fought.position)
    force, losses = count_losses(world, state, fought, orders.joining, occupation.ambushed)
    manpower, ranks = next_manpower(world, state, picture, now, force, losses, fought.position)
    materiel = next_materiel(
        world, state, picture, aid, mean_loss_rate(losses, picture.strength), state.advance.position
    )
    advance, causes = _next_advance(world, state, picture, now, orders, fought, ranks.force, settle)
    cohesion = _next_cohesion(world, state, picture, aid, advance.loss_rate)
    consent = next_consent(world, state, picture, losses, _area_gained(picture, fought.position), number)
    survival = next_leadership(world, state, now, draws)
    talks, truce, line = _next_talks(world, state, picture, survival, draws, number, loop, fought.position)
    after = State(
        advance=dataclasses.replace(advance, position=line),
        supply=supply,
        manpower=manpower,
        materiel=materiel,
        aid=aid_state,
        cohesion=cohesion,
        consent=consent,
        survival=survival,
        occupation=occupation_state,
        shocks=next_shocks(world.noise, state.shocks, draws),
        outcome=state.outcome,
        talks=talks,
        truce=truce,
    )
    own = own_direction(line)
    happened = what_happened(world, after, aid.will, causes)
    outcome = next_outcome(world, after, own, happened, number + 1)
    return dataclasses.replace(after, outcome=outcome)


def _next_supply(
    world: World, state: State, picture: Picture, now: Now, occupation: Occupation, position: PerFront
) -> SupplyState:
    law, supply, ground = world.laws.supply, state.supply, world.ground
    river = own_direction(ground.river_at) + ground.river_half_width
    across = law.behind_river(picture.own, river)
    crossing = 1.0 - across * (1.0 - supply.crossing)
    distance = namespace(picture.own).maximum(picture.own - supply.railhead + law.standoff, 0.0)
    harassed = occupation.interdiction[:, None] * namespace(distance).maximum(picture.own - ground.home, 0.0)
    transport = law.transport(picture.tempo, distance, crossing, harassed)
    fed = world.laws.materiel.ammunition_satisfaction(state.materiel.ammunition)
    strikes = now.crossing_strikes * picture.fighting * 3.0 * other(world.doctrine.strike_supply)[:, None]
    return SupplyState(
        transport=transport,
        satisfaction=transport * fed[:, None],
        railhead=law.next_railhead(supply.railhead, own_direction(position)),
        crossing=law.next_crossing(supply.crossing, ground.river_capacity, strikes),
    )


def _orders(world: World, state: State, picture: Picture, occupation: Occupation) -> Orders:
    laws, advance, shocks = world.laws, state.advance, state.shocks
    xp = namespace(picture.own)
    overextension = laws.counter.overextension(
        state.supply.transport,
        _salient(world, state),
        occupation.fill,
        picture.density,
    )
    per_head = laws.power.log_effectiveness(
        state.manpower.quality,
        state.supply.satisfaction,
        state.materiel.armour / xp.maximum(picture.strength, 1e-6),
        state.cohesion.level,
    )
    leaving = 1.0 - advance.withdrawal / laws.advance.withdrawal_speed
    return Orders(
        log_effectiveness=per_head
        + shocks.front
        + shocks.theatre[:, None]
        + laws.counter.log_bonus(advance.counter, other(overextension)),
        joining=laws.counter.committed(advance.counter, state.manpower.reserve),
        overextension=overextension,
        intensity=(xp.exp(shocks.intensity) * laws.attrition.strike_factor(other(world.doctrine.strike_front)))[
            :, None
        ],
        contact=xp.maximum(leaving * other(leaving), 0.0),
    )


def _next_talks(
    world: World,
    state: State,
    picture: Picture,
    leaders: SurvivalState,
    draws: Draws,
    number: Each,
    loop: Loop,
    line: PerFront,
) -> tuple[TalksState | None, TruceState | None, PerFront]:
    """What is believed, said and agreed a week later, and the line; a round of talks where one is due."""
    table = world.table
    if table is None:
        return None, None, line
    seen = before_a_round(world, table, state, picture, leaders, draws, number)

    def one_round(held: tuple[TalksState, TruceState, PerFront]) -> tuple[TalksState, TruceState, PerFront]:
        now = dataclasses.replace(state, talks=held[0], truce=held[1])
        expected = settling(loop, draws)(lambda: outlook(world, table, now, picture))
        return talk(world, table, now, expected, draws, number + 1, loop, held[2])

    return loop(number[0] % table.seating.every == 0, one_round, (seen.talks, seen.truce, line))


def before_a_round(
    world: World, table: Table, state: State, picture: Picture, leaders: SurvivalState, draws: Draws, number: Each
) -> State:
    """The state that the week's round of talks sees: beliefs, trust and truce of the week, the rest as it began.

    ``leaders`` are those after the week: a successor brings its own view, and sits at the table from next week on.
    """
    assert state.talks is not None, "who talks has a state of talks"
    index = next_index(state.talks.index, time_to_exhaustion(world, state, picture), number)
    changed = leaders.changes - state.survival.changes
    mean, variance = learn(table, state, index, picture, changed, draws)
    doubt = next_doubt(table, state, picture, changed)
    trust = next_trust(world, table, state, picture)
    talks = dataclasses.replace(trust, index=index, mean=mean, variance=variance, doubt=doubt)
    return dataclasses.replace(state, talks=talks, truce=next_truce(world, table, state, picture, draws, number + 1))


def _salient(world: World, state: State) -> PerSideFront:
    """Recent own advance of each front beyond its neighbours', km; who has not advanced holds no salient."""
    recent, weights = state.advance.recent, world.ground.neighbours
    beside = 0.0 * recent
    for front in range(weights.shape[1]):
        beside = beside + weights[:, front] * recent[front]
    own = own_direction(recent)
    return namespace(own).minimum(own_direction(recent - beside), own)


def _next_advance(
    world: World,
    state: State,
    picture: Picture,
    now: Now,
    orders: Orders,
    fought: Fight,
    force: PerSideFront,
    settle: Settle,
) -> tuple[AdvanceState, tuple[PerSideFront, ...]]:
    laws, advance, doctrine = world.laws, state.advance, world.doctrine
    xp = namespace(force)
    moved = own_direction(fought.position) - picture.own
    engaged = xp.maximum(state.manpower.force + orders.joining, 1e-6)
    in_attack = fought.lost_attacking / engaged
    in_defence = (fought.lost + fought.captured) / engaged - in_attack
    causes = settle(lambda: _withdrawal_causes(world, state, picture, now, fought, in_defence))
    worst = xp.maximum(xp.maximum(causes[0], causes[1]), xp.maximum(causes[2], causes[3]))
    seen, lost, urgency = _seen(world, state, force, moved)
    after = AdvanceState(
        position=fought.position,
        recent=RECENT_MEMORY * advance.recent + moved[0],
        tempo=laws.advance.next_tempo(
            advance.tempo,
            _wanted_tempo(world, state, picture, now),
            in_attack,
            doctrine.tolerance,
            state.supply.satisfaction,
            doctrine.supply_floor,
        ),
        withdrawal=laws.advance.next_withdrawal(
            advance.withdrawal, worst, own_direction(fought.position) - world.ground.stop
        ),
        dig_in=fought.dig_in,
        prepared=laws.advance.next_prepared(advance.prepared, moved),
        counter=laws.counter.next_counter(
            advance.counter,
            other(orders.overextension),
            doctrine.counter_trigger,
            state.manpower.reserve / xp.maximum(picture.strength, 1e-6),
            now.posture * picture.fighting,
        ),
        loss_rate=in_attack + in_defence,
        ground_lost=lost,
        urgency=urgency,
        enemy_share=seen,
        saturation=laws.attrition.next_saturation(
            advance.saturation, 0.5 * (picture.mean_tempo[0] + picture.mean_tempo[1])
        ),
    )
    return after, causes


def _withdrawal_causes(
    world: World, state: State, picture: Picture, now: Now, fought: Fight, in_defence: PerSideFront
) -> tuple[PerSideFront, ...]:
    """How far each cause of a withdrawal holds on each front, 0 to 1."""
    return world.laws.advance.withdrawal_causes(
        in_defence,
        world.doctrine.withdrawal,
        state.supply.satisfaction,
        other(fought.log_advantage),
        planned_over_present(state, now),
        other(picture.tempo),
    )


def _seen(
    world: World, state: State, force: PerSideFront, moved: PerSideFront
) -> tuple[PerSideFront, PerSideFront, PerSideFront]:
    """Share of the other's force on each front, own ground lost and urgency, as seen with delay."""
    xp, advance = namespace(force), state.advance
    whole = xp.maximum(over_fronts(force), 1e-6)[:, None]
    return world.laws.allocation.see(
        advance.enemy_share, advance.ground_lost, advance.urgency, other(force / whole), xp.maximum(-moved, 0.0)
    )


def _wanted_tempo(world: World, state: State, picture: Picture, now: Now) -> PerSideFront:
    """Tempo that the situation, the doctrine and the leadership ask for; a counter-offensive asks for all of it."""
    xp = namespace(picture.own)
    factor = world.doctrine.tempo * world.laws.survival.tempo_factor(state.survival.hawkishness)
    gained = xp.clip(own_direction(state.advance.recent) / PAUSE_DISTANCE - 1.0, 0.0, 1.0)
    resting = gained * (world.doctrine.pause / (world.doctrine.pause + 4.0))[:, None]
    wanted = xp.maximum(now.posture * factor[:, None] * (1.0 - resting), state.advance.counter)
    eased = 1.0 if world.table is None else lull(world.table, state)
    return xp.clip(wanted, 0.0, 1.0) * picture.fighting * eased


def _next_cohesion(world: World, state: State, picture: Picture, aid: Aid, loss_rate: PerSideFront) -> CohesionState:
    law = world.laws.cohesion
    xp = namespace(state.cohesion.level)
    terms = law.field(
        state.supply.satisfaction,
        loss_rate,
        picture.victory,
        aid.abandonment,
    )
    force = state.manpower.force
    weight = force / xp.maximum(over_fronts(force), 1e-6)[:, None]
    acting = sum(terms.values())
    if world.table is not None:
        acting = acting + on_troops(world, world.table, state, people_lost(world, picture.occupied))[:, None]
    return CohesionState(level=law.next_level(state.cohesion.level, acting, weight))


def _area_gained(picture: Picture, position: PerFront) -> PerSide:
    """Net change of land of each side in the week, km2."""
    return own_direction(sum_rows(picture.width * (position - picture.own[0])))

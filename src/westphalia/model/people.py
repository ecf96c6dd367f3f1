"""The people's part of the week: call-up, training, wounds, desertion, allocation, garrisons.

Every flow leaves one stock and enters another, so that the balance of persons closes.
"""

from __future__ import annotations

from westphalia.kinds import PerFront, PerSide, PerSideCohort, PerSideFront, record
from westphalia.laws.numerics import namespace, other, over_fronts
from westphalia.model.battle import Fight
from westphalia.model.picture import Picture, held
from westphalia.model.state import ManpowerState, State
from westphalia.model.world import Now, World


@record
class Losses:
    """What fighting, want, ambush and retreat took from the force in the week, thousand persons."""

    killed: PerSide
    wounded: PerSide
    sick: PerSide
    """From want of supply."""
    captured: PerSide
    deserted: PerSide
    staying: PerSide
    """Left behind before a withdrawal."""
    ambushed: PerSide
    """Of the garrison; part of the killed and wounded."""
    joined: PerSide
    """Of the reserve that joined a counter-offensive; part of the killed, wounded and captured."""


@record
class Ranks:
    """Force by front, reserve and garrison after allocation."""

    force: PerSideFront
    reserve: PerSide
    garrison: PerSide


def count_losses(
    world: World, state: State, fight: Fight, joining: PerSideFront, ambushed: PerSide
) -> tuple[PerSideFront, Losses]:
    """Force by front after all losses of the week, and the losses by kind; ``joining`` is the reserve that joined."""
    laws, manpower = world.laws, state.manpower
    xp = namespace(fight.force)
    sick = fight.force * laws.supply.non_battle_rate(state.supply.transport)
    gone = fight.force * laws.manpower.desertion_rate(state.cohesion.level, manpower.tour)
    retreat = state.advance.withdrawal / laws.advance.withdrawal_speed
    staying = fight.force * xp.minimum(world.doctrine.stay_behind[:, None] * retreat, 0.2)
    combat = over_fronts(fight.lost) + ambushed
    killed = laws.attrition.killed_share * combat
    losses = Losses(
        killed=killed,
        wounded=combat - killed,
        sick=over_fronts(sick),
        captured=over_fronts(fight.captured),
        deserted=over_fronts(gone),
        staying=over_fronts(staying),
        ambushed=ambushed,
        joined=over_fronts(joining - fight.joining),
    )
    return fight.force - sick - gone - staying, losses


def next_manpower(
    world: World,
    state: State,
    picture: Picture,
    now: Now,
    force: PerSideFront,
    losses: Losses,
    moved: PerFront,
) -> tuple[ManpowerState, Ranks]:
    """All people a week later; ``moved`` is the new position of the lines."""
    law, manpower, sides = world.laws.manpower, state.manpower, world.sides
    xp = namespace(force)
    pool, behind, emigrated = _pool_behind_lines(world, state, picture, moved)
    whole = over_fronts(pool)
    taken = law.intake(
        now.intake * picture.fighting,
        state.consent.expectation,
        manpower.wave * picture.fighting,
        world.doctrine.mobilisation_wave,
        whole,
        sides.pool,
    )
    pool = pool * (1.0 - taken / xp.maximum(whole, 1e-9))[:, None]
    training, trained = law.train(manpower.training, taken)
    wounded, treated = law.heal(manpower.wounded, losses.wounded + losses.sick)
    returned = law.returning_share * treated
    forgiven = law.amnesty * losses.deserted
    arriving = trained + returned + forgiven + now.arrivals
    ranks = _allocate(world, state, picture, now, force, arriving, losses)
    strength = xp.maximum(picture.strength, 1e-6)
    quality = law.next_quality(
        manpower.quality,
        picture.mean_tempo,
        xp.minimum(trained / strength, 1.0),
        (losses.killed + losses.wounded) / strength,
    )
    after = ManpowerState(
        pool=pool,
        behind=behind,
        training=training,
        force=ranks.force,
        reserve=ranks.reserve,
        garrison=ranks.garrison,
        staying=manpower.staying + losses.staying,
        wounded=wounded,
        dead=manpower.dead + losses.killed,
        injured=manpower.injured + losses.wounded + losses.sick,
        disabled=manpower.disabled + treated - returned,
        captured=manpower.captured + losses.captured,
        deserted=manpower.deserted + losses.deserted - forgiven,
        emigrated=manpower.emigrated + emigrated,
        arrived=manpower.arrived + now.arrivals,
        quality=quality,
        tour=manpower.tour + picture.fighting - manpower.tour * xp.minimum(arriving / strength, 1.0),
        wave=law.next_wave(manpower.wave, picture.strength, sides.strength_wanted, world.doctrine.mobilisation_trigger),
    )
    return after, ranks


def _pool_behind_lines(
    world: World, state: State, picture: Picture, moved: PerFront
) -> tuple[PerSideCohort, PerSideCohort, PerSide]:
    """Pool and people behind the other side's line after the line has moved, and those who left the country."""
    manpower = state.manpower
    xp = namespace(moved)
    _, occupied = held(world.ground, moved)
    before, after = other(over_fronts(picture.occupied)), other(over_fronts(occupied))
    free = xp.maximum(world.sides.population + world.sides.occupied_at_start - before, 1e-3)
    lost = xp.clip((after - before) / free, 0.0, 0.9)[:, None] * manpower.pool
    freed = xp.clip((before - after) / xp.maximum(before, 1e-3), 0.0, 1.0)[:, None] * manpower.behind
    leaving = world.laws.manpower.emigration_rate(state.consent.support)[:, None] * manpower.pool
    kept = manpower.pool - lost + freed - leaving
    return kept, manpower.behind + lost - freed, over_fronts(leaving)


def _allocate(
    world: World,
    state: State,
    picture: Picture,
    now: Now,
    force: PerSideFront,
    arriving: PerSide,
    losses: Losses,
) -> Ranks:
    laws, advance = world.laws, state.advance
    xp = namespace(force)
    held_back = xp.minimum((1.0 - world.doctrine.reserve) / xp.maximum(over_fronts(now.share), 1e-6), 1.0)
    wanted = laws.allocation.shares(now.share * held_back[:, None], advance.enemy_share, advance.urgency)
    force, reserve = laws.allocation.transfer(force, state.manpower.reserve - losses.joined + arriving, wanted)
    whole = over_fronts(force) + reserve
    occupied = over_fronts(picture.occupied)
    hostile = over_fronts(picture.occupied * world.ground.hostility)
    need = world.doctrine.garrison * laws.occupation.garrison_need(occupied, hostile)
    left = state.manpower.garrison - losses.ambushed
    garrison = laws.occupation.next_garrison(left, need, whole)
    kept = 1.0 - (garrison - left) / xp.maximum(whole, 1e-6)
    return Ranks(force=force * kept[:, None], reserve=reserve * kept, garrison=garrison)


def planned_over_present(state: State, now: Now) -> PerSideFront:
    """Planned share of each front over the share that is there."""
    xp = namespace(state.manpower.force)
    force = state.manpower.force
    whole = xp.maximum(over_fronts(force) + state.manpower.reserve, 1e-6)[:, None]
    return now.share / xp.maximum(force / whole, 1e-6)

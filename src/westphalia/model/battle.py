"""The combat of one week in sub-steps: losses, movement, field works, pockets."""

from __future__ import annotations

from westphalia.kinds import Each, Loop, PerFront, PerSideFront, record
from westphalia.laws.numerics import interpolate, namespace, other
from westphalia.model.picture import Picture, own_direction
from westphalia.model.state import State
from westphalia.model.world import Ground, Now, World

NOBODY = 1e-3
"""Thousand persons added to both sides, so that an empty front has even odds."""


@record
class Orders:
    """What the week's combat starts from and what does not change in it."""

    log_effectiveness: PerSideFront
    """Per head, with shocks and the bonus of a counter-offensive."""
    joining: PerSideFront
    """Reserve that joins a counter-offensive, thousand."""
    overextension: PerSideFront
    intensity: PerSideFront
    contact: PerSideFront


@record
class Fight:
    """What changes from sub-step to sub-step."""

    position: PerFront
    force: PerSideFront
    joining: PerSideFront
    """Reserve that takes part in a counter-offensive, thousand."""
    dig_in: PerSideFront
    lost: PerSideFront
    lost_attacking: PerSideFront
    """What of the lost fell in the side's own attacks, thousand."""
    captured: PerSideFront
    log_advantage: PerSideFront


def fight(world: World, state: State, picture: Picture, now: Now, orders: Orders, loop: Loop, substeps: int) -> Fight:
    """The lines, forces and losses after a week of combat."""
    ground, laws, advance = world.ground, world.laws, state.advance
    xp = namespace(advance.position)
    dt = 1.0 / substeps
    trigger = other(world.doctrine.counter_trigger)

    def step(now_fighting: Fight) -> Fight:
        position, present = now_fighting.position, now_fighting.force + now_fighting.joining
        own = own_direction(position)
        defence = laws.power.defence(
            ground.terrain,
            _belts(ground, position, now.belt_built),
            other(_river(ground, own, state.supply.crossing)),
            now_fighting.dig_in,
            advance.saturation,
            present / interpolate(position, ground.width_at, ground.width),
        )
        odds = (present + NOBODY) / (other(present + NOBODY) * other(defence))
        log_advantage = xp.clip(
            xp.log(xp.maximum(odds, 1e-6)) + orders.log_effectiveness - other(orders.log_effectiveness), -8.0, 8.0
        )
        push = laws.advance.push_speed(log_advantage, picture.tempo) * xp.clip(ground.limit - own, 0.0, 1.0)
        room = xp.maximum(own - ground.stop, 0.0) / dt
        back = xp.minimum(advance.withdrawal * picture.fighting, room)
        in_attack, in_defence = laws.attrition.loss_rates(
            log_advantage, picture.tempo, present, orders.contact, advance.saturation, orders.intensity
        )
        rates = picture.fighting * (in_attack + in_defence)
        pocket = laws.counter.pocket_rate(
            orders.overextension, trigger, other(advance.counter), _share(other(push), laws.advance.withdrawal_speed)
        )
        share_gone = -xp.expm1(-(rates + pocket) * dt)
        gone = present * share_gone
        pocketed = gone * pocket / xp.maximum(rates + pocket, 1e-9)
        share_attacking = in_attack / xp.maximum(in_attack + in_defence, 1e-9)
        speed = push - other(push) + other(back) - back
        forward = xp.maximum(speed, 0.0)
        moved = xp.clip(position + dt * speed[0], -ground.limit[1], ground.limit[0])
        return Fight(
            position=moved,
            force=now_fighting.force - now_fighting.force * share_gone,
            joining=now_fighting.joining - now_fighting.joining * share_gone,
            dig_in=laws.advance.next_dig_in(now_fighting.dig_in, advance.prepared, other(forward), forward, dt),
            lost=now_fighting.lost + gone - pocketed,
            lost_attacking=now_fighting.lost_attacking + share_attacking * (gone - pocketed),
            captured=now_fighting.captured + pocketed,
            log_advantage=log_advantage,
        )

    none = xp.zeros_like(state.manpower.force)
    start = Fight(advance.position, state.manpower.force, orders.joining, advance.dig_in, none, none, none, none)
    return loop(substeps, step, start)


def _share(speed: PerSideFront, scale: Each) -> PerSideFront:
    return speed / (speed + scale)


def _bump(distance: PerSideFront) -> PerSideFront:
    squared = distance * distance
    return 1.0 / (1.0 + squared * squared)


def _river(ground: Ground, own: PerSideFront, crossing: PerSideFront) -> PerSideFront:
    """Obstacle before each side's attack: it lies a half-width beyond the river, and crossings lessen it."""
    across = own - own_direction(ground.river_at) - ground.river_half_width
    return ground.river_bonus * _bump(across / ground.river_half_width) * (1.0 - crossing)


def _belts(ground: Ground, position: PerFront, built: PerSideFront) -> PerSideFront:
    """Worth of the belts that serve each side where the line is."""
    total = 0.0 * ground.hostility
    for belt in range(ground.belt_at.shape[2]):
        away = (position - ground.belt_at[:, :, belt]) / ground.belt_half_width[:, :, belt]
        total = total + ground.belt_bonus[:, :, belt] * built[:, :, belt] * _bump(away)
    return total

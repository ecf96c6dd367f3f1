"""What the week reads off the state before anything changes: lines, land, people, strength."""

from __future__ import annotations

from typing import Any

from westphalia.kinds import Each, PerFront, PerSide, PerSideFront, record
from westphalia.laws.numerics import integrate, interpolate, namespace, other, over_fronts, sum_rows
from westphalia.model.state import State
from westphalia.model.world import Ground, Now, World


@record
class Picture:
    """Derived numbers at the start of a week."""

    own: PerSideFront
    """Line in each side's own direction, km."""
    occupied: PerSideFront
    """Inhabitants of the land that each side holds beyond its home line, before displacement, thousand."""
    width: PerFront
    """Width of the line, km."""
    density: PerSideFront
    """Line density, thousand persons per km."""
    strength: PerSide
    """Front, reserve and garrison, thousand."""
    victory: PerSide
    """Expectation of victory, 0 to 1."""
    tempo: PerSideFront
    """Tempo that this week's weather and chance allow, 0 to 1."""
    mean_tempo: PerSide
    fighting: Each
    """1 in war, 0 under a truce or after the end."""


def own_direction(position: PerFront) -> PerSideFront:
    """A position as each side counts it: its own advance is positive."""
    return namespace(position).stack([position, -position])


def held(ground: Ground, position: PerFront) -> tuple[PerSideFront, PerSideFront]:
    """Land (km2) and inhabitants (thousand) that each side holds beyond its home line."""
    xp = namespace(position)
    area = own_direction(integrate(position, ground.width_at, ground.width))
    people = own_direction(integrate(position, ground.inhabitants_at, ground.inhabitants))
    return xp.maximum(area - ground.home_area, 0.0), xp.maximum(people - ground.home_people, 0.0)


def take(world: World, state: State, now: Now) -> Picture:
    """Read the picture of the week off the state."""
    xp = namespace(state.manpower.force)
    _, occupied = held(world.ground, state.advance.position)
    width = interpolate(state.advance.position, world.ground.width_at, world.ground.width)
    fighting = state.outcome.fighting * now.fighting
    if state.truce is not None:
        fighting = fighting * (state.truce.kind < 0.5)
    tempo = xp.clip(state.advance.tempo * now.season * xp.exp(state.shocks.tempo) * fighting, 0.0, 1.0)
    return Picture(
        own=own_direction(state.advance.position),
        occupied=occupied,
        width=width,
        density=state.manpower.force / width,
        strength=over_fronts(state.manpower.force) + state.manpower.reserve + state.manpower.garrison,
        victory=0.5 + 0.5 * state.consent.expectation,
        tempo=tempo,
        mean_tempo=_mean_over_force(tempo, state.manpower.force),
        fighting=fighting,
    )


def _mean_over_force(value: PerSideFront, force: PerSideFront) -> PerSide:
    xp = namespace(force)
    return over_fronts(value * force) / xp.maximum(over_fronts(force), 1e-6)


def backers_to_sides(world: World, value: Any) -> PerSide:  # noqa: ANN401
    """Sum over each side's backers."""
    return over_fronts(world.backers.backs * value)


def coalition_share(world: World, given: Any) -> PerSide:  # noqa: ANN401
    """Share of its backers' capacity that each side is given, from what each backer gives; 0 without backers."""
    capacity = backers_to_sides(world, world.backers.capacity)
    return backers_to_sides(world, world.backers.capacity * given) / namespace(capacity).maximum(capacity, 1e-9)


def per_100k(world: World, people: PerSide) -> PerSide:
    """People of each side, in thousands, per 100,000 of its inhabitants."""
    return people * (1e5 / world.sides.population)


def people_lost(world: World, occupied: PerSideFront) -> PerSide:
    """Share of each side's people behind the other's line."""
    return other(over_fronts(occupied)) / (world.sides.population + world.sides.occupied_at_start)


def sides_to_backers(world: World, value: PerSide) -> Any:  # noqa: ANN401
    """Each backer's client's number."""
    return sum_rows(world.backers.backs * value[:, None])

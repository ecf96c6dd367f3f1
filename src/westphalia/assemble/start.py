"""The state at the start of a run."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from westphalia.assemble.arrays import backers_of, by_side, stack
from westphalia.assemble.draw import Draw
from westphalia.laws.numerics import other, over_fronts
from westphalia.model.home import consent_burden, industry_lost
from westphalia.model.outcome import EVENTS
from westphalia.model.picture import held, own_direction, take
from westphalia.model.state import (
    AdvanceState,
    AidState,
    CohesionState,
    ConsentState,
    ManpowerState,
    MaterielState,
    OccupationState,
    OutcomeState,
    ShockState,
    State,
    SupplyState,
    SurvivalState,
)
from westphalia.model.world import World
from westphalia.scenario.schema import Scenario

LONG_AGO = 1e6
"""Weeks after which nothing is left of a rally."""


def start(scenario: Scenario, world: World, draw: Draw) -> tuple[World, State]:
    """The state at the start, and the world completed with what follows from it."""
    position = stack([draw(f"fronts.{name}.position", front.position) for name, front in scenario.fronts.items()])
    force = _force(scenario, world)
    posture = world.calendar.posture[0] * world.doctrine.tempo[:, None]
    state = State(
        advance=_advance(scenario, draw, position, force, posture),
        supply=_supply(scenario, draw, position),
        manpower=_manpower(scenario, world, draw, position, force),
        materiel=_materiel(scenario, draw),
        aid=_aid(scenario, world, draw),
        cohesion=CohesionState(level=_each(scenario, draw, "cohesion")[:, None] + 0.0 * force),
        consent=ConsentState(
            support=_each(scenario, draw, "support"),
            expectation=_each(scenario, draw, "expectation"),
            death_rate=np.zeros((2, 1)),
        ),
        survival=SurvivalState(
            culpability=_each(scenario, draw, "culpability"),
            hawkishness=np.zeros((2, 1)),
            weeks_in_office=_each(scenario, draw, "weeks_in_office"),
            changes=np.zeros((2, 1)),
        ),
        occupation=OccupationState(
            partisans=_each(scenario, draw, "partisans"), displaced=_each(scenario, draw, "displaced")
        ),
        shocks=ShockState(front=0.0 * force, theatre=np.zeros((2, 1)), tempo=0.0 * force, intensity=np.zeros((2, 1))),
        outcome=_outcome(),
    )
    return _complete(world, state), state


def _complete(world: World, state: State) -> World:
    """Levels that depend on the start: support that events do not explain, people and industry already lost.

    Where the war begins with the run, support at the start is that of before: what rallies behind it comes on top.
    """
    sides = dataclasses.replace(
        world.sides,
        industry_at_start=industry_lost(world, state.advance.position),
        occupied_at_start=other(over_fronts(held(world.ground, state.advance.position)[1])),
    )
    world = dataclasses.replace(world, sides=sides)
    picture = take(world, state, world.calendar.at(0))
    rallied = np.where(world.backers.war_age == 0.0, LONG_AGO, 0.0)
    burden = consent_burden(world, state, picture, state.consent.death_rate, rallied)
    support = state.consent.support
    return dataclasses.replace(
        world, sides=dataclasses.replace(sides, support_base=np.log(support / (1.0 - support)) - burden)
    )


def _each(scenario: Scenario, draw: Draw, field: str) -> np.ndarray:
    return stack([draw(f"sides.{name}.{field}", getattr(side, field)) for name, side in scenario.sides.items()])


def _force(scenario: Scenario, world: World) -> np.ndarray:
    shares = [[side.force.shares.get(front, 0.0) for front in scenario.fronts] for side in scenario.sides.values()]
    return np.array(shares)[..., None] * world.sides.strength_at_start[:, None]


def _advance(
    scenario: Scenario, draw: Draw, position: np.ndarray, force: np.ndarray, posture: np.ndarray
) -> AdvanceState:
    rows = [by_side(scenario, draw, f"fronts.{name}.dig_in", f.dig_in) for name, f in scenario.fronts.items()]
    dig_in = np.swapaxes(stack(rows), 0, 1) + 0.0 * force
    share = force / np.maximum(over_fronts(force), 1e-6)[:, None]
    none = 0.0 * force
    return AdvanceState(
        position=position,
        recent=0.0 * position,
        tempo=_tempo(scenario, draw, posture),
        withdrawal=none,
        dig_in=dig_in,
        prepared=dig_in,
        counter=none,
        loss_rate=none,
        ground_lost=none,
        urgency=none,
        enemy_share=other(share),
        saturation=draw("saturation", scenario.saturation),
    )


def _tempo(scenario: Scenario, draw: Draw, posture: np.ndarray) -> np.ndarray:
    """Tempo of the calendar, or what a front says itself."""
    rows = []
    for i, side in enumerate(scenario.sides):
        fronts = enumerate(scenario.fronts.items())
        rows.append(
            stack(
                [
                    draw(f"fronts.{n}.tempo.{side}", f.tempo[side]) if side in f.tempo else posture[i, k]
                    for k, (n, f) in fronts
                ]
            )
        )
    return stack(rows)


def _supply(scenario: Scenario, draw: Draw, position: np.ndarray) -> SupplyState:
    own = own_direction(position)
    rows = []
    for name, front in scenario.fronts.items():
        held = front.river.crossing if front.river else {}
        rows.append(by_side(scenario, draw, f"fronts.{name}.river.crossing", held, 1.0))
    still = np.ones_like(own)
    return SupplyState(
        transport=still, satisfaction=still, railhead=own, crossing=np.swapaxes(stack(rows), 0, 1) + 0.0 * own
    )


def _manpower(scenario: Scenario, world: World, draw: Draw, position: np.ndarray, force: np.ndarray) -> ManpowerState:
    pools = [
        stack([draw(f"sides.{name}.pool.{cohort}", amount) for cohort, amount in side.pool.items()])
        for name, side in scenario.sides.items()
    ]
    depth = max(len(pool) for pool in pools)
    pool = stack([np.concatenate([p, np.zeros((depth - len(p), p.shape[-1]))]) for p in pools])
    _, occupied = held(world.ground, position)
    people = over_fronts(occupied)
    need = world.laws.occupation.garrison_need(people, over_fronts(occupied * world.ground.hostility))
    training, wounded = _each(scenario, draw, "training"), _each(scenario, draw, "wounded")
    zero = np.zeros((2, 1))
    total = world.sides.strength_at_start
    return ManpowerState(
        pool=pool,
        behind=pool * np.minimum(other(people) / world.sides.population, 0.9)[:, None],
        training=np.stack([0.5 * training, 0.5 * training], axis=1),
        force=force,
        reserve=total - over_fronts(force),
        garrison=np.minimum(need * world.doctrine.garrison, world.laws.occupation.garrison_cap * total),
        staying=zero,
        wounded=np.stack([0.5 * wounded, 0.5 * wounded], axis=1),
        dead=_each(scenario, draw, "dead"),
        injured=zero,
        disabled=zero,
        captured=zero,
        deserted=zero,
        emigrated=zero,
        arrived=zero,
        quality=_each(scenario, draw, "quality"),
        tour=_each(scenario, draw, "tour"),
        wave=zero,
    )


def _materiel(scenario: Scenario, draw: Draw) -> MaterielState:
    zero = np.zeros((2, 1))
    return MaterielState(
        armour=_each(scenario, draw, "armour"),
        store=_each(scenario, draw, "store"),
        ammunition=_each(scenario, draw, "ammunition"),
        economy=np.ones((2, 1)),
        armour_lost=zero,
        armour_made=zero,
        net_loss=zero,
    )


def _aid(scenario: Scenario, world: World, draw: Draw) -> AidState:
    """Pipelines start filled with what the starting will would have kept in them."""

    def each(field: str) -> np.ndarray:
        return stack([draw(f"backers.{n}.{field}", getattr(b, field)) for n, b in backers_of(scenario).items()])

    will = each("will")
    flow = world.backers.capacity * will * world.calendar.ceiling[0]
    stage = flow * world.laws.aid.delivery_lag / 2.0
    zero = np.zeros((len(will), 1))
    return AidState(
        will=will,
        given=will * world.calendar.ceiling[0],
        die_hard=each("die_hard"),
        fatigue=_fatigue(scenario, world, draw, will * world.calendar.ceiling[0]),
        pipeline=np.stack([stage, stage], axis=1),
        allocated=zero,
        delivered=zero,
        arriving=flow,
        expected=np.ones((2, 1)),
    )


def _fatigue(scenario: Scenario, world: World, draw: Draw, given: np.ndarray) -> np.ndarray:
    """Fatigue as the scenario says, or as the law has built it up since the war began at what is given now."""
    grown = world.laws.aid.fatigue_after(world.backers.war_age, given)
    rows = enumerate(backers_of(scenario).items())
    return stack(
        [grown[i] if b.fatigue is None else draw(f"backers.{name}.fatigue", b.fatigue) for i, (name, b) in rows]
    )


def _outcome() -> OutcomeState:
    return OutcomeState(
        fighting=np.ones(1),
        quiet_weeks=np.zeros(1),
        collapse_weeks=np.zeros((2, 1)),
        code=np.zeros(1, np.int32),
        week=np.full(1, -1, np.int32),
        first=np.full((len(EVENTS), 2, 1), -1, np.int32),
        status=np.zeros(1, np.int32),
    )


def spread(state: Any, runs: int) -> Any:  # noqa: ANN401
    """The state with every array's run axis at full length, so that a loop can carry it."""
    if state is None:
        return None
    if isinstance(state, np.ndarray):
        return np.ascontiguousarray(np.broadcast_to(state, (*state.shape[:-1], runs)))
    fields = {f.name: spread(getattr(state, f.name), runs) for f in dataclasses.fields(state)}
    return type(state)(**fields)

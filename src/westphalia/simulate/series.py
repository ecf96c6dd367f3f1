"""The series that are recorded, and how each is read off the state."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from westphalia.assemble.arrays import backers_of
from westphalia.kinds import Each, PerSide, PerSideFront
from westphalia.laws.numerics import over_fronts
from westphalia.model.outcome import army_cohesion
from westphalia.model.picture import held, own_direction
from westphalia.model.state import State
from westphalia.model.world import World
from westphalia.scenario.schema import Scenario


class Series(NamedTuple):
    """A recorded series: its name and unit."""

    name: str
    unit: str


def _weighted(value: PerSideFront, force: PerSideFront) -> PerSide:
    return over_fronts(value * force) / over_fronts(force + 1e-6)


PER_SIDE: dict[str, tuple[str, Callable[[World, State], Each]]] = {
    "land": ("km2", lambda world, state: over_fronts(held(world.ground, state.advance.position)[0])),
    "force": ("thousand persons", lambda _, state: over_fronts(state.manpower.force) + state.manpower.reserve),
    "garrison": ("thousand persons", lambda _, state: state.manpower.garrison),
    "pool": ("thousand persons", lambda _, state: over_fronts(state.manpower.pool)),
    "dead": ("thousand persons", lambda _, state: state.manpower.dead),
    "wounded": ("thousand persons", lambda _, state: state.manpower.injured),
    "armour": ("thousand vehicles", lambda _, state: state.materiel.armour),
    "armour lost": ("thousand vehicles", lambda _, state: state.materiel.armour_lost),
    "ammunition": ("index", lambda _, state: state.materiel.ammunition),
    "economy": ("index", lambda _, state: state.materiel.economy),
    "supply": ("share", lambda _, state: _weighted(state.supply.satisfaction, state.manpower.force)),
    "cohesion": ("share", lambda _, state: army_cohesion(state)),
    "quality": ("index", lambda _, state: state.manpower.quality),
    "support": ("share", lambda _, state: state.consent.support),
    "expectation": ("index", lambda _, state: state.consent.expectation),
    "tempo": ("share", lambda _, state: _weighted(state.advance.tempo, state.manpower.force)),
    "partisans": ("thousand persons", lambda _, state: state.occupation.partisans),
    "displaced": ("thousand persons", lambda _, state: state.occupation.displaced),
    "aid": ("money a week", lambda world, state: over_fronts(world.backers.backs * state.aid.arriving)),
}


def _believed(world: World, state: State) -> PerSide:
    """Each side's own chance of victory, its doubt about the drift counted: the one that it decides by."""
    table, talks = world.table, state.talks
    assert table is not None, "who talks has a table"
    assert talks is not None, "and a state of talks"
    return table.laws.beliefs.prospects(own_direction(talks.index), talks.mean, talks.variance)[0]


def _truce(state: State) -> Each:
    assert state.truce is not None, "who talks has a state of truce"
    return 1.0 * (state.truce.kind > 0.5)


def names(scenario: Scenario) -> list[Series]:
    """All recorded series in the order of ``read``."""
    rows = [Series(f"position[{front}]", "km") for front in scenario.fronts]
    rows += [
        Series(f"{name}[{side}]", unit.replace("money", scenario.money))
        for name, (unit, _) in PER_SIDE.items()
        for side in scenario.sides
    ]
    rows += [Series(f"will[{backer}]", "share") for backer in backers_of(scenario)]
    if scenario.talks is None:
        return rows
    return [*rows, *(Series(f"chance[{side}]", "share") for side in scenario.sides), Series("truce[held]", "share")]


def read(world: World, state: State) -> list[Each]:
    """One row a series, read off the state."""
    rows = list(state.advance.position)
    for _, of in PER_SIDE.values():
        rows.extend(of(world, state))
    rows.extend(state.aid.given)
    if world.table is None:
        return rows
    return [*rows, *_believed(world, state), _truce(state)]

"""From drawn wars to worlds and states: one template for each number of axes, so that few shapes are compiled."""

from __future__ import annotations

import copy
import dataclasses
from functools import cache
from typing import Any

import numpy as np

from westphalia.analyse.doctrine_space import ENTRIES
from westphalia.analyse.generic.draw import Wars
from westphalia.analyse.generic.priors import Chance, folder, priors
from westphalia.analyse.generic.table import SIDES, barriers_at, moves, table
from westphalia.analyse.interventions import replaced
from westphalia.assemble import Assembly, assemble
from westphalia.assemble.build import WALL
from westphalia.model.table import Channel, Table
from westphalia.scenario.document import read
from westphalia.scenario.schema import Scenario

WEEKS = 520


@cache
def scenario(axes: int, protocol: str = "shuttle") -> Scenario:
    """The template with so many axes side by side, all leading to where the war is decided, the first to the end."""
    data = copy.deepcopy(read(folder() / "template.yaml").data)
    front = data["fronts"].pop("axis-1")
    names = [f"axis-{axis + 1}" for axis in range(axes)]
    for number, name in enumerate(names):
        beside = [names[n] for n in (number - 1, number + 1) if 0 <= n < axes]
        decides = list(SIDES) if number == 0 else []
        data["fronts"][name] = front | {"label": f"Axis {number + 1}", "neighbours": beside, "decisive": decides}
    for side in data["sides"].values():
        reserve = side["force"]["shares"]["reserve"]
        side["force"]["shares"] = {name: (1.0 - reserve) / axes for name in names} | {"reserve": reserve}
    data["talks"]["protocol"] = protocol
    return Scenario.model_validate(data)


@cache
def baseline() -> dict[str, float]:
    """The template's entries of a doctrine, by name."""
    block = scenario(1).doctrine[SIDES[0]].model_dump(exclude_none=True)

    def entry(name: str) -> float:
        here: Any = block
        for step in name.split("."):
            here = here[step]
        return float(here["value"]) if isinstance(here, dict) else float(here)

    return {name: entry(name) for name in ENTRIES}


def build(wars: Wars, *, weeks: int = WEEKS) -> Assembly:
    """Worlds and states of wars that all have the same number of axes."""
    axes = int(wars.axes[0])
    values = table(wars, baseline())

    def with_protocol(name: str) -> Assembly:
        return assemble(scenario(axes, name), seed=wars.seed, cases=wars.cases, weeks=weeks, values=values)

    told = priors()["talks"]["protocols"]
    names = [name for name in told if name != "source"]
    chosen = Chance(wars.seed, wars.cases).choice("protocol", [told[name] for name in names])
    made = {name: with_protocol(name) for name in names}
    base = made[names[0]]
    world = replaced(base.world, "ground.river_at", lambda _: barriers_at(wars, nowhere=WALL))
    world = replaced(world, "doctrine.talks.moves", lambda _: moves(wars, baseline()))
    at_table = _by_protocol([one.world.table for one in made.values()], chosen)
    return Assembly(dataclasses.replace(world, table=at_table), base.state, base.assumptions)


def _by_protocol(tables: list[Table | None], chosen: np.ndarray) -> Table:
    """The table of each war's own protocol; one seating holds them all."""
    whole = [dataclasses.replace(one, channel=_of_one_shape(one.channel)) for one in tables if one is not None]
    seating = whole[0].seating._replace(sides_propose=True)

    def pick(*rows: Any) -> np.ndarray:  # noqa: ANN401
        shape = (*np.asarray(rows[0]).shape[:-1], len(chosen))
        held = np.stack([np.broadcast_to(row, shape) for row in rows])
        return np.take_along_axis(held, np.broadcast_to(chosen, (1, *shape)), axis=0)[0]

    def merged(part: str) -> Any:  # noqa: ANN401
        held = [getattr(one, part) for one in whole]
        rows = {field.name: [getattr(one, field.name) for one in held] for field in dataclasses.fields(held[0])}
        return type(held[0])(**{name: None if row[0] is None else pick(*row) for name, row in rows.items()})

    return dataclasses.replace(whole[0], seating=seating, channel=merged("channel"), terms=merged("terms"))


def _of_one_shape(channel: Channel) -> Channel:
    """The channel with a row for each side that may propose, alike where a mediator does."""
    if len(channel.error) == len(SIDES):
        return channel
    rows = {name: np.repeat(getattr(channel, name), len(SIDES), axis=0) for name in ("hops", "error", "pull", "link")}
    return dataclasses.replace(channel, **rows)

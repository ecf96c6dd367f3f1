"""Runs drawn wars for ten years and keeps each week the dead, what holds between the sides, and the leaderships."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from jaxtyping import Float

from westphalia.analyse.generic.draw import Wars, draw
from westphalia.analyse.generic.priors import Cases
from westphalia.analyse.generic.world import WEEKS, build, scenario
from westphalia.kinds import Each
from westphalia.laws.numerics import namespace
from westphalia.model.noise import run_keys
from westphalia.model.state import State
from westphalia.model.world import World
from westphalia.simulate.blocks import in_blocks
from westphalia.simulate.kernel import BLOCK, advance
from westphalia.simulate.run import begin

Watch = Callable[[int, int], None]
"""Told how many more runs are done, and how many more are planned."""

ROWS = ("dead of first", "dead of second", "kind", "monitoring", "guarantee", "changes of first", "changes of second")
"""What is recorded besides the outcome's code."""
PerWeekWar = Float[np.ndarray, "week war"]
PerRoleWeekWar = Float[np.ndarray, "role week war"]


@dataclasses.dataclass(frozen=True)
class Histories:
    """What became of drawn wars: a row a week, the start first."""

    wars: Wars
    dead: PerRoleWeekWar
    """Battle dead since the beginning, thousand; the initiator first."""
    kind: PerWeekWar
    """0 war, 1 a bare ceasefire, 2 an agreement."""
    monitoring: PerWeekWar
    guarantee: PerWeekWar
    changes: PerRoleWeekWar
    """Changes of leadership since the beginning."""
    code: PerWeekWar
    """Code of the outcome as it stands; see ``westphalia.model.outcome``."""
    mediated: np.ndarray


def reading(world: World, state: State) -> list[Each]:
    """The rows of ``ROWS`` and the outcome's code, read off the state."""
    truce, xp = state.truce, namespace(state.manpower.dead)
    assert truce is not None, "drawn wars have talks"
    rows = [*state.manpower.dead, truce.kind, truce.peace.strength, truce.peace.guarantee, *state.survival.changes]
    return [*rows, state.outcome.code.astype(xp.result_type(truce.kind))]


def run(wars: Wars, *, noise: Cases | None = None, weeks: int = WEEKS, watch: Watch | None = None) -> Histories:
    """Simulate wars, in their order; each depends on its case and the seed alone.

    Args:
        wars: Drawn wars.
        noise: Numbers of the runs' noise; the cases where left out.
        weeks: Horizon.
        watch: Told of progress.
    """
    tell = watch or (lambda done, planned: None)
    keys = run_keys(wars.seed, wars.cases if noise is None else noise)
    places = [np.flatnonzero(wars.axes == axes) for axes in np.unique(wars.axes)]
    tell(0, len(wars.cases))
    records, mediations = [], []
    for place in places:  # wars of one shape each
        pieces = []
        for piece in in_blocks(place, partial(_block, wars, keys, weeks)):
            tell(min(BLOCK, len(place) - BLOCK * len(pieces)), 0)
            pieces.append(piece)
        record, mediated = (np.concatenate(part, axis=-1)[..., : len(place)] for part in zip(*pieces, strict=True))
        records.append(record)
        mediations.append(mediated)
    back = np.argsort(np.concatenate(places))
    return _histories(wars, np.concatenate(records, axis=-1)[..., back], np.concatenate(mediations)[back])


def _block(wars: Wars, keys: np.ndarray, weeks: int, place: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Record (week, row, war) of a block and whether a mediator took the case."""
    made = build(wars.of(place), weeks=weeks)
    world, state = begin(made, keys[:, place])
    rows: Any = np.stack([np.broadcast_to(np.asarray(row), BLOCK) for row in reading(world, state)])
    record = np.zeros((weeks + 1, *rows.shape), np.float32)
    record[0] = rows
    substeps = scenario(int(wars.axes[place[0]])).clock.substeps
    _, record = advance(
        world,
        state,
        keys[:, place],
        record,
        (0, weeks),
        substeps=substeps,
        every=1,
        reading=reading,
    )
    table = made.world.table
    assert table is not None, "drawn wars have talks"
    mediated = np.broadcast_to(table.channel.mediated > 0.5, BLOCK)
    return np.asarray(record), mediated


def _histories(wars: Wars, record: np.ndarray, mediated: np.ndarray) -> Histories:
    rows = np.moveaxis(record, 1, 0).astype(float)
    return Histories(
        wars=wars,
        dead=wars.by_side(rows[0:2]),
        kind=rows[2],
        monitoring=rows[3],
        guarantee=rows[4],
        changes=wars.by_side(rows[5:7]),
        code=rows[7],
        mediated=mediated,
    )


def histories(runs: int, *, seed: int, watch: Watch | None = None) -> Histories:
    """As many drawn wars, simulated."""
    return run(draw(np.arange(runs), seed=seed), watch=watch)

"""The state that talks begin in: beliefs drawn apart about one war, and nothing said.

The war index at the start is that after the first week as it would go without chance: before it nobody has lost
anything, and every stock would last for ever. Ground that the week moves counts as one week of the half-year over which
its loss is remembered.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from westphalia.assemble.arrays import stack
from westphalia.assemble.draw import Draw
from westphalia.assemble.start import spread
from westphalia.kinds import SIDES, PerSide, plain_loop
from westphalia.laws.durability.base import nothing
from westphalia.model.draws import without_chance
from westphalia.model.outlook import time_to_exhaustion
from westphalia.model.picture import own_direction, take
from westphalia.model.state import State
from westphalia.model.table import TalksState, TruceState
from westphalia.model.week import week
from westphalia.model.world import World
from westphalia.scenario.schema import Scenario
from westphalia.scenario.talks import Talks

ALWAYS = 1e4
"""Weeks since a text was last put that never has been."""


def talks_at_start(scenario: Scenario, talks: Talks, world: World, state: State, draw: Draw) -> TalksState:
    """Beliefs drawn apart by optimism about one war index; nothing has been said."""
    held = world.table
    assert held is not None, "talks need a table"
    times = _times_seen(scenario, world, state, draw)
    index = np.log(times[0] / times[1])
    law, own = held.laws.beliefs, own_direction(index)
    none = np.zeros((SIDES, 1)) * own
    fair = law.win_chance(own, none)
    believed = np.clip(fair + 0.5 * draw("talks.optimism", talks.optimism), 0.02, 0.98)
    mean = law.drift_for(own, believed)
    step = 1e-4
    slope = (law.win_chance(own, mean + step) - law.win_chance(own, mean - step)) / (2.0 * step)
    deviation = draw("talks.belief_spread", talks.belief_spread) / np.maximum(slope, 1e-3)
    hostility = [draw(f"talks.stakes.{s}.hostility", talks.stakes[s].hostility) for s in scenario.sides]
    texts, players = held.texts.worth.shape[:2]
    zero = np.zeros(1)
    return TalksState(
        index=index,
        mean=mean,
        variance=deviation * deviation,
        weeks=zero,
        talking=zero,
        told=np.zeros((players, 1)),
        heard=none,
        heard_first=none - 1.0,
        since=np.full((texts, 1), ALWAYS),
        credibility=none + 0.5,
        doubt=none + 1.0,
        hostility=stack(hostility),
        rounds=zero,
        refused=np.zeros((players, 1)),
    )


def _times_seen(scenario: Scenario, world: World, state: State, draw: Draw) -> PerSide:
    """Times to exhaustion after the first week, chance apart."""
    alone = dataclasses.replace(world, table=None)
    before = spread(state, draw.count)
    now, none = world.calendar.at(0), without_chance(before.manpower.force)
    after = week(alone, before, now, none, np.zeros(1), plain_loop, scenario.clock.substeps)
    return time_to_exhaustion(alone, after, take(alone, after, now))


def truce_at_start(talks: Talks) -> TruceState:
    """War."""
    zero, never = np.zeros(1), np.full(1, -1.0)
    return TruceState(
        kind=zero,
        weeks=zero,
        gap=zero,
        peace=nothing(zero),
        changes=zero,
        excitement=zero,
        signed=never,
        signed_gap=never,
        terms=np.zeros((len(talks.issues), 1)),
        broken=never,
        ceased=never,
        fought=zero,
    )

"""The war core: a week of war without backers' will, home politics, outcomes and record.

Attrition, advance, supply, manpower, materiel, occupation and cohesion with the shocks that drive them. Aid flows
on as it did at the start, support and leaderships stay what they were; the map is still read, since intake and cohesion
answer to it. Every form that is compared computes this and nothing else.
"""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

import jax
import numpy as np

from westphalia.assemble import assemble
from westphalia.assemble.start import spread
from westphalia.kinds import Loop, plain_loop
from westphalia.model import week as weekly
from westphalia.model.backers import Aid, support_clients
from westphalia.model.draws import Draws
from westphalia.model.home import mean_loss_rate, next_materiel, police
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.model.people import count_losses, next_manpower
from westphalia.model.picture import take
from westphalia.model.settle import Settle, plainly, settling
from westphalia.model.shocks import next_shocks
from westphalia.model.state import State
from westphalia.model.world import Now, World
from westphalia.scenario.load import load
from westphalia.simulate.kernel import sub_steps
from westphalia.simulate.run import begin as start
from westphalia.simulate.trees import cast

SEED = 1


class Core(NamedTuple):
    """What every form starts from."""

    world: World
    state: State
    aid: Aid
    keys: np.ndarray
    substeps: int


def begin(name: str, *, runs: int, weeks: int, precision: type = np.float32) -> Core:
    """The first runs of a scenario."""
    scenario = load(name).scenario
    made = assemble(scenario, seed=SEED, cases=np.arange(runs), weeks=weeks)
    keys = run_keys(SEED, np.arange(runs))
    world, state = start(made, keys, precision)
    now = world.calendar.at(0)
    _, aid = support_clients(world, state, take(world, state, now), now, np.zeros(1, precision))
    aid = cast(spread(jax.tree.map(np.asarray, aid), runs), precision)
    return Core(world, state, aid, keys, scenario.clock.substeps)


def core_week(
    world: World, state: State, aid: Aid, now: Now, draws: Draws, loop: Loop, settle: Settle, substeps: int
) -> State:
    """The state a week later, in the order of ``westphalia.model.week``."""
    picture = settle(lambda: take(world, state, now))
    occupation_state, occupation = police(world, state, picture, aid)
    orders = weekly._orders(world, state, picture, occupation)
    fought = weekly.fight(world, state, picture, now, orders, loop, substeps)
    supply = weekly._next_supply(world, state, picture, now, occupation, fought.position)
    force, losses = count_losses(world, state, fought, orders.joining, occupation.ambushed)
    manpower, ranks = next_manpower(world, state, picture, now, force, losses, fought.position)
    rate = mean_loss_rate(losses, picture.strength)
    advance, _ = weekly._next_advance(world, state, picture, now, orders, fought, ranks.force, settle)
    area = weekly._area_gained(picture, fought.position)
    xp = weekly.namespace(area)
    reading = xp.tanh(area / world.constants.expectation_area)
    expectation = state.consent.expectation
    expectation = expectation + world.constants.expectation_rate * (reading - expectation)
    return dataclasses.replace(
        state,
        advance=advance,
        supply=supply,
        manpower=manpower,
        materiel=next_materiel(world, state, picture, aid, rate, state.advance.position),
        cohesion=weekly._next_cohesion(world, state, picture, aid, advance.loss_rate),
        consent=dataclasses.replace(state.consent, expectation=expectation),
        occupation=occupation_state,
        shocks=next_shocks(world.noise, state.shocks, draws),
    )


def by_engine(world: World, state: State, aid: Aid, keys: Any, weeks: Any, substeps: int) -> State:  # noqa: ANN401
    """The state after so many weeks, as the engine repeats them."""
    real = state.advance.position.dtype

    def one_week(number: Any, held: State) -> State:  # noqa: ANN401
        draws = weekly_draws(keys, number, world.identity, real)
        settle = settling(sub_steps, draws)
        return core_week(world, held, aid, world.calendar.at(number), draws, sub_steps, settle, substeps)

    return jax.lax.fori_loop(0, weeks, one_week, state)


def by_numpy(core: Core, weeks: int) -> State:
    """The same by plain NumPy."""
    real, state = core.state.advance.position.dtype, core.state
    for number in range(weeks):
        draws = weekly_draws(core.keys, number, core.world.identity, real)
        now = core.world.calendar.at(number)
        state = core_week(core.world, state, core.aid, now, draws, plain_loop, plainly, core.substeps)
    return state


def lines(state: State) -> np.ndarray:
    """Position of the lines, km, by which forms are compared: (front, run)."""
    return np.asarray(state.advance.position)

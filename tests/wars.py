"""Wars for tests: assembled scenarios, the compiled loop and its readable NumPy oracle.

All tests use one horizon and one number of runs, so that a scenario is compiled once for all of them.
"""

import dataclasses
import functools
from typing import Any, NamedTuple

import jax
import numpy as np

from westphalia.assemble import assemble
from westphalia.kinds import parameters, plain_loop
from westphalia.laws.fate import BloodPrice, CulpableLeader
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.model.week import week
from westphalia.scenario.load import load
from westphalia.simulate.kernel import advance
from westphalia.simulate.measures import initial_row
from westphalia.simulate.run import begin
from westphalia.simulate.series import names, read

WEEKS = 260
RUNS = 1024
EVERY = 4
SEED = 20_300_101

loaded = functools.cache(load)


class War(NamedTuple):
    """What a simulation starts from."""

    world: Any
    state: Any
    keys: np.ndarray
    substeps: int


def war(scenario, *, first=0, runs=RUNS, weeks=WEEKS, seed=SEED, precision=np.float32):
    """The first runs of a scenario, given by its name or itself, or those from ``first`` on."""
    scenario = loaded(scenario).scenario if isinstance(scenario, str) else scenario
    numbers = np.arange(first, first + runs)
    made = assemble(scenario, seed=seed, cases=numbers, weeks=weeks)
    world, state = begin(made, keys := run_keys(seed, numbers), precision)
    return War(world, state, keys, scenario.clock.substeps)


def fought(war, span=(0, WEEKS), every=EVERY):
    """State at the end of a span of weeks, and the record (time, series, run), by the compiled engine."""
    record = initial_row(war.world, war.state, 1 + -(-len(war.world.calendar.season) // every))
    state, record = advance(war.world, war.state, war.keys, record, span, substeps=war.substeps, every=every)
    return jax.tree.map(np.asarray, state), np.asarray(record)


def by_numpy(war, weeks):
    """The states after each week, the start first, by plain NumPy."""
    states = [war.state]
    real = war.state.advance.position.dtype
    for number in range(weeks):
        draws = weekly_draws(war.keys, number, war.world.identity, real)
        now = war.world.calendar.at(number)
        since = np.array([number], real)
        states.append(week(war.world, states[-1], now, draws, since, plain_loop, war.substeps))
    return states


def silent(war):
    """The same without shocks; whether and how leaderships change stays drawn."""
    noise, shocks = (jax.tree.map(np.zeros_like, part) for part in (war.world.noise, war.state.shocks))
    return war._replace(
        world=dataclasses.replace(war.world, noise=noise), state=dataclasses.replace(war.state, shocks=shocks)
    )


def with_blood_price(world, price):
    """The world in which sides ask for a price of their dead, all other numbers of the law of fate as they are."""
    table = world.table
    law = BloodPrice(**{name: getattr(table.laws.fate, name) for name in parameters(CulpableLeader)}, price=price)
    return dataclasses.replace(world, table=dataclasses.replace(table, laws=dataclasses.replace(table.laws, fate=law)))


def leaves(tree):
    """Every array by its path."""
    return {jax.tree_util.keystr(path): leaf for path, leaf in jax.tree_util.tree_leaves_with_path(tree)}


def series(scenario):
    """Names of the recorded series."""
    return [s.name for s in names(loaded(scenario).scenario)]


def readings(war, state):
    """The recorded series of a state: (series, run)."""
    return np.stack([np.broadcast_to(row, war.keys.shape[-1]) for row in read(war.world, state)])

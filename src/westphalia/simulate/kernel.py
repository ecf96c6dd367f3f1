"""The compiled loop over weeks.

Runs are the last axis everywhere. One call advances a block of runs on one host device from one week to another and
writes a record every few weeks; first and last week are data, so one compilation serves all arms of a study. A block is
never divided over devices: the compiler fuses a divided program otherwise, and the last bits would tell how many
devices there were.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from westphalia.kinds import Each, Key
from westphalia.model.noise import weekly_draws
from westphalia.model.state import State
from westphalia.model.week import week
from westphalia.model.world import World
from westphalia.simulate.series import read

Device = Any
"""A host device; JAX gives its class as a variable only."""

Reading = Callable[[World, State], list[Each]]
"""What is recorded of a state, a row each."""

BLOCK = 512
"""Runs that one device advances in one call; larger blocks fall out of the cache."""


def devices() -> list[Device]:
    """Host devices that the engine uses, each for a block at a time."""
    return jax.devices("cpu")


def sub_steps(times: Any, step: Any, carry: Any) -> Any:  # noqa: ANN401
    """Repeat a step in a compiled loop; how often may be known at run time only."""
    return jax.lax.fori_loop(0, times, lambda _, held: step(held), carry)


def advance_block(
    world: World,
    state: State,
    keys: Key,
    record: Any,  # noqa: ANN401
    first: Any,  # noqa: ANN401
    last: Any,  # noqa: ANN401
    *,
    substeps: int,
    every: int,
    reading: Reading = read,
) -> tuple[State, Any]:
    """Advance a block of runs from week ``first`` to week ``last``; the record is (time, series, run)."""

    def one_week(number: Any, carry: tuple[State, Any]) -> tuple[State, Any]:  # noqa: ANN401
        held, kept = carry
        draws = weekly_draws(keys, number, world.identity, kept.dtype)
        since = jnp.reshape(number, (1,)).astype(kept.dtype)
        after = week(world, held, world.calendar.at(number), draws, since, sub_steps, substeps)
        row = jnp.stack(reading(world, after))
        return after, jax.lax.dynamic_update_index_in_dim(kept, row, number // every + 1, 0)

    return jax.lax.fori_loop(first, last, one_week, (state, record))


_advance = jax.jit(advance_block, static_argnames=("substeps", "every", "reading"))


def advance(
    world: World,
    state: State,
    keys: np.ndarray,
    record: Any,  # noqa: ANN401
    span: tuple[int, int],
    *,
    substeps: int,
    every: int,
    device: Device = None,
    reading: Reading = read,
) -> tuple[State, Any]:
    """Advance a block over a span of weeks on a device, the first where left out; ``reading`` says what is recorded."""
    given = (world, state, keys, record, *(np.int32(week) for week in span))
    return _advance(*jax.device_put(given, device or devices()[0]), substeps=substeps, every=every, reading=reading)

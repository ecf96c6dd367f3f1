"""The compiled loop over weeks.

Runs are the last axis everywhere. One call advances a block of runs from one week to another and writes a record every
few weeks; first and last week and the weeks from row to row are data, so one compilation serves all arms of a study.
Several threads call the same program, each with a block of its own. A block is never divided among them: the compiler
fuses a divided program otherwise, and the last bits would tell how many parts there were.
"""

from __future__ import annotations

import threading
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

Reading = Callable[[World, State], list[Each]]
"""What is recorded of a state, a row each."""

BLOCK = 512
"""Runs that one core advances in one call; larger blocks fall out of the cache."""


def sub_steps(times: Any, step: Any, carry: Any) -> Any:  # noqa: ANN401
    """Repeat a step in a compiled loop; how often, or whether at all, may be known at run time only."""
    if isinstance(times, jax.Array) and times.dtype == jnp.bool_:
        return jax.lax.cond(times, step, lambda held: held, carry)
    return jax.lax.fori_loop(0, times, lambda _, held: step(held), carry)


def advance_block(
    world: World,
    state: State,
    keys: Key,
    record: Any,  # noqa: ANN401
    first: Any,  # noqa: ANN401
    last: Any,  # noqa: ANN401
    every: Any,  # noqa: ANN401
    *,
    substeps: int,
    reading: Reading = read,
) -> tuple[State, Any]:
    """Advance a block of runs from week ``first`` to week ``last``; the record is (time, series, run).

    Each row after the first holds the last of ``every`` weeks, the last row that of those that are left.
    """

    def one_week(number: Any, carry: tuple[State, Any]) -> tuple[State, Any]:  # noqa: ANN401
        held, kept = carry
        draws = weekly_draws(keys, number, world.identity, kept.dtype)
        since = jnp.reshape(number, (1,)).astype(kept.dtype)
        after = week(world, held, world.calendar.at(number), draws, since, sub_steps, substeps)
        row = jnp.stack(reading(world, after))
        return after, jax.lax.dynamic_update_index_in_dim(kept, row, number // every + 1, 0)

    return jax.lax.fori_loop(first, last, one_week, (state, record))


_advance = jax.jit(advance_block, static_argnames=("substeps", "reading"))
_programs: dict[Any, Any] = {}
_compiling = threading.Lock()


def advance(
    world: World,
    state: State,
    keys: np.ndarray,
    record: Any,  # noqa: ANN401
    span: tuple[int, int],
    *,
    substeps: int,
    every: int,
    reading: Reading = read,
) -> tuple[State, Any]:
    """Advance a block over a span of weeks on the host; ``reading`` says what is recorded."""
    given = (world, state, keys, record, *(np.int32(number) for number in (*span, every)))
    return compiled(_advance, *given, substeps=substeps, reading=reading)


def on_host(tree: Any) -> Any:  # noqa: ANN401
    """The arrays on the host's device, whatever other devices there are; what lies there already stays."""
    return jax.device_put(tree, jax.devices("cpu")[0])


def compiled(function: Any, *given: Any, **static: Any) -> Any:  # noqa: ANN401
    """What a function of ``jax.jit`` gives on the host; of several threads that want it, one compiles, others wait."""
    given = on_host(given)
    leaves, tree = jax.tree.flatten(given)
    key = (function, tree, *((leaf.shape, leaf.dtype) for leaf in leaves), *sorted(static.items()))
    with _compiling:
        if key not in _programs:
            _programs[key] = function.lower(*given, **static).compile()
    return _programs[key](*given)

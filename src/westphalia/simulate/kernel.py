"""The compiled loop over weeks, on one or several host devices.

Runs are the last axis everywhere. One call advances a block of runs from one week to another and writes a record every
few weeks; first and last week are data, so one compilation serves all arms of a study.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.sharding import Mesh, PartitionSpec

from westphalia.kinds import Key, Loop
from westphalia.model.noise import weekly_draws
from westphalia.model.state import State
from westphalia.model.week import week
from westphalia.model.world import World
from westphalia.simulate.series import read
from westphalia.simulate.trees import along_runs

BLOCK = 512
"""Runs that one device advances in one call; larger blocks fall out of the cache."""


def devices() -> int:
    """Host devices that the engine uses."""
    return len(jax.devices("cpu"))


def use_all_cores() -> None:
    """One host device a core, and a cache for compiled code; call before JAX starts."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    flags = os.environ.get("XLA_FLAGS", "")
    if "host_platform_device_count" not in flags:
        flags += f" --xla_force_host_platform_device_count={cores}"
    if "prefer_vector_width" not in flags:
        flags += " --xla_cpu_prefer_vector_width=512"
    os.environ["XLA_FLAGS"] = flags.strip()


def sub_steps(times: int, step: Any, carry: Any) -> Any:  # noqa: ANN401
    """Repeat a step in a compiled loop."""
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
    loop: Loop = sub_steps,
) -> tuple[State, Any]:
    """Advance a block of runs from week ``first`` to week ``last``; the record is (time, series, run)."""

    def one_week(number: Any, carry: tuple[State, Any]) -> tuple[State, Any]:  # noqa: ANN401
        held, kept = carry
        draws = weekly_draws(keys, number, world.identity, kept.dtype)
        since = jnp.reshape(number, (1,)).astype(kept.dtype)
        after = week(world, held, world.calendar.at(number), draws, since, loop, substeps)
        row = jnp.stack(read(world, after))
        return after, jax.lax.dynamic_update_index_in_dim(kept, row, number // every + 1, 0)

    return jax.lax.fori_loop(first, last, one_week, (state, record))


@partial(jax.jit, static_argnames=("runs", "substeps", "every", "parts"))
def _advance(world, state, keys, record, first, last, *, runs: int, substeps: int, every: int, parts: int):  # noqa: ANN001, ANN202
    """One program for any number of devices: without the division even for one, the compiler fuses otherwise."""
    step = partial(advance_block, substeps=substeps, every=every)

    def spec(tree: Any) -> Any:  # noqa: ANN401
        last_axis = lambda leaf: PartitionSpec(*(None,) * (leaf.ndim - 1), "run")  # noqa: E731
        return along_runs(tree, runs, last_axis, lambda _: PartitionSpec())

    mesh = Mesh(np.array(jax.devices("cpu")[:parts]), ("run",))
    specs = tuple(spec(tree) for tree in (world, state, keys, record)) + (PartitionSpec(), PartitionSpec())
    sharded = jax.shard_map(step, mesh=mesh, in_specs=specs, out_specs=(spec(state), spec(record)), check_vma=False)
    return sharded(world, state, keys, record, first, last)


def advance(
    world: World,
    state: State,
    keys: np.ndarray,
    record: Any,  # noqa: ANN401
    span: tuple[int, int],
    *,
    substeps: int,
    every: int,
) -> tuple[State, Any]:
    """Advance a block over a span of weeks, on as many devices as its runs fill."""
    runs = keys.shape[-1]
    parts = max(1, min(devices(), runs // BLOCK))
    return _advance(
        world, state, keys, record, *(np.int32(w) for w in span), runs=runs, substeps=substeps, every=every, parts=parts
    )

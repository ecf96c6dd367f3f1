"""Records as array trees of JAX, registered once; laws and model know nothing of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import jax
import numpy as np

import westphalia.model.week  # noqa: F401  (defines every record)
from westphalia.kinds import RECORDS
from westphalia.model.table import Table
from westphalia.model.world import World


def _register(cls: type) -> None:
    constants = tuple(field.name for field in dataclasses.fields(cls) if field.metadata.get("constant"))
    names = tuple(field.name for field in dataclasses.fields(cls) if field.name not in constants)

    def fixed(record: Any) -> tuple[Any, ...]:  # noqa: ANN401
        return tuple(getattr(record, name) for name in constants)

    def flatten(record: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:  # noqa: ANN401
        return tuple(getattr(record, name) for name in names), fixed(record)

    def flatten_with_keys(record: Any) -> tuple[tuple[Any, ...], tuple[Any, ...]]:  # noqa: ANN401
        return tuple((jax.tree_util.GetAttrKey(name), getattr(record, name)) for name in names), fixed(record)

    def unflatten(held: tuple[Any, ...], values: Iterable[Any]) -> Any:  # noqa: ANN401
        record = object.__new__(cls)
        for name, value in (*zip(constants, held, strict=True), *zip(names, values, strict=True)):
            object.__setattr__(record, name, value)
        return record

    jax.tree_util.register_pytree_with_keys(cls, flatten_with_keys, unflatten, flatten)


for _cls in RECORDS:
    _register(_cls)


def ready(world: World, runs: int, real: type) -> World:
    """The world in one precision, its laws and stop lines with a full run axis.

    These are what a lever, a link or a position may hold at one number where the baseline draws it, or draw where the
    baseline holds it: with one shape for both, one compiled program serves nearly all arms. (A doctrine so widened
    costs a fifth of the war's speed, and few arms differ in its shape.)
    """
    table = None if world.table is None else _with_wide_laws(world.table, runs)
    ground = dataclasses.replace(world.ground, stop=_wide(world.ground.stop, runs))
    return cast(dataclasses.replace(_with_wide_laws(world, runs), ground=ground, table=table), real)


def ready_table(table: Table, runs: int, real: type) -> Table:
    """The table in one precision, its laws with a full run axis."""
    return cast(_with_wide_laws(table, runs), real)


def _with_wide_laws(held: Any, runs: int) -> Any:  # noqa: ANN401
    return dataclasses.replace(held, laws=_wide(held.laws, runs))


def _wide(tree: Any, runs: int) -> Any:  # noqa: ANN401
    return jax.tree.map(lambda array: np.broadcast_to(array, (*np.shape(array)[:-1], runs)), tree)


def cast(tree: Any, real: type) -> Any:  # noqa: ANN401
    """The tree with floating-point arrays in one precision and whole numbers in 32 bits."""

    def one(array: np.ndarray) -> np.ndarray:
        array = np.asarray(array)
        return array.astype(real if array.dtype.kind == "f" else array.dtype if array.dtype.kind == "u" else np.int32)

    return jax.tree.map(one, tree)

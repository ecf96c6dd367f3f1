"""Records as array trees of JAX, registered once; laws and model know nothing of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import jax
import numpy as np

import westphalia.model.week  # noqa: F401  (defines every record)
from westphalia.kinds import RECORDS


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


def cast(tree: Any, real: type) -> Any:  # noqa: ANN401
    """The tree with floating-point arrays in one precision and whole numbers in 32 bits."""

    def one(array: np.ndarray) -> np.ndarray:
        array = np.asarray(array)
        return array.astype(real if array.dtype.kind == "f" else array.dtype if array.dtype.kind == "u" else np.int32)

    return jax.tree.map(one, tree)

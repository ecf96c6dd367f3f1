"""The elementary functions that laws share, each written once and cheap to evaluate.

Every function works on NumPy and on JAX arrays through the array's own namespace.
"""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np

Array = Any


def namespace(array: Array) -> ModuleType:
    """The module (``numpy`` or ``jax.numpy``) that the array belongs to."""
    return array.__array_namespace__() if hasattr(array, "__array_namespace__") else np


def indicator(truth: Array, like: Array) -> Array:
    """1 where something is true and 0 elsewhere, in the precision of ``like``."""
    return truth.astype(like.dtype)


def log1p_unit(e: Array) -> Array:
    """``log(1 + e)`` for ``0 <= e <= 1`` by the series of artanh; relative error below 2e-6.

    The library's ``log1p`` costs five times as much, and ``log(1 + e)`` loses the tail that slow advances live in.
    """
    s = e / (2.0 + e)
    z = s * s
    return 2.0 * s * (1.0 + z * (1 / 3 + z * (1 / 5 + z * (1 / 7 + z / 9))))


def softplus(z: Array, width: Array) -> Array:
    """Smooth ``max(z, 0)``: ``width * log(1 + exp(z / width))``."""
    xp = namespace(z)
    scaled = z / width
    return width * (xp.maximum(scaled, 0.0) + log1p_unit(xp.exp(-xp.abs(scaled))))


def logistic(z: Array) -> Array:
    """``1 / (1 + exp(-z))``, without overflow."""
    return 0.5 + 0.5 * namespace(z).tanh(0.5 * z)


def gate(z: Array) -> Array:
    """Compact gate: 0 up to ``z = -1``, 1 from ``z = 1`` on, a smoothstep between.

    Unlike a logistic function it is exactly 0 below its margin, so nothing leaks through a closed gate.
    """
    t = namespace(z).clip(0.5 + 0.5 * z, 0.0, 1.0)
    return t * t * (3.0 - 2.0 * t)


def smooth_min_one(z: Array) -> Array:
    """Smooth minimum of ``z >= 0`` and 1, exponent 4: ``z / (1 + z^4)^(1/4)``."""
    xp = namespace(z)
    bounded = xp.clip(z, 0.0, 1e6)
    squared = bounded * bounded
    return bounded / xp.sqrt(xp.sqrt(1.0 + squared * squared))


def sum_rows(array: Array) -> Array:
    """Sum over the leading axis by adding row after row.

    A library reduction changed the last bits with the number of runs in a chunk; adding rows does not.
    """
    total = array[0]
    for row in range(1, array.shape[0]):
        total = total + array[row]
    return total


def over_fronts(array: Array) -> Array:
    """Sum of a ``(side, front, run)`` array over its fronts: ``(side, run)``."""
    total = array[:, 0]
    for front in range(1, array.shape[1]):
        total = total + array[:, front]
    return total


def other(array: Array) -> Array:
    """The same quantity of the other side: the leading side axis reversed."""
    return array[::-1]


def interpolate(x: Array, knots: Array, values: Array) -> Array:
    """Piecewise linear table at ``x``: knots and values are ``(front, knot, run)``, constant beyond both ends."""
    xp = namespace(x)
    result = values[:, 0]
    for k in range(1, knots.shape[1]):
        span = knots[:, k] - knots[:, k - 1]
        t = xp.clip((x - knots[:, k - 1]) / span, 0.0, 1.0)
        result = result + t * (values[:, k] - values[:, k - 1])
    return result


def integrate(x: Array, knots: Array, values: Array) -> Array:
    """Integral from 0 to ``x`` of the piecewise linear table, constant beyond both ends."""
    return _primitive(x, knots, values) - _primitive(0.0 * x, knots, values)


def _primitive(x: Array, knots: Array, values: Array) -> Array:
    xp = namespace(x)
    total = values[:, 0] * xp.minimum(x - knots[:, 0], 0.0)
    for k in range(1, knots.shape[1]):
        span = knots[:, k] - knots[:, k - 1]
        t = xp.clip((x - knots[:, k - 1]) / span, 0.0, 1.0)
        total = total + span * t * (values[:, k - 1] + 0.5 * t * (values[:, k] - values[:, k - 1]))
    return total + values[:, -1] * xp.maximum(x - knots[:, -1], 0.0)

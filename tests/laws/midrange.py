"""Laws with every number in the middle of its range, or drawn from it, for tests that set only what they are about."""

from typing import Any

import numpy as np

from westphalia.kinds import Parameter, parameters


def at_middle(law: type, **values: Any) -> Any:
    """A law at mid-range; a number given here is used for both sides, a list of two for one each."""
    declared = parameters(law)
    assert values.keys() <= declared.keys()
    return law(**{name: _constant(number, values.get(name)) for name, number in declared.items()})


def drawn(law: type, runs: int, seed: int) -> Any:
    """A law with its numbers drawn from their ranges, one draw a run."""
    random = np.random.default_rng(seed)
    return law(**{name: _draws(number, runs, random) for name, number in parameters(law).items()})


def per_side(first: float, second: float) -> np.ndarray:
    """One number for each side, one run."""
    return np.array([[first], [second]])


def _constant(number: Parameter, value: float | list[float] | None) -> np.ndarray:
    middle = np.sqrt(number.low * number.high) if number.scale == "log" else 0.5 * (number.low + number.high)
    given = np.asarray(middle if value is None else value, dtype=float)
    return np.broadcast_to(given.reshape(-1, 1), (2, 1)).copy() if number.axis == "side" else given.reshape(1)


def _draws(number: Parameter, runs: int, random: np.random.Generator) -> np.ndarray:
    share = random.random((2, runs) if number.axis == "side" else runs)
    if number.scale == "log":
        return number.low * (number.high / number.low) ** share
    return number.low + (number.high - number.low) * share

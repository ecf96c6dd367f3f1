"""How tests make a law: numbers by name, what is left out lies in the middle of its studied range."""

import numpy as np
import pytest
from hypothesis import settings

from westphalia.kinds import parameters

settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")


def middle(known):
    """The middle of a parameter's range on the scale of the range."""
    return float(np.sqrt(known.low * known.high)) if known.scale == "log" else 0.5 * (known.low + known.high)


@pytest.fixture(scope="session")
def make():
    """``make(Law, field=number, ...)``; a number for each side is a pair."""

    def build(law, **numbers):
        fields = {}
        for name, known in parameters(law).items():
            number = numbers.pop(name, middle(known))
            if known.axis == "side":
                fields[name] = np.broadcast_to(np.asarray(number, dtype=float), 2).reshape(2, 1).copy()
            else:
                fields[name] = np.array([number], dtype=float)
        assert not numbers, f"{law.key} has no {', '.join(numbers)}"
        return law(**fields)

    return build


@pytest.fixture(scope="session")
def fronts():
    """``fronts(first, second)``: a number of each side, on one front or a list of fronts, as ``(side, front, run)``."""

    def build(first, second):
        return np.stack([np.atleast_1d(np.asarray(x, dtype=float)) for x in (first, second)])[:, :, None]

    return build


@pytest.fixture(scope="session")
def sides():
    """``sides(first, second)``: a number of each side as ``(side, run)``."""

    def build(first, second):
        return np.array([[first], [second]], dtype=float)

    return build

"""What the objects of the war core stand on: one run's numbers as plain floats, and the functions that laws share."""

import dataclasses
import math
from bisect import bisect_right
from itertools import accumulate, pairwise
from types import SimpleNamespace
from typing import get_type_hints

from westphalia.model.state import State


def fields(*shapes):
    """Fields of the war's state with such shapes: record, field and the name of the attribute that keeps it."""
    for record, part in get_type_hints(State).items():
        for field in dataclasses.fields(part) if dataclasses.is_dataclass(part) else ():  # talks may be none
            if field.type in shapes:
                yield record, field.name, field.name + "_shock" * (record == "shocks")


def at(numbers, *place):
    """The number (or row of numbers) at a place of nested lists."""
    for index in place:
        numbers = numbers[index]
    return numbers


def of_side(record, number):
    """One side's numbers of a record; numbers that both sides share stay as they are."""
    if isinstance(record, SimpleNamespace):
        return SimpleNamespace(**{name: of_side(value, number) for name, value in vars(record).items()})
    return record[number] if isinstance(record, list) else record


def of_run(record, run):
    """One run's numbers of a record as plain floats and lists; a constant has one run only."""
    if dataclasses.is_dataclass(record):
        return SimpleNamespace(**{f.name: of_run(getattr(record, f.name), run) for f in dataclasses.fields(record)})
    return record[..., min(run, record.shape[-1] - 1)].tolist() if getattr(record, "ndim", 0) else record


def clip(value, low, high):
    """The value, not below ``low`` and not above ``high``."""
    return min(max(value, low), high)


def gate(z):
    """0 up to -1, 1 from 1 on, a smoothstep between."""
    if z <= -1.0:
        return 0.0
    if z >= 1.0:
        return 1.0
    t = 0.5 + 0.5 * z
    return t * t * (3.0 - 2.0 * t)


def softplus(z, width):
    """Smooth ``max(z, 0)`` by the engine's series; its error of up to 2e-6 would grow over a war if taken out here."""
    e = math.exp(-abs(z) / width)
    s = e / (2.0 + e)
    q = s * s
    return max(z, 0.0) + width * 2.0 * s * (1.0 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7 + q / 9))))


def smooth_min_one(z):
    """Smooth minimum of ``z >= 0`` and 1."""
    bounded = clip(z, 0.0, 1e6)
    return bounded / (1.0 + bounded**4) ** 0.25


def bump(distance):
    """1 at no distance, falling with its fourth power."""
    return 1.0 / (1.0 + distance**4)


def settle(value, target, rate):
    """Exact approach to a target at a constant rate."""
    return target + (value - target) * math.exp(-rate)


def two_stages(stages, inflow, mean_time):
    """Two stages a week later, and what leaves the second."""
    share = min(2.0 / mean_time, 1.0)
    passed, out = share * stages[0], share * stages[1]
    return [stages[0] + inflow - passed, stages[1] + passed - out], out


class Table:
    """A piecewise linear table, constant beyond both ends."""

    def __init__(self, knots, values):
        self.knots, self.values = knots, values
        pieces = zip(pairwise(knots), pairwise(values), strict=True)
        self.areas = list(accumulate((0.5 * (y + z) * (b - a) for (a, b), (y, z) in pieces), initial=0.0))
        self.at_zero = 0.0
        self.at_zero = self.integral(0.0)

    def value(self, x):
        """The table at ``x``."""
        k = bisect_right(self.knots, x)
        if k in (0, len(self.knots)):
            return self.values[max(k - 1, 0)]
        t = (x - self.knots[k - 1]) / (self.knots[k] - self.knots[k - 1])
        return self.values[k - 1] + t * (self.values[k] - self.values[k - 1])

    def integral(self, x):
        """The integral from 0 to ``x``."""
        k = max(bisect_right(self.knots, x) - 1, 0)
        return self.areas[k] + 0.5 * (self.values[k] + self.value(x)) * (x - self.knots[k]) - self.at_zero

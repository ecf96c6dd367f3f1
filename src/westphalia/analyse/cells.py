"""What each of several switches is worth, from the outcome of every combination of them.

Equation:
    phi_i = sum over S without i of |S|! (k - |S| - 1)! / k! [f(S + i) - f(S)];   sum of phi = f(all) - f(none)
    pair index I_ij = sum over S without i, j of |S|! (k - |S| - 2)! / (k - 1)! [f(S + ij) - f(S + i) - f(S + j) + f(S)]
Source:
    Shapley value and the interaction index of Grabisch and Roubens, from memory.
A cell's number has bit i set where switch i is on. Cells are runs that share their draws, so a value has one number for
each run, and its error is that of their mean.
"""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

import numpy as np
from jaxtyping import Float


class Value(NamedTuple):
    """What one switch is worth: its Shapley value with error, and how that hangs on the order of switching."""

    value: float
    se: float
    first_in: float
    """Switched on first."""
    last_in: float
    """Switched on last."""
    lowest: float
    """Over all that may be on already."""
    highest: float


def values(cells: Float[np.ndarray, "cell run"]) -> list[Value]:
    """The value of each switch."""
    count = _switches(cells)
    return [_value(cells, switch, count) for switch in range(count)]


def pairs(cells: Float[np.ndarray, "cell run"]) -> dict[tuple[int, int], float]:
    """The interaction of each pair; negative where each takes from what the other does."""
    count, found = _switches(cells), {}
    for i, j in itertools.combinations(range(count), 2):
        rest = [s for s in range(count) if s not in (i, j)]
        total = 0.0
        for base in _subsets(rest):
            size = base.bit_count()
            weight = math.factorial(size) * math.factorial(count - size - 2) / math.factorial(count - 1)
            both, one, other = base | 1 << i | 1 << j, base | 1 << i, base | 1 << j
            total += weight * float((cells[both] - cells[one] - cells[other] + cells[base]).mean())
        found[i, j] = total
    return found


def _switches(cells: np.ndarray) -> int:
    count = len(cells).bit_length() - 1
    if len(cells) != 1 << count:
        raise ValueError(f"{len(cells)} cells are not all combinations of some switches; give a power of two")
    return count


def _value(cells: np.ndarray, switch: int, count: int) -> Value:
    rest = [s for s in range(count) if s != switch]
    total, margins = np.zeros(cells.shape[1]), []
    for base in _subsets(rest):
        size = base.bit_count()
        margin = cells[base | 1 << switch] - cells[base]
        total += math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count) * margin
        margins.append(float(margin.mean()))
    error = float(total.std(ddof=1) / math.sqrt(total.size)) if total.size > 1 else float("nan")
    return Value(float(total.mean()), error, margins[0], margins[-1], min(margins), max(margins))


def _subsets(switches: list[int]) -> list[int]:
    """Every combination of these switches as a number, the empty one first and the whole last."""
    sizes = range(len(switches) + 1)
    return [sum(1 << s for s in chosen) for size in sizes for chosen in itertools.combinations(switches, size)]

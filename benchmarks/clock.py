"""How things are timed: interleaved in one process, medians of processor time, so that only ratios are read."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping

REPEATS = 7


def interleaved(forms: Mapping[str, Callable[[], object]], repeats: int = REPEATS) -> dict[str, tuple[float, float]]:
    """Median seconds of processor time and of wall time of each form, called in turn; the first turn does not count."""
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in forms}
    for turn in range(repeats + 1):
        for name, form in forms.items():
            processor, wall = time.process_time(), time.perf_counter()
            form()
            if turn:
                taken[name].append((time.process_time() - processor, time.perf_counter() - wall))
    return {
        name: (statistics.median(of[0] for of in turns), statistics.median(of[1] for of in turns))
        for name, turns in taken.items()
    }

"""What each group of differing assumptions adds to the difference between the answers of two positions.

Definition:
    of a run that takes its groups in its own order, a group adds the change of the outcome where it is exchanged
    an outcome that some runs lack (a claim, in runs that do not count) is a ratio, level = sum of values / runs that
    count; from one stage to the next it changes by the mean over all runs of
        (change of value - middle level * change of counting) / middle share of runs that count,
    with middles between the two stages and nothing for the value of a run that does not count. This is exact, so
    values add up; where every run counts it is the change of value.
Units:
    those of the outcome.
Errors:
    standard errors over runs; those of ratios by their linear part.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from westphalia.analyse.position_runs import Outcome, Path
from westphalia.analyse.positions import EMPTY, Group

THIRDS = 3


def decomposed(
    path: Path, outcome: Outcome, pair: tuple[Mapping[str, Group], ...], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Both answers, their difference, what each group adds to it, and the fewest runs that count at a stage."""
    values = np.stack([np.asarray(outcome.read(stage), float) for stage in path.stages])
    counted = np.isfinite(values).sum(axis=1)
    if not counted.all():
        return {"counted": 0}
    levels, parts = linear(values)
    effect, place_of = by_group(increments(values), path.order)
    groups = []
    for n, name in enumerate(path.names):
        third = place_of[n] * THIRDS // len(path.names)
        means = [effect[n][third == part].mean() for part in range(THIRDS) if (third == part).any()]
        groups.append(
            {
                "group": name,
                "title": "; ".join(dict.fromkeys(s for of in pair for s in of.get(name, EMPTY).sentences)),
                "value": float(effect[n].mean()),
                "se": standard_error(effect[n]),
                "low": float(min(means)),
                "high": float(max(means)),
                "evidence": _evidence([path for of in pair for path in of.get(name, EMPTY).parts], known),
            }
        )
    mean, error = float(levels[-1] - levels[0]), standard_error(parts[-1] - parts[0])
    return {
        "answers": [{"value": float(levels[end]), "se": standard_error(parts[end])} for end in (0, -1)],
        "difference": mean,
        "se": error,
        "deviations": abs(mean) / error if error > 0 else math.inf if mean else 0.0,
        "cruxes": sorted(groups, key=lambda group: -abs(group["value"])),
        "counted": int(counted.min()),
    }


def linear(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The level of each stage (stage,), and by how much each run moves it (stage, run); runs that lack it do not."""
    counts = np.isfinite(values)
    levels = np.where(counts, values, 0.0).sum(axis=1) / counts.sum(axis=1)
    parts = np.where(counts, values - levels[:, None], 0.0) / counts.mean(axis=1)[:, None]
    return levels, parts


def increments(values: np.ndarray) -> np.ndarray:
    """What each run adds to the change of level from a stage to the next: (step, run); its mean is that change."""
    counts = np.isfinite(values)
    held = np.where(counts, values, 0.0)
    shares, levels = counts.mean(axis=1), held.sum(axis=1) / counts.sum(axis=1)
    middle, share = ((of[1:] + of[:-1])[:, None] / 2 for of in (levels, shares))
    return (np.diff(held, axis=0) - middle * np.diff(counts.astype(float), axis=0)) / share


def by_group(steps: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Steps (place, run) by the group that is exchanged in them, and the place of each group: (group, run)."""
    effect, place_of = np.zeros(order.shape), np.zeros(order.shape, int)
    runs = np.arange(order.shape[1])
    for place, groups in enumerate(order):
        effect[groups, runs] = steps[place]
        place_of[groups, runs] = place
    return effect, place_of


def standard_error(values: np.ndarray) -> float:
    """Of the mean of these values."""
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _evidence(paths: list[str], known: Mapping[str, Any]) -> str:
    """What the assumptions of a group rest on: the weakest of them."""
    statuses = {known[path].status for path in paths if path in known}
    return next((status for status in ("assumption", "calibrated", "sourced") if status in statuses), "assumption")

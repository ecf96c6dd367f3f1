"""Refinement of the best of some points in the unit cube on few evaluations: the cross-entropy method.

Definition:
    each generation draws ``GENERATION`` points from a normal distribution around a mean, those outside the cube put on
    its faces; the mean of its best quarter is the next mean, and the spread of each input goes a fifth of the way
    toward that of the quarter. It begins at the best of the given points.
Source:
    Rubinstein 1999, Methodology and Computing in Applied Probability 1.
Fails when:
    the value has several far peaks: it climbs the one that it begins at. Of a noisy value the best is too good.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float

GENERATION = 16
"""Points of a generation."""
BEST = 4
"""Those of them that make the next one."""
WIDTH = 0.2
"""Standard deviation of the first generation, in every input."""
KEPT = 0.8
"""Share of the spread that is kept from one generation to the next."""


def refined(
    value: Callable[[np.ndarray], np.ndarray],
    points: Float[np.ndarray, "point input"],
    values: Float[np.ndarray, " point"],
    *,
    generations: int,
    seed: int,
) -> tuple[Float[np.ndarray, "tried input"], Float[np.ndarray, " tried"]]:
    """All points tried with their values, the given ones first.

    Args:
        value: Takes points ``(point, input)`` and gives a value for each, the greater the better.
        points: Points in the unit cube, from the best of which it climbs.
        values: Their values.
        generations: How many are tried.
        seed: Draws the points.
    """
    random = np.random.default_rng(seed)
    mean, width = points[values.argmax()], np.full(points.shape[1], WIDTH)
    for _ in range(generations):
        made = np.clip(mean + width * random.standard_normal((GENERATION, len(mean))), 0.0, 1.0)
        reached = value(made)
        best = made[np.argsort(-reached, kind="stable")[:BEST]]
        mean, width = best.mean(axis=0), KEPT * width + (1.0 - KEPT) * best.std(axis=0)
        points, values = np.concatenate([points, made]), np.concatenate([values, reached])
    return points, values

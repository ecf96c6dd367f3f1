"""Refinement finds the peak of a smooth value, inside the cube, and loses nothing."""

import numpy as np
import pytest

from westphalia.analyse.methods.refine import GENERATION, refined

INPUTS = 8


def hill(peak):
    """A quadratic value with its peak at a point, inside the cube or not."""
    return lambda points: -((points - np.asarray(peak)) ** 2).sum(axis=1)


def test_it_comes_nearer_to_a_peak_than_as_many_random_points():
    """Over twenty hills, each from 128 points: to less than a third of what 128 further points leave."""
    left, tried = [], []
    for seed in range(20):
        random = np.random.default_rng(seed)
        value, points = hill(random.random(INPUTS)), random.random((256, INPUTS))
        _, values = refined(value, points[:128], value(points[:128]), generations=128 // GENERATION, seed=seed)
        assert len(values) == 256
        left.append(-values.max())
        tried.append(-value(points).max())
    assert np.mean(left) < np.mean(tried) / 3


def test_it_stays_in_the_cube_and_finds_a_peak_on_its_face():
    value, start = hill([1.5, *[0.5] * (INPUTS - 1)]), np.full((1, INPUTS), 0.6)
    points, values = refined(value, start, value(start), generations=20, seed=1)
    assert ((points >= 0) & (points <= 1)).all()
    best = points[values.argmax()]
    assert best[0] == 1.0
    assert best[1:] == pytest.approx(0.5, abs=0.2)


def test_it_begins_at_the_best_point_and_keeps_all_that_was_tried():
    value, start = hill([0.5] * INPUTS), np.array([[0.1] * INPUTS, [0.5] * INPUTS])
    points, values = refined(value, start, value(start), generations=3, seed=1)
    assert (points[:2] == start).all()
    assert values == pytest.approx(value(points))
    assert points[2 : 2 + GENERATION].mean() == pytest.approx(0.5, abs=0.1)


def test_it_hangs_on_the_seed_alone():
    value, start = hill([0.2] * INPUTS), np.full((1, INPUTS), 0.9)
    one, other, third = (refined(value, start, value(start), generations=4, seed=seed)[0] for seed in (1, 1, 2))
    assert (one == other).all()
    assert (one != third).any()

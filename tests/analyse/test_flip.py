"""The smallest change that overturns a verdict, against planted shapes of known distance."""

import numpy as np
import pytest

from westphalia.analyse.methods.flip import flip

COLUMNS = 8
CENTRE, SCALE = np.full(COLUMNS, 0.5), np.full(COLUMNS, 12**-0.5)
DIRECTION = np.array([3, 2, 1]) / 14**0.5


def runs(seed, count=40_000):
    return np.random.default_rng(seed).random((count, COLUMNS))


def noisy(holds, share, seed):
    return holds ^ (np.random.default_rng(seed).random(len(holds)) < share)


def found_from(x, holds, columns=(0, 1, 2)):
    found = flip(x, holds, centre=CENTRE, scale=SCALE, columns=columns)
    assert found is not None
    return found


def test_distance_to_a_half_space_is_found():
    x = runs(1)
    found = found_from(x, (x[:, :3] - 0.5) / SCALE[:3] @ DIRECTION > 0.7)
    assert not found.holds_at_centre
    assert found.distance == pytest.approx(0.7, abs=3 * found.se + 0.02)
    assert found.change[:3] == pytest.approx(0.7 * DIRECTION, abs=0.1)
    assert not found.change[3:].any()
    assert found.beyond > 0.9


def test_distance_to_the_nearest_side_of_a_box_around_the_centre_is_found():
    x = runs(2)
    inside = (x[:, 0] > 0.2) & (x[:, 0] < 0.65) & (x[:, 1] > 0.2) & (x[:, 2] < 0.9)
    found = found_from(x, inside)
    assert found.holds_at_centre
    assert found.distance == pytest.approx(0.15 / SCALE[0], abs=3 * found.se + 0.02)
    assert found.change[:3] == pytest.approx([0.15 / SCALE[0], 0, 0], abs=0.1)


def test_distance_to_the_edge_of_a_box_is_rounded_outward():
    x = runs(3)
    found = found_from(x, (x[:, 0] > 0.75) & (x[:, 1] > 0.65))
    truth = np.hypot(0.25, 0.15) / SCALE[0]
    assert truth - 0.05 < found.distance < 1.2 * truth


def test_noise_between_runs_blurs_no_more_than_said():
    x = runs(4)
    holds = noisy((x[:, :3] - 0.5) / SCALE[:3] @ DIRECTION > 0.7, 0.15, seed=5)
    found = found_from(x, holds)
    assert found.distance == pytest.approx(0.7, abs=3 * found.se + 0.05)


def test_an_idle_column_is_left_where_it_is():
    x = runs(6)
    found = found_from(x, x[:, 0] > 0.7, columns=(0, 1, 2, 3, 4))
    assert found.distance == pytest.approx(0.2 / SCALE[0], abs=3 * found.se + 0.03)
    assert np.abs(found.change[1:]).max() < 0.15


def test_a_verdict_without_a_contrary_region_cannot_be_overturned():
    x = runs(7)
    never = np.zeros(len(x), bool)
    assert flip(x, never, centre=CENTRE, scale=SCALE, columns=(0, 1)) is None
    assert flip(x, noisy(never, 0.2, seed=8), centre=CENTRE, scale=SCALE, columns=(0, 1)) is None


def test_columns_and_scales_are_checked():
    x = runs(9, count=100)
    with pytest.raises(ValueError, match="at least one column"):
        flip(x, x[:, 0] > 0.5, centre=CENTRE, scale=SCALE, columns=())
    with pytest.raises(ValueError, match="50 runs"):
        flip(x, x[:, 0] > 0.5, centre=CENTRE, scale=SCALE, columns=(0, 1, 2))

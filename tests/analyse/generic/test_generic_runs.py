"""Drawn wars in the engine: the same whatever the chunks, and without a favourite among the sides."""

import dataclasses

import numpy as np
import pytest

from westphalia.analyse.generic.draw import draw
from westphalia.analyse.generic.ends import ends
from westphalia.analyse.generic.runs import run

WEEKS = 104


def one_axis(count, **more):
    wars = draw(np.arange(8 * count), seed=5, **more)
    return wars.of(np.flatnonzero(wars.axes == 1)[:count])


@pytest.mark.slow
def test_a_war_is_the_same_in_any_chunk_and_any_order():
    wars = one_axis(24)
    whole = run(wars, weeks=WEEKS)
    turned = run(wars.of(np.arange(24)[::-1]), weeks=WEEKS)
    part = run(wars.of(np.arange(7, 13)), weeks=WEEKS)
    assert np.isfinite(whole.dead).all()
    assert whole.dead.max() > 0.0
    for field in dataclasses.fields(whole):
        if field.name != "wars":
            rows = getattr(whole, field.name)
            np.testing.assert_array_equal(rows[..., ::-1], getattr(turned, field.name))
            np.testing.assert_array_equal(rows[..., 7:13], getattr(part, field.name))


@pytest.mark.slow
def test_the_name_of_a_side_gives_no_advantage():
    """The same wars with the initiator as the first and as the second side, in other noise."""
    shares = []
    for swapped in (False, True):
        told = ends(run(one_axis(512, swapped=swapped), weeks=WEEKS))
        shares.append((told.how == 0).mean() - (told.how == 1).mean())
    assert abs(shares[0] - shares[1]) < 3.0 * np.sqrt(2.0 / 512)


@pytest.mark.slow
def test_other_noise_gives_another_course():
    wars = one_axis(24)
    one, other = (run(wars, weeks=WEEKS, noise=wars.cases + shift) for shift in (0, 1000))
    assert not np.array_equal(one.dead, other.dead)

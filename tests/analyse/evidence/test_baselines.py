"""Naive forecasts of series that are simple enough to know them by hand."""

import numpy as np
import pytest

from westphalia.analyse.methods.baselines import BASELINES, drawn

AHEAD, DRAWS = 5, 400


def of(name, past, seed=1):
    return drawn(name, np.array(past, float), AHEAD, DRAWS, seed)


@pytest.mark.parametrize("name", [name for name in BASELINES if name != "no change"])
def test_a_constant_series_goes_on(name):
    found = of(name, [7.0] * 15)
    assert found.shape == (AHEAD, DRAWS)
    assert found == pytest.approx(7.0)


def test_no_change_is_nothing_with_the_spread_of_past_flows():
    found = of("no change", [-3.0] * 8)
    assert np.unique(found).tolist() == [-3.0, 3.0]
    assert found.mean() == pytest.approx(0.0, abs=0.25)


def test_a_line_goes_on():
    line = 10 + 2 * np.arange(20)
    assert of("trend of 12", line) == pytest.approx(np.tile(50 + 2.0 * np.arange(AHEAD)[:, None], DRAWS), abs=1e-9)
    bent = np.concatenate([np.full(8, 500.0), line])
    assert of("trend of 12", bent) == pytest.approx(of("trend of 12", line)), "only the last year counts"
    walk = of("last month", line)
    assert set(np.unique(walk[0])) == {46.0, 50.0}, "a step of either sign from 48"
    assert of("mean of 3", line) == pytest.approx(46 + 4.0), "its own error on a line is always two steps"
    assert of("mean of 12", line) == pytest.approx(37 + 13.0)


def test_steps_of_a_walk_add_up():
    found = of("last month", [0, 1, -1, 2, 0, 3, 1, 4], seed=2)
    spread = found.var(axis=1)
    assert (np.diff(spread) > 0).all()
    assert spread[-1] == pytest.approx(AHEAD * spread[0], rel=0.3)


def test_past_months_are_drawn_evenly():
    found = of("any past month", [1, 2, 3, 4])
    assert [np.mean(found == each) for each in (1, 2, 3, 4)] == pytest.approx([0.25] * 4, abs=0.04)


def test_a_mean_of_a_short_past_takes_what_there_is():
    assert of("mean of 12", [1, 1, 1, 1, 1, 9])[0] == pytest.approx(13 / 5 + 8)


@pytest.mark.parametrize("name", BASELINES)
def test_no_draw_is_negative_where_no_past_month_is(name):
    past = np.random.default_rng(4).integers(0, 4, 15).astype(float)
    assert of(name, past).min() >= 0
    assert of(name, [*past[:-1], -1.0, *past]).min() < 0


@pytest.mark.parametrize("name", BASELINES)
def test_the_same_seed_gives_the_same_draws(name):
    past = np.random.default_rng(5).standard_normal(15)
    assert (of(name, past) == of(name, past)).all()
    assert (of(name, past) != of(name, past, seed=2)).any()

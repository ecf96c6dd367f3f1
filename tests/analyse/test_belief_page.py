"""Beliefs against outcomes: the page's bins, and that fighting teaches what the war is about."""

import functools

import numpy as np
import pytest

from wars import loaded
from westphalia.analyse.beliefs import _finding, calibration, page


@functools.cache
def found():
    return calibration(loaded("duel"), runs=1024, weeks=260)


@pytest.mark.slow
def test_beliefs_of_later_tell_more_than_those_of_the_start():
    start, later = found()
    assert later.brier < start.brier
    assert later.brier < later.constant
    assert later.bins[-1].won > later.bins[0].won + 0.3


def test_both_sides_together_are_right_half_of_the_time():
    """Every decided war is won by one of them."""
    start, _ = found()
    won = sum(one.won * one.beliefs for one in start.bins) / sum(one.beliefs for one in start.bins)
    assert won == pytest.approx(0.5)


def test_optimism_at_the_start_is_what_was_drawn():
    """The two chances add up to 1 and a gap of .05 to .5, so the mean belief lies between .5 and .75."""
    start, _ = found()
    mean = sum(one.believed * one.beliefs for one in start.bins) / sum(one.beliefs for one in start.bins)
    assert 0.6 < mean < 0.68


def test_a_sure_and_right_belief_has_the_best_score():
    won = np.array([[True, False], [False, True]])
    one = _finding("x", "now", won, np.array([1.0, 0.0, 0.0, 1.0]), np.array([True, False, False, True]))
    assert (one.brier, one.decided) == (0.0, 1.0)
    assert "| x | now | 0.8-1.0 | 2 | 1.00 | 1.00 |" in page([one])

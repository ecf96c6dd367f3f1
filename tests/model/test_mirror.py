"""Exchanging the sides exchanges the results: the model knows no first and no second side."""

import numpy as np
import pytest

from mirror import WEEKS, apart, changed, history, mirrored, unequal
from wars import by_numpy, leaves


def test_the_mirror_of_the_mirror_is_the_war_itself():
    made = unequal("ukraine")
    for record in (made.world, made.state):
        again = leaves(mirrored(mirrored(record)))
        assert all(np.array_equal(again[path], leaf) for path, leaf in leaves(record).items())


def declared_axes(record):
    """The axes of every array, in the order of the fields."""
    found = []
    changed(record, lambda name, axes, array: (found.append(axes), array)[1])
    return found


def test_the_mirror_reaches_every_number_that_a_side_has_of_its_own():
    made = unequal("duel")
    for record in (made.world, made.state):
        before, after = leaves(record), leaves(mirrored(record))
        axes = declared_axes(record)
        for (path, first), its in zip(before.items(), axes, strict=True):
            drawn_apart = first.dtype.kind == "f" and "side" in its and np.ptp(first, its.index("side")).any()
            assert drawn_apart <= (not np.array_equal(first, after[path])), path


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_sides_are_far_apart_where_the_mirror_is_tested(name):
    """Else the test of the mirror could not fail: the two sides' stocks differ by percents in every run."""
    last = history(name)[-1]
    for number in (last.manpower.dead, last.materiel.armour, last.consent.support, last.manpower.reserve):
        assert np.median(np.abs(number[0] / number[1] - 1.0)) > 0.02
    assert np.abs(last.advance.position - history(name)[0].advance.position).max() > 1.0
    assert (last.outcome.first >= 0).any(axis=(1, 2)).sum() >= 2, "events of fewer than two kinds have happened"


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_exchanging_the_sides_exchanges_every_number_of_every_week(name):
    there = unequal(name)
    back = by_numpy(there._replace(world=mirrored(there.world), state=mirrored(there.state)), WEEKS)
    for number in (1, 2, 8, 26, 52, WEEKS):
        assert apart(mirrored(back[number]), history(name)[number]) == {}, f"week {number}"

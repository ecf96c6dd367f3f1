"""Exchanging the sides exchanges the results: the model knows no first and no second side."""

import functools

import numpy as np
import pytest
from mirror import changed, lopsided, mirrored, relabelled
from wars import by_numpy, leaves, war

WEEKS = 104
RUNS = 48
WITHIN = 1e-9

EVENTS = (".outcome.code", ".outcome.week", ".outcome.first", ".outcome.status")


@functools.cache
def unequal(name):
    """A war between sides that differ in every number, in double precision."""
    made = war(name, runs=RUNS, weeks=WEEKS, precision=np.float64)
    if name == "duel":
        made = made._replace(world=lopsided(made.world, 1), state=lopsided(made.state, 2))
    return made


@functools.cache
def history(name):
    return by_numpy(unequal(name), WEEKS)


def distances(one, two):
    """Largest difference of each number, relative to its own size or, near zero, to the largest of its kind."""
    apart = {}
    for path, (first, second) in {k: (v, leaves(two)[k]) for k, v in leaves(one).items()}.items():
        size = np.maximum(np.abs(second), 1e-3 * np.abs(second).max(initial=0.0))
        gap = np.abs(first - second)
        apart[path] = float(np.max(np.divide(gap, size, out=np.zeros_like(gap, float), where=gap > 0), initial=0.0))
    return apart


def test_the_mirror_of_the_mirror_is_the_war_itself():
    made = unequal("ukraine")
    for record in (made.world, made.state):
        again = leaves(mirrored(mirrored(record)))
        assert all(np.array_equal(again[path], leaf) for path, leaf in leaves(record).items())


def test_the_mirror_reaches_every_number_that_a_side_has_of_its_own():
    made = unequal("duel")
    for record in (made.world, made.state):
        before, after = leaves(record), leaves(mirrored(record))
        axes = []
        changed(record, lambda name, its, array: (axes.append(its), array)[1])
        for (path, first), its in zip(before.items(), axes, strict=True):
            drawn_apart = first.dtype.kind == "f" and "side" in its and np.ptp(first, its.index("side")).any()
            assert drawn_apart <= (not np.array_equal(first, after[path])), path
            assert ("side" in its) == (path in sided[type(record)]), path


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_sides_are_far_apart_where_the_mirror_is_tested(name):
    """Else the test of the mirror could not fail: the two sides' stocks differ by percents in every run."""
    last = history(name)[-1]
    for number in (last.manpower.dead, last.materiel.armour, last.consent.support, last.manpower.reserve):
        assert np.median(np.abs(number[0] / number[1] - 1.0)) > 0.02
    assert np.abs(last.advance.position - history(name)[0].advance.position).max() > 1.0
    assert (last.outcome.first >= 0).any(axis=-1).mean() > 0.3


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_exchanging_the_sides_exchanges_every_number_of_every_week(name):
    there = unequal(name)
    back = by_numpy(there._replace(world=mirrored(there.world), state=mirrored(there.state)), WEEKS)
    for number in (1, 2, 8, 26, 52, WEEKS):
        apart = distances(mirrored(back[number]), history(name)[number])
        wrong = {path: gap for path, gap in apart.items() if gap > (0 if path in EVENTS else WITHIN)}
        assert not wrong, f"week {number}: {wrong}"


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_fronts_in_another_order_give_the_same_war_in_another_order(name):
    there = unequal(name)
    order = np.random.default_rng(7).permutation(there.state.advance.position.shape[0])
    assert list(order) != sorted(order)
    back = by_numpy(there._replace(world=relabelled(there.world, order), state=relabelled(there.state, order)), WEEKS)
    for number in (1, 8, 52, WEEKS):
        apart = distances(back[number], relabelled(history(name)[number], order))
        wrong = {path: gap for path, gap in apart.items() if gap > (0 if path in EVENTS else WITHIN)}
        assert not wrong, f"week {number}: {wrong}"

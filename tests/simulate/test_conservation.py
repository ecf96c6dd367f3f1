"""Nobody and nothing is lost: persons, vehicles and money over a whole war, in single and double precision."""

import functools

import jax
import numpy as np
import pytest

from wars import fought, war
from westphalia.laws.numerics import over_fronts

NAMES = ["duel", "ukraine"]
PRECISIONS = [(np.float64, 1e-6), (np.float32, 1e-5)]


@functools.cache
def start_and_end(name, precision):
    """The states before and after 260 weeks."""
    with jax.enable_x64(precision is np.float64):
        made = war(name, precision=precision)
        return made.state, fought(made)[0]


def doubled(tree):
    """In double precision, so that adding up adds no rounding."""
    return jax.tree.map(lambda leaf: np.asarray(leaf, float) if leaf.dtype.kind == "f" else leaf, tree)


def persons(state):
    m = doubled(state.manpower)
    inside = over_fronts(m.pool) + over_fronts(m.behind) + over_fronts(m.training) + over_fronts(m.force)
    under_arms = m.reserve + m.garrison + over_fronts(m.wounded)
    gone = m.staying + m.dead + m.disabled + m.captured + m.deserted + m.emigrated
    return inside + under_arms + gone - m.arrived


def vehicles(state):
    m = doubled(state.materiel)
    return m.armour + m.store + m.armour_lost - m.armour_made


def money(state):
    """What the backers have allocated and neither delivered nor on its way, less what was on its way at the start."""
    a = doubled(state.aid)
    return a.allocated - a.delivered - over_fronts(a.pipeline)


@pytest.mark.parametrize(("precision", "within"), PRECISIONS)
@pytest.mark.parametrize("name", NAMES)
def test_nobody_left_nobody_lost(name, precision, within):
    start, end = start_and_end(name, precision)
    gap = np.abs(persons(end) / persons(start) - 1.0).max()
    assert gap < within, f"{gap:.1e} of all persons"


@pytest.mark.parametrize(("precision", "within"), PRECISIONS)
@pytest.mark.parametrize("name", NAMES)
def test_every_vehicle_is_in_the_field_in_store_or_lost(name, precision, within):
    start, end = start_and_end(name, precision)
    gap = (np.abs(vehicles(end) - vehicles(start)) / (vehicles(start) + end.materiel.armour_made)).max()
    assert gap < within, f"{gap:.1e} of all vehicles"


@pytest.mark.parametrize(("precision", "within"), PRECISIONS)
@pytest.mark.parametrize("name", NAMES)
def test_all_aid_that_was_allocated_is_delivered_or_on_its_way(name, precision, within):
    start, end = start_and_end(name, precision)
    gap = (np.abs(money(end) - money(start)) / np.maximum(end.aid.allocated, 1e-3)).max()
    assert gap < within, f"{gap:.1e} of all aid"


@pytest.mark.parametrize("name", NAMES)
def test_much_has_moved_where_nothing_is_lost(name):
    """Else the balances could not fail: every stock and every way out of the force is in use."""
    start, end = start_and_end(name, np.float32)
    for flow in ("dead", "injured", "disabled", "captured", "deserted", "staying"):
        moved = getattr(end.manpower, flow) - getattr(start.manpower, flow)
        assert (moved >= 0).all(), flow
        assert moved.max() > 0.1, flow
    assert np.abs(over_fronts(end.manpower.behind) - over_fronts(start.manpower.behind)).max() > 1
    assert np.median(end.materiel.armour_lost) > 0.05
    assert np.median(end.materiel.armour_made) > 0.05
    assert end.aid.delivered.min() > 0.01


@pytest.mark.parametrize("name", NAMES)
def test_no_stock_of_persons_or_things_becomes_negative(name):
    end = start_and_end(name, np.float64)[1]
    stocks = {k: getattr(end.manpower, k) for k in ("pool", "behind", "training", "force", "garrison", "wounded")}
    stocks |= {k: getattr(end.materiel, k) for k in ("armour", "store", "ammunition", "economy")}
    stocks |= {"reserve": end.manpower.reserve, "pipeline": end.aid.pipeline, "partisans": end.occupation.partisans}
    low = {k: float(v.min()) for k, v in stocks.items() if v.min() < -1e-9}
    assert low == {}

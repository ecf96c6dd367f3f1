"""The same war seen from the other side, and the same war with its fronts in another order.

Driven by the axes that the records declare: the side axis is reversed, the front axes are permuted. Only what is
counted in the scenario's coordinate, and the codes of the outcomes, are named. Of parties and players the first two
belong to the two sides.
"""

import dataclasses
import functools
import typing

import numpy as np

from wars import by_numpy, leaves, war

POSITIONS = {"position", "recent", "river_at", "belt_at", "line"}
"""Counted in the scenario's coordinate, so that the other side sees the opposite sign."""

TABLES = {"width_at": -1.0, "width": 1.0, "inhabitants_at": -1.0, "inhabitants": 1.0}
"""Tables over position: knots and values in the opposite order, knots with the opposite sign."""

SIGNED = {"index", "area", "per_area"}
"""Numbers of the first side's direction without a front."""

WHOLE = {"backs", "decisive", "hops", "needed"}
"""Numbers that are whole, and stay so."""

OWN_AXES = {"first": ("event", "side", "run")}
"""Axes of arrays whose type does not declare them."""


def axes_of(record):
    """The axes of each array of a record by field name; None where the field is a record."""
    return {name: axes for name, axes in _declared(type(record)).items()}


@functools.cache
def _declared(cls):
    hints = typing.get_type_hints(cls, include_extras=True)
    axes = {}
    for field in dataclasses.fields(cls):
        if field.metadata.get("constant"):
            continue
        hint = hints[field.name]
        if field.name in OWN_AXES:
            axes[field.name] = OWN_AXES[field.name]
        else:
            axes[field.name] = tuple(a.lstrip("*#") for a in hint.dim_str.split()) if hasattr(hint, "dim_str") else None
    return axes


def changed(record, change):
    """The record with ``change(name, axes, array)`` for every array in it."""
    if record is None:
        return None
    return dataclasses.replace(
        record,
        **{
            name: changed(getattr(record, name), change) if axes is None else change(name, axes, getattr(record, name))
            for name, axes in axes_of(record).items()
        },
    )


def mirrored(record):
    """World, state or a part of one with the sides exchanged."""
    made = changed(record, _exchanged)
    if getattr(record, "table", None) is None:
        return made
    seating = record.table.seating
    swapped = seating._replace(
        party_of=tuple(_swapped(number) for number in (*seating.party_of[1::-1], *seating.party_of[2:])),
        lines=(*seating.lines[1::-1], *seating.lines[2:]),
    )
    return dataclasses.replace(made, table=dataclasses.replace(made.table, seating=swapped))


def _swapped(number):
    return 1 - number if number < 2 else number


def _exchanged(name, axes, array):
    _check(name, axes, array)
    if "side" in axes:
        array = np.flip(array, axes.index("side"))
    for kind in ("party", "player"):
        if kind in axes and array.shape[axes.index(kind)] > 1:
            order = [1, 0, *range(2, array.shape[axes.index(kind)])]
            array = np.take(array, order, axes.index(kind))
    if name in SIGNED:
        array = -array
    if name in TABLES and "front" in axes:
        array = TABLES[name] * np.flip(array, axes.index("front") + 1)
    if name in POSITIONS and "front" in axes:
        array = -array
    if name == "code":
        array = np.choose(array, [0, 2, 1, *range(3, 10)]).astype(array.dtype)
    return array


def relabelled(record, order):
    """World, state or a part of one with the fronts in another order."""

    def permuted(name, axes, array):
        _check(name, axes, array)
        for axis, called in enumerate(axes):
            if called == "front" and array.shape[axis] > 1:
                array = np.take(array, order, axis)
        return array

    return changed(record, permuted)


def _check(name, axes, array):
    assert np.ndim(array) == len(axes), f"{name} is {np.shape(array)}, declared {axes}"


def lopsided(record, seed):
    """The record with every number that a side has of its own made smaller by a part of its own, differently by run."""
    rng = np.random.default_rng(seed)

    def smaller(name, axes, array):
        if not {"side", "party", "player"} & set(axes) or array.dtype.kind != "f" or name in WHOLE:
            return array
        return array * rng.uniform(0.8, 1.0, array.shape)

    return changed(record, smaller)


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


def apart(one, two):
    """Numbers that differ by more than 1e-9 of their size or of a thousandth of the largest, and events that differ."""
    gaps = {}
    for path, (first, second) in {k: (v, leaves(two)[k]) for k, v in leaves(one).items()}.items():
        assert np.isfinite(first).all(), path
        size = np.maximum(np.abs(second), 1e-3 * np.abs(second).max(initial=0.0))
        gap = np.abs(first - second)
        gaps[path] = float(np.max(np.divide(gap, size, out=np.zeros_like(gap, float), where=gap > 0), initial=0.0))
    return {path: gap for path, gap in gaps.items() if gap > (0 if path in EVENTS else WITHIN)}

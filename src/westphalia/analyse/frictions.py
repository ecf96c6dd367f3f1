"""Why is there no peace yet? All on-off combinations of six frictions on the same draws, and what each is worth.

A value compares the ranges that a scenario assumes, and no causes in the world: its ranking is one of those ranges.
That is why the wedges (how much zone each friction takes) always stand beside it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import jax
import numpy as np

from westphalia.analyse.interventions import Start
from westphalia.analyse.methods.shapley import attribute, paired
from westphalia.analyse.play import begin
from westphalia.analyse.switches import FRICTIONS, without
from westphalia.assemble import Assembly
from westphalia.model.answers import limits, surplus, worth_of_signature
from westphalia.model.noise import run_keys
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.round import BARRED
from westphalia.scenario.schema import Scenario
from westphalia.simulate.kernel import BLOCK
from westphalia.simulate.run import simulate
from westphalia.simulate.study_summary import quantiles

YEAR, HOLDS = 52, 104
"""Weeks within which a signature counts, and for which it must hold."""
WEEKS = YEAR + HOLDS

VALUES = ("value", "se", "first_in", "last_in", "low", "high")
"""Told of a friction: its Shapley value with error, its effect at either end of an order, and its band."""

MEASURES = {
    "signed": "signed within a year",
    "holding": "signed within a year and holding two years later",
    "fought": "weeks of war in three years",
    "arms": "decided by arms within three years",
}
"""Measures of a cell; ends by arms are a competing risk and are never mixed in."""


def frictions(scenario: Scenario, *, seed: int, runs: int, watch: Callable[[int, int], None]) -> dict[str, Any]:
    """The object of ``frictions --json``.

    Args:
        scenario: A scenario with talks.
        seed: Seed of all draws.
        runs: Runs of each of the 64 cells, the same draws in all; rounded up to whole blocks.
        watch: Told of each cell how many of how many are done.
    """
    names, runs = list(FRICTIONS), -(-runs // BLOCK) * BLOCK
    start = begin(scenario, weeks=WEEKS, runs=runs, seed=seed)
    found: dict[str, list[np.ndarray]] = {measure: [] for measure in MEASURES}
    for cell in range(1 << len(names)):
        off = frozenset(name for n, name in enumerate(names) if not cell >> n & 1)
        for measure, column in _outcome(scenario, without(start, off), seed, runs).items():
            found[measure].append(column)
        watch(cell + 1, 1 << len(names))
    return {
        "scenario": scenario.name,
        "seed": seed,
        "runs": runs,
        "frictions": {key: {"title": f.title, "off": f.without} for key, f in FRICTIONS.items()},
        "measures": {measure: _measure(np.stack(cells), names, MEASURES[measure]) for measure, cells in found.items()},
        "wedges": wedges(start),
    }


def _outcome(scenario: Scenario, start: Start, seed: int, runs: int) -> dict[str, np.ndarray]:
    """The measures of every run of one cell."""
    states = [
        simulate(
            [(Assembly(*_block(start, first, runs), {}), (0, WEEKS))],
            run_keys(seed, np.arange(first, first + BLOCK)),
            substeps=scenario.clock.substeps,
            every=WEEKS,
        )[0]
        for first in range(0, runs, BLOCK)
    ]

    def column(read: Callable[[Any], Any]) -> np.ndarray:
        return np.concatenate([np.asarray(read(state)) for state in states])

    signed, broken = column(lambda s: s.truce.signed), column(lambda s: s.truce.broken)
    in_time = (signed >= 0) & (signed <= YEAR)
    code = column(lambda s: s.outcome.code)
    return {
        "signed": 1.0 * in_time,
        "holding": 1.0 * (in_time & ((broken < 0) | (broken - signed > HOLDS))),
        "fought": column(lambda s: s.truce.fought).astype(float),
        "arms": 1.0 * ((code >= 1) & (code <= 3)),
    }


def _block(start: Start, first: int, runs: int) -> tuple[Any, Any]:
    """World and state of one block of the runs."""

    def cut(array: Any) -> Any:  # noqa: ANN401
        array = np.asarray(array)
        return array[..., first : first + BLOCK] if array.shape[-1] == runs else array

    return jax.tree.map(cut, start.world), jax.tree.map(cut, start.state)


def _measure(cells: np.ndarray, names: list[str], title: str) -> dict[str, Any]:
    mean, covariance = paired(cells.T)
    found, error = attribute(mean, covariance=covariance), np.sqrt(np.diag(covariance))
    return {
        "title": title,
        "none": float(mean[0]),
        "all": float(mean[-1]),
        "shapley": {name: {key: float(getattr(found, key)[n]) for key in VALUES} for n, name in enumerate(names)},
        "pairs": [
            {"frictions": [names[i], names[j]], "value": float(found.pairs[i, j]), "se": float(found.pairs_se[i, j])}
            for i, j in itertools.combinations(range(len(names)), 2)
        ],
        "cells": [
            {"on": [name for n, name in enumerate(names) if cell >> n & 1], "value": float(value), "se": float(e)}
            for cell, (value, e) in enumerate(zip(mean, error, strict=True))
        ],
    }


def wedges(start: Start) -> dict[str, dict[str, float | None]]:
    """Fall of the best attainable gain of the worst-off when one friction joins a start without any.

    Over the texts that are considered, rightly read, at the start; by friction the 5, 50 and 95 % of the draws.
    """
    everything = frozenset(FRICTIONS)
    clear = _best(without(start, everything))
    found = {}
    for name in FRICTIONS:
        fall = clear - _best(without(start, everything - {name}))
        found[name] = quantiles(fall)
    return found


def _best(start: Start) -> np.ndarray:
    """The largest gain of the worst-off whose yes is needed, over the texts, by run."""
    world, state, table = start.world, start.state, start.world.table
    assert table is not None, "frictions need a table"
    expected = outlook(world, table, state, take(world, state, world.calendar.at(0)))
    limit = limits(world, table, state, expected)
    best = None
    for text in range(len(table.texts.worth)):
        signature = worth_of_signature(table, state, expected, table.texts.worth[text], table.texts.guarantee[text])
        gain = surplus(table, state, signature, limit)
        worst = np.where(table.needed > 0.0, gain, np.inf).min(axis=0) - BARRED * table.texts.barred[text]
        best = worst if best is None else np.maximum(best, worst)
    assert best is not None, "a table has texts"
    return best

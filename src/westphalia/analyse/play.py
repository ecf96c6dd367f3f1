"""Histories of some hundred runs of a scenario, as it is or with a change at the start."""

from __future__ import annotations

import numpy as np

from westphalia.analyse.interventions import Start
from westphalia.analyse.readings import History
from westphalia.assemble import Assembly, assemble
from westphalia.model.noise import run_keys
from westphalia.scenario.schema import Scenario
from westphalia.simulate.run import simulate
from westphalia.simulate.series import names


def begin(scenario: Scenario, *, weeks: int, runs: int, seed: int) -> Start:
    """World and state of the first runs of a seed."""
    made = assemble(scenario, seed=seed, cases=np.arange(runs), weeks=weeks)
    return Start(made.world, made.state)


def play(scenario: Scenario, start: Start, *, weeks: int, runs: int, seed: int, substeps: int | None = None) -> History:
    """What becomes of a start in so many weeks, recorded every week."""
    state, record = simulate(
        [(Assembly(start.world, start.state, {}), (0, weeks))],
        run_keys(seed, np.arange(runs)),
        substeps=substeps or scenario.clock.substeps,
        every=1,
    )
    sides, fronts = list(scenario.sides), list(scenario.fronts)
    series = {row.name: place for place, row in enumerate(names(scenario))}
    return History(start.world, state, record, series, (sides[0], sides[1]), tuple(fronts))

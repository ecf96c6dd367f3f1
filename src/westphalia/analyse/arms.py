"""Paired arms of one scenario: the same cases and the same noise, with and without an intervention."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import jax
import numpy as np

from westphalia.analyse.interventions import Start
from westphalia.analyse.readings import History
from westphalia.assemble import Assembly, assemble
from westphalia.assemble.start import spread
from westphalia.model.noise import run_keys
from westphalia.scenario.load import Loaded
from westphalia.scenario.schema import Scenario
from westphalia.simulate.kernel import advance
from westphalia.simulate.measures import initial_row
from westphalia.simulate.run import begin
from westphalia.simulate.series import names

LONGEST = 104
"""Weeks of every calendar and record, so that all horizons share one compiled loop."""

Setting = Mapping[str, Any]
"""Entries of the scenario by dotted path; ``{own}`` and ``{other}`` stand for the keys of the sides."""


class OwnDirection(float):
    """A position of a setting, counted in the direction in which the own side advances."""


class Arms:
    """Assembles and simulates arms; draws and noise depend on seed and run alone."""

    def __init__(self, loaded: Loaded, *, draws: int, seed: int) -> None:
        """Arms of a scenario with this many runs each."""
        self._data = loaded.document.data
        self._runs = np.arange(draws)
        self._seed = seed
        scenario = loaded.scenario
        first, second = scenario.sides
        self._sides, self._fronts = (first, second), tuple(scenario.fronts)
        self._substeps = scenario.clock.substeps
        self._series = {series.name: place for place, series in enumerate(names(scenario))}
        self._starts: dict[str, Start] = {}

    @cached_property
    def _keys(self) -> np.ndarray:
        return run_keys(self._seed, self._runs)

    def start(self, setting: Setting, side: int) -> Start:
        """World and state at the start under a setting."""
        entries = {path.format(own=self._sides[side], other=self._sides[1 - side]): v for path, v in setting.items()}
        known = repr((sorted(entries.items()), side if setting else 0))
        if known not in self._starts:
            scenario = Scenario.model_validate(_laid_over(self._data, entries, 1.0 if side == 0 else -1.0))
            made = assemble(scenario, seed=self._seed, cases=self._runs, weeks=LONGEST)
            self._starts[known] = Start(made.world, spread(made.state, len(self._runs)))
        return self._starts[known]

    def simulate(self, start: Start, weeks: int) -> History:
        """What becomes of a start in this many weeks, at most ``LONGEST``."""
        world, state = begin(Assembly(start.world, start.state, {}), self._keys)
        record = initial_row(world, state, LONGEST + 1)
        after, record = advance(world, state, self._keys, record, (0, weeks), substeps=self._substeps, every=1)
        after = jax.tree.map(np.asarray, after)
        return History(world, after, np.asarray(record)[: weeks + 1], self._series, self._sides, self._fronts)


def _laid_over(data: dict[str, Any], entries: Setting, direction: float) -> dict[str, Any]:
    """A copy of plain data with the entries at dotted paths set."""
    data = dict(data)
    for path, value in entries.items():
        *way, last = path.split(".")
        here = data
        for step in way:
            here[step] = dict(here[step])
            here = here[step]
        here[last] = direction * value if isinstance(value, OwnDirection) else value
    return data

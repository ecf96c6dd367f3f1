"""Ensembles by month: many runs from a start, with some numbers at given places of their ranges or from a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from westphalia.analyse.claim_runs import Watch
from westphalia.analyse.evidence.monthly import Month, monthly_changes, steps_to
from westphalia.assemble import Assembly, assemble
from westphalia.scenario.load import Loaded
from westphalia.scenario.record import Observed
from westphalia.scenario.schema import Scenario
from westphalia.simulate.blocks import at_once
from westphalia.simulate.run import prepare

Columns = Mapping[str, Float[np.ndarray, " case"]]
"""By path: a number of each case."""


@dataclass(frozen=True)
class Ensemble:
    """How runs are drawn.

    Attributes:
        loaded: The scenario, from the start that is meant.
        seed: Seed of draws and noise.
        places: Where in their range some numbers lie, 0 the low and 1 the high end; by path and case.
        values: Values that some numbers take; by path, in turn over the cases.
    """

    loaded: Loaded
    seed: int
    places: Columns | None = None
    values: Columns | None = None

    def months(
        self, what: Mapping[str, Observed], months: list[Month], runs: int, watch: Watch, title: str
    ) -> dict[str, Float[np.ndarray, "month run"]]:
        """Values of observed series in the units of their tables, without error of observation."""
        scenario = self.loaded.scenario
        weeks = steps_to(scenario, months[-1])
        engine = prepare(self.loaded, seed=self.seed, weeks=weeks, build=self._build(weeks), every=1)
        place = {series.name: number for number, series in enumerate(engine.series)}
        pieces: dict[str, list[np.ndarray]] = {name: [] for name in what}
        step = at_once()
        watch(title, 0, runs)
        for first in range(0, runs, step):
            cases = np.arange(first, min(first + step, runs))
            record = engine.run(cases).sample[0]
            for name, spec in what.items():
                series = record[place[f"{spec.series}[{spec.of}]"]].astype(float)
                pieces[name].append(spec.scale * monthly_changes(series, scenario, months))
            watch(title, int(cases[-1]) + 1, runs)
        return {name: np.concatenate(rows, axis=1) for name, rows in pieces.items()}

    def numbers(self, cases: np.ndarray) -> Columns:
        """The numbers that are drawn for these cases."""
        return self._build(1)(self.loaded.scenario, cases).assumptions

    def _build(self, weeks: int) -> Callable[[Scenario, np.ndarray], Assembly]:
        def build(scenario: Scenario, cases: np.ndarray) -> Assembly:
            places = {path: (column[cases], column[cases]) for path, column in (self.places or {}).items()}
            values = {path: column[cases % len(column)] for path, column in (self.values or {}).items()}
            return assemble(scenario, seed=self.seed, cases=cases, weeks=weeks, parts=places, values=values)

        return build

"""The runs of two positions and of all that lies between them, and what is asked of each run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from westphalia.analyse.claim_runs import Store
from westphalia.analyse.positions import Group, Mixture, orders
from westphalia.scenario.schema import Scenario
from westphalia.simulate.blocks import at_once, on_cores
from westphalia.simulate.run import prepare
from westphalia.simulate.study import BASELINE


class Outcome(NamedTuple):
    """What is asked of a run."""

    title: str
    unit: str
    read: Callable[[pd.DataFrame], np.ndarray]


def outcomes_of(scenario: Scenario) -> dict[str, Outcome]:
    """Outcomes by key: what is signed and holds, who wins, how long and at what cost."""
    found = {}
    if scenario.talks is not None:
        found["signed"] = Outcome(
            "a settlement is signed", "share", lambda t: 1.0 * (t["signed_week"].to_numpy(float) >= 0)
        )
        found["holds"] = Outcome("a settlement holds at the end", "share", _ends("settlement holds"))
        found["fought"] = Outcome("weeks fought", "weeks", lambda t: t["weeks_fought"].to_numpy(float))
    for side, block in scenario.sides.items():
        name = f"military victory of {block.label}"
        found[f"victory-{side}"] = Outcome(name, "share", _ends(name))
    dead = [f"dead[{side}]" for side in scenario.sides]
    found["dead"] = Outcome("dead of both sides", "thousand persons", lambda t: t[dead].to_numpy(float).sum(axis=1))
    return found


def _ends(name: str) -> Callable[[pd.DataFrame], np.ndarray]:
    return lambda table: 1.0 * (table["outcome"] == name).to_numpy()


class Path:
    """Ensembles along the way from one position to the other, each run in its own order."""

    def __init__(
        self,
        store: Store,
        pair: tuple[Mapping[str, Group], Mapping[str, Group]],
        names: list[str],
        runs: int,
        *,
        is_back: bool,
    ) -> None:
        """Simulate all stages of the way, the ends included.

        Args:
            store: The scenario.
            pair: Groups of the two positions.
            names: The groups that differ, in an order that does not hang on which position is the first.
            runs: Runs of each stage.
            is_back: Whether the ways are those of the exchanged pair, gone backward, so that signs are exchanged too.
        """
        self._store, self._runs = store, runs
        self._mixture = Mixture(store.plan.loaded, pair, store.plan.seed, store.plan.weeks)
        self._places = {name: place for place, name in enumerate(self._mixture.names)}
        self.order = orders(len(names), np.arange(runs), store.plan.seed)[:: -1 if is_back else 1]
        self.names = names
        self.stages: list[pd.DataFrame] = []
        places = range(len(names) + 1)
        self._tell(0)
        for table in on_cores(lambda stage: self.table(self._taken(stage)), places):
            self.stages.append(table)
            self._tell(len(self.stages))

    def _tell(self, stages: int) -> None:
        self._store.watch("positions", self._runs * stages, self._runs * (len(self.names) + 1))

    def _taken(self, stage: int) -> np.ndarray:
        """Which differing groups each run has exchanged at a stage: (group, run)."""
        taken = np.zeros((len(self.names), self._runs), bool)
        for place in range(stage):
            taken[self.order[place], np.arange(self._runs)] = True
        return taken

    def table(self, taken: np.ndarray) -> pd.DataFrame:
        """The runs with these groups exchanged."""
        second = np.zeros((len(self._mixture.names), self._runs), bool)
        for name, row in zip(self.names, taken, strict=True):
            second[self._places[name]] = row
        plan, piece = self._store.plan, at_once()
        engine = prepare(
            plan.loaded,
            seed=plan.seed,
            weeks=plan.weeks,
            build=lambda _, cases: self._mixture.build(cases, second[:, cases]),
        )
        pieces = []
        for first in range(0, self._runs, piece):
            cases = np.arange(first, min(first + piece, self._runs))
            pieces.append(pd.DataFrame(engine.run(cases).table[BASELINE]))
        return pd.concat(pieces, ignore_index=True)

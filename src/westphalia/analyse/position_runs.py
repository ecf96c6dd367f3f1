"""The runs of two positions and of all that lies between them, and what is asked of each run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claim_tests import Frames, arms_of, evaluate, out_of_reach
from westphalia.analyse.positions import Group, Mixture, orders
from westphalia.assemble import Assembly
from westphalia.scenario.claims import Claim
from westphalia.scenario.schema import Scenario
from westphalia.simulate.blocks import at_once, on_cores
from westphalia.simulate.run import prepare
from westphalia.simulate.study import BASELINE


class Outcome(NamedTuple):
    """What is asked of a run.

    Attributes:
        title: What it is.
        unit: Its unit.
        read: Its value in each run; not a number where a run does not count.
        arms: Levers whose runs it needs beside those of the baseline.
    """

    title: str
    unit: str
    read: Callable[[Frames], np.ndarray]
    arms: tuple[str, ...] = ()


def outcomes_of(scenario: Scenario) -> dict[str, Outcome]:
    """Outcomes by key: what is signed and holds, who wins, how long and at what cost."""
    found = {}
    if scenario.talks is not None:
        signed = "a settlement is signed"
        found["signed"] = Outcome(signed, "share", _read(lambda t: 1.0 * (t["signed_week"].to_numpy(float) >= 0)))
        found["holds"] = Outcome("a settlement holds at the end", "share", _ends("settlement holds"))
        found["fought"] = Outcome("weeks fought", "weeks", _read(lambda t: t["weeks_fought"].to_numpy(float)))
    for side, block in scenario.sides.items():
        name = f"military victory of {block.label}"
        found[f"victory-{side}"] = Outcome(name, "share", _ends(name))
    dead = [f"dead[{side}]" for side in scenario.sides]
    of_both = _read(lambda t: t[dead].to_numpy(float).sum(axis=1))
    found["dead"] = Outcome("dead of both sides", "thousand persons", of_both)
    return found


def claims_of(scenario: Scenario, weeks: int) -> dict[str, Outcome]:
    """The claims that runs of so many weeks can test, as outcomes: whether each holds, in runs that count.

    A claim about a region is none: on the way from one position to the other other runs lie in it at every step.
    """
    return {
        name: Outcome(
            claim.sentence.rstrip("."), "share", partial(_held, claim, scenario, weeks), tuple(arms_of(claim))
        )
        for name, claim in scenario.claims.items()
        if not claim.within and not out_of_reach(scenario, claim, weeks)
    }


def _held(claim: Claim, scenario: Scenario, weeks: int, frames: Frames) -> np.ndarray:
    found = evaluate(claim, frames, scenario, weeks)
    return np.where(found.counts, 1.0 * found.holds, np.nan)


def _read(column: Callable[[pd.DataFrame], np.ndarray]) -> Callable[[Frames], np.ndarray]:
    return lambda frames: column(frames[BASELINE])


def _ends(name: str) -> Callable[[Frames], np.ndarray]:
    return _read(lambda table: 1.0 * (table["outcome"] == name).to_numpy())


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
        arms: tuple[str, ...] = (),
    ) -> None:
        """Simulate all stages of the way, the ends included.

        Args:
            store: The scenario.
            pair: Groups of the two positions.
            names: The groups that differ, in an order that does not hang on which position is the first.
            runs: Runs of each stage.
            is_back: Whether the ways are those of the exchanged pair, gone backward, so that signs are exchanged too.
            arms: Levers whose runs each stage has too.
        """
        self._store, self._runs, self.arms = store, runs, arms
        self._mixture = Mixture(store.plan.loaded, pair, store.plan.seed, store.plan.weeks)
        self._places = {name: place for place, name in enumerate(self._mixture.names)}
        self.order = orders(len(names), np.arange(runs), store.plan.seed)[:: -1 if is_back else 1]
        self.names = names
        self.stages: list[Frames] = []
        places = range(len(names) + 1)
        self._tell(0)
        for frames in on_cores(lambda stage: self.frames(self._taken(stage)), places):
            self.stages.append(frames)
            self._tell(len(self.stages))

    def _tell(self, stages: int) -> None:
        self._store.watch("positions", self._runs * stages, self._runs * (len(self.names) + 1))

    def _taken(self, stage: int) -> np.ndarray:
        """Which differing groups each run has exchanged at a stage: (group, run)."""
        taken = np.zeros((len(self.names), self._runs), bool)
        for place in range(stage):
            taken[self.order[place], np.arange(self._runs)] = True
        return taken

    def read(self, outcome: Outcome, sets: Sequence[frozenset[str]]) -> list[np.ndarray]:
        """An outcome by run, with each of these sets of groups exchanged in all runs."""

        def play(groups: frozenset[str]) -> np.ndarray:
            taken = np.repeat([[name in groups] for name in self.names], self._runs, axis=1)
            return np.asarray(outcome.read(self.frames(taken, outcome.arms)), float)

        found: list[np.ndarray] = []
        for values in on_cores(play, sets):
            found.append(values)
            self._store.watch("sets of groups", self._runs * len(found), self._runs * len(sets))
        return found

    def frames(self, taken: np.ndarray, arms: tuple[str, ...] | None = None) -> Frames:
        """The runs with these groups exchanged, of the baseline and of each arm."""
        second = np.zeros((len(self._mixture.names), self._runs), bool)
        for name, row in zip(self.names, taken, strict=True):
            second[self._places[name]] = row
        return {arm: self._table(second, arm) for arm in (BASELINE, *(self.arms if arms is None else arms))}

    def _table(self, second: np.ndarray, arm: str) -> pd.DataFrame:
        plan, piece = self._store.plan, at_once()

        def build(scenario: Scenario, cases: np.ndarray) -> Assembly:
            lever = None if scenario is plan.loaded.scenario else arm
            return self._mixture.build(cases, second[:, cases], lever)

        levers = () if arm == BASELINE else (arm,)
        engine = prepare(plan.loaded, seed=plan.seed, weeks=plan.weeks, levers=levers, build=build)
        pieces = []
        for first in range(0, self._runs, piece):
            cases = np.arange(first, min(first + piece, self._runs))
            pieces.append(pd.DataFrame(engine.run(cases, only=(arm,)).table[arm]))
        return pd.concat(pieces, ignore_index=True)

"""The runs that claims are tested on: a study, further arms beside it, and the same with single links switched off.

They lie beside the study, in ``claims/`` in its folder: interrupted work goes on where it stopped, like any study.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from westphalia.analyse.claim_tests import Frames, arms_of, mirrored
from westphalia.scenario.claims import Claim
from westphalia.scenario.load import Loaded, without_link
from westphalia.scenario.schema import Scenario
from westphalia.simulate.study import BASELINE, Study
from westphalia.simulate.study_manifest import Plan
from westphalia.simulate.study_run import run_study

FOLDER = "claims"
SHORT, SHORTEST = 1024, 256
"""Runs for what only asks for a verdict: the mirrored claims, and a link switched off. Half of those of a claim, but
not more than the first number and not fewer than the second."""

Watch = Callable[[str, int, int], None]
"""Told what is being run, and how many of how many runs are done."""


def short(runs: int) -> int:
    """Runs for what only asks for a verdict."""
    return min(runs, max(min(runs // 2, SHORT), SHORTEST))


def frames(study: Study, plan: Plan, claims: Iterable[Claim], runs: int, watch: Watch) -> Frames:
    """The first runs of a study in every arm that the claims need, those that it lacks simulated now."""
    needed = _arms(plan.loaded.scenario, claims)
    found = _frames(study, runs)
    if missing := tuple(arm for arm in needed if arm not in study.arms):
        found |= _frames(_run(replace(plan, levers=missing), study, "levers", runs, watch), runs)
    return {arm: found[arm] for arm in (BASELINE, *needed)}


def frames_mirrored(study: Study, plan: Plan, claims: Iterable[Claim], held: Frames, watch: Watch) -> Frames:
    """As ``frames``, fewer runs, for the claims with the sides exchanged; arms that are held are not run again."""
    runs = short(len(held[BASELINE]))
    needed = _arms(plan.loaded.scenario, [mirrored(plan.loaded.scenario, claim) for claim in claims])
    found = {arm: frame.iloc[:runs] for arm, frame in held.items()}
    if missing := tuple(arm for arm in needed if arm not in found):
        found |= _frames(_run(replace(plan, levers=missing), study, "mirrored", runs, watch), runs)
    return found


def frames_without(
    link: str, study: Study, plan: Plan, claims: Iterable[Claim], runs: int, watch: Watch
) -> tuple[Loaded, Frames]:
    """The scenario with a link switched off, and its runs in every arm that the claims need."""
    loaded = without_link(plan.loaded, link)
    switched = replace(plan, loaded=loaded, levers=_arms(loaded.scenario, claims))
    return loaded, _frames(_run(switched, study, f"without-{link}", short(runs), watch), short(runs))


def _arms(scenario: Scenario, claims: Iterable[Claim]) -> tuple[str, ...]:
    """The levers that claims need, in the order of the scenario."""
    wanted = {arm for claim in claims for arm in arms_of(claim)}
    return tuple(lever for lever in scenario.levers if lever in wanted)


def _run(plan: Plan, study: Study, name: str, runs: int, watch: Watch) -> Study:
    """A study beside the study; its folder is told apart from others of the name by all that decides what it holds."""
    digest = hashlib.sha256(json.dumps(plan.identity, sort_keys=True).encode()).hexdigest()[:8]
    folder = Path(study.folder) / FOLDER / f"{name}-{digest}"
    return run_study(plan, folder, runs=runs, watch=lambda step: watch(name, step.done, step.runs))


def _frames(study: Study, runs: int) -> dict[str, pd.DataFrame]:
    table = study.runs()
    return {arm: table.loc[(table["arm"] == arm) & (table["run"] < runs)].reset_index(drop=True) for arm in study.arms}


def assumptions_of(study: Study, frame: pd.DataFrame) -> tuple[list[str], np.ndarray]:
    """Names and values of what was drawn: (run, assumption); what is the same in all runs is left out."""
    columns = study.manifest["columns"]
    names = columns[columns.index("repeat") + 1 : columns.index("outcome")]
    values = frame[names].to_numpy(float)
    varies = np.ptp(values, axis=0) > 0
    return [name for name, kept in zip(names, varies, strict=True) if kept], values[:, varies]

"""Blocks of fresh draws, until the values of frictions have the error that is asked for.

Definition:
    a round plays each of the 64 combinations on draws of its own, none of which any other cell or round has. What
    differs between draws then averages out over the cells, which draws that all cells share do not let it do; bands,
    other definitions and first places stay with the shared draws, where differences are paired.
    Rounds are added until the standard error of every value of a share is at most the one wanted, or another round
    would exceed the runs of a combination that are allowed.
Units:
    shares from 0 to 1.
Errors:
    to stop at a standard error that is itself estimated makes it a little too small; with hundreds of runs in each of
    64 cells that does not show.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse import friction_cells, switches
from westphalia.analyse.friction_cells import MEASURES, UNITS, WEEKS, Cell, Watch, play_cells, widened
from westphalia.analyse.friction_values import CELLS, NAMES, NO_OWN, Blocks, Own, Owns, off_in, pooled
from westphalia.analyse.friction_wedges import weakened
from westphalia.analyse.interventions import Start
from westphalia.analyse.methods.shapley import value_weights
from westphalia.assemble import assemble
from westphalia.scenario.schema import Scenario
from westphalia.simulate.blocks import blocks_of
from westphalia.simulate.study_files import write_json
from westphalia.simulate.study_manifest import model_version

FOLDER = "frictions"
"""Where a study keeps rounds."""
ROUND = 64
"""Runs of each combination in a round."""
MOST_RUNS = 4096
"""Runs of each combination at most, where nobody says how many."""
BLOCKS = blocks_of(CELLS * ROUND)
"""Blocks of a round."""
FIRST = 1 << 24
"""Number of the first case of the first round; no draw that cells share has one so high."""
SHARES = tuple(measure for measure in MEASURES if measure not in UNITS)
"""The measures whose values are held to an error."""

NONE: Owns = dict.fromkeys(MEASURES, NO_OWN)
"""No fresh draws."""


class Wanted(NamedTuple):
    """What is asked for.

    Attributes:
        error: Standard error of the values of a share, at most.
        most_runs: Runs of each combination, on shared and on fresh draws together, at most.
        kept: Folder in which rounds are kept, so that the same question goes on from there.
    """

    error: float
    most_runs: int = MOST_RUNS
    kept: Path | None = None


def fresh(
    scenario: Scenario, shared: Blocks, wanted: Wanted, *, seed: int, factors: Mapping[str, float], watch: Watch
) -> tuple[Owns, dict[str, Any]]:
    """The measures of all combinations on fresh draws, as many as the error takes, and what became of it.

    Args:
        scenario: A scenario with talks.
        shared: What the combinations gave on the draws that they share.
        wanted: The error, and how far to go for it.
        seed: Seed of all draws.
        factors: The strength of each friction that is weakened.
        watch: Told after each round; the total is what is expected then.
    """
    file = _file(wanted, scenario, seed, factors)
    held = _held(file)
    runs, played, owns = len(shared[SHARES[0]]), 0, NONE
    while _error(shared, owns) > wanted.error and runs + (played + 1) * ROUND <= wanted.most_runs:
        if played == len(held):
            held = np.concatenate([held, _round(scenario, played, seed=seed, factors=factors)[None]])
            _keep(file, held)
        played += 1
        owns = _owns(held[:played])
        left = min(_needed(shared, wanted.error), wanted.most_runs) - runs - played * ROUND
        watch(BLOCKS * played, BLOCKS * (played + max(0, -(-left // ROUND))))
    reached = _error(shared, owns)
    told = {
        "wanted": wanted.error,
        "reached": reached,
        "is_met": reached <= wanted.error,
        "fresh_runs": played * ROUND,
        "most_runs": wanted.most_runs,
        "needed_runs": max(runs + played * ROUND, _needed(shared, wanted.error)),
    }
    return owns, told


def _round(scenario: Scenario, number: int, *, seed: int, factors: Mapping[str, float]) -> np.ndarray:
    """Sums and sums of squares of a round: (2, measure, cell)."""
    case = FIRST + number * ROUND * CELLS
    made = assemble(scenario, seed=seed, cases=case + np.arange(ROUND * CELLS), weeks=WEEKS)
    start = weakened(widened(Start(made.world, made.state)), factors, seed, case)
    cells = [
        Cell(functools.partial(switches.without, keys=off_in(cell)), ROUND, first=cell * ROUND) for cell in range(CELLS)
    ]
    found = play_cells(start, cells, seed=seed, substeps=scenario.clock.substeps, case=case)
    values = np.array([[cell[measure][0] for cell in found] for measure in MEASURES])
    return np.stack([values.sum(axis=-1), (values**2).sum(axis=-1)])


def _owns(rounds: np.ndarray) -> Owns:
    runs, (sums, squares) = len(rounds) * ROUND, rounds.sum(axis=0)
    mean = sums / runs
    variance = np.maximum(squares / runs - mean**2, 0.0) / (runs - 1)
    return {measure: Own(runs, mean[n], variance[n]) for n, measure in enumerate(MEASURES)}


def _error(shared: Blocks, owns: Owns) -> float:
    """The greatest standard error of a value of a share."""
    weights = value_weights(len(NAMES))
    variances = [weights @ pooled(shared[of], owns[of])[1] @ weights.T for of in SHARES]
    return float(np.sqrt(max(0.0, *(np.diag(of).max() for of in variances))))


def _needed(shared: Blocks, error: float) -> int:
    """Runs of each combination that the error takes, from what runs on the shared draws vary.

    With n runs on shared draws among N, of variance s each, and the others of variance f, the variance of a value is
    (n s + (N - n) f) / N^2.
    """
    weights, needed = value_weights(len(NAMES)), 0.0
    for of in SHARES:
        n, covariance = len(shared[of]), np.atleast_2d(np.cov(shared[of], rowvar=False))
        s, f = np.diag(weights @ covariance @ weights.T), weights**2 @ np.diag(covariance)
        root = np.sqrt(np.maximum(f**2 + 4.0 * error**2 * n * (s - f), 0.0))
        needed = max(needed, float(((f + root) / (2.0 * error**2)).max()))
    return ROUND * int(np.ceil(needed / ROUND))


def _file(wanted: Wanted, scenario: Scenario, seed: int, factors: Mapping[str, float]) -> Path | None:
    """Where rounds are kept, told by all that decides them."""
    if wanted.kept is None:
        return None
    code = [Path(module.__file__ or "").read_text("utf-8") for module in (friction_cells, switches)]
    deciding = [scenario.model_dump_json(), seed, dict(factors), ROUND, model_version(), *code]
    return wanted.kept / f"{hashlib.sha256(json.dumps(deciding).encode()).hexdigest()[:12]}.json"


def _held(file: Path | None) -> np.ndarray:
    """The rounds that are kept: (round, 2, measure, cell)."""
    rounds = json.loads(file.read_text("utf-8")) if file and file.is_file() else []
    return np.array(rounds, float).reshape(-1, 2, len(MEASURES), CELLS)


def _keep(file: Path | None, held: np.ndarray) -> None:
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_json(file, held.tolist())

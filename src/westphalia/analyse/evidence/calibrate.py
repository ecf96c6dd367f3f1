"""Calibration: what a window of the record says of a war's numbers, and what it leaves to their ranges.

Definition:
    round 1: runs at points of the whole prior; an emulator (``methods.emulator``) of their monthly summaries; draws
    from its posterior (``methods.tempering``). Round 2: runs around these draws, spread half as wide again, an emulator
    of that part, and draws again, from the same prior. Numbers that are not fitted keep their ranges and are chance.
    contraction   1 - variance of a number's normal score after over before (1 before)
    at an edge    median in the outer tenth of the range: the structure lacks something
    composites    directions in which the posterior is narrowest, as weights on normal scores
Units:
    those of the numbers.
Errors:
    see the emulator; ``coverage`` checks all of it on data that the model made itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from westphalia.analyse.claim_runs import Watch
from westphalia.analyse.evidence.ensemble import Columns
from westphalia.analyse.evidence.monthly import Month
from westphalia.analyse.evidence.task import Task
from westphalia.analyse.methods.emulator import Emulator, fit
from westphalia.analyse.methods.tempering import Sampler
from westphalia.simulate.study_files import write

DRAWS = 512
"""Rows of the posterior's table."""
WIDER = 1.5
"""Spread of the points of round 2 over that of the draws of round 1."""
EDGE = 0.1


@dataclass(frozen=True)
class Round:
    """Runs at points z with summaries y, the emulator of them, and draws from its posterior."""

    z: Float[np.ndarray, "run score"]
    y: Float[np.ndarray, "run summary"]
    emulator: Emulator
    draws: Float[np.ndarray, "draw score"]

    @property
    def rows(self) -> Float[np.ndarray, "row score"]:
        """The draws that make the table: ``DRAWS`` equally spaced ones."""
        return self.draws[np.linspace(0, len(self.draws) - 1, DRAWS).astype(int)]


def calibrate(task: Task, folder: Path, runs: int, watch: Watch) -> list[Round]:
    """Both rounds; runs that lie in the folder from an earlier call are not made again."""
    rounds: list[Round] = []
    error = task.summaries.error()
    seen = task.summaries.scaled(task.summaries.seen)
    for number in (1, 2):
        z = _points(rounds[-1].draws if rounds else None, len(task.parameters), runs, task.seed + number)
        y = _kept(task, folder / f"round-{number}.npz", z, number, watch)
        emulator = fit(z, y)
        coefficients, whitener = emulator.whitened(error)
        sampler = Sampler(coefficients, z.shape[1], particles=2 * DRAWS)
        draws = sampler.draw(seen @ whitener, task.seed + number)
        rounds.append(Round(z, y, emulator, draws))
    return rounds


def table(task: Task, last: Round) -> Columns:
    """The fitted numbers in their own units, a row for each of ``Round.rows``."""
    numbers = task.ensemble(last.rows, 0).numbers(np.arange(len(last.rows)))
    return {path: numbers[path] for path in task.parameters}


def path_weights(
    task: Task, last: Round, values: Mapping[str, Float[np.ndarray, "month run"]], months: list[Month]
) -> Float[np.ndarray, " run"]:
    """Log weights of runs whose cases take the rows of the table in turn: how well the path of each fits the window.

    ln w = ln p(y | path) - ln p(y | z): the rows are draws given y already, so that their own likelihood is taken out.
    """
    error, seen = task.summaries.error(), task.summaries.scaled(task.summaries.seen)
    paths = task.summaries.of(values, months)
    by_row = _log_normal(seen - last.emulator.mean(last.rows), last.emulator.scatter + error)
    return _log_normal(seen - paths, error) - by_row[np.arange(len(paths)) % len(by_row)]


def _log_normal(left: Float[np.ndarray, "case summary"], covariance: np.ndarray) -> Float[np.ndarray, " case"]:
    """Log density of normal residuals, but for a constant."""
    lower = np.linalg.cholesky(covariance)
    return -0.5 * (np.linalg.solve(lower, left.T) ** 2).sum(axis=0)


def _points(draws: np.ndarray | None, scores: int, runs: int, seed: int) -> np.ndarray:
    """Quasi-random points of the prior, or around draws with a wider spread."""
    u = qmc.Sobol(scores, rng=np.random.default_rng(seed)).random(runs)
    z = ndtri(np.clip(u, 1e-6, 1 - 1e-6))
    if draws is None:
        return z
    lower = np.linalg.cholesky(np.cov(draws.T) + 1e-6 * np.eye(scores))
    return draws.mean(axis=0) + WIDER * z @ lower.T


def _kept(task: Task, file: Path, z: np.ndarray, number: int, watch: Watch) -> np.ndarray:
    """Summaries of runs at these points, from the file if it holds them."""
    if file.is_file():
        with np.load(file) as held:
            if str(held["key"]) == task.key and np.array_equal(held["z"], z):
                return held["y"]
    what = {name: one.spec for name, one in task.series.items()}
    values = task.ensemble(z, number).months(what, task.months, len(z), watch, f"round {number}")
    y = task.summaries.of(values, task.months)
    file.parent.mkdir(parents=True, exist_ok=True)
    write(file, lambda path: _save(path, task.key, z, y))
    return y


def _save(path: Path, key: str, z: np.ndarray, y: np.ndarray) -> None:
    with Path(path).open("wb") as opened:
        np.savez(opened, key=key, z=z, y=y)


def told(task: Task, rounds: list[Round]) -> dict[str, Any]:
    """The object of ``calibrate --json``, the table of draws apart."""
    before, last = rounds[0], rounds[-1]
    return {
        "scenario": task.loaded.scenario.name,
        "title": task.fold.title,
        "window": [task.months[0], task.months[-1]],
        "seed": task.seed,
        "runs": [len(each.z) for each in rounds],
        "parameters": [_number(task, path, column, rounds) for column, path in enumerate(task.parameters)],
        "composites": _composites(task, last.draws),
        "fit": _fit(task, before, last),
        "at_an_edge": [
            path
            for path, median in zip(task.parameters, ndtr(np.median(last.draws, axis=0)), strict=True)
            if min(median, 1 - median) < EDGE
        ],
    }


def _number(task: Task, path: str, column: int, rounds: list[Round]) -> dict[str, Any]:
    levels = ndtri([0.05, 0.5, 0.95])
    after_both = rounds[-1].draws[:, column]
    scores = np.tile(np.zeros(len(task.parameters)), (6, 1))
    scores[:, column] = [*levels, *np.quantile(after_both, [0.05, 0.5, 0.95])]
    values = task.ensemble(scores, 0).numbers(np.arange(6))[path]
    return {
        "path": path,
        "before": values[:3].tolist(),
        "after": values[3:].tolist(),
        "contraction": 1.0 - float(after_both.var()),
        "contraction_round_1": 1.0 - float(rounds[0].draws[:, column].var()),
        "place": float(ndtr(np.median(after_both))),
    }


def _composites(task: Task, draws: np.ndarray, count: int = 3, parts: int = 4) -> list[dict[str, Any]]:
    """The narrowest directions, each with its leading numbers."""
    variance, directions = np.linalg.eigh(np.atleast_2d(np.cov(draws.T)))
    found = []
    for own, direction in zip(variance[:count], directions.T[:count], strict=True):
        leading = np.argsort(-np.abs(direction))[:parts]
        weights = [{"path": task.parameters[n], "weight": float(direction[n])} for n in leading]
        found.append({"contraction": 1.0 - float(own), "weights": weights})
    return found


def _fit(task: Task, before: Round, after_all: Round) -> list[dict[str, Any]]:
    """By series: how many observed months lie in the central 80 % of the runs, before and after."""
    names = np.array([name for name, _ in task.summaries.labels])
    seen, error = task.summaries.scaled(task.summaries.seen), task.summaries.error()
    rng = np.random.default_rng(task.seed)
    inside = {}
    for word, each in (("before", before), ("after", after_all)):
        if word == "before":
            clean = each.y
        else:
            chance = rng.multivariate_normal(np.zeros(len(seen)), each.emulator.scatter, len(each.draws))
            clean = each.emulator.mean(each.draws) + chance
        noisy = clean + rng.multivariate_normal(np.zeros(len(seen)), error, len(clean))
        low, high = np.quantile(noisy, [0.1, 0.9], axis=0)
        inside[word] = (low <= seen) & (seen <= high)
    return [
        {
            "series": name,
            "months": int((names == name).sum()),
            "inside_before": float(inside["before"][names == name].mean()),
            "inside_after": float(inside["after"][names == name].mean()),
            "explained": float(before.emulator.explained[names == name].mean()),
        }
        for name in task.series
    ]

"""A fold scored: forecasts of the months after its origin against what was seen, beside every naive forecast.

Definition:
    prior         all ranges as they stand
    calibrated    numbers from the fold's calibration, paths left free; also with every calendar cut at the origin, and
                  with runs weighed by how well their own path before the origin fits
    A             one origin, monthly flows;   B: one origin, sums from the origin to each month
    C             every month from the one before it;   D: every sum of six months from the month before it
    in C and D runs are weighed by the six months before each forecast, the numbers staying those of the calibration
    best baseline the naive forecast of least CRPS in that mode, chosen with knowledge of the scores
Units:
    those of the observed series.
Errors:
    the difference to the best baseline with a standard error by blocks of six months.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from westphalia.analyse.claim_runs import Watch
from westphalia.analyse.evidence.calibrate import calibrate, path_weights, table, told
from westphalia.analyse.evidence.ensemble import Columns, Ensemble
from westphalia.analyse.evidence.monthly import Month, after, as_announced, begin, between
from westphalia.analyse.evidence.observed import Series
from westphalia.analyse.evidence.paths import Paths, drawn, power_of
from westphalia.analyse.evidence.task import Task
from westphalia.analyse.methods import baselines
from westphalia.analyse.methods.forecast_scores import Score, difference, score
from westphalia.scenario.schema import Scenario

DRAWS = 2000
RECENT, SUM = 6, 6
"""Months that weigh the runs in modes C and D, and months of a sum in mode D."""
MODES = ("A", "B", "C", "D")
PRIOR, CALIBRATED = "prior", "calibrated"
ANNOUNCED, WEIGHED = "calibrated, inputs as announced", "calibrated, paths weighed"
ROLLING = (PRIOR, CALIBRATED)
"""Forecasters of modes C and D, where what was announced at the origin is long known and all paths are weighed."""
SHORTEST = 6
"""Months of the past without which a naive forecast has no errors to draw from."""

Forecast = Callable[[Month, list[Month], np.random.Generator], np.ndarray]
"""From the month before the first and the months ahead to draws of their flows: (month, draw)."""


@dataclass(frozen=True)
class Ground:
    """What forecasts of a fold are made from."""

    task: Task
    series: Mapping[str, Series]
    paths: Mapping[str, Paths]
    log: Mapping[str, np.ndarray]
    """Log weights of the runs at the origin."""

    @property
    def origin(self) -> Month:
        """The first month that is scored."""
        return self.task.fold.origin


def scored(
    task: Task, series: Mapping[str, Series], folder: Path, watch: Watch, *, runs: int
) -> tuple[list[dict[str, Any]], dict[str, Any], Columns]:
    """Scores of a fold, what is told of its calibration, and the table of draws that this left.

    Args:
        task: The fold's calibration.
        series: All observed series.
        folder: Where runs are kept.
        watch: Told of the runs that are made.
        runs: Runs of the calibration's rounds; forecasts take half as many.
    """
    observed = (month for each in task.fold.scored for month in series[each].by_month)
    last = task.fold.last or max(observed, default=task.fold.origin)
    rounds = calibrate(task, folder, runs, watch)
    ahead = between(task.fold.origin, last)
    posterior = table(task, rounds[-1])
    months = [*task.months, *ahead]
    what = {each: series[each].spec for each in dict.fromkeys([*task.fold.fitted, *task.fold.scored])}
    paths = {
        word: Paths(months, ensemble.months(what, months, runs // 2, watch, word))
        for word, ensemble in _forecasters(task, posterior).items()
    }
    log = {word: np.zeros(runs // 2) for word in paths}
    log[WEIGHED] = path_weights(task, rounds[-1], paths[CALIBRATED].values, months)
    ground = Ground(task, series, {**paths, WEIGHED: paths[CALIBRATED]}, log)
    rows = [row for target in task.fold.scored for row in rows_of(ground, target, ahead)]
    return rows, {**told(task, rounds), "power_of_paths": power_of(log[WEIGHED])}, posterior


def _forecasters(task: Task, posterior: Columns) -> dict[str, Ensemble]:
    first = Ensemble(task.loaded, task.seed)
    cut = Scenario.model_validate(as_announced(task.loaded.document.data, begin(task.fold.origin)))
    known = replace(task.loaded, scenario=cut)
    return {
        PRIOR: first,
        CALIBRATED: replace(first, values=posterior),
        ANNOUNCED: Ensemble(known, task.seed, values=posterior),
    }


def rows_of(ground: Ground, target: str, ahead: list[Month]) -> Iterator[dict[str, Any]]:
    """Scores of one observed series, in every mode: on the months that naive forecasts have a past for."""
    one = ground.series[target]
    months = [month for month in ahead if month in one.by_month]
    if not months:
        return
    naive = {name: _naive(ground, one, name) for name in baselines.BASELINES}
    for mode in MODES:
        scored_now = months if mode in "AB" else [each for each in months if len(_past(ground, one, after(each, -1)))]
        found = {name: _in_mode(mode, forecast, one, scored_now, ground.task.seed) for name, forecast in naive.items()}
        naive_scores = {name: score_ for name, score_ in found.items() if score_ is not None}
        if not naive_scores:
            continue
        best = min(naive_scores, key=lambda name: naive_scores[name].crps)
        for word in ground.paths if mode in "AB" else ROLLING:
            own = _in_mode(mode, _model(ground, one, word, rolling=mode in "CD"), one, scored_now, ground.task.seed)
            if own is not None:
                yield _row(target, mode, word, own, best, naive_scores, ground.task.seed)


def _row(
    target: str, mode: str, word: str, own: Score, best: str, naive: Mapping[str, Score], seed: int
) -> dict[str, Any]:
    gap, se = difference(own, naive[best], seed)
    return {
        "target": target,
        "mode": mode,
        "forecaster": word,
        "forecasts": len(own.each),
        "crps": own.crps,
        "mae": own.mae,
        "coverage80": own.coverage80,
        "coverage95": own.coverage95,
        "best_baseline": best,
        "baseline_crps": naive[best].crps,
        "difference": gap,
        "difference_se": se,
        "baselines": {name: each.crps for name, each in naive.items()},
    }


def _in_mode(mode: str, forecast: Forecast, one: Series, months: list[Month], seed: int) -> Score | None:
    """Scores of a forecaster in a mode; none where it has too short a past."""
    rng = np.random.default_rng(seed)
    seen = one.at(months)
    if mode in "AB":
        draws = forecast(after(months[0], -1), months, rng)
        if mode == "B":
            draws, seen = draws.cumsum(axis=0), seen.cumsum()
        return score(seen, draws) if len(draws) else None
    span = 1 if mode == "C" else SUM
    sums, rows = [], []
    for n in range(len(months) - span + 1):
        draws = forecast(after(months[n], -1), months[n : n + span], rng)
        if len(draws):
            sums.append(seen[n : n + span].sum())
            rows.append(draws.sum(axis=0))
    return score(np.array(sums), np.stack(rows)) if rows else None


def _naive(ground: Ground, one: Series, name: str) -> Forecast:
    def forecast(before: Month, months: list[Month], rng: np.random.Generator) -> np.ndarray:
        past = _past(ground, one, before)
        if not len(past):
            return np.empty((0, 0))
        return baselines.drawn(name, past, len(months), DRAWS, int(rng.integers(2**31)))

    return forecast


def _past(ground: Ground, one: Series, before: Month) -> np.ndarray:
    """What a naive forecast is made from; nothing where it is too short."""
    first, source = ground.task.months[0], one
    if one.spec.map_of is not None and len(one.known(first, before)) < 2 * SHORTEST:
        source = ground.series[one.spec.map_of]
    past = source.at(source.known(first, before))
    return past if len(past) >= SHORTEST else past[:0]


def _model(ground: Ground, one: Series, word: str, *, rolling: bool) -> Forecast:
    """The model's forecasts: of runs weighed at the origin, or anew in every month by those just before it."""
    paths, held = ground.paths[word], {}

    def forecast(before: Month, months: list[Month], rng: np.random.Generator) -> np.ndarray:
        window = [month for month in paths.months if month <= before]
        if not rolling:
            # Of a path that was left free, months before the origin say nothing of what part of a series is seen.
            window = [month for month in window if month < ground.origin] if word == WEIGHED else []
            return paths.later(one, window, months, drawn(ground.log[word], DRAWS, rng), rng)
        window = window[-RECENT:]
        if before not in held:
            held[before] = paths.fit(ground.task.series, window)
        return paths.later(one, window, months, drawn(held[before], DRAWS, rng), rng)

    return forecast

"""Simulation-based calibration: on data that the model made, how often the posterior covers what they were made with.

Definition:
    a run of round 1 that the emulator did not see gives both the truth and, with an error of observation, the data
    rank of the truth among posterior draws, one a number and data set: uniform if all is well [Talts2018]
    coverage of the central 50, 80 and 95 % of the draws, over all numbers and data sets
Units:
    shares.
Errors:
    standard error of a coverage over data sets, whose numbers are not independent.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.stats import kstest

from westphalia.analyse.claim_runs import Watch
from westphalia.analyse.evidence.calibrate import Round
from westphalia.analyse.evidence.task import Task
from westphalia.analyse.methods.emulator import fit
from westphalia.analyse.methods.tempering import Sampler

LEVELS = (0.5, 0.8, 0.95)
PARTICLES = 512


def coverage(task: Task, first: Round, sets: int, watch: Watch) -> dict[str, Any]:
    """How often posteriors of so many data sets cover the truth.

    Args:
        task: What is calibrated.
        first: Its first round; the last of its runs are the truths, the others fit the emulator.
        sets: Data sets.
        watch: Told of those that are done.
    """
    error = task.summaries.error()
    emulator = fit(first.z[:-sets], first.y[:-sets])
    coefficients, whitener = emulator.whitened(error)
    sampler = Sampler(coefficients, first.z.shape[1], particles=PARTICLES)
    rng = np.random.default_rng(task.seed)
    data = first.y[-sets:] + rng.multivariate_normal(np.zeros(len(error)), error, sets)
    ranks = []
    for number, (truth, seen) in enumerate(zip(first.z[-sets:], data, strict=True)):
        watch("data sets", number, sets)
        draws = sampler.draw(seen @ whitener, task.seed + number)
        ranks.append((draws < truth).mean(axis=0))
    watch("data sets", sets, sets)
    return summary(np.array(ranks))


def summary(ranks: np.ndarray) -> dict[str, Any]:
    """Coverage from ranks (data set, number), each between 0 and 1."""
    inside = [(np.abs(ranks - 0.5) <= level / 2).mean(axis=1) for level in LEVELS]
    p = [float(kstest(column, "uniform").pvalue) for column in ranks.T]
    return {
        "sets": len(ranks),
        "coverage": [
            {"level": level, "covered": float(each.mean()), "se": float(each.std() / np.sqrt(len(each)))}
            for level, each in zip(LEVELS, inside, strict=True)
        ],
        "numbers": len(p),
        "numbers_below_5_percent": sum(value < 0.05 for value in p),
    }

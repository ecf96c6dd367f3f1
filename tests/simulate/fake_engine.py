"""A small engine with the interface of the real one: quick, exact, and able to fail, to be slow, to be interrupted."""

import os
import time

import numpy as np
import pytest

from westphalia.errors import BadInput
from westphalia.simulate.run import Chunk, histograms
from westphalia.simulate.series import Series
from westphalia.simulate.study_manifest import Plan

LEVER = "truce"

OUTCOMES = np.array(["ongoing", "frozen war", "military victory of North"], dtype=object)


def chance(seed, runs, channel):
    """Numbers from 0 to 1 that depend on seed, run and channel alone."""
    return np.modf(np.abs(np.sin((runs + 1.0) * (seed + 1.618) * (channel + 12.9898)) * 43758.5453))[0]


class FakeEngine:
    """Two series, one assumption, one event; ``asked`` records the first run of every call."""

    series = (Series("land[north]", "km2"), Series("dead[south]", "thousand persons"))
    columns = (
        "run", "case", "repeat", "laws.attrition.exponent", "outcome", "outcome_week",
        "land[north]", "dead[south]", "week[mobilisation wave, north]", "status",
    )  # fmt: skip

    def __init__(self, seed, weeks, levers, fails_at=(), stops_at=(), seconds=0.0):
        self.seed, self.weeks, self.arms = seed, weeks, ("baseline", *levers)
        self.times = np.arange(0, weeks + 1, 4)
        self.fails_at, self.stops_at, self.seconds = fails_at, stops_at, seconds
        self.asked = []

    def run(self, runs, ranges=None):
        self.asked.append(int(runs[0]))
        time.sleep(self.seconds)
        if ranges is not None and runs[0] in self.fails_at:
            raise FloatingPointError("a number too many")
        if ranges is not None and runs[0] in self.stops_at:
            raise KeyboardInterrupt
        tables, samples = {}, []
        for number, arm in enumerate(self.arms):
            exponent, luck = chance(self.seed, runs, 1), chance(self.seed, runs, 2)
            land = np.outer(self.times, luck) * (1 + 0.1 * number)
            sample = np.stack([land, 50 * exponent + 0.5 * self.times[:, None]]).astype(np.float32)
            own = {f"levers.{arm}": luck} if number else {}
            tables[arm] = {
                "run": runs,
                "case": runs,
                "repeat": np.zeros(len(runs), np.int64),
                "laws.attrition.exponent": exponent,
                **own,
                "outcome": OUTCOMES[(luck > 0.5).astype(int) + (luck > 0.9 - 0.2 * number)],
                "outcome_week": np.where(luck > 0.5, 4, -1),
                "land[north]": sample[0, -1],
                "dead[south]": sample[1, -1],
                "week[mobilisation wave, north]": np.where(exponent > 0.5, 2, -1),
                "status": np.where(luck > 0.999, "a number became infinite", "finished").astype(object),
            }
            samples.append(sample)
        sample = np.stack(samples)
        return Chunk(tables, None if ranges is None else histograms(sample, ranges), sample)


def prepare(loaded, *, seed, weeks, levers):
    """As the real one; the environment can make the engine slow."""
    return FakeEngine(seed, weeks, levers, seconds=float(os.environ.get("FAKE_SECONDS", "0")))


def plan_of(**more):
    """A short study of the duel with one lever."""
    return Plan.of("duel", **({"weeks": 12, "levers": [LEVER]} | more))


def contents(folder):
    """The bytes of every result of a study, by name."""
    parts = [*folder.glob("runs/*"), *folder.glob("cubes/*")]
    return {str(part.relative_to(folder)): part.read_bytes() for part in parts}


def refusal(work):
    """The message of the only fault for which something is refused."""
    with pytest.raises(BadInput) as caught:
        work()
    (fault,) = caught.value.faults
    return fault.message

"""The whole engine: with will, politics and record; on more cores; studies on disk; compilation; memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import jax
import numpy as np

from benchmarks.clock import interleaved
from westphalia.assemble import assemble
from westphalia.model.noise import run_keys
from westphalia.scenario.load import load
from westphalia.simulate.kernel import BLOCK, advance, on_host
from westphalia.simulate.measures import initial_row
from westphalia.simulate.run import Arm, Engine, begin, prepare, ranges_from


class Speed(NamedTuple):
    """Five-year runs a second of processor time, and what a second device is worth."""

    scenario: str
    loop: float
    """The compiled loop over weeks alone: will, politics, outcomes and the record with it."""
    engine: float
    """With assembly, table and histograms."""
    cores: float
    """Blocks a second on two cores over blocks a second on one."""
    talks: float
    """What talks add to the time of a block, over the time of a block without them."""


def measure(name: str) -> Speed:
    """Speed of the engine on five years of a scenario."""
    engine = prepare(load(name), seed=1)
    ranges = ranges_from(engine.run(np.arange(BLOCK * 2)))
    held = [_loop(engine) for _ in range(2)]
    silent = _loop(_without_talks(engine))
    with ThreadPoolExecutor(2) as pool:

        def both() -> list:
            return list(pool.map(lambda one: [one(), one()], held))

        forms = {
            "one": lambda: [held[0]() for _ in range(2)],
            "both": both,
            "silent": lambda: [silent() for _ in range(2)],
            "engine": lambda: engine.run(np.arange(BLOCK * 4), ranges),
        }
        taken = interleaved(forms, 5)
    loop, whole = BLOCK * 4 / taken["both"][0], BLOCK * 4 / taken["engine"][0]
    share = taken["one"][0] / taken["silent"][0] - 1.0
    return Speed(name, loop, whole, 2.0 * taken["one"][1] / taken["both"][1], share)


def _without_talks(engine: Engine) -> Engine:
    """The same war with nothing on the table."""
    scenario = engine.scenario.model_copy(update={"talks": None})
    return Engine([Arm("baseline", scenario, 0)], engine.seed, engine.weeks)


def _loop(engine: Engine) -> Callable[[], None]:
    """The compiled loop of an engine on one block that lies on the host's device already."""
    runs = np.arange(BLOCK)
    keys = run_keys(1, runs)
    world, state = begin(assemble(engine.scenario, seed=1, cases=runs, weeks=engine.weeks), keys)
    given = on_host((world, state, keys, initial_row(world, state, len(engine.times))))
    substeps = engine.scenario.clock.substeps

    def run() -> None:
        span = (0, engine.weeks)
        jax.block_until_ready(advance(*given, span, substeps=substeps, every=engine.every))

    return run


FIRST = """
import time
import numpy as np
from westphalia.scenario.load import load
from westphalia.simulate.run import prepare
engine = prepare(load({name!r}), seed=1)
begun = time.perf_counter()
engine.run(np.arange(1))
first = time.perf_counter() - begun
begun = time.perf_counter()
engine.run(np.arange(1))
print(first - (time.perf_counter() - begun))
"""


def compilation(name: str) -> tuple[float, float]:
    """Seconds that the first block waits for the compiler: with an empty cache, then from it."""
    with tempfile.TemporaryDirectory() as cache:
        env = os.environ | {"JAX_COMPILATION_CACHE_DIR": cache}
        program = [sys.executable, "-c", FIRST.format(name=name)]
        cold, cached = (
            float(subprocess.run(program, env=env, capture_output=True, check=True, text=True).stdout) for _ in range(2)
        )
    return cold, cached


class Study(NamedTuple):
    """One study of the flagship from the command line."""

    runs: int
    seconds: float
    gibibytes: float
    """Largest resident memory."""


WATCHED = """
import resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20)
"""
"""A small process between: a child's largest memory counts that of the process which it was forked from."""


def study(runs: int) -> Study:
    """A study of so many five-year runs, from the start of the process to its table of outcomes."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "westphalia.cli", "run", "ukraine", "--runs", str(runs), "--out", folder]
        told = subprocess.run([sys.executable, "-c", WATCHED, *words], check=True, capture_output=True, text=True)
    seconds, gibibytes = map(float, told.stdout.split())
    return Study(runs, seconds, gibibytes)

"""The war core in four forms with the same maths: the engine, plain NumPy, objects under Mesa, C."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import jax
import numpy as np

from benchmarks import objects
from benchmarks.c_oracle import COracle
from benchmarks.clock import REPEATS, interleaved
from benchmarks.core import Core, begin, by_engine, by_numpy, lines
from westphalia.cores import cores as available
from westphalia.simulate.kernel import BLOCK, on_host

WEEKS = 52
OBJECT_RUNS = 2
FEW_WEEKS = 8
"""For NumPy, whose cost a week does not depend on how many follow."""


class Result(NamedTuple):
    """How the forms compare on one scenario; microseconds of processor time a run and week."""

    scenario: str
    micros: dict[str, float]
    apart: dict[str, float]
    """Largest difference to NumPy, as a share of the spread of the lines after a year (objects: relative)."""


def measure(name: str) -> Result:
    """All forms on one scenario, interleaved."""
    cores = available()
    whole = begin(name, runs=BLOCK * cores, weeks=WEEKS)
    blocks = [_part(whole, core) for core in range(cores)]
    advance = jax.jit(by_engine, static_argnames="substeps")
    given = [on_host((b.world, b.state, b.aid, b.keys, np.int32(WEEKS))) for b in blocks]
    waiting = [objects.build(blocks[0], run, WEEKS) for run in range(OBJECT_RUNS * (1 + REPEATS))]
    with ThreadPoolExecutor(cores) as pool:

        def engine() -> list:
            return list(pool.map(lambda one: jax.block_until_ready(advance(*one, substeps=whole.substeps)), given))

        runs = {"engine": (whole.keys.shape[-1], WEEKS), "NumPy": (BLOCK, FEW_WEEKS), "objects": (OBJECT_RUNS, WEEKS)}
        forms = {
            "engine": engine,
            "NumPy": lambda: by_numpy(blocks[0], FEW_WEEKS),
            "objects": lambda: [_go(waiting.pop()) for _ in range(OBJECT_RUNS)],
        }
        apart = {"objects": objects.agreement(name, 4, WEEKS)}
        final = lines(engine()[0])
        spread = np.maximum(final.std(axis=1, keepdims=True), 1e-6)
        apart["engine"] = float(np.quantile(np.abs(final - lines(by_numpy(blocks[0], WEEKS))) / spread, 0.99))
        try:
            oracle = COracle(whole)
        except RuntimeError as missing:
            print(f"C is left out: {missing}")
        else:
            forms["C"] = lambda: oracle.advance(WEEKS, threads=cores)
            runs["C"] = runs["engine"]
            gap = np.abs(lines(oracle.run(WEEKS, threads=cores))[:, :BLOCK] - final) / spread
            apart["C"] = float(np.quantile(gap, 0.99))
        taken = interleaved(forms)
    return Result(name, {form: 1e6 * taken[form][0] / np.prod(runs[form]) for form in forms}, apart)


def _part(whole: Core, core: int) -> Core:
    runs = whole.keys.shape[-1]
    here = slice(core * BLOCK, (core + 1) * BLOCK)
    cut = lambda leaf: leaf[..., here] if np.ndim(leaf) and np.shape(leaf)[-1] == runs else leaf  # noqa: E731
    return Core(*jax.tree.map(cut, tuple(whole[:-1])), whole.substeps)


def _go(model: objects.War) -> None:
    for _ in range(WEEKS):
        model.step()

"""Rules, totals and flips from a table of runs: against the EMA workbench, and for a whole board of claims."""

from __future__ import annotations

import importlib
import importlib.util
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.clock import interleaved
from westphalia.analyse.methods.bins import rank_bins
from westphalia.analyse.methods.boxes import induce
from westphalia.analyse.methods.flip import flip
from westphalia.analyse.methods.rules import Rule
from westphalia.analyse.methods.search import Wanted, find
from westphalia.analyse.methods.totals import total_from_sample
from westphalia.analyse.methods.verdicts import Verdict, judge

RUNS = 100_000
COLUMNS = 24
LEAST = 0.05
"""Share of the runs that a box of either form holds at least."""
CLAIMS, ASSUMPTIONS = 25, 30
NOISE, FEW = 600, 2048
"""So many claims on so many runs each that hold by chance alone."""
SHARES = (0.3, 0.5, 0.7, 0.78)
"""How often they hold."""
ORACLE = "ema_workbench"


def page() -> Iterator[str]:
    """The paragraphs of the page of results."""
    yield "\n## Rules from a table of runs\n"
    taken = one_box()
    here, other = taken["here"], taken.get(ORACLE)
    ratio = "not measured: it is not installed" if other is None else f"{other:.1f} s, {other / here:.0f} times as long"
    yield (
        f"One box by patient rule induction, {RUNS:,} runs of {COLUMNS} assumptions, processor time: {here:.2f} s, the "
        f"ranking of the columns included; the EMA workbench (goal: at least 8 times as long): {ratio}.\n"
    )
    told = in_noise()
    often = ", ".join(f"{100 * share:.0f}" for share in SHARES)
    yield (
        f"In pure noise, {NOISE} claims that hold by chance alone in {often} % of {FEW:,} runs of {ASSUMPTIONS} "
        f"assumptions: {told} ({100 * told / NOISE:.1f} %) are said to hold in a region.\n"
    )
    whole = board()
    yield (
        f"Boxes with their checks, total effects and flips of {CLAIMS} claims on {RUNS:,} runs of {ASSUMPTIONS} "
        f"assumptions (goal: below 30 s): {whole.processor:.0f} s of processor time, {whole.wall:.0f} s in all.\n"
    )


def planted(x: np.ndarray, seed: int) -> np.ndarray:
    """Hits that are frequent in a box of three columns."""
    random = np.random.default_rng(seed)
    first, second, third = random.permutation(x.shape[1])[:3]
    inside = (x[:, first] > 0.3) & (x[:, first] <= 0.8) & (x[:, second] <= 0.5) & (x[:, third] > 0.6)
    return random.random(len(x)) < np.where(inside, 0.92, 0.15)


def one_box() -> dict[str, float]:
    """Seconds of processor time to find one box, ranking included; the workbench's where it is installed."""
    x = np.random.default_rng(0).random((RUNS, COLUMNS))
    hit = planted(x, seed=1)
    wanted = Wanted(Rule())
    forms = {"here": lambda: find((rank_bins(x), hit), wanted, int(LEAST * RUNS))}
    if importlib.util.find_spec(ORACLE) is not None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            prim = importlib.import_module(f"{ORACLE}.analysis.prim")
        table = pd.DataFrame(x, columns=[f"x{n}" for n in range(COLUMNS)])
        forms[ORACLE] = lambda: _quietly(prim.Prim(table, hit, threshold=0.8, peel_alpha=0.05, mass_min=LEAST))
    return {name: processor for name, (processor, _) in interleaved(forms, repeats=2).items()}


def _quietly(prim: Any) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return prim.find_box()


def in_noise() -> int:
    """Claims that are said to hold in a region where nothing but chance is at work."""
    told = 0
    for seed in range(NOISE):
        random = np.random.default_rng(seed)
        hit = random.random(FEW) < SHARES[seed % len(SHARES)]
        rules = induce(random.random((FEW, ASSUMPTIONS)), hit, seed=seed, subsamples=0)
        told += judge(int(hit.sum()), FEW, rules).verdict is Verdict.HOLDS_IN_A_REGION
    return told


class Board(NamedTuple):
    """Seconds for a board of claims, processor time and wall time."""

    processor: float
    wall: float


def board() -> Board:
    """Boxes with their subsamples, totals and flips of every claim, on one table of runs."""
    x = np.random.default_rng(0).random((RUNS, ASSUMPTIONS))
    hits = [planted(x, seed) for seed in range(CLAIMS)]
    return Board(*interleaved({"board": lambda: _judge_all(x, hits)}, repeats=1)["board"])


def _judge_all(x: np.ndarray, hits: list[np.ndarray]) -> None:
    binned = rank_bins(x)
    for seed, hit in enumerate(hits):
        induce(binned, hit, seed=seed)
        totals = total_from_sample(binned, hit, seed=seed)
        flip(x, hit, centre=np.median(x, axis=0), scale=x.std(axis=0), columns=totals.active)

"""Exact analysis of a term sheet beside NegMAS on the same tables: ratios in one process, and which bars they reach."""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from benchmarks.clock import interleaved
from westphalia.talks.describe import statistics
from westphalia.talks.frontier import frontier
from westphalia.talks.game import Game
from westphalia.talks.zone import acceptance, weight_factors

SIZES = ((10,) * 3, (10,) * 4, (10,) * 5)
PARTIES = (2, 3, 5)
SEEDS = 3
"""So many random tables of each size; the ratio shown is the median of theirs."""

DRAWS, DRAWN = 200, (10, 10, 10)
OFTEN = 20
"""The quick form is run so often in a turn, since a clock of processor time is coarse."""

HUGE = (((6,) * 20, 2), ((5,) * 16, 3))
"""Tables that no list of outcomes could hold."""


class Cell(NamedTuple):
    """One comparison: what, the tables, medians of both in milliseconds, their ratio, and the bar."""

    what: str
    table: str
    theirs: float
    ours: float
    ratio: float
    bar: float

    def __str__(self) -> str:
        reached = "reached" if self.ratio >= self.bar else "**missed**"
        return (
            f"| {self.what} | {self.table} | {self.theirs:,.3g} | {self.ours:.3g} | {self.ratio:,.0f} | "
            f"{self.bar:g} | {reached} |"
        )


def page() -> Iterator[str]:
    """The section of the results, line by line, each as soon as it has been measured."""
    yield "\n## Analysis of a term sheet\n"
    try:
        import negmas  # noqa: PLC0415  (not in every environment)
    except ImportError:
        yield "Not measured: NegMAS is not installed.\n"
        return
    yield (
        f"Beside NegMAS {negmas.__version__}: additive utilities, uniform values under Dirichlet weights, "
        f"{SEEDS} random tables a row, medians; both find the same. Milliseconds of processor time.\n"
    )
    yield "| what | table | NegMAS | here | ratio | bar | |"
    yield "|---|---|---|---|---|---|---|"
    for shape, parties in itertools.product(SIZES, PARTIES):
        yield str(_frontiers(shape, parties))
    for shape, parties in itertools.product(SIZES[:2], PARTIES):
        yield str(_statistics(shape, parties))
    yield str(_draws(5))
    yield "\nFrontiers of tables that cannot be listed:\n"
    yield "| texts | parties | points | ms |"
    yield "|---|---|---|---|"
    for shape, parties in HUGE:
        of = random_table(shape, parties, 0)
        taken = interleaved({"here": lambda of=of: frontier(of)})["here"][0]
        yield f"| {of.combinations:.2g} | {parties} | {frontier(of).size:,} | {1e3 * taken:.3g} |"
    yield ""


def random_table(shape: tuple[int, ...], parties: int, seed: int) -> Game:
    """Weights from a flat Dirichlet distribution, uniform values, nothing in reserve."""
    random = np.random.default_rng(seed)
    weights = random.dirichlet(np.ones(len(shape)), size=parties)
    return Game(
        tuple(f"party {i}" for i in range(parties)),
        {f"issue {q}": tuple(f"option {k}" for k in range(options)) for q, options in enumerate(shape)},
        tuple(weights[:, [q]] * random.random((parties, options)) for q, options in enumerate(shape)),
        np.zeros(parties),
    )


def space_of(of: Game) -> Any:
    """The issues as NegMAS has them."""
    from negmas.outcomes import make_issue, make_os  # noqa: PLC0415

    return make_os([make_issue(list(options), name=name) for name, options in of.issues.items()])


def in_negmas(of: Game, space: Any, factors: np.ndarray) -> list[Any]:
    """The same table as NegMAS has it: one utility function a party, weights ``(party, issue)`` changed by factors."""
    from negmas.preferences import LinearAdditiveUtilityFunction  # noqa: PLC0415

    return [
        LinearAdditiveUtilityFunction(
            values={
                name: dict(zip(options, part[i].tolist(), strict=True))
                for (name, options), part in zip(of.issues.items(), of.worth, strict=True)
            },
            weights=dict(zip(of.issues, factors[i].tolist(), strict=True)),
            outcome_space=space,
            reserved_value=float(of.reserve[i]),
        )
        for i in range(len(of.parties))
    ]


def _frontiers(shape: tuple[int, ...], parties: int) -> Cell:
    from negmas.preferences.ops import pareto_frontier  # noqa: PLC0415

    def pair(seed: int) -> tuple[Callable[[], Any], Callable[[], Any]]:
        of = random_table(shape, parties, seed)
        space = space_of(of)
        ufuns, outcomes = in_negmas(of, space, np.ones((parties, len(shape)))), list(space.enumerate())
        if len(pareto_frontier(ufuns, outcomes)[1]) != frontier(of).size:
            raise RuntimeError(f"frontiers differ on {shape}, {parties} parties, seed {seed}")
        return lambda: pareto_frontier(ufuns, outcomes), lambda: frontier(of)

    size = math.prod(shape)
    bar = 100 if size >= 100_000 and parties <= 3 else 30 if size >= 10_000 else 15
    return _cell("frontier", shape, parties, pair, bar)


def _statistics(shape: tuple[int, ...], parties: int) -> Cell:
    from negmas.preferences.ops import calc_scenario_stats  # noqa: PLC0415

    def pair(seed: int) -> tuple[Callable[[], Any], Callable[[], Any]]:
        of = random_table(shape, parties, seed)
        ufuns = tuple(in_negmas(of, space_of(of), np.ones((parties, len(shape)))))
        return lambda: calc_scenario_stats(ufuns), lambda: statistics(of)

    return _cell("all statistics in one call", shape, parties, pair, 300)


def _draws(parties: int) -> Cell:
    """One draw of weights: what each party gets of each text, and which texts all accept."""
    texts = np.indices(DRAWN).reshape(len(DRAWN), -1).T

    def theirs(of: Game, space: Any, factors: np.ndarray, outcomes: list[Any]) -> list[bool]:
        ufuns = in_negmas(of, space, factors)
        return [all(float(ufun(outcome)) >= ufun.reserved_value for ufun in ufuns) for outcome in outcomes]

    def pair(seed: int) -> tuple[Callable[[], Any], Callable[[], Any]]:
        of = random_table(DRAWN, parties, seed)
        factors = weight_factors(of, DRAWS, concentration=50.0, seed=seed)
        space = space_of(of)
        outcomes = list(space.enumerate())
        if not np.allclose(theirs(of, space, factors[0], outcomes), acceptance(of, texts, factors[:1])):
            raise RuntimeError(f"draws differ, seed {seed}")
        return lambda: theirs(of, space, factors[0], outcomes), lambda: acceptance(of, texts, factors)

    cell = _cell("one draw of weights", DRAWN, parties, pair, 300)
    return cell._replace(ours=cell.ours / DRAWS, ratio=cell.ratio * DRAWS)


def _cell(
    what: str,
    shape: tuple[int, ...],
    parties: int,
    pair: Callable[[int], tuple[Callable[[], Any], Callable[[], Any]]],
    bar: float,
) -> Cell:
    taken = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for seed in range(SEEDS):
            theirs, ours = pair(seed)
            times = interleaved({"theirs": theirs, "ours": partial(_often, ours)}, repeats=3)
            taken.append((1e3 * times["theirs"][0], 1e3 * times["ours"][0] / OFTEN))
    theirs_ms, ours_ms = np.median(np.array(taken), axis=0)
    ratio = float(np.median([one / other for one, other in taken]))
    return Cell(what, f"{math.prod(shape):,} x {parties}", float(theirs_ms), float(ours_ms), ratio, bar)


def _often(form: Callable[[], Any]) -> None:
    for _ in range(OFTEN):
        form()


if __name__ == "__main__":
    for line in page():
        print(line, flush=True)

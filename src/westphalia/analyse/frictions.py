"""Why is there no peace yet? All on-off combinations of six frictions on the same draws, and what each is worth.

A value compares the ranges that a scenario assumes, and no causes in the world: its ranking is one of those ranges.
That is why the wedges (how much zone each friction takes) always stand beside it.

Definition:
    plans of cells, played together: all 64 combinations; for each alternative "off" the 32 cells in which the friction
    is off; headlines without a link, where it can act; some draws with several courses of chance, for what is said
    draw by draw; the combinations of the groups of two arguments, for many draws.
    With equal wedges the same is done from a start in which every friction is weakened to one median wedge.
Errors:
    all plans have the same draws, some the first of them only, so that differences are paired. Where an error is asked
    for, the 64 combinations have fresh draws besides, which belong to one combination each.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.adjudicate import POSITIONS, adjudicate, cells_of, check
from westphalia.analyse.friction_alternatives import Alternative, alternatives, true_drift
from westphalia.analyse.friction_cells import MEASURES, WEEKS, Cell, Found, Watch, play_cells, told_in, widened
from westphalia.analyse.friction_links import Headline, headlines, inputs, told_without
from westphalia.analyse.friction_order import first_shares, order
from westphalia.analyse.friction_own import NONE, Wanted, fresh
from westphalia.analyse.friction_values import (
    CELLS,
    Blocks,
    Owns,
    cells_with,
    cells_without,
    defined,
    measured,
    off_in,
    put_in,
)
from westphalia.analyse.friction_wedges import equalised, weakened, wedges
from westphalia.analyse.interventions import Start
from westphalia.analyse.switches import FRICTIONS, without
from westphalia.assemble import assemble
from westphalia.assemble.table import seated
from westphalia.scenario.schema import Scenario
from westphalia.simulate.blocks import blocks_of


class Effort(NamedTuple):
    """How many draws and courses of chance stand behind what is not one of the 64 combinations.

    Attributes:
        alternatives: Draws that play alternative definitions and headlines without a link, of those of the cells.
        order: Draws of which a first place is told.
        order_repeats: Courses of chance of each, two at least.
        groups: Draws that are divided between the arguments.
        group_repeats: Courses of chance of each, two at least.
    """

    alternatives: int = 256
    order: int = 64
    order_repeats: int = 8
    groups: int = 2048
    group_repeats: int = 4


def usual_effort(runs: int) -> Effort:
    """What is usual beside so many runs of each of the 64 combinations: fewer draws beside few runs."""
    most = Effort()
    return most._replace(order=min(most.order, runs // 8), groups=min(most.groups, 8 * runs))


FEWEST = 100
"""Runs of a cell at least: fewer would tell nothing."""

Plans = dict[str, list[Cell]]
"""Cells to be played, by what they are for."""


def frictions(
    scenario: Scenario,
    *,
    seed: int,
    runs: int,
    watch: Watch,
    equal_wedges: bool = False,
    groups: Mapping[str, tuple[str, ...]] = POSITIONS,
    effort: Effort | None = None,
    wanted: Wanted | None = None,
) -> dict[str, Any]:
    """The object of ``frictions --json``.

    Args:
        scenario: A scenario with talks.
        seed: Seed of all draws.
        runs: Runs of each of the 64 cells, the same draws in all; ``FEWEST`` at least.
        watch: Told after each block of runs.
        equal_wedges: Whether frictions are weakened to one median wedge first.
        groups: The frictions of each argument; the first two are compared.
        effort: Draws and courses of chance behind the rest; ``usual_effort`` where left out.
        wanted: An error of the values, met by fresh draws; without it there are none.

    Raises:
        ValueError: If the groups do not share all frictions among them.
    """
    check(groups)
    runs = max(runs, FEWEST)
    effort = effort or usual_effort(runs)
    effort = effort._replace(alternatives=min(effort.alternatives, runs))
    made = assemble(scenario, seed=seed, cases=np.arange(max(runs, effort.order, effort.groups)), weeks=WEEKS)
    start, substeps = widened(Start(made.world, made.state)), scenario.clock.substeps
    equal = equalised(start, seed=seed) if equal_wedges else None
    factors = equal.factors if equal else {}
    start = weakened(start, factors, seed)
    others = alternatives(true_drift(start, draws=effort.alternatives, seed=seed, substeps=substeps))
    plans = _plans(runs, effort, others, headlines(start), cells_of(groups))
    played = _played(start, plans, seed, substeps, watch)
    blocks, owns, met = _stacked(played["all"]), NONE, None
    if wanted:
        more = _after(watch, _blocks(plans))
        owns, met = fresh(scenario, blocks, wanted, seed=seed, factors=factors, watch=more)
    found = {
        "scenario": scenario.name,
        "seed": seed,
        "runs": runs,
        "effort": effort._asdict(),
        "frictions": {key: {"title": f.title, "off": f.without} for key, f in FRICTIONS.items()},
        **_values(blocks, owns, others, played, scenario.clock.days),
        "wedges": wedges(start),
        "inputs": inputs(start, _players(scenario)) | {"headlines": _without_links(start, blocks, owns, played)},
        "separates": {key: friction.record for key, friction in FRICTIONS.items()},
        "adjudication": adjudicate(
            {measure: _repeated(played["groups"], measure) for measure in MEASURES},
            {path: value[: effort.groups] for path, value in made.assumptions.items()},
            groups,
            seed=seed,
        ),
    }
    return found | ({"error": met} if met else {}) | ({"equal_wedges": equal.as_json()} if equal else {})


def _values(
    blocks: Blocks,
    owns: Owns,
    others: Mapping[str, Mapping[str, Alternative]],
    played: Mapping[str, list[Found]],
    days: int,
) -> dict[str, Any]:
    """What each friction is worth by measure, under other definitions too, and whether that gives an order."""
    by_friction = {
        (name, key): put_in(blocks, cells_without(name), played[f"off {name} {key}"])
        for name, ways in others.items()
        for key in ways
    }
    titles, units = told_in(days)
    measures = {
        measure: measured(cells, owns[measure], titles[measure], units.get(measure, "share"))
        for measure, cells in blocks.items()
    }
    definitions = defined(blocks, owns, others, by_friction)
    shares = {measure: first_shares(_repeated(played["order"], measure), measure) for measure in MEASURES}
    return {
        "measures": measures,
        "definitions": definitions,
        "first_share": shares,
        "order": {measure: order(shares[measure], measures[measure], definitions, measure) for measure in MEASURES},
    }


def _without_links(start: Start, blocks: Blocks, owns: Owns, played: Mapping[str, list[Found]]) -> dict[str, Any]:
    """The headlines without a link."""
    return {
        key: told_without(blocks, put_in(blocks, cells_with(of.where), played[f"headline {key}"]), owns, of.title)
        for key, of in headlines(start).items()
    }


def _after(watch: Watch, before: int) -> Watch:
    """Tells of blocks that follow on others."""
    return lambda done, total: watch(before + done, before + total)


def _plans(
    runs: int,
    effort: Effort,
    others: Mapping[str, Mapping[str, Alternative]],
    without_link: Mapping[str, Headline],
    of_groups: list[int],
) -> Plans:
    """All cells to be played."""

    def usual(cell: int, draws: int, times: range) -> Cell:
        return Cell(functools.partial(without, keys=off_in(cell)), draws, times)

    plans = {
        "all": [usual(cell, runs, range(1)) for cell in range(CELLS)],
        "order": [usual(cell, effort.order, range(effort.order_repeats)) for cell in range(CELLS)],
        "groups": [usual(cell, effort.groups, range(effort.group_repeats)) for cell in of_groups],
    }
    some = effort.alternatives
    for name, ways in others.items():
        for key, way in ways.items():
            plans[f"off {name} {key}"] = [
                Cell(functools.partial(_instead, way.off, off_in(cell) - {name}), some) for cell in cells_without(name)
            ]
    for key, headline in without_link.items():
        plans[f"headline {key}"] = [
            Cell(functools.partial(_instead, headline.change, off_in(cell)), runs)
            for cell in cells_with(headline.where)
        ]
    return plans


def _instead(change: Callable[[Start], Start], off: frozenset[str], start: Start) -> Start:
    return change(without(start, off))


def _blocks(plans: Plans) -> int:
    return blocks_of(sum(cell.size for plan in plans.values() for cell in plan))


def _played(start: Start, plans: Plans, seed: int, substeps: int, watch: Watch) -> dict[str, list[Found]]:
    """What comes of every plan; all are played as one row of blocks."""
    cells = [cell for plan in plans.values() for cell in plan]
    done, total = 0, _blocks(plans)

    def count() -> None:
        nonlocal done
        done += 1
        watch(done, total)

    found = iter(play_cells(start, cells, seed=seed, substeps=substeps, watch=count))
    return {name: [next(found) for _ in plan] for name, plan in plans.items()}


def _stacked(cells: list[Found]) -> Blocks:
    """By measure (draw, cell), of cells that were played once."""
    return {measure: np.stack([cell[measure][0] for cell in cells], axis=-1) for measure in MEASURES}


def _repeated(cells: list[Found], measure: str) -> np.ndarray:
    """A measure by (repeat, draw, cell)."""
    return np.stack([cell[measure] for cell in cells], axis=-1)


def _players(scenario: Scenario) -> list[str]:
    assert scenario.talks is not None, "frictions need talks"
    return list(seated(scenario, scenario.talks)[1])

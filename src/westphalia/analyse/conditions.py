"""What two conditions of the theory of bargaining say of a war at its start: is there anything to share, will it last.

The range of deals takes each side's own belief and its cost of fighting on as a share of what it sees at stake. The
condition under a shift takes the mean of both beliefs, so that optimism is not counted twice, and the shift that a
truce is expected to bring. A scenario has no discount factor, so the condition is told for some.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from westphalia.assemble import assemble
from westphalia.laws.commitment.conditions import bargaining_range, no_deal_holds
from westphalia.model.outlook import expected_shift, outlook
from westphalia.model.picture import own_direction, take
from westphalia.scenario.schema import Scenario
from westphalia.simulate.study_summary import quantiles

DISCOUNTS = (0.8, 0.9, 0.95, 0.99)
"""Discount factors from the signature to the end of the shift."""


def at_start(scenario: Scenario, *, seed: int, draws: int) -> dict[str, Any]:
    """The two conditions over so many draws of the assumptions, ready for JSON."""
    made = assemble(scenario, seed=seed, cases=np.arange(draws), weeks=1)
    world, state = made.world, made.state
    table, talks = world.table, state.talks
    assert table is not None, "only talks have conditions"
    assert talks is not None, "who talks has a state of talks"
    picture = take(world, state, world.calendar.at(0))
    now = outlook(world, table, state, picture)
    share = now.cost / (table.stakes.win - table.stakes.lose)
    low, high = bargaining_range(now.chance, share)
    shifted = own_direction(talks.index) + expected_shift(table, state, picture)
    later, _ = table.laws.beliefs.prospects(shifted, talks.mean, talks.variance)
    return {
        "range": {
            "open": float(np.mean(low < high)),
            "width": quantiles(high - low),
            "optimism": quantiles(now.chance[0] + now.chance[1] - 1.0),
            "costs": quantiles(share[0] + share[1]),
        },
        "shift": _shift([side.label for side in scenario.sides.values()], now.chance, later, share),
    }


def _shift(sides: list[str], chance: np.ndarray, later: np.ndarray, share: np.ndarray) -> dict[str, Any]:
    """Who is expected to rise under a truce, by how much, and how often that rules out every deal."""
    before, after = (0.5 * (each[0] + 1.0 - each[1]) for each in (chance, later))
    first_rises = after > before
    p = np.where(first_rises, before, 1.0 - before)
    p_next = np.where(first_rises, after, 1.0 - after)
    rising, declining = np.where(first_rises, share, share[::-1])
    ruled_out = {}
    for factor in DISCOUNTS:
        discount = np.full(1, factor)
        pie = 1.0 - discount  # of one period, as a share of all periods
        ruled_out[f"{factor:g}"] = float(no_deal_holds(p, p_next, discount, declining / pie, rising / pie).mean())
    return {
        "rises": {sides[0]: float(first_rises.mean()), sides[1]: float((after < before).mean())},
        "by": quantiles(p_next - p),
        "no_deal_holds": ruled_out,
    }

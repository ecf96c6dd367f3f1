"""Small pieces of assembly: arrays over runs of which some are constant, numbers by side, backers."""

from __future__ import annotations

import numpy as np

from westphalia.assemble.draw import Draw
from westphalia.scenario.quantity import Quantity
from westphalia.scenario.schema import Backer, Scenario

ROOM = 32
"""Lengths in time are multiples of this, so that runs of about one length share a compiled program."""


def room_for(times: int) -> int:
    """The length in time that holds so many."""
    return -(-times // ROOM) * ROOM


def stack(parts: list[np.ndarray]) -> np.ndarray:
    """Stack arrays over runs, some of which are constant, along a new leading axis."""
    runs = max(part.shape[-1] for part in parts)
    return np.stack([np.broadcast_to(part, (*part.shape[:-1], runs)) for part in parts])


def wide(rows: np.ndarray, runs: int) -> np.ndarray:
    """An array over runs, perhaps constant, with its run axis at full length; a view."""
    return np.broadcast_to(rows, (*rows.shape[:-1], runs))


def by_side(
    scenario: Scenario, draw: Draw, path: str, numbers: dict[str, Quantity], otherwise: float = 0.0
) -> np.ndarray:
    """A mapping from side to number as (side, run)."""
    missing = np.array([otherwise])
    return stack([draw(f"{path}.{side}", numbers[side]) if side in numbers else missing for side in scenario.sides])


def war_age(scenario: Scenario) -> float:
    """Steps from the beginning of the war to the start of the run."""
    return (scenario.start - (scenario.began or scenario.start)).days / scenario.clock.days


def backers_of(scenario: Scenario) -> dict[str, Backer]:
    """The scenario's backers; nobody, with nothing to give, where there are none."""
    if scenario.backers:
        return scenario.backers
    first = next(iter(scenario.sides))
    nobody = {"label": "nobody", "side": first, "capacity": 0.0, "will": 0.0, "die_hard": 0.5}
    return {"nobody": Backer.model_validate(nobody)}


def scaled(weights: np.ndarray) -> np.ndarray:
    """Weights that add up to 1 over their leading axis."""
    return weights / np.maximum(sum(weights), 1e-9)

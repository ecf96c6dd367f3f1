"""Where a real text lies on the exact table, and the best step from it that harms neither side.

The step is Nash's among the texts that both sides like no less, at the middle of the assumptions. A clause that the
text leaves open counts with the mean over its options.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from westphalia.scenario.sheets import OPEN, Sheet
from westphalia.talks.frontier import Frontier, frontier
from westphalia.talks.game import Game, PerParty
from westphalia.talks.solutions import best_step, distances, stakes


def placed(game: Game, sheets: list[Sheet]) -> list[dict[str, Any]]:
    """For each sheet, ready for JSON, how far it lies from the frontier and each solution, and the best step from it.

    The step is None where no text is better for one side and no worse for the other.
    """
    if not sheets:
        return []
    found = frontier(game)
    here = np.stack([worth_of(game, sheet.option) for sheet in sheets], axis=1)
    far = distances(stakes(game, found), here)
    return [
        {
            "short_of": {name: float(apart[n]) for name, apart in far.items()},
            "step": _step(game, found, sheet, here[:, n]),
        }
        for n, sheet in enumerate(sheets)
    ]


def worth_of(game: Game, option: np.ndarray) -> PerParty:
    """Expected utilities of a text whose open clauses may come to any option."""
    rows = [
        np.full(count, 1.0 / count) if chosen == OPEN else 1.0 * (np.arange(count) == chosen)
        for chosen, count in zip(option, game.shape, strict=True)
    ]
    total = np.sum([part @ row for part, row in zip(game.worth, rows, strict=True)], axis=0)
    for issues, part in game.interactions.items():
        for issue in issues:
            part = np.tensordot(part, rows[issue], axes=(1, 0))
        total = total + part
    return total


def _step(game: Game, found: Frontier, sheet: Sheet, here: PerParty) -> dict[str, Any] | None:
    step = best_step(game, found, here)
    if step is None:
        return None
    moves = [
        {"issue": issue, "from": None if before == OPEN else options[before], "to": options[after]}
        for (issue, options), before, after in zip(game.issues.items(), sheet.option, step.text, strict=True)
        if before != after
    ]
    return {
        "utilities": step.utilities.tolist(),
        "gains": dict(zip(game.parties, (step.utilities - here).tolist(), strict=True)),
        "moves": moves,
    }

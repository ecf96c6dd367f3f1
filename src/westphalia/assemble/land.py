"""What the worth of options goes by, where an issue draws the line under some of them."""

from __future__ import annotations

import numpy as np

from westphalia.assemble.arrays import stack
from westphalia.assemble.draw import Draw
from westphalia.kinds import PerFront
from westphalia.laws.numerics import integrate, sum_rows
from westphalia.model.table import Land
from westphalia.model.world import Ground
from westphalia.scenario.schema import Scenario
from westphalia.scenario.talks import Issue, Party, Talks


def moving(talks: Talks) -> tuple[int, ...]:
    """Numbers of the issues whose options follow the line."""
    return tuple(number for number, issue in enumerate(talks.issues.values()) if issue.moves)


def land(
    scenario: Scenario,
    talks: Talks,
    parties: dict[str, Party],
    ground: Ground,
    position: PerFront,
    believed: list[np.ndarray],
    draw: Draw,
) -> Land | None:
    """What options' worth goes by; nothing where no issue's options follow the line.

    Args:
        scenario: The war.
        talks: Its talks.
        parties: The parties in the order of the table.
        ground: The ground.
        position: The line at the start.
        believed: By party, the chance of each option having been meant where one is read: (issue, read, option, run).
        draw: The draws of the cases.
    """
    issues = {name: issue for name, issue in talks.issues.items() if issue.moves}
    if not issues:
        return None
    most = max(len(issue.options) for issue in talks.issues.values())
    fronts = list(scenario.fronts)

    def of_stances(field: str) -> np.ndarray:
        def row(name: str, party: Party) -> np.ndarray:
            path = f"talks.parties.{name}.stances"
            return stack([draw(f"{path}.{q}.{field}", getattr(party.stances[q], field)) for q in issues])

        return stack([row(name, party) for name, party in parties.items()])

    return Land(
        leaves=np.stack([_leaves(issue, fronts, most) for issue in issues.values()])[..., None],
        area=integrate(position, ground.width_at, ground.width),
        per_area=stack([_per_area(name, issue, fronts, ground, position, draw) for name, issue in issues.items()]),
        ideal=of_stances("ideal"),
        curvature=of_stances("curvature"),
        believed=stack([rows[list(moving(talks))] for rows in believed]),
    )


def _leaves(issue: Issue, fronts: list[str], most: int) -> np.ndarray:
    """1 where an option leaves a front's line as it is: (option, front)."""
    rows = np.ones((most, len(fronts)))
    for front, line in issue.lines.items():
        rows[: len(line), fronts.index(front)] = [float(position is None) for position in line]
    return rows


def _per_area(name: str, issue: Issue, fronts: list[str], ground: Ground, position: PerFront, draw: Draw) -> np.ndarray:
    """Positions that a km2 of the first side's land is worth."""
    span = issue.land
    if span is None:
        lines = (_line(issue, fronts, option, position) for option in (0, -1))
        first, last = (sum_rows(integrate(line, ground.width_at, ground.width)) for line in lines)
        span = last - first
    return draw(f"talks.issues.{name}.follows", issue.follows) / span


def _line(issue: Issue, fronts: list[str], option: int, position: PerFront) -> PerFront:
    """The line under an option at the start."""
    rows = np.array(position)
    for front, line in issue.lines.items():
        if (place := line[option]) is not None:
            rows[fronts.index(front)] = place
    return rows

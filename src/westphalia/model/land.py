"""What options are worth as the line lies: one that leaves the line as it is gives each side what it holds by then.

Equation:
    position_o = position_o at the start + follows (A_o(x) - A_o(x_0))/(A_last(x_0) - A_first(x_0)), kept in [0, 1]
    v_p(o) = 1 - (|position_o - ideal_p| / farthest)^curvature_p
    A_o is the first side's land where the lines are those of option o, and as they are where it names none
Units:
    land in km2; positions and utilities, 0 to 1.
Source:
    The form is this project's: it says that on the scale of an issue a square kilometre counts the same wherever it
    lies, and no more than ``follows`` of that, since options differ in more than land.
Red lines, and what a reader makes of a clause left open, stay with the options. Who proposes counts what issues judged
together lose by lying apart as at the start.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

from westphalia.kinds import PerFront
from westphalia.laws.numerics import integrate, namespace, sum_rows
from westphalia.model.channel import at_option
from westphalia.model.settle import Settle, plainly
from westphalia.model.table import Land, Table
from westphalia.model.world import World

NEAREST = 1e-30
"""Distance from an ideal that counts as none."""


def worth_at(place: Any, ideal: Any, curvature: Any) -> Any:  # noqa: ANN401
    """Worth of options at these positions: 1 at the ideal, 0 at the end that is farthest from it."""
    xp = namespace(place)
    away = xp.abs(place - ideal) / xp.maximum(ideal, 1.0 - ideal)
    return 1.0 - xp.exp(curvature * xp.log(xp.clip(away, NEAREST, 1.0)))


def as_the_line_lies(world: World, table: Table, position: PerFront, settle: Settle = plainly) -> Table:
    """The table with options and texts worth what they are while the line lies here."""
    land = table.terms.land
    if land is None:
        return table
    change = settle(lambda: _change(world, table, land, position, settle))
    heard = sum_rows(namespace(change).moveaxis(land.believed * change[:, :, None], 3, 0))
    terms = dataclasses.replace(
        table.terms,
        value=_added(table, table.terms.value, change),
        value_heard=_added(table, table.terms.value_heard, heard),
    )
    worth = table.texts.worth + _of_texts(table, change, settle)
    return dataclasses.replace(table, terms=terms, texts=dataclasses.replace(table.texts, worth=worth))


def _change(world: World, table: Table, land: Land, position: PerFront, settle: Settle) -> Any:  # noqa: ANN401
    """Change of each option's value since the start: (party, moving, option, run)."""
    xp, terms, moving = namespace(position), table.terms, table.seating.moving
    ground = world.ground
    won = integrate(position, ground.width_at, ground.width) - land.area
    more = settle(lambda: sum_rows(xp.moveaxis(land.leaves * settle(lambda: won), 2, 0)))
    start = xp.stack([terms.position[issue] for issue in moving])
    exists = xp.stack([terms.exists[issue] for issue in moving])
    place = xp.clip(start + land.per_area[:, None] * more, 0.0, 1.0)
    value = exists * worth_at(place, land.ideal[:, :, None], land.curvature[:, :, None])
    return value - xp.stack([terms.value[:, issue] for issue in moving], axis=1)


def _added(table: Table, rows: Any, change: Any) -> Any:  # noqa: ANN401
    """Rows of (party, issue, option, run) with the change of the moving issues."""
    moving = {issue: number for number, issue in enumerate(table.seating.moving)}
    parts = [rows[:, issue] + (change[:, moving[issue]] if issue in moving else 0.0) for issue in range(rows.shape[1])]
    return namespace(change).stack(parts, axis=1)


def _of_texts(table: Table, change: Any, settle: Settle) -> Any:  # noqa: ANN401
    """Change of what each text is worth to each player: (text, player, run)."""
    xp, seating, option = namespace(change), table.seating, table.texts.option
    total: Any = 0.0
    for number, issue in enumerate(seating.moving):
        options = xp.broadcast_to(change[:, number, None], (len(change), len(option), *change.shape[2:]))
        gained = settle(partial(_at_options, options, option[:, issue]))
        total = total + xp.stack(
            [table.terms.weight[player, issue] * gained[party] for player, party in enumerate(seating.party_of)], axis=1
        )
    return total


def _at_options(rows: Any, option: Any) -> Any:  # noqa: ANN401
    """By party and text, what the text's option is worth: rows (party, text, option, run), options (text, run)."""
    return namespace(rows).stack([at_option(by_text, option) for by_text in rows])

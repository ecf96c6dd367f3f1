"""Where a signature puts the line of contact.

Equation:
    x_k = the option's own line where it names one for front k, kept within the limits; else x_k as it was
Units:
    km, in the first side's direction.
The move is at once and costs nobody anything: field works stay as they were, and who must leave leaves. What is
remembered of ground gained or lost in battle is not touched.
"""

from __future__ import annotations

from typing import Any

from westphalia.kinds import Each, PerFront
from westphalia.laws.numerics import namespace
from westphalia.model.table import Table, picked
from westphalia.model.world import World

MARGIN = 1.0
"""A text leaves each side this much, so that no signature counts as a front carried to its end."""


def line_after(world: World, table: Table, chosen: Any, signed: Each, position: PerFront) -> PerFront:  # noqa: ANN401
    """The line of contact after a round in which the chosen text was signed, or was not."""
    if not table.seating.draws_lines:
        return position
    xp, limit = namespace(position), world.ground.limit
    line = xp.clip(picked(table.texts.line, chosen), MARGIN - limit[1], limit[0] - MARGIN)
    return position + signed * picked(table.texts.names_line, chosen) * (line - position)

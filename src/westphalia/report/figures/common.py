"""What the figures of a brief have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from westphalia.report.page import LineKey
from westphalia.report.theme import ARMS, DASHES

MOST_ARMS = 5
"""So many arms share a chart; tables hold all."""

BANDS = "Light band: 5–95 % of runs; dark band: 25–75 %; line: median."
BAR = "Light bar: 5–95 %; dark bar: 25–75 %; mark: median."


def legend(lines: Sequence[str], *, has_fan: bool = False) -> tuple[LineKey, ...]:
    """What several lines look like, the first with a fan where there is one; nothing for one line."""
    if len(lines) < 2:
        return ()
    return tuple(
        LineKey(line, ARMS[index % len(ARMS)], DASHES[index % len(DASHES)], is_fan=has_fan and index == 0)
        for index, line in enumerate(lines)
    )


def told(rows: Iterable[Any]) -> str:
    """Rows with a label and a text, in words for a description."""
    return "; ".join(f"{row.label}: {row.text}" for row in rows)

"""What the figures of a brief have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

MOST_ARMS = 5
"""So many arms share a chart; tables hold all."""

BANDS = "Light band: 5–95 % of runs; dark band: 25–75 %; line: median."
BAR = "Light bar: 5–95 %; dark bar: 25–75 %; mark: median."


def told(rows: Iterable[Any]) -> str:
    """Rows with a label and a text, in words for a description."""
    return "; ".join(f"{row.label}: {row.text}" for row in rows)

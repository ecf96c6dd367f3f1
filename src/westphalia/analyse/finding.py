"""One figure of a structural test, and the size of the ensembles behind them."""

from __future__ import annotations

from typing import NamedTuple

RUNS = 1024
SEED = 1


class Finding(NamedTuple):
    """One figure of a structural test."""

    test: str
    scenario: str
    sentence: str
    figure: str
    bound: str
    passed: bool | None
    """None where there is only something to report."""

"""The runs of a design: places of the leading assumptions in their ranges, one number for all others, one for chance.

Definition:
    row       places of the leading assumptions by one half of a Sobol sequence, a case number, by which whatever else
              is drawn at the start is drawn, and a run number, by which chance in the weeks is
    redrawn   the same row with one leading assumption from the other half, another case number, or another run number
    A part of a range holds for every row, so that a design within a box is one of whole ranges that are narrower.
Units:
    places from 0, the low end of a range, to 1, the high end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from westphalia.analyse.methods.sobol import halves
from westphalia.assemble import Assembly, assemble
from westphalia.assemble.draw import Parts
from westphalia.model.noise import uniform
from westphalia.scenario.schema import Scenario

OTHERS, CHANCE = "others", "chance"
"""What may be redrawn beside the leading assumptions."""

FRESH = 1 << 32
"""Number of the first row's run, which no run of an arm reaches; where chance is redrawn they count from twice as many.
As many cases begin there too, and a row's is any of them: a table goes by the case number, and rows in their order
would be tied to the places of the sequence."""

Part = tuple[float, float]


@dataclass(frozen=True)
class Rows:
    """Rows of a design.

    Attributes:
        paths: The leading assumptions, one at least.
        within: Parts of ranges by path, for leading ones and others.
        redrawn: What is redrawn: a leading assumption, ``OTHERS`` or ``CHANCE``; nothing where left out.
    """

    paths: tuple[str, ...]
    within: Mapping[str, Part]
    redrawn: str | None = None

    @property
    def told(self) -> dict[str, Any]:
        """What decides the runs, ready for JSON."""
        return {"paths": self.paths, "within": dict(self.within), "redrawn": self.redrawn}

    def runs(self, first: int, last: int) -> np.ndarray:
        """Numbers of the runs of these rows."""
        return np.arange(first, last) + (2 * FRESH if self.redrawn == CHANCE else FRESH)

    def build(self, scenario: Scenario, runs: np.ndarray, *, seed: int, weeks: int) -> Assembly:
        """World and state of the rows that these runs stand for."""
        rows = runs % FRESH
        parts = {**self.within, **self.places(rows, seed)}
        drawn = uniform(seed, "others redrawn" if self.redrawn == OTHERS else "others", rows)
        cases = FRESH + np.floor(FRESH * drawn).astype(np.int64)
        return assemble(scenario, seed=seed, cases=cases, weeks=weeks, parts=parts)

    def places(self, rows: np.ndarray, seed: int) -> Parts:
        """Places of the leading assumptions, by row."""
        usual, other = halves(len(self.paths), int(rows.max()) + 1, seed=seed)
        found = {}
        for n, path in enumerate(self.paths):
            low, high = self.within.get(path, (0.0, 1.0))
            place = low + (high - low) * (other if path == self.redrawn else usual)[rows, n]
            found[path] = (place, place)
        return found

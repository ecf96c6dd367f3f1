"""A stylised fact as data: an intervention, what it should move and in which direction, and where that is from.

The facts of war stand in ``sign_facts_war.py``, those of talks in ``sign_facts_talks.py``. The sizes are plain readings
of the facts, taken from values that the library of scenarios and doctrines uses; none was chosen for its result. In
each, *own* is the side that the fact is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from westphalia.analyse.interventions import Change, together
from westphalia.analyse.readings import Reading


@dataclass(frozen=True)
class Metric:
    """One row of the table.

    Attributes:
        title: What is measured, with its unit.
        reading: How it is read off an arm.
        sign: Expected sign of the difference made by the intervention; 0 for none.
        none_below: What counts as no difference where ``sign`` is 0.
        why: Told where the row fails.
    """

    title: str
    reading: Reading
    sign: int
    none_below: float = 0.0
    why: str = ""


@dataclass(frozen=True)
class Fact:
    """A stylised fact as an experiment.

    Attributes:
        key: Number of the fact.
        sentence: What is expected.
        size: The intervention in words, with its size.
        weeks: Horizon.
        change: The intervention.
        metrics: What it should move.
        source: Keys of the bibliography, or ``assumption``.
        setting: Entries of the scenario that both arms share.
        given: What both arms share beyond that.
        counts: Which runs count, read off the arm without the intervention; all where left out.
        changed: Entries of the scenario that the arm with the intervention has besides.
        talks: Whether there are talks; without them a truce cannot end the fighting that the fact is about.
    """

    key: str
    sentence: str
    size: str
    weeks: int
    change: Change
    metrics: tuple[Metric, ...]
    source: str
    setting: Mapping[str, Any] = field(default_factory=dict)
    given: Change = together()
    counts: Reading | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    talks: bool = False

"""Named doctrines: partial entries that replace those of a side's baseline."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from westphalia.scenario.doctrine import Doctrine
from westphalia.scenario.document import read


@cache
def anchors() -> dict[str, dict[str, Any]]:
    """The named doctrines of the library: title, note and the entries that each sets, by name."""
    return read(str(files("westphalia.scenario") / "library" / "doctrines.yaml")).data


def anchored(doctrine: Doctrine) -> Doctrine:
    """The doctrine with the entries of its anchor, if it names one."""
    if doctrine.anchor is None:
        return doctrine
    entries = anchors()[doctrine.anchor]["set"]
    return Doctrine.model_validate(doctrine.model_dump(exclude_none=True) | entries)

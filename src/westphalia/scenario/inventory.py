"""Every number of a scenario with what is known of it, those of laws that it leaves out included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic import BaseModel

from westphalia import refs
from westphalia.kinds import parameters
from westphalia.laws import laws_of
from westphalia.scenario.quantity import Quantity
from westphalia.scenario.schema import Scenario

KNOT = re.compile(r"(\.\d+)\.value$")
"""The value of a knot goes by the knot's path."""
PATCHES = ("variants", "levers", "links", "claims", "positions", "untestable", "mirror")
"""Parts of a scenario that hold no numbers of a run."""


class Known(NamedTuple):
    """A number of a scenario, by the path under which it is drawn."""

    path: str
    title: str
    low: float
    high: float
    unit: str
    status: str
    source: str

    @property
    def is_drawn(self) -> bool:
        """Whether it has a range."""
        return self.low < self.high


def numbers(scenario: Scenario) -> Iterator[Known]:
    """The numbers of a scenario in the order of the schema, then those of laws that are left to their studied range."""
    for known in _own(scenario):
        values = scenario.drawn.get(known.path)
        yield known if not values else known._replace(low=min(values), high=max(values), status="calibrated")


def _own(scenario: Scenario) -> Iterator[Known]:
    yield from _of_block(scenario, "")
    for family, block in scenario.laws_in_use.items():
        for name, declared in parameters(laws_of(family)[block.law]).items():
            if getattr(block, name, None) is None:
                source = "" if declared.source == refs.NO_KEY else declared.source
                ends = (declared.low, declared.high)
                yield Known(f"laws.{family}.{name}", declared.title, *ends, declared.unit, declared.status, source)


def _of_block(block: BaseModel, path: str) -> Iterator[Known]:
    for name, field in type(block).model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        title = field.title or name.replace("_", " ")
        yield from _within(getattr(block, name), f"{path}.{name}".lstrip("."), title, str(extra.get("unit", "1")))


def _within(held: Any, path: str, title: str, unit: str) -> Iterator[Known]:  # noqa: ANN401  (any part of a scenario)
    if isinstance(held, Quantity):
        yield Known(KNOT.sub(r"\1", path), title, *held.ends, held.unit or unit, held.status, held.source or "")
    elif isinstance(held, BaseModel):
        yield from _of_block(held, path)
    elif isinstance(held, Mapping) and not path.startswith(PATCHES):
        for key, part in held.items():
            yield from _within(part, f"{path}.{key}", title, unit)
    elif isinstance(held, list | tuple):
        for index, part in enumerate(held):
            yield from _within(part, f"{path}.{index}", title, unit)

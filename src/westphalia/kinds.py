"""Axis names, shape aliases and the declaration of a number that a law needs.

Arrays carry their domain axes first and the run axis last: a number that both sides have on every front is
``(side, front, run)``. A law is written for one run; the trailing ``run`` axis passes through because laws only use
elementwise operations and sums over leading axes. A constant keeps a run axis of length one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, Literal, SupportsInt, TypeVar, dataclass_transform

from jaxtyping import Float, Int, UInt32

SIDES = 2
"""A war has two; parties and players begin with theirs."""

Each = Float[Any, "*#run"]
PerSide = Float[Any, "#side *#run"]
PerSideOfTexts = Float[Any, "*#text #side #each"]
PerFront = Float[Any, "#front *#run"]
PerSideFront = Float[Any, "#side #front *#run"]
PerBacker = Float[Any, "#backer *#run"]
PerSideCohort = Float[Any, "#side #cohort *#run"]
PerSideStage = Float[Any, "#side stage *#run"]
PerBackerStage = Float[Any, "#backer stage *#run"]
PerIssue = Float[Any, "#issue *#run"]
PerIssueOption = Float[Any, "#issue option *#run"]
PerIssueOptionOption = Float[Any, "#issue option option_read *#run"]
PerPlayer = Float[Any, "#player *#run"]
Message = Int[Any, "#issue *#run"]
Count = Int[Any, "*#run"]
Key = UInt32[Any, "*#run"]

RECORDS: list[type] = []
"""Every record class, so that the engine can register them as array trees; laws and model know nothing of it."""

Class = TypeVar("Class", bound=type)


@dataclasses.dataclass(frozen=True)
class Parameter:
    """What is known of a number before any scenario sets it.

    Attributes:
        title: What the number means, in a few words.
        unit: Its unit, ``1`` if it has none.
        low: Lower end of the studied range.
        high: Upper end of the studied range.
        axis: ``""`` for one number, ``"side"`` where the two sides may differ.
        scale: ``"linear"`` or ``"log"``, the scale on which the range is drawn uniformly.
        source: A key of ``refs.bib`` or ``"assumption"``.
    """

    title: str
    unit: str
    low: float
    high: float
    axis: str
    scale: str
    source: str

    @property
    def status(self) -> str:
        """``sourced`` or ``assumption``: whether the studied range has a source in the literature."""
        return "assumption" if self.source == "assumption" else "sourced"


def parameter(
    title: str,
    unit: str,
    low: float,
    high: float,
    *,
    axis: str = "",
    scale: str = "linear",
    source: str = "assumption",
) -> Any:  # noqa: ANN401  (the annotation of the field itself says what it holds)
    """Declare a number of a law, once, with its studied range; its value stands only in a scenario.

    Raises:
        ValueError: If the range is empty, or holds a number that its scale cannot.
    """
    if not low <= high or (scale == "log" and low <= 0):
        raise ValueError(f"{title}: {low} to {high} is no range on a {scale} scale")
    return dataclasses.field(metadata={"parameter": Parameter(title, unit, low, high, axis, scale, source)})


def parameters(law: type) -> dict[str, Parameter]:
    """The declared numbers of a law class by field name, in order."""
    return {f.name: f.metadata["parameter"] for f in dataclasses.fields(law) if "parameter" in f.metadata}


def constant_field() -> Any:  # noqa: ANN401
    """A field of a record that is no array: the same in all runs, it decides the shape of the computation."""
    return dataclasses.field(metadata={"constant": True})


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field, constant_field))
def record(cls: Class) -> Class:
    """Make a frozen dataclass whose fields are arrays or records, known to the engine as an array tree."""
    made = dataclasses.dataclass(frozen=True)(cls)
    RECORDS.append(made)
    return made


SideEvent = Literal[
    "pool below a quarter",
    "force below half",
    "armour below a quarter",
    "ammunition below half of enough",
    "cohesion below a half",
    "support below 30 %",
    "backers' will below 30 %",
    "withdrawal by losses",
    "withdrawal by supply",
    "withdrawal from an untenable line",
    "withdrawal by plan",
    "counter-offensive",
    "mobilisation wave",
    "change of leadership",
]
"""What first happens to a side when, in the order of the recorded array."""

Loop = Callable[[Any, Callable[[Any], Any], Any], Any]
"""``loop(times, step, carry)`` applies ``step`` to ``carry`` that many times; engine and oracle bring their own.

Times may be a truth value: then the step is taken or is not, and nothing of it is worked out where it is not.
"""


def plain_loop(times: SupportsInt, step: Callable[[Any], Any], carry: Any) -> Any:  # noqa: ANN401
    """The ``Loop`` of plain Python."""
    for _ in range(int(times)):
        carry = step(carry)
    return carry

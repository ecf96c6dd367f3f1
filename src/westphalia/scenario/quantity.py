"""A number of a scenario: a plain value, or a value with range, unit, source and status."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    FiniteFloat,
    GetJsonSchemaHandler,
    Tag,
    ValidationError,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError

Status = Literal["sourced", "calibrated", "assumption"]
Distribution = Literal["uniform", "loguniform", "triangular"]


class Quantity(BaseModel):
    """A number with what is known of it. Without a range it is a constant; with one it is drawn for each case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    value: FiniteFloat | None = Field(None, title="central value")
    low: FiniteFloat | None = Field(None, title="lower end of the range")
    high: FiniteFloat | None = Field(None, title="upper end of the range")
    distribution: Distribution = Field("uniform", title="how the range is drawn")
    unit: str | None = Field(None, title="unit; must be the unit of the field")
    source: str | None = Field(None, title="key of sources.yaml or of the bibliography")
    status: Status = Field("assumption", title="what the number rests on")
    note: str | None = Field(None, title="remark")

    @model_validator(mode="after")
    def _is_a_number_or_a_range(self) -> Quantity:
        if self.status == "sourced" and self.source is None:
            raise ValueError("the status is sourced and no source is given; add source, or write status: assumption")
        if (self.low is None) != (self.high is None):
            raise ValueError("only one end of the range is given; give both low and high, or value alone")
        if self.low is None or self.high is None:
            if self.value is None:
                raise ValueError("no number is given; give value, or low and high")
            return self
        if not self.low <= self.high:
            raise ValueError(f"low {self.low:g} lies above high {self.high:g}; exchange them")
        if self.distribution == "loguniform" and self.low <= 0:
            raise ValueError(f"low {self.low:g} has no logarithm; use a positive low or distribution: uniform")
        if self.value is not None and not self.low <= self.value <= self.high:
            raise ValueError(f"value {self.value:g} lies outside {self.low:g} to {self.high:g}; widen the range")
        return self

    @property
    def is_drawn(self) -> bool:
        """Whether the number is drawn for each case."""
        return self.ends[0] < self.ends[1]

    @property
    def centre(self) -> float:
        """The value if given, else the middle of the range on its own scale."""
        if self.value is not None:
            return self.value
        low, high = self.ends
        return math.sqrt(low * high) if self.distribution == "loguniform" else 0.5 * (low + high)

    @property
    def ends(self) -> tuple[float, float]:
        """Lowest and highest value that the number can take."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        assert self.value is not None, "the validator lets no other quantity through"
        return self.value, self.value


def _from_plain(given: Any) -> Any:  # noqa: ANN401
    if isinstance(given, bool):
        raise ValueError(f"{given} is no number; give a number or a mapping with value or low and high")
    if isinstance(given, int | float):
        return {"value": given}
    if isinstance(given, Quantity | dict):
        return given
    raise ValueError(f"{given!r} is no number; give a number or a mapping with value or low and high")


class _PlainOrMapping:
    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [{"type": "number"}, handler(core)]}


Number = Annotated[Quantity, BeforeValidator(_from_plain), _PlainOrMapping]
"""A plain number or a ``Quantity`` mapping; always a ``Quantity`` once read."""


def _is_by_side(given: Any) -> str:  # noqa: ANN401
    return "by side" if isinstance(given, dict) and not given.keys() & {"value", "low", "high"} else "number"


class _AnyOf:
    """In JSON Schema a mapping with low and high may also be read as one by side: any of the two will do."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made = handler(core)
        return {"anyOf": made["oneOf"]} if "oneOf" in made else made


NumberBySide = Annotated[
    Annotated[Number, Tag("number")] | Annotated[dict[str, Number], Tag("by side")],
    Discriminator(_is_by_side),
    _AnyOf,
]
"""One number for both sides, or a mapping from side to number."""


def number(title: str, unit: str, low: float | None = None, high: float | None = None, **more: Any) -> Any:  # noqa: ANN401
    """Field of a block that holds numbers of one unit, with hard bounds."""
    ends = {"low": low, "high": high}
    bounds: dict[str, Any] = {"unit": unit} | {end: value for end, value in ends.items() if value is not None}
    return Field(more.pop("default", ...), title=title, json_schema_extra=bounds, **more)


class Block(BaseModel):
    """A part of a scenario: unknown keys are refused, numbers are held to the unit and bounds of their field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="after")
    def _numbers_are_in_bounds(self) -> Block:
        wrong = [
            InitErrorDetails(type=PydanticCustomError("bounds", "{says}", {"says": says}), loc=(name, *where), input=q)
            for name, field in type(self).model_fields.items()
            if isinstance(field.json_schema_extra, dict) and "unit" in field.json_schema_extra
            for where, q in _quantities(getattr(self, name))
            if (says := _complaint(q, field.json_schema_extra))
        ]
        if wrong:
            raise ValidationError.from_exception_data(type(self).__name__, wrong)
        return self


def _quantities(held: Any) -> list[tuple[tuple[str | int, ...], Quantity]]:  # noqa: ANN401
    if isinstance(held, Quantity):
        return [((), held)]
    parts = held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list | tuple) else ()
    return [((key, *where), q) for key, part in parts for where, q in _quantities(part)]


def _complaint(quantity: Quantity, bounds: dict[str, Any]) -> str:
    unit = bounds["unit"]
    if quantity.unit is not None and quantity.unit != unit:
        return f"the unit is {quantity.unit}; this number is in {unit}"
    least, most = quantity.ends
    if "low" in bounds and least < bounds["low"]:
        return f"it can be {least:g}; it must not lie below {bounds['low']:g} ({unit})"
    if "high" in bounds and most > bounds["high"]:
        return f"it can be {most:g}; it must not lie above {bounds['high']:g} ({unit})"
    return ""

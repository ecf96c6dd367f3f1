"""A small scenario, so that the tests of reading and complaining stand whatever the schema holds."""

import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from westphalia.scenario.schema import Scenario


class Strict(BaseModel):
    """Refuses unknown keys, as the schema does."""

    model_config = ConfigDict(extra="forbid")


class Range(Strict):
    value: float
    low: float | None = None
    high: float | None = None


Number = Annotated[float, Field(gt=0)] | Range


class Steady(Strict):
    law: Literal["steady"]
    rate: Number


class Square(Strict):
    law: Literal["square"]
    rate: Number
    exponent: int = 2


class Front(Strict):
    label: str
    width: Number = 1.0
    decisive: list[Literal["north", "south"]] = []


class Patch(Strict):
    title: str
    start: datetime.date | None = Field(None, alias="from")
    set: dict


class War(Strict):
    """The small scenario."""

    title: str
    start: datetime.date
    weeks: int = Field(52, ge=1)
    men: Number | dict[Literal["north", "south"], Number] = 1.0
    fronts: dict[str, Front] = {}
    combat: Annotated[Steady | Square, Field(discriminator="law")] | None = None
    variants: dict[str, Patch] = {}
    levers: dict[str, Patch] = {}

    @classmethod
    def model_validate(cls, data):
        """Check the small scenario and give an unchecked real one."""
        return Scenario.model_construct(**dict(super().model_validate(data)))

    @field_validator("title")
    @classmethod
    def _is_named(cls, title):
        if not title:
            raise ValueError("the title is empty; give one")
        return title

    @model_validator(mode="after")
    def _is_no_eternity(self):
        if self.weeks > 1000 and self.start.year > 2000:
            raise ValueError(f"{self.weeks} weeks is too long; give at most 1000")
        return self


START = """\
title: A war
start: 2022-02-24
"""

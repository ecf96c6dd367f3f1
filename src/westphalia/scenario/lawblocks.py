"""Blocks of a scenario for the laws in use, made from what the laws declare.

A family's block names the law by its key and sets any of its numbers; a number that may differ between the sides takes
either one number for both or a mapping by side. A number left out is drawn from the law's studied range.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Union

from pydantic import Field, create_model

from westphalia.kinds import Parameter, parameters
from westphalia.laws import TALKS, WAR, laws_of
from westphalia.scenario.quantity import Block, Number, NumberBySide


def _field(declared: Parameter) -> tuple[Any, Any]:
    kind: Any = NumberBySide if declared.axis == "side" else Number
    extra = {"unit": declared.unit, "studied": [declared.low, declared.high], "source": declared.source}
    return kind | None, Field(None, title=declared.title, json_schema_extra=extra)


def _block(family: str, law: Any) -> type[Block]:  # noqa: ANN401  (a law class)
    fields: dict[str, Any] = {"law": (Literal[law.key], ...)}
    fields |= {name: _field(declared) for name, declared in parameters(law).items()}
    name = "".join(part.capitalize() for part in (family, *law.key.split("-")))
    return create_model(name, __base__=Block, __doc__=law.__doc__, **fields)


def _family(family: str) -> Any:  # noqa: ANN401
    blocks = [_block(family, law) for law in laws_of(family).values()]
    if len(blocks) == 1:
        return blocks[0]
    return Annotated[Union[tuple(blocks)], Field(discriminator="law")]  # noqa: UP007


def _usual(family: str) -> Any:  # noqa: ANN401
    """The first law of a family, every number left out."""
    return {"law": next(iter(laws_of(family)))}


_families: dict[str, Any] = {family: (_family(family), ...) for family in WAR}
_families |= {f: (_family(f), Field(default=_usual(f), validate_default=True)) for f in TALKS}

LawBlocks = create_model(
    "LawBlocks",
    __base__=Block,
    __doc__="The law in use of each family, and its numbers.",
    **_families,
)

"""What can stand in a scenario, told from the declarations themselves: laws, keys, the JSON Schema."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from westphalia import refs
from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.kinds import parameters
from westphalia.laws import ORDER, laws_of
from westphalia.scenario.quantity import Quantity
from westphalia.scenario.schema import Scenario

HEADING = re.compile(r"^([A-Z][\w /]+):$", re.MULTILINE)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Law(NamedTuple):
    """A law of the catalogue, as its file describes it."""

    family: str
    key: str
    summary: str
    equation: str
    status: str
    source: tuple[str, ...]


class Entry(NamedTuple):
    """A key of a scenario: what it means, and within which bounds or studied range its number lies."""

    path: str
    title: str
    unit: str
    low: float | None
    high: float | None
    source: str
    status: str
    law: str


def laws() -> list[Law]:
    """Every law, in the order of the week."""
    return [_law(family, law) for family in ORDER for law in laws_of(family).values()]


def _law(family: str, law: type) -> Law:
    parts = HEADING.split(sys.modules[law.__module__].__doc__ or "")
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    equation = " ".join(sections.get("Equation", "").split())
    status = " ".join(sections.get("Status", "not stated").split()).rstrip(".")
    return Law(family, law.key, parts[0].strip().partition("\n")[0], equation, status, tuple(refs.citations([law])))


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file, for editors."""
    return {"$schema": DIALECT} | Scenario.model_json_schema(by_alias=True)


def explain(key: str) -> list[Entry]:
    """What a dotted key such as ``laws.attrition.exponent`` means; one entry for each law that has the number.

    Names that a scenario gives itself, such as those of sides and fronts, may be anything; ``[0]`` and ``.0`` count
    the entries of a list.

    Raises:
        BadInput: If no scenario has such a key.
    """
    steps = tuple(re.sub(r"\[(\d+)\]", r".\1", key).strip(".").split("."))
    if steps[0] == "laws" and len(steps) > 2 and steps[1] in ORDER and steps[2] != "law":
        return _numbers(steps[1], steps[2])
    here: list[Any] = [Scenario]
    found: FieldInfo | None = None
    for depth, step in enumerate(steps):
        known = {name: field for model in _models(here) for name, field in _fields(model)}
        if inside := [argument for kind in here for argument in _within(kind)]:
            here = inside
        elif step in known:
            found, here = known[step], list(_alternatives(known[step].annotation))
        elif Quantity not in here or step not in Quantity.model_fields:
            _unknown(".".join(steps[: depth + 1]), step, list(known))
    return [_entry(key, found)] if found else []


def _numbers(family: str, name: str) -> list[Entry]:
    entries = []
    for law in laws_of(family).values():
        if declared := parameters(law).get(name):
            source = "" if declared.source == refs.NO_KEY else declared.source
            bounds = (declared.unit, declared.low, declared.high)
            path = f"laws.{family}.{name}"
            entries.append(Entry(path, declared.title, *bounds, source, declared.status, law.key))
    if not entries:
        known = dict.fromkeys(n for law in laws_of(family).values() for n in parameters(law))
        _unknown(f"laws.{family}.{name}", name, list(known))
    return entries


def _entry(key: str, field: FieldInfo) -> Entry:
    extra: dict[str, Any] = dict(field.json_schema_extra) if isinstance(field.json_schema_extra, dict) else {}
    low, high, unit = (extra.get(word) for word in ("low", "high", "unit"))
    return Entry(key, field.title or key.rpartition(".")[2].replace("_", " "), str(unit or ""), low, high, "", "", "")


def _unknown(path: str, word: str, known: list[str]) -> None:
    hint = did_you_mean(word, known) or f"valid here: {', '.join(known) or 'nothing'}"
    raise BadInput([Fault("scenario", 1, 1, path, "no scenario has this key", hint)])


def _alternatives(annotation: Any) -> Iterator[Any]:  # noqa: ANN401  (any annotation)
    """The branches of a union, looked for inside of what is annotated."""
    if isinstance(annotation, type) or get_origin(annotation) in (dict, list):
        yield annotation
    else:
        for argument in get_args(annotation):
            yield from _alternatives(argument)


def _models(kinds: list[Any]) -> list[type[BaseModel]]:
    return [kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)]


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a block; those of a number with its range are no keys of their own."""
    if not issubclass(model, Quantity):
        yield from ((field.alias or name, field) for name, field in model.model_fields.items())


def _within(kind: Any) -> list[Any]:  # noqa: ANN401  (any annotation)
    """What stands under any name of a mapping, or any place of a list."""
    if get_origin(kind) not in (dict, list):
        return []
    return list(_alternatives(get_args(kind)[-1]))

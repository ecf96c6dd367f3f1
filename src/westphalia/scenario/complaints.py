"""What pydantic found wrong with a document, in plain words and with places.

``faults`` is what others use; ``field_names`` gives it the words that may have been meant.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from westphalia.errors import Fault, describe, did_you_mean
from westphalia.scenario.document import Document, Steps, holds

WRONG_KIND = re.compile(r"([a-z]+?)_(?:.*_)?(?:type|parsing|size|from_float|inexact|required)")
NOUNS = {
    **dict.fromkeys(("float", "decimal"), "a number"),
    **dict.fromkeys(("dict", "mapping", "model", "dataclass"), "a mapping"),
    **dict.fromkeys(("list", "tuple", "set", "frozen"), "a list"),
    "int": "a whole number",
    "string": "text (in quotes)",
    "bool": "true or false",
    "date": "a date such as 2022-02-24",
    "none": "nothing",
}
"""What would be right, by the first word of a pydantic error type such as ``int_parsing``."""

LIMITS = {
    "gt": "a number above {:g}",
    "ge": "a number of {:g} or more",
    "lt": "a number below {:g}",
    "le": "a number of {:g} or less",
    "min_length": "a length of {:g} or more",
    "max_length": "a length of {:g} or less",
}
"""What would be right, by the name of a pydantic constraint."""


def faults(error: ValidationError, document: Document, model: type[BaseModel]) -> tuple[Fault, ...]:
    """The faults of a document that a model refused.

    Where a union failed, only the branch that was most likely meant is told. A message of the form "what; remedy" is
    split at its last semicolon.

    Args:
        error: What validating ``document.data`` raised.
        document: The document.
        model: The model that it was validated against.
    """
    troubles = [_trouble(detail, document.data, model) for detail in error.errors(include_url=False)]
    return tuple(sorted({document.fault(each.path, each.what, each.remedy) for each in _settle(troubles)}))


def field_names(model: type[BaseModel], path: Steps) -> list[str]:
    """The keys that a model allows in the mapping at ``path``, those of every union branch together."""
    here = list(_alternatives(model))
    for step in path:
        here = [inner for outer in here for inner in _inside(outer, step)]
    models = [kind for kind in here if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return sorted({info.alias or name for kind in models for name, info in kind.model_fields.items()})


def _alternatives(annotation: object) -> Iterator[object]:
    if typing.get_origin(annotation) in (typing.Union, types.UnionType, typing.Annotated):
        for argument in typing.get_args(annotation):
            yield from _alternatives(argument)
    else:
        yield annotation


def _inside(annotation: object, step: str | int) -> Iterator[object]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            if step == (info.alias or name):
                yield from _alternatives(info.annotation)
    else:
        for argument in typing.get_args(annotation):
            yield from _alternatives(argument)


@dataclass(frozen=True)
class _Trouble:
    """One pydantic error: its place in the data, the union branches on the way, and what to say of it."""

    path: Steps
    branches: tuple[tuple[Steps, str], ...]
    what: str
    remedy: str
    is_wrong_kind: bool
    is_wrong_key: bool


def _trouble(detail: ErrorDetails, data: Any, model: type[BaseModel]) -> _Trouble:  # noqa: ANN401  (plain data)
    path: Steps = ()
    branches: tuple[tuple[Steps, str], ...] = ()
    parent, here = None, data
    for step in detail["loc"]:
        if holds(here, step):
            parent, here, path = here, here[step], (*path, step)
        elif step != "[key]":
            branches = (*branches, (path, str(step)))
    kind, ctx, is_key = detail["type"], detail.get("ctx", {}), detail["loc"][-1:] == ("[key]",)
    if kind == "missing":
        path, branches = (*path, detail["loc"][-1]), branches[:-1]
    if kind.startswith("union_tag") and ctx["discriminator"].startswith("'"):
        path = (*path, ctx["discriminator"].strip("'"))
    if kind == "extra_forbidden":
        free = set(field_names(model, path[:-1])) - set(parent if isinstance(parent, dict) else ())
        what, remedy = "unknown entry", did_you_mean(str(detail["loc"][-1]), free) or "remove it"
    else:
        what, remedy = _words(detail)
    is_wrong_kind = WRONG_KIND.fullmatch(kind) is not None or kind in {"literal_error", "enum"}
    is_wrong_key = is_key or kind in {"missing", "extra_forbidden"}
    return _Trouble(path, branches, "unknown key" if is_key else what, remedy, is_wrong_kind, is_wrong_key)


def _words(detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong, and what would be right."""
    kind, ctx, value = detail["type"], detail.get("ctx", {}), detail["input"]
    found = f"found {describe(value)}"
    if kind in {"missing", "union_tag_not_found"}:
        return "missing", "add it"
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        given, expected = ctx.get("tag", value), ctx.get("expected_tags") or ctx["expected"]
        words = re.findall(r"'([^']*)'", expected) or [expected]
        hint = did_you_mean(str(given), words)
        return f"found {describe(given)}", hint if hint.endswith("?") else f"give {' or '.join(words)}"
    if (match := WRONG_KIND.fullmatch(kind)) and match[1] in NOUNS:
        return found, f"give {NOUNS[match[1]]}"
    for name, limit in ctx.items():
        if name in LIMITS and isinstance(limit, int | float):
            return found, f"give {LIMITS[name].format(limit)}"
    message = " ".join(str(ctx.get("error", detail["msg"])).split())
    what, semicolon, remedy = message.rpartition(";")
    if semicolon:
        return what.strip(), remedy.strip()
    return (message, "mend this entry") if kind in {"value_error", "assertion_error"} else (found, message)


def _settle(troubles: list[_Trouble], level: int = 0) -> list[_Trouble]:
    """Keep one branch of every union."""
    settled = [each for each in troubles if len(each.branches) <= level]
    unions: dict[Steps, dict[str, list[_Trouble]]] = {}
    for each in troubles:
        if len(each.branches) > level:
            place, branch = each.branches[level]
            unions.setdefault(place, {}).setdefault(branch, []).append(each)
    for place, branches in unions.items():
        settled += _likeliest(place, [_settle(branch, level + 1) for branch in branches.values()])
    return settled


def _likeliest(place: Steps, branches: list[list[_Trouble]]) -> list[_Trouble]:
    """The branch that was most likely meant, or one trouble naming what every branch would take."""
    entered = [branch for branch in branches if any(each.path != place or not each.is_wrong_kind for each in branch)]
    if entered:
        return min(entered, key=lambda branch: (sum(each.is_wrong_key for each in branch), len(branch)))
    troubles = [each for branch in branches for each in branch]
    for each in troubles:
        if each.remedy.endswith("?"):
            return [each]
    nouns = dict.fromkeys(each.remedy.removeprefix("give ") for each in troubles)
    return [replace(troubles[0], remedy=f"give {' or '.join(nouns)}")]

"""Find a scenario, lay a variant and a lever over it, validate it, and say in plain words what is wrong with it.

``load`` is the one way from a name or a file to a validated scenario; ``faults`` turns what pydantic found into faults
with their places.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.resources
import json
import os
import re
import types
import typing
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from westphalia.errors import BadInput, Fault, describe, did_you_mean
from westphalia.scenario.checks import references
from westphalia.scenario.document import Document, Steps, holds, merge, read, spell
from westphalia.scenario.schema import Scenario

SECTIONS = ("variants", "levers")
"""The sections of a scenario that hold partial documents by name."""

Choices = Callable[[Steps], Iterable[str]]
"""The keys that the mapping at a path may have."""

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


@dataclass(frozen=True)
class Loaded:
    """A validated scenario.

    Attributes:
        scenario: The scenario, with the chosen variant and lever laid over it.
        document: The data that it was made from, with the place of every entry.
        name: Its name in the library, or that of its file or folder.
    """

    scenario: Scenario
    document: Document
    name: str


def load(where: str | Path, *, variant: str | None = None, lever: str | None = None) -> Loaded:
    """Read and validate a scenario, with all its variants and levers.

    Args:
        where: A name of the library (it wins over a folder of that name: write ``./name`` for that), a YAML file, or a
            folder with ``scenario.yaml``.
        variant: The variant to lay over the scenario.
        lever: The lever to lay over that.

    Raises:
        BadInput: With every fault of the file, those of all its variants and levers among them.
    """
    file = _find(where)
    document = chosen = read(file)
    scenario, found = _validate(document)
    for section, wanted in zip(SECTIONS, (variant, lever), strict=True):
        patches = _patches(document, section)
        for name, patch in patches.items():
            found |= _faults_with(document, (section, name), patch, found)
        if wanted in patches:
            chosen = merge(chosen, patches[wanted])
        elif wanted is not None:
            what = f'there is no {section.removesuffix("s")} "{wanted}"'
            found.add(document.fault((section,), what, _one_of(wanted, patches)))
    if not found and chosen is not document:
        scenario, found = _validate(chosen)
    if found or scenario is None:
        raise BadInput(found)
    return Loaded(scenario, chosen, _name(file))


def with_lever(loaded: Loaded, lever: str) -> Scenario:
    """The scenario with one of its levers laid over it; the lever's name must be one of ``loaded.scenario.levers``."""
    patch = loaded.document.at(("levers", lever, "set"))
    return Scenario.model_validate(merge(loaded.document, patch).data)


def library_names() -> list[str]:
    """The scenarios that come with Westphalia."""
    return sorted(file.parent.name for file in library().glob("*/scenario.yaml"))


def library() -> Path:
    """The folder of the scenarios that come with Westphalia."""
    return Path(str(importlib.resources.files("westphalia") / "scenario" / "library"))


def content_hash(loaded: Loaded) -> str:
    """SHA-256 of the scenario's data as JSON; comments and the order of keys do not count."""
    text = json.dumps(loaded.document.data, sort_keys=True, default=datetime.date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def _find(where: str | Path) -> Path:
    path = Path(where)
    if isinstance(where, str) and path.name == where and path.suffix not in {".yaml", ".yml"}:
        if where in (names := library_names()):
            return library() / where
        if not os.path.exists(where):
            what = "neither a scenario of the library nor a file"
            raise BadInput([Fault(where, 1, 1, spell(()), what, _one_of(where, names))])
    return path


def _name(file: Path) -> str:
    if file.name == "scenario.yaml":
        file = file.parent
    return file.resolve().name if file.is_dir() else file.stem


def _one_of(word: str, names: Iterable[str]) -> str:
    hint = did_you_mean(word, names)
    listed = f"valid here: {', '.join(sorted(names)) or 'none'}"
    return f"{hint} {listed}" if hint.endswith("?") else listed


def _patches(document: Document, section: str) -> dict[str, Document]:
    """The variants or levers that can be laid over a scenario; the schema tells what is wrong with others."""
    entries = document.data.get(section)
    names = [name for name in entries if holds(entries[name], "set")] if isinstance(entries, dict) else []
    patches = {name: document.at((section, name, "set")) for name in names}
    return {name: patch for name, patch in patches.items() if isinstance(patch.root.content, dict)}


def _validate(document: Document) -> tuple[Scenario | None, set[Fault]]:
    try:
        scenario = Scenario.model_validate(document.data)
    except ValidationError as error:
        return None, set(faults(error, document, lambda path: field_names(Scenario, path)))
    return scenario, set(references(scenario, document))


def _faults_with(document: Document, at: Steps, patch: Document, known: set[Fault]) -> set[Fault]:
    """The faults that the variant or lever at ``at`` adds, told there even where they show elsewhere."""
    told = {(fault.line, fault.column, fault.path) for fault in known}
    added = set()
    for fault in _validate(merge(document, patch))[1]:
        if fault.path.startswith(f"{spell(at)}."):
            added.add(fault)
        elif (fault.line, fault.column, fault.path) not in told:
            added.add(document.fault(at, f"with it, {fault.path}: {fault.what}", fault.remedy))
    return added


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


def faults(error: ValidationError, document: Document, choices: Choices = lambda path: ()) -> tuple[Fault, ...]:
    """What pydantic found wrong with a document, in plain words and with places.

    Where a union failed, only the branch that was most likely meant is told. A message of the form "what; remedy" is
    split at its last semicolon.

    Args:
        error: What validating ``document.data`` raised.
        document: The document.
        choices: The keys allowed in the mapping at a path, for unknown keys.
    """
    data = document.data
    troubles = [_trouble(detail, data, choices) for detail in error.errors(include_url=False)]
    return tuple(sorted({document.fault(each.path, each.what, each.remedy) for each in _settle(troubles)}))


def _trouble(detail: ErrorDetails, data: Any, choices: Choices) -> _Trouble:  # noqa: ANN401  (plain data)
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
        free = set(choices(path[:-1])) - set(parent if isinstance(parent, dict) else ())
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

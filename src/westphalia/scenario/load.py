"""Find a scenario, lay a variant and a lever over it, and validate it with all that can be laid over it.

``load`` is the one way from a name or a file to a validated scenario.
"""

from __future__ import annotations

import datetime
import hashlib
import importlib.resources
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.scenario.checks import references
from westphalia.scenario.complaints import faults
from westphalia.scenario.document import Document, Steps, holds, merge, read, spell
from westphalia.scenario.narrowing_checks import unknown_numbers
from westphalia.scenario.schema import Scenario
from westphalia.scenario.tables import with_tables
from westphalia.scenario.talks import Talks

SECTIONS = ("variants", "levers", "links")
"""The sections of a scenario that hold partial documents by name."""
BESIDE = ("claims.yaml", "record.yaml")
"""What is argued and what the record says may stand in these files beside ``scenario.yaml``, and are part of the
scenario then."""


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
    document = chosen = _document(file)
    scenario, found = _validate(document)
    if scenario is not None:
        found |= _undefined(scenario, document)
    for section, wanted in zip(SECTIONS, (variant, lever, None), strict=True):
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


def with_levers(loaded: Loaded, levers: frozenset[str]) -> Loaded:
    """The scenario with some of its levers laid over it, from the start on; what they say twice, the last one says."""
    document = loaded.document
    for lever in sorted(levers):
        document = merge(document, loaded.document.at(("levers", lever, "set")))
    return replace(loaded, scenario=Scenario.model_validate(document.data), document=document)


def with_variant(loaded: Loaded, variant: str) -> Loaded:
    """The scenario from another of its starts; the variant must be one of ``loaded.scenario.variants``."""
    document = merge(loaded.document, loaded.document.at(("variants", variant, "set")))
    return replace(loaded, scenario=Scenario.model_validate(document.data), document=document)


def without_link(loaded: Loaded, link: str) -> Loaded:
    """The scenario with one of its links switched off; the link must be one of ``loaded.scenario.links``."""
    document = merge(loaded.document, loaded.document.at(("links", link, "set")))
    return replace(loaded, scenario=Scenario.model_validate(document.data), document=document)


def talks_of(loaded: Loaded) -> Talks:
    """The talks of a scenario.

    Raises:
        BadInput: If it has none.
    """
    talks = loaded.scenario.talks
    if talks is None:
        fault = loaded.document.fault((), "the scenario has no talks", "add a block talks, as in the library")
        raise BadInput([fault])
    return talks


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


def _document(file: Path) -> Document:
    """The file, with what is argued about the war and what the record says, if files beside it hold that."""
    document = read(file)
    if file.is_dir() or file.name == "scenario.yaml":
        folder = file if file.is_dir() else file.parent
        for beside in (folder / name for name in BESIDE):
            document = merge(document, read(beside)) if beside.is_file() else document
    return with_tables(document, file if file.is_dir() else file.parent)


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
        return None, set(faults(error, document, Scenario))
    return scenario, set(references(scenario, document))


def _undefined(scenario: Scenario, document: Document) -> set[Fault]:
    """The faults of positions that name a number which exists from no start, the scenario's own or a variant's."""
    lacking = unknown_numbers(scenario)
    for patch in _patches(document, "variants").values() if lacking else ():
        other, _ = _validate(merge(document, patch))
        there = unknown_numbers(other) if other is not None else lacking
        lacking = {at: told for at, told in lacking.items() if at in there}
    return {document.fault(at, *told) for at, told in lacking.items()}


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

"""A scenario of one's own, begun as a copy of one of the library."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import NoReturn

from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.scenario.load import library, library_names
from westphalia.scenario.reference import json_schema

SCHEMA = "scenario.schema.json"
NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
NAME_LINE = re.compile(r"^name:.*$", re.MULTILINE)
SCHEMA_LINE = re.compile(r"^# yaml-language-server:.*$", re.MULTILINE)


def copy(name: str, source: str, into: Path) -> Path:
    """Copy a scenario of the library into a new folder of the given name, with the JSON Schema beside it.

    Args:
        name: The new scenario's name.
        source: Name of a scenario of the library.
        into: The folder in which the new one is made.

    Returns:
        The new folder.

    Raises:
        BadInput: If the name is none, or taken, or the library has no such scenario.
    """
    folder = into / name
    if not NAME.fullmatch(name):
        _refuse("NAME", f'"{name}" is no name', "give lower-case letters, digits and hyphens")
    if source not in library_names():
        hint = did_you_mean(source, library_names()) or f"valid here: {', '.join(library_names())}"
        _refuse("--from", f'the library has no "{source}"', hint)
    if folder.exists():
        _refuse("NAME", f"{folder} is there already", "give another name")
    try:
        shutil.copytree(library() / source, folder)
        file = folder / "scenario.yaml"
        text = NAME_LINE.sub(f"name: {name}", file.read_text(encoding="utf-8"), count=1)
        text = SCHEMA_LINE.sub(f"# yaml-language-server: $schema={SCHEMA}", text, count=1)
        file.write_text(text, encoding="utf-8")
        (folder / SCHEMA).write_text(json.dumps(json_schema(), indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        _refuse("NAME", f"{folder} cannot be written ({error.strerror})", "work in a folder that can")
    return folder


def _refuse(path: str, what: str, remedy: str) -> NoReturn:
    raise BadInput([Fault("command line", 1, 1, path, what, remedy)]) from None

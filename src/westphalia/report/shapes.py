"""What an object read from JSON must hold: a description in plain Python, and what a given object lacks of it.

A description is a type or several (``str``, ``NUMBER``), a list with the description of its items, a mapping of the
keys that must be there, or one of the classes below. More keys are always welcome.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NUMBER = (int, float)
NAMES: dict[Any, str] = {str: "text", bool: "true or false", NUMBER: "a number"}


@dataclass(frozen=True)
class Keyed:
    """A mapping with keys of any name, all of whose values look alike."""

    value: Any


@dataclass(frozen=True)
class Maybe:
    """Something that may be null or left out."""

    value: Any


def lacks(given: Any, shape: Any, path: str) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401  (anything in JSON)
    """What an object lacks of its description.

    Yields:
        Path of the entry, what is wrong there, what would be right.
    """
    if isinstance(shape, Maybe):
        if given is not None:
            yield from lacks(given, shape.value, path)
    elif isinstance(shape, Keyed):
        yield from _within(given, dict.fromkeys(given, shape.value) if isinstance(given, Mapping) else {}, path)
    elif isinstance(shape, Mapping):
        yield from _within(given, shape, path)
    elif isinstance(shape, list):
        if not isinstance(given, list):
            yield path, f"{_told(given)} stands here", "a list is needed"
            return
        for index, item in enumerate(given):
            yield from lacks(item, shape[0], f"{path}[{index}]")
    elif not _is_of(given, shape):
        yield path, f"{_told(given)} stands here", f"{NAMES[shape]} is needed"


def _within(given: Any, shape: Mapping[str, Any], path: str) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    if not isinstance(given, Mapping):
        yield path or "the whole", f"{_told(given)} stands here", "an object with keys is needed"
        return
    for key, part in shape.items():
        here = f"{path}.{key}".lstrip(".")
        if key in given:
            yield from lacks(given[key], part, here)
        elif not isinstance(part, Maybe):
            yield here, "it is missing", "the command's own object has it"


def _is_of(given: Any, shape: Any) -> bool:  # noqa: ANN401
    """Whether a plain value is of its type; a truth value is no number, and neither is one that is not finite."""
    if shape == NUMBER:
        return isinstance(given, NUMBER) and not isinstance(given, bool) and math.isfinite(given)
    return isinstance(given, shape)


def _told(given: Any) -> str:  # noqa: ANN401
    kinds = {dict: "an object", list: "a list", str: "text", bool: "a truth value", type(None): "null"}
    return kinds.get(type(given), "a number")

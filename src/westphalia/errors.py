"""What the user got wrong: where it stands, what is wrong, and what would be right.

A file reports all its faults at once, so a reader mends it in one go. This module imports nothing heavy, because the
command line needs it before anything else.
"""

from __future__ import annotations

import datetime
import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass

FEW = 8
"""Up to this many valid words are listed in full where none of them is close to the word given."""

LONGEST = 40
"""So many characters of a wrong value are shown."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in one place of one file.

    Attributes:
        file: The file as the user named it.
        line: Line, counted from 1.
        column: Column, counted from 1.
        path: The entry inside the file, such as ``fronts[0].length``.
        what: What is wrong.
        remedy: What would be right.
    """

    file: str
    line: int
    column: int
    path: str
    what: str
    remedy: str

    def __str__(self) -> str:
        """The line that the command line prints."""
        return f"{self.file}:{self.line}:{self.column} {self.path}: {self.message}"

    @property
    def message(self) -> str:
        """What is wrong and what would be right, without the place."""
        return f"{self.what}; {self.remedy}"

    def as_json(self) -> dict[str, str | int]:
        """The object that ``check --json`` prints for this fault."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "path": self.path,
            "message": self.message,
        }


class BadInput(Exception):  # noqa: N818  (the word that the command line and the docs use)
    """The input cannot be used; carries every fault found, in the order of the file, each once.

    Attributes:
        faults: The faults, sorted by file, line and column.
    """

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Sort the faults and drop those told twice."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__(self.faults)

    def __str__(self) -> str:
        """One line for each fault."""
        return "\n".join(map(str, self.faults))


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """The valid word that was probably meant.

    Args:
        word: The word that was given.
        choices: The words that would be valid.

    Returns:
        ``did you mean "x"?`` where a valid word is close (case does not count), else the list of the valid words where
        there are few, else an empty string.
    """
    valid = {choice.lower(): choice for choice in choices}
    close = difflib.get_close_matches(word.lower(), valid, n=1)
    if close:
        return f'did you mean "{valid[close[0]]}"?'
    if 0 < len(valid) <= FEW:
        return "valid here: " + ", ".join(sorted(valid.values()))
    return ""


def describe(value: object) -> str:
    """A plain value in a few words, such as ``the text "abc"`` or ``a list``."""
    for kind, words in ((dict, "a mapping"), (list, "a list"), (type(None), "nothing")):
        if isinstance(value, kind):
            return words
    text = str(value) if isinstance(value, datetime.date) else json.dumps(value, ensure_ascii=False, default=str)
    short = text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
    return f"the text {short}" if isinstance(value, str) else short

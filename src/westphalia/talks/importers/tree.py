"""XML as a plain tree that knows its lines; no document types, no entities, nothing fetched."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from westphalia.errors import BadInput, Fault

DEEPEST = 64
LARGEST = 32 * 2**20
"""Levels of elements and bytes of a file that are read at most."""


@dataclasses.dataclass
class Element:
    """An element with its attributes, its children in order, and where it begins."""

    file: str
    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[Element] = dataclasses.field(default_factory=list)

    def named(self, tag: str) -> list[Element]:
        """The children with this tag."""
        return [child for child in self.children if child.tag == tag]

    def below(self, tag: str) -> Iterator[Element]:
        """All elements below with this tag, in the order of the file."""
        for child in self.children:
            if child.tag == tag:
                yield child
            yield from child.below(tag)

    def fault(self, path: str, what: str, remedy: str) -> Fault:
        """A fault that stands at this element."""
        return Fault(self.file, self.line, self.column, path, what, remedy)


def read_xml(path: Path) -> Element:
    """The root element of a file.

    Raises:
        BadInput: If the file cannot be read, is not well-formed, declares a document type, or is too large or deep.
    """
    try:
        if path.stat().st_size > LARGEST:
            _stop(path, 1, 1, f"has more than {LARGEST:,} bytes", "such files hold a few thousand lines")
        data = path.read_bytes()
    except OSError as error:
        _stop(path, 1, 1, f"cannot be read: {error.strerror}", "name a file that can")
    return _Reader(path).read(data)


class _Reader:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.open: list[Element] = []
        self.roots: list[Element] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.StartDoctypeDeclHandler = self._doctype

    def read(self, data: bytes) -> Element:
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            what = f"is not well-formed XML: {expat.ErrorString(error.code)}"
            _stop(self.path, error.lineno, error.offset + 1, what, "close every tag and escape & and <")
        return self.roots[0]

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        if len(self.open) == DEEPEST:
            _stop(self.path, line, column, f"{tag} stands {DEEPEST} levels deep", "such files have about five")
        element = Element(str(self.path), tag, attributes, line, column)
        (self.open[-1].children if self.open else self.roots).append(element)
        self.open.append(element)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _doctype(self, *_: object) -> None:
        line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        _stop(self.path, line, column, "declares a document type", "leave it out: no entity is expanded here")


def _stop(path: Path, line: int, column: int, what: str, remedy: str) -> NoReturn:
    raise BadInput([Fault(str(path), line, column, "xml", what, remedy)])

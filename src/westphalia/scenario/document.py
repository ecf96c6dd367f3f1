"""A YAML file as plain data in which every entry still knows its file, line and column.

``read`` turns a file into a ``Document``; ``merge`` lays a partial document (a variant, a lever) over another.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.composer import MaxDepthExceededError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode
from ruamel.yaml.reader import ReaderError

from westphalia.errors import BadInput, Fault

MAX_BYTES = 5_000_000
MAX_DEPTH = 64
MAX_REPEATED = 100_000
"""How many entries aliases may repeat, beyond those written out."""

NUMBER_KEYS = frozenset({"value", "low", "high"})
"""A mapping with one of these is a number with its range."""

TAG = "tag:yaml.org,2002:"
TAGS = {
    MappingNode: {f"{TAG}map"},
    SequenceNode: {f"{TAG}seq"},
    ScalarNode: {TAG + kind for kind in ("str", "int", "float", "bool", "null", "timestamp", "merge", "value")},
}
"""The YAML types that a document may hold."""

TOO_DEEP = (f"nested deeper than {MAX_DEPTH} levels", "flatten it, and let no alias contain itself")
NOT_MAPPING = "fill it with `key: value` lines"
NO_FILE = "give a YAML file or a folder with a scenario.yaml"

Steps = tuple[str | int, ...]
"""The way from the root to an entry: keys of mappings, places in lists (from 0)."""


class Place(NamedTuple):
    """Where something stands; line and column count from 1."""

    file: str
    line: int
    column: int


@dataclass(frozen=True)
class Node:
    """One entry of a document.

    Attributes:
        content: Nodes by key, a list of nodes, or a plain value.
        place: Where it stands; an entry of a mapping stands where its key stands.
        origin: The way to it in the file that it was read from, which a merge keeps.
    """

    content: Any
    place: Place
    origin: Steps

    def plain(self) -> Any:  # noqa: ANN401  (plain data of any kind)
        """The entry as a fresh dict, list or plain value."""
        if isinstance(self.content, dict):
            return {key: node.plain() for key, node in self.content.items()}
        if isinstance(self.content, list):
            return [node.plain() for node in self.content]
        return self.content


@dataclass(frozen=True)
class Document:
    """Plain data with the place of every entry."""

    root: Node

    @property
    def data(self) -> Any:  # noqa: ANN401  (plain data of any kind)
        """A fresh copy as dict (keys are text), list, str, float, int, bool, None and date."""
        return self.root.plain()

    def place(self, path: Steps) -> Place:
        """File, line and column of the entry at ``path``, or else of its nearest ancestor."""
        return self._nearest(path)[0].place

    def at(self, path: Steps) -> Document:
        """The part of the document at ``path``.

        Raises:
            KeyError: If nothing stands there.
        """
        node, missing = self._nearest(path)
        if missing:
            raise KeyError(spell(path))
        return Document(node)

    def fault(self, path: Steps, what: str, remedy: str) -> Fault:
        """A fault of the entry at ``path``, told with its place and path in the file that it came from."""
        node, missing = self._nearest(path)
        return Fault(*node.place, spell((*node.origin, *missing)), what, remedy)

    def _nearest(self, path: Steps) -> tuple[Node, Steps]:
        node = self.root
        for depth, step in enumerate(path):
            if not holds(node.content, step):
                return node, path[depth:]
            node = node.content[step]
        return node, ()


def holds(content: object, step: str | int) -> bool:
    """Whether ``content`` is a mapping with this key, or a list with this place."""
    if isinstance(content, dict):
        return step in content
    return isinstance(content, list) and isinstance(step, int) and 0 <= step < len(content)


def spell(path: Steps) -> str:
    """A path as text, such as ``fronts[0].length``; the root is ``(file)``."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".") or "(file)"


def merge(base: Document, patch: Document) -> Document:
    """Lay a partial document over another; every entry keeps the place that it came from.

    Mappings merge key by key; anything else replaces what stood there. A number with its range, that is a mapping with
    the key ``value``, ``low`` or ``high``, is never merged: it replaces, and is replaced, as a whole.
    """
    return Document(_merge(base.root, patch.root))


def _merge(base: Node, patch: Node) -> Node:
    if not (isinstance(base.content, dict) and isinstance(patch.content, dict)):
        return patch
    if NUMBER_KEYS & (base.content.keys() | patch.content.keys()):
        return patch
    content = dict(base.content)
    for key, node in patch.content.items():
        content[key] = _merge(content[key], node) if key in content else node
    return replace(base, content=content)


def read(path: str | Path) -> Document:
    """Read a YAML 1.2 file, or the ``scenario.yaml`` of a folder.

    Raises:
        BadInput: If there is no such file, or it is no YAML mapping in UTF-8 of bearable size without duplicate keys.
    """
    file, text = _text(Path(path))
    yaml = YAML(typ="safe", pure=True)
    yaml.max_depth = MAX_DEPTH
    yaml.composer.warn_double_anchors = False
    try:
        root = yaml.compose(text)
    except MaxDepthExceededError as error:
        _refuse(_place(file, error.problem_mark), *TOO_DEEP)
    except MarkedYAMLError as error:
        what = " ".join((error.problem or error.context).split())
        begun = f" (begun in line {error.context_mark.line + 1})" if error.context_mark else ""
        remedy = "check indentation, quotes, colons and brackets"
        _refuse(_place(file, error.problem_mark or error.context_mark), f"not YAML: {what}{begun}", remedy)
    except ReaderError as error:
        _refuse(_end(file, text[: error.position]), f"not YAML: the character {error.character!r}", "remove it")
    if root is None:
        _refuse(Place(file, 1, 1), "the file is empty", NOT_MAPPING)
    if not isinstance(root, MappingNode):
        _refuse(_place(file, root.start_mark), "the file is not a mapping", NOT_MAPPING)
    builder = _Builder(file, yaml.constructor.construct_object)
    document = Document(builder.build(root, _place(file, root.start_mark), ()))
    if builder.faults:
        raise BadInput(builder.faults)
    return document


def _text(path: Path) -> tuple[str, str]:
    """Name and text of a file, or of a folder's scenario.yaml; the size is checked before anything is read."""
    try:
        file = path / "scenario.yaml" if path.is_dir() else path
        if not file.exists():
            what = "the folder has no scenario.yaml" if path.is_dir() else "there is no such file"
            _refuse(Place(str(path), 1, 1), what, NO_FILE)
        if not file.is_file():
            _refuse(Place(str(file), 1, 1), "not a regular file", NO_FILE)
        if file.stat().st_size > MAX_BYTES:
            what = f"larger than {MAX_BYTES // 1_000_000} MB"
            _refuse(Place(str(file), 1, 1), what, "move long tables into CSV files beside it")
        content = file.read_bytes()
    except (OSError, ValueError) as error:
        _refuse(Place(str(path), 1, 1), f"cannot be read: {error}", NO_FILE)
    try:
        return str(file), content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"the byte 0x{error.object[error.start]:02x} is not UTF-8"
        _refuse(_end(str(file), error.object[: error.start].decode()), what, "save the file as UTF-8")


def _place(file: str, mark: Any) -> Place:  # noqa: ANN401  (the parser's mark)
    return Place(file, mark.line + 1, mark.column + 1)


def _end(file: str, text: str) -> Place:
    """The place right after ``text``, the beginning of the file."""
    lines = text.split("\n")
    return Place(file, len(lines), len(lines[-1]) + 1)


def _refuse(place: Place, what: str, remedy: str) -> NoReturn:
    raise BadInput([Fault(*place, spell(()), what, remedy)]) from None


class _Builder:
    """Turns the parser's nodes into ours, and gathers their faults."""

    def __init__(self, file: str, construct: Callable[[YamlNode], Any]) -> None:
        self.file = file
        self.construct = construct
        self.faults: list[Fault] = []
        self.seen: set[int] = set()
        self.repeated = 0
        self.depth = 0

    def build(self, node: YamlNode, place: Place, origin: Steps) -> Node:
        """Our node for the parser's, with aliases and ``<<`` written out while that stays small."""
        self.repeated += id(node) in self.seen
        self.seen.add(id(node))
        if self.repeated > MAX_REPEATED:
            _refuse(place, f"aliases repeat more than {MAX_REPEATED:,} entries", "use fewer aliases")
        if self.depth > MAX_DEPTH:
            _refuse(place, *TOO_DEEP)
        self.depth += 1
        content: Any = None
        if node.tag not in TAGS[type(node)]:
            self._blame(place, origin, f"the tag {node.tag.replace(TAG, '!!')} is not known here", "remove it")
        elif isinstance(node, MappingNode):
            content = self._mapping(node, origin)
        elif isinstance(node, SequenceNode):
            content = [self.build(item, self._start(item), (*origin, step)) for step, item in enumerate(node.value)]
        else:
            content = self._scalar(node, place, origin)
        self.depth -= 1
        return Node(content, place, origin)

    def _mapping(self, node: MappingNode, origin: Steps) -> dict[str, Node]:
        content: dict[str, Node] = {}
        inherited: dict[str, Node] = {}
        for key, value in node.value:
            place = self._start(key)
            if not isinstance(key, ScalarNode):
                self._blame(place, origin, "a key must be one word or text", "give a plain key")
            elif key.tag == f"{TAG}merge":
                inherited |= self._inherited(value, place, origin)
            elif key.value in content:
                what = f"this key stands here twice, first in line {content[key.value].place.line}"
                self._blame(place, (*origin, key.value), what, "keep one of the two")
            else:
                content[key.value] = self.build(value, place, (*origin, key.value))
        return inherited | content

    def _inherited(self, node: YamlNode, place: Place, origin: Steps) -> dict[str, Node]:
        """What ``<<: *name`` or ``<<: [*name, *name]`` brings in; the first of several wins."""
        found: dict[str, Node] = {}
        for source in reversed(node.value) if isinstance(node, SequenceNode) else [node]:
            if isinstance(source, MappingNode):
                found |= self.build(source, place, origin).content or {}
            else:
                self._blame(place, origin, "<< takes in no mapping", "give an alias of a mapping")
        return found

    def _scalar(self, node: YamlNode, place: Place, origin: Steps) -> Any:  # noqa: ANN401  (any plain value)
        if node.tag in {f"{TAG}merge", f"{TAG}value"}:
            return node.value
        try:
            value = self.construct(node)
        except (YAMLError, ValueError, LookupError) as error:
            kind = node.tag.removeprefix(TAG).replace("timestamp", "date")
            why = getattr(error, "problem", None) or error
            self._blame(place, origin, f"not a valid {kind} ({why})", "mend it, or put it in quotes if it is text")
            return None
        return node.value if isinstance(value, datetime.datetime) else value

    def _start(self, node: YamlNode) -> Place:
        return _place(self.file, node.start_mark)

    def _blame(self, place: Place, origin: Steps, what: str, remedy: str) -> None:
        self.faults.append(Fault(*place, spell(origin), what, remedy))

"""A table of values in place of a scenario's own draws: written by a calibration, named by ``drawn: FILE``.

The file has a column for each number, by its path, and a row for each case; cases take the rows in turn.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from westphalia.errors import BadInput, Fault
from westphalia.scenario.document import Document, Node, spell

KEY = "drawn"


def with_tables(document: Document, folder: Path) -> Document:
    """The document with the tables that it and its variants name read in.

    Raises:
        BadInput: With every cell that is no number, or for a file that cannot be read.
    """
    faults: list[Fault] = []
    root = _read_in(document.root, folder, faults)
    variants = root.content.get("variants")
    if variants is not None and isinstance(variants.content, dict):
        content = {name: _in_variant(node, folder, faults) for name, node in variants.content.items()}
        root = replace(root, content={**root.content, "variants": replace(variants, content=content)})
    if faults:
        raise BadInput(faults)
    return Document(root)


def write_table(file: Path, columns: Mapping[str, np.ndarray]) -> None:
    """Write a table of values by path."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([f"{value:.9g}" for value in row] for row in zip(*columns.values(), strict=True))


def _in_variant(node: Node, folder: Path, faults: list[Fault]) -> Node:
    if not isinstance(node.content, dict) or "set" not in node.content:
        return node
    content = {**node.content, "set": _read_in(node.content["set"], folder, faults)}
    return replace(node, content=content)


def _read_in(node: Node, folder: Path, faults: list[Fault]) -> Node:
    if not isinstance(node.content, dict) or KEY not in node.content:
        return node
    named = node.content[KEY]
    if not isinstance(named.content, str):
        return node
    columns = {path: _leaf(named, path, values) for path, values in _columns(folder / named.content, named, faults)}
    return replace(node, content={**node.content, KEY: replace(named, content=columns)})


def _leaf(named: Node, path: str, values: list[float]) -> Node:
    own = replace(named, origin=(*named.origin, path))
    return replace(own, content=[replace(own, content=value) for value in values])


def _columns(file: Path, named: Node, faults: list[Fault]) -> Iterator[tuple[str, list[float]]]:
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            head, *rows = [*csv.reader(opened)] or [[]]
    except (OSError, UnicodeDecodeError) as error:
        remedy = "give a CSV table beside the scenario"
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        faults.append(Fault(*named.place, spell(named.origin), f"{file.name} cannot be read ({reason})", remedy))
        return
    if not rows:
        faults.append(Fault(str(file), 1, 1, KEY, "the table has no rows", "give a row for each case"))
    for place, path in enumerate(head):
        if path in head[:place]:
            faults.append(Fault(str(file), 1, place + 1, path, "the column stands here twice", "remove one"))
        values = []
        for line, row in enumerate(rows, start=2):
            try:
                values.append(float(row[place]))
            except (ValueError, IndexError):
                values.append(math.nan)
            if not math.isfinite(values[-1]):
                faults.append(Fault(str(file), line, place + 1, path, "no number stands here", "give a number"))
        yield path, values

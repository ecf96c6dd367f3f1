"""What a scenario holds, for a reader: its drawn numbers with what they rest on, and its laws with their sources."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from westphalia import refs
from westphalia.laws import laws_of
from westphalia.report import tex, words
from westphalia.report.frame import Frame
from westphalia.report.tables import Table
from westphalia.scenario.inventory import numbers
from westphalia.scenario.schema import Scenario

STATUSES = ("sourced", "calibrated", "assumption")
HEADING = re.compile(r"^([A-Z][\w /]+):$", re.MULTILINE)


@dataclass(frozen=True)
class Law:
    """A law in use, as its file describes it.

    Attributes:
        family: The family of laws.
        key: The law's key in a scenario.
        summary: What it says, in one sentence.
        source: The literature that its file names.
        status: checked, plausible or contested.
        keys: Keys of the bibliography.
    """

    family: str
    key: str
    summary: str
    source: str
    status: str
    keys: tuple[str, ...]


def assumptions(scenario: Scenario, drawn: Collection[str] = ()) -> Frame:
    """Every number of a scenario.

    Args:
        scenario: The scenario as it was run.
        drawn: Paths that the study drew; where none are given, the numbers with a range count as drawn.

    Returns:
        Columns path, title, range, unit, status, source, part (the block it stands in), drawn.
    """
    rows = [(k.path, k.title, _range(k.low, k.high), k.unit, k.status, k.source, k.is_drawn) for k in numbers(scenario)]
    data = pd.DataFrame(rows, columns=["path", "title", "range", "unit", "status", "source", "drawn"])
    for column in ("title", "unit"):
        data[column] = [words.by_step(told, scenario.clock.days) for told in data[column]]
    data["part"] = data["path"].str.partition(".")[0]
    return data.assign(drawn=data["path"].isin(list(drawn))) if len(drawn) else data


def _range(low: float, high: float) -> str:
    return _digits(low) if low == high else f"{_digits(low)} to {_digits(high)}"


def _digits(value: float) -> str:
    return words.plain(value, 3) if abs(value) < 1000 else f"{value:,.0f}".replace("-", "−")


def by_status(data: Frame, labels: Mapping[str, str]) -> Frame:
    """Drawn numbers by part of the scenario and by what they rest on.

    Returns:
        Columns part (label), status, count, begin, end (the bars' ends), text (on the first row of a part).
    """
    drawn = data[data["drawn"]]
    rows = []
    for part in [part for part in labels if part in set(drawn["part"])] + sorted(set(drawn["part"]) - set(labels)):
        here = drawn[drawn["part"] == part]["status"]
        text, begin = f"{(here == 'assumption').sum():,} of {len(here):,} on assumption", 0
        for status in STATUSES:
            if count := int((here == status).sum()):
                rows.append((labels.get(part, part), status, count, begin, begin + count, text if not begin else ""))
                begin += count
    return pd.DataFrame(rows, columns=["part", "status", "count", "begin", "end", "text"])


def laws(scenario: Scenario) -> list[Law]:
    """The laws that a scenario uses, in the order of the week."""
    return [_law(family, laws_of(family)[block.law]) for family, block in scenario.laws_in_use.items()]


def _law(family: str, law: type) -> Law:
    text = sys.modules[law.__module__].__doc__ or law.__doc__ or ""
    parts = HEADING.split(text)
    sections = {
        name: " ".join(body.replace("``", "").split()) for name, body in zip(parts[1::2], parts[2::2], strict=True)
    }
    status = sections.get("Status", "not stated").rstrip(".")
    summary = " ".join(parts[0].split())
    return Law(family, law.key, summary, sections.get("Source", ""), status, tuple(refs.citations([law])))


def bibliography(keys: Sequence[str]) -> Table:
    """Works by key: who, when, what, and what the citation rests on."""
    rows = [
        (key, _field(key, "author"), _field(key, "year"), _field(key, "title"), _field(key, "note")) for key in keys
    ]
    return Table("Works that the laws cite", ("key", "who", "year", "what", "note"), tuple(rows), 5)


def _field(key: str, name: str) -> str:
    found = re.search(rf"^\s*{name} = \{{(.*?)\}},?$", refs.entry(key), re.MULTILINE | re.DOTALL)
    return tex.plain(" ".join(found[1].split())) if found else ""

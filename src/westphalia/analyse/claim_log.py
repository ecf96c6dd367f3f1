"""The log of verdicts: a line of JSON for each claim, only ever added to, to be scored when history answers."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from westphalia import __version__
from westphalia.analyse.methods.verdicts import Verdict
from westphalia.errors import BadInput, Fault, describe
from westphalia.scenario.load import content_hash
from westphalia.simulate.study_manifest import Plan, model_version

KEPT = ("id", "sentence", "within", "verdict", "share", "se", "counted")
WHOLE = "(line)"
"""Stands for the field where a line is wrong as a whole."""
A_DAY = "write year, month and day, as 2026-01-31"
A_NAME = "give a name in quotation marks"


class Line(NamedTuple):
    """A verdict as it was logged.

    Attributes:
        date: Day on which it was logged.
        model: Version of the model, with a digest of its code.
        scenario: Name of the scenario.
        variant: Name of the variant, if any.
        start: First day of the runs.
        weeks: Their length.
        claim: The claim's name in the scenario.
        sentence: What it says, in single spaces.
        verdict: One of the closed list.
        share: Share of the runs that count in which it held; ``None`` where none counts.
        region: The part of the assumptions that it was about, as it was written.
    """

    date: datetime.date
    model: str
    scenario: str
    variant: str | None
    start: datetime.date
    weeks: int
    claim: str
    sentence: str
    verdict: Verdict
    share: float | None
    region: str


def append(file: Path, plan: Plan, found: Mapping[str, Any]) -> int:
    """Add the verdicts to a log; gives the number of lines added. What stands in the log is never changed."""
    common = {
        "date": datetime.date.today().isoformat(),
        "version": __version__,
        "model": model_version(),
        "scenario": found["scenario"],
        "hash": content_hash(plan.loaded),
        "variant": plan.variant,
        "start": plan.loaded.scenario.start.isoformat(),
        "weeks": found["weeks"],
        "runs": found["runs"],
        "seed": found["seed"],
    }
    lines = [json.dumps(common | {key: claim[key] for key in KEPT}, ensure_ascii=False) for claim in found["claims"]]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as log:
        log.write("".join(f"{line}\n" for line in lines))
    return len(lines)


def read(file: Path) -> list[Line]:
    """The verdicts of a log, in the order in which they were added.

    Raises:
        BadInput: With every line that cannot be.
    """
    where, remedy = (str(file), 1, 1, "(file)"), "give a log that westphalia claims has left"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise BadInput([Fault(*where, f"it cannot be read ({error.strerror})", remedy)]) from None
    except UnicodeDecodeError:
        raise BadInput([Fault(*where, "it is not text in UTF-8", remedy)]) from None
    faults: list[Fault] = []
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            own, raw = _parsed(str(file), number, line)
            faults += own
            found += [] if own else [_line(raw)]
    if faults:
        raise BadInput(faults)
    return found


def day(text: object) -> datetime.date | None:
    """The day that a text names as 2026-01-31; ``None`` where it names none."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def spaced(sentence: str) -> str:
    """A sentence in single spaces, however its lines were broken."""
    return " ".join(sentence.split())


def _parsed(file: str, number: int, line: str) -> tuple[list[Fault], dict[str, Any]]:
    """What is wrong with a line, and its fields."""
    whole = "a line is one JSON object, as westphalia claims writes it"
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as error:
        return [Fault(file, number, error.colno, WHOLE, f"it is no JSON ({error.msg})", whole)], {}
    if not isinstance(raw, dict):
        return [Fault(file, number, 1, WHOLE, f"found {describe(raw)}", whole)], {}
    return list(_faults(file, number, raw)), raw


def _faults(file: str, number: int, raw: Mapping[str, Any]) -> Iterator[Fault]:
    for name, (is_right, remedy) in FIELDS.items():
        if name not in raw:
            yield Fault(file, number, 1, name, "there is no such field", remedy)
        elif not is_right(raw[name]):
            yield Fault(file, number, 1, name, f"found {describe(raw[name])}", remedy)


def _line(raw: Mapping[str, Any]) -> Line:
    return Line(
        date=datetime.date.fromisoformat(raw["date"]),
        model=raw["model"],
        scenario=raw["scenario"],
        variant=raw["variant"],
        start=datetime.date.fromisoformat(raw["start"]),
        weeks=raw["weeks"],
        claim=raw["id"],
        sentence=spaced(raw["sentence"]),
        verdict=Verdict(raw["verdict"]),
        share=None if raw["share"] is None else float(raw["share"]),
        region=json.dumps(raw.get("within") or [], sort_keys=True),
    )


def _is_day(value: object) -> bool:
    return day(value) is not None


def _is_name(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_share(value: object) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1)


FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "date": (_is_day, A_DAY),
    "model": (_is_name, A_NAME),
    "scenario": (_is_name, A_NAME),
    "variant": (lambda value: value is None or _is_name(value), f"{A_NAME}, or null"),
    "start": (_is_day, A_DAY),
    "weeks": (lambda value: type(value) is int and value > 0, "give a whole number of weeks"),
    "id": (_is_name, A_NAME),
    "sentence": (_is_name, "give the sentence in quotation marks"),
    "verdict": (lambda value: value in list(Verdict), f"valid here: {', '.join(Verdict)}"),
    "share": (_is_share, "give a number from 0 to 1, or null where no run counts"),
}
"""The fields that a score reads: whether a value can be, and what would be right."""

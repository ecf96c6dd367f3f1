"""Answers that a study may keep beside its runs: what commands print with ``--json``, read and looked over.

The folder ``answers`` of a study holds one file for each command that was asked. What is there is shown; what is not
is named with the command that makes it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from westphalia.errors import BadInput, Fault
from westphalia.report.answer_shapes import SHAPES
from westphalia.report.facts import Facts
from westphalia.report.shapes import lacks

FOLDER = "answers"
SIZES = ("runs", "draws")
"""What an object says of how large it was made, each an option of its command; the seed is that of the study."""

EQUAL = "frictions-equal"
"""The answer of ``frictions --equal-wedges``, which is kept beside the usual one."""

NEED_TALKS = ("talks", "frictions", EQUAL, "doctrines")
"""Commands that a scenario without talks has no answer to."""

NOT_ARGUED = {
    "claims": "The scenario states no claims.",
    "cruxes": "The scenario states no two positions to compare.",
}
"""Commands that a scenario has no answer to where nothing is argued about it, and what is said then."""

Answers = Mapping[str, dict[str, Any]]
"""The objects that a study keeps, by their commands."""


def read(facts: Facts, folder: Path) -> Answers:
    """The answers that a study keeps.

    Raises:
        BadInput: If a file is not JSON, lacks something that the command's object has, or is of another scenario.
    """
    found: dict[str, dict[str, Any]] = {}
    faults: list[Fault] = []
    for name in SHAPES:
        file = folder / FOLDER / f"{name}.json"
        if not file.is_file():
            continue
        try:
            given = json.loads(file.read_text(encoding="utf-8"), parse_constant=_nothing)
        except UnicodeDecodeError:
            faults.append(Fault(str(file), 1, 1, name, "it is not text in UTF-8", _again(facts, name)))
            continue
        except json.JSONDecodeError as error:
            what = f"it is not JSON ({error.msg})"
            faults.append(Fault(str(file), error.lineno, error.colno, name, what, _again(facts, name)))
            continue
        faults += _faults(facts, name, given, file)
        found[name] = given
    if faults:
        raise BadInput(faults)
    return _placed(facts, found)


def _placed(facts: Facts, given: Any) -> Any:  # noqa: ANN401  (anything in JSON)
    """The same, the title of each assumption followed by whose number it is: titles are those of kinds of numbers."""
    if isinstance(given, list):
        return [_placed(facts, each) for each in given]
    if not isinstance(given, dict):
        return given
    placed = {key: _placed(facts, each) for key, each in given.items()}
    if "title" in given and (place := facts.place(str(given.get("assumption", "")))):
        placed["title"] = f"{given['title']} ({place})"
    return placed


def _nothing(_: str) -> None:
    """What stands for a number that is none."""


def _faults(facts: Facts, name: str, given: Any, file: Path) -> Iterator[Fault]:  # noqa: ANN401  (anything in JSON)
    again, ours = _again(facts, name), facts.manifest["scenario"]
    for path, what, remedy in lacks(given, SHAPES[name], ""):
        yield Fault(str(file), 1, 1, path, what, f"{remedy}; {again}")
    theirs = given.get("scenario", ours) if isinstance(given, Mapping) else ours
    if theirs != ours:
        yield Fault(str(file), 1, 1, "scenario", f"it is of {theirs}, and the study is of {ours}", again)


def _again(facts: Facts, name: str) -> str:
    return f"make it with: {command(facts, name)}"


def command(facts: Facts, name: str, found: Mapping[str, Any] | None = None) -> str:
    """The command that makes an answer, ``DIR`` being the folder of the study: that very answer, where one is given."""
    given = found or {}
    words = ["westphalia", "frictions" if name == EQUAL else name, "DIR"]
    if name == "cruxes":
        words += ["--between", *given.get("between", _positions(facts))]
        words += ["--outcome", given["outcome_key"]] if given.get("is_chosen") else []
    for size in SIZES:
        words += [f"--{size}", str(given[size])] if size in given else []
    if designs := [claim["design"] for claim in given.get("claims", ()) if claim.get("design")]:
        words += ["--design", str(designs[0]["rows"])]
    if error := given.get("error"):
        words += ["--error", str(error["wanted"]), "--most-runs", str(error["most_runs"])]
    words += ["--equal-wedges"] if name == EQUAL else []
    return " ".join(words)


def _positions(facts: Facts) -> tuple[str, ...]:
    """The first two positions of the scenario, or words that stand for them."""
    named = tuple(getattr(facts.scenario, "positions", None) or ())[:2]
    return named if len(named) == 2 else ("A", "B")


def missing(facts: Facts, name: str) -> str:
    """One line for an answer that is not there."""
    if not can_be(facts, name) and name in NOT_ARGUED:
        return NOT_ARGUED[name]
    return f"Not asked yet: {command(facts, name)}, DIR being the folder of this study."


def can_be(facts: Facts, name: str) -> bool:
    """Whether a command has an answer for the scenario of a study."""
    argued = facts.scenario
    if argued is not None and name in NOT_ARGUED:
        return bool(argued.claims) if name == "claims" else len(argued.positions) > 1
    return facts.has_talks or name not in NEED_TALKS


def source(facts: Facts, name: str, found: Mapping[str, Any]) -> str:
    """Where an answer comes from, as small print."""
    told = [f"{found[size]:,} {size}" for size in SIZES if size in found]
    told += [f"seed {found['seed']}"] if "seed" in found else []
    return f"Made with {', '.join(told) or 'its defaults'}: {command(facts, name, found)}"

"""Reads a folder of GENIUS files: one domain and the profiles of the parties.

Equation:
    u_i(t) = sum_q w_iq e_iq(t_q) / max over options of e_iq; in the raw reading the evaluations are not divided
Units:
    utilities and reserves 0 to 1; raw: the file's own.
Source:
    GENIUS 10.4 (Lin et al. 2014), as its program reads its files: weights as they stand, issues matched by their index,
    options by their value, the last of two equal ones counts; an issue of integers has a straight evaluation, cut to
    0..1; a party without a reservation has 0. A reservation below the party's worst text is lifted to it: it only says
    that any text will do, and the gains that Nash, Kalai and Kalai-Smorodinsky weigh then start where the table does.
Holds when / fails when:
    GENIUS also cuts a utility above 1 to 1, which matters only if weights add up to more; here texts stay told apart.
    Discounts belong to the talks, not to the text, and are left aside. Continuous issues and constraints are refused.
"""

from __future__ import annotations

import math
import re
from pathlib import Path

import numpy as np
from jaxtyping import Float

from westphalia.errors import BadInput, Fault, describe, did_you_mean
from westphalia.talks.game import Game
from westphalia.talks.importers.tree import Element, read_xml

MOST_INTEGERS = 100_000
"""An issue of integers has at most so many options."""

NO_EVALUATION = 1e-5
"""An issue whose largest evaluation is smaller is worth nothing, as in GENIUS."""


def read_folder(path: str | Path, *, raw: bool = False) -> Game:
    """The game of a folder.

    Files whose root is neither a ``negotiation_template`` (the domain) nor a ``utility_space`` (a profile) are passed
    over. Parties are named after their files, in the order that the domain names them, else by file name.

    Args:
        path: Folder with the XML files.
        raw: Take evaluations as they stand.

    Raises:
        BadInput: All that is wrong, with file, line and field.
    """
    domain, profiles = _files(Path(path))
    faults: list[Fault] = []
    issues = _Domain(domain, faults)
    spaces = [_Profile(profile, issues, faults, raw=raw) for profile in profiles]
    if faults:
        raise BadInput(faults)
    worth = tuple(np.stack([space.worth[index] for space in spaces]) for index in issues.options)
    return Game(
        tuple(Path(space.root.file).stem for space in spaces),
        {issue.attributes["name"]: tuple(options) for issue, options in issues.options.values()},
        worth,
        np.maximum([space.reserve for space in spaces], sum(part.min(axis=1) for part in worth)),
    )


class _Domain:
    """Issues and their options by index, in the order of the indices; faults are added to the list."""

    def __init__(self, root: Element, faults: list[Fault]) -> None:
        self.options: dict[int, tuple[Element, list[str]]] = {}
        for issue in sorted(root.below("issue"), key=lambda issue: _index(issue, faults)):
            index, name = _index(issue, faults), issue.attributes.get("name")
            if name is None or name in (known.attributes["name"] for known, _ in self.options.values()):
                faults.append(issue.fault(_place(issue), "has no name of its own", "give each issue a name"))
            elif index in self.options:
                faults.append(issue.fault(_place(issue), f"repeats the index {index}", "give each issue an index"))
            else:
                self.options[index] = (issue, _options(issue, faults))
        if not self.options and not faults:
            faults.append(root.fault("issue", "there is no issue", "a domain lists at least one"))


class _Profile:
    """What one party gets of each option by index of the issue, and its reserve; faults are added to the list."""

    def __init__(self, root: Element, domain: _Domain, faults: list[Fault], *, raw: bool) -> None:
        self.root = root
        for odd in [*root.below("constraint"), *root.below("ufun")]:
            faults.append(odd.fault(odd.tag, "constraints are not read", "only additive profiles are"))
        found = {_index(issue, faults): issue for issue in root.below("issue")}
        weights = {_index(weight, faults): weight for weight in root.below("weight")}
        self.worth: dict[int, Float[np.ndarray, " option"]] = {}
        for index, (issue, options) in domain.options.items():
            if index not in found or index not in weights:
                missing = "issue" if index not in found else "weight"
                what = f"there is no {missing} with the index {index}"
                faults.append(root.fault(missing, what, f'"{issue.attributes["name"]}" of the domain needs one'))
                continue
            weight = _number(weights[index], "value", faults)
            self.worth[index] = weight * _evaluations(found[index], options, faults, raw=raw)
        reservation = next(root.below("reservation"), None)
        self.reserve = 0.0 if reservation is None else _number(reservation, "value", faults)


def _files(folder: Path) -> tuple[Element, list[Element]]:
    """The root of the one domain and those of the profiles."""
    if not folder.is_dir():
        raise BadInput([Fault(str(folder), 1, 1, "", "is no folder", "name a folder of GENIUS XML files")])
    files = (file for file in folder.iterdir() if file.suffix.lower() == ".xml")
    roots, faults = [], []
    for file in sorted(files, key=lambda file: [part.zfill(9) for part in re.split(r"(\d+)", file.name)]):
        try:
            roots.append(read_xml(file))
        except BadInput as error:
            faults.extend(error.faults)
    domains = [root for root in roots if root.tag == "negotiation_template"]
    profiles = [root for root in roots if root.tag == "utility_space"]
    if not faults and len(domains) != 1:
        what = f"has {len(domains)} domains (root negotiation_template)"
        faults.append(Fault(str(folder), 1, 1, "negotiation_template", what, "a folder holds one"))
    if not faults and len(profiles) < 2:
        what = f"has {len(profiles)} profiles (root utility_space)"
        faults.append(Fault(str(folder), 1, 1, "utility_space", what, "talks have at least two parties"))
    if faults:
        raise BadInput(faults)
    named = [Path(agent.attributes.get("utility_space", "")).name for agent in domains[0].named("agent")]
    places = {name: place for place, name in enumerate(named)}
    return domains[0], sorted(profiles, key=lambda root: places.get(Path(root.file).name, len(places)))


def _options(issue: Element, faults: list[Fault]) -> list[str]:
    kind = _kind(issue)
    if kind == "integer":
        low, high = (_number(issue, bound, faults, whole=True) for bound in ("lowerbound", "upperbound"))
        if low <= high < low + MOST_INTEGERS:
            return [str(value) for value in range(int(low), int(high) + 1)]
        if math.isfinite(low + high):
            what = f"runs from {low:g} to {high:g}"
            faults.append(issue.fault(_place(issue), what, f"1 to {MOST_INTEGERS:,} whole numbers can be read"))
        return []
    if kind != "discrete":
        what = f"is of the type {kind}"
        faults.append(issue.fault(_place(issue), what, "discrete and integer issues are read; list values as items"))
        return []
    values = [item.attributes.get("value") for item in issue.named("item")]
    for item in issue.named("item"):
        if "value" not in item.attributes:
            faults.append(item.fault(f"{_place(issue)}.item", "has no value", "name the option there"))
    if not values:
        faults.append(issue.fault(_place(issue), "has no item", "list its options"))
    return list(dict.fromkeys(value for value in values if value is not None))


def _evaluations(issue: Element, options: list[str], faults: list[Fault], *, raw: bool) -> Float[np.ndarray, " option"]:
    """What one party makes of each option of the domain, before its weight."""
    if _kind(issue) == "integer":
        return _straight(issue, options, faults, raw=raw)
    known: dict[str, float] = {}
    for item in issue.named("item"):
        value = item.attributes.get("value", "")
        if value not in options:
            what = f"{describe(value)} is no option of the domain"
            faults.append(item.fault(f"{_place(issue)}.item", what, did_you_mean(value, options) or "use one of them"))
        else:
            known[value] = _number(item, "evaluation", faults, path=f"{_place(issue)}.item[{value}].evaluation")
            if known[value] < 0.0:
                path = f"{_place(issue)}.item[{value}].evaluation"
                faults.append(item.fault(path, "is below 0", "evaluations are 0 or more"))
    for value in (option for option in options if option not in known):
        faults.append(issue.fault(f"{_place(issue)}.item", f"{describe(value)} is missing", "evaluate every option"))
    evaluations = np.array([known.get(option, math.nan) for option in options])
    most = evaluations.max(initial=0.0)
    if raw:
        return evaluations
    return evaluations / most if most >= NO_EVALUATION else np.zeros_like(evaluations)


def _straight(issue: Element, options: list[str], faults: list[Fault], *, raw: bool) -> Float[np.ndarray, " option"]:
    evaluator = next(iter(issue.named("evaluator")), None)
    if evaluator is None:
        faults.append(issue.fault(f"{_place(issue)}.evaluator", "there is none", "give slope and offset"))
        return np.full(len(options), math.nan)
    slope, offset = (_number(evaluator, key, faults) for key in ("slope", "offset"))
    evaluations = offset + slope * np.arange(len(options))
    return evaluations if raw else evaluations.clip(0.0, 1.0)


def _kind(issue: Element) -> str:
    given = issue.attributes
    return given.get("vtype") or given.get("type") or given.get("etype") or "discrete"


def _place(issue: Element) -> str:
    return f"issue[{issue.attributes.get('index', '?')}]"


def _index(element: Element, faults: list[Fault]) -> int:
    value = _number(element, "index", faults, whole=True)
    return int(value) if math.isfinite(value) else -1


def _number(element: Element, key: str, faults: list[Fault], *, path: str = "", whole: bool = False) -> float:
    """A number among the attributes; a fault and NaN where there is none."""
    text = element.attributes.get(key)
    wanted = "a whole number" if whole else "a finite number"
    try:
        value = float(int(text) if whole else text)  # pyright: ignore[reportArgumentType]
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        what = f"{key} is missing" if text is None else f"{describe(text)} is no number"
        faults.append(element.fault(path or f"{element.tag}.{key}", what, f"give {wanted}"))
    return value

"""What the answer hinges on and what would change it, as far as asked; how good it is, and how to better it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report import answers, phrases, scoreboard, words
from westphalia.report.answers import Answers
from westphalia.report.facts import Facts
from westphalia.report.record_words import inside, of_fold, tally
from westphalia.report.sections.claims import flip, is_open

LEADING = 3
"""So many hinges count of each claim, and so many are told."""
TIMES = 4
"""So many times the runs halve an error."""

Terms = list[tuple[str, str]]


def hinges(facts: Facts, asked: Answers) -> Terms:
    """What the claims hinge on most often."""
    if "claims" not in asked:
        return [("Claims hinge on", answers.missing(facts, "claims"))]
    found = asked["claims"]["claims"]
    ranked = _ranked(found)
    if not ranked:
        return [("Claims hinge on", f"Nothing in the {len(found):,} claims stands out beyond error.")]
    told = words.listed([f"“{one['title']}” ({count:,}; {_rests(one)})" for one, count in ranked[:LEADING]])
    return [("Claims hinge on", f"Most often among the first {LEADING} hinges of {len(found):,} claims: {told}.")]


def _ranked(claims: list[Mapping[str, Any]]) -> list[tuple[Mapping[str, Any], int]]:
    """Hinges with the number of claims that have them among their first, the most frequent first."""
    first = [one for claim in claims for one in claim["hinge"][:LEADING]]
    known = {one["assumption"]: one for one in reversed(first)}
    counts: dict[str, tuple[int, float]] = {}
    for one in first:
        count, total = counts.get(one["assumption"], (0, 0.0))
        counts[one["assumption"]] = (count + 1, total + one["total_effect"])
    order = sorted(counts, key=lambda name: counts[name], reverse=True)
    return [(known[name], counts[name][0]) for name in order]


def _rests(one: Mapping[str, Any]) -> str:
    status = one.get("status") or "what it rests on is not told"
    return phrases.STATUS.get(status, status)


def turns(facts: Facts, asked: Answers) -> Terms:
    """The smallest change that flips a claim, and what is worth finding out first."""
    told = []
    claims = asked.get("claims", {}).get("claims", [])
    flips = [(claim, found) for claim in claims if (found := flip(claim)) and not is_open(claim["flip"])]
    if flips:
        claim, change = min(flips, key=lambda pair: pair[0]["flip"]["distance"])
        easiest = f", the easiest of {len(flips):,} to flip" if len(flips) > 1 else ""
        told.append(("Flips a claim", f"{claim['id']}{easiest} (“{claim['sentence']}”) turns where {change}"))
    elif "claims" not in asked:
        known = "Known once the claims are asked."
        told.append(("Flips a claim", known if answers.can_be(facts, "claims") else answers.missing(facts, "claims")))
    else:
        told.append(("Flips a claim", "No change of their leading hinges was found that flips one."))
    if "cruxes" not in asked:
        return [*told, ("Find out first", answers.missing(facts, "cruxes"))]
    first = asked["cruxes"]["find_out_first"][:LEADING]
    listed = words.listed([f"“{one['title']}” ({_rests(one)})" for one in first])
    return [*told, ("Find out first", f"{listed}." if first else "Nothing would change a verdict.")]


def quality(facts: Facts) -> Terms:
    """How the model did on history, and what it would take to halve the errors."""
    return [("On history", history(facts)), ("Half the error", halved(facts))]


def history(facts: Facts) -> str:
    """What the scoreboard of this version says of the library and of this scenario."""
    board, name = scoreboard.shipped(), facts.manifest["scenario"]
    if board is None:
        return f"Not scored in this version: westphalia hindcast {name}"
    told = f"All library wars: {tally(board['cases'])}; {inside(board['milestones'])}."
    own = [case for case in board["cases"] if case["case"] == name]
    if own:
        days = [each for each in board["milestones"] if each["case"] == name]
        told += f" This war: {tally(own)}{f'; {inside(days)}' if days else ''}."
    folds = [fold for fold in board["folds"] if fold["case"] == name and fold["scored"] and not fold["without"]]
    told += "".join(f" Hindcasts: {scoreboard.beaten(of_fold(fold, board['scores']))}" for fold in folds)
    return f"{told} As of {board['date']}."


def halved(facts: Facts) -> str:
    """What it would take to halve the errors."""
    runs = facts.count
    chunks = [chunk for chunk in facts.manifest.get("chunks", ()) if chunk.get("wall_s")]
    done = sum(chunk["runs"] for chunk in chunks)
    told = f"Four times the runs halve every ± (westphalia extend DIR --runs {TIMES * runs}"
    if not done:
        return f"{told}), and none of the doubt about the model."
    more = sum(chunk["wall_s"] for chunk in chunks) / done * (TIMES - 1) * runs
    return f"{told}: about {clock(more)} more, by the time of these runs), and none of the doubt about the model."


def clock(seconds: words.Real) -> str:
    """A time of computing in the unit that suits it."""
    for size, unit, most in ((1, "seconds", 90), (60, "minutes", 5400), (3600, "hours", 36 * 3600)):
        if seconds < most:
            return f"{max(2, round(seconds / size))}{words.NBSP}{unit}"
    return f"{seconds / 86400:.1f}{words.NBSP}days"

"""What ``westphalia talks`` prints for people of one exact table; what a scenario adds is in ``survey_words``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report.terminal import table

SOLUTIONS = {
    "nash": "Nash",
    "kalai": "Kalai, equal gains",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "welfare": "largest sum",
    "maxmin": "best worst-off",
}
BELOW = "↓"
"""Marks what a party gets below what it has without agreement."""
TIE = 1e-9


def exact(found: Mapping[str, Any]) -> str:
    """The exact analysis of one term sheet."""
    parties, pareto, robust = found["parties"], found["pareto"], found["zone"]["robust"]
    reserve = ", ".join(f"{name} {two(level)}" for name, level in zip(parties, found["reserve"], strict=True))
    lines = [
        f"{len(found['issues'])} issues, {found['outcomes']:,} texts; without agreement: {reserve}",
        f"{_thinness(found)}; undominated ({pareto['among']}): {pareto['size']:,}, "
        f"with equal ones {pareto['with_ties']:,}",
        f"with weights known only roughly, some text is acceptable to all in {percent(robust['chance_of_zone'])} % of "
        f"{robust['draws']:,} draws",
    ]
    if any(found[key] for key in SOLUTIONS):
        lines.append(_solutions(found))
    if found["lotteries"]:
        lines.append(_lotteries(found))
    if found["binding"]:
        lines.append(_binding(found["binding"]))
    return "\n\n".join(lines)


def exported(found: Mapping[str, Any]) -> str:
    """What was written for another program."""
    return (
        f"{found['file']} is written for {found['for']}: {' and '.join(found['parties'])} each name one of "
        f"{len(found['texts']):,} texts or none, {found['payoffs']:,} payoffs"
    )


def _thinness(found: Mapping[str, Any]) -> str:
    """How many of how many texts all accept."""
    all_of_them = "both" if len(found["parties"]) == 2 else f"all {len(found['parties'])}"
    if found["rational"] is None:
        return f"too many texts to count those acceptable to {all_of_them}"
    share = chance(found["zone"]["share"])
    return f"{found['rational']:,} of {found['outcomes']:,} texts ({share} %) are acceptable to {all_of_them}"


def _solutions(found: Mapping[str, Any]) -> str:
    """Utilities of the solutions, those below a reserve marked, and the text of each below."""
    named = {key: name for key, name in SOLUTIONS.items() if found[key]}
    rows = [(name, *map(_marked, found[key]["utilities"], found["reserve"])) for key, name in named.items()]
    lines = [table(("solution", *found["parties"]), rows)]
    if any(BELOW in cell for row in rows for cell in row):
        lines.append(f"{BELOW} below what the party has without agreement: it would refuse")
    texts: dict[str, list[str]] = {}
    for key, name in named.items():
        texts.setdefault("; ".join(found[key]["text"].values()), []).append(name)
    lines += [f"  {'; '.join(names)}: {text}" for text, names in texts.items()]
    return "\n".join(lines)


def _marked(utility: float, reserve: float | None) -> str:
    is_below = reserve is not None and utility < reserve - TIE
    return f"{two(utility)} {BELOW if is_below else ' '}"


def _lotteries(found: Mapping[str, Any]) -> str:
    """What the best lottery over undominated texts gives each party, and what it adds to the best text."""
    rows = []
    for key, lottery in found["lotteries"].items():
        if lottery is None:
            continue
        added = lottery["adds"]
        more = "no such text" if found[key] is None else "-" if added is None else f"{added:.4f}"
        chances = " + ".join(f"{percent(one['chance'])} %" for one in lottery["texts"])
        rows.append((SOLUTIONS[key], *map(three, lottery["utilities"]), more, chances))
    head = ("lottery over texts", *found["parties"], "adds to the text", "chances of its texts")
    why = "expected utilities; what is added to the product of gains, the smallest gain or the smallest utility"
    return f"{table(head, rows)}\n{why}; the texts are in --json"


def _binding(found: Mapping[str, Any]) -> str:
    """What keeps the zone shut, and the smallest changes that open it."""
    lines = ["no text is acceptable to all; the smallest changes that would open a zone:"]
    lines += [f"  {party} would take {three(fall)} less" for party, fall in found["reserves"].items()]
    lines.append(f"  all would take {three(found['by_all'])} less")
    lines += [f"  {s['issue']} weighs {three(s['change'])} otherwise to {s['party']}" for s in found["weights"]]
    lines += [f"  {one['issue']} is left out" for one in found["left_out"] if one["opens"]]
    lines.append(f"the issue that binds: {found['issue']}")
    return "\n".join(lines)


def two(value: float | None) -> str:
    """A utility; that of a party that takes any text is no number."""
    return "any" if value is None else f"{value:.2f}"


def three(value: float) -> str:
    """A small difference of utility."""
    return f"{value:.3f}"


def percent(share: float) -> str:
    """A share in whole per cent."""
    return f"{100 * share:.0f}"


def chance(share: float) -> str:
    """A share in per cent, with two significant digits below 1 %."""
    if share <= 0.0 or share >= 0.01:
        return percent(share)
    return f"{100 * share:.2g}" if share >= 1e-6 else "<0.0001"

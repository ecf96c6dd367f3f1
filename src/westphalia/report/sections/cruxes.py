"""Two positions: what each answers, what they share, where exactly they differ, and what would settle it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report import answers, words
from westphalia.report.facts import Facts
from westphalia.report.figures import cruxes as figures
from westphalia.report.figures.cruxes import names
from westphalia.report.figures.frictions import signed
from westphalia.report.numbers import Z
from westphalia.report.page import Page, paragraph, table_html, text
from westphalia.report.words import Real

CLAIMS = {
    "common_ground": "Common ground: claims on which both agree",
    "apart": "Claims on which the verdicts differ",
    "too_few": "Claims for which too few runs count to say",
}
"""Lists of claims with their headings, in their order."""


def add(page: Page, facts: Facts, found: Mapping[str, Any]) -> None:
    """The section on positions and cruxes."""
    page.add(*(paragraph(sentence) for sentence in sentences(found)))
    page.add('<div class="positions">')
    for key in found["between"]:
        position = (found.get("positions") or {}).get(key, {"title": key, "sentences": []})
        items = "".join(f"<li>{text(sentence)}</li>" for sentence in position["sentences"])
        page.add(f"<div><h3>{text(position['title'])}</h3><ul>{items}</ul></div>")
    page.add("</div>", table_html(figures.answers_table(found)))
    for figure in figures.crux_figures(found):
        page.figure(figure)
    for key, head in CLAIMS.items():
        if found[key]:
            items = "".join(f"<li>{text(one['sentence'])} ({text(_answers(found, one))})</li>" for one in found[key])
            page.add(f"<h3>{head}</h3><ul>{items}</ul>")
    page.add(paragraph(answers.source(facts, "cruxes", found), "note"))


def _answers(found: Mapping[str, Any], claim: Mapping[str, Any]) -> str:
    """The verdicts on a claim, and how many runs count under either position."""
    counted = [f"{claim['counted'][key]:,}" for key in found["between"]]
    runs = f"{counted[0] if counted[0] == counted[1] else words.listed(counted)} runs count"
    if "verdict" in claim:
        return f"{claim['verdict']}; {runs}"
    verdicts = (
        f"“{title}”: {claim['verdicts'][key]}" for key, title in zip(found["between"], names(found), strict=True)
    )
    return f"{'; '.join(verdicts)}; {runs}"


def sentences(found: Mapping[str, Any]) -> list[str]:
    """What the disagreement comes to, in words."""
    first, second = names(found)
    shared = len(found["common_ground"])
    common = f" They agree on {shared:,} {'claim' if shared == 1 else 'claims'}." if shared else ""
    if not found["matters"] and found["is_chosen"]:
        return [f"“{first}” and “{second}” give the same answer within its error: “{found['outcome']}”.{common}"]
    if not found["matters"]:
        return [
            f"“{first}” and “{second}” differ in what they assume, but the difference changes no answer beyond its "
            f"error: as far as this model goes, it is a disagreement that does not matter.{common}"
        ]
    told = [f"“{first}” and “{second}” lead to different answers.{common}", _leading(found)]
    told.append(_exchange(found))
    return [sentence for sentence in told if sentence]


def _leading(found: Mapping[str, Any]) -> str:
    """The group that carries most of the difference, where it can be told apart."""
    if not found["cruxes"]:
        return ""
    scale, unit = figures.unit_of(found)
    ranked = sorted(found["cruxes"], key=lambda one: -abs(one["value"]))
    first = ranked[0]
    value = f"{signed(scale * first['value'])} (± {scale * Z * first['se']:.1f}) {unit}".strip()
    band = f"{signed(scale * first['low'])} to {signed(scale * first['high'])}"
    told = (
        f"Of the difference in “{found['outcome']}”, the question “{figures.named(first)}” carries {value}; early, in "
        f"the middle or late in the order {band}"
    )
    if len(ranked) > 1 and _size(first)[0] <= _size(ranked[1])[1]:
        return (
            f"{told}. Its band overlaps that of “{figures.named(ranked[1])}”, so which of them carries more hangs on "
            "the order."
        )
    return f"{told}: more than any other group."


def _size(one: Mapping[str, Any]) -> tuple[Real, Real]:
    """The smallest and largest size of an effect over early, middle and late places in the order."""
    low, high = one["low"], one["high"]
    least = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    return least, max(abs(low), abs(high))


def _exchange(found: Mapping[str, Any]) -> str:
    titles = {one["group"]: figures.named(one) for one in found["cruxes"]}
    told = words.listed([f"“{titles.get(group, group)}”" for group in found["exchange"]])
    if not told:
        return ""
    turned = f"Exchange {told}, and the first answer comes nearer to the second than to what it was."
    if not found["exchange_exact"]:
        return f"{turned} This is by a greedy search, so a smaller set may exist."
    return f"{turned} No smaller set does that." if len(found["exchange"]) > 1 else turned

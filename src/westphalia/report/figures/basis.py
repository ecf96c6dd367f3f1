"""What the answer rests on: status of the drawn numbers, and which of them go with the answer."""

from __future__ import annotations

from westphalia.report import charts, contents, numbers, tables
from westphalia.report.facts import Facts
from westphalia.report.figures.common import told
from westphalia.report.frame import Frame
from westphalia.report.numbers import each
from westphalia.report.page import Figure, Panel

PARTS = {
    "sides": "Sides",
    "fronts": "Fronts",
    "backers": "Backers",
    "laws": "Laws",
    "doctrine": "Doctrine",
    "calendars": "Calendars",
    "chance": "Chance",
    "talks": "Talks",
    "saturation": "Saturation",
    "outcomes": "When an outcome counts",
}
IN_WORDS = {
    "laws.cohesion.base": "how firmly troops stand by themselves",
    "laws.cohesion.sharpness": "how sharply troops answer",
    "laws.cohesion.coupling": "how far troops go by each other",
    "laws.cohesion.relaxation": "how quickly troops answer",
    "laws.aid.temperature": "how far pragmatic backers differ",
    "laws.durability.shape": "how much of the danger to an agreement comes early",
}
"""Plain words for numbers whose titles are terms of their law."""

CLEAR = 3.5
"""A rank correlation stands out when it exceeds so many standard errors; with hundreds of numbers, two are chance."""


def assumption_figures(data: Frame) -> list[Figure]:
    """What the drawn numbers rest on, and which of them go with the answer."""
    counts = contents.by_status(data, PARTS)
    figures = []
    if len(counts):
        about = "Drawn numbers by part of the scenario and by what their range rests on."
        parts = "; ".join(f"{row.part}: {row.text}" for row in each(counts[counts["text"] != ""]))
        table = tables.statuses(counts, "Drawn numbers by status")
        chart = charts.statuses(counts, f"{about} {parts}.")
        figures.append(
            Figure("statuses", "How much rests on assumption", about, (Panel(chart),), table, "", True, True)
        )
    return figures


def association_figures(facts: Facts, data: Frame, outcome: str, count: int = 8) -> list[Figure]:
    """The drawn numbers that go most with an outcome."""
    found = associated(facts, data, outcome).head(count)
    if found.empty:
        return []
    about = f"Rank correlation of drawn numbers with “{outcome}” over the runs: it goes along, which proves no cause."
    chart = charts.associations(found[["label", "text", "correlation"]], f"{about} {told(each(found))}.")
    table = tables.associations(found, f"Drawn numbers that go with “{outcome}”")
    return [Figure("associations", "What goes with the answer", about, (Panel(chart),), table, "", True)]


def associated(facts: Facts, data: Frame, outcome: str) -> Frame:
    """Drawn numbers that go with an outcome beyond chance: columns label, correlation, se, status, text."""
    found = numbers.associations(facts.base_runs, facts.drawn, outcome)
    known = data.drop_duplicates("path").set_index("path")
    found = found[found["correlation"].abs() > CLEAR * found["se"]]
    title = [known["title"].get(name, "") for name in found["name"]]
    status = [known["status"].get(name, "assumption") for name in found["name"]]
    label = [f"{_in_words(*named)} ({facts.place(named[0])})" for named in zip(found["name"], title, strict=True)]
    text = [f"{c:+.2f}, {s}".replace("-", "−") for c, s in zip(found["correlation"], status, strict=True)]
    return found.assign(label=label, status=status, text=text)


def _in_words(path: str, title: str) -> str:
    """What a number is, without the part of its title that says how to read its value."""
    return IN_WORDS.get(path) or title.partition(";")[0] or path

"""Charts of a table: how one text would be read, what became of real term sheets, accounts of one exchange."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from westphalia.report import answer_charts, charts, seats, words
from westphalia.report.facts import Facts
from westphalia.report.figures.common import told
from westphalia.report.frame import Frame
from westphalia.report.numbers import each
from westphalia.report.page import Figure, Panel
from westphalia.report.tables import Table

MOST_SHEETS = 12
"""So many term sheets get a chart; all stand in the table."""
MOST_PLAYERS = 5
"""So many players who block get a column."""


def talks_figures(facts: Facts, found: Mapping[str, Any]) -> list[Figure]:
    """The charts of what ``talks`` found."""
    figures = [_readings(facts, found["readings"])] if found["readings"] else []
    figures += [_sheets(facts, found)] if found["sheets"] else []
    return figures + ([_accounts(found["accounts"])] if found["accounts"] else [])


def _readings(facts: Facts, found: Mapping[str, Any]) -> Figure:
    """The chance that all read alike by protocol, and how far each pair differs."""
    labels = facts.labels
    alike, apart = [], []
    for of in found.values():
        low, high = of.get("all_alike_range", (of["all_alike"], of["all_alike"]))
        alike.append((of["label"], words.percent(of["all_alike"]), of["all_alike"], low, high))
        for pair in of["pairs"]:
            name = "|".join(labels.get(party) or party for party in pair["parties"])
            apart.append((of["label"], name, pair["disagreement"], f"{100 * pair['disagreement']:.0f}"))
    about = (
        "Above: the chance that all parties read all issues of one text alike, by the way it reaches them. Below: the "
        "share of issues, in per cent, that each pair of parties reads differently."
    )
    data = pd.DataFrame(alike, columns=["label", "text", "value", "low", "high"])
    cells = pd.DataFrame(apart, columns=["row", "column", "value", "text"])
    panels = (
        Panel(charts.shares(data, f"Chance that all parties read one text alike. {told(each(data))}.")),
        Panel(answer_charts.heat(cells, f"Share of issues read differently, by way and pair. {_pairs_told(cells)}.")),
    )
    note = (
        "Lines: 5–95 % over the draws of the assumptions. Where all hold one text they differ only on clauses left "
        "open, which each fills by its wishes, and all may still misread it alike: the table has both."
    )
    return Figure("readings", "How one text would be read", about, panels, _readings_table(labels, found), note, True)


def _pairs_told(cells: Frame) -> str:
    return "; ".join(f"{row.row}, {row.column.replace('|', ' and ')}: {row.text} %" for row in each(cells))


def _readings_table(labels: Mapping[str, str], found: Mapping[str, Any]) -> Table:
    rows = []
    for of in found.values():
        wrong = [value for issue in of["per_issue"].values() for value in issue["text_error"].values()]
        misread = words.percent(sum(wrong) / len(wrong)) if wrong else "–"
        apart = (words.percent(pair["disagreement"]) for pair in of["pairs"])
        rows.append((of["label"], words.percent(of["all_alike"]), misread, *apart))
    pairs = next(iter(found.values()))["pairs"]
    names = [" and ".join(labels.get(party) or party for party in pair["parties"]) for pair in pairs]
    head = ("way", "all read all alike", "issues misread", *(f"{name} differ" for name in names))
    return Table("How one text would be read: means over draws of the assumptions", head, tuple(rows))


def blocker(sheet: Mapping[str, Any], labels: Mapping[str, str]) -> tuple[str, float]:
    """Who blocks a term sheet most, in words, and in which share of the draws."""
    name = max(sheet["blocks"], key=sheet["blocks"].get)
    return seats.player(name, dict(labels)), float(sheet["blocks"][name])


def _sheets(facts: Facts, found: Mapping[str, Any]) -> Figure:
    """Chance of signature, and which player is the one who blocks."""
    labels, sheets = facts.labels, found["sheets"]
    shown = sorted(sheets, key=lambda sheet: -sheet["signed"])[:MOST_SHEETS]
    mean: dict[str, float] = {}
    for sheet in sheets:
        for name, share in sheet["blocks"].items():
            mean[name] = mean.get(name, 0.0) + share / len(sheets)
    players = sorted(mean, key=lambda name: -mean[name])[:MOST_PLAYERS]
    cells = []
    for sheet in shown:
        cells.append((_name(sheet), "signed by all", sheet["signed"], _short(sheet["signed"])))
        for name in players:
            share = sheet["blocks"].get(name, 0.0)
            cells.append((_name(sheet), seats.player(name, labels), share, _short(share)))
    data = pd.DataFrame(cells, columns=["row", "column", "value", "text"])
    about = (
        "In per cent. First column: chance that all whose yes is needed would say yes at the start; the others: share "
        "of draws in which a player is the least willing of those likelier to refuse than to accept."
    )
    listed = "; ".join(f"{sheet['title']}: {words.percent(sheet['signed'])} signed" for sheet in shown)
    chart = answer_charts.heat(data, f"{about} {listed}.", label_width=240)
    note = (
        "Conditional on the model and its ranges, no forecast. A clause that a text leaves open counts with the mean "
        f"over its options. The {len(shown)} of {len(sheets)} texts with the largest chance; all stand in the table."
    )
    rows = []
    for sheet in sheets:
        who, share = blocker(sheet, labels)
        rows.append((sheet["title"], sheet["date"], sheet.get("author", "–"), who, words.percent(share)))
        rows[-1] += (words.percent(sheet["signed"]),)
    head = ("text", "date", "by", "who blocks most", "in so many draws", "signed by all")
    table = Table(f"Real term sheets over {found['draws']:,} draws of the assumptions", head, tuple(rows), 4)
    return Figure("sheets", "Real term sheets: who would sign, who blocks", about, (Panel(chart),), table, note, True)


def _name(sheet: Mapping[str, Any]) -> str:
    return f"{sheet['title']}, {sheet['date'][:4]}"


def _short(share: words.Real) -> str:
    return "0" if share == 0 else "<1" if share < 0.01 else f"{100 * share:.0f}"


def _accounts(found: Mapping[str, Any]) -> Figure:
    """How often two accounts of one exchange differ, by medium and by who tells."""
    named = [("All", found["all"]), *((name.capitalize(), of) for name, of in found["by_medium"].items())]
    named += [(" and ".join(of["parties"]), of) for of in found["by_parties"]]
    data = pd.DataFrame(
        [
            (name, f"{words.percent(of['differ'])} of {of['pairs']:,} pairs", of["differ"], *of["differ_range"])
            for name, of in named
        ],
        columns=["label", "text", "value", "low", "high"],
    )
    about = "Share of pairs of accounts of one exchange that differ: told differently by two parties."
    chart = charts.shares(data, f"{about} {told(each(data))}.")
    rows = tuple((name, *_account_cells(of)) for name, of in named)
    head = ("accounts", "pairs", "events", "differ", "90 % interval", "mean gap, 0 to 1")
    note = f"Lines: 90 % interval. Caution: {found['caveat']}."
    return Figure("accounts", "Accounts of one exchange", about, (Panel(chart),), Table(about, head, rows), note, True)


def _account_cells(of: Mapping[str, Any]) -> tuple[str, ...]:
    counts = (f"{of['pairs']:,}", f"{of['events']:,}")
    return (*counts, words.percent(of["differ"]), words.interval(*of["differ_range"]), f"{of['mean_gap']:.2f}")

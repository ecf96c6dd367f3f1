"""Charts of doctrines in contest: payoffs of every pair, how often each is played, and two choices varied together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from westphalia.report import answer_charts, words
from westphalia.report.facts import Facts
from westphalia.report.numbers import Z, each
from westphalia.report.page import Figure, Panel
from westphalia.report.tables import Table

MOST = 7
"""So many doctrines of each side get a chart."""


def doctrine_figures(facts: Facts, found: Mapping[str, Any]) -> list[Figure]:
    """The charts of what ``doctrines`` found, as far as it tells of each."""
    figures = [_payoffs(facts, found)] if found.get("payoffs") else []
    return figures + [_joint(facts, each, number) for number, each in enumerate(found.get("tempo_withdrawal") or ())]


def title_of(found: Mapping[str, Any], option: str) -> str:
    """A doctrine by its title."""
    profiles = found.get("profiles")
    if isinstance(profiles, Mapping) and isinstance(profiles.get(option), Mapping):
        return str(profiles[option].get("title", option))
    return option


def _payoffs(facts: Facts, found: Mapping[str, Any]) -> Figure:
    """A panel a side: its doctrine in the row, that of the other side in the column."""
    first, second = facts.sides
    kept = {side: _most_played(found, side) for side in (first, second)}
    ends = [mean for side in kept for _, _, mean, _ in _cells(found, side)]
    panels, rows = [], []
    for side, other in ((first, second), (second, first)):
        label, against = facts.sides[side], facts.sides[other]
        cells = [
            (title_of(found, row), title_of(found, column), mean, f"{100 * mean:.0f}")
            for row, column, mean, _ in _cells(found, side)
            if row in kept[side] and column in kept[other]
        ]
        data = pd.DataFrame(cells, columns=["row", "column", "value", "text"])
        told = "; ".join(f"{row} against {column}: {text}" for row, column, _, text in cells)
        about = f"Payoff of {label} in hundredths by its own doctrine (rows) and that of {against} (columns). {told}."
        chart = answer_charts.heat(data, about, least=min(ends), most=max(ends))
        panels.append(Panel(chart.properties(title=f"{label}: own doctrine down, that of {against} across"), label))
        rows += _payoff_rows(found, side, label)
    about = (
        "Payoff of a pair of doctrines in hundredths, for each side: 100 is every part of a payoff at the best end of "
        "its scale, 0 at the worst; a mean over cases and over weights, for no one weighing is right."
    )
    shown, whole = max(map(len, kept.values())), len(found["payoffs"][first]["rows"])
    note = f"The {shown} doctrines that each side plays most, of {whole}; all in the table." if shown < whole else ""
    head = ("side", "own doctrine", *(title_of(found, name) for name in found["payoffs"][first]["columns"]))
    table = Table(
        "Payoffs of all pairs of doctrines, hundredths (± 95 %), by that of the other side", head, tuple(rows), 2
    )
    return Figure("payoffs", "Every doctrine against every other", about, tuple(panels), table, note, True)


def _cells(found: Mapping[str, Any], side: str) -> Iterator[tuple[str, str, words.Real, words.Real]]:
    """Own doctrine, that of the other side, payoff and its standard error."""
    of = found["payoffs"][side]
    for row, means, errors in zip(of["rows"], of["mean"], of["se"], strict=True):
        for column, mean, se in zip(of["columns"], means, errors, strict=True):
            yield row, column, mean, se


def _most_played(found: Mapping[str, Any], side: str) -> list[str]:
    """The doctrines of a side that its equilibria and its quantal response play most."""
    weight = dict.fromkeys(found["payoffs"][side]["rows"], 0.0)
    quantal = (found.get("quantal") or {}).get("mixture", {}).get(side, {})
    shares = [(one["share_of_cases"], one.get("mixture", {}).get(side, {})) for one in found["equilibria"]]
    for share, mixture in (*shares, (1e-3, quantal)):
        for name, played in mixture.items():
            weight[name] = weight.get(name, 0.0) + share * played
    return sorted(weight, key=lambda name: -weight[name])[:MOST]


def _payoff_rows(found: Mapping[str, Any], side: str, label: str) -> Iterator[tuple[str, ...]]:
    of = found["payoffs"][side]
    for row, means, errors in zip(of["rows"], of["mean"], of["se"], strict=True):
        cells = (f"{100 * mean:.1f} (±{words.NBSP}{100 * Z * se:.1f})" for mean, se in zip(means, errors, strict=True))
        yield label, title_of(found, row), *cells


def _joint(facts: Facts, found: Mapping[str, Any], number: int) -> Figure:
    """Tempo of one side and withdrawal of the other, varied together."""
    mover, other = (facts.sides[found[key]] for key in ("tempo_of", "withdrawal_of"))
    panels, rows = [], []
    for part, whose in (("own", mover), ("other", other)):
        change = found[part]["change"]
        most = max(0.01, *(abs(value) for line in change for value in line))
        cells = pd.DataFrame(
            [
                (f"tempo {tempo:g}", _threshold(limit), value, words.hundredths(value, "+"))
                for tempo, line in zip(found["tempo"], change, strict=True)
                for limit, value in zip(found["withdrawal"], line, strict=True)
            ],
            columns=["row", "column", "value", "text"],
        )
        about = f"Change of the payoff of {whose}, in hundredths, by tempo of {mover} and withdrawal of {other}"
        told = "; ".join(f"{row.row}, {row.column}: {row.text}" for row in each(cells))
        chart = answer_charts.heat(cells, f"{about}. {told}.", most=most, least=-most)
        panels.append(Panel(chart.properties(title=f"Payoff of {whose}"), whose))
        rows += [(whose, row.row, row.column, row.text) for row in each(cells)]
    about = (
        f"Rows: ceiling of tempo of {mover}; columns: weekly losses at which {other} gives ground. Change of each "
        "side's payoff against the scenario's own doctrines, in hundredths."
    )
    table = Table("Change of payoffs, hundredths", ("side", "tempo", "withdrawal at", "change"), tuple(rows), 3)
    title = f"Tempo of {mover} and withdrawal of {other} together"
    return Figure(f"joint-{number}", title, about, tuple(panels), table, "")


def _threshold(limit: words.Real) -> str:
    return "never" if limit >= 1 else f"{100 * limit:g}{words.NBSP}%"

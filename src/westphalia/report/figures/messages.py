"""The messages of one run: what each chain held after each hop, and how far the readings lie from what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import altair as alt
import numpy as np
import pandas as pd

from westphalia.report import seats, words
from westphalia.report.chart_parts import Chart
from westphalia.report.frame import Frame
from westphalia.report.page import Figure, Panel
from westphalia.report.tables import Table
from westphalia.report.theme import INK, MUTED, NEUTRAL, WIDTH
from westphalia.scenario.talks import Talks
from westphalia.simulate.trace import Round

CELL = 26
"""Height of an issue in a panel, px."""
OPEN = "–"
"""A clause left open on the way."""
MOST_SHOWN = 6
"""So many rounds get a chart; all stand in the table."""


HOW_TO_READ = (
    f"Numbers are options of the issue, counted from 1; {OPEN} is a clause left open. Dark cells differ from the text "
    "sent. The last column is what the party reads, coloured by what it expects; the table adds the option that it "
    "believes was meant, in the mean."
)


def round_figure(held: Round, talks: Talks, step: str) -> Figure:
    """One round: a panel for each party, stages across, issues down, the option's number in each cell."""
    labels = seats.labels_of(talks)
    data = cells(held, talks)
    stages = list(dict.fromkeys(data["stage"]))
    panels = []
    for party in held.parties:
        here = data[data["party"] == party].reset_index(drop=True)
        panels.append(Panel(_panel(here, stages, labels[party], _told(here, labels[party])), labels[party]))
    about = f"{held.day.day} {held.day:%B %Y}: {_verdict(held, labels)}"
    key, title = f"round-{held.week}", f"The round of {step} {held.week}"
    return Figure(key, title, about, tuple(panels), _table(held, data, stages, labels, title))


def _way(held: Round, party: str, labels: dict[str, str]) -> str:
    """Through whose hands and which media a party heard, hop by hop; a chain that has ended keeps the text."""
    hops = (f"{medium} to {labels.get(hand, hand.replace('-', ' '))}" for hand, medium in held.ways[party])
    return f"{labels[party]}: {', then '.join(hops) or 'its own words'}"


def cells(held: Round, talks: Talks) -> Frame:
    """One row for each party, issue and stage: party, issue, stage, text (option's number), option, differs."""
    issues = list(talks.issues.values())
    names = ["sent", *(f"hop {hop}" for hop in range(1, len(held.stages) - 1)), "read"]
    rows = []
    for (stage, party, issue), option in np.ndenumerate(held.stages):
        option = int(option)
        full = "left open" if option < 0 else str(issues[issue].options[option])
        differs = option != int(held.stages[0, party, issue])
        text = OPEN if option < 0 else str(option + 1)
        rows.append((held.parties[party], issues[issue].label, names[stage], text, full, differs))
    return pd.DataFrame(rows, columns=["party", "issue", "stage", "text", "option", "differs"])


def overview(rounds: Sequence[Round], talks: Talks, step: str) -> Figure:
    """All rounds of a run: how many clauses each party read otherwise than they were sent, and which were signed."""
    labels = seats.labels_of(talks)
    rows = [
        (held.week, labels[party], int((held.stages[-1, n] != held.stages[0, n]).sum()), held.is_signed)
        for held in rounds
        for n, party in enumerate(held.parties)
    ]
    data = pd.DataFrame(rows, columns=["week", "party", "misread", "signed"])
    count = len(talks.issues)
    signed = [held.week for held in rounds if held.is_signed]
    told = f"{step}{'s' * (len(signed) > 1)} {words.listed([str(week) for week in signed])}"
    end = f"signed in {told}" if signed else "none was signed"
    about = f"Clauses of {count} that each party read otherwise than they were sent, by {step} of the round; {end}."
    table = Table(
        f"Rounds of the run: clauses of {count} read otherwise",
        (step, "refused by", "signed", *(labels[party] for party in rounds[0].parties)),
        tuple(_round_row(held, labels) for held in rounds),
        3,
    )
    ways = "; ".join(_way(rounds[0], party, labels) for party in rounds[0].ways)
    note = f"Hops of the first round, by the protocol “{rounds[0].protocol}”: {ways}." if ways else ""
    return Figure("rounds", "All rounds", about, (Panel(_counts(data, about, step)),), table, note, True)


def chosen(rounds: Sequence[Round]) -> list[Round]:
    """Rounds worth a chart, in order: the first, the last, those signed, then those read most differently."""
    ranked = sorted(rounds, key=_misread, reverse=True)
    first = [rounds[0], rounds[-1], *(held for held in rounds if held.is_signed), *ranked]
    weeks = list(dict.fromkeys(held.week for held in first))[:MOST_SHOWN]
    return [held for held in rounds if held.week in weeks]


def _misread(held: Round) -> int:
    return int((held.stages[-1] != held.stages[0]).sum())


def _refused(held: Round, labels: dict[str, str]) -> list[str]:
    missing = held.needed & ~held.accepted
    return [seats.player(name, labels) for name, no in zip(held.players, missing, strict=True) if no]


def _verdict(held: Round, labels: dict[str, str]) -> str:
    names = _refused(held, labels)
    return f"no from {words.listed(names)}." if names else "all whose yes is needed say yes."


def _round_row(held: Round, labels: dict[str, str]) -> tuple[str, ...]:
    counts = (str(int((held.stages[-1, n] != held.stages[0, n]).sum())) for n in range(len(held.parties)))
    return (str(held.week), words.listed(_refused(held, labels)) or OPEN, "yes" if held.is_signed else "no", *counts)


def _told(data: Frame, party: str) -> str:
    read = data[(data["stage"] == "read") & data["differs"]]
    wrong = [f"{row.issue} {row.text}" for row in read.itertuples()]
    return f"What the chain to {party} held at each stage; read otherwise: {words.listed(wrong) or 'nothing'}."


def _panel(data: Frame, stages: list[str], title: str, description: str) -> Chart:
    issues = list(dict.fromkeys(data["issue"]))
    x = alt.X("stage:N", sort=stages, title=None, axis=alt.Axis(orient="top", labelAngle=0, domain=False, ticks=False))
    y = alt.Y("issue:N", sort=issues, title=None, axis=alt.Axis(labelLimit=190, labelColor=INK))
    tooltip = [alt.Tooltip(f"{name}:N", title=name) for name in ("issue", "stage", "option")]
    base = alt.Chart(data).encode(x=x, y=y)
    fill = alt.condition("datum.differs", alt.value(NEUTRAL.line), alt.value(NEUTRAL.outer))
    ink = alt.condition("datum.differs", alt.value("white"), alt.value(INK))
    boxes = base.mark_rect(stroke="white", strokeWidth=2).encode(color=fill, tooltip=tooltip)
    numbers = base.mark_text().encode(text="text:N", color=ink)
    height = CELL * len(issues)
    return alt.layer(boxes, numbers).properties(width=WIDTH, height=height, title=title, description=description)


def _counts(data: Frame, description: str, step: str) -> Chart:
    x = alt.X("week:Q", title=f"{step} of the run", axis=alt.Axis(tickCount=8, format="d", grid=False))
    y = alt.Y("party:N", sort=list(dict.fromkeys(data["party"])), title=None, axis=alt.Axis(labelColor=INK))
    scale = alt.Scale(domain=[0, max(1, int(data["misread"].max()))], range=[0, 160])
    legend = alt.Legend(title="clauses read otherwise", tickMinStep=1, format="d")
    size = alt.Size("misread:Q", scale=scale, legend=legend)
    tooltip = [alt.Tooltip(f"{name}:N", title=name) for name in ("week", "party", "misread", "signed")]
    base = alt.Chart(data).encode(x=x, y=y)
    every = base.mark_tick(orient="vertical", size=8, color=MUTED, thickness=1).encode(tooltip=tooltip)
    dots = base.mark_circle(color=NEUTRAL.line, opacity=0.9).encode(size=size, tooltip=tooltip)
    signed = alt.Chart(data[data["signed"]]).mark_rule(color=INK, strokeDash=[4, 3]).encode(x="week:Q")
    layers = alt.layer(signed, every, dots)
    return layers.properties(width=WIDTH, height=30 * data["party"].nunique(), description=description)


def _table(held: Round, data: Frame, stages: list[str], labels: dict[str, str], title: str) -> Table:
    head = ("party", "issue", *stages, "believed")
    return Table(f"{title}: option at each stage", head, tuple(_rows(held, data, stages, labels)), 2)


def _rows(held: Round, data: Frame, stages: list[str], labels: dict[str, str]) -> Iterator[tuple[str, ...]]:
    believed = {party: iter(row) for party, row in zip(held.parties, held.believed, strict=True)}
    for (party, issue), part in data.groupby(["party", "issue"], sort=False):
        at = part.set_index("stage")["text"]
        mean = f"{next(believed[str(party)]) + 1:.1f}"
        yield labels[str(party)], str(issue), *(str(at[stage]) for stage in stages), mean

"""How the model did on history: the scoreboard of this version, and of this war its statements and forecasts."""

from __future__ import annotations

from westphalia.report import scoreboard
from westphalia.report.facts import Facts
from westphalia.report.page import Page, paragraph, table_html, text, twin
from westphalia.report.record_words import (
    MILESTONES,
    MODES,
    SCORES,
    STATEMENTS,
    head,
    inside,
    milestone,
    of_fold,
    score,
    statement,
)
from westphalia.report.tables import Table


def add(page: Page, facts: Facts) -> None:
    """The section; one line where this version was not scored."""
    board, name = scoreboard.shipped(), facts.manifest["scenario"]
    page.add('<section id="evidence"><h2>How the model did on history</h2>')
    if board is None:
        page.add(paragraph(f"Not scored in this version: westphalia hindcast {name}", "missing"), "</section>")
        return
    lines = (text(line.replace("`", "")) for line in scoreboard.summary(board))
    page.add(f"<ul>{''.join(f'<li>{line}</li>' for line in lines)}</ul>")
    rows = tuple(statement(case) for case in board["cases"] if case["case"] == name)
    if rows:
        title = f"What the record says of {facts.manifest['title']}, held against {board['runs']:,} runs"
        page.add(table_html(Table(title, STATEMENTS, rows, 5)))
    days = [each for each in board["milestones"] if each["case"] == name]
    if days:
        title = f"Single values of the record beside {board['runs']:,} runs: {inside(days)}"
        page.add(table_html(Table(title, MILESTONES, tuple(map(milestone, days)), 4)))
    for fold in (fold for fold in board["folds"] if fold["case"] == name and fold["scored"]):
        title = f"{head(fold)}. {MODES}."
        scores = tuple(score(row) for row in of_fold(fold, board["scores"]))
        page.add(twin(Table(title, SCORES, scores, 3), label=f"Hindcasts scored: {head(fold)}", is_open_on_paper=True))
    page.add(
        paragraph(f"Scoreboard of version {board['version']}, {board['date']}; westphalia evidence makes it.", "note")
    )
    page.add("</section>")

"""The brief: one page that answers, then what the answer rests on; one file that needs no other and prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from westphalia.report import agreements, contents, cost, opening
from westphalia.report.facts import Facts, gather
from westphalia.report.figures import agreements as agreement_figures
from westphalia.report.figures import basis, fronts, outcomes, series
from westphalia.report.frame import Frame
from westphalia.report.page import Page, paragraph, render, table_html, text, twin
from westphalia.report.tables import assumptions as assumption_table
from westphalia.simulate.study import open_study

FRONTS = "The fronts"
"""The section that begins with the map."""


def write(study_dir: Path, file: Path) -> None:
    """Write the brief of a study as one HTML file that makes no request.

    Args:
        study_dir: The folder of the study.
        file: The file to write; its folder must exist.

    Raises:
        BadInput: If the folder holds no study.
    """
    file.write_text(build(open_study(study_dir), study_dir), encoding="utf-8")


def build(study: Any, folder: Path) -> str:  # noqa: ANN401  (anything with the methods of a study)
    """The brief of an open study as HTML."""
    facts = gather(study, folder)
    data = contents.assumptions(facts.scenario, facts.drawn) if facts.scenario else _nothing()
    page = Page()
    opening.add(page, facts, data)
    _outcomes(page, facts)
    _table(page, facts)
    _series(page, facts)
    _events(page, facts)
    _basis(page, facts, data)
    _laws(page, facts)
    page.add('<section id="limits-of-it"><h2>Limits of the model and its evidence</h2>')
    page.add(_list(opening.limits(facts, data)), "</section>")
    _reproduce(page, facts)
    title = f"{facts.manifest['title']}: a brief"
    return render(page, title=title, description=f"What {facts.count:,} simulated runs say, and what that rests on.")


def _nothing() -> Frame:
    columns = ["path", "title", "range", "unit", "status", "source", "drawn", "part"]
    return pd.DataFrame({column: pd.Series(dtype=bool if column == "drawn" else object) for column in columns})


def _outcomes(page: Page, facts: Facts) -> None:
    page.add('<section id="ends"><h2>How it ends, and when</h2>')
    for figure in outcomes.outcome_figures(facts):
        page.figure(figure)
    if people := cost.under_levers(facts):
        page.add('<div class="people"><h3>What each lever changes in people</h3>', table_html(people), "</div>")
    for figure in outcomes.duration_figures(facts):
        page.figure(figure)
    page.add("</section>")


def _table(page: Page, facts: Facts) -> None:
    """What comes of the talks; left out where the study has none."""
    if not facts.has_talks:
        return
    page.add('<section id="table"><h2>The table</h2>')
    page.add(*(paragraph(sentence) for sentence in agreements.sentences(facts)))
    page.add(table_html(agreements.summary(facts)))
    for figure in agreement_figures.table_figures(facts):
        page.figure(figure)
    page.add("</section>")


def _series(page: Page, facts: Facts) -> None:
    shown = series.fan_figures(facts)
    lines = fronts.front_figures(facts)
    if lines:
        shown = {FRONTS: [*lines, *shown.pop(FRONTS, [])]} | shown
    for index, (section, figures) in enumerate(shown.items()):
        page.add(f'<section id="series-{index}"><h2>{text(section)}</h2>')
        for figure in figures:
            page.figure(figure)
        page.add("</section>")
    if told := series.unmoved(facts):
        page.add(paragraph(told, "note"))


def _events(page: Page, facts: Facts) -> None:
    if figures := outcomes.event_figures(facts):
        page.add('<section id="first"><h2>What ran out, and what happened</h2>')
        for figure in figures:
            page.figure(figure)
        page.add("</section>")


def _basis(page: Page, facts: Facts, data: Frame) -> None:
    page.add('<section id="assumptions"><h2>What it rests on</h2>')
    figures = [*basis.association_figures(facts, data, facts.leading), *basis.assumption_figures(data)]
    for figure in figures:
        page.figure(figure)
    if data.empty:
        page.add(paragraph("The study's copy of its scenario is gone, so its numbers cannot be listed."))
    for heading, part in (("drawn", data[data["drawn"]]), ("constant", data[~data["drawn"].astype(bool)])):
        if len(part):
            label = f"All {len(part):,} {heading} numbers"
            page.add(twin(assumption_table(part, label), label=label))
    page.add("</section>")


def _laws(page: Page, facts: Facts) -> None:
    if not facts.scenario:
        return
    page.add('<section id="laws"><h2>Laws in use</h2><ul class="laws">')
    for law in contents.laws(facts.scenario):
        head = f"<p><b>{text(law.family)}</b>: {text(law.key)} ({text(law.status)}). {text(law.summary)}</p>"
        source = f'<p class="note">{text(law.source)}</p>' if law.source else ""
        page.add(f"<li>{head}{source}</li>")
    page.add("</ul>")
    keys = list(dict.fromkeys(key for law in contents.laws(facts.scenario) for key in law.keys))
    if keys:
        page.add(twin(contents.bibliography(keys), label=f"The {len(keys)} works cited", is_open_on_paper=True))
    page.add("</section>")


def _reproduce(page: Page, facts: Facts) -> None:
    page.add('<section id="reproduce"><h2>How to get the same numbers</h2>')
    page.add(paragraph("The same version, scenario and seed give the same runs on the same kind of machine."))
    page.add(f"<pre>{text(facts.manifest['reproduce'])}</pre>", table_html(opening.provenance(facts)), "</section>")
    page.add(f"<footer>{text(opening.footer(facts))}</footer>")


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{text(item)}</li>' for item in items)}</ul>"

"""The brief: one page that answers, then what the answer rests on; one file that needs no other and prints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from westphalia.report import agreements, answers, contents, cost, opening, signed_terms, trust
from westphalia.report.answers import Answers
from westphalia.report.facts import Facts, gather
from westphalia.report.figures import agreements as agreement_figures
from westphalia.report.figures import basis, fronts, outcomes, series
from westphalia.report.frame import Frame
from westphalia.report.page import Figure, Page, paragraph, render, table_html, text, twin
from westphalia.report.paper import print_pdf
from westphalia.report.sections import claims, cruxes, doctrines, evidence, frictions, interventions, talks
from westphalia.report.tables import assumptions as assumption_table
from westphalia.simulate.study import open_study

FRONTS = "The fronts"
"""The section that begins with the map."""

TALKS = "Talks"
"""Series that stand with the table."""

ASKED = {
    "cruxes": ("Positions, and where exactly they disagree", cruxes.add),
    "frictions": ("Frictions: why is there no settlement yet?", frictions.add),
    "claims": ("The board of claims", claims.add),
    "doctrines": ("Doctrines in contest", doctrines.add),
}
"""Sections made from what was asked beside the runs, by command, in the order of the page."""


def write(study_dir: Path, file: Path) -> None:
    """Write the brief of a study as one HTML file that makes no request, or as a PDF where the file's name ends so.

    Args:
        study_dir: The folder of the study.
        file: The file to write; its folder must exist.

    Raises:
        BadInput: If the folder holds no study, or a PDF is wanted and there is no browser to print it.
    """
    page = build(open_study(study_dir), study_dir)
    if file.suffix.lower() == ".pdf":
        print_pdf(page, file)
    else:
        file.write_text(page, encoding="utf-8")


def build(study: Any, folder: Path) -> str:  # noqa: ANN401  (anything with the methods of a study)
    """The brief of an open study as HTML."""
    facts = gather(study, folder)
    asked = answers.read(facts, folder)
    data = contents.assumptions(facts.scenario, facts.drawn) if facts.scenario else _nothing()
    page = Page()
    opening.add(page, facts, data, asked)
    _outcomes(page, facts)
    shown = series.fan_figures(facts)
    _section(page, "fronts", FRONTS, [*fronts.front_figures(facts), *shown.pop(FRONTS, [])])
    _section(page, "first", "What ran out, and what happened", outcomes.event_figures(facts))
    of_talks = shown.pop(TALKS, [])
    for index, (heading, figures) in enumerate(shown.items()):
        _section(page, f"series-{index}", heading, figures)
    if told := series.unmoved(facts):
        page.add(paragraph(told, "note"))
    _table(page, facts, asked, of_talks)
    for name, (heading, add) in ASKED.items():
        if answers.can_be(facts, name):
            page.add(f'<section id="{name}"><h2>{text(heading)}</h2>')
            add(page, facts, asked[name]) if name in asked else page.add(_missing(facts, name))
            if name == "frictions" and answers.EQUAL in asked:
                frictions.add_equal(page, facts, asked[answers.EQUAL])
            page.add("</section>")
    evidence.add(page, facts)
    _basis(page, facts, data)
    _laws(page, facts)
    page.add('<section id="limits-of-it"><h2>Limits of the model and its evidence</h2>')
    page.add(_list(opening.limits(facts, data)), "</section>")
    _reproduce(page, facts)
    title = f"{facts.manifest['title']}: a brief"
    return render(page, title=title, description=f"What {facts.count:,} simulated runs say, and what that rests on.")


def _section(page: Page, key: str, heading: str, figures: Sequence[Figure]) -> None:
    """A section of figures; nothing where there are none."""
    if figures:
        page.add(f'<section id="{key}"><h2>{text(heading)}</h2>')
        for figure in figures:
            page.figure(figure)
        page.add("</section>")


def _missing(facts: Facts, name: str) -> str:
    return paragraph(answers.missing(facts, name), "missing")


def _nothing() -> Frame:
    columns = ["path", "title", "range", "unit", "status", "source", "drawn", "part"]
    return pd.DataFrame({column: pd.Series(dtype=bool if column == "drawn" else object) for column in columns})


def _outcomes(page: Page, facts: Facts) -> None:
    page.add('<section id="ends"><h2>How it ends, and when</h2>')
    for figure in outcomes.outcome_figures(facts):
        page.figure(figure)
    if people := cost.under_levers(facts):
        page.add('<div class="people"><h3>What each lever changes in people</h3>', table_html(people), "</div>")
    if apart := interventions.table(facts):
        page.add("<h3>Done, or merely seen</h3>", paragraph(interventions.NOTE), table_html(apart))
    for figure in outcomes.duration_figures(facts):
        page.figure(figure)
    page.add("</section>")


def _table(page: Page, facts: Facts, asked: Answers, of_talks: Sequence[Figure]) -> None:
    """What comes of the talks, and what could; left out where the study has none."""
    if not facts.has_talks:
        return
    page.add('<section id="table"><h2>At the negotiating table</h2>')
    page.add(*(paragraph(sentence) for sentence in agreements.sentences(facts)))
    page.add(table_html(agreements.summary(facts)))
    if terms := signed_terms.table(facts):
        told = signed_terms.sentence(facts)
        page.add("<h3>What is signed</h3>", *([paragraph(told)] if told else []), table_html(terms))
    for figure in (*agreement_figures.table_figures(facts), *of_talks):
        page.figure(figure)
    page.add("<h3>What could be signed at the start, and how it would be read</h3>")
    talks.add(page, facts, asked["talks"]) if "talks" in asked else page.add(_missing(facts, "talks"))
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
    page.add(f"<pre>{text(facts.manifest['reproduce'])}</pre>", paragraph(trust.halved(facts)))
    page.add(table_html(opening.provenance(facts)), "</section>")
    page.add(f"<footer>{text(opening.footer(facts))}</footer>")


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{text(item)}</li>' for item in items)}</ul>"

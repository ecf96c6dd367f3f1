"""What six frictions are worth: a headline with its bands, the chart, the wedges beside it, and what it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report import answers, words
from westphalia.report.facts import Facts
from westphalia.report.figures import adjudication
from westphalia.report.figures import frictions as figures
from westphalia.report.figures.frictions import signed
from westphalia.report.friction_words import reached
from westphalia.report.numbers import Z, each
from westphalia.report.page import Page, paragraph, table_html, text, twin

HEADLINE, HOLDING = "signed", "holding"


def add(page: Page, facts: Facts, found: Mapping[str, Any]) -> None:
    """The section on frictions."""
    page.add(*(paragraph(sentence) for sentence in sentences(found)))
    if found.get("error"):
        page.add(paragraph(reached(found)))
    page.figure(figures.worth_figure(found))
    page.add('<div class="beside">', table_html(figures.wedges(found)), "</div>")
    page.figure(figures.switches_figure(found))
    if (pairs := figures.pairs(found)).rows:
        page.add(twin(pairs, label="Pairs of frictions"))
    if found.get("adjudication"):
        _adjudication(page, facts, found)
    if found.get("separates"):
        page.add("<h3>What record would tell them apart</h3>", _records(found))
    if found.get("inputs"):
        page.add("<h3>What is put in</h3>", paragraph(_mediator(found["inputs"]["mediator"])))
        page.add(twin(figures.links(found), label="The links that are inputs"))
        if (changed := figures.without_links(found)).rows:
            page.add(twin(changed, label="The same without one of them"))
    page.add(paragraph(answers.source(facts, "frictions", found), "note"))


def add_equal(page: Page, facts: Facts, found: Mapping[str, Any]) -> None:
    """The same frictions, all weakened to one median wedge: what remains of their differences is structure."""
    page.add("<h3>With equal wedges</h3>", paragraph(equalised(found)))
    if found["equal_wedges"]["wedge"]:
        page.add(table_html(figures.equal(found)))
    page.add(paragraph(answers.source(facts, answers.EQUAL, found), "note"))


def equalised(found: Mapping[str, Any]) -> str:
    """What equal wedges are."""
    wedge = found["equal_wedges"]["wedge"]
    if not wedge:
        return "No friction takes any zone here, so none is weakened."
    of = found["equal_wedges"]["frictions"]
    full = words.listed([_title(found, key) for key, each in of.items() if not each["is_reached"]])
    rest = f" At full strength, and not to be compared with them, stand those that take less: {full}." if full else ""
    return (
        f"Every friction that takes more is weakened until its median wedge is {wedge:.3f}, the smallest of those that "
        f"take some zone. What differs then comes from how they work rather than from how wide their ranges are.{rest}"
    )


def _adjudication(page: Page, facts: Facts, found: Mapping[str, Any]) -> None:
    page.add("<h3>Which of two arguments carries more weight</h3>", paragraph(adjudicated(found)))
    page.add(table_html(adjudication.table(found["adjudication"])))
    if figure := adjudication.picture(facts, found["adjudication"]):
        page.figure(figure)


def adjudicated(found: Mapping[str, Any]) -> str:
    """The two arguments in words."""
    two = found["adjudication"]
    of = adjudication.shown(two)
    speaks = of["speaks_for"]
    told = words.listed([f"“{name}” in {words.percent(speaks[name]['share'])}" for name in two["arguments"]])
    stands = "; ".join(
        f"“{name}” stands for {words.listed([_title(found, friction) for friction in two['groups'][name]])}"
        for name in two["arguments"]
    )
    neither = words.percent(speaks["neither"]["share"])
    moved = max(abs(one["given_the_record"] - one["share"]) for one in speaks.values())
    return (
        f"{stands}: each a group of frictions switched as one. Over {of['draws']:,} draws of the assumptions, more "
        f"weight lies with {told}; in {neither} the two cannot be told apart, as they differ by "
        f"{100 * two['tolerance']:g} points or less. The error of a single draw is {100 * of['error_of_a_draw']:.1f} "
        "points, so that draws near that border are counted here or there by chance. To count each draw by how often "
        "it ends the first year unsigned moves no share by more than "
        f"{100 * moved:.1f} points: so much, and no more, the bare record of no agreement says about the two."
    )


def _records(found: Mapping[str, Any]) -> str:
    items = "".join(
        f"<dt>{text(adjudication.sentence_case(found['frictions'][key]['title']))}</dt><dd>{text(told)}</dd>"
        for key, told in found["separates"].items()
    )
    return f'<dl class="rests">{items}</dl>'


def _mediator(found: Mapping[str, Any]) -> str:
    """What a mediator is taken to know."""
    return f"A mediator is taken to know: {found['knows']}." if found.get("knows") else ""


def sentences(found: Mapping[str, Any]) -> list[str]:
    """The headline, what hangs on order and on definitions, and where a sign turns."""
    told = [_headline(found), _by_order(found), _by_definition(found), _stability(found), *_turns(found)]
    return [sentence for sentence in told if sentence]


def _headline(found: Mapping[str, Any]) -> str:
    measure = found["measures"][HEADLINE]
    gap = abs(100 * (measure["all"] - measure["none"]))
    return (
        f"Between the model with all six frictions and the same model with none, the share of runs {measure['title']} "
        f"differs by {gap:.1f} points: {words.percent(measure['all'])} with all, {words.percent(measure['none'])} with "
        "none. This compares the ranges that the scenario assumes, told in the table of wedges below; it weighs no "
        "causes in the world, and shares no blame."
    )


def _by_order(found: Mapping[str, Any]) -> str:
    data = figures.worth(found, HEADLINE)
    told = [f"{row.label} {signed(row.low)} to {signed(row.high)}" for row in each(data)]
    return f"Depending on the order in which they are switched on, each adds, in points: {'; '.join(told)}."


def _by_definition(found: Mapping[str, Any]) -> str:
    data = figures.worth(found, HEADLINE)
    if "least" not in data:
        return ""
    told = [f"{row.label} {signed(row.least)} to {signed(row.most)}" for row in each(data) if row.least == row.least]
    return f"Depending on how its absence is defined, in points: {'; '.join(told)}."


def _stability(found: Mapping[str, Any]) -> str:
    """Whether one friction stands apart from all others; no order is told where bands overlap."""
    if found.get("order"):
        return _order(found)
    rows = list(each(figures.worth(found, HEADLINE)))
    apart = [row for row in rows if all(_is_apart(row, other) for other in rows if other.label != row.label)]
    if not apart:
        return "The bands overlap: no stable order of the frictions can be told."
    names = words.listed([row.label for row in apart])
    return f"Over all orders, {names} can be told apart from all others; among the rest there is no stable order."


def _order(found: Mapping[str, Any]) -> str:
    """The order as the command judged it, and how often the leading friction is first."""
    order, first = found["order"][HEADLINE], (found.get("first_share") or {}).get(HEADLINE)
    told = ""
    if first:
        often = max(first["frictions"], key=lambda key: first["frictions"][key])
        told = (
            f" Draw by draw, {_title(found, often)} is first most often: in {words.percent(first['frictions'][often])} "
            f"of {first['draws']:,} draws."
        )
        if first["agreement"] is not None:
            told += f" Two halves of a draw’s runs name the same friction in {words.percent(first['agreement'])}."
    if not order["is_stable"]:
        return f"No stable order of the frictions can be told.{told}"
    return f"{adjudication.sentence_case(_title(found, order['leading']))} stands apart from all others.{told}"


def _title(found: Mapping[str, Any], key: str) -> str:
    return found["frictions"][key]["title"]


def _is_apart(one: Any, other: Any) -> bool:  # noqa: ANN401  (rows of a table)
    return one.low > other.high or one.high < other.low


def _turns(found: Mapping[str, Any]) -> list[str]:
    """Frictions that help one measure and harm another, and those whose sign hangs on the order."""
    if HOLDING not in found["measures"]:
        return []
    first, second = (figures.worth(found, name) for name in (HEADLINE, HOLDING))
    told = []
    for one, other in zip(each(first), each(second), strict=True):
        if one.value * other.value < 0 and all(abs(row.value) > Z * row.se for row in (one, other)):
            both = f"{signed(one.value)} points on signing, {signed(other.value)} on signing and holding"
            told.append(f"The sign of {one.label} turns: {both}.")
    unsure = [row.label for row in each(first) if row.low < 0 < row.high]
    if unsure:
        told.append(f"Whether more or fewer runs are signed with {words.listed(unsure)} hangs on which others are on.")
    return told

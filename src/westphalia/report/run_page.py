"""One run as a page: the diary, and the messages of its rounds; one file that needs no other."""

from __future__ import annotations

from westphalia.report.diary import diary
from westphalia.report.figures import messages
from westphalia.report.page import Page, paragraph, render, text
from westphalia.report.words import step_name
from westphalia.scenario.schema import Scenario
from westphalia.simulate.replay import Replay


def build(scenario: Scenario, replay: Replay, title: str) -> str:
    """The page of a run as HTML.

    Args:
        scenario: What was fought.
        replay: How it went.
        title: Which run this is.
    """
    page = Page()
    head, caution, *lines = diary(scenario, replay, title).splitlines()
    page.add("<header>", paragraph("One run from Westphalia", "kicker"), f"<h1>{text(head)}</h1>", paragraph(caution))
    page.add("</header>")
    if scenario.talks is not None and replay.rounds:
        page.add('<section id="messages"><h2>The messages</h2>')
        step = step_name(scenario.clock.days)
        page.figure(messages.overview(replay.rounds, scenario.talks, step))
        page.add(paragraph(messages.HOW_TO_READ))
        for held in messages.chosen(replay.rounds):
            page.figure(messages.round_figure(held, scenario.talks, step))
        page.add("</section>")
    page.add('<section id="answer"><h2>The diary</h2><div class="diary">', *map(_line, lines), "</div></section>")
    return render(page, title=head, description=caution, skip="To the diary")


def _line(line: str) -> str:
    """A line of the diary; what is indented stands below its week."""
    return paragraph(line.strip(), "event") if line.startswith(" ") else paragraph(line)

"""The messages of a run as charts, over a round whose distortions are known."""

import datetime as dt

import numpy as np
import pytest

from westphalia.report import run_page
from westphalia.report.figures import messages
from westphalia.scenario.load import load
from westphalia.simulate.replay import Replay
from westphalia.simulate.trace import Round


def held_round(week=1, *, is_signed=False):
    """Sent 2, 3, 1 to both; north's chain loses the second clause and reads it as 4; south's text stays as it is."""
    sent = np.array([1, 2, 0])
    stages = np.broadcast_to(sent, (4, 2, 3)).copy()
    stages[1:3, 0, 1], stages[3, 0, 1] = -1, 3
    accepted = np.array([True, is_signed, True, True])
    players = ["north leadership", "south leadership", "north-parliament", "south-parliament"]
    day = dt.date(2030, 1, 1) + dt.timedelta(days=7 * (week - 1))
    needed = np.array([True, True, False, False])
    believed = 1.0 * stages[-1]
    return Round(week, day, ["north", "south"], players, stages, believed, np.zeros(4), accepted, needed, is_signed)


@pytest.fixture(scope="module")
def talks():
    return load("duel").scenario.talks


def test_what_differs_from_the_text_sent_is_marked(talks):
    data = messages.cells(held_round(), talks)
    marked = data[data["differs"]]
    assert list(zip(marked["party"], marked["issue"], marked["stage"], marked["text"], strict=True)) == [
        ("north", "Limits on forces", "hop 1", messages.OPEN),
        ("north", "Limits on forces", "hop 2", messages.OPEN),
        ("north", "Limits on forces", "read", "4"),
    ]
    assert marked["option"].tolist() == ["left open", "left open", "Looser limits for North"]


def test_a_round_has_a_panel_a_party_and_its_table(talks):
    figure = messages.round_figure(held_round(), talks, "week")
    assert [panel.name for panel in figure.panels] == ["North", "South"]
    assert figure.description == "1 January 2030: no from the leadership of South."
    assert figure.table.columns == ("party", "issue", "sent", "hop 1", "hop 2", "read", "believed")
    assert figure.table.rows[1][:6] == ("North", "Limits on forces", "3", messages.OPEN, messages.OPEN, "4")
    assert [row[6] for row in figure.table.rows] == [f"{of + 1:.1f}" for of in held_round().believed.ravel()]
    for panel in figure.panels:
        panel.chart.to_dict()  # validates against the schema of Vega-Lite
    assert "Limits on forces 4" in figure.panels[0].chart.to_dict()["description"]
    assert "nothing" in figure.panels[1].chart.to_dict()["description"]


def test_all_rounds_stand_in_one_table(talks):
    figure = messages.overview([held_round(1), held_round(5, is_signed=True)], talks, "week")
    assert figure.table.rows == (
        ("1", "the leadership of South", "no", "1", "0"),
        ("5", messages.OPEN, "yes", "1", "0"),
    )
    assert "signed in week 5" in figure.description
    figure.panels[0].chart.to_dict()


def test_few_rounds_are_chosen_and_a_signature_is_among_them():
    rounds = [held_round(week, is_signed=week == 45) for week in range(1, 100, 4)]
    weeks = [held.week for held in messages.chosen(rounds)]
    assert len(weeks) == messages.MOST_SHOWN
    assert weeks == sorted(weeks)
    assert {1, 45, 97} <= set(weeks)


def test_a_run_is_a_page_that_makes_no_request(monkeypatch):
    scenario = load("duel").scenario
    told = Replay([], {}, *(np.zeros(0),) * 5, first=np.zeros(0), rounds=[held_round()])
    monkeypatch.setattr(run_page, "diary", lambda *_: "Duel: run 1\nOne war.\nweek 1: <quiet>.\n    A text is put.")
    page = run_page.build(scenario, told, "run 1")
    for words in (
        "<h1>Duel: run 1</h1>",
        "The round of week 1",
        "week 1: &lt;quiet&gt;.",
        "A text is put.",
        "All rounds",
    ):
        assert words in page
    assert 'src="http' not in page
    assert 'href="http' not in page

import re
from html.parser import HTMLParser

import pytest

from westphalia.report import brief, cost, opening
from westphalia.report.theme import FIRST, SECOND

HARMLESS = ("http://www.w3.org/",)
LIMIT = 1_500_000


class Reader(HTMLParser):
    """Identifiers, addresses that a browser would fetch, and visible text."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.fetched, self.text, self.hidden = [], [], [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in {"script", "style"}
        self.ids += [value for name, value in attrs if name == "id"]
        self.fetched += [
            v for n, v in attrs if n in {"src", "href", "xlink:href", "action"} and not v.startswith(("#", "data:,"))
        ]

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data):
        self.text += [] if self.hidden else [data]


@pytest.fixture(scope="module")
def page(study, study_folder):
    return brief.build(study, study_folder)


@pytest.fixture(scope="module")
def page_with_levers(study_with_levers, study_folder):
    return brief.build(study_with_levers, study_folder)


def test_the_page_makes_no_request(page):
    assert Reader(page).fetched == []
    assert [url for url in re.findall(r"https?://[^\s\"'<>)]+", page) if not url.startswith(HARMLESS)] == []
    assert "url(http" not in page
    assert "@import" not in page


def test_identifiers_are_unique(page_with_levers):
    ids = Reader(page_with_levers).ids
    assert len(ids) == len(set(ids)) > 20


def test_the_page_is_small(page, page_with_levers):
    assert len(page.encode()) < LIMIT
    assert len(page_with_levers.encode()) < LIMIT


def test_every_figure_has_a_title_a_still_and_a_table(page_with_levers):
    figures = re.findall(r"<figure .*?</figure>", page_with_levers, re.DOTALL)
    assert len(figures) > 10
    for figure in figures:
        assert "<figcaption><h3>" in figure
        assert re.search(r'<svg role="img" aria-label="[^"]{20,}"', figure)
        assert "<summary>Show as table</summary>" in figure


def test_the_sections_stand_in_their_order(page):
    order = ["What was asked", "The answer", "Human cost", "How the runs ended", "How long it goes on"]
    order += ["Where the lines end up", "Who ran out of what first", "How much rests on assumption", "Laws in use"]
    order += ["Limits of the model and its evidence", "How to get the same numbers"]
    places = [page.index(f">{heading}<") for heading in order]
    assert places == sorted(places)


def test_the_first_page_answers_with_numbers_and_cost(facts):
    told = " ".join(opening.answer(facts))
    assert len(opening.answer(facts)) == 3
    assert "In this model" in told
    assert "±" in told
    for word in ("soldiers killed", "soldiers wounded", "displaced from land occupied by", "North", "South"):
        assert word in told


def test_the_dead_of_the_run_are_told_from_those_before(facts):
    of_run, of_war = (one for one in cost.costs(facts) if one.kind == "dead")
    before = facts.at_start("sides.north.dead")
    assert before > 0
    assert of_war.by_side["North"][1] - of_run.by_side["North"][1] == pytest.approx(before)


def test_no_side_is_an_enemy_and_nothing_is_foretold(page_with_levers):
    text = " ".join(Reader(page_with_levers).text).lower()
    laws = text.index("laws in use")
    for word in ("enemy", "will win", "likely", "forecast", "bad guys"):
        assert word not in text[:laws]


def test_the_end_tells_how_to_reproduce(page):
    foot = page[page.index('<section id="reproduce">') :]
    for part in ("0.1.0+test", "0123456789ab", "seed 7", "westphalia run duel --runs 400 --seed 7"):
        assert part in foot


def test_levers_are_told_with_their_paired_effect(page_with_levers):
    assert "“No aid to North from July 2030” raises the share of" in page_with_levers
    assert "What each lever changes" in page_with_levers


def test_levers_are_told_with_what_they_change_in_lives(facts_with_levers, page_with_levers):
    told = opening.effects(facts_with_levers)
    assert all("Soldiers killed, change of the mean: North" in one for one in told)
    people = cost.under_levers(facts_with_levers)
    assert len(people.rows) == 3 * 3 * 2  # arms, kinds of loss, sides
    assert [row[3] for row in people.rows[:6]] == ["–"] * 6
    assert "What each lever changes in people" in page_with_levers


def test_without_levers_nothing_is_said_of_a_course(facts, page):
    assert opening.question(facts).count("without any lever?") == 1
    assert cost.under_levers(facts) is None
    assert "changes course" not in page


def test_plus_minus_is_95_percent_and_no_standard_error_is_shown(page_with_levers):
    text = " ".join(Reader(page_with_levers).text)
    assert "standard error" not in text
    assert "± is half of the 95" in text


def test_accents_and_status_take_no_colour_of_a_side(page):
    style = page[page.index("<style>") : page.index("</style>")]
    status = page[page.index('<figure id="statuses"') :]
    for hue in (FIRST, SECOND):
        for colour in (hue.line, hue.inner, hue.outer):
            assert colour not in style
            assert colour not in status[: status.index("</figure>")]


def test_a_study_without_its_scenario_still_gives_a_brief(study, tmp_path):
    page = brief.build(study, tmp_path)
    assert "How the runs ended" in page
    assert "numbers cannot be listed" in page


def test_text_from_a_scenario_cannot_become_markup(study, study_folder):
    title = study.manifest["title"]
    study.manifest["title"] = "<script>alert(1)</script>"
    try:
        page = brief.build(study, study_folder)
    finally:
        study.manifest["title"] = title
    assert "<script>alert" not in page

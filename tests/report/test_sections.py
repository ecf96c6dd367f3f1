"""Sections made from answers: each renders from its object, says no more than it, and stays neutral."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import made_answers
import pytest

from westphalia.report import answers, brief, trust
from westphalia.report.answer_charts import Region
from westphalia.report.answer_shapes import SHAPES
from westphalia.report.figures import claims as claim_figures
from westphalia.report.figures import doctrines as doctrine_figures
from westphalia.report.figures import frictions as friction_figures
from westphalia.report.figures.adjudication import picture
from westphalia.report.numbers import Z
from westphalia.report.sections import claims, cruxes, doctrines, frictions, talks
from westphalia.report.shapes import lacks
from westphalia.report.theme import FIRST, SECOND

LIMIT = 1_500_000
NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
SAID = {"0", "1", "2", "3", "6", "95", "5", "20", "80"}
"""Numbers of the words themselves: limits of verdicts, scales, counts of frictions."""


class Reader(HTMLParser):
    """Visible text."""

    def __init__(self, page):
        super().__init__()
        self.text, self.hidden = [], 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.hidden += tag in {"script", "style"}

    def handle_endtag(self, tag):
        self.hidden -= tag in {"script", "style"}

    def handle_data(self, data):
        self.text += [] if self.hidden else [data]


@pytest.fixture(scope="module")
def made():
    found = {name: make() for name, make in made_answers.MADE.items()}
    return found | {"frictions": made_answers.with_more(found["frictions"])}


@pytest.fixture(scope="module")
def folder(study_folder, made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked")
    (folder / "scenario.json").write_text((study_folder / "scenario.json").read_text())
    (folder / "answers").mkdir()
    for name, given in made.items():
        (folder / "answers" / f"{name}.json").write_text(json.dumps(given))
    return folder


@pytest.fixture(scope="module")
def study_at_a_table(study):
    """The study with what talks add to a run."""
    runs = study.runs().copy()
    runs["signed_week"], runs["broken_week"], runs["ceasefire_week"] = 30, -1, -1
    runs["weeks_fought"], runs["reading_gap"], runs["rounds"] = 50.0, 0.2, 12
    runs["signed[line]"], runs["signed[forces]"], runs["signed[monitoring]"] = 3.0, 3.0, 2.0
    return type(study)(study.manifest, runs, study.fans(), study.sample())


@pytest.fixture(scope="module")
def page(study_at_a_table, folder):
    return brief.build(study_at_a_table, folder)


@pytest.fixture(scope="module")
def bare_page(study_at_a_table, study_folder):
    return brief.build(study_at_a_table, study_folder)


def numbers_in(given):
    """Every way in which the numbers of an object may be told."""
    found = set(SAID)

    def add(value):
        for size in (value, 100 * value, Z * value, 100 * Z * value):
            for told in (f"{abs(size):,.0f}", f"{abs(size):.1f}", f"{abs(size):.2f}", f"{abs(size):.3f}"):
                found.add(told)
            found.add(f"{abs(size):#.3g}".rstrip("."))
            found.add(f"{abs(size):.3g}")

    def walk(part):
        if isinstance(part, dict):
            for key, each in part.items():
                walk(key)
                walk(each)
        elif isinstance(part, list):
            found.add(f"{len(part):,}")
            for each in part:
                walk(each)
        elif isinstance(part, str):
            found.update(NUMBER.findall(part))
        elif isinstance(part, int | float) and not isinstance(part, bool):
            add(part)

    walk(given)
    return found


def strangers(sentences, given):
    """Numbers of sentences that stand nowhere in an object."""
    known = numbers_in(given)
    return [number for sentence in sentences for number in NUMBER.findall(sentence) if number not in known]


def test_every_number_of_the_table_stands_in_its_object(facts, made):
    for zone in (True, False):
        found = made_answers.talks(zone=zone)
        assert strangers(talks.sentences(facts, found), found) == []


def test_every_number_of_the_frictions_stands_in_their_object(made):
    found = made["frictions"]
    signed = found["measures"]["signed"]
    whole = found | {"gap": signed["none"] - signed["all"]}
    assert strangers(frictions.sentences(found), whole) == []


def test_every_number_of_a_claim_stands_in_it(made):
    runs = made["claims"]["runs"]
    for claim in made["claims"]["claims"]:
        told = [claims.verdict(claim, runs), *(sentence for _, sentence in claims.lines(claim, runs, 7))]
        assert strangers(told, claim | {"runs": runs}) == []


def test_every_number_of_a_crux_stands_in_its_object(made):
    assert strangers(cruxes.sentences(made["cruxes"]), made["cruxes"]) == []


def test_every_number_of_the_doctrines_stands_in_their_object(facts, made):
    assert strangers(doctrines.sentences(facts, made["doctrines"]), made["doctrines"]) == []


def test_a_page_with_everything_is_small(page):
    assert len(page.encode()) < LIMIT


def test_the_sections_stand_in_their_order(page):
    order = ["ends", "fronts", "first", "table", "cruxes", "frictions", "claims", "doctrines", "assumptions"]
    order += ["limits-of-it", "reproduce"]
    places = [page.index(f'<section id="{key}">') for key in order]
    assert places == sorted(places)


def test_identifiers_are_unique_with_all_answers(page):
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_what_was_not_asked_is_named_with_its_command(bare_page):
    for name in ("talks", "cruxes", "frictions", "claims", "doctrines"):
        assert f"Not asked yet: westphalia {name} " in bare_page


def test_where_nothing_is_argued_nobody_is_sent_to_ask(facts):
    silent = replace(facts, scenario=facts.scenario.model_copy(update={"claims": {}, "positions": {}}))
    assert not answers.can_be(silent, "claims")
    assert not answers.can_be(silent, "cruxes")
    told = [words for _, words in (*trust.hinges(silent, {}), *trust.turns(silent, {}))]
    assert told == ["The scenario states no claims."] * 2 + ["The scenario states no two positions to compare."]
    assert "Not asked yet" in answers.missing(facts, "claims")


def test_the_command_of_an_answer_makes_that_very_answer(facts):
    found = {"runs": 128, "error": {"wanted": 0.01, "most_runs": 300}, "equal_wedges": {}}
    told = "westphalia frictions DIR --runs 128 --error 0.01 --most-runs 300 --equal-wedges"
    assert answers.command(facts, answers.EQUAL, found) == told


def test_no_word_takes_a_side(page):
    text = " ".join(Reader(page).text).lower()
    for word in (
        "enemy",
        "aggressor",
        "blame on",
        "guilty",
        "lied",
        "misunderstood",
        "will win",
        "bad faith",
        "regime",
    ):
        assert word not in text[: text.index("laws in use")]


def test_answers_take_no_colour_of_a_side(page):
    for key in ("cruxes", "frictions", "claims", "doctrines"):
        section = page[page.index(f'<section id="{key}">') :]
        section = section[: section.index("</section>")]
        for hue in (FIRST, SECOND):
            assert not [colour for colour in (hue.line, hue.inner, hue.outer) if colour in section]


def test_every_chart_of_an_answer_has_a_table(page):
    for key in ("cruxes", "frictions", "claims", "doctrines"):
        section = page[page.index(f'<section id="{key}">') :]
        section = section[: section.index("</section>")]
        parts = re.findall(r"<figure .*?</figure>|<article .*?</article>", section, re.DOTALL)
        assert parts
        for part in parts:
            assert "<summary>Show as table</summary>" in part
            assert re.search(r'<svg role="img" aria-label="[^"]{20,}"', part)


def test_a_claim_says_first_that_it_dies_with_a_link():
    claim = made_answers.claim(5, made_answers.ASSUMPTIONS[:2], "holds broadly", dies=True)
    first = claims.verdict(claim, 4096)
    assert first.startswith(
        "Holds broadly, and dies with “a gap of readings shortens the peace” switched off: it holds in"
    )


def test_an_undecided_claim_tells_what_would_settle_it():
    claim = made_answers.claim(4, made_answers.ASSUMPTIONS[:2], "undecided")
    assert "about 20,480 runs that count would settle it" in claims.verdict(claim, 4096)


def test_a_claim_without_runs_is_told():
    claim = made_answers.claim(4, made_answers.ASSUMPTIONS[:2], "undecided")
    claim |= {
        "share": None,
        "se": None,
        "hinge": [],
        "flip": None,
        "mirror": None,
        "picture": None,
        "boxes": [],
        "effects": [],
    }
    assert "no run that counts" in claims.verdict(claim, 4096)
    assert [term for term, _ in claims.lines(claim, 4096, 7)] == [
        "Without a link",
        "Evidence",
        "Stability",
        "Tested as",
    ]
    assert claim_figures.picture(claim) is None


def test_a_card_tells_the_size_its_region_and_what_comes_nearest():
    told = dict(claims.lines(made_answers.claim(1, made_answers.ASSUMPTIONS[:2], "holds in a region"), 4096, 7))
    assert told["By how much"].startswith(
        "Land of north, “blitz of the north” less the baseline: +21 km²".replace(" km", "\u00a0km")
    )
    assert "in 12.0\u00a0% never in the first alone" in told["By how much"]
    assert told["Inside the first box"] == "It hinges on “pull of prospects” (0.52 (±\u00a00.08), sourced)."
    assert "In no region; nearest" not in told
    lacking = "By how far apart values lie where it holds and where it does not, “pull of prospects” would not be among"
    assert lacking in told["Hinges on"]
    claim = made_answers.claim(3, made_answers.ASSUMPTIONS[:2], "mixed")
    told = dict(claims.lines(claim, 4096, 7))
    assert "Where" not in told
    nearest = told["In no region; nearest"]
    assert nearest.startswith("“weight of the course of the war in a backer's will” is ")
    assert nearest.endswith("in 71.0\u00a0% of 420 runs that did not choose it; not dense enough.")
    few = claim | {"verdict": "undecided"}
    assert "more runs would tell" in dict(claims.lines(few, 4096, 7))["In no region yet; nearest"]
    claim["nearest"]["density"] = 0.92
    assert "covers too little" in dict(claims.lines(claim, 4096, 7))["In no region; nearest"]
    assert told["Its region"].startswith("Only runs count in which “weight of the course of the war")
    assert "runs of 4,096 that lie in its region and count" in claims.verdict(claim, 4096)


def test_what_a_design_has_redrawn_is_told_beside_the_hinge():
    claim = made_answers.claim(1, made_answers.ASSUMPTIONS[:2], "holds in a region")
    nothing = {"share": None, "hinge": [], "others": None, "chance": None, "why_not": "too few of its runs count"}
    claim["design"] = made_answers.design(made_answers.ASSUMPTIONS, in_box=nothing)
    told = dict(claims.lines(claim, 4096, 7))
    assert "with interactions" in told["Hinges on"]
    assert told["Redrawn alone"].startswith(
        "By a design of 512 rows: “weight of the course of the war in a backer's will”"
    )
    assert "all other assumptions together 0.35 (±\u00a00.06) and chance 0.72 (±\u00a00.06). " in told["Redrawn alone"]
    assert told["In the first box"].endswith("nothing can be told: too few of its runs count.")
    whole = made_answers.claims()
    whole["claims"][0]["design"] = claim["design"]
    assert not list(lacks(whole, SHAPES["claims"], ""))


def test_a_box_lies_in_the_cells_of_its_limits():
    claim = made_answers.claim(1, made_answers.ASSUMPTIONS[:2], "holds in a region")
    axes = claim["picture"]["x"], claim["picture"]["y"]
    assert claim_figures._box(claim["boxes"], axes) == Region((3.0, 8.0), (0.0, 6.0))


def test_no_order_is_told_where_bands_overlap(made):
    assert any("No stable order" in sentence for sentence in frictions.sentences(made["frictions"]))
    plain = made_answers.frictions()
    assert any("no stable order" in sentence for sentence in frictions.sentences(plain))


def test_a_sign_that_turns_between_signing_and_holding_is_told(made):
    assert any("The sign of garbled messages turns" in sentence for sentence in frictions.sentences(made["frictions"]))


def test_the_second_band_is_drawn_where_definitions_were_tried(made):
    assert "least" in friction_figures.worth(made["frictions"], "signed")
    assert "least" not in friction_figures.worth(made_answers.frictions(), "signed")


def test_equal_wedges_stand_beside_the_usual_values_and_replace_nothing(page, made):
    table = friction_figures.equal(made["frictions-equal"])
    assert [row[1] for row in table.rows].count("0.40") == len(table.rows) - 1
    assert {row[0]: row[1] for row in table.rows}["garbled messages"] == "full, as it takes less"
    assert "those that take less: garbled messages." in frictions.equalised(made["frictions-equal"])
    assert "With equal wedges" in page
    assert "westphalia frictions DIR --runs 512 --equal-wedges" in page
    assert page.index("frictions-worth") < page.index("With equal wedges")
    none = made["frictions-equal"] | {"equal_wedges": {"wedge": 0.0, "frictions": {}}}
    assert frictions.equalised(none) == "No friction takes any zone here, so none is weakened."


def test_the_dead_are_told_in_thousands(made):
    worth = friction_figures.worth(made["frictions"], "dead")
    assert worth["text"].str.endswith(" thousand persons").all()
    few = made["frictions"]["measures"]["dead"] | {"none": 0.9, "all": 0.2}
    assert friction_figures.scale_of(few) == (1000.0, "persons")
    assert friction_figures._cell_text(few, 0.212, 0.01) == "210 (±\u00a020)"
    assert friction_figures.worth(made["frictions"], "signed")["text"].str.endswith(" points").all()


def test_all_64_cells_stand_in_the_table(made):
    assert len(friction_figures.switches_figure(made["frictions"]).table.rows) == 64


def test_values_of_a_panel_add_up(made):
    measure = made["frictions"]["measures"]["signed"]
    total = sum(of["value"] for of in measure["shapley"].values())
    assert total == pytest.approx(measure["all"] - measure["none"])


def test_charts_are_valid(facts, made):
    figures = [friction_figures.worth_figure(made["frictions"]), friction_figures.switches_figure(made["frictions"])]
    figures += [picture(facts, made["frictions"]["adjudication"])]
    figures += doctrine_figures.doctrine_figures(facts, made["doctrines"])
    for figure in figures:
        assert all(len(row) == len(figure.table.columns) for row in figure.table.rows)
        for panel in figure.panels:
            assert len(panel.chart.to_dict()["description"]) > 20


def test_a_disagreement_that_changes_nothing_does_not_matter():
    (told,) = cruxes.sentences(made_answers.cruxes(matters=False))
    assert "does not matter" in told
    (told,) = cruxes.sentences(made_answers.cruxes(matters=False, is_chosen=True))
    assert "the same answer within its error: “signed within a year”" in told
    assert "does not matter" not in told


def test_a_greedy_exchange_is_said_to_be_one():
    assert cruxes.sentences(made_answers.cruxes())[-1].endswith("No smaller set does that.")
    told = cruxes.sentences(made_answers.cruxes(is_exact=False))[-1]
    assert told.endswith("This is by a greedy search, so a smaller set may exist.")


def test_claims_of_two_positions_stand_in_three_lists_with_the_runs_that_count(page):
    section = page[page.index('<section id="cruxes">') :]
    section = section[: section.index("</section>")]
    heads = ("Common ground: claims", "Claims on which the verdicts differ", "too few runs count to say")
    places = [section.index(head) for head in heads]
    assert places == sorted(places)
    assert "More parties read a deal less alike. (holds broadly; 512 runs count)" in section
    assert "“Messages and home”: mixed; “No need”: holds broadly; 301 and 212 runs count" in section
    assert "140 and 56 runs count" in section[places[-1] :]


def test_doctrines_need_no_more_than_their_equilibria(facts):
    found = {"equilibria": [{"share_of_cases": 0.6}], "stable": True}
    assert "60.0" in doctrines.sentences(facts, found)[0]
    assert doctrine_figures.doctrine_figures(facts, found) == []


def test_the_first_page_tells_hinges_flips_and_what_to_find_out(facts, made):
    told = dict([*trust.hinges(facts, made), *trust.turns(facts, made), *trust.quality(facts)])
    assert "weight of the course of the war" in told["Claims hinge on"]
    assert told["Flips a claim"].startswith("H1, the easiest of 5 to flip (“")
    assert "an assumption" in told["Find out first"]


def test_a_flip_within_its_error_is_none(facts, made):
    sure = made["claims"]["claims"]
    unsure = [{**claim, "flip": claim["flip"] | {"se": claim["flip"]["distance"]}} for claim in sure]
    assert "62.0 % of runs just beyond it say otherwise" in claims.flip(sure[0]).replace("\xa0", " ")
    assert "open already" in claims.flip(unsure[0])
    told = dict(trust.turns(facts, made | {"claims": made["claims"] | {"claims": unsure}}))
    assert told["Flips a claim"] == "No change of their leading hinges was found that flips one."


def test_half_the_error_takes_four_times_the_runs(facts, study_folder):
    assert "--runs 1600" in trust.halved(facts)
    chunks = [{"runs": 400, "wall_s": 10.0}]
    timed = type(facts)(type(facts.study)(facts.manifest | {"chunks": chunks}, facts.runs, None, None))
    assert "about 30\u00a0seconds more" in trust.halved(timed)


@pytest.mark.parametrize(("seconds", "told"), [(3, "3 seconds"), (600, "10 minutes"), (9000, "2 hours")])
def test_a_time_of_computing_has_a_unit_that_suits_it(seconds, told):
    assert trust.clock(seconds).replace("\u00a0", " ") == told

"""Answers that a study keeps: read and looked over, named where they are missing, refused where they are broken."""

import json

import made_answers
import pytest

from westphalia.errors import BadInput
from westphalia.report import answers
from westphalia.report.answer_shapes import SHAPES
from westphalia.report.shapes import NUMBER, Keyed, Maybe, lacks


def keep(folder, **found):
    (folder / "answers").mkdir(exist_ok=True)
    for name, given in found.items():
        text = given if isinstance(given, str) else json.dumps(given)
        (folder / "answers" / f"{name}.json").write_text(text, encoding="utf-8")


def faults_of(facts, folder):
    with pytest.raises(BadInput) as caught:
        answers.read(facts, folder)
    return caught.value.faults


def test_nothing_is_kept_and_nothing_is_read(facts, tmp_path):
    assert answers.read(facts, tmp_path) == {}


def test_all_made_up_answers_are_whole(facts, tmp_path):
    made = {name: make() for name, make in made_answers.MADE.items()}
    made |= {"frictions": made_answers.with_more(made_answers.frictions())}
    keep(tmp_path, **made)
    found = answers.read(facts, tmp_path)
    assert without_places(facts, found) == json.loads(json.dumps(made))
    assert set(made) == set(SHAPES)


def without_places(facts, found):
    """The same without whose number an assumption is."""
    if isinstance(found, list):
        return [without_places(facts, each) for each in found]
    if not isinstance(found, dict):
        return found
    made = {key: without_places(facts, each) for key, each in found.items()}
    if "assumption" in found and "title" in found:
        made["title"] = found["title"].removesuffix(f" ({facts.place(found['assumption'])})")
    return made


def test_an_assumption_is_told_with_whose_number_it_is(facts, tmp_path):
    made = made_answers.claims(count=1)
    paths = ("laws.attrition.intensity", "sides.north.force.total")
    made["claims"][0]["hinge"] = [
        {"assumption": path, "title": "a number", "status": "assumption", "total_effect": 0.1, "se": 0.01}
        for path in paths
    ]
    keep(tmp_path, claims=made)
    told = [hinge["title"] for hinge in answers.read(facts, tmp_path)["claims"]["claims"][0]["hinge"]]
    assert told == ["a number (law of attrition)", "a number (North)"]


def test_a_file_that_is_not_json_is_one_fault_at_its_place(facts, tmp_path):
    keep(tmp_path, claims='{"runs": 3,\n "claims": [}')
    (fault,) = faults_of(facts, tmp_path)
    assert fault.file.endswith("answers/claims.json")
    assert (fault.line, fault.column) == (2, 13)
    assert "not JSON" in fault.what
    assert "westphalia claims DIR" in fault.remedy


def test_what_is_missing_is_named_by_its_path(facts, tmp_path):
    broken = made_answers.claims(count=2)
    del broken["claims"][1]["verdict"]
    keep(tmp_path, claims=broken)
    (fault,) = faults_of(facts, tmp_path)
    assert fault.path == "claims[1].verdict"


def test_all_faults_of_all_files_are_told_at_once(facts, tmp_path):
    keep(tmp_path, claims="[]", talks="{}", frictions="nothing")
    files = {fault.file.rpartition("/")[2] for fault in faults_of(facts, tmp_path)}
    assert files == {"claims.json", "talks.json", "frictions.json"}


def test_an_answer_of_another_scenario_is_refused(facts, tmp_path):
    keep(tmp_path, cruxes=made_answers.cruxes("elsewhere"))
    (fault,) = faults_of(facts, tmp_path)
    assert "it is of elsewhere, and the study is of duel" in fault.what


def test_no_number_counts_as_nothing(facts, tmp_path):
    keep(tmp_path, claims=json.dumps(made_answers.claims(count=1) | {"x": float("nan")}))
    assert answers.read(facts, tmp_path)["claims"]["x"] is None


def test_a_missing_answer_is_told_with_its_command(facts):
    for name in SHAPES:
        assert f"westphalia {name.removesuffix('-equal')} " in answers.missing(facts, name)
    assert "--between" in answers.missing(facts, "cruxes")


def test_a_command_tells_the_size_of_its_answer(facts):
    assert "--draws 100" in answers.command(facts, "talks", made_answers.talks())
    asked = made_answers.claims(count=2)
    assert answers.command(facts, "claims", asked) == "westphalia claims DIR --runs 4096"
    asked["claims"][1]["design"] = made_answers.design(made_answers.ASSUMPTIONS)
    assert answers.command(facts, "claims", asked) == "westphalia claims DIR --runs 4096 --design 512"
    told = "westphalia cruxes DIR --between messages-and-home no-need-and-long-haul"
    assert answers.command(facts, "cruxes", made_answers.cruxes()) == told
    assert answers.command(facts, "cruxes", made_answers.cruxes(is_chosen=True)) == f"{told} --outcome signed"


@pytest.mark.parametrize(
    ("given", "shape", "path"),
    [
        ({"a": [1, "x"]}, {"a": [NUMBER]}, "a[1]"),
        ({"a": True}, {"a": NUMBER}, "a"),
        ({"a": {"b": 1, "c": None}}, {"a": Keyed(NUMBER)}, "a.c"),
        ({}, {"a": str}, "a"),
        ({"a": 3}, {"a": {"b": str}}, "a"),
        ({"a": 3}, {"a": [str]}, "a"),
    ],
)
def test_a_shape_finds_what_is_wrong(given, shape, path):
    assert [place for place, _, _ in lacks(given, shape, "")] == [path]


def test_what_may_be_left_out_is_no_fault():
    assert list(lacks({}, {"a": Maybe(str)}, "")) == []
    assert list(lacks({"a": None}, {"a": Maybe(str)}, "")) == []

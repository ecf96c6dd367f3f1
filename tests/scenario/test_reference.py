"""What can stand in a scenario is told from the declarations, and the committed JSON Schema is current."""

import json
from importlib.resources import files

import jsonschema
import pytest

from westphalia.errors import BadInput
from westphalia.laws import ORDER
from westphalia.scenario.load import library, library_names, load
from westphalia.scenario.reference import explain, json_schema, laws
from westphalia.scenario.template import copy


def test_the_committed_schema_is_current():
    committed = json.loads((files("westphalia.scenario") / "scenario.schema.json").read_text())
    assert committed == json_schema(), "renew it: westphalia schema > src/westphalia/scenario/scenario.schema.json"


@pytest.mark.parametrize("name", library_names())
def test_the_schema_accepts_every_scenario_of_the_library(name):
    data = json.loads(json.dumps(load(name).document.data, default=str))
    jsonschema.Draft202012Validator(json_schema()).validate(data)


def test_the_schema_refuses_a_misspelt_key():
    data = json.loads(json.dumps(load("duel").document.data | {"wekks": 3}, default=str))
    with pytest.raises(jsonschema.ValidationError, match="wekks"):
        jsonschema.Draft202012Validator(json_schema()).validate(data)


def test_laws_come_in_the_order_of_the_week_with_status_and_source():
    found = laws()
    assert list(dict.fromkeys(law.family for law in found)) == list(ORDER)
    helmbold = next(law for law in found if law.key == "helmbold")
    assert helmbold.summary == "One exponent spans the attrition laws from logarithmic over linear to square."
    assert (helmbold.status, "Helmbold1965" in helmbold.source) == ("contested", True)
    assert helmbold.equation.startswith("l_i = ")


@pytest.mark.parametrize(
    ("key", "title", "unit"),
    [
        ("laws.attrition.exponent", "attrition exponent", "1"),
        ("sides.russia.population", "inhabitants of the land that the side holds at the start", "thousand persons"),
        ("sides.russia.population.low", "inhabitants of the land that the side holds at the start", "thousand persons"),
        ("fronts.west.width.0", "width of the front over position, km", ""),
        ("fronts.west.width[0].value", "value at the position", "as the table"),
        ("fronts.east.river.capacity.north", "share of capacity that each side's crossings carry when intact", "1"),
        ("doctrine.north.mobilisation.wave", "its size as a share of the pool", "1"),
        ("calendars.posture.north.factor", "factor on the whole series after the start of the run", "1"),
        ("levers.truce.from", "date from which it holds; the start of the run where left out", ""),
        ("laws.supply.law", "law", ""),
    ],
)
def test_a_key_is_explained_as_it_was_declared(key, title, unit):
    (entry,) = explain(key)
    assert (entry.title, entry.unit) == (title, unit)


def test_every_number_that_the_laws_declare_has_range_status_and_source():
    (entry,) = explain("laws.attrition.exponent")
    assert (entry.low, entry.high, entry.status, entry.source) == (0.25, 1.0, "sourced", "LucasTurkes2004")


def test_a_number_of_several_laws_is_explained_for_each():
    assert [entry.law for entry in explain("laws.attrition.killed_share")] == [
        "helmbold",
        "lanchester-square",
        "lanchester-linear",
    ]


@pytest.mark.parametrize(
    ("key", "path", "hint"),
    [
        ("laws.attrition.exponnt", "laws.attrition.exponnt", 'did you mean "exponent"?'),
        ("lawz.attrition.exponent", "lawz", 'did you mean "laws"?'),
        ("sides.russia.popuation", "sides.russia.popuation", 'did you mean "population"?'),
        ("weeks.many", "weeks.many", "valid here: nothing"),
        ("", "", "valid here: name, title"),
    ],
)
def test_an_unknown_key_gets_a_suggestion(key, path, hint):
    with pytest.raises(BadInput) as caught:
        explain(key)
    (fault,) = caught.value.faults
    assert fault.path == path
    assert hint in fault.remedy


def test_a_copy_of_a_library_scenario_is_valid_under_its_new_name(tmp_path):
    folder = copy("my-war", "ukraine", tmp_path)
    loaded = load(folder)
    assert (loaded.name, loaded.scenario.name) == ("my-war", "my-war")
    assert loaded.scenario.title == load("ukraine").scenario.title
    assert (folder / "scenario.yaml").read_text().startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    assert json.loads((folder / "scenario.schema.json").read_text()) == json_schema()
    assert {file.name for file in (library() / "ukraine").iterdir()} < {file.name for file in folder.iterdir()}


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("My War", "duel", '"My War" is no name; give lower-case letters, digits and hyphens'),
        ("../war", "duel", '"../war" is no name'),
        ("war", "dule", 'the library has no "dule"; did you mean "duel"?'),
        ("taken", "duel", "taken is there already; give another name"),
    ],
)
def test_a_copy_that_cannot_be_made_is_refused(tmp_path, name, source, message):
    (tmp_path / "taken").mkdir()
    with pytest.raises(BadInput, match="; ") as caught:
        copy(name, source, tmp_path)
    assert message in str(caught.value)

"""What a record names must exist, and its folds go forward."""

import copy
import re
from pathlib import Path

import pytest

from records import FITTED, beside, record
from westphalia.analyse.evidence.observed import observed
from westphalia.analyse.evidence.task import Task
from westphalia.errors import BadInput
from westphalia.scenario.checks import warnings
from westphalia.scenario.load import load


def refused(folder, said):
    """Path and sentence of every fault of a record."""
    with pytest.raises(BadInput) as error:
        load(beside(folder, said))
    assert {fault.file.rpartition("/")[2] for fault in error.value.faults} == {"record.yaml"}
    return {fault.path: fault.message for fault in error.value.faults}


def test_a_right_record_has_no_fault(tmp_path):
    scenario = load(beside(tmp_path, record())).scenario
    assert list(scenario.folds["half"].parameters) == FITTED
    assert list(scenario.observed) == ["dead-north", "dead-south"]


def test_words_that_name_nothing_are_told_all_at_once(tmp_path):
    said = copy.deepcopy(record())
    said["observed"]["dead-north"] |= {"of": "nort", "map_of": "dead-west"}
    said["folds"]["half"] |= {"variant": "plane", "fitted": ["dead-nort"], "scored": ["dead-south", "tanks"]}
    said["folds"]["half"]["parameters"] = ["laws.attrition.intensitty"]
    found = refused(tmp_path, said)
    assert found.keys() == {
        "observed.dead-north.of",
        "observed.dead-north.map_of",
        *(f"folds.half.{key}" for key in ("variant", "fitted[0]", "scored[1]", "parameters[0]")),
    }
    assert found["folds.half.variant"] == '"plane" is not known here; did you mean "plain"?'
    assert found["folds.half.parameters[0]"].endswith('did you mean "laws.attrition.intensity"?')
    assert found["folds.half.scored[1]"].endswith("valid here: dead-north, dead-south")


@pytest.mark.parametrize(("series", "of"), [("position", "centre"), ("will", "friend-of-north"), ("land", "south")])
def test_a_series_is_of_whom_it_can_be(tmp_path, series, of):
    said = copy.deepcopy(record())
    said["observed"]["dead-north"] |= {"series": series, "of": of}
    load(beside(tmp_path, said))
    said["observed"]["dead-north"]["of"] = "nobody"
    assert list(refused(tmp_path, said)) == ["observed.dead-north.of"]


@pytest.mark.parametrize(
    ("part", "key", "wrong", "says"),
    [
        ("folds", "last", "2030-06", "the last month 2030-06 lies before the first one that is scored, 2030-07"),
        ("folds", "origin", "2030-7", ""),
        ("folds", "fitted", [], ""),
        ("folds", "parameters", [], ""),
        ("observed", "error", {"common": 0.1}, "no value is free of error"),
        ("observed", "scale", 0, ""),
    ],
)
def test_what_cannot_be_is_refused(tmp_path, part, key, wrong, says):
    said = copy.deepcopy(record())
    said[part][{"folds": "half", "observed": "dead-north"}[part]][key] = wrong
    found = refused(tmp_path, said)
    assert len(found) == 1
    assert says in next(iter(found.values()))


def test_the_example_of_the_page_is_right(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "scenario.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(statements:.*?)```", page, re.DOTALL)
    folder = beside(tmp_path, {}, variants={"winter": {"title": "Winter", "set": {"start": "2030-01-01"}}})
    (folder / "record.yaml").write_text(example)
    rows = [f"2030-{month:02d},north,{2000 + 100 * month}\n" for month in range(1, 13)]
    (folder / "deaths.csv").write_text("month,side,deaths\n" + "".join(rows))
    war = load(folder)
    assert warnings(war.scenario, war.document) == []
    task = Task.of(war, "year-one", observed(war), 1)
    assert task.months == [f"2030-{month:02d}" for month in range(1, 7)]
    assert task.summaries.seen.tolist() == [2100, 2200, 2300, 2400, 2500, 2600]
    assert list(war.scenario.statements) == ["S1", "S2"]

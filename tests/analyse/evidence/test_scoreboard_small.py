"""The scoreboard gathered on a small war: a small form of what ``make evidence`` makes whole."""

import csv
import json
import shutil

import pytest

from records import AHEAD, silently
from westphalia.analyse.evidence.scoreboard import ENGEL, gathered, patterns, published
from westphalia.report import scoreboard

LESS = {"title": "Fires kill", "set": {"laws": {"attrition": {"background": 0}}}}


def case(war, pattern, passed):
    return {"case": war, "pattern": pattern, "passed": passed}


def test_a_pattern_is_shown_where_all_that_could_be_tested_is_met():
    cases = [case("a", 1, True), case("a", 1, False), case("b", 1, True), case("b", 1, None), case("a", 2, False)]
    shown = {each["number"]: each for each in patterns([*cases, case("a", None, True), case("a", 3, None)])}
    assert shown[1]["shown"] is True
    assert shown[1]["wars"] == [{"case": "a", "met": 1, "tested": 2}, {"case": "b", "met": 1, "tested": 1}]
    assert shown[2]["shown"] is False
    assert shown[3]["shown"] is None
    assert len(shown) == 9


def test_the_published_battle_is_fought_anew():
    attacker, defender = published()
    assert attacker["here"] == pytest.approx(ENGEL["attacker"], rel=0.01)
    assert defender["here"] == pytest.approx(ENGEL["defender"], rel=0.1)


@pytest.mark.slow
def test_a_small_scoreboard_is_made_whole(small, tmp_path):
    folder, later, _ = small
    war = tmp_path / "war"
    shutil.copytree(folder, war)
    with (war / "dead.csv").open("a", newline="") as opened:
        csv.writer(opened).writerows([month, "north", own] for month, own in zip(AHEAD, later["north"], strict=True))
    record = json.loads((war / "record.yaml").read_text())
    test = {"series": "dead", "of": "both", "weeks": [0, 8], "as": "change", "is": "more than", "than": 0}
    record["statements"] = {"S1": {"sentence": "Some die.", "pattern": 1, "tests": [test], "share": [0.9, 1]}}
    record["untested"] = {"S2": {"sentence": "They regret it.", "reason": "nothing measures it"}}
    record["misfits"] = [{"what": "No sea", "why": "there is none"}]
    record |= {"links": {"background": LESS}}
    record["folds"]["half"]["without"] = ["background"]
    (war / "record.yaml").write_text(json.dumps(record))
    found = gathered([str(war)], tmp_path / "kept", silently, runs=64, fit_runs=256, sets=20)
    assert [each["passed"] for each in found["cases"]] == [True, None]
    assert [each["without"] for each in found["folds"]] == [None, "Fires kill"]
    assert all(len(each["coverage"]["coverage"]) == 3 for each in found["folds"])
    page = scoreboard.page(json.loads(json.dumps(found)) | {"tallies": [], "decisions": None})
    assert "1 of 1 statements met" in page
    assert "one mechanism less" in page
    assert "without this: Fires kill" in page
    assert "No sea" in page
    assert "They regret it." in page

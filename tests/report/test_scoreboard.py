"""The scoreboard tells failures beside successes, on its page and in briefs."""

import json

import pytest

from westphalia.report import scoreboard, trust
from westphalia.report.page import Page
from westphalia.report.sections import evidence


def case(name, war, passed, *, sure=True, pattern=None):
    figures = {"value": 0.5, "se": 0.02, "tolerance": [0.4, None], "kind": "share"}
    return {"case": war, "statement": name, "sentence": f"{name} holds.", "recorded": "it did", "passed": passed} | {
        "sure": sure,
        "reason": "" if passed is not None else "no run shows it",
        "pattern": pattern,
        **figures,
    }


def row(forecaster, difference):
    found = {"case": "duel", "fold": "later", "without": None, "target": "front", "mode": "A", "forecaster": forecaster}
    return found | {
        "crps": 1234.0,
        "best_baseline": "last month",
        "baseline_crps": 1300.0,
        "difference": difference,
        "difference_se": 10.0,
        "coverage80": 0.75,
        "coverage95": 0.9,
        "baselines": {"no change": 1500.0, "last month": 1300.0},
    }


def day(name, war, place):
    """A milestone of 5 where the middle 80 % of runs reach from 0 to 10; its place says where it lies."""
    value = {"below": -3.0, "inside": 5.0, "above": 14.0}[place]
    words = {"case": war, "milestone": name, "title": f"{name} of {war}", "day": "2030-03-01", "since": None}
    words |= {"value": value, "error": 1.0, "model": [0.0, 4.0, 10.0], "inside": place == "inside"}
    return words | {"place": 0.6, "skill": 0.25, "reason": ""}


@pytest.fixture
def board():
    levels = [{"level": 0.8, "covered": 0.79, "se": 0.01}]
    coverage = {"sets": 50, "coverage": levels, "numbers": 2, "numbers_below_5_percent": 0}
    numbers = [{"path": "a", "contraction": 0.5}, {"path": "b", "contraction": 0.0}]
    later = {"case": "duel", "fold": "later", "without": None, "title": "Later months", "scored": True}
    drawn = {"statistic": "median weeks", "empirical": 20, "simulated": 61.0, "verdict": "red"}
    return {
        "version": "9.9",
        "date": "2030-01-01",
        "runs": 512,
        "seed": 1,
        "cases": [case("H1", "duel", True), case("H2", "duel", False, sure=False), case("H1", "other", True)]
        + [case("H2", "other", None)],
        "milestones": [day("line", "duel", "inside"), day("dead", "duel", "above"), day("line", "other", "below")],
        "scores": [row("prior", -66.0), row("calibrated", -5.0), row("calibrated", 4.0)],
        "folds": [later | {"parameters": numbers, "at_an_edge": ["a"], "coverage": coverage}],
        "patterns": [
            {
                "number": 1,
                "title": "P",
                "seen_in": "X",
                "wars": [{"case": "duel", "met": 1, "tested": 2}],
                "shown": False,
            },
            {"number": 2, "title": "Q", "seen_in": "Y", "wars": [], "shown": None},
        ],
        "published": [{"what": "left", "published": 51.985, "here": 51.98}],
        "misfits": [{"case": "duel", "what": "No rivers", "why": "none here"}],
        "tallies": [
            {"page": "signs.md", "version": "9.9", "date": "2030-01-01"}
            | {"test": "Signs", "passed": 25, "of": 38, "failing": ["F3", "F4"]}
        ],
        "decisions": None,
        "drawn_wars": {"runs": 300, "kept": 200, "lines": {"G1": drawn, "G2": drawn | {"verdict": "green"}}}
        | {"whole": {"green": 1, "amber": 0, "red": 1, "passes": False}},
    }


def test_the_page_tells_what_is_missed(board):
    page = scoreboard.page(board)
    assert "2 of 3 statements met (1 within error of a bound, 1 not tested)" in page
    assert "every tested statement is met: 1 of 2 (other)" in page
    assert "Patterns shown by some war of the library: 0 of 1" in page
    assert "better than the best naive rule: prior 1 of 1 (1 beyond error); calibrated 1 of 2 (0 beyond" in page
    assert "the ensemble does not pass; 1 lines green" in page
    assert "1 of 2 numbers informed" in page
    assert "79.0 ± 1.0 % at 80 %" in page
    assert "| G1 | median weeks | 20 | 61 | red |" in page
    assert "G2" not in page
    assert "H2 holds. (no run shows it)" in page
    assert "1 of 3 milestones inside the central 80 % of runs (1 recorded below it, 1 above); 3 of 3 levels" in page
    assert "| dead | dead of duel | 2030-03-01 | 14 ± 1.96 | 0, 4, 10 | no | 0.60 | +0.25 |" in page


def test_the_page_tells_what_other_pages_come_to(board):
    page = scoreboard.page(board)
    assert "* Signs: 25 of 38." in page
    assert "| Signs | 25 | 38 | F3, F4 | [signs.md](signs.md) | 9.9, 2030-01-01 |" in page
    assert "No page of tests" in scoreboard.page(board | {"tallies": []})


def test_every_naive_forecast_stands_beside_the_calibrated_model(board):
    assert "| front | A | 1,234 | 1,500 | 1,300 |" in scoreboard.page(board)


def test_a_pattern_shown_by_chance_alone_is_told_so(board):
    shown = [case("H1", "duel", True, pattern=1), case("H2", "duel", True, sure=False, pattern=1)]
    pattern = board["patterns"][0] | {"wars": [{"case": "duel", "met": 2, "tested": 2}], "shown": True}
    page = scoreboard.page(board | {"cases": shown, "patterns": [pattern]})
    assert "1 of 1 (1 of them within error of a bound)" in page
    assert "yes, within error |" in page
    sure = [each | {"sure": True} for each in shown]
    page = scoreboard.page(board | {"cases": sure, "patterns": [pattern]})
    assert "1 of 1 (0 of them within error of a bound)" in page
    assert "duel 2 of 2 | yes |" in page


def test_rules_of_bargaining_are_told_where_their_data_were_at_hand(board):
    assert "Not made in this call: the data are others'" in scoreboard.page(board)
    apart = {"mean": -1.5, "low": -2.0, "high": -1.0}
    rule = {"rule": "Nash", "verdict": "beats the mean", "error": {"mean": 20.0, "low": 18.0, "high": 22.0}}
    decisions = {"decisions": 188, "scored": 180, "resamples": 4000, "yardsticks": ["mean"]}
    page = scoreboard.page(board | {"decisions": decisions | {"rules": [rule | {"against": {"mean": apart}}]}})
    assert "Rules of bargaining on known decisions: 1 of 1 beat the mean." in page
    assert "| Nash | beats the mean | 20.0 | 18.0 to 22.0 | -1.5 (-2.0 to -1.0) |" in page


def test_every_row_of_a_table_has_as_many_cells_as_its_head(board):
    lines = scoreboard.page(board).splitlines()
    for number, line in enumerate(lines):
        if line.startswith("|---"):
            width = lines[number - 1].count("|")
            for following in lines[number:]:
                if not following.startswith("|"):
                    break
                assert following.count("|") == width, following


def test_a_brief_tells_the_scoreboard_of_its_version(board, facts, tmp_path, monkeypatch):
    name = facts.manifest["scenario"]
    for part in ("cases", "milestones", "scores", "folds"):
        for each in board[part]:
            each["case"] = name if each["case"] == "duel" else each["case"]
    file = tmp_path / "scoreboard.json"
    file.write_text(json.dumps(board))
    monkeypatch.setattr(scoreboard, "FILE", file)
    scoreboard.shipped.cache_clear()
    told = trust.history(facts)
    assert "This war: 1 of 2 statements met" in told
    assert "1 of 2 milestones inside" in told
    assert "As of 2030-01-01" in told
    page = Page()
    evidence.add(page, facts)
    scoreboard.shipped.cache_clear()
    html = "".join(page.parts)
    assert "H2 holds." in html
    assert "dead of duel" in html
    assert "line of other" not in html
    assert "−66" in html or "-66" in html


def test_a_version_without_a_scoreboard_names_the_command(facts, tmp_path, monkeypatch):
    monkeypatch.setattr(scoreboard, "FILE", tmp_path / "none.json")
    scoreboard.shipped.cache_clear()
    assert trust.history(facts).startswith("Not scored in this version: westphalia hindcast")
    scoreboard.shipped.cache_clear()

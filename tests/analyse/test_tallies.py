"""Tallies: what makers of pages leave for the scoreboard, and that a page made anew replaces its own and no other's."""

import pandas as pd

from westphalia.analyse import beliefs, signs, structure
from westphalia.analyse.finding import Finding
from westphalia.analyse.tallies import Tally, note, read


def row_of_signs(fact, passes):
    numbers = {"weeks": 4, "draws": 8, "ties": 0, "share": 0.9, "mirrored": 0.9, "difference": 0.0, "error": 0.1}
    words = {"fact": fact, "metric": "m", "expected": "+", "source": "s"}
    return signs.Row(**words, **numbers, is_passed=passes)


def test_a_page_made_anew_replaces_its_own_tallies_alone(tmp_path):
    assert read(tmp_path) == []
    note(tmp_path, "signs.md", [Tally("signs", 1, 3, ["F1", "F2"])])
    note(tmp_path, "beliefs.md", [Tally("start", 0, 2, ["duel", "ukraine"]), Tally("later", 2, 2, [])])
    note(tmp_path, "signs.md", [Tally("signs", 3, 3, [])])
    found = [(row["page"], row["test"], row["passed"], row["of"], row["failing"]) for row in read(tmp_path)]
    assert found == [
        ("beliefs.md", "start", 0, 2, ["duel", "ukraine"]),
        ("beliefs.md", "later", 2, 2, []),
        ("signs.md", "signs", 3, 3, []),
    ]


def test_sign_tests_count_rows_and_name_facts_once():
    frame = pd.DataFrame([row_of_signs("F1", False), row_of_signs("F1", False), row_of_signs("F2", True)])
    assert signs.tally(frame)[1:] == (1, 3, ["F1"])


def test_structural_figures_without_a_bound_are_not_counted():
    rows = [Finding(test, "duel", "s", "1", "2", passed) for test, passed in (("1 a", True), ("2 b", False))]
    rows.append(Finding("3 c", "duel", "s", "1", "", None))
    assert structure.tally(rows)[1:] == (1, 2, ["2 b"])


def test_beliefs_are_counted_by_moment_against_one_half():
    bins = [beliefs.Bin(0.4, 0.6, 10, 0.5, 0.5)]

    def found(war, when, brier, bins=bins):
        return beliefs.Finding(war, when, 0.5, bins, brier, 0.25)

    nobody = found("c", "after two years", float("nan"), [])
    rows = [
        found("a", "at the start", 0.27),
        found("a", "after two years", 0.1),
        found("b", "at the start", 0.2),
        nobody,
    ]
    start, later = beliefs.tallies(rows)
    assert start[1:] == (1, 2, ["a"])
    assert later[1:] == (1, 1, [])

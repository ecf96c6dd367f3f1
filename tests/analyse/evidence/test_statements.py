"""Statements about made-up runs get the value, error and answer that counting by hand gives."""

import json

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from wars import loaded
from westphalia.analyse.claim_runs import Store
from westphalia.analyse.evidence.statements import FEWEST, figures, statements
from westphalia.report.record_words import told
from westphalia.scenario.record import Statement
from westphalia.simulate.study_manifest import Plan

WEEKS = 52
RUNS = 400
ONGOING = {"outcome": "ongoing", "is": "at least", "than": 1}
MORE = {"series": "land", "of": "north", "is": "more than", "than": 0}


def runs(share, more=0.0):
    """An arm in which land of North is positive in this share of the runs, by rows of the run's number."""
    number = np.arange(RUNS)
    land = np.where(number < share * RUNS, 1.0, -1.0)
    return pd.DataFrame({"land[north]": land, "land[south]": more - land, "signed_week": number % 100 - 10.0})


def figured(statement, **arms):
    found = figures(
        Statement.model_validate({"sentence": "So it is."} | statement), arms, loaded("duel").scenario, WEEKS
    )
    return found[0] if len(found) == 1 else found


def test_a_share_is_counted_with_its_error():
    figure = figured({"tests": [MORE], "share": [0.7, 1]}, baseline=runs(0.8))
    assert figure.value == pytest.approx(0.8)
    assert figure.se == pytest.approx(np.sqrt(0.8 * 0.2 / RUNS))
    assert figure.distance == pytest.approx(0.1 / figure.se)
    assert figured({"tests": [MORE], "share": [None, 0.7]}, baseline=runs(0.8)).distance == pytest.approx(
        -figure.distance
    )


@pytest.mark.parametrize(("kind", "value"), [("change", 0.3), ("ratio", 4.0)])
def test_two_arms_are_compared(kind, value):
    arms = {"baseline": runs(0.1), "truce": runs(0.4)}
    figure = figured({"lever": "truce", "tests": [MORE], kind: [0.2, None]}, **arms)
    assert figure.value == pytest.approx(value)
    by_hand = np.sqrt(0.1 * 0.9 / RUNS + 0.4 * 0.6 / RUNS)
    if kind == "change":
        assert figure.se == pytest.approx(by_hand)
    else:
        assert figure.se == pytest.approx(4 * np.sqrt(0.9 / 0.1 / RUNS + 0.6 / 0.4 / RUNS))


def test_a_ratio_to_nothing_is_beyond_any_bound_and_nothing_to_nothing_is_no_answer():
    statement = {"lever": "truce", "tests": [MORE], "ratio": [2, None]}
    assert figured(statement, baseline=runs(0), truce=runs(0.4)).distance == np.inf
    assert np.isnan(figured(statement, baseline=runs(0), truce=runs(0)).value)


def test_quantiles_are_those_of_the_runs_that_count():
    statement = {
        "given": [{"weeks_until": "signature", "is": "at most", "than": WEEKS}],
        "measure": {"weeks_until": "signature"},
        "quantiles": {0.5: [20, 30], 0.9: [None, 40]},
    }
    middle, late = figured(statement, baseline=runs(0.5))
    assert middle.value == 26  # of the weeks 0 to 52, each in four runs, after those that never sign
    assert middle.distance > 0
    assert late.distance < 0
    assert middle.runs == 4 * 53


def test_the_sides_are_added_where_both_are_asked_for():
    statement = {"tests": [MORE | {"of": "both", "than": 2}], "share": [0, 1]}
    assert figured(statement, baseline=runs(0.5, more=3.0)).value == 1.0
    assert figured(statement, baseline=runs(0.5, more=1.0)).value == 0.0


def test_too_few_runs_say_nothing():
    few = {"given": [MORE], "tests": [MORE], "share": [0.5, 1]}
    assert figured(few, baseline=runs((FEWEST - 1) / RUNS)) == []
    assert figured(few, baseline=runs(FEWEST / RUNS)).value == 1.0


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"tests": [MORE]}, "0 bounds"),
        ({"tests": [MORE], "share": [0, 1], "change": [0, 1]}, "2 bounds"),
        ({"tests": [MORE], "quantiles": {0.5: [0, 1]}}, "quantiles are of a measure"),
        ({"tests": [MORE], "change": [0, 1]}, "name a lever"),
        ({"measure": {"weeks_until": "signature"}, "quantiles": {1.5: [0, 1]}}, "levels between 0 and 1"),
        ({"tests": [MORE | {"weeks": [3, 10]}], "share": [0, 1]}, "a window needs weeks and as"),
        ({"tests": [MORE | {"weeks": [9, 3], "as": "mean"}], "share": [0, 1]}, "to a later one"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(wrong, says):
    with pytest.raises(ValidationError, match=says):
        Statement.model_validate({"sentence": "So it is."} | wrong)


@pytest.mark.slow
def test_a_record_is_held_against_runs_from_each_start(tmp_path):
    window = {"series": "position", "of": "centre", "weeks": [0, 6], "as": "spread", "is": "at least", "than": 0}
    said = {
        "S1": {"sentence": "Lines move.", "tests": [window], "share": [1, 1]},
        "S2": {"sentence": "Nobody wins.", "variant": "later", "tests": [ONGOING], "share": [0.99, 1]},
        "S3": {"sentence": "Too late.", "tests": [{**MORE, "week": 999}], "share": [0, 1]},
    }
    variants = {"later": {"title": "A week later", "set": {"start": "2030-01-08", "weeks": 4}}}
    data = loaded("duel").document.data | {"variants": variants, "talks": None, "claims": {}, "links": {}, "mirror": {}}
    data |= {"levers": {}, "positions": {}}
    (tmp_path / "scenario.yaml").write_text(json.dumps(data, default=str))
    (tmp_path / "record.yaml").write_text(json.dumps({"statements": said}))
    store = Store(Plan.of(tmp_path), tmp_path / "arms", lambda *_: None)
    moved, later, late = statements(store, 64)
    assert moved["passed"]
    assert moved["value"] == 1.0
    assert later["variant"] == "later"
    assert later["passed"]
    assert late["passed"] is None
    assert "999" in late["reason"]
    words = told({"cases": [moved, later, late], "milestones": [], "scores": [], "folds": []})
    assert "2 of 2 statements met" in words
    assert "1 not tested" in words

"""Values of single days find their place among runs, their skill beside the start, and their day in the run."""

import datetime

import numpy as np
import pytest
from pydantic import ValidationError

from wars import loaded
from westphalia.analyse.claim_runs import Store
from westphalia.analyse.evidence.milestones import milestones, placed
from westphalia.report.record_words import told
from westphalia.scenario.record import Milestone
from westphalia.simulate.study_manifest import Plan

RUNS = 20_000
START = datetime.date(2031, 1, 1)
LINE = {"title": "line", "day": "2031-03-01", "series": "position", "of": "west", "value": 1.2, "error": 0.6}


def milestone(**changed):
    return Milestone.model_validate(LINE | changed)


def normal(spread=1.0, mean=0.0, seed=1):
    return mean + spread * np.random.default_rng(seed).standard_normal(RUNS)


def test_the_place_is_that_among_draws_with_the_error_of_the_record_added():
    """0.8^2 + 0.6^2 = 1: 1.2 stands at Phi(1.2) = 0.8849, within 80 %; 1.4 at 0.9192, beyond it."""
    found = placed("it", milestone(), normal(0.8), None, 1)
    assert found["place"] == pytest.approx(0.8849, abs=0.008)
    assert found["model"] == pytest.approx([-1.2816, 0.0, 1.2816], abs=0.03)
    assert found["inside"]
    beyond = placed("it", milestone(value=1.4), normal(0.8), None, 1)
    assert beyond["place"] == pytest.approx(0.9192, abs=0.008)
    assert not beyond["inside"]


def test_skill_is_that_of_the_crps_of_a_normal_forecast_beside_the_start():
    """CRPS of N(0, 1) at 1.2 is 0.7480, of N(-3, 0.6) there 3.8615 [Gneiting2007]: skill 0.8063; without start none."""
    found = placed("it", milestone(), normal(0.8), np.full(RUNS, -3.0), 1)
    assert found["skill"] == pytest.approx(0.8063, abs=0.01)
    same = placed("it", milestone(), np.full(RUNS, -3.0), np.full(RUNS, -3.0), 1)
    assert same["skill"] == pytest.approx(0.0, abs=1e-12)
    assert placed("it", milestone(), normal(), None, 1)["skill"] is None


def test_a_day_is_read_at_the_end_of_the_nearest_step():
    """Day 59 is nearest to the end of week 8 (day 56), day 60 to that of week 9."""
    assert milestone().measure(START, 7).week == 8
    assert milestone(day="2031-03-02").measure(START, 7).week == 9
    assert milestone().measure(START, 1).week == 59
    assert milestone().before(START, 7).weeks == (0, 8)
    assert milestone(since="2031-01-15").measure(START, 7).weeks == (2, 8)
    assert milestone(since="2031-01-15").before(START, 7) is None


def test_a_change_is_brought_to_the_days_between():
    """45 days from 15 January to 1 March are shown by six weeks: 45/42 of what they change by; a level stays."""
    assert milestone(since="2031-01-15").pace(START, 7) == pytest.approx(45 / 42)
    assert milestone().pace(START, 7) == 1.0


def test_what_lies_before_the_start_of_the_runs_is_not_measured():
    assert milestone(day="2031-01-02").measure(START, 7) is None
    assert milestone(since="2030-12-20").measure(START, 7) is None
    with pytest.raises(ValidationError, match="give an earlier day as since"):
        milestone(since="2031-03-01")
    with pytest.raises(ValidationError):
        milestone(error=0)


def test_milestones_of_a_scenario_are_read_off_its_runs(tmp_path):
    """A line at its own median is in its middle; one beyond the horizon is told as outside the runs' time."""
    war = loaded("duel")
    start = war.scenario.start
    week = start + datetime.timedelta(days=7 * 8)
    given = {
        "level": milestone(day=week, value=0.0, error=1e-6, title="the line"),
        "dead": milestone(day=week, since=start, series="dead", of="both", value=1e4, title="dead"),
        "late": milestone(day=start + datetime.timedelta(days=7 * 5000)),
    }
    scenario = war.scenario.model_copy(update={"milestones": given})
    changed = type(war)(scenario, war.document, war.name)
    plan = Plan(changed, "duel", None, 1, scenario.weeks, ())
    level, dead, late = milestones(Store(plan, tmp_path, lambda *_: None), 256)
    assert 0.0 < level["place"] < 1.0
    assert level["skill"] is not None
    assert dead["place"] == 1.0
    assert not dead["inside"]
    assert late["model"] is None
    assert late["reason"]
    words = told({"cases": [], "milestones": [level, dead, late], "folds": [], "scores": []})
    assert "1 outside the runs' time" in words
    assert "1 above" in words

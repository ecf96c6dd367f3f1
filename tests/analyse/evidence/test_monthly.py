"""Months of a run: changes of a line are exact, months lie wholly within, calendars end where asked."""

import datetime as dt

import numpy as np
import pytest

from wars import loaded
from westphalia.analyse.evidence.monthly import (
    after,
    as_announced,
    begin,
    between,
    first_whole,
    monthly_changes,
    steps_to,
    whole_months,
)
from westphalia.assemble.calendars import calendar
from westphalia.assemble.draw import Draw
from westphalia.scenario.schema import Scenario

ORIGIN = dt.date(2030, 3, 10)


def beginning(day, **clock):
    """The duel from another day on."""
    duel = loaded("duel").scenario
    return duel.model_copy(update={"start": day, "clock": duel.clock.model_copy(update=clock)})


def test_months_are_counted_over_the_year():
    assert after("2030-12") == "2031-01"
    assert after("2030-01", -1) == "2029-12"
    assert after("2030-05", 20) == "2032-01"
    assert between("2029-11", "2030-02") == ["2029-11", "2029-12", "2030-01", "2030-02"]
    assert between("2030-02", "2030-01") == []


@pytest.mark.parametrize(
    ("start", "weeks", "months"),
    [
        (dt.date(2030, 1, 1), 4, []),  # 28 days are no January
        (dt.date(2030, 2, 1), 4, ["2030-02"]),
        (dt.date(2032, 2, 1), 4, []),  # a leap year: 29 days
        (dt.date(2032, 2, 1), 5, ["2032-02"]),
        (dt.date(2030, 1, 2), 8, []),  # a day short of the first of March
        (dt.date(2030, 1, 2), 9, ["2030-02"]),
        (dt.date(2030, 12, 15), 12, ["2031-01", "2031-02"]),
    ],
)
def test_whole_months_lie_within_a_run(start, weeks, months):
    assert whole_months(beginning(start), weeks) == months


def test_the_first_whole_month_begins_at_the_start_or_after_it():
    assert first_whole(beginning(dt.date(2030, 12, 1))) == "2030-12"
    assert first_whole(beginning(dt.date(2030, 12, 2))) == "2031-01"


@pytest.mark.parametrize("days", [1, 7, 10])
@pytest.mark.parametrize("start", [dt.date(2031, 12, 1), dt.date(2031, 12, 17)])
def test_the_steps_to_a_month_are_the_fewest_that_hold_it(start, days):
    scenario = beginning(start, days=days)
    steps = steps_to(scenario, "2032-02")
    assert whole_months(scenario, steps)[-1] == "2032-02"
    assert "2032-02" not in whole_months(scenario, steps - 1)


@pytest.mark.parametrize("days", [1, 7, 10])
def test_the_change_of_a_line_is_its_slope_times_the_days_of_the_month(days):
    scenario = beginning(dt.date(2031, 12, 17), days=days)
    months = ["2032-01", "2032-02", "2032-03"]
    steps = steps_to(scenario, months[-1])
    slopes = np.array([2.0, -0.5])
    line = 40.0 + days * np.arange(steps + 1)[:, None] * slopes
    assert monthly_changes(line, scenario, months) == pytest.approx(np.outer([31, 29, 31], slopes))


def test_changes_of_neighbouring_months_add_up_whatever_the_series():
    scenario = beginning(dt.date(2030, 1, 1))
    walk = np.random.default_rng(1).standard_normal((53, 3)).cumsum(axis=0)
    months = whole_months(scenario, 52)
    changes = monthly_changes(walk, scenario, months)
    at = (begin("2030-12") - scenario.start).days / 7
    end = [np.interp(at, np.arange(53), column) for column in walk.T]
    assert changes.shape == (11, 3)
    assert changes.sum(axis=0) == pytest.approx(end - walk[0])
    assert monthly_changes(walk, scenario, ["2030-07"]) == pytest.approx(changes[6:7])


def with_intake(points, interpolate):
    """The data of the duel with another intake of North, under a variant too."""
    data = loaded("duel").document.data
    data["calendars"]["intake"]["north"] = {"points": points, "interpolate": interpolate}
    data["variants"] = {"later": {"title": "x", "set": {"calendars": {"intake": {"north": {"points": points}}}}}}
    return data


POINTS = {"2030-01-01": 4.0, "2030-02-20": 6.0, "2030-05-01": 9.0}


@pytest.mark.parametrize(("interpolate", "last"), [("step", 6.0), ("linear", 6.0 + 3.0 * 18 / 70)])
def test_calendars_end_at_the_date(interpolate, last):
    data = with_intake(POINTS, interpolate)
    before = str(data)
    known = as_announced(data, ORIGIN)
    assert str(data) == before, "the data stay what they were"
    points = known["calendars"]["intake"]["north"]["points"]
    assert "2030-05-01" not in points
    assert max(points) == ("2030-02-20" if interpolate == "step" else "2030-03-10")
    assert points[max(points)] == pytest.approx(last)
    assert known["variants"]["later"]["set"]["calendars"]["intake"]["north"]["points"].keys() == {
        "2030-01-01",
        "2030-02-20",
    }
    others = {key: part for key, part in known.items() if key not in ("calendars", "variants", "levers")}
    assert others == {key: data[key] for key in others}, "nothing else changes"


@pytest.mark.parametrize("interpolate", ["step", "linear"])
def test_weeks_before_the_date_keep_their_values_and_later_ones_the_last_of_them(interpolate):
    data = with_intake(POINTS, interpolate)
    weeks = 30

    def by_week(plain):
        scenario = Scenario.model_validate(plain)
        return np.asarray(calendar(scenario, weeks, Draw(1, np.arange(1))).intake)[:, 0, 0]

    whole, known = by_week(data), by_week(as_announced(data, ORIGIN))
    turn = (ORIGIN - dt.date(2030, 1, 1)).days // 7  # the last week that begins before the date
    assert known[: turn + 1] == pytest.approx(whole[: turn + 1])
    assert known[turn + 1 :] == pytest.approx(known[turn + 1])
    assert whole[-1] == pytest.approx(9.0)
    assert known[-1] < 8.0


def test_a_date_of_a_calendar_itself_and_dates_before_all_keep_one_value():
    data = with_intake(POINTS, "linear")

    def at(day):
        return as_announced(data, day)["calendars"]["intake"]["north"]["points"]

    assert at(dt.date(2030, 2, 20)) == {"2030-01-01": 4.0, "2030-02-20": 6.0}
    assert at(dt.date(2029, 1, 1)) == {"2030-01-01": 4.0}
    assert at(dt.date(2031, 1, 1)) == POINTS


def test_values_by_front_are_joined_by_front():
    part = {"points": {"2030-01-01": [0.0, 1.0], "2030-01-11": [1.0, 0.0]}, "interpolate": "linear"}
    known = as_announced({"a": [part]}, dt.date(2030, 1, 4))["a"][0]["points"]
    assert known["2030-01-04"] == pytest.approx([0.3, 0.7])

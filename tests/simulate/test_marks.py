"""What is read off a recorded series besides its end: windows, and the week in which it reaches a level."""

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from wars import loaded
from westphalia.analyse.claim_tests import value
from westphalia.scenario.claims import Measure
from westphalia.simulate.measures import Mark, Record

ROWS = np.array([[0.0, 5.0, 3.0, 2.0], [2.0, 4.0, 3.0, 2.0], [6.0, 1.0, 3.0, 9.0], [4.0, 0.0, 3.0, 1.0]])
"""Every four weeks from week 0 on: one run rises to 6, one falls to 0, one stays, one jumps."""
RECORD = Record(["land[north]"], ROWS[:, None], 4)


def read(window="mean", first=0, last=0, level=None):
    return RECORD.at(Mark("land", "land[north]", first, last, window, level)).tolist()


@pytest.mark.parametrize(
    ("window", "found"),
    [
        ("highest", [6.0, 4.0, 3.0, 9.0]),
        ("lowest", [2.0, 1.0, 3.0, 2.0]),
        ("change", [4.0, -3.0, 0.0, 7.0]),
        ("spread", [4.0, 3.0, 0.0, 7.0]),
        ("mean", [4.0, 2.5, 3.0, 5.5]),
    ],
)
def test_a_window_goes_from_the_first_recorded_week_that_is_not_before_its_own(window, found):
    assert read(window, 3, 8) == found


def test_a_level_is_reached_from_whichever_side_a_series_begins():
    """4 from below in week 8, from above in week 4, never, and in week 8; what begins on it has it in week 0."""
    assert read(level=4.0) == [8, 4, -1, 8]
    assert read(level=3.0) == [8, 8, 0, 8]


def test_a_level_that_is_never_reached_counts_one_week_more_than_the_run_lasts():
    measure = Measure.model_validate({"series": "land", "of": "north", "reaches": 4})
    frame = pd.DataFrame({"land[north]@reaches 4.0": [8, 4, -1, 12]})
    assert value(measure, frame, loaded("duel").scenario, 11).tolist() == [8.0, 4.0, 12.0, 11.0]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"outcome": "ongoing", "reaches": 4}, "only a series"),
        ({"series": "land", "of": "north", "reaches": 4, "week": 9}, "in the whole run"),
        ({"series": "land", "of": "north", "reaches": 4, "weeks": [1, 9], "as": "mean"}, "in the whole run"),
    ],
)
def test_a_level_belongs_to_a_series_and_to_the_whole_run(wrong, says):
    with pytest.raises(ValidationError, match=says):
        Measure.model_validate(wrong)

"""How large what a claim compares is, by hand: differences are those of the same run, and what never comes is told."""

import json

import numpy as np
import pandas as pd
import pytest

from wars import loaded
from westphalia.analyse.claim_effects import effects
from westphalia.analyse.claim_tests import evaluate
from westphalia.report import effect_words
from westphalia.report.effect_words import told, wanted
from westphalia.scenario.claims import Claim

DUEL = loaded("duel").scenario
WEEKS = 260
LEVER = "blitz-north"
TITLE = f"“{DUEL.levers[LEVER].title}”"
LAND = {"series": "land", "of": "north", "week": 40}
COLLAPSE = {"weeks_until": "cohesion below a half", "of": "south"}
AT = "week[cohesion below a half, south]"


def found(test, baseline, under=None):
    """The effects of a claim on the lever with this test, on these columns of the baseline and under the lever."""
    claim = Claim.model_validate({"sentence": "So it is.", "tests": [test], "lever": LEVER})
    frames = {"baseline": pd.DataFrame(baseline), LEVER: pd.DataFrame(under or baseline)}
    counts = evaluate(claim, frames, DUEL, WEEKS).counts
    return effects(claim, frames, DUEL, WEEKS, counts)


def words(effect):
    return told(effect, 7).replace("\xa0", " ")


def spread(effect):
    return [effect[name] for name in ("q05", "q50", "q95")]


def test_a_difference_is_that_of_the_same_run_in_the_unit_of_its_measure():
    """Each run gains 1 to 101, whatever it began with."""
    gain, start = np.arange(1.0, 102.0), np.random.default_rng(1).normal(1000, 500, 101)
    test = LAND | {"is": "more than", "against": ["baseline"]}
    (effect,) = found(test, {"land[north]@40": start}, {"land[north]@40": start + gain})
    assert effect["test"] == f"land of north in week 40, {TITLE} less the baseline"
    assert (effect["unit"], effect["wanted"], effect["is_difference"]) == (
        "km2",
        {"is": "more than", "than": None, "by": 0.0, "is_relative": False},
        True,
    )
    assert [*spread(effect), effect["mean"]] == pytest.approx([6, 51, 96, 51])
    assert effect["runs"] == 101
    assert [effect[name] for name in ("never", "never_other", "never_both")] == [0, 0, 0]
    assert words(effect) == (
        f"land of north in week 40, {TITLE} less the baseline: +51 km² in the median (5–95 %: +6.0 to +96 km²) "
        "in 101 runs that count (wanted: more than the other)"
    )


def test_only_runs_that_count_are_in_it():
    """A tie does not count; neither does a run without the number."""
    test = LAND | {"is": "less than", "against": ["baseline"]}
    (effect,) = found(test, {"land[north]@40": [1.0, 2.0, 3.0, 4.0]}, {"land[north]@40": [1.0, 0.0, np.nan, 0.0]})
    assert (spread(effect)[1], effect["runs"]) == (-3, 2)


def test_there_is_one_for_each_arm_and_each_test_in_their_order():
    test = LAND | {"is": "more than", "against": ["baseline", LEVER], "arm": "baseline", "by": 0.1, "relative": True}
    one, other = found(test, {"land[north]@40": [1.0, 2.0]}, {"land[north]@40": [3.0, 9.0]})
    assert [each["test"].partition(", ")[2] for each in (one, other)] == [
        "the baseline less the baseline",
        f"the baseline less {TITLE}",
    ]
    assert spread(one) == [0, 0, 0]
    assert other["q50"] == pytest.approx(-4.5)
    assert wanted(one) == "above the other by more than 10\u00a0%"


def test_against_another_measure_it_is_the_difference_within_the_arm():
    test = LAND | {"is": "more than", "measure": {"series": "land", "of": "south"}}
    columns = {"land[north]@40": [5.0, 6.0, 7.0], "land[south]": [1.0, 1.0, 1.0]}
    (effect,) = found(test, columns)
    assert effect["test"] == f"land of north in week 40 less land of south, {TITLE}"
    assert effect["q50"] == 5


def test_against_a_number_it_is_the_figure_itself():
    (effect,) = found(LAND | {"is": "at least", "than": 3}, {"land[north]@40": np.arange(101.0)})
    assert (effect["test"], effect["wanted"]) == (
        f"land of north in week 40, {TITLE}",
        {"is": "at least", "than": 3, "by": 0, "is_relative": False},
    )
    assert spread(effect) == pytest.approx([5, 50, 95])
    assert effect["is_difference"] is False
    assert "50 km² in the median (5–95 %: 5.0 to 95 km²)" in words(effect)


def test_a_figure_that_never_comes_lies_above_all_others():
    weeks = [10.0] * 60 + [-1.0] * 40
    (effect,) = found(COLLAPSE | {"is": "at most", "than": 52}, {AT: weeks})
    assert spread(effect) == [10, 10, None]
    assert (effect["never"], effect["mean"], effect["runs"], effect["unit"]) == (0.4, None, 100, "weeks")
    assert "10 weeks in the median (5–95 %: 10 weeks to never) in 100 runs that count; never in 40.0 %" in words(effect)


def test_differences_from_what_never_comes_say_in_which_and_are_none_if_it_comes_in_neither():
    test = COLLAPSE | {"is": "at most", "against": ["baseline"]}
    own, other = [20.0] * 80 + [-1.0] * 10 + [5.0] * 6 + [-1.0] * 4, [10.0] * 90 + [-1.0] * 10
    (effect,) = found(test, {AT: other}, {AT: own})
    assert effect["runs"] == 96
    assert (effect["never"], effect["never_other"], effect["never_both"]) == (0.1, 0.06, 0.04)
    assert spread(effect) == [None, 10, None]
    assert effect["never_at"] == {"q05": "second", "q95": "first"}
    told_of = words(effect)
    assert "+10 weeks in the median (5–95 %: never in the second to never in the first) in 96 runs" in told_of
    assert "in 10.0 % never in the first alone; in 6.0 % never in the second alone; in 4.0 % never in either" in told_of
    json.dumps(effect, allow_nan=False)


def test_of_what_never_comes_anywhere_there_is_no_difference():
    (effect,) = found(COLLAPSE | {"is": "at most", "against": ["baseline"]}, {AT: [-1.0, -1.0]})
    assert (effect["runs"], spread(effect), effect["never_both"]) == (0, [None] * 3, 1)
    assert words(effect).endswith("it never happens in any run that counts")


def test_an_outcome_is_told_by_its_mean():
    frozen = {"outcome": "frozen war", "is": "at least", "against": ["baseline"]}
    (effect,) = found(
        frozen, {"outcome": ["ongoing"] * 8 + ["frozen war"] * 2}, {"outcome": ["frozen war"] * 5 + ["ongoing"] * 5}
    )
    assert effect["mean"] == pytest.approx(0.3)
    assert "+30.0 points on average in 10 runs" in words(effect)
    (figure,) = found(frozen | {"against": [], "than": 1}, {"outcome": ["frozen war", "ongoing"]})
    assert "50.0 % on average" in words(figure)


def test_where_no_run_counts_there_is_none():
    assert found(LAND | {"is": "more than", "than": 0}, {"land[north]@40": [np.nan]}) == []


@pytest.mark.parametrize(
    ("comparison", "plain", "by"),
    [
        ("less than", "less than the other", "below the other by more than 5\u00a0weeks"),
        ("more than", "more than the other", "above the other by more than 5\u00a0weeks"),
        ("at most", "no more than the other", "at most 5\u00a0weeks above the other"),
        ("at least", "no less than the other", "at most 5\u00a0weeks below the other"),
        ("no different from", "the same as the other", "within 5\u00a0weeks of the other"),
    ],
)
def test_what_is_wanted_is_told_as_the_comparison_reads_it(comparison, plain, by):
    """A least difference for a strict comparison, and slack for the others."""
    of = {"is": comparison, "than": None, "by": 0.0, "is_relative": False}
    assert wanted({"wanted": of, "unit": "weeks"}) == plain
    assert wanted({"wanted": of | {"by": 5.0}, "unit": "weeks"}) == by
    share = {"wanted": of | {"is": "at least", "than": 0.5, "by": 0.1}, "unit": "share"}
    assert wanted(share) == "at most 10.0\u00a0points below 50.0\u00a0%"


def test_steps_that_are_days_are_told_as_days():
    effect = {"test": "weeks until a signature", "unit": "weeks", "is_difference": False, "runs": 9, "never": 0.0}
    effect |= {"q05": 10.0, "q50": 30.0, "q95": 40.0, "mean": 28.0}
    effect |= {"wanted": {"is": "at most", "than": 20.0, "by": 0.0, "is_relative": False}}
    told = effect_words.told(effect, 1).replace("\u00a0", " ")
    assert told.startswith("days until a signature: 30 days in the median")
    assert told.endswith("(wanted: no more than 20 days)")
    assert "weeks" in effect_words.told(effect, 7)

"""Forecasts of a fold whose paths are planted: who is right wins, and all are scored on the same months."""

import numpy as np
import pytest

from records import beside, record, series
from westphalia.analyse.evidence.monthly import between
from westphalia.analyse.evidence.paths import Paths
from westphalia.analyse.evidence.scores import ANNOUNCED, CALIBRATED, PRIOR, WEIGHED, Ground, rows_of
from westphalia.analyse.evidence.task import Task
from westphalia.scenario.load import load

RUNS = 250
MONTHS = between("2030-01", "2031-06")
TRUE = 100 + 40 * np.sin(0.8 * np.arange(18)) + 3 * np.random.default_rng(1).standard_normal(18)


def ground(folder, origin, seen=TRUE, **error):
    """A fold in which the calibrated runs are what happened, and the prior's lie by a third too high."""
    said = record()
    said["folds"]["half"] |= {"origin": origin}
    known = {name: series(seen, name, **({"share": 0.05} | error)) for name in said["observed"]}
    task = Task.of(load(beside(folder, said)), "half", known, 1)
    right = TRUE[:, None] * (1 + 0.03 * np.random.default_rng(2).standard_normal((18, RUNS)))
    paths = {
        word: Paths(MONTHS, dict.fromkeys(known, right * (4 / 3 if word == PRIOR else 1)))
        for word in (PRIOR, CALIBRATED, ANNOUNCED, WEIGHED)
    }
    return Ground(task, known, paths, {word: np.zeros(RUNS) for word in paths})


def scored(made, first, last=MONTHS[-1], target="dead-north"):
    return {(row["mode"], row["forecaster"]): row for row in rows_of(made, target, between(first, last))}


def test_every_forecaster_is_scored_in_every_mode_that_it_has(tmp_path):
    rows = scored(ground(tmp_path, "2030-09"), "2030-09")
    assert rows.keys() == {
        *((mode, word) for mode in "AB" for word in (PRIOR, CALIBRATED, ANNOUNCED, WEIGHED)),
        *((mode, word) for mode in "CD" for word in (PRIOR, CALIBRATED)),
    }
    assert {mode: row["forecasts"] for (mode, _), row in rows.items()} == {"A": 10, "B": 10, "C": 10, "D": 5}
    for row in rows.values():
        assert row["best_baseline"] == min(row["baselines"], key=row["baselines"].get)
        assert row["baseline_crps"] == row["baselines"][row["best_baseline"]]
        assert row["difference"] == pytest.approx(row["crps"] - row["baseline_crps"])


def test_who_is_right_wins_and_who_is_not_is_not_covered(tmp_path):
    rows = scored(ground(tmp_path, "2030-09"), "2030-09")
    for mode in "ABCD":
        right, wrong = rows[mode, CALIBRATED], rows[mode, PRIOR]
        assert right["difference"] < -2 * right["difference_se"] or mode in "BD", "sums leave few independent months"
        assert right["difference"] < 0
        assert right["crps"] < 0.5 * wrong["crps"]
        assert right["coverage95"] >= 0.8
    assert rows["A", PRIOR]["coverage95"] < 0.3
    assert rows["B", PRIOR]["mae"] > 3 * rows["A", PRIOR]["mae"], "what is wrong every month adds up"


def test_a_common_factor_that_is_seen_before_the_origin_is_taken_on(tmp_path):
    """Half of what happens is seen: only those who hold their paths against the past know."""
    made = ground(tmp_path, "2030-09", seen=0.5 * TRUE, common=0.5)
    rows = scored(made, "2030-09")
    assert rows["A", WEIGHED]["mae"] < 5
    assert rows["A", WEIGHED]["coverage95"] >= 0.8
    assert rows["A", CALIBRATED]["mae"] > 30, "paths that are left free are not told"
    assert rows["A", PRIOR]["mae"] > 30
    assert rows["C", PRIOR]["mae"] < 12, "later on the prior has seen it too"


def test_naive_forecasts_with_a_short_past_are_compared_on_the_months_that_they_have(tmp_path):
    made = ground(tmp_path, "2030-04")  # three months before it
    rows = scored(made, "2030-04")
    assert {mode for mode, _ in rows} == {"C", "D"}, "at the origin nothing can be said"
    assert rows["C", CALIBRATED]["forecasts"] == 12  # from July on, when six months have been seen
    assert rows["D", CALIBRATED]["forecasts"] == 7


def test_months_that_nobody_observed_are_left_out(tmp_path):
    seen = TRUE.copy()
    seen[[3, 10, 11]] = np.nan
    made = ground(tmp_path, "2030-09", seen=seen)
    rows = scored(made, "2030-09")
    assert rows["A", CALIBRATED]["forecasts"] == rows["C", CALIBRATED]["forecasts"] == 8
    assert scored(ground(tmp_path, "2030-09", seen=TRUE[:8]), "2030-09") == {}


def test_a_map_with_a_short_past_borrows_that_of_another(tmp_path):
    made = ground(tmp_path, "2030-09")
    south = made.series["dead-south"]
    spec = south.spec.model_copy(update={"map_of": "dead-north"})
    late = {month: value for month, value in south.by_month.items() if month >= "2030-09"}
    borrowed = {**made.series, "dead-south": type(south)("dead-south", spec, late)}
    rows = scored(Ground(made.task, borrowed, made.paths, made.log), "2030-09", target="dead-south")
    own = scored(made, "2030-09", target="dead-north")
    assert rows["A", CALIBRATED]["baselines"] == own["A", CALIBRATED]["baselines"]
    alone = {**made.series, "dead-south": type(south)("dead-south", south.spec, late)}
    rows = scored(Ground(made.task, alone, made.paths, made.log), "2030-09", target="dead-south")
    assert ("A", CALIBRATED) not in rows

import numpy as np
import pandas as pd
import pytest

from westphalia.report import numbers


def runs(**columns):
    length = len(next(iter(columns.values())))
    return pd.DataFrame({"arm": "baseline", "run": np.arange(length)} | columns)


def test_shares_have_binomial_errors_and_wilson_intervals():
    # 20 of 100: standard error .04 (to n - 1: .0402), Wilson interval .1334 to .2888 (Wilson 1927, z = 1.96).
    data = numbers.shares(runs(outcome=["a"] * 20 + ["b"] * 80), ["a", "b"])
    row = data.iloc[0]
    assert row["share"] == pytest.approx(0.2)
    assert row["se"] == pytest.approx(0.0402, abs=1e-4)
    assert (row["low"], row["high"]) == (pytest.approx(0.1334, abs=1e-3), pytest.approx(0.2888, abs=1e-3))
    assert data["share"].sum() == pytest.approx(1)


def test_repeats_of_a_case_count_once():
    alone = runs(outcome=["a", "b", "a", "b"], case=[0, 1, 2, 3])
    doubled = runs(outcome=["a", "a", "b", "b", "a", "a", "b", "b"], case=[0, 0, 1, 1, 2, 2, 3, 3])
    assert numbers.shares(alone, ["a"])["se"].iloc[0] == pytest.approx(numbers.shares(doubled, ["a"])["se"].iloc[0])


def test_differences_are_paired():
    base = runs(outcome=["a", "a", "b", "b"])
    lever = runs(outcome=["b", "a", "b", "b"]).assign(arm="lever")
    data = numbers.differences(pd.concat([base, lever]), "baseline", ["a", "b"])
    assert data["difference"].tolist() == [-0.25, 0.25]
    assert data["se"].iloc[0] == pytest.approx(0.25)


def test_who_came_first_is_counted_by_run():
    data = runs(**{"week[x, p]": [3, 5, -1, -1], "week[x, q]": [4, -1, -1, 9]})
    found = numbers.firsts(data, ["p", "q"]).set_index("side")
    assert found["share"].to_dict() == {"p": 0.5, "q": 0.5}
    assert found["first"].to_dict() == {"p": 0.5, "q": 0.25}
    assert found.loc["p", "median"] == 4


def test_a_run_that_never_ends_stays_undecided():
    data = runs(outcome=["ongoing", "a"], outcome_week=[-1, 10])
    assert numbers.undecided(data, 20, 10)["share"].tolist() == [1.0, 0.5, 0.5]


def test_an_assumption_that_decides_is_found():
    draw = np.random.default_rng(0)
    x, y = draw.random(500), draw.random(500)
    data = runs(outcome=np.where(x < 0.5, "a", "b"), x=x, y=y)
    found = numbers.associations(data, ["y", "x"], "a")
    assert found["name"].tolist() == ["x", "y"]
    # A cut of a uniform variable at its median: correlation sqrt(3)/2.
    assert found["correlation"].iloc[0] == pytest.approx(-0.866, abs=0.02)


def test_where_all_runs_end_alike_nothing_goes_along():
    assert numbers.associations(runs(outcome=["a", "a"], x=[1.0, 2.0]), ["x"], "a").empty

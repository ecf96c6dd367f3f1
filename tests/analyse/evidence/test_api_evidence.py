"""``hindcast`` and ``calibrate`` from Python give what the commands give, and refuse what they refuse."""

import csv
from pathlib import Path

import pytest

from records import AHEAD, FITTED
from westphalia import api
from westphalia.errors import BadInput

RUNS = 256


def no_run(*_):
    raise AssertionError("a run was made")


def test_a_fold_is_calibrated_and_its_runs_are_kept(fitted, small, tmp_path):
    war, kept = small[0], tmp_path / "record" / "duel-half"
    kept.mkdir(parents=True)
    for file in fitted.folder.glob("round-*.npz"):
        (kept / file.name).write_bytes(file.read_bytes())
    (fold,) = api.calibrate(war, runs=RUNS, out=tmp_path, watch=no_run)
    assert (fold["fold"], fold["runs"]) == ("half", [RUNS, RUNS])
    assert [each["path"] for each in fold["parameters"]] == FITTED
    assert Path(fold["table"]) == kept / "posterior.csv"
    found = api.hindcast(war, fit_runs=RUNS, out=tmp_path, watch=no_run)
    assert found["folds"]["scored"].tolist() == [False], "nothing was observed after the origin"
    assert found["cases"].empty
    assert found["scores"].empty


@pytest.mark.slow
def test_months_of_ones_own_are_scored(small, tmp_path):
    war, later, _ = small
    with (tmp_path / "later.csv").open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["month", "series", "value"])
        rows.writerows([month, "dead-north", own] for month, own in zip(AHEAD, later["north"], strict=True))
    found = api.hindcast(war, data=str(tmp_path / "later.csv"), fold="half", fit_runs=RUNS, out=tmp_path)
    assert found["folds"]["scored"].tolist() == [True]
    assert set(found["scores"]["target"]) == {"dead-north"}
    assert (found["scores"]["crps"] > 0).all()


def test_what_cannot_be_is_refused_before_any_run(small, tmp_path):
    war = small[0]
    with pytest.raises(BadInput, match='there is no fold "hlaf"'):
        api.hindcast(war, fold="hlaf", out=tmp_path, watch=no_run)
    with pytest.raises(BadInput, match="it cannot be read"):
        api.calibrate(war, data=tmp_path / "none.csv", out=tmp_path, watch=no_run)
    with pytest.raises(BadInput, match="the scenario has no folds"):
        api.calibrate("duel", out=tmp_path, watch=no_run)

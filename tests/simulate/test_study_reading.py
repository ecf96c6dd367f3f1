"""A study is read with common tools, and through ``open_study`` with shares, quantiles and paired differences."""

import hashlib
import json

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from fake_engine import LEVER, contents, plan_of

from westphalia.simulate.study import quantiles_of
from westphalia.simulate.study_manifest import CHUNK
from westphalia.simulate.study_run import run_study
from westphalia.simulate.study_summary import differences, summarise

pytestmark = pytest.mark.usefixtures("engines")


def test_a_study_is_read_with_pandas_and_xarray_alone(tmp_path):
    run_study(plan_of(), tmp_path, runs=CHUNK + 76)
    manifest = json.loads((tmp_path / "study.json").read_text())
    runs = pd.concat([pd.read_parquet(part) for part in sorted((tmp_path / "runs").glob("*.parquet"))])
    assert list(runs["arm"].unique()) == ["baseline", LEVER]
    assert sorted(runs.loc[runs["arm"] == LEVER, "run"]) == list(range(CHUNK + 76))
    with xr.open_dataset(tmp_path / "cubes" / "fans.nc") as fans:
        assert fans["counts"].dims == ("arm", "series", "week", "bin")
        assert (fans["counts"].sum("bin") == CHUNK + 76).all()
        assert fans["date"].dt.strftime("%Y-%m-%d").to_numpy()[1] == "2030-01-29"
        assert fans["unit"].to_numpy().tolist() == ["km2", "thousand persons"]
    assert [entry["status"] for entry in manifest["chunks"]] == ["done", "done"]
    assert set(runs.columns) - {"arm", f"levers.{LEVER}"} == set(manifest["columns"])


def test_runs_come_arm_after_arm_in_order(tmp_path):
    runs = run_study(plan_of(), tmp_path, runs=CHUNK + 3).runs()
    assert runs["run"].tolist() == [*range(CHUNK + 3)] * 2
    assert runs["arm"].tolist() == ["baseline"] * (CHUNK + 3) + [LEVER] * (CHUNK + 3)


def test_a_number_drawn_in_one_arm_only_is_empty_in_the_others(tmp_path):
    runs = run_study(plan_of(), tmp_path, runs=50).runs()
    assert runs.groupby("arm")[f"levers.{LEVER}"].count().to_dict() == {"baseline": 0, LEVER: 50}


def test_trajectories_are_kept_of_the_first_runs_only(tmp_path):
    study = run_study(plan_of(), tmp_path, runs=6 * CHUNK)
    sample = study.sample(["land[north]"])
    assert sample["run"].to_numpy().tolist() == list(range(5000))
    last = sample["value"].sel(arm=LEVER, series="land[north]", week=12)
    assert np.array_equal(last, study.runs().query(f"arm == '{LEVER}'")["land[north]"][:5000])


def test_checksums_in_the_manifest_are_those_of_the_files(tmp_path):
    study = run_study(plan_of(), tmp_path, runs=CHUNK + 1)
    sums = [*(entry["files"] for entry in study.manifest["chunks"]), study.manifest["cubes"]]
    named = {name: digest for part in sums for name, digest in part.items()}
    assert named == {name: hashlib.sha256(data).hexdigest() for name, data in contents(tmp_path).items()}


def test_quantiles_are_those_of_the_runs_within_half_a_bin(tmp_path):
    study = run_study(plan_of(), tmp_path, runs=3000)
    series = study.manifest["series"][0]
    width = (series["high"] - series["low"]) / 128
    exact = study.runs().query("arm == 'baseline'")["land[north]"].quantile([0.05, 0.5, 0.95])
    found = study.quantiles("land[north]").sel(week=12)
    assert np.abs(found.to_numpy() - exact.to_numpy()).max() < width
    assert study.quantiles("land[north]", LEVER, [0.5]).dims == ("quantile", "week")


def test_quantiles_are_linear_within_a_bin_and_stay_within_the_filled_bins():
    counts = np.array([[0, 10, 0, 30, 0]])
    assert quantiles_of(counts, 0.0, 5.0, [0.0, 0.125, 0.25, 0.625, 1.0])[:, 0].tolist() == [1.0, 1.5, 3.0, 3.5, 4.0]


def test_shares_add_up_to_one_and_carry_the_binomial_error(tmp_path):
    study = run_study(plan_of(), tmp_path, runs=2000)
    shares = study.shares()
    assert shares["share"].sum() == pytest.approx(1)
    one = shares.loc["ongoing"]
    assert one["se"] == pytest.approx(np.sqrt(one["share"] * (1 - one["share"]) / 2000))
    assert set(study.shares(LEVER).index) == set(shares.index)


def test_the_difference_to_the_baseline_is_paired_by_run():
    arms = {"baseline": ["a", "a", "b", "b"], "lever": ["a", "b", "b", "b"]}
    runs = pd.DataFrame([(arm, n, o) for arm, found in arms.items() for n, o in enumerate(found)])
    runs.columns = ["arm", "run", "outcome"]
    change = np.array([0, -1, 0, 0])
    assert differences(runs, "lever")["a"] == pytest.approx({"value": -0.25, "se": change.std(ddof=1) / 2})


def test_a_summary_has_every_field_of_the_contract(tmp_path):
    found = summarise(run_study(plan_of(), tmp_path, runs=1500))
    assert (found["scenario"], found["runs"], found["seed"], found["weeks"]) == ("duel", 1500, 1, 12)
    assert sum(one["share"] for one in found["outcomes"].values()) == pytest.approx(1)
    assert found["measures"]["land[north]"].keys() == {"unit", "q05", "q50", "q95"}
    assert sum(found["status"].values()) == 1500
    assert sum(one["value"] for one in found["arms"][LEVER]["differences"].values()) == pytest.approx(0)
    assert found["reproduce"] == f"westphalia run duel --runs 1500 --seed 1 --weeks 12 --lever {LEVER}"
    assert json.loads(json.dumps(found)) == found

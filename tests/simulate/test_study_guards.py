"""A study refuses what would spoil it, with a way on, and tells nothing of whose machine it was made on."""

import json
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from fake_engine import LEVER, plan_of, refusal

from westphalia.errors import BadInput
from westphalia.simulate import study_manifest
from westphalia.simulate.study import open_study
from westphalia.simulate.study_files import only_writer
from westphalia.simulate.study_manifest import Plan
from westphalia.simulate.study_run import extend, run_study

pytestmark = pytest.mark.usefixtures("engines")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"seed": 2}, "seed 1, not 2"),
        ({"weeks": 8}, "weeks 12, not 8"),
        ({"levers": []}, f"levers {LEVER}, not none"),
    ],
)
def test_another_study_in_the_same_folder_is_refused_with_a_way_on(tmp_path, change, words):
    run_study(plan_of(), tmp_path, runs=5)
    message = refusal(lambda: run_study(plan_of(**change), tmp_path))
    assert words in message
    assert "give another --out" in message
    assert "westphalia extend" in message


def test_another_scenario_variant_or_model_is_refused(tmp_path, monkeypatch):
    plan = plan_of(levers=[])
    run_study(plan, tmp_path, runs=5)
    other = Plan.of("iwo-jima", weeks=12)
    assert "scenario duel, not iwo-jima; hash" in refusal(lambda: run_study(other, tmp_path))
    assert "variant none, not late" in refusal(lambda: run_study(replace(plan, variant="late"), tmp_path))
    monkeypatch.setattr(study_manifest, "model_version", lambda: "2+test")
    assert "results of different code are not mixed" in refusal(lambda: extend(tmp_path, 10))


def test_fewer_runs_than_there_are_and_none_at_all_are_refused(tmp_path):
    run_study(plan_of(), tmp_path, runs=50)
    assert refusal(lambda: extend(tmp_path, 20)).startswith("the study already has 50 runs")
    for runs in (0, -4):
        assert refusal(lambda runs=runs: run_study(plan_of(), tmp_path, runs=runs)).endswith("give 1 or more")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    message = refusal(lambda: run_study(plan_of(), tmp_path / "file" / "duel"))
    assert message == "cannot be written (Not a directory); give another --out"


def test_two_writers_do_not_meet(tmp_path):
    with only_writer(tmp_path):
        assert refusal(lambda: run_study(plan_of(), tmp_path, runs=5)).startswith("another process is writing")
    assert run_study(plan_of(), tmp_path, runs=5).is_complete


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 99}'])
def test_a_manifest_that_is_none_is_refused(tmp_path, text):
    (tmp_path / "study.json").write_text(text)
    assert "study.json" in refusal(lambda: open_study(tmp_path))


def test_a_folder_without_a_study_is_refused(tmp_path):
    assert refusal(lambda: open_study(tmp_path)).startswith("there is no study here")
    assert refusal(lambda: extend(tmp_path / "nothing", 5)).startswith("there is no study here")


def test_a_plan_tells_all_that_is_wrong_with_it():
    with pytest.raises(BadInput) as caught:
        Plan.of("duel", seed=-1, weeks=0, levers=["trucce", LEVER])
    assert [fault.what for fault in caught.value.faults] == [
        'there is no lever "trucce"',
        "-1 cannot be",
        "0 cannot be",
    ]


def test_levers_stand_in_the_order_of_the_scenario_each_once():
    assert plan_of(levers=["truce", "blitz-north", "truce"]).levers == ("blitz-north", "truce")


def test_a_manifest_names_neither_the_machine_nor_any_path(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text((Path(Plan.of("duel").loaded.document.place(()).file)).read_text())
    run_study(Plan.of(file, weeks=12), tmp_path / "out", runs=5)
    manifest = (tmp_path / "out" / "study.json").read_text()
    text = manifest + (tmp_path / "out" / "scenario.json").read_text()
    assert str(tmp_path) not in text
    assert str(Path.home()) + "/" not in text
    assert socket.gethostname() not in text
    assert json.loads(manifest)["reproduce"].startswith("westphalia run mine.yaml ")


def test_a_study_is_extended_from_the_copy_of_its_scenario(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text((Path(Plan.of("duel").loaded.document.place(()).file)).read_text())
    run_study(Plan.of(file, weeks=12), tmp_path / "out", runs=5)
    file.unlink()
    assert extend(tmp_path / "out", 7).done == 7

"""A study survives whatever stops it: what is on disk is whole, known by its checksum, and the same by any path."""

import concurrent.futures
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from fake_engine import contents, plan_of, refusal

from westphalia.simulate import study_run
from westphalia.simulate.study import open_study
from westphalia.simulate.study_manifest import CHUNK
from westphalia.simulate.study_run import extend, run_study

pytestmark = pytest.mark.usefixtures("engines")


def test_a_finished_study_is_not_computed_again(tmp_path, engines):
    run_study(plan_of(), tmp_path, runs=2000)
    before = contents(tmp_path)
    study = run_study(plan_of(), tmp_path)
    assert (len(engines), study.done, study.is_complete) == (1, 2000, True)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("name", ["runs/part-00001.parquet", "cubes/part-00001.npz", "cubes/sample-00001.npy"])
@pytest.mark.parametrize("spoil", [Path.unlink, lambda file: file.write_bytes(b"spoilt")], ids=["missing", "spoilt"])
def test_a_missing_or_spoilt_part_is_recomputed_alone(tmp_path, engines, name, spoil):
    run_study(plan_of(), tmp_path, runs=3 * CHUNK)
    before = contents(tmp_path)
    spoil(tmp_path / name)
    run_study(plan_of(), tmp_path)
    assert engines[1].asked == [CHUNK]
    assert contents(tmp_path) == before


def test_a_spoilt_cube_is_made_anew_without_computing(tmp_path, engines):
    run_study(plan_of(), tmp_path, runs=CHUNK)
    before = contents(tmp_path)
    (tmp_path / "cubes" / "fans.nc").write_bytes(b"spoilt")
    run_study(plan_of(), tmp_path)
    assert len(engines) == 1
    assert contents(tmp_path) == before


@pytest.mark.parametrize("steps", [[300, 1500, 2500], [CHUNK, 2500]])
def test_an_extended_study_equals_one_long_run_bit_for_bit(tmp_path, steps):
    run_study(plan_of(), tmp_path / "long", runs=steps[-1])
    run_study(plan_of(), tmp_path / "steps", runs=steps[0])
    for runs in steps[1:]:
        extend(tmp_path / "steps", runs)
    assert contents(tmp_path / "steps") == contents(tmp_path / "long")
    assert open_study(tmp_path / "steps").manifest["reproduce"] == open_study(tmp_path / "long").manifest["reproduce"]


def test_run_goes_on_with_a_study_that_is_asked_for_more(tmp_path):
    run_study(plan_of(), tmp_path, runs=100)
    assert run_study(plan_of(), tmp_path, runs=200).done == 200


def test_a_failed_chunk_is_recorded_and_stops_nothing_and_is_tried_again(tmp_path, with_engine):
    run_study(plan_of(), tmp_path / "whole", runs=3 * CHUNK)
    with_engine(fails_at=(CHUNK,))
    study = run_study(plan_of(), tmp_path / "holed", runs=3 * CHUNK)
    (failure,) = study.failures
    assert (failure["chunk"], failure["stage"]) == (1, "simulate")
    assert failure["reason"] == "FloatingPointError: a number too many"
    assert (study.done, study.is_complete, len(study.runs())) == (2 * CHUNK, False, 4 * CHUNK)
    assert study.fans()["counts"].sum("bin").max() == 2 * CHUNK
    with_engine()
    assert run_study(plan_of(), tmp_path / "holed").failures == []
    assert contents(tmp_path / "holed") == contents(tmp_path / "whole")


def test_a_part_that_cannot_be_written_is_recorded_with_that_stage(tmp_path, monkeypatch):
    def full(path, table):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(study_run, "write_runs", full)
    (failure,) = run_study(plan_of(), tmp_path, runs=10).failures
    assert (failure["stage"], failure["reason"]) == ("write", "OSError: No space left on device")


def test_an_interrupted_study_keeps_what_is_done_and_goes_on(tmp_path, with_engine):
    run_study(plan_of(), tmp_path / "whole", runs=3 * CHUNK)
    with_engine(stops_at=(2 * CHUNK,))
    with pytest.raises(KeyboardInterrupt):
        run_study(plan_of(), tmp_path / "cut", runs=3 * CHUNK)
    cut = open_study(tmp_path / "cut")
    assert (cut.done, cut.is_complete, len(cut.runs())) == (2 * CHUNK, False, 4 * CHUNK)
    assert refusal(cut.fans).startswith("the study is unfinished")
    with_engine()
    extend(tmp_path / "cut")
    assert contents(tmp_path / "cut") == contents(tmp_path / "whole")


CHILD = """
import fake_engine
from westphalia.simulate import study_manifest, study_run
study_manifest.model_version = lambda: "1+test"
study_run.prepare = fake_engine.prepare
plan = study_manifest.Plan.of("duel", weeks=12, levers=["truce"])
study_run.run_study(plan, {folder!r}, runs=20 * study_manifest.CHUNK)
"""


@pytest.mark.slow
def test_a_killed_study_loses_at_most_the_chunk_under_way(tmp_path, engines):
    folder = tmp_path / "killed"
    env = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "FAKE_SECONDS": "0.15"}
    for more in (2, 3):
        held = len(list(folder.glob("runs/*.parquet")))
        child = subprocess.Popen([sys.executable, "-c", CHILD.format(folder=str(folder))], env=env)
        deadline = time.monotonic() + 120
        while len(list(folder.glob("runs/*.parquet"))) < held + more and time.monotonic() < deadline:
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
        assert child.wait() == -signal.SIGKILL
    on_disk = len(list(folder.glob("runs/*.parquet")))
    done = open_study(folder).done // CHUNK
    assert on_disk - 1 <= done < 20
    run_study(plan_of(), folder)
    assert engines[0].asked == [chunk * CHUNK for chunk in range(done, 20)]
    run_study(plan_of(), tmp_path / "whole", runs=20 * CHUNK)
    assert contents(folder) == contents(tmp_path / "whole")


class Backwards:
    """Gives results back in the reverse order, from threads."""

    def __init__(self):
        self.pool = concurrent.futures.ThreadPoolExecutor(2)
        self.futures = []

    def submit(self, work, *arguments):
        self.futures.append(self.pool.submit(work, *arguments))
        return self.futures[-1]

    def as_completed(self):
        concurrent.futures.wait(self.futures)
        yield from reversed(self.futures)
        self.pool.shutdown()


def test_results_do_not_depend_on_who_does_the_work_nor_on_its_order(tmp_path):
    run_study(plan_of(), tmp_path / "here", runs=5000)
    run_study(plan_of(), tmp_path / "there", runs=5000, executor=Backwards())
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_progress_is_told_after_every_chunk_with_all_that_is_on_disk(tmp_path):
    told = []

    def watch(step):
        told.append((step.done, step.runs, step.has_come, len(step.study.runs(["run"])) if step.done else 0))

    run_study(plan_of(levers=[]), tmp_path, runs=2 * CHUNK + 5, watch=watch)
    assert [done for done, _, has_come, _ in told if has_come] == [CHUNK, 2 * CHUNK, 2 * CHUNK + 5]
    assert {runs for _, runs, _, _ in told} == {2 * CHUNK + 5}
    assert all(done == on_disk for done, _, _, on_disk in told)

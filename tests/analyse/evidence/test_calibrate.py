"""A calibration finds the numbers that a record was made with, and never makes a run twice."""

import dataclasses
import json

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from records import AHEAD, FITTED, WINDOW
from westphalia.analyse.evidence import ensemble
from westphalia.analyse.evidence.calibrate import DRAWS, calibrate, path_weights, table, told
from westphalia.analyse.methods.tempering import Sampler

pytestmark = pytest.mark.slow
INTENSITY = "laws.attrition.intensity"


def stages(watched):
    return list(dict.fromkeys(stage for stage, *_ in watched))


def test_the_truth_lies_in_the_posterior_and_the_range_narrows(fitted):
    columns = table(fitted.task, fitted.rounds[-1])
    assert list(columns) == FITTED
    for path, true in fitted.truth.items():
        assert columns[path].shape == (DRAWS,)
        rank = (columns[path] < true).mean()
        assert 0.005 < rank < 0.995, path
    found = {each["path"]: each for each in told(fitted.task, fitted.rounds)["parameters"]}
    assert found[INTENSITY]["contraction"] > 0.2
    low, high = found[INTENSITY]["after"][0], found[INTENSITY]["after"][2]
    assert low < fitted.truth[INTENSITY] < high
    assert high / low < found[INTENSITY]["before"][2] / found[INTENSITY]["before"][0]


def test_what_is_told_can_be_written_and_is_whole(fitted):
    found = told(fitted.task, fitted.rounds)
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    assert found["window"] == [WINDOW[0], WINDOW[-1]]
    assert found["runs"] == [len(each.z) for each in fitted.rounds]
    before = {each["path"]: each["before"] for each in found["parameters"]}
    by_hand = 0.006 * 10 ** np.array([0.05, 0.5, 0.95])  # log-uniform from 0.006 to 0.06
    assert before[INTENSITY] == pytest.approx(by_hand, rel=1e-6)
    narrowest = [each["contraction"] for each in found["composites"]]
    assert narrowest == sorted(narrowest, reverse=True)
    assert [each["months"] for each in found["fit"]] == [6, 6]
    assert all(each["inside_after"] >= 0.5 for each in found["fit"]), "what was seen lies among the runs"
    assert all(0 < each["explained"] < 1 for each in found["fit"])


def test_runs_that_are_kept_are_not_made_again(fitted, monkeypatch):
    draws = iter(each.draws for each in fitted.rounds)
    monkeypatch.setattr(Sampler, "draw", lambda *_: next(draws))  # the next test draws anew

    def forbidden(*_):
        raise AssertionError("a run was made")

    again = calibrate(fitted.task, fitted.folder, len(fitted.rounds[0].z), forbidden)
    for one, other in zip(again, fitted.rounds, strict=True):
        np.testing.assert_array_equal(one.z, other.z)
        np.testing.assert_array_equal(one.y, other.y)


def test_a_call_that_is_stopped_goes_on_where_it_was_and_blocks_do_not_tell(fitted, tmp_path, monkeypatch):
    monkeypatch.setattr(ensemble, "at_once", lambda: 50)  # several calls of the engine in place of one
    runs = len(fitted.rounds[0].z)

    def stopping(stage, done, _):
        if stage == "round 2" and done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calibrate(fitted.task, tmp_path, runs, stopping)
    assert [file.name for file in tmp_path.iterdir()] == ["round-1.npz"]
    watched = []
    again = calibrate(fitted.task, tmp_path, runs, lambda *told_of: watched.append(told_of))
    assert stages(watched) == ["round 2"]
    assert watched[-1] == ("round 2", runs, runs)
    for one, other in zip(again, fitted.rounds, strict=True):
        np.testing.assert_array_equal(one.y, other.y)
        np.testing.assert_array_equal(one.draws, other.draws)


@pytest.mark.parametrize("change", ["seed", "value"])
def test_runs_of_another_task_do_not_serve(fitted, change):
    """Neither those of another seed nor draws from what was seen otherwise."""
    task = fitted.task
    if change == "seed":
        other = dataclasses.replace(task, seed=2)
    else:
        one = task.series["dead-north"]
        changed = dataclasses.replace(one, by_month={**one.by_month, WINDOW[0]: 2 * one.by_month[WINDOW[0]]})
        other = dataclasses.replace(task, series={**task.series, "dead-north": changed})
    assert other.key != task.key
    assert dataclasses.replace(task).key == task.key

    class Ran(Exception):  # noqa: N818
        pass

    def asked(*_):
        raise Ran

    with pytest.raises(Ran):
        calibrate(other, fitted.folder, len(fitted.rounds[0].z), asked)


def test_runs_weigh_by_their_own_path_less_what_their_numbers_were_drawn_for(fitted):
    task, last = fitted.task, fitted.rounds[-1]
    rng = np.random.default_rng(1)
    seen = {name: one.at(WINDOW) for name, one in task.series.items()}
    runs = DRAWS + 5
    values = {
        name: np.concatenate([own[:, None] * rng.uniform(0.8, 1.2, (6, runs)), np.zeros((6, runs))])
        for name, own in seen.items()
    }
    found = path_weights(task, last, values, [*WINDOW, *AHEAD])
    summaries = task.summaries
    error, observed = summaries.error(), summaries.scaled(summaries.seen)
    paths, rows = summaries.of(values, [*WINDOW, *AHEAD]), last.emulator.mean(last.rows)
    by_hand = [
        multivariate_normal(paths[n], error).logpdf(observed)
        - multivariate_normal(rows[n % DRAWS], error + last.emulator.scatter).logpdf(observed)
        for n in (0, 3, DRAWS, DRAWS + 4)
    ]
    picked = found[[0, 3, DRAWS, DRAWS + 4]]
    assert np.diff(picked) == pytest.approx(np.diff(by_hand), rel=1e-6)


def test_places_are_normal_scores_in_the_range_of_a_number(fitted):
    z = np.tile(ndtri([[0.5], [0.9]]), (1, 3))
    values = fitted.task.ensemble(z, 1).numbers(np.arange(2))
    assert values["laws.attrition.killed_share"] == pytest.approx([0.25, 0.33])
    assert values[INTENSITY] == pytest.approx(0.006 * 10 ** np.array([0.5, 0.9]))

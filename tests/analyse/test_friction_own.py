"""Fresh draws make the error smaller, stop where they should, and go on from what is kept."""

import functools

import numpy as np
import pytest

from wars import loaded
from westphalia.analyse import friction_own
from westphalia.analyse.friction_cells import MEASURES
from westphalia.analyse.friction_own import FIRST, ROUND, Wanted, fresh
from westphalia.analyse.friction_values import CELLS, NO_OWN, Own, measured, pooled, values_after
from westphalia.report.friction_words import reached

SHARED_RUNS = 128


def made(cells, draws, noise, seed):
    """Shares of a world whose draws differ more than its cells: (draw, cell)."""
    random = np.random.default_rng(seed)
    chance = 0.5 + 0.3 * random.uniform(-1, 1, (draws, 1)) * np.linspace(-1, 1, cells)
    return 1.0 * (random.random((draws, cells)) < chance) if noise else chance


@functools.cache
def shared():
    return {measure: made(CELLS, SHARED_RUNS, True, 3) for measure in MEASURES}


@pytest.fixture
def rounds(monkeypatch):
    """Numbers of the rounds that are played; a round gives each cell draws of its own."""
    played = []

    def play(_, number, *, seed, factors):
        played.append(number)
        values = made(CELLS * ROUND, 1, False, 1)[0].reshape(CELLS, ROUND)
        values = 1.0 * (np.random.default_rng((seed, number)).random((CELLS, ROUND)) < values)
        sums = np.stack([values.sum(axis=1), (values**2).sum(axis=1)])
        return np.repeat(sums[:, None], len(MEASURES), axis=1)

    monkeypatch.setattr(friction_own, "_round", play)
    return played


def asked(wanted, **more):
    return fresh(
        loaded("duel").scenario, shared(), wanted, seed=1, factors={}, watch=more.get("watch", lambda *_: None)
    )


def test_rounds_are_added_until_the_error_is_met_and_no_further(rounds):
    owns, told = asked(Wanted(0.006, 10_000))
    assert told["is_met"]
    assert told["reached"] <= 0.006
    assert rounds == list(range(len(rounds)))
    assert told["fresh_runs"] == owns["signed"].runs == ROUND * len(rounds)
    fewer = Wanted(0.006, SHARED_RUNS + told["fresh_runs"] - 1)
    assert asked(fewer)[1]["reached"] > 0.006


def test_an_error_that_is_met_already_takes_no_fresh_runs(rounds):
    owns, told = asked(Wanted(0.5, 10_000))
    assert not rounds
    assert owns["signed"] == NO_OWN
    assert told["fresh_runs"] == 0
    assert told["needed_runs"] == SHARED_RUNS


def test_where_the_runs_are_at_an_end_it_says_what_the_error_would_take(rounds):
    _, told = asked(Wanted(0.004, 512))
    assert not told["is_met"]
    assert told["fresh_runs"] == 512 - SHARED_RUNS
    enough = asked(Wanted(0.004, round(1.2 * told["needed_runs"])))[1]
    assert enough["is_met"]
    assert enough["fresh_runs"] + SHARED_RUNS == pytest.approx(told["needed_runs"], rel=0.15)
    words = reached({"runs": SHARED_RUNS, "error": told})
    assert "not met within the 512 runs" in words
    assert f"--most-runs {told['needed_runs']}" in words
    assert "are met" in reached({"runs": SHARED_RUNS, "error": enough})


def test_the_same_question_goes_on_from_the_rounds_that_are_kept(rounds, tmp_path):
    first = asked(Wanted(0.006, 10_000, tmp_path / "frictions"))
    played = len(rounds)
    again = asked(Wanted(0.006, 10_000, tmp_path / "frictions"))
    assert len(rounds) == played
    assert again[1] == first[1]
    np.testing.assert_array_equal(again[0]["holding"].mean, first[0]["holding"].mean)
    further = asked(Wanted(0.005, 10_000, tmp_path / "frictions"))
    assert rounds == list(range(len(rounds)))
    assert len(rounds) > played
    assert further[1] == asked(Wanted(0.005, 10_000))[1], "kept or not, the same rounds"


def test_progress_tells_what_is_done_and_what_is_expected(rounds):
    seen = []
    asked(Wanted(0.006, 10_000), watch=lambda done, total: seen.append((done, total)))
    assert [done for done, _ in seen] == [friction_own.BLOCKS * (n + 1) for n in range(len(rounds))]
    assert seen[0][1] > seen[0][0]
    assert seen[-1][1] == seen[-1][0]


def test_a_round_gives_every_cell_draws_that_no_other_has():
    scenario = loaded("duel").scenario
    sums = friction_own._round(scenario, 0, seed=1, factors={})
    assert sums.shape == (2, len(MEASURES), CELLS)
    np.testing.assert_array_equal(sums[0, :2], sums[1, :2], err_msg="shares are 0 or 1 a run")
    assert not np.array_equal(sums, friction_own._round(scenario, 1, seed=1, factors={}))
    assert FIRST > 65_536


def test_pooled_means_are_those_of_all_runs_and_values_still_add_up():
    own = Own(300, made(CELLS, 300, True, 5).mean(axis=0), np.full(CELLS, 0.25 / 300))
    cells = shared()["signed"]
    mean, covariance = pooled(cells, own)
    np.testing.assert_allclose(mean, (cells.sum(axis=0) + 300 * own.mean) / (SHARED_RUNS + 300))
    alone = pooled(cells, NO_OWN)
    assert np.trace(covariance) < np.trace(alone[1])
    found = measured(cells, own, "signed", "share")
    total = sum(value["value"] for value in found["shapley"].values())
    assert total == pytest.approx(found["all"] - found["none"])
    unchanged = values_after(cells, cells[:32], own)
    for name, value in unchanged["shapley"].items():
        assert value["value"] == pytest.approx(found["shapley"][name]["value"])
        assert value["se"] == pytest.approx(found["shapley"][name]["se"], rel=0.1)

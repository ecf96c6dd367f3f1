"""The six switches: each takes what it says, none changes a war without talks, and the answer adds up."""

import functools

import numpy as np
import pytest

from wars import leaves, loaded
from westphalia.analyse.frictions import frictions, wedges
from westphalia.analyse.play import begin
from westphalia.analyse.switches import FRICTIONS, without

RUNS = 512


@functools.cache
def start(name="ukraine"):
    return begin(loaded(name).scenario, weeks=156, runs=RUNS, seed=1)


@functools.cache
def answer():
    seen = []
    found = frictions(
        loaded("ukraine").scenario, seed=1, runs=RUNS, watch=lambda done, total: seen.append((done, total))
    )
    assert seen[-1] == (64, 64)
    return found


def test_nothing_switched_off_is_the_start_itself():
    for before, after in zip(start(), without(start(), frozenset()), strict=True):
        assert all(np.array_equal(leaf, leaves(after)[path]) for path, leaf in leaves(before).items())


@pytest.mark.parametrize("key", FRICTIONS)
def test_a_switch_touches_the_talks_alone(key):
    world, state = without(start(), frozenset({key}))
    for before, after in ((start().world, world), (start().state, state)):
        changed = [p for p, leaf in leaves(before).items() if not np.array_equal(leaf, leaves(after)[p])]
        assert all(path.startswith((".table.", ".talks.")) for path in changed), changed
    assert not np.array_equal(
        np.concatenate([np.ravel(leaf) for leaf in leaves(start()).values()]),
        np.concatenate([np.ravel(leaf) for leaf in leaves(without(start(), frozenset({key}))).values()]),
    )


def test_pooled_beliefs_leave_no_optimism():
    mean = without(start(), frozenset({"optimism"})).state.talks.mean
    np.testing.assert_allclose(mean[0], -mean[1])


def test_without_third_parties_and_constituencies_only_leaderships_are_needed():
    needed = without(start(), frozenset({"home", "third"})).world.table.needed
    assert needed[:2].min() == 1.0
    assert needed[2:].max() == 0.0


def test_no_friction_widens_the_zone_by_much_and_some_narrow_it():
    found = wedges(start())
    assert all(band["q50"] >= -0.01 for band in found.values())
    assert found["messages"] == {"q05": 0.0, "q50": 0.0, "q95": 0.0}
    assert sum(band["q50"] > 0.01 for band in found.values()) >= 3


def test_values_add_up_to_the_whole_difference():
    for measure in answer()["measures"].values():
        total = sum(value["value"] for value in measure["shapley"].values())
        assert total == pytest.approx(measure["all"] - measure["none"], abs=1e-9)
        assert len(measure["cells"]) == 64


def test_without_any_friction_more_is_signed_and_all_of_it_holds():
    signed, holding = answer()["measures"]["signed"], answer()["measures"]["holding"]
    assert signed["none"] > signed["all"] + 0.2
    assert holding["none"] == signed["none"]
    assert holding["all"] < signed["all"]

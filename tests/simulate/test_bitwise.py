"""A run is the same to the last bit, whatever other runs, cores, arms and horizons it is computed with."""

import functools

import numpy as np
import pytest

from wars import SEED, WEEKS, loaded
from westphalia.simulate import blocks
from westphalia.simulate.run import Arm, Engine, prepare

RUNS = np.arange(1536)


@functools.cache
def engine(name):
    return prepare(loaded(name), seed=SEED, weeks=WEEKS)


@functools.cache
def whole(name):
    """The baseline in blocks of 512 runs on two cores."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "cores", lambda: 2)
        return engine(name).run(RUNS)


def assert_same(one, two, which):
    """The baseline's table and record of ``one`` are those of ``two`` for these of its runs."""
    for column, values in one.table["baseline"].items():
        np.testing.assert_array_equal(values, two.table["baseline"][column][which], err_msg=column)
    np.testing.assert_array_equal(one.sample[0], two.sample[0][..., which])


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_runs_differ_from_each_other(name):
    """Else equality would say nothing."""
    assert len(np.unique(whole(name).sample[0, :, -1].T, axis=0)) == len(RUNS)


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_runs_in_another_order_and_another_company_are_the_same(name):
    chosen = np.random.default_rng(1).permutation(RUNS)[:700]
    assert_same(engine(name).run(chosen), whole(name), which=chosen)


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_one_run_alone_is_the_same(name):
    assert_same(engine(name).run(np.array([1234])), whole(name), which=np.array([1234]))


@pytest.mark.parametrize(
    ("name", "cores", "block"), [("duel", 1, 512), ("ukraine", 1, 512), ("duel", 1, 1024), ("duel", 3, 256)]
)
def test_cores_and_blocks_change_no_bit(monkeypatch, name, cores, block):
    expected = whole(name)
    monkeypatch.setattr(blocks, "cores", lambda: cores)
    monkeypatch.setattr(blocks, "BLOCK", block)
    assert_same(engine(name).run(RUNS[:1024]), expected, which=RUNS[:1024])


def test_an_arm_that_changes_nothing_is_the_baseline():
    """From the start and from a later week on."""
    scenario = loaded("duel").scenario
    arms = [Arm("baseline", scenario, 0), Arm("same", scenario, 0), Arm("same later", scenario, 26)]
    made = Engine(arms, SEED, WEEKS).run(RUNS[:1024])
    for arm in ("same", "same later"):
        for column, values in made.table[arm].items():
            np.testing.assert_array_equal(values, made.table["baseline"][column], err_msg=column)
    np.testing.assert_array_equal(made.sample[1], made.sample[0])
    np.testing.assert_array_equal(made.sample[2], made.sample[0])


def test_a_lever_changes_nothing_before_its_week_and_much_after():
    made = prepare(loaded("duel"), seed=SEED, weeks=WEEKS, levers=("aid-none-north",)).run(RUNS[:1024])
    before = int(np.searchsorted(engine("duel").times, 26, side="right"))
    np.testing.assert_array_equal(made.sample[1, :, :before], made.sample[0, :, :before])
    assert (made.sample[1, :, before] != made.sample[0, :, before]).any()
    assert (made.sample[1, :, -1] != made.sample[0, :, -1]).any(axis=0).mean() > 0.99


def test_the_baseline_is_the_same_beside_a_lever():
    made = prepare(loaded("duel"), seed=SEED, weeks=WEEKS, levers=("elastic-south",)).run(RUNS[:1024])
    for column, values in made.table["baseline"].items():
        np.testing.assert_array_equal(values, whole("duel").table["baseline"][column][:1024], err_msg=column)


def test_what_was_assumed_is_the_same_in_every_arm():
    made = prepare(loaded("duel"), seed=SEED, weeks=WEEKS, levers=("elastic-south", "truce")).run(RUNS[:1024])
    drawn = [c for c in made.table["baseline"] if "." in c]
    assert len(drawn) > 20
    for arm in ("elastic-south", "truce"):
        for column in drawn:
            np.testing.assert_array_equal(made.table[arm][column], made.table["baseline"][column], err_msg=column)


@pytest.mark.parametrize("cores", [2, 3])
def test_arms_dealt_among_cores_are_those_of_one_core(monkeypatch, cores):
    """Arms from the start and arms of a later week, in one block, which alone would keep one core busy."""
    made = prepare(loaded("duel"), seed=SEED, weeks=WEEKS, levers=("aid-none-north", "blitz-south", "slow-burn-north"))
    runs = []
    for count in (1, cores):
        monkeypatch.setattr(blocks, "cores", lambda count=count: count)
        runs.append(made.run(RUNS[:512]))
    together, dealt = runs
    assert list(dealt.table) == list(made.arms)
    np.testing.assert_array_equal(dealt.sample, together.sample)
    for arm, columns in together.table.items():
        for column, values in columns.items():
            np.testing.assert_array_equal(dealt.table[arm][column], values, err_msg=f"{arm} {column}")
    assert (dealt.sample[1] != dealt.sample[0]).any()

"""The six switches and their alternatives: each takes what it says from the talks, and from nothing else."""

import functools

import numpy as np
import pytest

from wars import leaves, loaded, with_blood_price
from westphalia.analyse.friction_alternatives import alternatives, true_drift
from westphalia.analyse.friction_cells import widened
from westphalia.analyse.friction_links import inputs
from westphalia.analyse.friction_wedges import equalised, weakened, wedges
from westphalia.analyse.play import begin
from westphalia.analyse.switches import FRICTIONS, without
from westphalia.kinds import plain_loop
from westphalia.model.channel import hear
from westphalia.model.noise import run_keys, weekly_draws

RUNS = 512
WAYS = [(name, key) for name, ways in alternatives(np.zeros(RUNS)).items() for key in ways]


@functools.cache
def start(name="ukraine"):
    return widened(begin(loaded(name).scenario, weeks=156, runs=RUNS, seed=1))


def other(name, key):
    return alternatives(np.full(RUNS, 0.01))[name][key].off(start())


def arrays(of):
    return leaves(of.world) | {f"state{path}": leaf for path, leaf in leaves(of.state).items()}


def changed(after):
    before, now = arrays(start()), arrays(after)
    return {path for path, leaf in before.items() if not np.array_equal(leaf, now[path])}


def test_nothing_switched_off_is_the_start_itself():
    assert changed(without(start(), frozenset())) == set()


@pytest.mark.parametrize("key", FRICTIONS)
def test_a_switch_touches_the_talks_alone(key):
    paths = changed(without(start(), frozenset({key})))
    assert paths
    assert all(path.startswith((".table.", "state.talks.")) for path in paths), paths


@pytest.mark.parametrize(("name", "key"), WAYS)
def test_an_alternative_touches_the_talks_alone(name, key):
    paths = changed(other(name, key))
    assert paths
    assert all(path.startswith((".table.", "state.talks.")) for path in paths), paths


def test_every_friction_has_an_alternative():
    assert {name for name, _ in WAYS} == set(FRICTIONS)


def test_pooled_beliefs_leave_no_optimism():
    mean = without(start(), frozenset({"optimism"})).state.talks.mean
    np.testing.assert_allclose(mean[0], -mean[1])


def test_who_knows_the_truth_holds_it_for_either_side():
    np.testing.assert_allclose(other("optimism", "truth").state.talks.mean, np.array([[0.01], [-0.01]]) * np.ones(RUNS))


@pytest.mark.slow
def test_the_truth_of_a_war_between_equals_favours_neither():
    drift = true_drift(start("duel"), draws=256, seed=1, substeps=loaded("duel").scenario.clock.substeps)
    assert abs(drift.mean()) < 4.0 * drift.std() / np.sqrt(len(drift))
    assert drift.std() > 0.0


def test_without_third_parties_and_constituencies_only_leaderships_are_needed():
    needed = without(start(), frozenset({"home", "third"})).world.table.needed
    assert needed[:2].min() == 1.0
    assert needed[2:].max() == 0.0


def test_the_parts_of_a_friction_make_the_whole():
    ways, whole = alternatives(np.zeros(RUNS)), without(start(), frozenset({"third"}))
    parts = ways["third"]["support"].off(ways["third"]["vetoes"].off(start()))
    assert all(np.array_equal(leaf, arrays(parts)[path]) for path, leaf in arrays(whole).items())
    home, players, fate = without(start(), frozenset({"home"})), other("home", "players"), other("home", "fate")
    np.testing.assert_array_equal(players.world.table.needed, home.world.table.needed)
    np.testing.assert_array_equal(fate.world.table.laws.fate.fate, home.world.table.laws.fate.fate)
    assert fate.world.table.needed.sum() > players.world.table.needed.sum()


def test_without_home_politics_nobody_asks_for_a_price_of_the_dead_and_where_one_is_asked_it_is_an_input():
    priced = start()._replace(world=with_blood_price(start().world, np.full((2, 1), 0.03)))
    assert without(priced, frozenset({"home"})).world.table.laws.fate.price.max() == 0.0
    assert alternatives(np.zeros(RUNS))["home"]["fate"].off(priced).world.table.laws.fate.price.max() == 0.0
    players = [str(player) for player in range(len(priced.world.table.seating.party_of))]
    with_price, usual = ({of["link"]: of for of in inputs(one, players)["links"]} for one in (priced, start()))
    assert set(with_price) - set(usual) == {"world.table.laws.fate.price"}
    assert with_price["world.table.laws.fate.price"]["q50"] == 0.03


def test_a_line_at_its_mean_level_tells_no_option_from_another():
    before, after = start().world.table.terms, other("lines", "level").world.table.terms
    count = before.exists.sum(axis=1)
    np.testing.assert_allclose(after.penalty.sum(axis=2) / count, before.penalty.sum(axis=2) / count)
    np.testing.assert_allclose(after.penalty, after.exists * after.penalty.max(axis=2)[:, :, None])


def readings(of):
    table, keys = of.world.table, run_keys(1, np.arange(RUNS))
    draws = weekly_draws(keys, 4, of.world.identity, np.float64)
    return table.texts.option[0], hear(table, table.texts.option[0], np.zeros((2, RUNS)), draws, plain_loop)


def test_one_copy_is_read_alike_and_not_always_rightly():
    sent, heard = readings(other("messages", "same"))
    assert (heard.read == heard.read[0]).all()
    assert heard.gap.max() == 0.0
    assert (heard.read[0] != sent).any()


def test_clear_messages_are_read_as_sent():
    sent, heard = readings(without(start(), frozenset({"messages"})))
    assert (heard.read == sent).all()


def test_no_friction_widens_the_zone_by_much_and_some_narrow_it():
    found = wedges(start())
    assert all(band["q50"] >= -0.01 for band in found.values())
    assert found["messages"] == {"q05": 0.0, "q50": 0.0, "q95": 0.0}
    assert sum(band["q50"] > 0.01 for band in found.values()) >= 3


@pytest.mark.parametrize("key", FRICTIONS)
def test_weakening_runs_from_off_to_on(key):
    assert changed(weakened(start(), {key: 1.0}, seed=1)) == set()
    none, off = arrays(weakened(start(), {key: 1e-34}, seed=1)), arrays(without(start(), frozenset({key})))
    for path, leaf in off.items():
        np.testing.assert_allclose(none[path], leaf, rtol=1e-3, atol=1e-9, err_msg=path)
    half = arrays(weakened(start(), {key: 0.5}, seed=1))
    assert not all(np.array_equal(half[path], leaf) for path, leaf in off.items())
    assert not all(np.array_equal(half[path], leaf) for path, leaf in arrays(start()).items())


@pytest.mark.slow
def test_equal_wedges_are_equal_and_no_friction_is_stronger_than_assumed():
    before, found = wedges(start()), equalised(start(), seed=1)
    after = wedges(weakened(start(), found.factors, seed=1))
    told = found.as_json()["frictions"]
    assert found.common == pytest.approx(min(band["q50"] for band in before.values() if band["q50"] >= 0.01))
    for key, of in told.items():
        assert 0.0 < of["factor"] <= 1.0
        assert after[key]["q50"] == pytest.approx(found.common if of["is_reached"] else before[key]["q50"], abs=0.005)
    assert {key for key, of in told.items() if not of["is_reached"]} == {"messages", "lines"}

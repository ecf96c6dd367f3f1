"""Talks in the week: what is off has no effect, and what is on has the effect that it should."""

import copy
import dataclasses

import jax
import numpy as np
import pytest

from wars import fought, loaded, series, war
from westphalia.model.answers import asked
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.scenario.quantity import Quantity
from westphalia.scenario.schema import Scenario

RUNS = 512


def duel(**talks):
    """Duel with other entries of its talks; none at all where ``talks`` is ``off=True``."""
    data = copy.deepcopy(loaded("duel").document.data)
    if talks.pop("off", False):
        del data["talks"]
    else:
        data["talks"] |= talks
    for side in data["doctrine"].values():
        side["overtures"] = {"rate": 0, "with_change_of_demands": True}
    return Scenario.model_validate(data)


def after_two_years(scenario):
    made = war(scenario, runs=RUNS)
    return made, *fought(made, (0, 104))


def test_talks_that_are_not_held_change_nothing_in_the_war():
    _, without, record = after_two_years(duel(off=True))
    _, silent, told = after_two_years(duel(held=0, ceasefire=0))
    assert silent.truce.signed.max() == -1
    assert silent.talks.rounds.max() == 0
    for name in ("advance", "manpower", "materiel", "aid", "cohesion", "consent", "survival", "occupation"):
        for path, there in jax.tree_util.tree_leaves_with_path(getattr(without, name)):
            here = dict(jax.tree_util.tree_leaves_with_path(getattr(silent, name)))[path]
            np.testing.assert_allclose(here, there, rtol=2e-4, atol=2e-4, err_msg=f"{name}{path}")
    assert len(told[0]) == len(record[0]) + 3, "two beliefs and whether a truce holds"


def test_nobody_dies_in_battle_while_a_settlement_holds():
    made, state, record = after_two_years(duel())
    names = series("duel")
    dead, truce = record[:, names.index("dead[north]")], record[:, names.index("truce[held]")]
    held = (truce[:-1] > 0.5) & (truce[1:] > 0.5)
    killed = np.diff(dead[:27], axis=0)[held[:26]]
    assert held[:26].any()
    assert np.median(killed) < 0.05 * np.median(np.diff(dead[:27], axis=0)[~held[:26]])
    assert state.truce.fought.max() <= 104
    assert made.world.table.seating.every == 4


@pytest.mark.parametrize(("better", "worse"), [({"optimism": 0.05}, {"optimism": 0.5}), ({"wait": 4}, {"wait": 104})])
def test_less_optimism_and_more_offers_sign_more(better, worse):
    """Paired runs: those that sign under the better condition alone outnumber the others by far."""
    signed = [after_two_years(duel(**change))[1].truce.signed >= 0 for change in (better, worse)]
    only_better, only_worse = (signed[0] & ~signed[1]).sum(), (signed[1] & ~signed[0]).sum()
    assert only_better > 1.5 * only_worse
    assert only_better > 20


@pytest.mark.parametrize("omission", [0.0, 0.15])
def test_a_shared_text_is_read_alike_but_for_clauses_left_open(omission):
    scenario = duel(protocol="single-text")
    messages = scenario.laws.messages.model_copy(update={"omission": Quantity(value=omission)})
    laws = scenario.laws.model_copy(update={"messages": messages})
    _, state, _ = after_two_years(scenario.model_copy(update={"laws": laws}))
    gaps = state.truce.signed_gap[state.truce.signed >= 0]
    assert gaps.size > 10
    assert (gaps.max() > 0.0) == (omission > 0.0)


def test_who_is_not_needed_cannot_block():
    made = war(duel(), runs=RUNS)
    table = made.world.table
    free = dataclasses.replace(table, needed=0.0 * table.needed)
    state, _ = fought(made._replace(world=dataclasses.replace(made.world, table=free)), (0, 8))
    assert (state.truce.signed >= 0).all()
    assert state.talks.refused.max() == 0.0


def test_pressure_buys_yeses_and_only_pressure_does():
    """Settlements signed without pressure have bought nothing; with a tenth of utility some yeses were bought."""
    held = {}
    for pressure in (0.0, 0.1):
        _, state, _ = after_two_years(duel(pressure=pressure))
        settled = (state.truce.kind > 1.5) & (state.truce.signed >= 0)
        held[pressure] = state.truce.peace.pressure[settled]
    assert held[0.0].size > 30
    assert held[0.0].max() == 0.0
    assert (held[0.1] > 0.0).mean() > 0.1
    assert held[0.1].max() <= 1.0


def test_a_demand_asks_of_a_leadership_what_it_is_worth_to_itself():
    """A culpable leadership's scale is steeper than the nation's, so the same demand asks more on it, not less."""
    made = war(duel(), runs=8)
    table = made.world.table
    expected = outlook(made.world, table, made.state, take(made.world, made.state, made.world.calendar.at(0)))
    limit = np.zeros((4, 8), np.float32)
    demand = np.full((2, 8), 0.1, np.float32)
    culpable = np.ones((2, 8), np.float32)
    more = asked(table, limit, demand, expected, culpable)
    fate = table.laws.fate
    own = fate.worth(expected.value + demand, culpable) - fate.worth(expected.value, culpable)
    np.testing.assert_allclose(more[:2], own, rtol=1e-5)
    assert (more[:2] >= 0.1 - 1e-6).all()
    assert not more[2:].any()


def omitting(omission, **entries):
    """Duel under these entries where a hop leaves out a clause with this chance."""
    scenario = duel(**entries)
    messages = scenario.laws.messages.model_copy(update={"omission": Quantity(value=omission)})
    return scenario.model_copy(update={"laws": scenario.laws.model_copy(update={"messages": messages})})


def test_a_signed_text_is_as_vague_as_clauses_were_left_open_and_only_then():
    vague = {}
    for omission in (0.0, 0.15):
        _, state, _ = after_two_years(omitting(omission))
        vague[omission] = state.truce.peace.vagueness[state.truce.kind > 1.5]
    assert vague[0.0].max() == 0.0
    assert 0.0 < vague[0.15].mean() < 1.0
    assert vague[0.15].max() <= 1.0


def test_who_says_no_and_is_not_needed_is_a_spoiler():
    _, state, _ = after_two_years(duel())
    assert state.truce.peace.spoilers.max() == 0.0, "all four are needed"
    made = war(duel(), runs=RUNS)
    free = np.array([[1.0], [1.0], [0.0], [0.0]], np.float32) * made.world.table.needed
    table = dataclasses.replace(made.world.table, needed=free)
    state, _ = fought(made._replace(world=dataclasses.replace(made.world, table=table)), (0, 104))
    told = state.truce.peace.spoilers[state.truce.kind > 1.5]
    assert set(np.unique(told)) == {0.0, 0.25, 0.5}


def test_what_a_side_bears_is_learnt_by_fighting_and_forgotten_with_its_leadership():
    _, state, _ = after_two_years(duel(held=0, ceasefire=0))
    doubt, changed = state.talks.doubt, state.survival.changes > 0
    assert doubt[~changed].max() < 1.0
    assert np.median(doubt[~changed]) < 0.85
    assert doubt[changed].mean() > doubt[~changed].mean()

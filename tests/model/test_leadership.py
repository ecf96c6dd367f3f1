"""A change of leadership in the model: what it can do at most, what it does to beliefs and limits, who waits for it."""

import copy
import dataclasses
import functools

import jax
import numpy as np
import pytest

from wars import by_numpy, loaded, war
from westphalia.kinds import plain_loop
from westphalia.model.answers import limits
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.round import exchange
from westphalia.scenario.schema import Scenario

CASES, REPEATS = 24, 400


def duel(**changes):
    """Duel with other entries at dotted paths, ``:`` for the dots."""
    data = copy.deepcopy(loaded("duel").document.data)
    for path, value in changes.items():
        *parents, last = path.split("__")
        place = data
        for key in parents:
            place = place.setdefault(key, {})
        place[last] = value
    return Scenario.model_validate(data)


def put(record, **numbers):
    """The record with every entry of some arrays set to a number, names from the record on, ``__`` for the dots."""
    for path, value in numbers.items():
        name, _, rest = path.partition("__")
        part = getattr(record, name)
        after = put(part, **{rest: value}) if rest else 0.0 * part + np.asarray(value)
        record = dataclasses.replace(record, **{name: after})
    return record


@functools.cache
def clear(anticipation):
    """Duel in which each case is repeated and all of a case see one text, rightly, at limits that are known."""
    made = war("duel", runs=CASES, weeks=1, precision=np.float64)
    table = put(made.world.table, channel__error=0.0, channel__limits_error=0.0, laws__messages__omission=0.0)
    table = put(table, laws__bargaining__transient_share=0.0, laws__fate__anticipation=anticipation)
    table = dataclasses.replace(
        table,
        terms=dataclasses.replace(table.terms, value_heard=table.terms.value, penalty_heard=table.terms.penalty),
    )
    world = dataclasses.replace(made.world, table=table)
    world, state = jax.tree.map(_repeated, (world, made.state))
    return world, state, run_keys(1, np.arange(CASES * REPEATS))


def _repeated(array):
    return np.repeat(array, REPEATS, axis=-1) if np.shape(array)[-1:] == (CASES,) else array


def a_round(anticipation, **survival):
    """A round of the first week under a leadership of north with these numbers."""
    world, state, keys = clear(anticipation)
    for name, value in survival.items():
        state = put(state, **{f"survival__{name}": np.array([[value], [0.0]])})
    draws = weekly_draws(keys, 0, world.identity, np.float64)
    expected = outlook(world, world.table, state, take(world, state, world.calendar.at(0)))
    return exchange(world, world.table, state, expected, draws, plain_loop), world.table


def by_case(rows):
    return rows.reshape((CASES, REPEATS)).mean(axis=1)


def test_a_change_of_leadership_raises_the_chance_of_a_signature_by_no_more_than_its_bound():
    """(7.8) S'/S <= 1/q_L and S' - S <= q_rest in every draw, pairs with the same noise, nobody waiting."""
    before, table = a_round(0.0, culpability=1.0, hawkishness=1.0)
    after, _ = a_round(0.0, culpability=0.0, hawkishness=-1.0)
    same = before.chosen == after.chosen
    assert same.mean() > 0.3
    assert (before.accepted[1:, same] == after.accepted[1:, same]).all(), "the others answer as they did"
    others = (before.accepted[1:] * table.needed[1:] + 1.0 - table.needed[1:]).prod(axis=0)
    gained = after.signed - before.signed
    assert (gained[same] <= others[same]).all()
    kept = same.reshape((CASES, REPEATS)).all(axis=1)
    leader, rest, signed, then = (
        by_case(rows)[kept] for rows in (before.accepted[0], others, before.signed, after.signed)
    )
    within = 4.0 / np.sqrt(REPEATS)
    assert (then - signed <= rest + 1e-12).all()
    assert (leader * then <= signed + within * np.sqrt(rest * leader + 1.0 / REPEATS)).all()
    assert (then > signed).any(), "else the bound could not fail"


def test_with_others_unwilling_a_change_of_leadership_does_nothing():
    """The founding arguments differ on which factor is the small one: here the yes of the other side is."""
    signed = []
    for hawkishness in (1.0, -1.0):
        world, state, keys = clear(0.0)
        table = dataclasses.replace(world.table, offset=world.table.offset + np.array([[0.0], [0.0], [0.0], [9.0]]))
        state = put(state, survival__hawkishness=np.array([[hawkishness], [0.0]]))
        draws = weekly_draws(keys, 0, world.identity, np.float64)
        expected = outlook(world, table, state, take(world, state, world.calendar.at(0)))
        signed.append(exchange(world, table, state, expected, draws, plain_loop).signed)
    assert signed[0].sum() == signed[1].sum() == 0


def asked_for(world, state):
    expected = outlook(world, world.table, state, take(world, state, world.calendar.at(0)))
    return limits(world, world.table, state, expected)


@pytest.mark.parametrize("side", [0, 1])
def test_hawkishness_moves_what_its_leadership_must_be_offered_and_nobody_elses(side):
    world, state, _ = clear(0.0)
    hawk = np.zeros((2, 1))
    hawk[side] = 1.5
    plain, hawkish = asked_for(world, state), asked_for(world, put(state, survival__hawkishness=hawk))
    more = hawkish - plain
    np.testing.assert_allclose(more[side], world.table.laws.fate.hawk * np.tanh(1.5) + 0.0 * more[side], atol=1e-12)
    assert np.abs(np.delete(more, side, axis=0)).max() == 0.0
    off = dataclasses.replace(world, table=put(world.table, laws__fate__hawk=0.0))
    np.testing.assert_array_equal(asked_for(off, put(state, survival__hawkishness=hawk)), asked_for(off, state))


def test_who_expects_a_softer_successor_waits_and_asks_for_more():
    """Anticipation raises what the other side asks for, by leadership and constituency, and nothing of the own side."""
    states = {}
    for wait in (0.0, 52.0):
        world, state, _ = clear(wait)
        held = put(
            state, survival__hawkishness=np.array([[2.0], [-9.0]]), survival__culpability=np.array([[1.0], [0.0]])
        )
        states[wait] = asked_for(world, held)
    more = states[52.0] - states[0.0]
    assert (more[[1, 3]] > 0.0).mean() > 0.9
    assert np.abs(more[[0, 2]]).max() == 0.0


def test_a_successor_shares_more_of_the_common_view():
    """In the week of the change the gap of beliefs is (1 + kept)/2 of that without it; noise is the same in both."""
    arms = []
    for dates in ([], ["2030-01-08"]):
        made = war(duel(sides__north__leadership_changes=dates), runs=64, weeks=4, precision=np.float64)
        arms.append((made, by_numpy(made, 3)))
    (made, without), (_, changed) = arms
    when = [n for n in range(1, 4) if (changed[n].survival.changes > without[n].survival.changes)[0].all()][0]
    law = made.world.table.laws.beliefs
    np.testing.assert_array_equal(changed[when - 1].talks.mean, without[when - 1].talks.mean)
    still = (without[when].survival.changes == 0.0).all(axis=0) & (changed[when].survival.changes[1] == 0.0)
    gaps = [arm[when].talks.mean.sum(axis=0)[still] for arm in (without, changed)]
    np.testing.assert_allclose(gaps[1], (0.5 * (1.0 + law.kept) * np.ones(64))[still] * gaps[0], rtol=1e-9, atol=1e-15)
    assert still.sum() > 30

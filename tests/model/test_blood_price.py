"""The price of the dead in the model: whose limits it moves, by how much, and what comes of it at the table."""

import copy
import dataclasses

import numpy as np
import pytest

from mirror import mirrored, unequal
from wars import by_numpy, leaves, loaded, war, with_blood_price
from westphalia.kinds import SIDES
from westphalia.laws.fate import BloodPrice
from westphalia.model.answers import limits
from westphalia.model.home import consent_burden
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.scenario.schema import Scenario

PRICES = np.array([[0.04], [0.01]])
TALKING = ["duel", "ukraine"]


def asked_for(world, state):
    expected = outlook(world, world.table, state, take(world, state, world.calendar.at(0)))
    return np.asarray(limits(world, world.table, state, expected))


def with_dead(state, dead):
    manpower = dataclasses.replace(state.manpower, dead=dead + 0.0 * state.manpower.dead)
    return dataclasses.replace(state, manpower=manpower)


@pytest.mark.parametrize("name", TALKING)
def test_whoever_answers_for_a_side_asks_for_the_price_of_its_dead_and_third_parties_for_nothing(name):
    made = war(name, runs=8, weeks=1, precision=np.float64)
    per_100k = 1e5 * made.state.manpower.dead / made.world.sides.population
    price = np.broadcast_to(PRICES * np.log10(1.0 + per_100k), (SIDES, 8))
    more = asked_for(with_blood_price(made.world, PRICES), made.state) - asked_for(made.world, made.state)
    assert per_100k.min() > 10.0
    for player, party in enumerate(made.world.table.seating.party_of):
        np.testing.assert_allclose(more[player], price[party] if party < SIDES else 0.0, atol=1e-12)


@pytest.mark.parametrize("name", TALKING)
def test_without_a_price_limits_are_those_of_the_usual_law_to_the_last_bit(name):
    made = war(name, runs=8, weeks=1, precision=np.float64)
    free = asked_for(with_blood_price(made.world, 0.0 * PRICES), made.state)
    np.testing.assert_array_equal(free, asked_for(made.world, made.state))
    many = with_dead(made.state, 500.0)
    np.testing.assert_array_equal(asked_for(made.world, many), asked_for(made.world, made.state))


@pytest.mark.parametrize("name", TALKING)
def test_exchanging_the_sides_exchanges_what_they_ask_for(name):
    made = unequal(name)
    world = with_blood_price(made.world, PRICES)
    there, back = asked_for(world, made.state), asked_for(mirrored(world), mirrored(made.state))
    np.testing.assert_allclose(back, there[[1, 0, *range(2, len(there))]], rtol=1e-12, atol=1e-12)
    assert np.abs(there[0] - there[1]).min() > 0.0


def test_the_same_dead_raise_what_is_asked_and_lower_support():
    made = war("duel", runs=8, weeks=1, precision=np.float64)
    world, picture = with_blood_price(made.world, PRICES), take(made.world, made.state, made.world.calendar.at(0))
    few, many = with_dead(made.state, 30.0), with_dead(made.state, np.array([[300.0], [30.0]]))
    more = asked_for(world, many) - asked_for(world, few)
    killed = few.consent.death_rate
    support = [consent_burden(world, state, picture, killed, np.zeros(1)) for state in (few, many)]
    own = np.array(world.table.seating.party_of) == 0
    assert more[own].min() > 0.03
    assert np.abs(more[~own]).max() == 0.0
    assert (support[1] < support[0])[0].all()
    np.testing.assert_array_equal(support[1][1], support[0][1])


def test_a_scenario_that_names_the_law_draws_its_price_and_nothing_else_anew():
    data = copy.deepcopy(loaded("duel").document.data)
    data["laws"]["fate"] = {"law": BloodPrice.key}
    usual, named = war("duel", runs=8, weeks=1), war(Scenario.model_validate(data), runs=8, weeks=1)
    before, after = leaves(usual.world), leaves(named.world)
    assert set(after) - set(before) == {".table.laws.fate.price"}
    assert all(np.array_equal(leaf, after[path]) for path, leaf in before.items())
    price = named.world.table.laws.fate.price
    assert np.ptp(price, axis=1).min() > 0.0
    assert price.max() <= 0.05


@pytest.mark.slow
def test_a_price_of_the_dead_costs_signatures():
    """Paired runs of two years: with the price alone hardly any sign, by a text that came up by chance."""
    made = war("duel", runs=256)
    priced = made._replace(world=with_blood_price(made.world, np.full((SIDES, 1), 0.05, np.float32)))
    signed = [by_numpy(one, 104)[-1].truce.signed >= 0 for one in (made, priced)]
    only_without, only_with = (signed[0] & ~signed[1]).sum(), (signed[1] & ~signed[0]).sum()
    assert only_without > 12
    assert only_without > 5 * only_with

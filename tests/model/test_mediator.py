"""What a mediator values draws the texts that it carries, and an impartial one draws them nowhere."""

import copy

import numpy as np
import pytest

from wars import loaded, war
from westphalia.kinds import plain_loop
from westphalia.model.channel import at_option, hear
from westphalia.model.noise import weekly_draws
from westphalia.scenario.schema import Scenario

RUNS = 2000


def table_of(name, protocol, mediator, **laws):
    """The table of a scenario under one protocol with this mediator; None keeps what stands there."""
    data = copy.deepcopy(loaded(name).document.data)
    data["talks"]["protocol"] = protocol
    if mediator is not None:
        data["talks"]["protocols"][protocol]["mediator"] = mediator
    if laws:
        data["laws"]["messages"] = {"law": "distance-noise"} | laws
    made = war(Scenario.model_validate(data), runs=RUNS, weeks=1, precision=np.float64)
    return made, made.world.table


def as_read(name, protocol, mediator, party):
    """What every issue is worth to a party as each party reads it, in the mean: (party, issue)."""
    made, table = table_of(name, protocol, mediator)
    counts = table.terms.exists.sum(axis=1).astype(int)
    sent = np.random.default_rng(6).integers(0, np.broadcast_to(counts, (len(counts), RUNS)), dtype=np.int32)
    draws = weekly_draws(made.keys, 4, made.world.identity, np.float64)
    read = hear(table, sent, np.zeros((2, RUNS)), draws, plain_loop).read
    value = np.broadcast_to(table.terms.value[party], (*table.terms.value.shape[1:3], RUNS))
    return np.stack([at_option(value, of).mean(axis=-1) for of in read])


@pytest.mark.parametrize(("name", "protocol"), [("duel", "shuttle"), ("duel", "single-text"), ("ukraine", "shuttle")])
@pytest.mark.parametrize("side", [0, 1])
def test_a_mediator_draws_every_reading_toward_what_it_values(name, protocol, side):
    """The draws are the same, so whatever moves has been moved by the mediator; no reading moves away from it."""
    capital = list(loaded(name).scenario.sides)[side]
    impartial, partial = (as_read(name, protocol, mediator, side) for mediator in ({}, {capital: 1}))
    assert (partial >= impartial).all()
    assert (partial - impartial).mean() > (0.002 if protocol == "single-text" else 0.01)


def test_who_has_no_mediator_named_is_impartial():
    """The lean of a hop is what its receiver values."""
    _, table = table_of("duel", "shuttle", None)
    law, terms = table.laws.messages, table.terms
    own = np.stack([law.lean(value, 0.0 * value, terms.exists) for value in terms.value])
    for hop in table.channel.pull[0]:
        np.testing.assert_allclose(np.broadcast_to(hop, own.shape), np.exp(own), rtol=1e-12)


def test_a_mediator_values_the_weighted_mean_of_its_parties():
    _, table = table_of("ukraine", "shuttle", {"europe": 0.25, "united-states": 0.75}, sweetening=0, mediator_bias=2)
    terms = table.terms
    parties = [*loaded("ukraine").scenario.sides, "europe", "united-states"]
    mean = 0.25 * terms.value[parties.index("europe")] + 0.75 * terms.value[parties.index("united-states")]
    net = terms.exists * (mean - mean.sum(axis=1, keepdims=True) / terms.exists.sum(axis=1, keepdims=True))
    for pull in table.channel.pull[0, 0]:
        np.testing.assert_allclose(np.log(pull), 2.0 * net, atol=1e-12)


def test_the_mediator_of_the_flagship_leans_to_the_united_states_and_to_it_alone():
    _, named = table_of("ukraine", "shuttle", None)
    _, same = table_of("ukraine", "shuttle", {"united-states": 0.3})
    _, none = table_of("ukraine", "shuttle", {})
    np.testing.assert_allclose(named.channel.pull, same.channel.pull, rtol=1e-12, atol=1e-12)
    assert np.abs(named.channel.pull - none.channel.pull).max() > 0.1

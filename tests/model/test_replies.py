"""Replies travel back through the chains: a round late, and not at all where the chain garbles them."""

import dataclasses

import numpy as np
import pytest

from wars import war
from westphalia.kinds import plain_loop
from westphalia.model.channel import as_one_hop
from westphalia.model.noise import weekly_draws
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.round import exchange, known_limits, talk

RUNS = 4000


def a_round(error, rounds, known):
    """A round in which replies are lost with this chance of each hop, after so many rounds and these last replies."""
    made = war("duel", runs=RUNS, weeks=1, precision=np.float64)
    channel = made.world.table.channel
    channel = dataclasses.replace(channel, error=error * (channel.error > 0.0))
    table = dataclasses.replace(made.world.table, channel=channel)
    world = dataclasses.replace(made.world, table=table)
    talks = dataclasses.replace(
        made.state.talks, told=0.0 * made.state.talks.told + known, rounds=0.0 * made.state.talks.rounds + rounds
    )
    state = dataclasses.replace(made.state, talks=talks)
    draws = weekly_draws(made.keys, 0, world.identity, np.float64)
    expected = outlook(world, table, state, take(world, state, world.calendar.at(0)))
    said = exchange(world, table, state, expected, draws, plain_loop)
    after, _, _ = talk(world, table, state, expected, draws, np.array([1.0]), plain_loop, state.advance.position)
    return table, state, said, after


def test_the_first_round_knows_and_later_ones_know_the_last_reply():
    _, state, _, _ = a_round(0.0, 0.0, 0.7)
    wanted = 0.4 * np.ones((4, RUNS))
    np.testing.assert_array_equal(known_limits(state, wanted), wanted)
    _, state, _, _ = a_round(0.0, 1.0, 0.7)
    np.testing.assert_array_equal(known_limits(state, wanted), 0.7 * np.ones((4, RUNS)))


def test_through_clear_chains_every_reply_comes_back_a_round_late():
    _, _, said, after = a_round(0.0, 3.0, 0.7)
    assert (said.told != 0.7).all()
    assert (after.told == said.told).all()


@pytest.mark.parametrize("error", [0.1, 0.3])
def test_a_reply_comes_back_with_the_chance_that_its_chain_leaves_it_whole(error):
    """(1 - e)^2 for two hops of equal error; what is lost leaves the last reply as it was."""
    table, _, said, _ = a_round(error, 3.0, 0.7)
    whole, _ = as_one_hop(table.channel)
    assert whole == pytest.approx(1.0 - (1.0 - error) ** 2)
    came = (said.told != 0.7).mean(axis=1)
    np.testing.assert_allclose(came, (1.0 - error) ** 2, atol=4.0 * 0.5 / np.sqrt(RUNS))


def test_where_a_number_is_undefined_nothing_is_put_and_other_runs_have_their_round():
    """A run that failed must not stop the block that it is in."""
    last = np.where(np.arange(RUNS) == 7, np.nan, 0.7)
    _, _, said, _ = a_round(0.1, 3.0, last)
    _, _, sound, _ = a_round(0.1, 3.0, 0.7)
    assert said.is_put[7] == 0.0
    others = np.arange(RUNS) != 7
    np.testing.assert_array_equal(said.chosen[others], sound.chosen[others])
    assert sound.is_put[others].all()

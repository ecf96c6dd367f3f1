"""What the sides take the balance of the war to be before it begins."""

import dataclasses

import numpy as np

from wars import by_numpy, war
from westphalia.model.outlook import time_to_exhaustion
from westphalia.model.picture import own_direction, take

RUNS = 32


def test_the_index_at_the_start_is_that_which_a_first_week_without_chance_would_show():
    """Played here with all spreads of chance at 0, so that draws cannot matter."""
    made = war("ukraine", runs=RUNS, weeks=2, precision=np.float64)
    still = {name: 0.0 * getattr(made.world.noise, name) for name in ("front", "theatre", "tempo", "intensity")}
    shocks = {name: 0.0 * rows for name, rows in vars(made.state.shocks).items()}
    world = dataclasses.replace(made.world, noise=dataclasses.replace(made.world.noise, **still), table=None)
    state = dataclasses.replace(
        made.state, shocks=dataclasses.replace(made.state.shocks, **shocks), talks=None, truce=None
    )
    after = by_numpy(made._replace(world=world, state=state), 1)[-1]
    times = time_to_exhaustion(world, after, take(world, after, world.calendar.at(0)))
    unchanged = after.survival.changes.sum(axis=0) == 0.0
    assert unchanged.any()
    found = np.log(times[0] / times[1])[unchanged]
    np.testing.assert_allclose(made.state.talks.index[unchanged], found, rtol=1e-9, atol=1e-12)


def test_both_sides_expect_more_of_a_war_that_goes_better_for_them():
    """Beliefs are drawn apart about one index: the mean of the believed chances follows it, for either side."""
    made = war("winter-war-1939", runs=256, weeks=2, precision=np.float64)
    law, talks = made.world.table.laws.beliefs, made.state.talks
    own = own_direction(talks.index)
    chance = law.win_chance(own, talks.mean)
    ahead = talks.index > np.median(talks.index)
    assert (chance[0][ahead].mean() > chance[0][~ahead].mean()).all()
    assert (chance[1][ahead].mean() < chance[1][~ahead].mean()).all()
    assert np.median(np.abs(talks.index)) > 0.5


def test_the_first_week_teaches_nothing_by_the_index_alone():
    """Nobody has lost anything before it, so the index that it sees is the one that it began with."""
    made = war("winter-war-1939", runs=RUNS, weeks=4, precision=np.float64)
    first, second = (state.talks.index for state in by_numpy(made, 2)[1:])
    np.testing.assert_array_equal(first, made.state.talks.index)
    assert (second != first).all()

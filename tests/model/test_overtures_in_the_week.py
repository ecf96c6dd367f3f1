"""Overtures and talks in the week: own troops, the lull, and no effect of either where its link is off."""

import dataclasses

import numpy as np
import pytest

from wars import by_numpy, war
from westphalia.model.truce import on_troops

RUNS, WEEKS = 24, 10
LOST = np.array([[0.2], [0.05]])
"""Share of each side's people behind the other's line."""


def made_with(overture=(0.0, 0.0), **numbers):
    """Duel with these numbers of the law of overtures and these overtures, all of them believed in full."""
    made = war("duel", runs=RUNS, weeks=WEEKS, precision=np.float64)
    table, stance = made.world.table, made.world.doctrine.talks
    law = table.laws.overtures
    law = dataclasses.replace(law, **{name: 0.0 * getattr(law, name) + value for name, value in numbers.items()})
    table = dataclasses.replace(table, laws=dataclasses.replace(table.laws, overtures=law))
    stance = dataclasses.replace(stance, overture=0.0 * stance.overture + np.array(overture)[:, None])
    doctrine = dataclasses.replace(made.world.doctrine, talks=stance)
    talks = dataclasses.replace(made.state.talks, credibility=0.0 * made.state.talks.credibility + 1.0)
    world = dataclasses.replace(made.world, table=table, doctrine=doctrine)
    return made._replace(world=world, state=dataclasses.replace(made.state, talks=talks))


def field(made):
    return on_troops(made.world, made.world.table, made.state, LOST * np.ones(RUNS))


@pytest.mark.parametrize("side", [0, 1])
def test_own_overtures_weigh_on_own_troops_by_all_the_ground_at_stake(side):
    overture = np.eye(2)[side]
    on, off = (field(made_with(overture, own_morale=own, morale=0.0)) for own in (0.3, 0.0))
    np.testing.assert_allclose(on[side], -0.3 * 0.25, rtol=1e-12)
    assert (on[1 - side] == 0.0).all()
    assert (off == 0.0).all()


def test_without_the_links_overtures_leave_cohesion_as_it_is():
    loud, quiet = (
        by_numpy(made_with(overture, own_morale=0.0, morale=0.0, wedge=0.0, audience=0.0), 4)[-1]
        for overture in ((0.8, 0.3), (0.0, 0.0))
    )
    np.testing.assert_array_equal(loud.cohesion.level, quiet.cohesion.level)
    np.testing.assert_array_equal(loud.aid.will, quiet.aid.will)


def test_talks_that_go_on_ease_the_tempo_and_none_that_are_not_held():
    def tempo(depth, held):
        made = made_with(lull_depth=depth)
        table = dataclasses.replace(made.world.table, held=0.0 * made.world.table.held + held)
        table = dataclasses.replace(table, offset=table.offset + 9.0)
        states = by_numpy(made._replace(world=dataclasses.replace(made.world, table=table)), WEEKS)
        return states[-1].advance.tempo, states[-1].talks.talking

    eased, talking = tempo(0.2, 1.0)
    plain, _ = tempo(0.0, 1.0)
    assert (talking == 1.0).all()
    assert (eased <= plain + 1e-12).all()
    assert eased.mean() < 0.95 * plain.mean()
    silent = [tempo(depth, 0.0) for depth in (0.0, 0.2)]
    np.testing.assert_array_equal(silent[0][0], silent[1][0])
    assert (silent[0][1] == 0.0).all()


@pytest.mark.parametrize("side", [0, 1])
def test_a_step_with_every_overture_lowers_the_other_sides_suspicion_and_the_own_support(side):
    def after(size):
        made = made_with(np.eye(2)[side] * 0.4, morale=0.0, own_morale=0.0, wedge=0.0)
        stance = made.world.doctrine.talks
        stance = dataclasses.replace(stance, step=0.0 * stance.step + size)
        world = dataclasses.replace(made.world, doctrine=dataclasses.replace(made.world.doctrine, talks=stance))
        return by_numpy(made._replace(world=world), WEEKS)[-1]

    with_steps, without = after(1.0), after(0.0)
    held = with_steps.truce.kind + without.truce.kind == 0.0  # under a watched truce both would be at the floor
    assert held.any()
    assert (with_steps.talks.hostility[1 - side] < without.talks.hostility[1 - side])[held].all()
    assert (with_steps.consent.support[side] < without.consent.support[side])[held].all()
    np.testing.assert_allclose(with_steps.talks.hostility[side][held], without.talks.hostility[side][held], rtol=0.05)

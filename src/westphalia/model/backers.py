"""The backers' part of the week: will, fatigue, factions, deliveries, and what their client expects."""

from __future__ import annotations

from westphalia.kinds import Each, PerSide, record
from westphalia.laws.numerics import namespace
from westphalia.model.picture import Picture, backers_to_sides, coalition_share, sides_to_backers
from westphalia.model.state import AidState, State
from westphalia.model.truce import on_backers
from westphalia.model.world import Now, World


@record
class Aid:
    """What the other phases read of the backers."""

    armour: PerSide
    """Aid that buys vehicles, money a week, weighted by what each backer gives."""
    ammunition: PerSide
    """The same for ammunition."""
    will: PerSide
    """Will of each side's coalition, 0 to 1; 0 without backers."""
    abandonment: PerSide
    """Expectation that the backers leave, weighted with dependence, 0 to 1."""


def support_clients(world: World, state: State, picture: Picture, now: Now, week: Each) -> tuple[AidState, Aid]:
    """The backers a week later, and what they mean for their clients this week."""
    law, aid, backers = world.laws.aid, state.aid, world.backers
    xp = namespace(aid.will)
    given = aid.will * now.ceiling
    pledged = backers_to_sides(world, backers.capacity * aid.will)
    capacity = backers_to_sides(world, backers.capacity)
    rest = sides_to_backers(world, capacity) - backers.capacity
    of_others = (sides_to_backers(world, pledged) - backers.capacity * aid.will) / xp.maximum(rest, 1e-9)
    others = xp.where(rest > 1e-6, of_others, aid.will)
    age = world.backers.war_age + week
    terms = law.utility(aid.will, aid.fatigue, sides_to_backers(world, picture.victory), others, age)
    utility = sum(terms.values())
    if world.table is not None:
        utility = utility + sides_to_backers(world, on_backers(world, world.table, state))
    will = law.next_will(aid.will, aid.die_hard, utility)
    threat = sides_to_backers(world, xp.maximum(-state.consent.expectation, 0.0))
    allocated = backers.capacity * given
    pipeline, delivered = law.deliver(aid.pipeline, allocated)
    outlook = backers_to_sides(world, backers.capacity * aid.will * now.outlook)
    expected = xp.where(capacity > 1e-9, outlook / xp.maximum(capacity, 1e-9), 1.0)
    effect = Aid(
        armour=backers_to_sides(world, backers.armour_weight * delivered),
        ammunition=backers_to_sides(world, backers.ammunition_weight * delivered),
        will=coalition_share(world, given),
        abandonment=law.abandonment(expected, world.sides.dependence),
    )
    after = AidState(
        will=will,
        given=given,
        die_hard=law.next_die_hard(aid.die_hard, threat, aid.fatigue),
        fatigue=law.next_fatigue(aid.fatigue, given),
        pipeline=pipeline,
        allocated=aid.allocated + allocated,
        delivered=aid.delivered + delivered,
        arriving=delivered,
        expected=expected,
    )
    return after, effect

"""What each side expects of fighting on: the war index, what is learnt from it, and what fighting on is worth.

Equation:
    H_i = (sum over stocks of (stock / net use)^-2)^(-1/2);   X <- X + (ln H_1/H_2 - X) / 20
    V_i = P_i win + (1 - P_i) lose - cost (1 - subsidised will) E_i[T]
Units:
    times to exhaustion in weeks; values in units of utility, 0 to 1.
"""

from __future__ import annotations

from westphalia.kinds import Each, PerSide, record
from westphalia.laws.numerics import namespace, other, over_fronts
from westphalia.model.draws import Draws
from westphalia.model.picture import Picture, coalition_share, own_direction
from westphalia.model.state import State
from westphalia.model.table import Table
from westphalia.model.world import Ground, World

LONGEST = 1500.0
"""Weeks beyond which a stock counts as lasting."""
INDEX_TIME = 20.0
"""Weeks over which the index is smoothed."""
HALF_A_YEAR = 26.0
TRAINING_TIME = 12.0
"""Weeks in which those in training and hospital come back to the force under a truce."""


@record
class Outlook:
    """What each side expects, in its own eyes."""

    chance: PerSide
    """Believed chance of victory."""
    value: PerSide
    """Worth of fighting on."""
    value_later: PerSide
    """Worth of fighting on after a truce that has shifted power."""
    cost: PerSide
    """Expected cost of the rest of the war."""


def time_to_exhaustion(world: World, state: State, picture: Picture) -> PerSide:
    """Weeks until people, ground or vehicles run out at the present rate, the shortest counting most."""
    xp = namespace(picture.strength)
    killed_share = world.laws.attrition.killed_share
    people = over_fronts(state.manpower.pool) + picture.strength
    losses = xp.maximum(state.consent.death_rate / killed_share, people / LONGEST)
    area, speed = _ground_left(world.ground, picture, state)
    armour = state.materiel.armour + state.materiel.store
    worn = xp.maximum(state.materiel.net_loss, (armour + 1e-3) / LONGEST)
    ground = area / xp.maximum(speed, (area + 1.0) / LONGEST)
    times = (people / losses, ground, (armour + 1e-3) / worn)
    return 1.0 / xp.sqrt(sum(1.0 / xp.maximum(time * time, 1.0) for time in times))


def _ground_left(ground: Ground, picture: Picture, state: State) -> tuple[PerSide, PerSide]:
    """Land that each side can still lose, km2, and how fast it has been losing it, km2 a week."""
    xp = namespace(picture.own)
    left = xp.maximum(other(ground.limit - picture.own), 0.0)
    lost = xp.maximum(other(own_direction(state.advance.recent)), 0.0) / HALF_A_YEAR
    return over_fronts(picture.width * left), over_fronts(picture.width * lost)


def next_index(index: Each, times: PerSide, week: Each) -> Each:
    """The smoothed war index a week later; in week 0, before which nobody has lost anything, it stays as it is."""
    xp = namespace(times)
    return xp.where(week > 0.0, index + (xp.log(times[0] / times[1]) - index) / INDEX_TIME, index)


def learn(
    table: Table, state: State, index: Each, picture: Picture, changed: PerSide, draws: Draws
) -> tuple[PerSide, PerSide]:
    """Mean and variance of each side's belief about the drift after the week's fighting and change of leadership."""
    talks, law = state.talks, table.laws.beliefs
    assert talks is not None, "who talks has a state of talks"
    intensity = 0.5 * (picture.mean_tempo[0] + picture.mean_tempo[1])
    seen = law.observe(own_direction(index - talks.index), intensity, draws.signal)
    mean, variance = law.next_belief(talks.mean, talks.variance, seen, intensity)
    war = picture.fighting
    mean = law.succeeded(talks.mean + war * (mean - talks.mean), changed)
    return mean, talks.variance + war * (variance - talks.variance)


def next_doubt(table: Table, state: State, picture: Picture, changed: PerSide) -> PerSide:
    """What is left of others' first doubt about each side's tolerance of costs."""
    assert state.talks is not None, "who talks has a state of talks"
    intensity = 0.5 * (picture.mean_tempo[0] + picture.mean_tempo[1])
    return table.laws.beliefs.next_doubt(state.talks.doubt, intensity, changed)


def expected_shift(table: Table, state: State, picture: Picture) -> PerSide:
    """Shift of the war index in own direction that a truce is expected to bring."""
    xp = namespace(picture.strength)
    returning = over_fronts(state.manpower.training + state.manpower.wounded)
    rate = returning / (xp.maximum(picture.strength, 1e-6) * TRAINING_TIME)
    return table.laws.commitment.shift(rate)


def outlook(world: World, table: Table, state: State, picture: Picture) -> Outlook:
    """What fighting on is worth to each side now, and after a truce."""
    talks, stakes = state.talks, table.stakes
    assert talks is not None, "who talks has a state of talks"
    law, own = table.laws.beliefs, own_direction(talks.index)
    burden = stakes.cost * (1.0 - stakes.subsidised * coalition_share(world, state.aid.given))

    def worth(index: PerSide) -> tuple[PerSide, PerSide, PerSide]:
        chance, weeks = law.prospects(index, talks.mean, talks.variance)
        return chance, weeks, stakes.lose + chance * (stakes.win - stakes.lose) - burden * weeks

    chance, weeks, value = worth(own)
    _, _, later = worth(own + expected_shift(table, state, picture))
    return Outlook(chance=chance, value=value, value_later=later, cost=burden * weeks)

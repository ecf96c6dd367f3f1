"""How a war ends, and what first happened when.

Competing first passages: a military victory is a collapse of the other side's army or a decisive front at its limit. A
settlement or a bare ceasefire is an outcome as long as it holds; a settlement that broke is one while the war goes on.
Without talks in the scenario there is none; a withdrawal after a change of leadership is not modelled.
"""

from __future__ import annotations

from typing import Any, get_args

from jaxtyping import Bool

from westphalia.kinds import Count, Each, PerSide, PerSideFront, SideEvent
from westphalia.laws.numerics import namespace, other, over_fronts
from westphalia.model.state import OutcomeState, State
from westphalia.model.table import TruceState
from westphalia.model.world import World

TruthPerSide = Bool[Any, "#side *#run"]

OUTCOMES = (
    "ongoing",
    "military victory of {first}",
    "military victory of {second}",
    "collapse of both armies at once",
    "frozen war",
    "settlement holds",
    "ceasefire holds",
    "settlement broken",
    "withdrawal after leadership change",
    "left the domain",
)
"""Names of the outcomes by code."""

FROZEN, SETTLED, CEASED, BROKEN = 4, 5, 6, 7
"""Codes of the outcomes that are no victory."""

STATUSES = ("finished", "a number became infinite or undefined")

EVENTS: tuple[str, ...] = get_args(SideEvent)
"""First-passage events of each side, in the order of the recorded array."""


def next_outcome(
    world: World, state: State, own: PerSideFront, happened: list[TruthPerSide], week: Each
) -> OutcomeState:
    """Outcome, clocks and first weeks after the week ``week``; ``happened`` holds one (side, run) truth an event."""
    constants, outcome = world.constants, state.outcome
    xp = namespace(own)
    quiet = _highest(state.advance.tempo) < constants.quiet_tempo
    quiet_weeks = (outcome.quiet_weeks + 1.0) * quiet
    collapsed = army_cohesion(state) < constants.collapse_cohesion
    collapse_weeks = (outcome.collapse_weeks + 1.0) * collapsed
    reached = over_fronts(world.ground.decisive * (own >= world.ground.limit - 0.5)) > 0.5
    won = (other(collapse_weeks) >= constants.collapse_weeks) | reached
    victory = won[0] * 1 + won[1] * 2
    frozen = quiet_weeks >= constants.quiet_weeks
    ended = (outcome.code >= 1) & (outcome.code <= 3)
    so_far = xp.where(frozen, FROZEN, 0) if state.truce is None else _by_text(state.truce, frozen)
    code = xp.where(ended, outcome.code, xp.where(victory > 0, victory, so_far))
    events = xp.stack([event & (outcome.fighting > 0.5) for event in happened])
    return OutcomeState(
        fighting=xp.where((code >= 1) & (code <= 3), 0.0, outcome.fighting),
        quiet_weeks=quiet_weeks,
        collapse_weeks=collapse_weeks,
        code=code.astype(outcome.code.dtype),
        week=xp.where(code == outcome.code, outcome.week, week).astype(outcome.week.dtype),
        first=xp.where((outcome.first < 0) & events, week, outcome.first).astype(outcome.first.dtype),
        status=outcome.status,
    )


def _by_text(truce: TruceState, frozen: TruthPerSide) -> Count:
    """What holds between the sides where nobody has won; a war that is quiet without a text counts as frozen."""
    xp = namespace(truce.kind)
    none = xp.where(truce.broken >= 0.0, BROKEN, xp.where(frozen, FROZEN, 0))
    return xp.where(truce.kind > 1.5, SETTLED, xp.where(truce.kind > 0.5, CEASED, none))


def army_cohesion(state: State) -> PerSide:
    """Mean cohesion over each side's force."""
    xp = namespace(state.manpower.force)
    force = state.manpower.force
    return over_fronts(state.cohesion.level * force) / xp.maximum(over_fronts(force), 1e-6)


def what_happened(world: World, state: State, will: PerSide, causes: tuple[PerSideFront, ...]) -> list[TruthPerSide]:
    """Whether each event of ``EVENTS`` holds now: one (side, run) truth an event."""
    sides, manpower, materiel = world.sides, state.manpower, state.materiel
    served = over_fronts(world.backers.backs * world.backers.capacity) > 1e-9
    ample = world.laws.materiel.ammunition_satisfaction(materiel.ammunition) >= 0.49
    return [
        over_fronts(manpower.pool) < 0.25 * sides.pool,
        over_fronts(manpower.force) + manpower.reserve < 0.5 * sides.strength_at_start,
        materiel.armour < 0.25 * sides.armour_at_start,
        ~ample,
        army_cohesion(state) < 0.5,
        state.consent.support < 0.3,
        (will < 0.3) & served,
        *(_any_front(cause) for cause in causes),
        _any_front(state.advance.counter),
        manpower.wave > 0.2,
        state.survival.changes > 0.5,
    ]


def _any_front(value: PerSideFront) -> TruthPerSide:
    return over_fronts(1.0 * (value > 0.5)) > 0.5


def _highest(value: PerSideFront) -> Each:
    xp = namespace(value)
    most = value[0, 0]
    for side in range(value.shape[0]):
        for front in range(value.shape[1]):
            most = xp.maximum(most, value[side, front])
    return most

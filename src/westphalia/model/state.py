"""The state of the war at the start of a week, one record a law family.

Persons in thousands, vehicles in thousands, distances in km, money in the scenario's unit. Positions are in the
scenario's coordinate: km of advance of the first side, positive into the second side's territory.
"""

from __future__ import annotations

from westphalia.kinds import (
    Count,
    Each,
    PerBacker,
    PerBackerStage,
    PerFront,
    PerSide,
    PerSideCohort,
    PerSideFront,
    PerSideStage,
    record,
)
from westphalia.model.table import TalksState, TruceState


@record
class AdvanceState:
    """Where the lines are and how they are held."""

    position: PerFront
    """Line of contact, km of advance of the first side."""
    recent: PerFront
    """Net advance of the first side over about the last half year, km."""
    tempo: PerSideFront
    """Intensity of each side's own attacks, 0 to 1."""
    withdrawal: PerSideFront
    """Speed at which each side leaves ground, km a week."""
    dig_in: PerSideFront
    """State of the field works that each side stands in, 0 to 1."""
    prepared: PerSideFront
    """State of the ground behind each side's line, 0 to 1."""
    counter: PerSideFront
    """Whether each side's counter-offensive is under way, 0 to 1."""
    loss_rate: PerSideFront
    """Losses of the week before per head of those engaged, the joining reserve included; all causes of combat."""
    ground_lost: PerSideFront
    """Speed of own loss of ground as seen, first stage of the delay, km a week."""
    urgency: PerSideFront
    """The same after the second stage, km a week."""
    enemy_share: PerSideFront
    """Share of the other side's force on each front, as seen with delay."""
    saturation: Each
    """Saturation of the front with precision fires, 0 to 1."""


@record
class SupplyState:
    """What reaches the front."""

    transport: PerSideFront
    """Share of demand that transport delivers, 0 to 1."""
    satisfaction: PerSideFront
    """Transport and ammunition together, 0 to 1."""
    railhead: PerSideFront
    """Railhead of each side in its own direction of advance, km."""
    crossing: PerSideFront
    """Share of capacity left over the surviving crossings of the front's river, 0 to 1."""


@record
class ManpowerState:
    """Where the people of each side are, in thousand persons."""

    pool: PerSideCohort
    """People who can still be called up, by age cohort."""
    behind: PerSideCohort
    """People of the pool who live behind the other side's line."""
    training: PerSideStage
    """Recruits in training, two stages."""
    force: PerSideFront
    """Force in contact."""
    reserve: PerSide
    """Force held off the front."""
    garrison: PerSide
    """Force that holds occupied land."""
    staying: PerSide
    """People left behind before a withdrawal."""
    wounded: PerSideStage
    """Wounded and sick, two stages."""
    dead: PerSide
    """Dead since the start of the war."""
    injured: PerSide
    """Wounded or sick since the start of the run."""
    disabled: PerSide
    """Wounded and sick who do not return, since the start of the run."""
    captured: PerSide
    """Prisoners of the other side, since the start of the run."""
    deserted: PerSide
    """Gone from the force without leave and not returned."""
    emigrated: PerSide
    """People of the pool who left the country since the start of the run."""
    arrived: PerSide
    """Formed units from outside the model, since the start of the run; subtracted in the balance of persons."""
    quality: PerSide
    """Quality index, 1 at the reference."""
    tour: PerSide
    """Mean time in the force, weeks."""
    wave: PerSide
    """Strength of the mobilisation wave under way, 0 to 1."""


@record
class MaterielState:
    """Heavy materiel in thousand vehicles, ammunition as an index, the war economy."""

    armour: PerSide
    store: PerSide
    ammunition: PerSide
    economy: PerSide
    """Index of the war economy, 1 at the start."""
    armour_lost: PerSide
    """Since the start of the run."""
    armour_made: PerSide
    """Produced or delivered since the start of the run (refurbishment moves from the store)."""
    net_loss: PerSide
    """Lost less made in the week before."""


@record
class AidState:
    """The backers."""

    will: PerBacker
    """Share of capacity that the backer wants to give, 0 to 1."""
    given: PerBacker
    """Share of capacity that was given in the week before: will under the ceiling, 0 to 1."""
    die_hard: PerBacker
    """Share of the die-hard faction, 0 to 1."""
    fatigue: PerBacker
    pipeline: PerBackerStage
    """Allocated and not yet delivered, two stages, money."""
    allocated: PerBacker
    """Since the start of the run, money."""
    delivered: PerBacker
    """Since the start of the run, money."""
    arriving: PerBacker
    """Delivered in the week before, money a week."""
    expected: PerSide
    """Will of the coalition as its client expects it over the next half year, 0 to 1."""


@record
class CohesionState:
    """Cohesion of each side's troops."""

    level: PerSideFront
    """0 to 1."""


@record
class ConsentState:
    """Support at home."""

    support: PerSide
    """0 to 1."""
    expectation: PerSide
    """Smoothed sign of the land war for each side, -1 to 1."""
    death_rate: PerSide
    """Dead of the week before, thousand."""


@record
class SurvivalState:
    """The leadership of each side."""

    culpability: PerSide
    hawkishness: PerSide
    weeks_in_office: PerSide
    changes: PerSide
    """Number of changes of leadership since the start of the run."""


@record
class OccupationState:
    """Occupied people and those who resist."""

    partisans: PerSide
    """Partisans against each side, thousand."""
    displaced: PerSide
    """People displaced from land that each side holds, thousand."""


@record
class ShockState:
    """Slow random parts of the war, each a stationary autoregression."""

    front: PerSideFront
    theatre: PerSide
    tempo: PerSideFront
    intensity: PerSide


@record
class OutcomeState:
    """What has happened so far."""

    fighting: Each
    """1 while the war goes on, 0 under a truce or after its end."""
    quiet_weeks: Each
    collapse_weeks: PerSide
    code: Count
    """Outcome so far, an index of ``OUTCOMES``."""
    week: Count
    """Week in which the outcome was reached, -1 before."""
    first: Count
    """Week in which each event of ``EVENTS`` first happened for each side, -1 before: (event, side, run)."""
    status: Count
    """0 while all numbers are finite, otherwise an index of ``STATUSES``."""


@record
class State:
    """All that a week needs to know of the weeks before it."""

    advance: AdvanceState
    supply: SupplyState
    manpower: ManpowerState
    materiel: MaterielState
    aid: AidState
    cohesion: CohesionState
    consent: ConsentState
    survival: SurvivalState
    occupation: OccupationState
    shocks: ShockState
    outcome: OutcomeState
    talks: TalksState | None = None
    """A war without talks has neither this nor the next."""
    truce: TruceState | None = None

"""The world a war is fought in: all that a run does not change.

``Calendar`` holds what is given week by week, with a leading week axis; every other number has at most domain axes
and the run axis. Own direction: for each side positive is its own advance, so a line at ``position`` lies at
``+position`` for the first side and at ``-position`` for the second.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from jaxtyping import Float, Int

from westphalia.kinds import Each, PerBacker, PerFront, PerSide, PerSideFront, record
from westphalia.laws.advance.base import AdvanceLaw
from westphalia.laws.aid.base import AidLaw
from westphalia.laws.allocation.base import AllocationLaw
from westphalia.laws.attrition.base import AttritionLaw
from westphalia.laws.cohesion.base import CohesionLaw
from westphalia.laws.consent.base import ConsentLaw
from westphalia.laws.counter.base import CounterLaw
from westphalia.laws.manpower.base import ManpowerLaw
from westphalia.laws.materiel.base import MaterielLaw
from westphalia.laws.occupation.base import OccupationLaw
from westphalia.laws.power.base import PowerLaw
from westphalia.laws.supply.base import SupplyLaw
from westphalia.laws.survival.base import SurvivalLaw
from westphalia.model.shocks import Noise
from westphalia.model.table import Stance, Table

PerFrontKnot = Float[Any, "#front knot *#run"]
PerFrontPeopleKnot = Float[Any, "#front people_knot *#run"]
PerSideFrontBelt = Float[Any, "#side #front belt *#run"]
PerSideFrontIdentity = Int[Any, "#side #front *#run"]


@record
class Laws:
    """The law in use of each family."""

    aid: AidLaw
    materiel: MaterielLaw
    manpower: ManpowerLaw
    allocation: AllocationLaw
    supply: SupplyLaw
    power: PowerLaw
    attrition: AttritionLaw
    advance: AdvanceLaw
    counter: CounterLaw
    occupation: OccupationLaw
    cohesion: CohesionLaw
    consent: ConsentLaw
    survival: SurvivalLaw


@record
class Ground:
    """The fronts. Positions in the scenario's coordinate unless said otherwise."""

    width_at: PerFrontKnot
    width: PerFrontKnot
    """Width of the front, km, a table over position."""
    inhabitants_at: PerFrontPeopleKnot
    inhabitants: PerFrontPeopleKnot
    """Inhabitants per km of depth, thousand, a table over position."""
    limit: PerSideFront
    """Farthest advance of each side, own direction, km."""
    home: PerSideFront
    """From here on, own direction, land is foreign to the side, km."""
    home_area: PerSideFront
    """Area between zero and ``home``, own direction, km2."""
    home_people: PerSideFront
    """Inhabitants between zero and ``home``, own direction, thousand."""
    stop: PerSideFront
    """Deepest line that each side gives up, own direction (negative is a retreat from zero), km."""
    terrain: PerFront
    river_at: PerFront
    river_half_width: PerFront
    river_bonus: PerFront
    """Added to the defence of a side behind the river while crossings are cut."""
    river_capacity: PerSideFront
    """Share of capacity that crossings carry when intact; 1 where there is no river."""
    belt_at: PerSideFrontBelt
    belt_half_width: PerSideFrontBelt
    belt_bonus: PerSideFrontBelt
    hostility: PerSideFront
    """Share of the inhabitants hostile to each side."""
    neighbours: Float[Any, "front front *#run"]
    """Weights that average a front's neighbours; rows add up to 1."""
    decisive: PerSideFront
    """1 where reaching the side's limit decides the war."""
    industry: PerSideFront
    """Share of the side's war economy lost per km given up on the front."""


@record
class Doctrine:
    """What the week reads of each side's doctrine; stop lines are part of the ground."""

    tempo: PerSide
    tolerance: PerSide
    withdrawal: PerSide
    reserve: PerSide
    counter_trigger: PerSide
    supply_floor: PerSide
    pause: PerSide
    mobilisation_trigger: PerSide
    mobilisation_wave: PerSide
    stay_behind: PerSide
    garrison: PerSide
    strike_front: PerSide
    strike_supply: PerSide
    strike_economy: PerSide
    talks: Stance


@record
class Sides:
    """What a side is."""

    population: PerSide
    """Inhabitants of the land that the side holds at the start, thousand."""
    pool: PerSide
    """People who could be called up at the start, thousand."""
    strength_wanted: PerSide
    """Strength in theatre below which a wave of mobilisation is considered, thousand."""
    strength_at_start: PerSide
    """Force in theatre at the start, thousand."""
    armour_at_start: PerSide
    dependence: PerSide
    """Share of what the army runs on that is imported, 0 to 1."""
    support_base: PerSide
    """Logit of support that events do not account for."""
    occupied_at_start: PerSide
    """Own inhabitants under the other side at the start, thousand."""
    industry_at_start: PerSide
    """Share of the war economy already lost at the start; strain counts from there."""


@record
class Backers:
    """Who supports whom, with how much at most."""

    backs: Float[Any, "side #backer *#run"]
    """1 where the backer supports the side."""
    capacity: PerBacker
    """Military aid at full will, money a week."""
    armour_weight: PerBacker
    ammunition_weight: PerBacker
    """How much of each a unit of this backer's aid buys, relative to the law's number."""
    war_age: Each
    """Steps from the beginning of the war to the start of the run."""


@record
class Constants:
    """Numbers that decide when an outcome has been reached, and how fast prospects are read off the map."""

    quiet_tempo: Each
    quiet_weeks: Each
    collapse_cohesion: Each
    collapse_weeks: Each
    expectation_area: Each
    """Net change of land a week that counts as plain success, km2."""
    expectation_rate: Each
    """Share of the gap to the new reading closed a week."""


@record
class Calendar:
    """What is given week by week; the leading axis is the week."""

    season: Float[Any, "week *#run"]
    """Multiplies tempo."""
    fighting: Float[Any, "week *#run"]
    """1 in war, 0 under a truce."""
    posture: Float[Any, "week side front *#run"]
    """Tempo that the situation asks for."""
    share: Float[Any, "week side front *#run"]
    """Share of the force that the plan gives each front; what is missing to 1 is the reserve."""
    intake: Float[Any, "week side *#run"]
    """Claimed intake, thousand persons a week."""
    arrivals: Float[Any, "week side *#run"]
    """Formed units from outside the model, thousand persons a week."""
    ceiling: Float[Any, "week #backer *#run"]
    """Share of the backer's capacity that its calendar allows."""
    outlook: Float[Any, "week #backer *#run"]
    """Mean of the ceiling over the coming half year, as announced."""
    belt_built: Float[Any, "week side front belt *#run"]
    """Share of each belt that has been built."""
    crossing_strikes: Float[Any, "week side front *#run"]
    """Intensity of strikes on each side's crossings, 0 to 1."""
    election: Float[Any, "week side *#run"]
    """1 in a week in which the side's leadership stands for election."""
    leadership_change: Float[Any, "week side *#run"]
    """1 in a week in which a change of leadership is set by the scenario."""

    def at(self, week: Any) -> Now:  # noqa: ANN401
        """What the calendar gives in one week."""
        return Now(*(getattr(self, field.name)[week] for field in dataclasses.fields(self)))


@record
class Now:
    """One week of the calendar, field by field."""

    season: Each
    fighting: Each
    posture: PerSideFront
    share: PerSideFront
    intake: PerSide
    arrivals: PerSide
    ceiling: PerBacker
    outlook: PerBacker
    belt_built: PerSideFrontBelt
    crossing_strikes: PerSideFront
    election: PerSide
    leadership_change: PerSide


@record
class Identity:
    """Who draws which random numbers; exchanging sides exchanges these with the data."""

    side: Int[Any, "side *#run"]
    front: PerSideFrontIdentity
    backer: Int[Any, "#backer *#run"]
    player: Int[Any, "#player *#run"]


@record
class World:
    """Everything that a run takes as given."""

    laws: Laws
    ground: Ground
    doctrine: Doctrine
    sides: Sides
    backers: Backers
    constants: Constants
    noise: Noise
    calendar: Calendar
    identity: Identity
    table: Table | None = None
    """What is talked about; a war without talks has none."""

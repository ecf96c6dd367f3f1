"""The home part of the week: materiel and economy, occupied land, support, leadership."""

from __future__ import annotations

from westphalia.kinds import Each, PerFront, PerSide, record
from westphalia.laws.numerics import namespace, other, over_fronts
from westphalia.model.backers import Aid
from westphalia.model.draws import Draws
from westphalia.model.people import Losses
from westphalia.model.picture import Picture, people_lost, per_100k
from westphalia.model.state import ConsentState, MaterielState, OccupationState, State, SurvivalState
from westphalia.model.world import Now, World


def next_materiel(
    world: World, state: State, picture: Picture, aid: Aid, loss_rate: PerSide, position: PerFront
) -> MaterielState:
    """Vehicles, store, ammunition and economy a week later; ``loss_rate`` is the mean loss per head of the week."""
    law, materiel = world.laws.materiel, state.materiel
    xp = namespace(materiel.armour)
    struck = other(world.doctrine.strike_economy) * picture.fighting
    refurbished = law.refurbished(materiel.store) * picture.fighting
    made = law.produced(materiel.economy, struck) + law.armour_from_aid(aid.armour)
    exposure = law.exposure(materiel.armour, picture.strength, world.laws.power.armour_reference)
    lost = materiel.armour * -xp.expm1(-exposure * loss_rate)
    mobilised = picture.strength / world.sides.population
    return MaterielState(
        armour=materiel.armour + refurbished + made - lost,
        store=materiel.store - refurbished,
        ammunition=law.next_ammunition(
            materiel.ammunition, picture.mean_tempo, materiel.economy, aid.ammunition, struck
        ),
        economy=law.next_economy(
            materiel.economy,
            mobilised,
            industry_lost(world, position) - world.sides.industry_at_start,
            world.sides.dependence * aid.will,
            struck,
        ),
        armour_lost=materiel.armour_lost + lost,
        armour_made=materiel.armour_made + made,
        net_loss=lost - made,
    )


def industry_lost(world: World, position: PerFront) -> PerSide:
    """Share of each side's war economy behind the other's line."""
    xp = namespace(position)
    given_up = xp.stack([xp.maximum(-position, 0.0), xp.maximum(position, 0.0)])
    return over_fronts(world.ground.industry * given_up)


@record
class Occupation:
    """What holding land does to the rest of the week."""

    fill: PerSide
    """Garrison over need."""
    interdiction: PerSide
    ambushed: PerSide
    """Garrison soldiers lost, thousand."""


def police(world: World, state: State, picture: Picture, aid: Aid) -> tuple[OccupationState, Occupation]:
    """Partisans and displaced a week later, and what they do to the occupier this week."""
    law, occupation, manpower = world.laws.occupation, state.occupation, state.manpower
    occupied = over_fronts(picture.occupied)
    hostile = over_fronts(picture.occupied * world.ground.hostility)
    fill = (manpower.garrison + 1e-3) / (law.garrison_need(occupied, hostile) + 1e-3)
    hope = 0.5 * other(picture.victory) + 0.5 * other(aid.will)
    grown, _ = law.next_partisans(
        occupation.partisans, hostile, occupied, manpower.garrison, fill, hope, other(manpower.staying)
    )
    effect = Occupation(
        fill=fill,
        interdiction=law.interdiction(occupation.partisans, occupied, fill),
        ambushed=law.ambush_losses(occupation.partisans, manpower.garrison, fill) * picture.fighting,
    )
    going = state.outcome.fighting
    return OccupationState(
        partisans=occupation.partisans + going * (grown - occupation.partisans),
        displaced=occupation.displaced + going * law.displaced(hostile, occupation.displaced),
    ), effect


def next_consent(
    world: World, state: State, picture: Picture, losses: Losses, area: PerSide, week: Each
) -> ConsentState:
    """Support and prospects a week later; ``area`` is the net change of land of each side in the week, km2."""
    law, consent, sides = world.laws.consent, state.consent, world.sides
    burden = consent_burden(world, state, picture, losses.killed, week)
    if world.table is not None and state.talks is not None:
        stance, laws = world.doctrine.talks, world.table.laws
        asking = laws.overtures.audience_cost(stance.overture, state.talks.credibility)
        burden = burden - asking - laws.commitment.step_cost(stance.overture, stance.step)
    reading = namespace(area).tanh(area / world.constants.expectation_area)
    return ConsentState(
        support=law.next_support(consent.support, sides.support_base + burden),
        expectation=consent.expectation + world.constants.expectation_rate * (reading - consent.expectation),
        death_rate=losses.killed,
    )


def consent_burden(world: World, state: State, picture: Picture, killed: PerSide, week: Each) -> PerSide:
    """Logit of support that events account for; ``week`` counts from the start of the run."""
    return world.laws.consent.burden(
        per_100k(world, state.manpower.dead),
        per_100k(world, killed),
        per_100k(world, state.consent.death_rate),
        picture.victory,
        people_lost(world, picture.occupied),
        state.manpower.wave,
        1.0 - state.materiel.economy,
        state.survival.weeks_in_office,
        world.backers.war_age + week,
    )


def next_leadership(world: World, state: State, now: Now, draws: Draws) -> SurvivalState:
    """The leaderships a week later."""
    law, survival, consent = world.laws.survival, state.survival, state.consent
    xp = namespace(survival.culpability)
    chance = law.exit_chance(consent.support, consent.expectation, survival.culpability, now.election)
    changed = xp.where(draws.exit_uniform < chance, 1.0, xp.minimum(now.leadership_change, 1.0))
    culpability, hawkishness = law.successor(consent.support, survival.culpability, draws.succession)
    return SurvivalState(
        culpability=survival.culpability + changed * (culpability - survival.culpability),
        hawkishness=survival.hawkishness + changed * (hawkishness - survival.hawkishness),
        weeks_in_office=(survival.weeks_in_office + 1.0) * (1.0 - changed),
        changes=survival.changes + changed,
    )


def mean_loss_rate(losses: Losses, strength: PerSide) -> PerSide:
    """Losses per head of the whole force in the week, from fighting alone."""
    return (losses.killed + losses.wounded + losses.captured) / namespace(strength).maximum(strength, 1e-6)

"""The war core as an agent-based modeller would write it: Mesa agents with numbers as attributes, one run a model.

A front is an agent, so is each side, and so is each side's sector of a front. Every phase of the week is finished for
all agents before the next begins, so that no side moves first. The random numbers are those of the other forms, so that
runs can be compared one by one; they are drawn while a model is built, which spares its weeks the time.
"""

import math

import mesa
import numpy as np

from benchmarks.core import begin, by_numpy
from benchmarks.object_laws import (
    Table,
    at,
    bump,
    clip,
    fields,
    gate,
    of_run,
    of_side,
    settle,
    smooth_min_one,
    softplus,
    two_stages,
)
from westphalia.model import shocks
from westphalia.model.battle import NOBODY
from westphalia.model.noise import weekly_draws
from westphalia.model.week import PAUSE_DISTANCE, RECENT_MEMORY


class Part(mesa.Agent):
    """What all agents share: numbers of the state, by shape and place, and slow shocks to some of them."""

    shapes, shaken_by = (), ()

    def __init__(self, model, state, *place):
        super().__init__(model)
        self.place = place
        for record, name, own_name in fields(*self.shapes):
            setattr(self, own_name, at(getattr(getattr(state, record), name), *place))

    def shake(self):
        """Slow shocks a week later."""
        for channel in self.shaken_by:
            name, (memory, spread) = f"{channel}_shock", self.model.shocks[channel]
            draw = at(getattr(self.model.draws, channel), *self.place)
            setattr(self, name, memory * getattr(self, name) + spread * draw)


class Front(Part):
    """A front: the ground, the line on it, and the sectors of the two sides that meet there."""

    shapes = ("PerFront",)

    def __init__(self, model, number, ground, state):
        super().__init__(model, state, number)
        self.number, self.sectors = number, []
        self.widths = Table(ground.width_at[number], ground.width[number])
        self.people = Table(ground.inhabitants_at[number], ground.inhabitants[number])
        for name in ("terrain", "river_at", "river_half_width", "river_bonus"):
            setattr(self, name, getattr(ground, name)[number])
        self.neighbours = [(other, weight) for other, weight in enumerate(ground.neighbours[number]) if weight]

    def look(self):
        """Read the line at the start of the week, and how far it has run ahead of its neighbours."""
        self.start, self.width = self.position, self.widths.value(self.position)
        beside = sum(weight * self.model.fronts[other].recent for other, weight in self.neighbours)
        self.salient = self.recent - beside

    def fight(self):
        """The week's combat, sub-step by sub-step."""
        (first, second), dt = self.sectors, 1.0 / self.model.substeps
        for _ in range(self.model.substeps):
            width = self.widths.value(self.position)
            for sector in self.sectors:
                sector.defend(width)
            for sector in self.sectors:
                sector.attack(dt)
            for sector in self.sectors:
                sector.bleed(dt)
            speed = first.push - second.push + second.back - first.back
            self.position = clip(self.position + dt * speed, -second.limit, first.limit)
            for sector in self.sectors:
                sector.dig(sector.sign * speed, dt)

    def shift(self):
        """The week's movement of the line."""
        self.moved = self.position - self.start
        self.recent = RECENT_MEMORY * self.recent + self.moved


class Sector(Part):
    """The troops of one side on one front."""

    shapes, shaken_by = ("PerSideFront",), ("front", "tempo")

    def __init__(self, model, side, front, ground, state):
        super().__init__(model, state, side.number, front.number)
        self.side, self.front, self.laws, self.enemy = side, front, side.laws, None
        self.sign = 1.0 if side.number == 0 else -1.0
        for name in ("limit", "home", "home_people", "stop", "river_capacity", "hostility", "industry"):
            setattr(self, name, at(getattr(ground, name), *self.place))
        belts = (at(numbers, *self.place) for numbers in (ground.belt_at, ground.belt_half_width, ground.belt_bonus))
        self.belts = list(zip(*belts, strict=True))
        self.river = self.sign * front.river_at + front.river_half_width

    def people_held(self):
        """Inhabitants of the land beyond home that the side holds here."""
        return max(self.sign * self.front.people.integral(self.front.position) - self.home_people, 0.0)

    def look(self):
        """Read the week's calendar and weather."""
        model, now = self.model, self.model.now
        self.posture, self.plan = at(now.posture, *self.place), at(now.share, *self.place)
        built = at(now.belt_built, *self.place)
        self.worth = [(there, half, bonus * done) for (there, half, bonus), done in zip(self.belts, built, strict=True)]
        self.own, self.occupied = self.sign * self.front.position, self.people_held()
        self.pace = clip(self.tempo * now.season * math.exp(self.tempo_shock) * model.at_war, 0.0, 1.0)

    def extend(self):
        """How far the sector has outrun itself."""
        law, recent = self.laws.counter, self.sign * self.front.recent
        salient = min(self.sign * self.front.salient, recent)
        self.overextension = (
            (1.0 - self.transport)
            + law.salient_weight * clip(salient / law.salient_scale, 0.0, 1.0)
            + law.garrison_weight * max(1.0 - self.side.fill, 0.0)
            + law.thin_weight * law.thin_density / (law.thin_density + self.force / self.front.width)
        )
        doctrine = self.side.doctrine
        resting = clip(recent / PAUSE_DISTANCE - 1.0, 0.0, 1.0) * doctrine.pause / (doctrine.pause + 4.0)
        wanted = max(self.posture * self.side.zeal * (1.0 - resting), self.counter)
        self.wanted_tempo = clip(wanted, 0.0, 1.0) * self.model.at_war

    def order(self):
        """What the week's combat starts from and what does not change in it."""
        side, power, counter = self.side, self.laws.power, self.laws.counter
        self.effectiveness = (
            side.effectiveness
            + power.supply_exponent * math.log(max(self.satisfaction, 0.01))
            + power.cohesion_exponent * math.log(max(self.level, 0.01))
            + self.front_shock
            + self.counter * math.log(1.0 + counter.bonus * self.enemy.overextension)
        )
        self.committed = counter.concentration * self.counter / max(side.countering, 1.0) * side.reserve
        self.joining, self.engaged = self.committed, max(self.force + self.committed, 1e-6)
        self.lost = self.lost_attacking = self.captured = 0.0
        self.planned_over_present = self.plan / max(self.force / max(side.line + side.reserve, 1e-6), 1e-6)
        speed = self.laws.advance.withdrawal_speed
        self.contact = max((1.0 - self.withdrawal / speed) * (1.0 - self.enemy.withdrawal / speed), 0.0)

    def obstacle(self):
        """Worth of a river before the sector's attack."""
        across = (self.sign * self.front.position - self.river) / self.front.river_half_width
        return self.front.river_bonus * bump(across) * (1.0 - self.crossing)

    def defend(self, width):
        """Strength and worth of the defence at this moment."""
        law, front, enemy = self.laws.power, self.front, self.enemy
        self.present = self.force + self.joining
        density = self.present / width
        river = enemy.obstacle() if front.river_bonus else 0.0
        belts = sum(worth * bump((front.position - there) / half) for there, half, worth in self.worth)
        works = front.terrain + law.belt_scale * belts
        works += law.dig_in_bonus * self.dig_in + law.saturation_bonus * self.model.saturation
        self.defence = 1.0 + river + works * density**2 / (density**2 + law.density_scale**2)
        self.presence = self.present / (self.present + self.laws.attrition.presence)

    def attack(self, dt):
        """Odds of an attack, and the speeds of advance and withdrawal that follow."""
        law, enemy, own = self.laws.advance, self.enemy, self.sign * self.front.position
        odds = max((self.present + NOBODY) / ((enemy.present + NOBODY) * enemy.defence), 1e-6)
        self.log_advantage = clip(math.log(odds) + self.effectiveness - enemy.effectiveness, -8.0, 8.0)
        self.ratio = math.exp(self.laws.attrition.exponent * self.log_advantage)
        drive = law.push * self.pace * softplus(self.log_advantage - law.bend, law.softness)
        self.push = law.ceiling * -math.expm1(-drive / law.ceiling) * clip(self.limit - own, 0.0, 1.0)
        self.back = min(self.withdrawal * self.model.at_war, max(own - self.stop, 0.0) / dt)

    def bleed(self, dt):
        """Losses to fire and in pockets."""
        law, enemy, model = self.laws.attrition, self.enemy, self.model
        attacking = self.pace * enemy.presence
        scale = law.intensity * self.contact * self.side.intensity
        in_attack = scale * attacking / self.ratio + law.saturation_loss * model.saturation * attacking
        in_defence = scale * enemy.pace * self.presence * enemy.ratio + law.background
        rate = model.at_war * (in_attack + in_defence)
        excess = max(self.overextension - enemy.side.doctrine.counter_trigger, 0.0)
        through = enemy.push / (enemy.push + self.laws.advance.withdrawal_speed)
        pocket = self.laws.counter.pocket * excess * enemy.counter * through
        share = -math.expm1(-(rate + pocket) * dt)
        gone = self.present * share
        pocketed = gone * pocket / max(rate + pocket, 1e-9)
        self.force -= self.force * share
        self.joining -= self.joining * share
        self.lost += gone - pocketed
        self.lost_attacking += (gone - pocketed) * in_attack / max(in_attack + in_defence, 1e-9)
        self.captured += pocketed

    def dig(self, speed, dt):
        """Field works at the speed of this sub-step, in the side's own direction."""
        law = self.laws.advance
        rate = 1.0 / law.dig_time + abs(speed) / law.dig_speed
        gain = 1.0 / law.dig_time + self.prepared * max(-speed, 0.0) / law.dig_speed
        self.dig_in = settle(self.dig_in, gain / rate, rate * dt)

    def dwindle(self):
        """Losses to want, desertion and retreat."""
        law = self.laws.manpower
        self.sick = self.force * self.laws.supply.non_battle * (1.0 - self.transport) ** 2
        leaving = law.desertion_base + law.desertion_cohesion * (1.0 - self.level) ** 2 + self.side.tired
        self.gone = self.force * leaving
        retreat = self.withdrawal / self.laws.advance.withdrawal_speed
        self.left = self.force * min(self.side.doctrine.stay_behind * retreat, 0.2)
        self.force -= self.sick + self.gone + self.left

    def wanted_share(self, held_back, planned):
        """Share of the force that the sector asks for, before all are scaled to the plan."""
        law, plan = self.laws.allocation, self.plan * held_back
        mixed = plan + law.mirroring * gate(plan / 0.01 - 1.0) * (self.enemy_share * planned - plan)
        return mixed * (1.0 + law.reinforcement * clip(self.urgency / 5.0, 0.0, 1.0))

    def adapt(self):
        """Tempo, withdrawal, prepared ground and counter-offensive a week later."""
        law, counter, doctrine = self.laws.advance, self.laws.counter, self.side.doctrine
        self.loss_rate = (self.lost + self.captured) / self.engaged
        in_attack = self.lost_attacking / self.engaged
        in_defence = self.loss_rate - in_attack
        borne = (doctrine.tolerance - in_attack) / law.tolerance_width
        fed = gate((self.satisfaction - doctrine.supply_floor) / law.supply_width)
        tempo = self.wanted_tempo * (0.5 + 0.5 * math.tanh(0.5 * borne)) * fed
        self.tempo += law.tempo_relaxation * (tempo - self.tempo)
        room = self.sign * self.front.position - self.stop
        speed = law.withdrawal_speed * self.worst_cause(in_defence) * gate(2.0 * room / law.stop_width - 1.0)
        self.withdrawal += law.withdrawal_relaxation * (speed - self.withdrawal)
        self.withdrawal = min(self.withdrawal, max(room, 0.0))
        rate = 1.0 / law.prepare_time + abs(self.front.moved) / law.prepare_distance
        self.prepared = settle(self.prepared, 1.0 / (law.prepare_time * rate), rate)
        called = gate((self.enemy.overextension - doctrine.counter_trigger) / counter.width)
        able = gate(self.side.reserve_share / counter.reserve_needed - 1.0)
        willing = gate(self.posture * self.model.at_war / 0.02 - 1.0)
        self.counter += counter.relaxation * (called * able * willing - self.counter)

    def worst_cause(self, in_defence):
        """Strength of the strongest cause to leave ground."""
        law, width = self.laws.advance, self.laws.advance.cause_width
        active = gate(2.0 * self.enemy.pace / law.active_tempo - 1.0)
        return active * max(
            gate((in_defence / self.side.doctrine.withdrawal - 1.0) / width),
            gate((1.0 - self.satisfaction / law.starved) / width),
            gate((self.enemy.log_advantage / law.untenable - 1.0) / width),
            gate((1.0 - self.planned_over_present / law.abandoned) / width),
        )

    def see(self):
        """What is seen with delay: the enemy's share of force and own loss of ground."""
        law, ground_lost = self.laws.allocation, max(-self.sign * self.front.moved, 0.0)
        rate = 2.0 / (law.reaction_time + 1.0)
        share = self.enemy.force / max(self.enemy.side.line, 1e-6)
        self.enemy_share += (share - self.enemy_share) / law.reaction_time
        self.urgency += rate * (self.ground_lost - self.urgency)
        self.ground_lost += rate * (ground_lost - self.ground_lost)

    def rally(self):
        """Cohesion a week later."""
        law, side = self.laws.cohesion, self.side
        field = (
            law.base
            + law.supply_weight * (self.satisfaction - 1.0)
            - law.loss_weight * self.loss_rate / 0.01
            + law.victory_weight * (side.victory - 0.5)
            - law.abandonment_weight * side.aid.abandonment
        )
        heard = (1.0 - law.contagion) * (2.0 * self.level - 1.0) + law.contagion * side.morale
        settled = 0.5 + 0.5 * math.tanh(law.sharpness * field + law.coupling * heard)
        self.level += law.relaxation * (settled - self.level)

    def resupply(self):
        """Transport, railhead and crossings a week later."""
        law, side, model = self.laws.supply, self.side, self.model
        distance = max(self.own - self.railhead + law.standoff, 0.0)
        harassed = side.interdiction * max(self.own - self.home, 0.0)
        carried = math.exp(-distance / law.carrier_range - law.interdiction * harassed)
        carried *= law.capacity / (1.0 + distance / law.loading_distance)
        carried *= 1.0 - gate((self.own - self.river) / law.river_width) * (1.0 - self.crossing)
        demand = (law.demand_still + law.demand_tempo * self.pace) / (law.demand_still + 0.5 * law.demand_tempo)
        self.transport = smooth_min_one(carried / demand)
        self.satisfaction = self.transport * side.shells
        self.railhead = min(self.railhead + law.railhead_speed, self.sign * self.front.position)
        aimed = at(model.now.crossing_strikes, *self.place) * model.at_war
        rate = 1.0 / law.bridging_time + law.strike_rate * aimed * 3.0 * side.enemy.doctrine.strike_supply
        self.crossing = settle(self.crossing, self.river_capacity / (law.bridging_time * rate), rate)


class Side(Part):
    """A side: its people, its materiel and its prospects."""

    shapes, shaken_by = ("PerSide", "PerSideCohort", "PerSideStage"), ("theatre", "intensity")

    def __init__(self, model, number, world, state, aid):
        super().__init__(model, state, number)
        self.number, self.sectors, self.enemy = number, [], None
        self.laws, self.doctrine = of_side(world.laws, number), of_side(world.doctrine, number)
        self.given, self.aid = of_side(world.sides, number), of_side(aid, number)
        self.zeal = self.doctrine.tempo * (1.0 + self.laws.survival.tempo_effect * math.tanh(self.hawkishness))

    def total(self, name):
        """Sum over the side's sectors."""
        return sum(getattr(sector, name) for sector in self.sectors)

    def look(self):
        """Sum up the side at the start of the week."""
        power, sectors = self.laws.power, self.sectors
        self.line, self.countering, self.occupied = (self.total(name) for name in ("force", "counter", "occupied"))
        self.strength = self.line + self.reserve + self.garrison
        self.reserve_share = self.reserve / max(self.strength, 1e-6)
        self.mean_tempo = sum(sector.pace * sector.force for sector in sectors) / max(self.line, 1e-6)
        self.morale = sum((2.0 * sector.level - 1.0) * sector.force for sector in sectors) / max(self.line, 1e-6)
        self.hostile = sum(sector.occupied * sector.hostility for sector in sectors)
        self.victory = 0.5 + 0.5 * self.expectation
        per_head = clip(self.armour / max(self.strength, 1e-6) / power.armour_reference, 0.02, 4.0)
        quality = math.log(max(self.quality, 0.05))
        self.effectiveness = quality + power.armour_exponent * math.log(per_head) + self.theatre_shock
        strikes = 1.0 + self.laws.attrition.strike_effect * 1.5 * (self.enemy.doctrine.strike_front - 1.0 / 3.0)
        self.intensity = math.exp(self.intensity_shock) * strikes
        self.shells = smooth_min_one(self.ammunition / self.laws.materiel.enough)
        self.tired = self.laws.manpower.desertion_tour * max(self.tour - 26.0, 0.0) / 26.0

    def police(self):
        """Occupied land: garrison, partisans, displaced."""
        law, enemy, before, people = self.laws.occupation, self.enemy, self.partisans, max(self.occupied, 1e-3)
        self.need = (law.garrison_base * self.occupied + law.garrison_hostile * self.hostile) / 1000.0
        self.fill = (self.garrison + 1e-3) / (self.need + 1e-3)
        known = min(law.information_base + law.information_fill * self.fill, 1.0)
        most = law.partisan_cap * people
        active = min(before, most)
        hope = 0.5 * enemy.victory + 0.5 * enemy.aid.will
        grown = law.growth * hope * self.hostile * (1.0 - active / most)
        grown *= 1.0 + law.staying_effect * 1000.0 * enemy.staying / people
        killed = law.kill_rate * self.garrison * active / (active + law.kill_half)
        killed *= known + (1.0 - known) * active / (active + law.area_factor * people)
        self.partisans = min(active + grown, most) - min(killed, 0.9 * active)
        self.interdiction = 1000.0 * min(before / people, law.partisan_cap) / (1.0 + self.fill)
        self.ambushed = min(law.ambush * before * (1.0 - known), 0.5 * self.garrison) * self.model.at_war
        self.displaced += law.displacement * max(self.hostile - self.displaced, 0.0)

    def count(self):
        """The week's losses by kind."""
        combat, strength = self.total("lost") + self.ambushed, max(self.strength, 1e-6)
        killed, pocketed = self.laws.attrition.killed_share * combat, self.total("captured")
        self.hurt = combat - killed + self.total("sick")
        self.runaways = self.total("gone")
        self.casualties, self.loss_rate = combat / strength, (combat + pocketed) / strength
        self.dead += killed
        self.injured += self.hurt
        self.captured += pocketed
        self.staying += self.total("left")

    def shift_pool(self):
        """The pool after the lines have moved and some have left the country."""
        before, given = self.enemy.occupied, self.given
        after = sum(sector.people_held() for sector in self.enemy.sectors)
        lost = clip((after - before) / max(given.population + given.occupied_at_start - before, 1e-3), 0.0, 0.9)
        freed = clip((before - after) / max(before, 1e-3), 0.0, 1.0)
        leaving = self.laws.manpower.emigration * (1.0 - self.support)
        self.emigrated += leaving * sum(self.pool)
        pairs = list(zip(self.pool, self.behind, strict=True))
        self.pool = [pool - lost * pool + freed * behind - leaving * pool for pool, behind in pairs]
        self.behind = [behind + lost * pool - freed * behind for pool, behind in pairs]

    def recruit(self):
        """Intake, training, hospital, and where those who arrive are put."""
        law, now = self.laws.manpower, self.model.now
        self.shift_pool()
        whole = sum(self.pool)
        drained = clip(1.0 - whole / max(self.given.pool, 1e-6), 1e-6, 1.0)
        pressed = 1.0 + law.ground_response * max(-self.expectation, 0.0)
        called = now.intake[self.number] * law.arriving_share * pressed * (1.0 - drained**law.exhaustion)
        called += self.wave * self.doctrine.mobilisation_wave * whole / law.wave_time
        taken = min(called * self.model.at_war, 0.2 * whole)
        self.pool = [pool * (1.0 - taken / max(whole, 1e-9)) for pool in self.pool]
        self.training, trained = two_stages(self.training, taken, law.training_time)
        self.wounded, treated = two_stages(self.wounded, self.hurt, law.healing_time)
        returned, forgiven = law.returning_share * treated, law.amnesty * self.runaways
        formed = now.arrivals[self.number]
        self.disabled += treated - returned
        self.deserted += self.runaways - forgiven
        self.arrived += formed
        self.absorb(trained, trained + returned + forgiven + formed)

    def absorb(self, trained, arriving):
        """Allocation, quality, tour and the wave of mobilisation."""
        law, strength = self.laws.manpower, max(self.strength, 1e-6)
        self.allocate(arriving)
        untried = self.quality - law.recruit_quality * -math.expm1(-law.training_time / law.learning_time)
        diluted = (min(trained / strength, 1.0) + law.loss_dilution * self.casualties) * untried
        self.quality += law.experience * self.mean_tempo * (law.quality_ceiling - self.quality) - diluted
        self.tour += self.model.at_war - self.tour * min(arriving / strength, 1.0)
        present = self.strength / max(self.given.strength_wanted, 1e-6)
        called = gate((self.doctrine.mobilisation_trigger - present) / law.wave_width)
        self.wave += (called - self.wave) / law.wave_time

    def allocate(self, arriving):
        """Move force between sectors, reserve and garrison; the reserve has shared the losses of counter-offensives."""
        law, occupation, sectors = self.laws.allocation, self.laws.occupation, self.sectors
        planned = self.total("plan")
        held_back = min((1.0 - self.doctrine.reserve) / max(planned, 1e-6), 1.0)
        planned *= held_back
        wanted = [sector.wanted_share(held_back, planned) for sector in sectors]
        scale = planned / max(sum(wanted), 1e-6)
        self.reserve += arriving - sum(sector.committed - sector.joining for sector in sectors)
        whole = self.total("force") + self.reserve
        for sector, share in zip(sectors, wanted, strict=True):
            moved = (share * scale * whole - sector.force) / law.transfer_time
            sector.force += moved
            self.reserve -= moved
        left = self.garrison - self.ambushed
        posted = min(self.doctrine.garrison * self.need, occupation.garrison_cap * (whole + left))
        self.garrison = left + (posted - left) / occupation.posting_time
        staying = 1.0 - (self.garrison - left) / max(whole, 1e-6)
        self.reserve *= staying
        for sector in sectors:
            sector.force *= staying
        self.line = self.total("force")

    def produce(self):
        """Vehicles, store, ammunition and the war economy a week later."""
        law, aid, at_war = self.laws.materiel, self.aid, self.model.at_war
        struck = law.strain_strikes * self.enemy.doctrine.strike_economy * at_war
        output = self.economy * (1.0 - struck)
        refurbished = min(law.refurbishment, self.store / law.drawdown_time) * at_war
        made = law.production * output + law.aid_armour * aid.armour
        share = clip(self.armour / max(self.strength, 1e-6) / self.laws.power.armour_reference, 1e-3, 1.0)
        lost = self.armour * -math.expm1(-law.exposed * share**law.withheld * self.loss_rate)
        self.armour += refurbished + made - lost
        self.store -= refurbished
        self.armour_lost += lost
        self.armour_made += made
        self.net_loss = lost - made
        rate = law.burn_still + law.burn_tempo * self.mean_tempo
        arriving = law.own_ammunition * output + law.aid_ammunition * aid.ammunition
        self.ammunition = settle(self.ammunition, arriving / rate, rate)
        industry = sum(sector.industry * max(-sector.own, 0.0) for sector in self.sectors)
        burden = law.strain_mobilised * self.strength / self.given.population
        burden += law.strain_industry * (industry - self.given.industry_at_start)
        target = 1.0 - burden + law.finance * self.given.dependence * aid.will - struck
        self.economy += (max(target, 0.05) - self.economy) / law.economy_time

    def judge(self):
        """Prospects, read off the week's change of the map."""
        constants = self.model.constants
        area = sum(sector.sign * sector.front.width * sector.front.moved for sector in self.sectors)
        reading = math.tanh(area / constants.expectation_area)
        self.expectation += constants.expectation_rate * (reading - self.expectation)


WEEK = (
    *((Front, "look"), (Sector, "look"), (Side, "look"), (Side, "police"), (Sector, "extend"), (Sector, "order")),
    *((Front, "fight"), (Front, "shift"), (Sector, "dwindle"), (Side, "count"), (Side, "recruit")),
    *((Sector, "adapt"), (Sector, "see"), (Sector, "rally"), (Sector, "resupply")),
    *((Side, "produce"), (Side, "judge"), (Sector, "shake"), (Side, "shake")),
)
"""Phases of the week: what all agents of a kind do before anything else is done."""


class War(mesa.Model):
    """One run of the war core."""

    def __init__(self, world, state, aid, weeks, substeps):
        """Make all agents; ``weeks`` yields each week's calendar and random numbers."""
        super().__init__(rng=1)  # draws nothing
        self.fighting, self.saturation = state.outcome.fighting, state.advance.saturation
        self.weeks, self.substeps = weeks, substeps
        self.laws, self.constants = world.laws, world.constants
        self.shocks = {}
        for channel, spread in vars(world.noise).items():
            memory = getattr(shocks, f"{channel.upper()}_MEMORY")
            self.shocks[channel] = memory, spread * math.sqrt(1.0 - memory * memory)
        self.fronts = [Front(self, number, world.ground, state) for number in range(len(state.advance.position))]
        self.sides = [Side(self, number, world, state, aid) for number in range(2)]
        for side, enemy in zip(self.sides, reversed(self.sides), strict=True):
            side.enemy = enemy
            side.sectors = [Sector(self, side, front, world.ground, state) for front in self.fronts]
        for front in self.fronts:
            front.sectors = first, second = [side.sectors[front.number] for side in self.sides]
            first.enemy, second.enemy = second, first

    def step(self):
        """A week."""
        self.now, self.draws = next(self.weeks)
        self.at_war = self.fighting * self.now.fighting
        for kind, phase in WEEK:
            self.agents_by_type[kind].do(phase)
        mean_tempo = 0.5 * sum(side.mean_tempo for side in self.sides)
        growth = self.laws.attrition.saturation_growth * mean_tempo / 0.25
        self.saturation += growth * self.saturation * (1.0 - self.saturation)


def build(core, run, weeks):
    """One run as a model; its calendar and random numbers for so many weeks are laid out here."""
    keys, real, world = core.keys[:, run : run + 1], core.state.advance.position.dtype, core.world
    calendar = [of_run(world.calendar.at(week), run) for week in range(weeks)]
    draws = [of_run(weekly_draws(keys, week, world.identity, real), 0) for week in range(weeks)]
    given = [of_run(part, run) for part in (world, core.state, core.aid)]
    return War(*given, zip(calendar, draws, strict=True), core.substeps)


def agreement(name, runs, weeks):
    """Largest relative difference from the plain NumPy form over all of the state that the core changes.

    Numbers below a thousandth (a metre, a person) count as a thousandth.
    """
    core = begin(name, runs=runs, weeks=weeks, precision=np.float64)
    state, worst = by_numpy(core, weeks), 0.0
    for run in range(runs):
        model, after = build(core, run, weeks), of_run(state, run)
        for _ in range(weeks):
            model.step()
        for mine, theirs in pairs(model, after):
            difference = np.abs(np.asarray(mine) - theirs) / np.maximum(np.abs(theirs), 1e-3)
            worst = np.maximum(worst, np.max(difference))  # keeps what is no number, where max would drop it
    return float(worst)


def pairs(model, state):
    """Each number of the state as the agents hold it and as the record holds it."""
    yield model.saturation, state.advance.saturation
    sectors = [side.sectors for side in model.sides]
    for kind, agents in ((Front, model.fronts), (Side, model.sides), (Sector, sectors)):
        for record, name, own_name in fields(*kind.shapes):
            yield read(agents, own_name), getattr(getattr(state, record), name)


def read(agents, name):
    """An attribute of each agent in nested lists."""
    return [read(agent, name) for agent in agents] if isinstance(agents, list) else getattr(agents, name)

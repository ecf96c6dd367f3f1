"""From drawn wars to a table of values by path, one a case, for the template with as many axes as the wars have.

Definition:
    Depth of an axis = share of the distance of the capitals, a spread by axis; without a land border a land axis beyond
    a sea link. Forces, pools and intake are shares of army and people; what the laws count in thousand vehicles or
    money grows with the force. Nothing here sets duration, outcome, ratio of losses or life of a truce.
Units:
    as in the scenario.
Source:
    ``priors.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from westphalia.analyse.doctrine_space import ENTRIES, named
from westphalia.analyse.generic.draw import ROLES, Wars
from westphalia.analyse.generic.priors import Chance, PerWar, priors
from westphalia.assemble.draw import Values
from westphalia.scenario.anchors import anchors

SIDES = ("first", "second")
"""Names of the sides in the template."""


def table(wars: Wars, baseline: Mapping[str, float]) -> Values:
    """Values by path for wars with the same number of axes.

    Args:
        wars: Wars that all have as many axes.
        baseline: The template's entries of a doctrine, by name.
    """
    chance, told = Chance(wars.seed, wars.cases), priors()
    force = wars.army * _roles(chance, "in contact", told["forces"]["in_contact"])
    parts = [
        _forces(wars, chance, told["forces"], force),
        _materiel(wars, chance, told["forces"], force),
        _home(wars, chance, told),
        _doctrines(wars, baseline),
    ]
    values = {path: row for part in parts for path, row in _by_side(wars, part)}
    return values | _ground(wars, chance, told) | _losses(chance, told) | _issues(wars, chance, told["talks"])


def _roles(chance: Chance, name: str, ends: dict[str, Any]) -> np.ndarray:
    """Uniform for each role."""
    return np.stack([chance.uniform(f"{name}.{role}", ends["low"], ends["high"]) for role in ROLES])


def _by_side(wars: Wars, rows: dict[str, np.ndarray]) -> Iterator[tuple[str, np.ndarray]]:
    """Rows of the roles under the paths of the sides; ``{side}`` stands for the name of a side."""
    for path, row in rows.items():
        for side, of_side in zip(SIDES, wars.by_side(np.broadcast_to(row, (2, len(wars.cases)))), strict=True):
            yield path.format(side=side), of_side


def _forces(wars: Wars, chance: Chance, told: dict[str, Any], force: np.ndarray) -> dict[str, np.ndarray]:
    posture = np.stack([chance.uniform(f"posture.{role}", *told["posture"][role]) for role in ROLES])
    quality = np.stack([np.exp(told["quality"]["spread"] * chance.normal(f"quality.{role}")) for role in ROLES])
    rest = (wars.army - force) * _roles(chance, "brought up", told["brought_up"])
    return {
        "sides.{side}.population": wars.people,
        "sides.{side}.pool.all": wars.people * _roles(chance, "pool", told["pool"]),
        "sides.{side}.force.total": force,
        "sides.{side}.strength_wanted": wars.army * _roles(chance, "wanted", told["wanted"]),
        "sides.{side}.training": told["training"]["value"] * force,
        "sides.{side}.quality": np.clip(quality, 0.2, 3.0),
        "calendars.posture.{side}.factor": posture,
        "calendars.intake.{side}.factor": wars.army * _roles(chance, "intake", told["intake"]),
        "calendars.arrivals.{side}.factor": rest / 26.0,
    }


def _materiel(wars: Wars, chance: Chance, told: dict[str, Any], force: np.ndarray) -> dict[str, np.ndarray]:
    """Vehicles in proportion to the force; ammunition, an index, split between the side and its backer."""
    fielded = told["armour"]["per_head"] * force * _roles(chance, "armour", told["armour"])
    made = told["production"]
    new = fielded * np.stack([chance.log_uniform(f"production.{r}", made["low"], made["high"]) for r in ROLES])
    repaired = fielded * np.stack([chance.log_uniform(f"repair.{r}", made["low"], made["high"]) for r in ROLES])
    return {
        "sides.{side}.armour": fielded,
        "sides.{side}.store": told["armour"]["store"] * fielded,
        "laws.materiel.production.{side}": new,
        "laws.materiel.refurbishment.{side}": repaired,
        "laws.materiel.own_ammunition.{side}": _roles(chance, "ammunition", told["ammunition"])
        * (1.0 - wars.dependence),
        "sides.{side}.dependence": wars.dependence,
        "backers.of-{side}.capacity": wars.dependence * _roles(chance, "aid", told["aid"]),
        "backers.of-{side}.armour_weight": force / told["aid_reference"]["value"],
    }


def _home(wars: Wars, chance: Chance, told: dict[str, Any]) -> dict[str, np.ndarray]:
    office, cost = told["office"]["hazard"], told["stakes"]["cost"]
    return {
        "sides.{side}.culpability": wars.culpable,
        "laws.survival.hazard.{side}": np.stack([chance.log_uniform(f"office.{role}", *office) for role in ROLES]),
        "talks.stakes.{side}.cost": np.stack([chance.log_uniform(f"cost.{role}", *cost) for role in ROLES]),
    }


def _doctrines(wars: Wars, baseline: Mapping[str, float]) -> dict[str, np.ndarray]:
    """Every entry of each role's doctrine: the named one's, or the template's where that says nothing."""
    entries = [{**baseline, **named(key)} for key in anchors()]
    rows = {name: np.array([entry[name] for entry in entries])[wars.doctrine] for name in ENTRIES}
    return {f"doctrine.{{side}}.{name}": row for name, row in rows.items() if name != MOVES}


MOVES = "overtures.with_change_of_demands"
"""The one entry of a doctrine that is no number of a scenario; ``moves`` gives it."""


def moves(wars: Wars, baseline: Mapping[str, float]) -> np.ndarray:
    """1 where a side's demands move with its overtures: (side, war)."""
    rows = np.array([{**baseline, **named(key)}[MOVES] for key in anchors()])[wars.doctrine]
    return wars.by_side(rows)


def depths(wars: Wars, chance: Chance, told: dict[str, Any]) -> np.ndarray:
    """Depth of each axis, km: (axis, war)."""
    axes = int(wars.axes[0])
    depth, sea = told["depth"], told["sea_depth"]
    overland = np.clip(depth["share"] * wars.distance, depth["low"], depth["high"])
    beyond_sea = chance.log_uniform("depth beyond sea", sea["low"], sea["high"])
    spread = np.stack([chance.uniform(f"depth.{axis}", *depth["spread"]) for axis in range(axes)])
    return np.where(wars.land_border > 0.5, overland, beyond_sea) * spread


def _ground(wars: Wars, chance: Chance, told: dict[str, Any]) -> dict[str, np.ndarray]:
    ground, axes = told["ground"], int(wars.axes[0])
    depth = depths(wars, chance, ground)
    width = [chance.log_uniform(f"width.{n}", ground["width"]["low"], ground["width"]["high"]) for n in range(axes)]
    share = chance.uniform("people on axes", ground["people_on_axes"]["low"], ground["people_on_axes"]["high"])
    people = wars.by_side(wars.people * share / depth.sum(axis=0))
    lost = ground["industry_on_axes"]["value"] / depth.sum(axis=0)
    values: dict[str, np.ndarray] = {"outcomes.expectation_area": told["forces"]["success"]["value"] * sum(width)}
    for axis in range(axes):
        path = f"fronts.axis-{axis + 1}"
        values |= {
            f"{path}.width.0": width[axis],
            f"{path}.inhabitants.0": people[0],
            f"{path}.inhabitants.1": people[1],
            f"{path}.terrain": _terrain(wars, chance, ground["terrain"], axis),
        }
        for side in SIDES:
            values |= {f"{path}.limit.{side}": depth[axis], f"{path}.industry.{side}": lost}
        values |= _barrier(wars, chance, ground, axis)
    return values


def _terrain(wars: Wars, chance: Chance, told: dict[str, Any], axis: int) -> PerWar:
    steep = np.minimum(wars.mountainous / told["full_at"], 1.0)
    return (told["base"] + told["mountain"] * steep) * np.exp(told["spread"] * chance.normal(f"terrain.{axis}"))


def has_river(wars: Wars, chance: Chance, ground: dict[str, Any], axis: int) -> np.ndarray:
    """Where an axis between neighbours has a river."""
    return (wars.land_border > 0.5) & (chance.happens(f"river.{axis}", ground["river"]["chance"]) > 0.5)


def _barrier(wars: Wars, chance: Chance, ground: dict[str, Any], axis: int) -> dict[str, np.ndarray]:
    """A river on the axis, or the sea that all axes lie beyond; neither leaves capacity whole."""
    river, sea = ground["river"], ground["sea_capacity"]
    is_river, is_sea = has_river(wars, chance, ground, axis), wars.land_border < 0.5
    capacity = np.where(is_river, chance.uniform(f"river capacity.{axis}", *river["capacity"]), 1.0)
    capacity = np.where(is_sea, chance.uniform("sea capacity", sea["low"], sea["high"]), capacity)
    bonus = np.where(is_river | is_sea, chance.uniform(f"river bonus.{axis}", *river["bonus"]), 0.0)
    path = f"fronts.axis-{axis + 1}.river"
    sides = {f"{path}.{what}.{side}": capacity for what in ("capacity", "crossing") for side in SIDES}
    return {f"{path}.bonus": bonus} | sides


def barriers_at(wars: Wars, *, nowhere: float) -> np.ndarray:
    """Where the river of each axis lies, a position of the scenario: (axis, war); the sea lies at the border."""
    chance, ground = Chance(wars.seed, wars.cases), priors()["ground"]
    depth = depths(wars, chance, ground)
    into_target = np.where(wars.swapped, -1.0, 1.0)
    rows = []
    for axis in range(len(depth)):
        at = into_target * depth[axis] * chance.uniform(f"river at.{axis}", *ground["river"]["at"])
        rows.append(np.where(has_river(wars, chance, ground, axis), at, np.where(wars.land_border < 0.5, 0.0, nowhere)))
    return np.stack(rows)


def _losses(chance: Chance, told: dict[str, Any]) -> dict[str, np.ndarray]:
    """Intensity of losses: ranges times one factor a war, centred on a composite that was measured."""
    spread = told["intensity"]
    factor = spread["median"] * np.exp(spread["spread"] * chance.normal("intensity"))
    return {
        f"laws.attrition.{name}": factor * chance.log_uniform(f"attrition.{name}", *ends)
        for name, ends in spread["of"].items()
    }


def _issues(wars: Wars, chance: Chance, told: dict[str, Any]) -> dict[str, np.ndarray]:
    """Weights by a flat Dirichlet over the issues that the war has; and what enforcement is worth."""
    count = told["issues"]["least"] + chance.poisson("issues", told["issues"]["mean"])
    most = int(told["issues"]["most"])
    order = np.argsort([chance.uniform(f"issue order.{n}") for n in range(most)], axis=0).argsort(axis=0)
    has = [*(order < np.minimum(count, most)), chance.happens("watching", told["watching"]["value"]) > 0.5]
    names = [*(f"issue-{n + 1}" for n in range(most)), "watching"]
    values = {}
    for name, there in zip(names, has, strict=True):
        rows = np.stack([np.where(there, -np.log(chance.uniform(f"weight.{name}.{role}")), 0.0) for role in ROLES])
        values |= dict(_by_side(wars, {f"talks.parties.{{side}}.stances.{name}.weight": rows}))
    ratio = told["enforcement"]
    effect = -np.log(ratio["median"]) + ratio["spread"] * chance.normal("enforcement")
    return values | {"laws.durability.strength_effect": np.maximum(effect, 0.0)}

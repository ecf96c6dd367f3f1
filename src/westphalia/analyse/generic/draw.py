"""Draws wars between two states: sizes and distance by a Gaussian copula, traits by their shares.

Definition:
    ln (army, people, distance) = mean + sd z, z normal with the measured correlations. Every number belongs to the
    initiator or to the target; a coin says which of the two is the first side of the scenario.
Units:
    persons in thousands, distances in km.
Source:
    ``scenario/library/generic/priors.yaml``, a source for each number there.
Fails when:
    a war has more than two parties that count: principal belligerents of a side are added up.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
from jaxtyping import Bool, Float

from westphalia.analyse.generic.priors import Cases, Chance, PerWar, priors
from westphalia.scenario.anchors import anchors

ERA = "1900-2007"
ROLES = ("initiator", "target")
PerRole = Float[np.ndarray, "role war"]
"""Initiator first, target second."""


@dataclasses.dataclass(frozen=True)
class Wars:
    """Drawn wars, by case; what the two roles have is ``(role, war)``, the initiator first."""

    seed: int
    cases: Cases
    swapped: Bool[np.ndarray, "war"]
    """Where the initiator is the second side."""
    army: PerRole
    people: PerRole
    capability: PerRole
    """Composite index; it decides nothing."""
    distance: PerWar
    land_border: PerWar
    mountainous: PerWar
    """Per cent of the target's area."""
    axes: Cases
    backed: PerRole
    dependence: PerRole
    culpable: PerRole
    doctrine: np.ndarray
    """Place of each role's doctrine among the named ones."""

    def of(self, chosen: np.ndarray) -> Wars:
        """Some of these wars, by place or by truth."""
        held = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        return Wars(**{name: rows if name == "seed" else rows[..., chosen] for name, rows in held.items()})

    def by_side(self, rows: np.ndarray) -> np.ndarray:
        """Rows of the two roles as rows of the first and the second side."""
        return np.where(self.swapped, rows[::-1], rows)


def draw(cases: Cases, *, seed: int, era: str = ERA, swapped: bool | None = None) -> Wars:
    """The wars of these cases; each is a function of seed and case alone.

    Args:
        cases: Numbers of the cases.
        seed: Seed of the draws.
        era: Years of the sizes, one of ``priors.yaml``.
        swapped: Whether the initiator is the second side; a coin for each war where left out.
    """
    chance, told = Chance(seed, cases), priors()
    normal = normals(chance)
    size = told["sizes"]["eras"][era]
    logs = np.array(size["mean"])[:, None] + np.array(size["sd"])[:, None] * normal
    army, people, distance = np.exp(logs[:2]), np.exp(logs[2:4]), np.exp(logs[4])
    traits = told["traits"]
    coin = chance.uniform("swapped") < 0.5 if swapped is None else np.full(len(cases), swapped)
    backed = _each(lambda role: chance.happens(f"backed.{role}", traits["backed"][role]))
    share = traits["dependence"]
    ground = told["ground"]["axes"]
    return Wars(
        seed=seed,
        cases=cases,
        swapped=coin,
        army=np.minimum(army, told["sizes"]["largest_army"]["value"] * people),
        people=people,
        capability=_capability(chance, normal, era),
        distance=distance,
        land_border=chance.happens("land border", traits["land_border"]["value"]),
        mountainous=np.interp(chance.uniform("mountains"), traits["mountainous"]["at"], traits["mountainous"]["value"]),
        axes=np.minimum(1 + chance.poisson("axes", ground["mean"]), ground["most"]).astype(np.int64),
        backed=backed,
        dependence=backed * _each(lambda role: chance.beta(f"dependence.{role}", share["a"], share["b"])),
        culpable=_each(lambda role: _culpable(chance, role)),
        doctrine=_each(lambda role: chance.choice(f"doctrine.{role}", [1.0] * len(anchors()))),
    )


def _each(of: Callable[[str], np.ndarray]) -> np.ndarray:
    return np.stack([of(role) for role in ROLES])


def normals(chance: Chance) -> Float[np.ndarray, "size war"]:
    """Normal scores of the sizes, with the measured correlations."""
    sizes = priors()["sizes"]
    independent = np.stack([chance.normal(name) for name in sizes["order"]])
    return np.linalg.cholesky(np.array(sizes["correlations"], float)) @ independent


def _capability(chance: Chance, normal: np.ndarray, era: str) -> np.ndarray:
    """The index of each role, tied to its army and people."""
    told = priors()["capability"]
    tie = told["with_size"]["value"]
    both = normal[:2] + normal[2:4]
    correlation = np.array(priors()["sizes"]["correlations"])
    scale = np.array([[np.sqrt(2.0 + 2.0 * correlation[role, 2 + role])] for role in (0, 1)])
    own = _each(lambda role: chance.normal(f"capability.{role}"))
    score = tie * both / scale + np.sqrt(1.0 - tie * tie) * own
    size = told["eras"][era]
    return np.exp(np.array(size["mean"])[:, None] + np.array(size["sd"])[:, None] * score)


def _culpable(chance: Chance, role: str) -> np.ndarray:
    told = priors()["traits"]["culpable"]
    happens = chance.happens(f"culpable.{role}", told[role])
    return happens + (1.0 - happens) * told["otherwise"]

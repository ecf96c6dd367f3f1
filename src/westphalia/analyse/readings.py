"""Numbers read off one arm of a paired comparison, one a run; the side is 0 or 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from westphalia.model.state import State
from westphalia.model.world import World


@dataclass(frozen=True)
class History:
    """What a simulated arm gives.

    Attributes:
        world: The world it was fought in.
        state: The state at the end.
        record: Recorded series (time, series, run), the start first.
        series: Place of each series in the record, by name.
        sides: Keys of the two sides.
        fronts: Keys of the fronts.
    """

    world: World
    state: State
    record: np.ndarray
    series: dict[str, int]
    sides: tuple[str, str]
    fronts: tuple[str, ...]

    def of(self, name: str, side: int) -> np.ndarray:
        """One side's recorded series: (time, run)."""
        return self.record[:, self.series[f"{name}[{self.sides[side]}]"]].astype(float)

    def own_positions(self, side: int) -> np.ndarray:
        """The lines in the side's own direction: (time, front, run)."""
        rows = [self.series[f"position[{front}]"] for front in self.fronts]
        return self.record[:, rows].astype(float) * (1.0 if side == 0 else -1.0)

    @property
    def weeks_of_war(self) -> np.ndarray:
        """Weeks until a military victory, or to the end."""
        code, week = np.asarray(self.state.outcome.code), np.asarray(self.state.outcome.week)
        whole = len(self.record) - 1
        return np.where((code >= 1) & (code <= 3), np.clip(week, 1, whole), whole).astype(float)


Reading = Callable[[History, int], np.ndarray]
"""``reading(history, side)``: one number a run."""


def at_the_end(name: str) -> Reading:
    """The last value of one of the side's series."""
    return lambda history, side: history.of(name, side)[-1]


def over_time(name: str) -> Reading:
    """The mean of one of the side's series, the start left out."""
    return lambda history, side: history.of(name, side)[1:].mean(axis=0)


def net_advance(history: History, side: int) -> np.ndarray:
    """Net gain of land, km2 a week."""
    land = history.of("land", side) - history.of("land", 1 - side)
    return (land[-1] - land[0]) / (len(land) - 1)


def land_lost(history: History, side: int) -> np.ndarray:
    """Own land in the other side's hands at the end, km2."""
    return history.of("land", 1 - side)[-1]


def power(history: History, side: int) -> np.ndarray:
    """Combat power at the end: effectiveness times heads, added over the fronts."""
    laws, state = history.world.laws, history.state
    force = np.asarray(state.manpower.force)
    strength = force.sum(axis=1) + np.asarray(state.manpower.reserve) + np.asarray(state.manpower.garrison)
    per_head = laws.power.log_effectiveness(
        np.asarray(state.manpower.quality),
        np.asarray(state.supply.satisfaction),
        np.asarray(state.materiel.armour) / np.maximum(strength, 1e-6),
        np.asarray(state.cohesion.level),
    )
    return (np.exp(np.asarray(per_head)) * force).sum(axis=1)[side]


def depth_reached(history: History, side: int) -> np.ndarray:
    """Deepest line on any front, km."""
    return history.own_positions(side).max(axis=(0, 1))


def ground_retaken(history: History, side: int) -> np.ndarray:
    """1 where the other side retook, on some front, at least 10 km of what this one had gained there."""
    gained = np.maximum(history.own_positions(side), 0.0)
    retaken = np.maximum.accumulate(gained, axis=0) - gained
    return (retaken.max(axis=(0, 1)) >= 10.0).astype(float)


def dead_per_week(history: History, side: int) -> np.ndarray:
    """Killed in combat, thousand per week of war; combat losses are this over a constant share."""
    dead = history.of("dead", side)
    return (dead[-1] - dead[0]) / history.weeks_of_war


def enemy_dead_per_week(history: History, side: int) -> np.ndarray:
    """The same of the other side."""
    return dead_per_week(history, 1 - side)


def loss_exchange(history: History, side: int) -> np.ndarray:
    """Enemy killed for each own killed."""
    own, enemy = (dead[-1] - dead[0] for dead in (history.of("dead", side), history.of("dead", 1 - side)))
    return enemy / np.maximum(own, 1e-9)


def losses(history: History, side: int) -> np.ndarray:
    """Killed, wounded and captured, thousand."""
    manpower = history.state.manpower
    dead = history.of("dead", side)
    return dead[-1] - dead[0] + np.asarray(manpower.injured)[side] + np.asarray(manpower.captured)[side]


def weeks_to_collapse(history: History, side: int) -> np.ndarray:
    """First week in which the army's cohesion lies below the level of collapse; one week after the end if never."""
    below = history.of("cohesion", side) < np.asarray(history.world.constants.collapse_cohesion)
    return np.where(below.any(axis=0), below.argmax(axis=0), len(below)).astype(float)


def has_collapsed(week: int) -> Reading:
    """Whether the army's cohesion lies below the level of collapse in a given week, 0 or 1."""

    def reading(history: History, side: int) -> np.ndarray:
        level = np.asarray(history.world.constants.collapse_cohesion)
        return (history.of("cohesion", side)[week] < level).astype(float)

    return reading


def stands(history: History, side: int) -> np.ndarray:
    """1 where the army's cohesion lies above a half at the end."""
    return (history.of("cohesion", side)[-1] > 0.5).astype(float)

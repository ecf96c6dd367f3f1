"""The space of doctrines: what each entry changes in a world, the named ones, and quasi-random ones.

Definition:
    A doctrine here is a set of entries, by name, that replace those of the scenario; entries left out stay. The sixteen
    entries of a doctrine hold twenty free numbers: a wave has a trigger and a size, overtures a rate, whether demands
    move and a step, and strikes two free shares. Quasi-random doctrines fill all of them by a scrambled Sobol sequence.
Units:
    as in the scenario: shares, 1/week, weeks.
Source:
    Ranges are those on which ``doctrines.yaml`` places its values; all are assumptions. Sobol sequences as in
    ``scipy.stats.qmc``.
Fails when:
    a doctrine should answer to more than the thresholds of its entries: a vector holds for the whole run.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from scipy.stats import qmc

from westphalia.scenario.anchors import anchors

NEVER, NEVER_SHARE = 1.0, 0.1
"""Withdrawal threshold that is never reached, and the share of quasi-random doctrines that have it (0 to 0.3)."""

Doctrine = Mapping[str, float]
"""Entries by name that replace the scenario's."""


class Entry(NamedTuple):
    """One number of a doctrine.

    Attributes:
        path: Its array in the world's doctrine; empty for the stop line, which is part of the ground.
        low: Lower end of its range.
        high: Upper end.
        is_log: Whether the range is filled evenly in the logarithm.
        is_switch: Whether it is 0 or 1.
    """

    path: str
    low: float
    high: float
    is_log: bool = False
    is_switch: bool = False

    def at(self, place: np.ndarray) -> np.ndarray:
        """Values at places from 0 to 1 of the range."""
        if self.is_switch:
            return 1.0 * (place >= 0.5)
        if self.is_log:
            return self.low * (self.high / self.low) ** place
        return self.low + (self.high - self.low) * place

    def place(self, value: float) -> float:
        """Where a value lies in the range, 0 to 1; the nearer end for one outside."""
        if self.is_log:
            return float(np.clip(np.log(max(value, self.low) / self.low) / np.log(self.high / self.low), 0.0, 1.0))
        return float(np.clip((value - self.low) / (self.high - self.low), 0.0, 1.0))


ENTRIES = {
    "tempo": Entry("tempo", 0.0, 1.0),
    "tolerance": Entry("tolerance", 0.003, 0.06, is_log=True),
    "withdrawal": Entry("withdrawal", 0.003, 0.1, is_log=True),
    "stop_line": Entry("", 0.0, 1.0),
    "reserve": Entry("reserve", 0.0, 0.5),
    "counter_trigger": Entry("counter_trigger", 0.2, 2.0, is_log=True),
    "supply_floor": Entry("supply_floor", 0.1, 0.9),
    "pause": Entry("pause", 0.0, 12.0),
    "mobilisation.trigger": Entry("mobilisation_trigger", 0.3, 1.0),
    "mobilisation.wave": Entry("mobilisation_wave", 0.0, 0.1),
    "stay_behind": Entry("stay_behind", 0.0, 0.05),
    "garrison": Entry("garrison", 0.0, 1.0),
    "strikes.front": Entry("strike_front", 0.0, 1.0),
    "strikes.supply": Entry("strike_supply", 0.0, 1.0),
    "strikes.economy": Entry("strike_economy", 0.0, 1.0),
    "opening_demand": Entry("talks.opening", 0.0, 1.0),
    "concession_rate": Entry("talks.rate", 0.0, 0.1),
    "overtures.rate": Entry("talks.overture", 0.0, 0.5),
    "overtures.with_change_of_demands": Entry("talks.moves", 0.0, 1.0, is_switch=True),
    "overtures.step": Entry("talks.step", 0.0, 1.0),
    "truce_acceptance": Entry("talks.truce", 0.0, 1.0),
}
"""All entries by the names that scenario files give them."""

STRIKES = tuple(name for name in ENTRIES if name.startswith("strikes."))
FREE = tuple(name for name in ENTRIES if name not in STRIKES)
CUTS = len(STRIKES) - 1
"""Cuts of a unit of strikes into its shares, which come after the free entries among the places."""


def named(key: str) -> Doctrine:
    """The entries of a named doctrine of the library.

    Raises:
        KeyError: If there is none of that name.
    """
    return _flat(anchors()[key]["set"], "")


def _flat(entries: Mapping[str, Any], above: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for name, value in entries.items():
        found |= _flat(value, f"{above}{name}.") if isinstance(value, Mapping) else {f"{above}{name}": float(value)}
    return found


def quasi_random(count: int, *, seed: int) -> np.ndarray:
    """Places in the unit cube that fill the space of doctrines evenly: (doctrine, free number).

    Args:
        count: How many; a power of two fills the space best.
        seed: Of the scrambling.
    """
    sequence = qmc.Sobol(len(FREE) + CUTS, rng=np.random.default_rng(seed))
    return sequence.random_base2(max(count - 1, 0).bit_length())[:count]


def doctrines_at(places: np.ndarray) -> list[Doctrine]:
    """The doctrines at places in the unit cube (doctrine, free number), every entry set."""
    columns = {name: ENTRIES[name].at(places[:, n]) for n, name in enumerate(FREE)}
    at = FREE.index("withdrawal")
    columns["withdrawal"] = np.where(
        places[:, at] >= 1.0 - NEVER_SHARE,
        NEVER,
        ENTRIES["withdrawal"].at(np.minimum(places[:, at] / (1.0 - NEVER_SHARE), 1.0)),
    )
    cuts = np.sort(places[:, -CUTS:], axis=1)
    ends = np.column_stack([np.zeros(len(places)), cuts, np.ones(len(places))])
    columns |= dict(zip(STRIKES, np.diff(ends, axis=1).T, strict=True))
    return [{name: float(columns[name][n]) for name in ENTRIES} for n in range(len(places))]


def differing(one: Doctrine, base: Doctrine, *, least: float = 0.1) -> list[dict[str, Any]]:
    """Entries of one doctrine that lie elsewhere than those of another, the farthest first.

    Args:
        one: The doctrine told of.
        base: The doctrine that it is compared with; entries that it lacks are passed over.
        least: Smallest distance told, as a share of the entry's range.
    """
    rows = []
    for name, of in ENTRIES.items():
        if name in one and name in base:
            distance = abs(of.place(one[name]) - of.place(base[name]))
            rows.append({"entry": name, "from": base[name], "to": one[name], "distance": distance})
    return sorted((row for row in rows if row["distance"] >= least), key=lambda row: -row["distance"])

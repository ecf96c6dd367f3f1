"""Statistics of an ensemble of wars, each as the record of real wars was read: durations, outcomes, losses, leaders.

Definition:
    see ``scenario/library/generic/bands.csv``, a definition for each; wars that go on at the horizon have its length.
Units:
    weeks, persons, shares.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from jaxtyping import Float, Int
from scipy import stats

from westphalia.analyse.generic.draw import Wars
from westphalia.analyse.generic.ends import AGREEMENT, CEASEFIRE, INITIATOR, TARGET, Ends
from westphalia.analyse.generic.priors import PerWar

YEAR = 52
SPANS = ((0.0, 13.0), (13.0, 52.0), (52.0, 104.0), (104.0, np.inf))
"""Spans of duration, weeks, in which the initiator's share of victories is read."""


@dataclasses.dataclass(frozen=True)
class Facts:
    """What is known of each war after it; the initiator's row first."""

    weeks: PerWar
    how: Int[np.ndarray, "war"]
    dead: Float[np.ndarray, "role war"]
    army: Float[np.ndarray, "role war"]
    capability: Float[np.ndarray, "role war"]
    distance: PerWar
    changes: np.ndarray
    left: np.ndarray

    def of(self, chosen: np.ndarray) -> Facts:
        """Some of the wars."""
        return Facts(**{f.name: getattr(self, f.name)[..., chosen] for f in dataclasses.fields(self)})


def facts(wars: Wars, ends: Ends) -> Facts:
    """The facts of the wars that count."""
    every = Facts(
        weeks=ends.weeks,
        how=ends.how,
        dead=np.maximum(ends.dead, 1.0),
        army=wars.army,
        capability=wars.capability,
        distance=wars.distance,
        changes=ends.changes,
        left=ends.left,
    )
    return every.of(ends.counts)


def statistics(told: Facts) -> dict[str, float]:
    """Every statistic that the table of facts alone gives, by its id; not a number where no war bears on it."""
    return _durations(told.weeks) | _victories(told) | _losses(told) | _leaders(told)


def _durations(weeks: PerWar) -> dict[str, float]:
    quantile = dict(zip(("G2", "G3", "G1", "G4", "G5"), np.quantile(weeks, (0.1, 0.25, 0.5, 0.75, 0.9)), strict=True))
    logs = np.log(weeks)
    found = {name: float(value) for name, value in quantile.items()}
    found |= {"G6": float(logs.mean()), "G7": float(logs.std(ddof=1)) if len(logs) > 1 else np.nan}
    found |= {name: share(weeks > least) for name, least in (("G8", 52), ("G9", 104), ("G10", 208))}
    return found | {name: ends_within(weeks, lasted) for name, lasted in CONDITIONS.items()}


CONDITIONS = {"G11": 0, "G12": 26, "G13": 52, "G14": 104}


def ends_within(weeks: PerWar, lasted: int) -> float:
    """Share that ends in the next 52 weeks of those that have lasted so long."""
    return share(weeks[weeks > lasted] <= lasted + YEAR)


def _victories(told: Facts) -> dict[str, float]:
    wins, loses = told.how == INITIATOR, told.how == TARGET
    decisive = wins | loses
    by_army = (told.army[0] > told.army[1]) == wins
    ratio = np.abs(np.log(told.capability[0] / told.capability[1]))
    by_capability = (told.capability[0] > told.capability[1]) == wins
    by_span = [share(wins[(told.weeks > low) & (told.weeks <= high)]) for low, high in SPANS]
    return {
        "G16": share(decisive),
        "G17": share(by_army[decisive]),
        "G18": share(by_capability[decisive & (ratio > np.log(5.0))]),
        "G19": share(wins[decisive]),
        "G20.1": by_span[0] - by_span[-1],
        **{f"G20.{n + 2}": value for n, value in enumerate(by_span)},
        "G27": spearman(ratio, told.weeks),
        "G28": spearman(told.distance, told.weeks),
        "G32": share((told.how == AGREEMENT) | (told.how == CEASEFIRE)),
    }


def _losses(told: Facts) -> dict[str, float]:
    ratio = told.dead.max(axis=0) / told.dead.min(axis=0)
    both = told.dead.sum(axis=0)
    decisive = (told.how == INITIATOR) | (told.how == TARGET)
    loser_more = (told.dead[0] > told.dead[1]) == (told.how == TARGET)
    return {
        "G21": float(np.median(ratio)),
        "G22": float(np.quantile(ratio, 0.9)),
        "G23": share(loser_more[decisive]),
        "G24": float(np.median(both)),
        "G25": float(np.median(both / told.weeks)),
        "G26": spearman(told.weeks, both),
    }


def _leaders(told: Facts) -> dict[str, float]:
    lost = np.concatenate([told.left[1][told.how == INITIATOR], told.left[0][told.how == TARGET]])
    return {"G29": share(told.changes[:, told.weeks >= YEAR] > 0.0), "G31": share(lost[np.isfinite(lost)])}


def share(holds: np.ndarray) -> float:
    """Share of what holds; not a number where there is nothing."""
    return float(np.mean(holds)) if np.size(holds) else np.nan


def spearman(one: np.ndarray, other: np.ndarray) -> float:
    """Rank correlation; not a number where one of the two does not vary."""
    if len(one) < 2 or np.ptp(one) == 0.0 or np.ptp(other) == 0.0:
        return np.nan
    return float(np.corrcoef(stats.rankdata(one), stats.rankdata(other))[0, 1])


def composites(told: Facts, people: np.ndarray) -> dict[str, tuple[float, ...]]:
    """Quantiles .1, .5 and .9 of the composites of losses, and the rate at which leaderships change."""

    def three(values: np.ndarray) -> tuple[float, ...]:
        return tuple(float(value) for value in np.quantile(values, (0.1, 0.5, 0.9)))

    both = told.dead.sum(axis=0)
    return {
        "weekly_deaths": three(both / told.weeks / told.army.sum(axis=0)),
        "dead_of_army": three(told.dead / (1000.0 * told.army)),
        "dead_of_people": three(told.dead / people),
        "leader_changes": (float(told.changes.sum() / (2.0 * told.weeks.sum())),),
    }


def subsampled(told: Facts, *, size: int, times: int, seed: int) -> dict[str, tuple[float, float]]:
    """Central 95 % of each statistic over samples of the historical size, drawn with return."""
    generator = np.random.default_rng(seed)
    rows = [statistics(told.of(generator.integers(0, len(told.weeks), size))) for _ in range(times)]
    found = {}
    for name in rows[0]:
        values = np.array([row[name] for row in rows])
        values = values[np.isfinite(values)]
        found[name] = (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975))) if len(values) else NOTHING
    return found


NOTHING = (float("nan"), float("nan"))

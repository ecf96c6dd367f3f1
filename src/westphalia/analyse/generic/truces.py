"""How long truces and peace last in drawn wars, by product-limit estimates.

Definition:
    A spell is a stretch of weeks under a bare ceasefire, or under an agreement; it fails where the guns speak again and
    is censored by an agreement, a victory or the horizon. Peace after a war fails by a clash where 26 die within a year
    of the first week without a truce, and by a war where 1,000 do. After a victory the model knows no further war.
Units:
    weeks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from westphalia.analyse.generic.ends import BOTH_COLLAPSED, YEAR, Ends, worst_year
from westphalia.analyse.generic.runs import Histories

CEASEFIRE, AGREEMENT = 1.0, 2.0
MONTH = 4.0
SPANS = (13, 52, 104, 260)
"""Three months, one, two and five years."""
CLASH, WAR = 0.026, 1.0
"""Thousand dead of both sides within a year."""
MECHANISM = 0.25
"""Monitoring or guarantee from which an agreement counts as having a mechanism."""


class Spells(NamedTuple):
    """Stretches of peace."""

    weeks: np.ndarray
    failed: np.ndarray
    """Whether it ended with the guns; otherwise it was seen no longer."""
    mechanism: np.ndarray
    mediated: np.ndarray

    def of(self, chosen: np.ndarray) -> Spells:
        """Some of them."""
        return Spells(*(row[chosen] for row in self))

    def and_also(self, more: Spells) -> Spells:
        """These and others."""
        return Spells(*(np.concatenate(pair) for pair in zip(self, more, strict=True)))


def spells(histories: Histories, kind: float) -> Spells:
    """All stretches of one kind of truce, war by war."""
    won = (histories.code >= 1) & (histories.code <= BOTH_COLLAPSED)
    state = np.where(won, -1.0, histories.kind).T
    edges = np.diff(np.pad(state == kind, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    (war, start), (_, ends_at) = np.nonzero(edges > 0), np.nonzero(edges < 0)
    horizon = state.shape[1]
    after = state[war, np.minimum(ends_at, horizon - 1)]
    watched = np.maximum(histories.monitoring.T, histories.guarantee.T)[war, start]
    return Spells(
        weeks=(ends_at - start).astype(float),
        failed=(ends_at < horizon) & (after == 0.0),
        mechanism=watched >= MECHANISM,
        mediated=histories.mediated[war],
    )


def survival(weeks: np.ndarray, failed: np.ndarray, times: tuple[int, ...] = SPANS) -> np.ndarray:
    """Share that still holds at each time, by the product limit; not a number where there is nothing."""
    if not len(weeks):
        return np.full(len(times), np.nan)
    order = np.argsort(weeks)
    lengths, events = weeks[order], failed[order].astype(float)
    at_risk = len(weeks) - np.searchsorted(lengths, lengths, side="left")
    steps = np.unique(lengths[events > 0.0])
    died = np.array([events[lengths == step].sum() for step in steps])
    exposed = np.array([at_risk[np.searchsorted(lengths, step)] for step in steps])
    left = np.concatenate([[1.0], np.cumprod(1.0 - died / exposed)]) if len(steps) else np.ones(1)
    return left[np.searchsorted(steps, times, side="right")]


def peace(histories: Histories, told: Ends, least: float) -> tuple[np.ndarray, np.ndarray]:
    """Weeks of peace after each war, and whether it failed, so many dying (thousand) within a year of its end."""
    rows, end = len(histories.kind), told.weeks.astype(int)
    number = np.arange(len(end))
    won = (histories.code >= 1) & (histories.code <= BOTH_COLLAPSED)
    week = np.arange(rows)[:, None]
    open_war = (week >= end) & (histories.kind < CEASEFIRE) & ~won
    again = np.where(open_war.any(axis=0), open_war.argmax(axis=0), rows - 1)
    dead = histories.dead.sum(axis=0)
    since = dead - dead[again, number]
    if least >= WAR:
        failed = worst_year(np.maximum(since, 0.0)) >= least
    else:
        failed = since[np.minimum(again + YEAR, rows - 1), number] >= least
    failed &= open_war.any(axis=0)
    return np.where(failed, again, rows - 1) - end.astype(float), failed


def truce_statistics(histories: Histories, told: Ends) -> dict[str, float]:
    """Every statistic on truces and peace that the model yields, by its id."""
    bare, agreed = spells(histories, CEASEFIRE), spells(histories, AGREEMENT)
    sets = {
        "T1": bare,
        "T3": agreed,
        "T4": agreed.of(agreed.mechanism),
        "T5": agreed.of(~agreed.mechanism).and_also(bare),
    }
    lives = {name: survival(of.weeks, of.failed) for name, of in sets.items()}
    lives |= {"T8": survival(*peace(histories, told, WAR)), "T9": survival(*peace(histories, told, CLASH))}
    month = {name: of.of(of.weeks >= MONTH) for name, of in (("T7a", bare), ("T7b", agreed))}
    lives |= {name: survival(of.weeks, of.failed) for name, of in month.items()}
    both = month["T7a"].and_also(month["T7b"])
    every = bare.and_also(agreed)
    by_mediator = [every.of(chosen) for chosen in (every.mediated, ~every.mediated)]
    with_one, without = (survival(of.weeks, of.failed)[1] for of in by_mediator)
    found = {f"{name}.{n + 1}": float(value) for name, row in lives.items() for n, value in enumerate(row)}
    return found | {
        "T6.1": float(lives["T3"][1] - lives["T1"][1]),
        "T6.3": float(lives["T4"][1] - lives["T5"][1]),
        "T10.1": early_share(survival(both.weeks, both.failed)),
        "T10.2": early_share(lives["T8"]),
        "T10.3": early_share(lives["T1"]),
        "T11": float(with_one - without),
    }


def early_share(lives: np.ndarray) -> float:
    """Share of the failures of five years that falls in the first; not a number where nothing failed."""
    failed = 1.0 - lives
    return float(failed[1] / failed[3]) if failed[3] > 0.0 else np.nan

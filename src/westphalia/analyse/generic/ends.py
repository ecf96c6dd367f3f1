"""Reads off a history when and how the war ended, who won, what it cost, and whether it would count as a war at all.

Definition:
    A war ends with a victory, with the first truce that lasts five weeks, or where the fronts begin to be quiet if they
    stay so for half a year without a text. It counts if both sides together lose 1,000 battle dead within any 52 weeks
    until then, the rule of the Correlates of War. What has not ended after ten years goes on.
Units:
    weeks; dead in persons.
Source:
    Correlates of War, Inter-State Wars v4.0, for the rule and the thirty days of a truce.
"""

from __future__ import annotations

import dataclasses

import numpy as np
from jaxtyping import Bool, Int

from westphalia.analyse.generic.priors import PerWar
from westphalia.analyse.generic.runs import Histories, PerRoleWeekWar, PerWeekWar
from westphalia.model.outcome import FROZEN

TRUCE_WEEKS = 5
"""Weeks that a truce must last to end a war: more than thirty days."""
YEAR = 52
QUIET_WEEKS = 26
ENOUGH = 1000.0
BOTH_COLLAPSED = 3
HOWS = ("initiator wins", "target wins", "both collapse", "agreement", "ceasefire", "frozen", "goes on")
INITIATOR, TARGET, BOTH, AGREEMENT, CEASEFIRE, QUIET, GOES_ON = range(len(HOWS))


@dataclasses.dataclass(frozen=True)
class Ends:
    """How each war ended; rows of the two roles have the initiator first."""

    weeks: PerWar
    how: Int[np.ndarray, "war"]
    """Place in ``HOWS``."""
    dead: np.ndarray
    """Battle dead of each role until the end."""
    counts: Bool[np.ndarray, "war"]
    """Whether the war passes the rule of a thousand dead in twelve months."""
    changes: np.ndarray
    """Changes of leadership of each role before the end."""
    left: np.ndarray
    """1 where a leadership changed within a year of the end, 0 where not, not a number where a year was not seen."""

    @property
    def decisive(self) -> np.ndarray:
        """Where one side won."""
        return self.how <= TARGET


def ends(histories: Histories) -> Ends:
    """The end of each war."""
    weeks = len(histories.kind) - 1
    by_win = _first((histories.code >= 1) & (histories.code <= BOTH_COLLAPSED))
    by_truce = _first(lasting(histories.kind > 0.5, TRUCE_WEEKS))
    frozen = _first(histories.code == FROZEN)
    by_quiet = np.where(frozen <= weeks, np.maximum(frozen - QUIET_WEEKS, 1), weeks + 1)
    times = np.stack([by_win, by_truce, by_quiet, np.full(len(by_win), weeks + 0.5)])
    way = times.argmin(axis=0)
    end = np.minimum(times.min(axis=0), weeks).astype(int)
    number = np.arange(len(end))
    dead = 1000.0 * (histories.dead[:, end, number] - histories.dead[:, 0])
    until = np.where(
        np.arange(weeks + 1)[:, None] <= end, histories.dead.sum(axis=0), histories.dead.sum(axis=0)[end, number]
    )
    changes = histories.changes
    later = np.minimum(end + YEAR, weeks)
    left = 1.0 * (changes[:, later, number] > changes[:, end, number])
    return Ends(
        weeks=np.maximum(end, 1).astype(float),
        how=_how(histories, way, end),
        dead=dead,
        counts=worst_year(until) >= ENOUGH / 1000.0,
        changes=changes[:, end, number] - changes[:, 0],
        left=np.where(end + YEAR <= weeks, left, np.nan),
    )


def _how(histories: Histories, way: np.ndarray, end: np.ndarray) -> np.ndarray:
    number = np.arange(len(end))
    code = histories.code[end, number]
    first_won = np.where(histories.wars.swapped, TARGET, INITIATOR)
    won = np.where(code == BOTH_COLLAPSED, BOTH, np.where(code == 1, first_won, INITIATOR + TARGET - first_won))
    span = np.minimum(end + np.arange(TRUCE_WEEKS)[:, None], len(histories.kind) - 1)
    signed = (histories.kind[span, number] > 1.5).any(axis=0)
    return np.choose(
        way, [won, np.where(signed, AGREEMENT, CEASEFIRE), np.full_like(won, QUIET), np.full_like(won, GOES_ON)]
    )


def _first(holds: np.ndarray) -> np.ndarray:
    """The first week in which something holds, the number of rows where it never does."""
    return np.where(holds.any(axis=0), holds.argmax(axis=0), len(holds))


def lasting(holds: np.ndarray, weeks: int) -> np.ndarray:
    """Where something holds now and goes on to for so many weeks, or until the record ends: (week, war)."""
    found = holds.copy()
    for ahead in range(1, weeks):
        later = np.ones_like(holds)
        later[:-ahead] = holds[ahead:]
        found &= later
    return found


def worst_year(dead: PerWeekWar) -> PerWar:
    """The most dead within any 52 weeks of a cumulative series."""
    span = min(YEAR, len(dead) - 1)
    return (dead[span:] - dead[:-span]).max(axis=0)


def kept(histories: Histories, chosen: np.ndarray) -> Histories:
    """The histories of some of the wars."""
    rows = {f.name: getattr(histories, f.name) for f in dataclasses.fields(histories)}
    return Histories(**{name: row.of(chosen) if name == "wars" else row[..., chosen] for name, row in rows.items()})


def weekly(dead: PerRoleWeekWar | PerWeekWar) -> np.ndarray:
    """Dead of each week out of a cumulative series."""
    return np.diff(dead, axis=-2)

"""Interventions for paired comparisons: pure functions of a world, a state and the side that the fact is about.

Each gives a new world and state with the same shapes, so that one compiled loop serves both arms. The side is 0 or 1;
*own* is the side that the fact is about, *other* the one against it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np

from westphalia.assemble.calendars import WEEKS_AHEAD
from westphalia.model.state import State
from westphalia.model.world import World

Whose = Literal["own", "other"]


class Start(NamedTuple):
    """What a run starts from."""

    world: World
    state: State


Change = Callable[[Start, int], Start]
"""``change(start, side)`` gives the start with the intervention."""


def replaced(record: Any, path: str, change: Callable[[np.ndarray], np.ndarray]) -> Any:  # noqa: ANN401
    """A record (or a tuple of records) with the array at a dotted path changed."""
    name, _, rest = path.partition(".")
    part = getattr(record, name)
    after = replaced(part, rest, change) if rest else change(np.array(part, float))
    return (
        record._replace(**{name: after}) if isinstance(record, Start) else dataclasses.replace(record, **{name: after})
    )


@dataclasses.dataclass(frozen=True)
class Put:
    """Sets one side's entries of an array whose leading axis is the side.

    Attributes:
        path: From the start, such as ``world.doctrine.tempo``.
        value: What the entries are set to.
        whose: Whose entries.
        front: Only on this front, by its place.
    """

    path: str
    value: float
    whose: Whose = "own"
    front: int | None = None

    def __call__(self, start: Start, side: int) -> Start:
        """See ``Change``."""
        row = side if self.whose == "own" else 1 - side
        place = row if self.front is None else (row, self.front)

        def put(array: np.ndarray) -> np.ndarray:
            array[place] = self.value
            return array

        return replaced(start, self.path, put)


@dataclasses.dataclass(frozen=True)
class Advanced:
    """Moves every line forward by some km, own direction, and leaves all else where it was."""

    distance: float

    def __call__(self, start: Start, side: int) -> Start:
        """See ``Change``."""
        signed = self.distance if side == 0 else -self.distance
        return replaced(start, "state.advance.position", lambda position: position + signed)


@dataclasses.dataclass(frozen=True)
class AidAllowed:
    """Sets the ceiling of the own backers from a week on, as a surprise: until then they expected what went before."""

    share: float
    week: int

    def __call__(self, start: Start, side: int) -> Start:
        """See ``Change``."""
        mine = start.world.backers.backs[side, :, 0] > 0.5

        def put(array: np.ndarray) -> np.ndarray:
            array[self.week :, mine] = self.share
            return array

        return replaced(replaced(start, "world.calendar.ceiling", put), "world.calendar.outlook", put)


def announced(start: Start, side: int) -> Start:
    """All changes of the own backers' ceilings are known half a year before; see ``Change``."""
    mine = start.world.backers.backs[side, :, 0] > 0.5
    ceiling = np.asarray(start.world.calendar.ceiling)
    held = np.concatenate([ceiling, np.repeat(ceiling[-1:], WEEKS_AHEAD, axis=0)])
    ahead = np.stack([held[week : week + WEEKS_AHEAD].mean(axis=0) for week in range(len(ceiling))])

    def put(outlook: np.ndarray) -> np.ndarray:
        outlook[:, mine] = ahead[:, mine]
        return outlook

    return replaced(start, "world.calendar.outlook", put)


@dataclasses.dataclass(frozen=True)
class Rising:
    """Lets both sides' posture rise evenly from half to one and a half of its calendar; the mean stays what it was."""

    weeks: int

    def __call__(self, start: Start, side: int) -> Start:
        """See ``Change``; the same for either side."""

        def rise(posture: np.ndarray) -> np.ndarray:
            factor = 0.5 + np.minimum((np.arange(len(posture)) + 0.5) / self.weeks, 1.0)
            return np.clip(posture * factor[:, None, None, None], 0.0, 1.0)

        return replaced(start, "world.calendar.posture", rise)


def together(*changes: Change) -> Change:
    """One intervention made of several, applied in turn."""

    def change(start: Start, side: int) -> Start:
        for each in changes:
            start = each(start, side)
        return start

    return change

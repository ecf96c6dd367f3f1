"""Backers as a third player: how they spread what they may give over the run.

Definition:
    what the scenario's calendar allows is multiplied by a factor. Three policies give three quarters of it in the mean:
        steady      3/4 throughout
        front-load  1 in the first half of the run, 1/2 in the second
        taper       falling evenly from 1 to 1/2
    and the fourth looks at its client:
        condition   1/2 + 1/2 r, r the larger of its readiness for a bare ceasefire and its rate of concession over 0.1
    All are announced: the client's outlook counts the coming half year of the factor too.
Units:
    shares of capacity; rates in 1/week.
Source:
    an assumption of this project: least share 1/2 (0 to 0.8), full rate of concession 0.1 a week.
Fails when:
    backers who take turns, or who answer to the war itself; will and fatigue still go their own way.
"""

from __future__ import annotations

import numpy as np

from westphalia.analyse.interventions import Start, replaced
from westphalia.assemble.calendars import WEEKS_AHEAD

LEAST = 0.5
"""Share of what the calendar allows that is given in any case."""

FULL_RATE = 0.1
"""Rate of concession that counts as full readiness to talk, 1/week."""

POLICIES = {
    "steady": "three quarters of what the calendar allows, throughout",
    "front-load": "all of it in the first half of the run, half of it in the second",
    "taper": "falling evenly from all of it to half of it",
    "condition on talks": "half of it, and the other half as far as the client is ready for a ceasefire or concedes",
}
"""What each policy means."""


def factors(policy: str, weeks: int, readiness: np.ndarray) -> np.ndarray:
    """The factor in each week: (week, run).

    Args:
        policy: A key of ``POLICIES``.
        weeks: Weeks of the run.
        readiness: The client's readiness by run, 0 to 1.

    Raises:
        KeyError: If there is no such policy.
    """
    part = (np.arange(weeks) + 0.5)[:, None] / weeks
    shapes = {
        "steady": 0.5 + 0.0 * part,
        "front-load": 1.0 * (part < 0.5),
        "taper": 1.0 - part,
        "condition on talks": readiness + 0.0 * part,
    }
    return LEAST + (1.0 - LEAST) * shapes[policy] + 0.0 * readiness


def backed(start: Start, multiples: np.ndarray) -> Start:
    """The start with ceilings, and what is expected of them, multiplied by each side's factor: (side, week, run).

    The last week's factor holds on for what room the calendar has beyond.
    """
    room = np.arange(len(start.world.calendar.ceiling))
    multiples = multiples[:, np.minimum(room, multiples.shape[1] - 1)]
    backs = np.asarray(start.world.backers.backs) > 0.5
    by_backer = np.ones((multiples.shape[1], backs.shape[1], multiples.shape[2]))
    for side, factor in enumerate(multiples):
        mine = backs[side, :, 0]
        by_backer[:, mine] = factor[:, None]
    kept = np.concatenate([by_backer, np.repeat(by_backer[-1:], WEEKS_AHEAD, axis=0)])
    summed = np.cumsum(np.concatenate([np.zeros_like(kept[:1]), kept]), axis=0)
    ahead = (summed[WEEKS_AHEAD:-1] - summed[: -WEEKS_AHEAD - 1]) / WEEKS_AHEAD
    start = replaced(start, "world.calendar.ceiling", lambda ceiling: ceiling * by_backer)
    return replaced(start, "world.calendar.outlook", lambda outlook: outlook * ahead)


def readiness(truce: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """How ready a client is to talk, from its readiness for a bare ceasefire and its rate of concession, 1/week."""
    return np.maximum(truce, np.minimum(rate / FULL_RATE, 1.0))

"""A planted event: what brings it about moves the outcome, the event itself does nothing."""

import numpy as np
import pandas as pd

from westphalia.analyse.associations import pairs
from westphalia.scenario.load import load

RUNS = 2000
EVENT, SETTLED = "week[change of leadership, north]", "settlement holds"


def planted(effect):
    """Runs in which hidden trouble brings a change of leadership and a settlement; the lever adds ``effect``."""
    random = np.random.default_rng(1)
    trouble, luck = random.random(RUNS) < 0.5, random.random(RUNS)
    happened = trouble & (random.random(RUNS) < 0.8)
    arms = {}
    for arm, added in (("baseline", 0.0), ("leadership-change-north", effect)):
        settled = luck < 0.2 + 0.5 * trouble + added
        arms[arm] = pd.DataFrame(
            {
                "arm": arm,
                "run": np.arange(RUNS),
                "outcome": np.where(settled, SETTLED, "ongoing"),
                EVENT: np.where(happened, 10, -1),
            }
        )
    return pd.concat(arms.values(), ignore_index=True)


def test_an_event_that_does_nothing_still_goes_with_the_outcome():
    (pair,) = pairs(planted(0.0), load("duel").scenario)
    assert pair.intervention.value == 0.0
    assert pair.association.value > 0.25
    assert pair.differs
    assert 0.35 * RUNS < pair.with_event < 0.45 * RUNS


def test_what_a_lever_adds_is_found():
    (pair,) = pairs(planted(0.2), load("duel").scenario)
    assert abs(pair.intervention.value - 0.2) < 3 * pair.intervention.se
    assert pair.outcome == SETTLED


def test_nothing_is_said_of_an_event_that_never_happens_by_itself():
    runs = planted(0.2)
    runs[EVENT] = -1
    assert pairs(runs, load("duel").scenario) == []

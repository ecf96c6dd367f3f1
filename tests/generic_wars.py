"""Hand-made histories of wars, for the tests of drawn wars."""

import numpy as np

from westphalia.analyse.generic.draw import draw
from westphalia.analyse.generic.runs import Histories

WEEKS = 520


def histories(count=1, weeks=WEEKS, *, dead=10.0, swapped=False):
    """Wars that go on to the horizon without a truce; ``dead`` persons a week on each side."""
    wars = draw(np.arange(count), seed=1, swapped=swapped)
    row = np.arange(weeks + 1.0)[:, None] + np.zeros(count)
    none = np.zeros((weeks + 1, count))
    return Histories(
        wars=wars,
        dead=np.stack([row, row]) * dead / 1000.0,
        kind=none.copy(),
        monitoring=none.copy(),
        guarantee=none.copy(),
        changes=np.zeros((2, weeks + 1, count)),
        code=none.copy(),
        mediated=np.zeros(count, bool),
    )

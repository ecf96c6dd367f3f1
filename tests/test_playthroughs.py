"""One run of each library scenario in words, week by week, so that a change of behaviour shows in review.

By the readable NumPy form in double precision, so that the texts are the same on every machine. After a change that is
meant: ``python tests/test_playthroughs.py`` writes them anew; the difference belongs in the change.
"""

from pathlib import Path

import numpy as np
import pytest

from wars import by_numpy, war
from westphalia.report.diary import diary
from westphalia.scenario.load import library_names, load
from westphalia.simulate.replay import gather

WEEKS = 104
RUN = 1
FOLDER = Path(__file__).parent / "playthroughs"


def played(name):
    """The diary of one run of a scenario."""
    scenario = load(name).scenario
    weeks = min(WEEKS, scenario.weeks)
    made = war(scenario, first=RUN, runs=1, weeks=weeks, precision=np.float64)
    replay = gather(scenario, ((made.world, state) for state in by_numpy(made, weeks)))
    return diary(scenario, replay, f"run {RUN} in double precision") + "\n"


@pytest.mark.parametrize("name", library_names())
def test_the_run_goes_as_it_went(name):
    assert played(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


if __name__ == "__main__":
    for each in library_names():
        (FOLDER / f"{each}.txt").write_text(played(each), encoding="utf-8")

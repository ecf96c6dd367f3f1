"""A replayed run is the study's run, and its diary tells what is in it."""

import numpy as np
import pytest

from wars import SEED, WEEKS, loaded
from westphalia.model.outcome import EVENTS
from westphalia.report.diary import diary, is_over
from westphalia.simulate.replay import replay
from westphalia.simulate.run import prepare

RUN = 7

STRAIGHT = ("position", "dead", "support", "armour", "will", "quality", "garrison")
"""Read off the state as they are; sums and products of others are rounded by the compiler in its own way."""


def engine(name, *levers):
    return prepare(loaded(name), seed=SEED, weeks=WEEKS, levers=levers)


@pytest.mark.parametrize("lever", ["aid-none-north", "elastic-south", None])
def test_a_replay_is_the_run_to_the_last_bit(lever):
    """From a lever that holds later, one that holds from the start, and none."""
    made = engine("duel", *([lever] if lever else []))
    told, chunk = replay(made, RUN), made.run(np.array([RUN]))
    for place, series in enumerate(made.series):
        mine, its = told.series[series.name][made.times], chunk.sample[-1, place, :, 0]
        if series.name.startswith(STRAIGHT):
            np.testing.assert_array_equal(mine, its, err_msg=series.name)
        np.testing.assert_allclose(mine, its, rtol=2e-6, atol=1e-6, err_msg=series.name)
    table = chunk.table[made.arms[-1]]
    first = [table[f"week[{event}, {side}]"][0] for event in EVENTS for side in ("north", "south")]
    assert told.first.ravel().tolist() == first
    assert len(told.days) == WEEKS + 1


def decided():
    """A run of the duel that arms decide, and one that they do not."""
    made = engine("duel")
    outcome = made.run(np.arange(512)).table["baseline"]["outcome"]
    won = np.array([str(name).startswith("military victory") for name in outcome])
    return made, int(np.flatnonzero(won)[0]), int(np.flatnonzero(~won)[0])


def test_a_diary_ends_with_the_war_or_with_the_last_week():
    made, won, open_run = decided()
    for run in (won, open_run):
        told = replay(made, run)
        lines = diary(made.scenario, told, "a title").splitlines()
        weeks = [line for line in lines if line.startswith(("week ", "weeks "))]
        end = next((week for week in range(WEEKS + 1) if is_over(told, week)), WEEKS)
        assert (end < WEEKS) == (run == won)
        assert f" {end}, to " in weeks[-1]
        assert ("Outcome: military victory of" in lines[-1]) == (run == won)


def test_a_diary_leaves_out_no_week_and_no_loss():
    """The weeks follow each other without a gap, and the dead of all lines add up to those of the run, as rounded."""
    made = engine("duel")
    told = replay(made, RUN)
    lines = diary(made.scenario, told, "a title").splitlines()
    covered, dead = [], 0.0
    for line in lines:
        if line.startswith(("week ", "weeks ")):
            span = line.partition(",")[0].removeprefix("weeks ").removeprefix("week ").split(" to ")
            covered += range(int(span[0]), int(span[-1]) + 1)
            dead += float(line.partition("Dead: North ")[2].partition(", South")[0].replace(",", ""))
    assert covered == list(range(1, WEEKS + 1))
    series = told.series["dead[north]"]
    assert dead == pytest.approx(1000 * (series[-1] - series[0]), rel=0.02)

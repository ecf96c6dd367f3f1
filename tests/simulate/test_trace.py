"""The message trace of a run tells what the engine did."""

import functools

import numpy as np
import pytest

from wars import loaded
from westphalia.simulate.replay import replay
from westphalia.simulate.run import prepare

WEEKS = 156


@functools.cache
def engine(name="duel"):
    return prepare(loaded(name), seed=1, weeks=WEEKS)


@functools.cache
def told(run, name="duel"):
    return replay(engine(name), run)


RUNS = range(6)


@pytest.mark.parametrize("run", RUNS)
def test_a_text_is_signed_where_all_whose_yes_is_needed_said_yes(run):
    for held in told(run).rounds:
        assert held.is_signed == bool((held.accepted | ~held.needed).all()), held.week


@pytest.mark.parametrize("run", RUNS)
def test_rounds_come_every_fourth_week_and_none_while_a_settlement_holds(run):
    weeks = [held.week for held in told(run).rounds]
    assert all((week - 1) % 4 == 0 for week in weeks)
    signed = [held.week for held in told(run).rounds if held.is_signed]
    chunk = engine().run(np.array([run]), None).table["baseline"]
    assert chunk["rounds"][0] == len(weeks)
    assert chunk["signed_week"][0] == (signed[0] if signed else -1)


def test_some_run_signs_and_some_does_not():
    """Else the tests above could not fail."""
    signs = [any(held.is_signed for held in told(run).rounds) for run in RUNS]
    assert any(signs)
    assert not all(signs)


@pytest.mark.parametrize("run", RUNS)
def test_chains_begin_with_the_text_sent_and_end_without_an_open_clause(run):
    counts = [len(issue.options) for issue in engine().scenario.talks.issues.values()]
    for held in told(run).rounds:
        assert (held.stages[0] == held.stages[0, 0]).all()
        assert (held.stages[-1] >= 0).all()
        assert (held.stages[-1] < counts).all()
        assert len(held.stages) == 2 + 2, "two hops, the text before and the reading after"
        by_hand = [{"to": "north, hand 1", "medium": "oral"}, {"to": "north", "medium": "oral"}]
        assert held.as_json()["ways"]["north"] == by_hand
        assert (held.protocol, held.proposer) == ("shuttle", None)


@pytest.mark.parametrize("run", RUNS)
def test_what_is_believed_lies_on_the_scale_and_near_what_was_read(run):
    last = np.array([len(issue.options) for issue in engine().scenario.talks.issues.values()]) - 1
    apart = []
    for held in told(run).rounds:
        assert ((held.believed >= 0.0) & (held.believed <= last)).all()
        apart.append(np.abs(held.believed - held.stages[-1]) / last)
        assert held.as_json()["believed"]["north"] == (held.believed[0] + 1.0).round(2).tolist()
    assert 0.0 < np.mean(apart) < 0.25


def test_the_same_text_is_not_put_again_within_its_wait():
    for run in RUNS:
        last = {}
        for held in told(run).rounds:
            text = tuple(held.stages[0, 0])
            assert held.week - last.get(text, -1000) >= engine().scenario.talks.wait, (run, held.week)
            last[text] = held.week


def test_a_war_without_talks_has_no_rounds():
    assert prepare(loaded("iwo-jima"), seed=1, weeks=4).scenario.talks is None
    assert replay(prepare(loaded("iwo-jima"), seed=1, weeks=4), 0).rounds == []

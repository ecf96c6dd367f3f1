"""The exact table of readings against the channel of the simulation, over many draws."""

import copy

import numpy as np
import pytest

from wars import SEED, loaded, war
from westphalia.analyse.telephone import by_protocol
from westphalia.kinds import plain_loop
from westphalia.model.channel import hear, turn
from westphalia.model.noise import weekly_draws
from westphalia.scenario.schema import Scenario

RUNS, ROUNDS = 100, 60
WITHIN = 4.0
"""Standard errors by which a mean of the simulation may lie off; its draws are fixed, so nothing flickers."""


def talking(name, protocol, *, public=(), **entries):
    """A scenario that talks under one of its protocols, which has these other entries; a graph replaces hops.

    ``public`` says by issue how far what is asked is known in public.
    """
    data = copy.deepcopy(loaded(name).document.data)
    for issue, known in dict(public).items():
        data["talks"]["issues"][issue]["public"] = known
    data["talks"]["protocol"] = protocol
    held = data["talks"]["protocols"][protocol]
    if "links" in entries:
        held.pop("hops", None)
        held.pop("medium", None)
    held |= entries
    return Scenario.model_validate(data)


def heard(scenario):
    """Options sent and read, every option sent alike often, by issue, round and run, and the gap of the sides."""
    made = war(scenario, runs=RUNS, weeks=1, precision=np.float64)
    table, random = made.world.table, np.random.default_rng(4)
    counts = table.terms.exists.sum(axis=1).astype(int)
    sent, read, gap = [], [], []
    for number in range(ROUNDS):
        draws = weekly_draws(made.keys, number, made.world.identity, np.float64)
        text = random.integers(0, np.broadcast_to(counts, (len(counts), RUNS)), dtype=np.int32)
        found = hear(table, text, turn(table, number), draws, plain_loop)
        sent.append(text)
        read.append(found.read)
        gap.append(found.gap)
    return np.stack(sent, axis=1), np.stack(read, axis=2), np.stack(gap)


def agrees(simulated, exact):
    """Whether the mean over rounds and runs lies within Monte Carlo error, and one draw, of the exact one."""
    simulated = np.asarray(simulated, float)
    error = simulated.std() / np.sqrt(simulated.size)
    return abs(simulated.mean() - exact) <= WITHIN * error + 1.0 / simulated.size


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "protocol", "entries"),
    [
        ("duel", "shuttle", {}),
        ("duel", "single-text", {}),
        ("duel", "single-text", {"hops": {"north": 3, "south": 1}}),
        ("ukraine", "shuttle", {}),
        ("ukraine", "single-text", {"mediator": {"united-states": 1}}),
        ("duel", "mixed", {}),
        ("duel", "direct", {}),
        ("duel", "shuttle", {"holder": "m", "links": {"m": {"a": "oral"}, "a": {"north": "oral", "south": "written"}}}),
        ("ukraine", "conference", {}),
        ("duel", "shuttle", {"public": {"line": 0.6, "forces": 1}}),
        ("duel", "single-text", {"public": {"line": 0.6, "forces": 1}}),
    ],
)
def test_the_exact_table_says_what_the_simulation_does(name, protocol, entries):
    scenario = talking(name, protocol, **entries)
    found = by_protocol(scenario, seed=SEED, draws=RUNS)[protocol]
    sent, read, gap = heard(scenario)
    same = (read == read[0]).all(axis=0)
    sides = read[0] == read[1]
    assert agrees(same.all(axis=0), found["all_alike"])
    assert agrees(sides.all(axis=0), found["pairs"][0]["alike"])
    assert agrees(1.0 - sides.mean(axis=0), found["pairs"][0]["disagreement"])
    assert agrees(gap, found["pairs"][0]["cost_gap"])
    for n, of in enumerate(found["per_issue"].values()):
        assert agrees(same[n], of["alike"])
        for party, wrong in enumerate(of["text_error"].values()):
            assert agrees(read[party, n] != sent[n], wrong)


def test_what_is_known_in_public_is_read_as_it_was_sent():
    """Whatever the hands; the other issues are garbled to the letter as before."""
    some, none = (heard(talking("duel", "shuttle", public=known)) for known in ({"line": 1}, {}))
    issues = list(loaded("duel").scenario.talks.issues)
    line = issues.index("line")
    assert (some[1][:, line] == some[0][line]).all()
    assert (none[1][:, line] != none[0][line]).mean() > 0.1
    others = [issue for issue in range(len(issues)) if issue != line]
    assert np.array_equal(some[1][:, others], none[1][:, others])

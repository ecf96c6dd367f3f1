"""Who can stop a text: vetoes multiply, a ballot passes with its quota, and its pivotal voter counts as the ballot."""

import copy
import functools
import itertools

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wars import by_numpy, loaded, war
from westphalia.model.ballots import agreed, missing, worst_off
from westphalia.model.table import Ballot, Seating
from westphalia.scenario.schema import Scenario


def seating(vetoes=(), *ballots):
    return Seating(
        every=4,
        party_of=(0, 1),
        vetoes=vetoes,
        ballots=ballots,
        bundles=(),
        lines=(),
        sides_propose=False,
        draws_lines=False,
        moving=(),
    )


def column(*numbers):
    return np.array(numbers, float)[:, None]


def ones(many):
    return np.ones((many, 1))


def test_all_whose_yes_is_needed_must_say_yes():
    three = seating((0, 1, 2))
    assert agreed(three, column(1, 1, 0), column(1, 1, 0)) == 1.0
    assert agreed(three, column(1, 0, 1), column(1, 1, 0)) == 0.0
    assert agreed(three, column(0, 0, 0), column(0, 0, 0)) == 1.0


def test_a_ballot_passes_with_each_coalition_that_holds_the_quota_and_no_other():
    """Votes 3, 2, 2 and 1 with a quota of 5 of 8: every combination by hand."""
    votes = (3.0, 2.0, 2.0, 1.0)
    table = seating((), Ballot((0, 1, 2, 3), votes, 5.0))
    for yes in itertools.product((0, 1), repeat=4):
        assert agreed(table, column(*yes), ones(4)) == float(np.dot(yes, votes) >= 5.0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.1, 5)), min_size=1, max_size=6), st.floats(0.05, 1.0))
def test_what_is_accepted_above_the_pivotal_gain_passes_and_no_more(voters, quota):
    """Voters who say yes where they gain at least g pass a text exactly up to the gain of the worst-off."""
    gain, votes = column(*(g for g, _ in voters)), tuple(v for _, v in voters)
    table = seating((), Ballot(tuple(range(len(votes))), votes, quota * sum(votes)))
    worst = worst_off(table, gain)
    for level in np.unique(gain):
        assert agreed(table, 1.0 * (gain >= level), ones(len(votes))) == float(level <= worst[0])


@given(st.lists(st.floats(-0.3, 0.3), min_size=1, max_size=6), st.floats(-0.3, 0.3))
def test_more_veto_players_never_raise_what_the_worst_off_gains(gains, added):
    few, many = (seating(tuple(range(len(gains) + n))) for n in (0, 1))
    assert worst_off(many, column(*gains, added)) <= worst_off(few, column(*gains))
    assert agreed(many, 1.0 * (column(*gains, added) > 0), ones(len(gains) + 1)) <= agreed(
        few, 1.0 * (column(*gains) > 0), ones(len(gains))
    )


def test_a_voter_is_missed_only_where_the_ballot_fails_and_who_is_not_needed_counts_as_yes():
    table = seating((0,), Ballot((1, 2, 3), (1.0, 1.0, 1.0), 2.0))
    assert missing(table, column(1, 1, 1, 0), ones(4))[:, 0].tolist() == [0, 0, 0, 0]
    assert missing(table, column(0, 1, 0, 0), ones(4))[:, 0].tolist() == [1, 0, 1, 1]
    assert missing(table, column(1, 1, 0, 0), column(1, 1, 1, 0))[:, 0].tolist() == [0, 0, 0, 0]


def test_both_libraries_say_the_same_of_vetoes_and_ballots():
    random = np.random.default_rng(1)
    table = seating((0, 4), Ballot((1, 2, 3), (2.0, 1.0, 1.0), 3.0))
    yes, needed = random.integers(0, 2, (2, 5, 200)).astype(float)
    gain = random.normal(size=(5, 200))
    with jax.enable_x64(True):
        for of, rows in ((agreed, (yes, needed)), (missing, (yes, needed)), (worst_off, (gain,))):
            compiled = jax.jit(functools.partial(of, table))(*map(jnp.asarray, rows))
            assert compiled.dtype == np.float64
            np.testing.assert_array_equal(compiled, of(table, *rows))


def chamber(quota):
    """Duel with three players in North, of different mind about the line; voters where a quota is given."""
    data = copy.deepcopy(loaded("duel").document.data)
    talks = data["talks"]
    talks["parties"]["north"] |= {} if quota is None else {"quota": quota}
    talks["players"] = {
        f"party-{n}": {"label": f"Party {n}", "party": "north", "tilt": {"line": 1 + 2 * n}}
        | ({} if quota is None else {"votes": n + 1})
        for n in range(3)
    }
    return Scenario.model_validate(data)


@pytest.mark.slow
def test_a_higher_quota_signs_less_and_a_quota_of_all_signs_as_vetoes_do():
    signed = {}
    for quota in (0.4, 1.0, None):
        state = by_numpy(war(chamber(quota), runs=512), 52)[-1]
        signed[quota] = state.truce.signed >= 0.0
    assert signed[0.4].sum() > signed[1.0].sum() > 0
    assert (signed[1.0] == signed[None]).all()

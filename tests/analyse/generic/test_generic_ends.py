"""When a war ends, who won, and whether it counts, on histories made by hand."""

import numpy as np
import pytest

from generic_wars import histories
from westphalia.analyse.generic.ends import HOWS, ends, kept, lasting, worst_year
from westphalia.analyse.generic.statistics import facts


def how(told):
    return [HOWS[place] for place in told.how]


def test_what_does_not_end_goes_on():
    told = ends(histories())
    assert how(told) == ["goes on"]
    assert told.weeks.tolist() == [520]


def test_a_truce_of_four_weeks_ends_no_war_and_one_of_five_does():
    made = histories(2)
    made.kind[40:44, 0] = 1.0
    made.kind[40:45, 1] = 1.0
    told = ends(made)
    assert how(told) == ["goes on", "ceasefire"]
    assert told.weeks.tolist() == [520, 40]


def test_a_truce_that_is_signed_in_its_first_weeks_is_an_agreement():
    made = histories(2)
    made.kind[40:, :] = 1.0
    made.kind[43:, 0] = 2.0
    made.kind[60:, 1] = 2.0
    assert how(ends(made)) == ["agreement", "ceasefire"]


@pytest.mark.parametrize(("swapped", "expected"), [(False, "initiator wins"), (True, "target wins")])
def test_the_winner_is_named_by_role(swapped, expected):
    made = histories(swapped=swapped)
    made.code[30:] = 1
    told = ends(made)
    assert how(told) == [expected]
    assert told.weeks.tolist() == [30]
    assert told.decisive.all()


def test_a_front_that_was_quiet_for_half_a_year_ended_when_it_fell_quiet():
    made = histories()
    made.code[100:] = 4
    told = ends(made)
    assert how(told) == ["frozen"]
    assert told.weeks.tolist() == [74]


def test_what_comes_first_counts():
    made = histories()
    made.code[100:] = 2
    made.kind[60:90] = 2.0
    assert ends(made).weeks.tolist() == [60]


def test_a_thousand_dead_in_twelve_months_make_a_war():
    """On both sides together: 19 a week are 988 in 52 weeks, 20 are 1,040."""
    assert not ends(histories(dead=9.5)).counts.any()
    assert ends(histories(dead=10.0)).counts.all()


def test_two_years_of_nine_hundred_make_none_and_dead_after_the_end_do_not_count():
    made = histories(3, dead=0.0)
    made.dead[0, 10:, 0] += 0.9
    made.dead[0, 70:, 0] += 0.9
    made.dead[0, 10:, 1] += 0.6
    made.dead[1, 60:, 1] += 0.6
    made.dead[0, 10:, 2] += 0.6
    made.dead[1, 60:, 2] += 0.6
    made.kind[30:40, 2] = 1.0
    assert ends(made).counts.tolist() == [False, True, False]


def test_the_worst_year_is_the_largest_rise_in_52_weeks():
    rng = np.random.default_rng(0)
    dead = rng.exponential(size=(200, 3)).cumsum(axis=0)
    brute = [max(dead[w + 52, n] - dead[w, n] for w in range(148)) for n in range(3)]
    np.testing.assert_allclose(worst_year(dead), brute)


def test_dead_and_changes_are_read_at_the_end_and_a_year_later():
    made = histories(2)
    made.code[100:, 0] = 1
    made.code[500:, 1] = 1
    made.changes[0, 50:, 0] = 1.0
    made.changes[1, 130:, 0] = 1.0
    told = ends(made)
    np.testing.assert_allclose(told.dead[:, 0], [1000.0, 1000.0])
    assert told.changes[:, 0].tolist() == [1.0, 0.0]
    assert told.left[:, 0].tolist() == [0.0, 1.0]
    assert np.isnan(told.left[:, 1]).all(), "a year after week 500 was not seen"


def test_lasting_looks_ahead():
    holds = np.array([1, 0, 1, 1, 1, 0, 1, 1], bool)[:, None]
    assert lasting(holds, 3)[:, 0].tolist() == [False, False, True, False, False, False, True, True]


def test_only_wars_that_count_are_kept():
    made = histories(3)
    made.dead[:, :, 1] = 0.0
    told = ends(made)
    assert len(facts(made.wars, told).weeks) == 2
    assert kept(made, told.counts).kind.shape[1] == 2

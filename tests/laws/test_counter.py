"""What an extended attacker risks: nothing below the trigger, hand-worked figures above it."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.laws.counter.overextension_gate import OverextensionGate

ONE = np.ones((2, 1, 1))
DENSE = 1e12 * ONE


def test_overextension_adds_its_four_parts(make, fronts, sides):
    """A golden: .3 + .5 x 10/40 + .4 x (1 - .25) + .8 x .1/(.1 + .1) = 1.125; a salient counts in full at 40 km."""
    law = make(OverextensionGate, salient_weight=0.5, salient_scale=40.0, garrison_weight=0.4, thin_weight=0.8)
    got = law.overextension(fronts(0.7, 0.9), fronts(10.0, -30.0), sides(0.25, 3.0), fronts(0.1, 0.9))
    assert got[:, 0, 0] == pytest.approx([1.125, 0.18])
    full = law.overextension(ONE, fronts(40.0, 400.0), sides(1.0, 1.0), DENSE)
    assert full[:, 0, 0] == pytest.approx([0.5, 0.5])


def test_a_supplied_dense_line_abreast_of_its_neighbours_is_not_overextended(make, sides):
    got = make(OverextensionGate).overextension(ONE, 0.0 * ONE, sides(1.0, 1.4), DENSE)
    assert np.all(got < 1e-12)


@given(
    supply=st.floats(0.0, 1.0), salient=st.floats(-50.0, 150.0), fill=st.floats(0.0, 2.0), density=st.floats(0.0, 5.0)
)
def test_every_want_extends_and_none_relieves(make, fronts, sides, supply, salient, fill, density):
    law = make(OverextensionGate)

    def of(supply, salient, fill, density):
        return law.overextension(fronts(supply, 1), fronts(salient, 0), sides(fill, 1), fronts(density, 0))[0, 0, 0]

    base = of(supply, salient, fill, density)
    worse = [
        of(supply * 0.9, salient, fill, density),
        of(supply, salient + 5, fill, density),
        of(supply, salient, fill * 0.9, density),
        of(supply, salient, fill, density * 0.9),
    ]
    assert min(worse) >= base - 1e-12


def run(law, fronts, sides, overextension, weeks, reserve=(0.3, 0.3), wanted=(1.0, 1.0)):
    counter = np.zeros((2, 1, 1))
    for _ in range(weeks):
        counter = law.next_counter(counter, fronts(*overextension), sides(0.6, 0.6), sides(*reserve), fronts(*wanted))
    return counter[:, 0, 0]


def test_no_counter_offensive_begins_below_the_trigger(make, fronts, sides):
    """Exactly none, for years, a width below the trigger; at the trigger it grows to one half."""
    law = make(OverextensionGate, width=0.15)
    got = run(law, fronts, sides, (0.449, 0.6), 500)
    assert got[0] == 0.0
    assert got[1] == pytest.approx(0.5)


@pytest.mark.parametrize("missing", ["reserve", "wanted"])
def test_no_counter_offensive_without_a_reserve_or_the_wish(make, fronts, sides, missing):
    got = run(make(OverextensionGate), fronts, sides, (2.0, 2.0), 500, **{missing: (0.0, 1.0)})
    assert got[0] == 0.0
    assert got[1] == pytest.approx(1.0)


def test_a_counter_offensive_closes_its_gap_by_the_same_share_every_week(make, fronts, sides):
    """1 - .6^n with a relaxation of .4 a week."""
    law = make(OverextensionGate, relaxation=0.4)
    assert run(law, fronts, sides, (2.0, 0.0), 3) == pytest.approx([1 - 0.6**3, 0.0])


def test_the_bonus_multiplies_effectiveness_by_one_plus_overextension(make, fronts):
    """ln e <- ln e + c ln(1 + om O): with om = .5 and O = 1.2 a full counter-offensive is worth 1.6 times."""
    law = make(OverextensionGate, bonus=0.5)
    got = np.exp(law.log_bonus(fronts(1.0, 0.25), fronts(1.2, 2.0)))[:, 0, 0]
    assert got == pytest.approx([1.6, 2.0**0.25])


@given(counter=st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3))
def test_a_side_commits_at_most_the_share_of_its_reserve_that_it_concentrates(make, fronts, sides, counter):
    law = make(OverextensionGate, concentration=0.6)
    got = law.committed(fronts(counter, [1.0, 1.0, 0.0]), sides(20.0, 50.0))[:, :, 0]
    assert got[0].sum() == pytest.approx(0.6 * 20.0 * min(sum(counter), 1.0), abs=1e-9)
    assert got[1] == pytest.approx([15.0, 15.0, 0.0])


def test_pockets_by_hand_and_none_without_a_counter_offensive(make, fronts, sides):
    """A golden: iota .1 x (1.4 - .6) x .5 x .25 = .01 of the force a week."""
    law = make(OverextensionGate, pocket=0.1)
    got = law.pocket_rate(fronts(1.4, 1.4), sides(0.6, 0.6), fronts(0.5, 0.0), fronts(0.25, 1.0))
    assert got[0, 0, 0] == pytest.approx(0.01)
    assert got[1, 0, 0] == 0.0
    assert np.all(law.pocket_rate(fronts(0.5, 0.59), sides(0.6, 0.6), ONE, ONE) == 0.0)


def test_pockets_never_take_the_whole_force_in_a_week(make, fronts, sides):
    """The most that the studied ranges allow, before the trigger: .3 x (1 + 1 + .5 + 1) = 1.05 a week."""
    law = make(OverextensionGate, pocket=0.3, salient_weight=1.0, garrison_weight=0.5, thin_weight=1.0)
    worst = law.overextension(0.0 * ONE, 1e4 * ONE, sides(0.0, 0.0), 0.0 * ONE)
    got = law.pocket_rate(worst, sides(0.0, 0.45), ONE, ONE)[:, 0, 0]
    assert got == pytest.approx([1.05, 0.3 * 3.05])
    assert math.exp(-got[0]) > 0.34

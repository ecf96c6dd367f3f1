"""Occupation: Deitchman's state equation, growth without a garrison, Quinlivan's ratio."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.laws.occupation import ContestedControl

NONE = per_side(0.0, 0.0)
ONE = per_side(1.0, 1.0)
PEOPLE = st.floats(0.0, 6000.0)


def test_deitchmans_mixed_law_keeps_its_state_equation():
    """[Deitchman1962]: (b/2)(g0^2 - g^2) = a (p0 - p) for aimed ambush against area fire, to 0.05 %.

    The law's limit without information and growth: a = ambush, b = kill rate/(area factor x inhabitants), while
    kill_half << p << area factor x inhabitants. Ambush first loses and then wins its fight; both stay well above zero.
    """
    law = at_middle(
        ContestedControl, information_base=0.0, kill_half=1e-9, area_factor=0.02, kill_rate=0.02, ambush=0.002
    )
    people, start = per_side(1e7, 2e7), (per_side(10.0, 4.0), per_side(80.0, 60.0))
    rate = 0.02 / (0.02 * people)
    partisans, garrison = start
    for _ in range(2000):
        lost = law.ambush_losses(partisans, garrison, NONE)
        partisans, _ = law.next_partisans(partisans, NONE, people, garrison, NONE, NONE, NONE)
        garrison = garrison - lost
    left = 0.5 * rate * (start[1] ** 2 - garrison**2)
    right = 0.002 * (start[0] - partisans)
    assert (garrison < 0.95 * start[1]).all()
    assert (partisans < start[0]).all()
    np.testing.assert_allclose(left, right, rtol=5e-4)

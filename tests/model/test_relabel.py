"""The order in which fronts are listed carries no meaning."""

import numpy as np
import pytest

from mirror import WEEKS, apart, history, relabelled, unequal
from wars import by_numpy


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_fronts_in_another_order_give_the_same_war_in_another_order(name):
    there = unequal(name)
    order = np.random.default_rng(7).permutation(there.state.advance.position.shape[0])
    assert list(order) != sorted(order)
    back = by_numpy(there._replace(world=relabelled(there.world, order), state=relabelled(there.state, order)), WEEKS)
    for number in (1, 8, 52, WEEKS):
        assert apart(back[number], relabelled(history(name)[number], order)) == {}, f"week {number}"

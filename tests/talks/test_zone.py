"""The zone of agreement, weights known only roughly, and what binds where there is no zone."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from small_games import every_text, game, mixed_game, pie, random_game, recipes, utility

from westphalia.talks import zone as zones
from westphalia.talks.binding import binding, settled, without_issue
from westphalia.talks.frontier import frontier
from westphalia.talks.game import issue_weights
from westphalia.talks.solutions import stakes
from westphalia.talks.zone import acceptance, accepted_by_all, rational, weight_factors, zone


def of_table(of):
    return zone(stakes(of, frontier(of)))


def bound(of):
    return binding(of, frontier(of))


@settings(deadline=None)
@given(recipes())
def test_it_counts_the_texts_that_leave_nobody_below_the_reserve(recipe):
    of = mixed_game(*recipe)
    inside = [(utility(of, text) >= of.reserve - 1e-9).all() for text in every_text(of)]
    found = of_table(of)
    assert found.texts == sum(inside) == np.count_nonzero(accepted_by_all(of))
    assert found.exists == any(inside)
    assert found.share == pytest.approx(np.mean(inside))
    assert found.margin == pytest.approx(max((utility(of, text) - of.reserve).min() for text in every_text(of)))


def test_slabs_count_what_the_whole_table_counts(monkeypatch):
    of = random_game((4, 5, 3, 4), 3, 2, reserve=0.45)
    whole = rational(of)
    assert 0 < whole < 240
    for slab in (1, 5, 13, 100):
        monkeypatch.setattr(zones, "SLAB", slab)
        assert rational(of) == whole


def test_a_table_too_large_to_count_says_so_unless_all_or_nobody_accepts():
    of = random_game((6,) * 20, 2, 3, reserve=0.4)
    assert rational(of) is None
    assert of_table(of).exists
    assert rational(dataclasses.replace(of, reserve=np.zeros(2))) == 6**20
    assert rational(dataclasses.replace(of, reserve=np.array([0.0, 2.0]))) == 0


def test_bargaining_range_of_a_war_is_the_two_costs():
    """Fearon: p = 0.6, costs 0.2 and 0.1; shares from 0.4 to 0.7 are accepted, 31 of 101 splits."""
    found = of_table(pie(100, reserve=[0.6 - 0.2, 0.4 - 0.1]))
    assert (found.texts, found.exists) == (31, True)
    assert found.margin == pytest.approx(0.15)


def test_draws_of_weights_keep_their_sum_and_centre():
    of = random_game((3, 4, 5), 2, 7)
    weights = issue_weights(of)
    drawn = weight_factors(of, 20_000, concentration=30.0, seed=5) * weights
    np.testing.assert_allclose(drawn.sum(axis=2), np.broadcast_to(weights.sum(axis=1), (20_000, 2)))
    np.testing.assert_allclose(drawn.mean(axis=0), weights, atol=0.002)
    share = weights / weights.sum(axis=1, keepdims=True)
    spread = np.sqrt(share * (1 - share) / 31.0) * weights.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(drawn.std(axis=0), spread, rtol=0.05)


def test_chances_of_acceptance_are_those_of_draws_one_by_one():
    of = random_game((3, 3, 3), 3, 4, reserve=0.4, interactions={(0, 2): np.full((3, 3, 3), 0.05)})
    texts = np.array(list(every_text(of)))
    factors = weight_factors(of, 50, concentration=10.0, seed=1)
    by_draw = [
        accepted_by_all(dataclasses.replace(of, worth=tuple(p * f[:, [q]] for q, p in enumerate(of.worth))))
        for f in factors
    ]
    np.testing.assert_allclose(acceptance(of, texts, factors), np.mean(by_draw, axis=0))


def test_certain_weights_make_chances_certain():
    of = random_game((3, 3), 2, 9, reserve=0.3)
    texts = np.array(list(every_text(of)))
    np.testing.assert_array_equal(acceptance(of, texts, np.ones((1, 2, 2))), accepted_by_all(of))


def test_where_there_is_a_zone_nothing_binds():
    assert bound(pie(10, reserve=[0.4, 0.4])) is None


def test_a_pie_opens_when_either_reserve_falls_by_what_is_missing():
    found = bound(pie(100, reserve=[0.7, 0.5]))
    assert found.reserves == pytest.approx({"party 0": 0.2, "party 1": 0.2})
    assert found.by_all == pytest.approx(0.1)
    assert found.weights == ()
    assert found.left_out == {}
    assert found.issue == "issue 0"


@settings(max_examples=60, deadline=None)
@given(recipes(most_parties=3, most_issues=3))
def test_each_change_that_is_named_opens_a_zone_and_a_smaller_one_does_not(recipe):
    of = mixed_game(*recipe)
    found = bound(of)
    if found is None:
        return
    for party, fall in found.reserves.items():
        lowered = of.reserve.copy()
        lowered[of.parties.index(party)] -= fall
        assert of_table(dataclasses.replace(of, reserve=lowered)).exists
        lowered[of.parties.index(party)] += 1e-6
        assert not of_table(dataclasses.replace(of, reserve=lowered)).exists
    assert of_table(dataclasses.replace(of, reserve=of.reserve - found.by_all)).exists
    assert not of_table(dataclasses.replace(of, reserve=of.reserve - found.by_all + 1e-6)).exists
    for shift in found.weights:
        assert of_table(reweighted(of, shift, 1.0)).margin >= -1e-9
        assert not of_table(reweighted(of, shift, 0.999)).exists
    for index, issue in enumerate(of.issues):
        assert found.contested[issue] == pytest.approx(of_table(settled(of, index)).margin)
        assert found.contested[issue] >= of_table(of).margin - 1e-12
        if issue in found.left_out:
            assert found.left_out[issue] == pytest.approx(of_table(without_issue(of, index)).margin)
    assert len(found.allowed) == len(of.excluded)
    assert all(margin >= of_table(of).margin - 1e-12 for margin in found.allowed)


def reweighted(of, shift, part):
    """The game with a party's weight of one issue changed by part of a shift, the others in proportion."""
    i, q = of.parties.index(shift.party), list(of.issues).index(shift.issue)
    weights = issue_weights(of)[i]
    factor = part * shift.change * weights.sum() / weights[q]
    rest = 1.0 - factor * weights[q] / (weights.sum() - weights[q])
    worth = [part.copy() for part in of.worth]
    for other, table in enumerate(worth):
        table[i] *= 1.0 + factor if other == q else rest
    interactions = {issues: table.copy() for issues, table in of.interactions.items()}
    for table in interactions.values():
        table[i] *= rest
    return dataclasses.replace(of, worth=tuple(worth), interactions=interactions)


def test_moving_weight_to_the_issue_that_is_conceded_opens_a_zone():
    """Each wins one issue: (0.4, 0.8); half a unit of weight more on the issue it wins gives the first its 0.5."""
    of = game([[0.4, 0.0], [0.0, 0.2]], [[0.0, 0.6], [0.8, 0.0]], reserve=[0.5, 0.8])
    found = bound(of)
    assert found.weights[0].party == "party 0"
    assert found.weights[0].issue == "issue 0"
    assert found.weights[0].change == pytest.approx(0.1)


def test_a_red_line_that_keeps_the_zone_shut_is_found():
    of = game([[0.9, 0.0], [0.0, 0.4]], [[0.0, 0.3], [0.8, 0.0]], reserve=[0.5, 0.5], excluded=({0: 0, 1: 0},))
    found = bound(of)
    assert found.allowed == pytest.approx((0.3,))


def test_the_party_that_asks_more_than_there_is_binds():
    found = bound(pie(10, reserve=[1.4, 0.3]))
    assert found.party == "party 0"
    assert found.reserves == pytest.approx({"party 0": 0.7})


def test_where_two_must_move_no_single_party_is_named():
    found = bound(pie(10, reserve=[1.4, 1.3]))
    assert found.party is None
    assert found.reserves == {}
    assert found.by_all == pytest.approx(0.9)


def test_the_contested_issue_is_the_one_that_binds():
    """Nobody disagrees on the second issue."""
    of = game([[0.7, 0.0], [0.0, 0.7]], [[0.3, 0.0], [0.3, 0.0]], reserve=[0.9, 0.9])
    assert bound(of).issue == "issue 0"

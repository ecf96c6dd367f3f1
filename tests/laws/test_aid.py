"""Backers: the logit choice, the pipeline, the replicator, and the scale of each term of utility."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn, per_side

from westphalia.laws.aid import TwoFactions

SHARE = st.floats(0.001, 0.999)


def test_alike_backers_without_conformity_or_cost_settle_at_the_logit_choice():
    """a* = H + (1-H)/(1 + exp(-U/tau)) with U = 0.3 + 0.6 pi - 0.5 Z: closed, since U does not depend on a."""
    numbers = {"stake": 0.3, "prize": 0.6, "fatigue_weight": 0.5, "salience": 0.0, "temperature": 0.2}
    law = at_middle(TwoFactions, cost=0.0, conformity=0.0, **numbers)
    hard, prospects, fatigue = per_side(0.1, 0.4), per_side(0.2, 0.7), per_side(1.2, 0.1)
    will = per_side(1.0, 0.0)
    for _ in range(800):
        terms = law.utility(will, fatigue, prospects, will[::-1], per_side(0.0, 0.0))
        will = law.next_will(will, hard, sum(terms.values()))
    utility = np.array([0.3 + 0.12 - 0.6, 0.3 + 0.42 - 0.05])
    expected = hard[:, 0] + (1.0 - hard[:, 0]) / (1.0 + np.exp(-utility / 0.2))
    np.testing.assert_allclose(will[:, 0], expected, rtol=1e-9)


def test_with_cost_will_settles_where_choice_and_cost_agree():
    """The fixed point of a = H + (1-H) sigma((U0 - c a)/tau) by bisection; U0 = 0.9, 0.5, c = 0.6, tau = 0.2."""
    law = at_middle(TwoFactions, cost=0.6, conformity=0.0, salience=0.0, stake=0.1, prize=1.0, temperature=0.2)
    hard, prospects, none = per_side(0.2, 0.1), per_side(0.8, 0.4), per_side(0.0, 0.0)
    will = per_side(0.5, 0.5)
    for _ in range(800):
        terms = law.utility(will, none, prospects, will, none)
        will = law.next_will(will, hard, sum(terms.values()))
    low, high = 0.0 * will, 0.0 * will + 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        more = hard + (1 - hard) / (1 + np.exp(-(0.1 + prospects - 0.6 * middle) / 0.2)) > middle
        low, high = np.where(more, middle, low), np.where(more, high, middle)
    np.testing.assert_allclose(will, low, rtol=1e-9)


def test_utility_adds_up_from_its_terms():
    """U of the law with numbers that differ between the two backers."""
    numbers = {"stake": 0.3, "prize": 0.5, "cost": 0.4, "fatigue_weight": 0.6, "salience": 0.2, "salience_time": 50.0}
    law = at_middle(TwoFactions, conformity=0.3, **numbers)
    args = [per_side(0.9, 0.2), per_side(0.5, 1.0), per_side(0.6, 0.4), per_side(0.2, 0.9)]
    terms = law.utility(*args, per_side(50.0, 100.0))
    first = 0.3 + 0.5 * 0.6 - 0.4 * 0.9 - 0.6 * 0.5 + 0.2 * np.exp(-1.0) + 0.3 * (0.2 - 0.9)
    second = 0.3 + 0.5 * 0.4 - 0.4 * 0.2 - 0.6 * 1.0 + 0.2 * np.exp(-2.0) + 0.3 * (0.9 - 0.2)
    np.testing.assert_allclose(sum(terms.values())[:, 0], [first, second], rtol=1e-12)


def test_no_term_of_utility_is_negligible_or_overwhelming():
    """As structural test 8 has it for whole wars: the median share of each term is 2 to 80 % of the sum of all sizes.

    Five backers in the second year whose will is spread as widely as the flagship's, from 0 to 1; prospects between 0.1
    and 0.9; fatigue as their will has brought it about.
    """
    runs, backers = 4000, 5
    law = drawn(TwoFactions, runs, seed=1)
    random = np.random.default_rng(2)
    will = random.uniform(0.0, 1.0, (backers, runs))
    prospects, week = random.uniform(0.1, 0.9, (backers, runs)), random.uniform(26.0, 104.0, (backers, runs))
    fatigue = law.fatigue_gain * law.recovery_time * will * (1.0 - np.exp(-week / law.recovery_time))
    others = (will.sum(axis=0) - will) / (backers - 1)
    sizes = {name: np.abs(term) for name, term in law.utility(will, fatigue, prospects, others, week).items()}
    shares = {name: float(np.median(size / sum(sizes.values()))) for name, size in sizes.items()}
    assert len(shares) == 6
    assert all(0.02 < share < 0.8 for share in shares.values()), shares


def test_conformity_draws_will_towards_the_others():
    law = at_middle(TwoFactions, conformity=0.5)
    same = per_side(0.5, 0.5)
    terms = law.utility(same, same, same, per_side(0.9, 0.1), same)
    np.testing.assert_allclose(terms["others"][:, 0], [0.2, -0.2])


def test_deliveries_lag_by_the_delivery_lag_in_the_mean():
    """Impulse response: all that is allocated is delivered, 16 weeks later in the mean, exactly."""
    law = at_middle(TwoFactions, delivery_lag=16.0)
    pipeline, allocated, delivered = np.zeros((2, 2, 1)), per_side(3.0, 0.5), []
    for _ in range(800):
        pipeline, out = law.deliver(pipeline, allocated)
        delivered.append(out[:, 0])
        allocated = 0.0 * allocated
    total = np.sum(delivered, axis=0)
    np.testing.assert_allclose(total, [3.0, 0.5], rtol=1e-12)
    np.testing.assert_allclose(np.arange(800) @ np.array(delivered) / total, 16.0, rtol=1e-9)


@given(allocations=st.lists(st.floats(0.0, 10.0), min_size=1, max_size=60), lag=st.floats(2.0, 60.0))
def test_no_money_is_lost_in_the_pipeline(allocations, lag):
    law = at_middle(TwoFactions, delivery_lag=lag)
    pipeline, delivered = np.zeros((2, 2, 1)), per_side(0.0, 0.0)
    for amount in allocations:
        pipeline, out = law.deliver(pipeline, per_side(amount, 0.3 * amount))
        delivered = delivered + out
    given_away = np.array([1.0, 0.3]) * sum(allocations)
    np.testing.assert_allclose((pipeline.sum(axis=1) + delivered)[:, 0], given_away, rtol=1e-9, atol=1e-12)


@given(hard=SHARE, threat=st.floats(0.0, 1.0), fatigue=st.floats(0.0, 4.5))
def test_the_share_of_die_hards_stays_between_nobody_and_everybody(hard, threat, fatigue):
    """Replicator with the fastest rates of the studied range; 4.5 is the most fatigue that range can hold."""
    law = at_middle(TwoFactions, faction_rate=0.03, threat_weight=1.0, weariness_weight=1.0)
    share = per_side(hard, 1.0 - hard)
    for _ in range(40):
        share = law.next_die_hard(share, per_side(threat, threat), per_side(fatigue, fatigue))
        assert ((share > 0.0) & (share <= 1.0)).all()


def test_under_a_constant_threat_the_logit_of_die_hards_grows_linearly():
    """H' = lam alf threat H (1-H): after 500 weeks the logit has grown by 500 x 0.01 x 0.4 x threat, to 1 %."""
    law = at_middle(TwoFactions, faction_rate=0.01, threat_weight=0.4)
    start, threat = per_side(0.2, 0.6), per_side(1.0, 0.25)
    share = start
    for _ in range(500):
        share = law.next_die_hard(share, threat, 0.0 * threat)
    grown = np.log(share / (1.0 - share)) - np.log(start / (1.0 - start))
    np.testing.assert_allclose(grown, 2.0 * threat, rtol=0.01)


def test_fatigue_settles_at_gain_times_will_times_recovery_time():
    """Z* = zeta a t_rec: 0.01 x 0.8 x 60 = 0.48 and 0.01 x 0.3 x 60 = 0.18."""
    law = at_middle(TwoFactions, fatigue_gain=0.01, recovery_time=60.0)
    fatigue = per_side(0.0, 2.0)
    for _ in range(2000):
        fatigue = law.next_fatigue(fatigue, per_side(0.8, 0.3))
    np.testing.assert_allclose(fatigue[:, 0], [0.48, 0.18], rtol=1e-9)


def test_abandonment_is_half_believed_at_its_threshold_and_counts_by_dependence():
    """dep sigma((A0 - will)/s); one width below the threshold sigma(1) = 0.731."""
    law = at_middle(TwoFactions, abandonment_at=0.3, abandonment_width=0.1)
    fear = law.abandonment(per_side(0.3, 0.2), per_side(0.8, 0.15))
    np.testing.assert_allclose(fear[:, 0], [0.4, 0.15 / (1.0 + np.exp(-1.0))], rtol=1e-12)


@given(st.integers(0, 400), SHARE, st.floats(0.005, 0.03), st.floats(30.0, 150.0))
def test_fatigue_grown_over_weeks_equals_so_many_steps(weeks, given_share, gain, recovery):
    """The closed form against the recursion."""
    law = at_middle(TwoFactions, fatigue_gain=gain, recovery_time=recovery)
    will, fatigue = per_side(given_share, 1.0), per_side(0.0, 0.0)
    for _ in range(weeks):
        fatigue = law.next_fatigue(fatigue, will)
    np.testing.assert_allclose(law.fatigue_after(0.0 * will + weeks, will), fatigue, rtol=1e-9, atol=1e-12)

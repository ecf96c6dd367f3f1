"""Consent: Mueller's logarithm, Gartner and Segura's acceleration, and the signs that both share."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, per_side

from westphalia.laws.consent import GartnerSegura, Mueller

BOTH = pytest.mark.parametrize("law", [Mueller, GartnerSegura])
NAMES = ("dead_share", "death_rate", "death_rate_before", "victory", "land_lost", "mobilised", "strain")
LONG_AGO = 1e6


def burden(law, **events):
    """The logit of events, nothing having happened but what is said."""
    still = dict.fromkeys(NAMES, 0.0) | {"victory": 0.5, "weeks_since_change": LONG_AGO, "weeks_of_war": LONG_AGO}
    return law.burden(**{name: np.broadcast_to(events.get(name, value), (2, 1)) for name, value in still.items()})


@BOTH
def test_nothing_happened_leaves_support_where_it_was(law):
    np.testing.assert_allclose(burden(at_middle(law)), 0.0, atol=1e-12)


def test_constant_deaths_make_support_linear_in_log_time():
    """[Mueller1973]: slope -b1 a decade of weeks; 3 and 0.5 dead per 100,000 a week, b1 = 0.8, weeks 10^3 to 10^6."""
    law = at_middle(Mueller, deaths_weight=0.8)
    decades = np.array([burden(law, dead_share=per_side(3.0, 0.5) * 10.0**k)[:, 0] for k in range(3, 7)])
    np.testing.assert_allclose(np.diff(decades, axis=0), -0.8, atol=1e-3)
    np.testing.assert_allclose(decades[:, 0] - decades[:, 1], -0.8 * np.log10(6.0), atol=1e-3)


def test_support_itself_follows_log_time_when_opinion_has_adapted():
    """The logit of support in weeks 400 and 4,000 at constant deaths differs by b1, less 1 % for what opinion lags."""
    law, rate, support, seen = at_middle(Mueller, deaths_weight=0.8), per_side(3.0, 0.5), per_side(0.7, 0.6), {}
    level = np.log(support / (1.0 - support))
    for week in range(1, 4001):
        support = law.next_support(support, level + burden(law, dead_share=rate * week))
        seen[week] = np.log(support / (1.0 - support))
    slope = seen[4000] - seen[400]
    np.testing.assert_allclose(slope, -0.8, rtol=0.01)


def test_a_factor_of_ten_costs_about_fifteen_points_at_even_support():
    """[Mueller1973]: about 15 points; 0.6 logit across even support is 14.9, and the studied range holds it."""
    law = at_middle(Mueller, deaths_weight=0.6)
    step = burden(law, dead_share=per_side(99.0, 999.0))
    np.testing.assert_allclose(step[:, 0], [-1.2, -1.8])
    support = 1.0 / (1.0 + np.exp(-(step - step.mean())))
    assert support[0, 0] - support[1, 0] == pytest.approx(0.149, abs=0.001)


def test_accelerating_deaths_cost_more_support_at_equal_cumulative_deaths():
    """[GartnerSegura1998]: 2, 3, 4 and 4, 3, 2 dead a week add up alike; a rise costs b3 more, a fall nothing."""
    law = at_middle(GartnerSegura, rate_weight=0.3, acceleration_weight=0.5)
    support, level = per_side(0.6, 0.6), np.log(1.5)
    dead, before = per_side(0.0, 0.0), per_side(1.0, 5.0)
    for rate in (per_side(2.0, 4.0), per_side(3.0, 3.0), per_side(4.0, 2.0)):
        dead = dead + rate
        logit = burden(law, dead_share=dead, death_rate=rate, death_rate_before=before)
        support, before = law.next_support(support, level + logit), rate
    np.testing.assert_allclose(dead, 9.0)
    assert support[0, 0] < support[1, 0] - 0.01


def test_only_a_rise_of_deaths_counts_as_acceleration():
    """Rates of 3 after 1 and after 5 differ by b3 x 2 = 1.0 and no more."""
    law = at_middle(GartnerSegura, acceleration_weight=0.5)
    same = per_side(3.0, 3.0)
    logit = burden(law, dead_share=10.0 * same, death_rate=same, death_rate_before=per_side(1.0, 5.0))
    assert logit[1, 0] - logit[0, 0] == pytest.approx(1.0)


def test_marginal_deaths_do_not_matter_to_mueller():
    law = at_middle(Mueller)
    logit = burden(law, dead_share=per_side(30.0, 30.0), death_rate=per_side(5.0, 1.0))
    assert logit[0, 0] == logit[1, 0]


def test_expected_victory_outweighs_a_factor_of_ten_of_deaths():
    """[GelpiFeaverReifler2009], in the middle of both ranges: 2.5 x 0.4 logit against 0.85 for ten times the dead."""
    logit = burden(at_middle(Mueller), dead_share=per_side(99.0, 9.0), victory=per_side(0.9, 0.5))
    assert logit[0, 0] > logit[1, 0]


@BOTH
@given(
    events=st.fixed_dictionaries(
        {
            "dead_share": st.floats(0.0, 1e4),
            "death_rate": st.floats(0.0, 50.0),
            "death_rate_before": st.floats(0.0, 50.0),
        }
        | {name: st.floats(0.0, 1.0) for name in ("victory", "land_lost", "mobilised", "strain")}
    ),
    name=st.sampled_from(NAMES),
)
def test_burdens_lower_support_and_expected_victory_raises_it(law, events, name):
    law = at_middle(law)
    more = events | {name: events[name] + 0.5}
    change = burden(law, **more) - burden(law, **events)
    assert (change >= 0.0).all() if name in ("victory", "death_rate_before") else (change <= 1e-12).all()


@BOTH
@given(support=st.floats(0.0, 1.0), logit=st.floats(-50.0, 50.0))
def test_support_stays_between_nobody_and_everybody(law, support, logit):
    after = at_middle(law).next_support(per_side(support, 1.0 - support), per_side(logit, -logit))
    assert ((after >= 0.0) & (after <= 1.0)).all()


@BOTH
def test_a_rally_fades_by_its_time(law):
    """rally exp(-t/t_r): 0.4 on the first day, 0.4/e after 13 weeks."""
    logit = burden(at_middle(law, rally=0.4, rally_time=13.0), weeks_since_change=per_side(0.0, 13.0))
    np.testing.assert_allclose(logit[:, 0], [0.4, 0.4 / np.e])


@BOTH
def test_burdens_weigh_what_they_are_declared_to_weigh(law):
    weights = {"land_weight": 2.0, "mobilisation_weight": 0.5, "strain_weight": 1.5, "victory_weight": 3.0}
    happened = {"land_lost": per_side(0.1, 0.0), "mobilised": per_side(1.0, 0.5), "strain": per_side(0.2, 0.1)}
    logit = burden(at_middle(law, **weights), victory=per_side(0.4, 0.6), **happened)
    np.testing.assert_allclose(logit[:, 0], [-0.3 - 0.2 - 0.5 - 0.3, 0.3 - 0.25 - 0.15])


@BOTH
def test_a_rally_at_the_beginning_of_a_war_fades_and_is_off_at_zero(law):
    """0.6 logit at first, 0.6/e after t_r weeks, for both sides alike; 15 points at even support."""
    made = at_middle(law, war_rally=0.6, rally_time=13.0)
    first, later = burden(made, weeks_of_war=0.0), burden(made, weeks_of_war=13.0)
    np.testing.assert_allclose([first[:, 0], later[:, 0]], [[0.6, 0.6], [0.6 / np.e, 0.6 / np.e]])
    assert 1.0 / (1.0 + np.exp(-0.6)) - 0.5 == pytest.approx(0.146, abs=0.001)
    np.testing.assert_allclose(burden(at_middle(law, war_rally=0.0), weeks_of_war=0.0), 0.0, atol=1e-12)

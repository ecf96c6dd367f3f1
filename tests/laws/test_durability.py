"""Durability: the Weibull law, hazard ratios recovered from simulated peaces, and clusters of incidents."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from midrange import at_middle, drawn
from scipy.optimize import minimize
from scipy.stats import poisson

from westphalia.kinds import parameters
from westphalia.laws.durability import WeibullHazard
from westphalia.laws.durability.base import Peace

PEACE = tuple(field.name for field in dataclasses.fields(Peace))


def number(x):
    return np.array([x], dtype=float)


def broken(law, weeks, *, signed=1.0, **terms):
    """Chance of an agreement's breaking in a week; what is left out is 0."""
    weeks = np.asarray(weeks)
    weeks = weeks if weeks.dtype == "float32" else weeks.astype(float)
    given = {term: 0.0 * weeks + weeks.dtype.type(value) for term, value in terms.items()}
    peace = Peace(**{term: given.get(term, 0.0 * weeks) for term in PEACE})
    gap, shift, changed, excitement = (given.get(t, 0.0 * weeks) for t in ("gap", "shift", "changed", "excitement"))
    return law.break_chance(weeks, 0.0 * weeks + weeks.dtype.type(signed), gap, shift, peace, changed, excitement)


def hazard(law, week, **terms):
    return -np.log1p(-broken(law, number(week), **terms))


def survival(law, weeks, **terms):
    """Share of agreements that reach an age."""
    return np.prod([1.0 - broken(law, np.full_like(law.shape, week), **terms) for week in range(weeks)], axis=0)


@pytest.mark.parametrize(("shape", "scale", "weeks"), [(0.4, 300.0, 520), (0.7, 1000.0, 104), (0.9, 50.0, 26)])
def test_without_covariates_agreements_survive_as_weibull(shape, scale, weeks):
    """The weekly chances multiply to exp(-(t/eta)^a)."""
    law = at_middle(WeibullHazard, shape=shape, agreement_scale=scale, escalation=0.0)
    assert survival(law, weeks) == pytest.approx(np.exp(-((weeks / scale) ** shape)), rel=1e-10)


def test_bare_ceasefires_survive_as_weibull_on_a_scale_of_their_own():
    law = at_middle(WeibullHazard, shape=0.6, ceasefire_scale=30.0, escalation=0.0)
    kept = [1.0 - broken(law, number(week), signed=0.0) for week in range(60)]
    assert np.prod(kept) == pytest.approx(np.exp(-(2.0**0.6)), rel=1e-10)


def test_a_bare_ceasefire_breaks_sooner_than_an_agreement_in_every_draw():
    law = drawn(WeibullHazard, 500, 1)
    weeks = np.full(500, 10.0)
    assert (broken(law, weeks, signed=0.0) > broken(law, weeks)).all()


def test_the_hazard_falls_with_the_age_of_the_peace():
    law = drawn(WeibullHazard, 500, 2)
    ages = [broken(law, np.full(500, week)) for week in (0.0, 1.0, 26.0, 260.0)]
    assert all((later < sooner).all() for sooner, later in zip(ages[:-1], ages[1:], strict=True))


@pytest.mark.parametrize(
    ("term", "effect"),
    [("shift", 1.0), ("changed", 1.0), ("strength", -1.0), ("guarantee", -1.0), ("gap", 1.0)],
)
def test_a_unit_of_a_covariate_multiplies_the_hazard(term, effect):
    """exp(b) = 2 or 1/2."""
    named = {"changed": "change_effect"}.get(term, f"{term}_effect")
    law = at_middle(WeibullHazard, escalation=0.0, **{named: np.log(2.0)})
    assert hazard(law, 20, **{term: 1.0}) / hazard(law, 20) == pytest.approx(2.0**effect, rel=1e-9)


def test_bought_peace_breaks_as_attention_wanes():
    """b_press (1 - exp(-t/t_att)): no effect at signature, exp(b/2) at t_att ln 2, exp(b) in the end."""
    law = at_middle(WeibullHazard, escalation=0.0, pressure_effect=np.log(4.0), attention=50.0)
    ratios = [(hazard(law, week, pressure=1.0) / hazard(law, week))[0] for week in (0, 50 * np.log(2.0), 2000)]
    assert ratios == pytest.approx([1.0, 2.0, 4.0], rel=1e-9)


def test_a_shift_of_power_shortens_a_peace_and_arrangements_lengthen_it():
    """F19 and F20 in every draw, over two years; a shift counts for whoever gains."""
    law = drawn(WeibullHazard, 300, 3)
    plain = survival(law, 104)
    assert (survival(law, 104, shift=0.5) < plain).all()
    assert (survival(law, 104, pressure=0.5) < plain).all()
    assert (survival(law, 104, changed=1.0) < plain).all()
    assert (survival(law, 104, strength=0.5) > plain).all()
    assert (survival(law, 104, guarantee=0.5) > plain).all()
    assert np.array_equal(survival(law, 104, shift=-0.5), plain)


def test_a_settlement_can_hold_for_decades_without_a_political_deal():
    """As in Korea: strong arrangements, a guarantee, no shift; median over the range above 2/3 after 20 years."""
    law = drawn(WeibullHazard, 300, 4)
    strong = survival(law, 1040, strength=1.0, guarantee=1.0)
    loose = survival(law, 1040, shift=1.0, gap=0.3)
    assert np.median(strong) > 2 / 3
    assert np.median(loose) < 0.1
    assert (strong > loose).all()


def test_readings_act_through_incidents_alone_unless_the_direct_link_is_switched_on():
    direct = parameters(WeibullHazard)["gap_effect"]
    assert (direct.low, direct.high) == (0.0, 0.0)
    calm = at_middle(WeibullHazard, escalation=0.0)
    assert hazard(calm, 20, gap=0.5) == hazard(calm, 20)
    tense = at_middle(WeibullHazard, escalation=0.01)
    assert hazard(tense, 20, gap=0.5) > hazard(tense, 20)
    assert hazard(tense, 20, gap=0.5, excitement=2.0) > hazard(tense, 20, gap=0.5)


@given(gap=st.floats(0.0, 0.99))
def test_misreading_grows_with_the_gap_from_its_floor(gap):
    """1 - (1 - m0) exp(-k gap): m0 where readings agree, 1 - 0.95 exp(-2) at a full gap with k = 2."""
    law = at_middle(WeibullHazard, misread=0.05, misread_effect=2.0)
    assert law.misread_chance(number(gap)) < law.misread_chance(number(gap + 0.01))
    ends = law.misread_chance(np.array([0.0, 1.0]))
    assert ends == pytest.approx([0.05, 1.0 - 0.95 * np.exp(-2.0)], rel=1e-9)


def test_the_chance_of_an_incident_that_escalates_is_that_of_drawn_incidents():
    """Thinned Poisson: 1 - exp(-rate misread escalation), here 0.113, against 200,000 drawn weeks, within 0.003."""
    law = at_middle(WeibullHazard, background=0.5, misread=0.1, misread_effect=2.0, escalation=0.25)
    random = np.random.default_rng(5)
    misread = law.misread_chance(number(0.3))
    drawn_counts = law.incidents(np.full(200_000, law.incident_rate(number(20.0), number(0.5))), random.random(200_000))
    share = (random.random(200_000) >= (1.0 - 0.25 * misread) ** drawn_counts).mean()
    calm = broken(at_middle(WeibullHazard, background=0.5, escalation=0.0), number(20.0))
    tense = broken(law, number(20.0), gap=0.3, excitement=0.5)
    assert 1.0 - (1.0 - tense) / (1.0 - calm) == pytest.approx(share, abs=0.003)


@pytest.mark.parametrize("rate", [0.0, 0.1, 1.0, 4.0])
def test_incidents_are_poisson_by_inversion(rate):
    law = at_middle(WeibullHazard)
    uniform = np.random.default_rng(6).random(5000)
    assert np.array_equal(law.incidents(np.full(5000, rate), uniform), poisson.ppf(uniform, rate).clip(0.0, 15.0))


@pytest.mark.parametrize(("branching", "memory"), [(0.5, 4.0), (0.7, 2.0)])
def test_an_incident_sets_off_a_cluster_of_the_closed_form_size(branching, memory):
    """1/(1 - n): 2 and 3.33 incidents, the first counted; within 2 % over 40,000 clusters [Hawkes1971]."""
    law = at_middle(WeibullHazard, branching=branching, memory=memory, background=0.0)
    random = np.random.default_rng(7)
    seen = total = np.ones(40_000)
    excitement = np.zeros(40_000)
    for _ in range(150):
        excitement = law.next_excitement(excitement, seen)
        seen = law.incidents(law.incident_rate(0.0 * excitement, excitement), random.random(40_000))
        total = total + seen
    assert total.mean() == pytest.approx(1.0 / (1.0 - branching), rel=0.02)


def test_the_mean_rate_of_incidents_is_the_background_over_one_less_branching():
    """0.4/(1 - 0.6) = 1 a week, as the fixed point of expected incidents."""
    law = at_middle(WeibullHazard, branching=0.6, background=0.4)
    excitement = number(0.0)
    for _ in range(400):
        excitement = law.next_excitement(excitement, law.incident_rate(number(0.0), excitement))
    assert law.incident_rate(number(0.0), excitement) == pytest.approx(1.0, rel=1e-6)


def test_incidents_grow_rarer_with_the_age_of_a_truce_as_the_baseline_hazard_does():
    """0.8 (1 + 15/5)^-0.5 = 0.4 a week; in every draw the hazard by incidents alone falls, as the baseline does."""
    law = at_middle(WeibullHazard, background=0.8, calming=0.5, memory=5.0)
    assert law.incident_rate(np.array([0.0, 15.0]), number(0.0)) == pytest.approx([0.8, 0.4], rel=1e-12)
    law = drawn(WeibullHazard, 300, 5)
    rates = [law.incident_rate(np.full(300, age), np.zeros(300)) for age in (0.0, 1.0, 52.0, 520.0)]
    assert all((later < sooner).all() for sooner, later in zip(rates[:-1], rates[1:], strict=True))


def fitted_effects(age, broke, covariates):
    """Effects by Cox's partial likelihood; ages are all different."""
    order = np.argsort(-age)
    broke, covariates = broke[order], covariates[order]

    def misfit(effects):
        score = covariates @ effects
        return -(score - np.logaddexp.accumulate(score))[broke].sum()

    return minimize(misfit, np.zeros(covariates.shape[1])).x


def test_partial_likelihood_recovers_the_effects_from_simulated_peaces():
    """Strength -1, shift 0.6, change 0.8 from 6,000 agreements over 8 years; within 0.12, some 2.5 standard errors."""
    law = at_middle(
        WeibullHazard,
        strength_effect=1.0,
        shift_effect=0.6,
        change_effect=0.8,
        agreement_scale=300.0,
        escalation=0.0,
    )
    random = np.random.default_rng(8)
    strength, shift = random.random((2, 6000))
    changed = random.integers(0, 2, 6000)
    age, holds = np.zeros(6000), np.ones(6000, dtype=bool)
    for week in range(416):
        chance = broken(law, np.full(6000, week), strength=strength, shift=shift, changed=changed)
        breaks = holds & (random.random(6000) < chance)
        age = age + np.where(breaks, random.random(6000), holds)
        holds = holds & ~breaks
    effects = fitted_effects(age, ~holds, np.stack([strength, shift, changed], axis=1))
    assert 2000 < (~holds).sum() < 5500
    assert effects == pytest.approx([-1.0, 0.6, 0.8], abs=0.12)


@pytest.mark.parametrize("size", [0.0, 1e-30, 1.0, 1e6, 1e30])
def test_single_precision_never_gives_nan(size):
    law = at_middle(WeibullHazard)
    law = type(law)(**{name: getattr(law, name).astype("float32") for name in parameters(type(law))})
    x = np.full(1, size, dtype="float32")
    terms = dict.fromkeys((*PEACE, "gap", "shift", "changed", "excitement"), size)
    results = [broken(law, x, **terms), broken(law, x, signed=0.0, **terms), law.misread_chance(x)]
    assert all(((result >= 0.0) & (result <= 1.0)).all() for result in results)
    assert np.isfinite([law.incidents(x, 0.5 + 0.0 * x), law.next_excitement(x, x)]).all()


@pytest.mark.parametrize(("term", "sign"), [("vagueness", 1), ("spoilers", 1), ("decided", -1), ("burden", -1)])
def test_what_a_peace_rests_on_multiplies_the_hazard_by_its_ratio(term, sign):
    """A quarter of the clauses open, of the players left out, of a decision or of what is at stake: exp(.25 b)."""
    name = {"spoilers": "spoiler_effect"}.get(term, f"{term}_effect")
    law = at_middle(WeibullHazard, escalation=0.0, **{name: 0.8})
    assert hazard(law, 10.0, **{term: 0.25}) / hazard(law, 10.0) == pytest.approx(np.exp(0.2 * sign), rel=1e-9)
    off = at_middle(WeibullHazard, **{name: 0.0})
    assert (hazard(off, 10.0, **{term: 1.0}) == hazard(off, 10.0)).all()

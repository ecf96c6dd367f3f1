"""Spells of truce, product-limit survival and peace after a war, on histories made by hand."""

import numpy as np
import pytest
from lifelines import KaplanMeierFitter

from generic_wars import histories
from westphalia.analyse.generic.ends import ends
from westphalia.analyse.generic.truces import (
    AGREEMENT,
    CEASEFIRE,
    CLASH,
    SPANS,
    WAR,
    early_share,
    peace,
    spells,
    survival,
    truce_statistics,
)


def test_spells_fail_where_the_guns_speak_again_and_are_censored_otherwise():
    made = histories(4)
    made.kind[10:20, 0] = 1.0
    made.kind[30:33, 0] = 1.0
    made.kind[40:50, 1] = 1.0
    made.kind[50:, 1] = 2.0
    made.kind[60:70, 2] = 1.0
    made.code[70:, 2] = 1
    made.kind[500:, 3] = 1.0
    bare, agreed = spells(made, CEASEFIRE), spells(made, AGREEMENT)
    assert bare.weeks.tolist() == [10, 3, 10, 10, 21]
    assert bare.failed.tolist() == [True, True, False, False, False]
    assert (agreed.weeks.tolist(), agreed.failed.tolist()) == ([471], [False])


def test_a_truce_after_a_victory_is_none():
    made = histories()
    made.code[50:] = 2
    made.kind[60:] = 1.0
    assert not len(spells(made, CEASEFIRE).weeks)


def test_a_mechanism_is_read_at_the_start_of_the_spell_and_a_mediator_of_its_war():
    made = histories(2)
    made.kind[10:20] = 2.0
    made.monitoring[10:, 0] = 0.3
    made.guarantee[12:, 1] = 0.9
    made.mediated[1] = True
    agreed = spells(made, AGREEMENT)
    assert agreed.mechanism.tolist() == [True, False]
    assert agreed.mediated.tolist() == [False, True]


def test_survival_is_the_product_limit_of_lifelines():
    rng = np.random.default_rng(2)
    weeks, failed = rng.integers(1, 400, 300).astype(float), rng.random(300) < 0.6
    fitted = KaplanMeierFitter().fit(weeks, failed).predict(list(SPANS)).to_numpy()
    np.testing.assert_allclose(survival(weeks, failed), fitted, rtol=1e-12)


def test_survival_without_failures_is_one_and_of_nothing_no_number():
    assert survival(np.array([5.0]), np.array([False])).tolist() == [1.0] * 4
    assert np.isnan(survival(np.array([]), np.array([], bool))).all()


def test_peace_fails_by_a_war_or_by_a_clash_as_many_die():
    """Guns speak again in week 150 of a war that ended in week 100: 10 dead a week make a clash, 30 make a war."""
    made = histories(3, dead=0.0)
    made.kind[100:150] = 1.0
    made.dead[0] += 1.2 * (np.arange(521) >= 20)[:, None]
    since = np.maximum(np.arange(521) - 150, 0)[:, None] / 1000.0
    made.dead[0] += since * np.array([0.1, 10.0, 30.0])
    told = ends(made)
    assert told.weeks.tolist() == [100] * 3
    weeks, failed = peace(made, told, WAR)
    assert failed.tolist() == [False, False, True]
    assert weeks.tolist() == [420, 420, 50]
    weeks, failed = peace(made, told, CLASH)
    assert failed.tolist() == [False, True, True]
    assert weeks.tolist() == [420, 50, 50]


def test_after_a_victory_peace_holds():
    made = histories()
    made.code[100:] = 1
    weeks, failed = peace(made, ends(made), CLASH)
    assert (weeks.tolist(), failed.tolist()) == ([420], [False])


def test_statistics_of_exponential_truces_are_those_of_the_law():
    rng = np.random.default_rng(3)
    made = histories(4000, weeks=520)
    made.mediated[:2000] = True
    lives = np.where(made.mediated, rng.exponential(100.0, 4000), rng.exponential(50.0, 4000))
    week = np.arange(521)[:, None]
    made.kind[(week >= 50) & (week < 50 + np.ceil(lives))] = 1.0
    found = truce_statistics(made, ends(made))
    expected = 0.5 * (np.exp(-np.array(SPANS) / 100.0) + np.exp(-np.array(SPANS) / 50.0))
    np.testing.assert_allclose([found[f"T1.{n}"] for n in (1, 2, 3, 4)], expected, atol=0.025)
    assert found["T11"] == pytest.approx(np.exp(-0.52) - np.exp(-1.04), abs=0.04)
    assert found["T10.3"] == pytest.approx((1 - expected[1]) / (1 - expected[3]), abs=0.02)
    assert np.isnan(found["T3.1"]), "there is no agreement"


def test_early_share():
    assert early_share(np.array([0.9, 0.7, 0.6, 0.4])) == pytest.approx(0.5)
    assert np.isnan(early_share(np.ones(4)))

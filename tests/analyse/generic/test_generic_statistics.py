"""Each statistic of drawn wars on tables made by hand, against what can be counted."""

import dataclasses

import numpy as np
import pytest
from scipy import stats

from westphalia.analyse.generic.statistics import (
    Facts,
    composites,
    ends_within,
    share,
    spearman,
    statistics,
    subsampled,
)

WINS, LOSES, BOTH, SIGNED, CEASED, FROZEN, ON = range(7)


def table(**columns):
    """Four wars that each end otherwise, with some columns replaced."""
    told = {
        "weeks": np.array([4.0, 40.0, 80.0, 300.0]),
        "how": np.array([WINS, LOSES, SIGNED, CEASED]),
        "dead": np.array([[100.0, 900.0, 500.0, 8000.0], [400.0, 300.0, 1000.0, 2000.0]]),
        "army": np.array([[10.0, 10.0, 10.0, 10.0], [5.0, 20.0, 40.0, 80.0]]),
        "capability": np.array([[0.1, 0.6, 0.1, 0.1], [0.01, 0.1, 0.2, 0.9]]),
        "distance": np.array([100.0, 200.0, 400.0, 800.0]),
        "changes": np.array([[1.0, 0.0, 2.0, 0.0], [0.0, 0.0, 0.0, 0.0]]),
        "left": np.array([[0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 1.0, np.nan]]),
    }
    return Facts(**(told | {name: np.asarray(row) for name, row in columns.items()}))


FOUND = statistics(table())


def test_quantiles_and_moments_of_lognormal_durations_are_those_of_the_law():
    places = (np.arange(20_000) + 0.5) / 20_000
    weeks = stats.lognorm(1.5, scale=20.0).ppf(places)
    many = table(
        weeks=weeks,
        how=np.full(20_000, ON),
        dead=np.ones((2, 20_000)),
        army=np.ones((2, 20_000)),
        capability=np.ones((2, 20_000)),
        distance=weeks,
        changes=np.zeros((2, 20_000)),
        left=np.zeros((2, 20_000)),
    )
    found = statistics(many)
    law = stats.lognorm(1.5, scale=20.0)
    for name, place in (("G2", 0.1), ("G3", 0.25), ("G1", 0.5), ("G4", 0.75), ("G5", 0.9)):
        assert found[name] == pytest.approx(law.ppf(place), rel=1e-3)
    assert found["G6"] == pytest.approx(np.log(20.0), abs=1e-3)
    assert found["G7"] == pytest.approx(1.5, rel=1e-3)
    for name, least in (("G8", 52), ("G9", 104), ("G10", 208)):
        assert found[name] == pytest.approx(law.sf(least), abs=1e-3)
    for name, lasted in (("G11", 0), ("G12", 26), ("G13", 52), ("G14", 104)):
        assert found[name] == pytest.approx(1.0 - law.sf(lasted + 52) / law.sf(lasted), abs=1e-3)
    assert found["G28"] == pytest.approx(1.0)
    assert np.isnan(found["G19"]), "no war was decisive"


def test_a_constant_hazard_gives_the_same_chance_at_every_age():
    weeks = stats.expon(scale=60.0).ppf((np.arange(50_000) + 0.5) / 50_000)
    chances = [ends_within(weeks, lasted) for lasted in (0, 26, 52, 104)]
    np.testing.assert_allclose(chances, 1.0 - np.exp(-52 / 60), atol=2e-3)


def test_victories_by_size_and_role():
    assert FOUND["G16"] == 0.5
    assert FOUND["G17"] == 1.0, "the initiator won with the larger army, and lost with the smaller"
    assert FOUND["G18"] == 0.5, "the more capable side won one of the two decisive wars with a ratio above 5"
    assert FOUND["G19"] == 0.5
    assert FOUND["G32"] == 0.5
    closer = table(capability=[[0.1, 0.3, 0.1, 0.1], [0.01, 0.1, 0.2, 0.9]])
    assert statistics(closer)["G18"] == 1.0, "a ratio of 3 is left out"


def test_the_initiators_share_is_of_all_wars_of_a_duration():
    weeks = np.array([5.0, 13.0, 14.0, 52.0, 60.0, 110.0, 120.0, 130.0, 140.0])
    how = np.array([WINS, LOSES, WINS, SIGNED, LOSES, WINS, CEASED, FROZEN, ON])
    rows = {name: np.ones((2, 9)) for name in ("dead", "army", "capability", "left")}
    found = statistics(table(weeks=weeks, how=how, distance=weeks, changes=np.zeros((2, 9)), **rows))
    assert [found[f"G20.{n}"] for n in (2, 3, 4, 5)] == [0.5, 0.5, 0.0, 0.25]
    assert found["G20.1"] == 0.25


def test_losses():
    """Ratios 4, 3, 2, 4; both sides 500, 1200, 1500, 10000; a week 125, 30, 18.75, 33.3."""
    assert FOUND["G21"] == 3.5
    assert FOUND["G22"] == 4.0
    assert FOUND["G23"] == 1.0
    assert FOUND["G24"] == 1350.0
    assert FOUND["G25"] == pytest.approx((30.0 + 100.0 / 3.0) / 2.0)
    assert FOUND["G26"] == pytest.approx(1.0)
    turned = table(dead=[[400.0, 900.0, 500.0, 8000.0], [100.0, 300.0, 1000.0, 2000.0]])
    assert statistics(turned)["G23"] == 0.5


def test_leaders():
    """Of four leaders in two wars of a year or more one changed; losers are target, then initiator."""
    assert FOUND["G29"] == 0.25
    assert FOUND["G31"] == 0.5


def test_exchanging_the_roles_turns_what_the_initiator_does_and_nothing_else():
    told = table()
    mirrored = {
        f.name: getattr(told, f.name)[::-1] for f in dataclasses.fields(told) if getattr(told, f.name).ndim == 2
    }
    found = statistics(table(**mirrored, how=[LOSES, WINS, SIGNED, CEASED]))
    assert found["G19"] == 1.0 - FOUND["G19"]
    for name in FOUND.keys() - {"G19", *(f"G20.{n}" for n in range(1, 6))}:
        assert found[name] == pytest.approx(FOUND[name], nan_ok=True), name


def test_rank_correlation_is_that_of_scipy_with_ties():
    rng = np.random.default_rng(1)
    one, other = rng.integers(0, 9, 60), rng.integers(0, 9, 60)
    assert spearman(one, other) == pytest.approx(stats.spearmanr(one, other).statistic)
    assert np.isnan(spearman(np.ones(5), np.arange(5)))
    assert np.isnan(share(np.array([])))


def test_composites_are_deaths_over_armies_and_people():
    found = composites(table(), np.full((2, 4), 1000.0))
    weekly = np.array([500 / 4 / 15, 1200 / 40 / 30, 1500 / 80 / 50, 10_000 / 300 / 90])
    assert found["weekly_deaths"][1] == pytest.approx(np.median(weekly))
    assert found["dead_of_people"][1] == pytest.approx(np.median(table().dead) / 1000.0)
    assert found["leader_changes"] == (pytest.approx(3.0 / (2.0 * 424.0)),)
    assert found["dead_of_army"][2] == pytest.approx(np.quantile(table().dead / table().army / 1000.0, 0.9))


def test_samples_of_the_historical_size_spread_as_binomial_shares_do():
    n = 3000
    rows = {name: np.ones((2, n)) for name in ("dead", "army", "capability", "left")}
    weeks = np.where(np.arange(n) < n // 3, 60.0, 10.0)
    told = table(weeks=weeks, how=np.full(n, ON), distance=weeks, changes=np.zeros((2, n)), **rows)
    low, high = subsampled(told, size=66, times=600, seed=1)["G8"]
    spread = np.sqrt(1 / 3 * 2 / 3 / 66)
    assert low == pytest.approx(1 / 3 - 1.96 * spread, abs=0.025)
    assert high == pytest.approx(1 / 3 + 1.96 * spread, abs=0.025)

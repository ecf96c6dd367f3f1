"""Drawn wars have the measured sizes, do not depend on chunks, and mirror when the labels are exchanged."""

import dataclasses

import numpy as np
import pytest

from westphalia.analyse.generic.draw import ROLES, draw
from westphalia.analyse.generic.priors import Chance, priors
from westphalia.analyse.generic.table import barriers_at, moves, table
from westphalia.analyse.generic.world import baseline, build, scenario

MANY = draw(np.arange(40_000), seed=3)
SOME = draw(np.arange(200), seed=3)


def of_shape(axes, count, **more):
    wars = draw(np.arange(60), seed=3, **more)
    return wars.of(np.flatnonzero(wars.axes == axes)[:count])


def test_logarithms_of_sizes_have_the_measured_moments():
    size = priors()["sizes"]["eras"]["1900-2007"]
    logs = np.log([*MANY.army, *MANY.people, MANY.distance])
    np.testing.assert_allclose(logs.mean(axis=1), size["mean"], atol=0.04)
    np.testing.assert_allclose(logs.std(axis=1), size["sd"], rtol=0.02)
    np.testing.assert_allclose(np.corrcoef(logs), priors()["sizes"]["correlations"], atol=0.02)


def test_the_ratio_of_armies_spreads_as_measured():
    """sd of the log ratio is sqrt(1.979^2 + 1.822^2 - 2 x 0.54 x 1.979 x 1.822) = 1.83."""
    ratio = np.log(MANY.army[0] / MANY.army[1])
    assert ratio.std() == pytest.approx(1.83, abs=0.02)
    assert np.exp(np.median(np.abs(ratio))) == pytest.approx(3.5, abs=0.15)


def test_the_other_era_has_smaller_spread():
    later = draw(np.arange(20_000), seed=3, era="1946-2007")
    assert np.log(later.army[1]).std() == pytest.approx(1.365, rel=0.03)


def test_capability_follows_size_and_spreads_as_measured():
    ratio = np.log(MANY.capability[0] / MANY.capability[1])
    assert ratio.mean() == pytest.approx(0.513, abs=0.05)
    assert ratio.std() == pytest.approx(1.988, rel=0.08)
    assert np.corrcoef(ratio, np.log(MANY.army[0] / MANY.army[1]))[0, 1] > 0.7


def test_traits_have_their_shares():
    assert MANY.land_border.mean() == pytest.approx(0.61, abs=0.01)
    assert MANY.backed.mean(axis=1) == pytest.approx([0.4, 0.5], abs=0.01)
    assert (MANY.culpable == 1.0).mean(axis=1) == pytest.approx([0.9, 0.5], abs=0.01)
    assert MANY.dependence[MANY.backed > 0.5].mean() == pytest.approx(0.4, abs=0.01)
    assert not MANY.dependence[MANY.backed < 0.5].any()
    assert (MANY.axes.min(), MANY.axes.max()) == (1, 6)
    assert MANY.swapped.mean() == pytest.approx(0.5, abs=0.01)
    assert np.quantile(MANY.mountainous, [0.1, 0.5, 0.9]) == pytest.approx([0.8, 14, 65], rel=0.1)


def test_a_war_depends_on_seed_and_case_alone():
    part = draw(np.arange(50, 90), seed=3)
    for field in dataclasses.fields(SOME):
        if field.name != "seed":
            np.testing.assert_array_equal(getattr(SOME, field.name)[..., 50:90], getattr(part, field.name))
    assert not np.array_equal(draw(np.arange(40), seed=4).army, SOME.army[:, :40])


def test_exchanging_the_labels_mirrors_every_value():
    plain, turned = of_shape(2, 12, swapped=False), of_shape(2, 12, swapped=True)
    here, there = table(plain, baseline()), table(turned, baseline())

    def mirrored(path):
        exchanged = path.replace("first", "*").replace("second", "first").replace("*", "second")
        ends = {"inhabitants.0": "inhabitants.1", "inhabitants.1": "inhabitants.0"}
        return next((exchanged.replace(one, other) for one, other in ends.items() if one in exchanged), exchanged)

    assert here.keys() == there.keys()
    for path, row in here.items():
        np.testing.assert_array_equal(row, there[mirrored(path)], err_msg=path)
    np.testing.assert_array_equal(barriers_at(plain, nowhere=0.0), -barriers_at(turned, nowhere=0.0))
    np.testing.assert_array_equal(moves(plain, baseline()), moves(turned, baseline())[::-1])
    assert any(not np.array_equal(row, there[path]) for path, row in here.items())


def test_the_initiator_has_what_the_draw_gave_the_initiator():
    values = table(turned := of_shape(1, 8, swapped=True), baseline())
    np.testing.assert_array_equal(values["sides.second.population"], turned.people[0])
    assert (barriers_at(turned, nowhere=0.0) <= 0.0).all(), "the target's ground lies at negative positions"


def test_no_value_decides_how_or_when_a_war_ends():
    values = table(of_shape(1, 8), baseline())
    named = {path for path in values if path.startswith(("outcomes", "laws", "talks"))}
    assert {path for path in named if path.startswith("outcomes")} == {"outcomes.expectation_area"}
    families = {"materiel", "attrition", "durability", "survival"}
    assert {path.split(".")[1] for path in named if path.startswith("laws")} == families
    assert {path.split(".")[-1] for path in named if path.startswith("talks")} == {"weight", "cost"}


def test_issues_have_weights_by_count():
    """Three and a Poisson number of mean 2, at most eight; the rest weigh nothing."""
    wars = MANY.of(np.flatnonzero(MANY.axes == 1)[:4000])
    values = table(wars, baseline())
    counts = sum((values[f"talks.parties.first.stances.issue-{n}.weight"] > 0.0).astype(int) for n in range(1, 9))
    assert counts.min() == 3
    assert counts.mean() == pytest.approx(5.0, abs=0.1)


@pytest.mark.parametrize("axes", [1, 3])
def test_worlds_hold_the_drawn_numbers(axes):
    wars = of_shape(axes, 5)
    made = build(wars, weeks=8)
    np.testing.assert_allclose(made.world.sides.population, wars.by_side(wars.people))
    assert made.world.ground.limit.shape[1] == axes
    assert made.world.ground.decisive[:, 0, 0].tolist() == [1.0, 1.0]
    sea = wars.land_border < 0.5
    assert (made.world.ground.river_capacity[..., sea] < 0.8).all()
    assert (made.world.ground.river_at[:, sea] == 0.0).all()
    assert made.world.table.channel.error.shape[:2] == (2, 2)  # tellers, hops


def test_each_war_has_its_own_protocol():
    wars = of_shape(2, 12)
    channel = build(wars, weeks=8).world.table.channel
    told = priors()["talks"]["protocols"]
    names = [name for name in told if name != "source"]
    chosen = Chance(wars.seed, wars.cases).choice("protocol", [told[name] for name in names])
    text = chosen == names.index("single-text")
    mediated = channel.mediated > 0.5
    assert text.any()
    one_text = (channel.link[0, -1] == channel.link[0, -1, :1]).all(axis=0)
    np.testing.assert_array_equal(one_text, text & mediated)
    assert scenario(2, "single-text").talks.protocols["single-text"].shared_text


def test_roles_are_named_once():
    assert ROLES == ("initiator", "target")

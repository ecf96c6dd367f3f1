"""A part narrows a number to that part of its range on its own scale, and touches no other."""

import numpy as np
import pytest

from wars import SEED, loaded
from westphalia.assemble import assemble
from westphalia.assemble.draw import Draw
from westphalia.kinds import parameters
from westphalia.laws import laws_of
from westphalia.scenario.quantity import Quantity

CASES = np.arange(4000)


def over_range(**more):
    return Quantity.model_validate({"low": 2.0, "high": 32.0, **more})


def drawn(quantity, **parts):
    return Draw(SEED, CASES, {path.replace("_", "."): part for path, part in parts.items()})("a.b", quantity)


@pytest.mark.parametrize(
    ("kind", "part", "ends"),
    [
        ("uniform", (0.5, 1.0), (17.0, 32.0)),
        ("uniform", (0.0, 0.25), (2.0, 9.5)),
        ("loguniform", (0.5, 1.0), (8.0, 32.0)),
        ("loguniform", (0.25, 0.75), (4.0, 16.0)),
    ],
)
def test_a_part_is_one_of_the_range_on_its_own_scale(kind, part, ends):
    quantity = over_range(distribution=kind)
    values = drawn(quantity, a_b=part)
    on_scale = np.log if kind == "loguniform" else np.asarray
    low, high = on_scale(np.array(ends))
    share = (on_scale(values) - low) / (high - low)
    assert share.min() == pytest.approx(0, abs=0.005)
    assert share.max() == pytest.approx(1, abs=0.005)
    assert share.min() >= 0
    assert share.max() <= 1
    # Even over the part: counts of tenths of 4,000 runs, four deviations of 19.
    assert np.abs(np.histogram(share, 10, (0, 1))[0] - 400).max() < 76


def test_a_part_of_a_triangle_is_one_of_its_runs():
    quantity = over_range(value=8.0, distribution="triangular")
    whole, upper = drawn(quantity), drawn(quantity, a_b=(0.5, 1.0))
    assert upper.min() == pytest.approx(np.median(whole), abs=0.2)
    assert upper.max() <= 32


def test_the_order_of_cases_is_kept_so_that_arms_stay_paired():
    quantity = over_range()
    whole, part = drawn(quantity), drawn(quantity, a_b=(0.2, 0.3))
    assert np.array_equal(np.argsort(whole), np.argsort(part))


def test_the_whole_range_is_no_narrowing():
    quantity = over_range(distribution="loguniform")
    assert np.array_equal(drawn(quantity, a_b=(0.0, 1.0)), drawn(quantity))


def test_the_studied_range_of_a_law_is_narrowed_on_its_scale_too():
    declared = parameters(laws_of("attrition")["helmbold"])
    assert (declared["intensity"].scale, declared["exponent"].scale) == ("log", "linear")
    for name in ("intensity", "exponent"):
        low, high = declared[name].low, declared[name].high
        halfway = (low * high) ** 0.5 if name == "intensity" else 0.5 * (low + high)
        values = Draw(SEED, CASES, {"a.b": (0.5, 1.0)}).studied("a.b", declared[name])
        assert halfway <= values.min() < halfway + 0.005 * (high - low)
        assert high - 0.005 * (high - low) < values.max() <= high


def test_in_a_scenario_the_other_numbers_stay_as_they_were_to_the_last_bit():
    scenario, parts = (
        loaded("duel").scenario,
        {"laws.aid.fatigue_gain": (0.5, 1.0), "talks.stakes.north.cost": (0.0, 0.5)},
    )
    whole = assemble(scenario, seed=SEED, cases=CASES, weeks=8).assumptions
    part = assemble(scenario, seed=SEED, cases=CASES, weeks=8, parts=parts).assumptions
    assert list(whole) == list(part)
    assert {path for path in whole if not np.array_equal(whole[path], part[path])} == parts.keys()
    assert part["laws.aid.fatigue_gain"].min() > np.median(whole["laws.aid.fatigue_gain"]) * 0.98
    assert part["talks.stakes.north.cost"].max() < np.median(whole["talks.stakes.north.cost"]) * 1.02


def test_a_part_of_a_chance_changes_how_often_it_happens():
    """A position on whether a yes is needed acts on the chance; what is drawn of it follows."""
    scenario, path = loaded("ukraine").scenario, "talks.players.ukraine-public.needed"
    often = {
        part: assemble(scenario, seed=SEED, cases=CASES, weeks=8, parts={path: part}).assumptions[f"{path}.is"].mean()
        for part in ((0.0, 0.5), (0.5, 1.0))
    }
    assert scenario.talks is not None
    quantity = scenario.talks.players["ukraine-public"].needed
    low, high = quantity.ends
    for (first, last), share in often.items():
        assert share == pytest.approx(low + (high - low) * (first + last) / 2, abs=0.032)

"""A table of values takes the place of draws, path by path and case by case."""

import numpy as np
import pytest

from wars import SEED, loaded
from westphalia.assemble import assemble
from westphalia.assemble.draw import FEW, Draw
from westphalia.model.noise import uniform

CASES = np.array([5, 2, 9])


def assembled(values, cases=CASES):
    return assemble(loaded("duel").scenario, seed=SEED, cases=cases, weeks=8, values=values)


def test_drawn_numbers_constants_studied_numbers_and_events_are_all_replaced():
    values = {
        "talks.optimism": np.array([0.1, 0.2, 0.3]),
        "sides.north.population": np.array([1000.0, 2000.0, 3000.0]),
        "laws.attrition.intensity": np.array([0.01, 0.02, 0.5]),
        "talks.parties.north.stances.line.red_line.binds": np.array([1.0, 0.0, 1.0]),
    }
    made = assembled(values)
    np.testing.assert_array_equal(made.world.sides.population[0], values["sides.north.population"])
    np.testing.assert_array_equal(made.world.laws.attrition.intensity, values["laws.attrition.intensity"])
    for path, column in values.items():
        np.testing.assert_array_equal(made.assumptions[path], column)
    assert (made.world.table.terms.penalty[0, 0, 4] > 0.0).tolist() == [True, False, True]


def test_what_is_not_in_the_table_is_drawn_as_before():
    free, held = assembled({}), assembled({"talks.optimism": np.zeros(3)})
    for path in free.assumptions.keys() - {"talks.optimism"}:
        np.testing.assert_array_equal(free.assumptions[path], held.assumptions[path])
    assert not np.array_equal(free.assumptions["talks.optimism"], held.assumptions["talks.optimism"])


def test_a_path_that_names_no_number_is_told():
    with pytest.raises(ValueError, match=r"name no number .* sides\.north\.poplation"):
        assembled({"sides.north.poplation": np.ones(3)})


def test_a_column_that_has_not_one_value_a_case_is_told():
    with pytest.raises(ValueError, match="shape"):
        assembled({"sides.north.population": np.ones(2)})


@pytest.mark.parametrize("count", [1, FEW, FEW + 1])
def test_numbers_that_are_kept_are_those_that_are_drawn(count):
    """However often they are asked for, and by whom; nobody can write into what is kept."""
    cases = np.arange(7, 7 + count)
    for _ in range(2):
        np.testing.assert_array_equal(Draw(SEED, cases).noise("talks.x"), uniform(SEED, "talks.x", cases))
    kept = Draw(SEED, np.arange(3)).noise("talks.x")
    with pytest.raises(ValueError, match="read-only"):
        kept[0] = 0.0

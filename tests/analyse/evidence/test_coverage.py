"""Coverage on planted ranks and on data that a known quadratic made."""

import numpy as np
import pytest

from records import beside, record, series
from westphalia.analyse.evidence.calibrate import Round
from westphalia.analyse.evidence.coverage import LEVELS, coverage, summary
from westphalia.analyse.evidence.task import Task
from westphalia.analyse.methods.emulator import fit, terms
from westphalia.scenario.load import load

SETS, NUMBERS = 400, 6


def covered(found):
    assert [each["level"] for each in found["coverage"]] == list(LEVELS)
    return [each["covered"] for each in found["coverage"]]


def test_even_ranks_cover_as_they_say():
    ranks = np.random.default_rng(1).uniform(size=(SETS, NUMBERS))
    found = summary(ranks)
    assert (found["sets"], found["numbers"]) == (SETS, NUMBERS)
    for each in found["coverage"]:
        assert each["covered"] == pytest.approx(each["level"], abs=4 * each["se"])
        by_hand = np.sqrt(each["level"] * (1 - each["level"]) / (SETS * NUMBERS))
        assert each["se"] == pytest.approx(by_hand, rel=0.15)
    assert found["numbers_below_5_percent"] <= 2


@pytest.mark.parametrize(("power", "wider"), [(0.5, True), (2.0, False)])
def test_posteriors_of_the_wrong_width_show(power, wider):
    even = np.random.default_rng(1).uniform(-1, 1, size=(SETS, NUMBERS))
    found = summary(0.5 + 0.5 * np.sign(even) * np.abs(even) ** power)  # too narrow: ranks crowd at the ends
    expected = [level ** (1 / power) for level in LEVELS]
    assert covered(found) == pytest.approx(expected, abs=0.03)
    assert (covered(found)[0] < LEVELS[0]) == wider
    assert found["numbers_below_5_percent"] == NUMBERS


def test_a_shift_shows_in_the_ranks_of_the_number_that_has_it():
    ranks = np.random.default_rng(2).uniform(size=(SETS, NUMBERS))
    ranks[:, 3] = np.sqrt(ranks[:, 3])
    assert summary(ranks)["numbers_below_5_percent"] in (1, 2)


def test_errors_of_numbers_that_go_together_are_wider():
    one = np.random.default_rng(3).uniform(size=(SETS, 1))
    together, alone = summary(np.repeat(one, NUMBERS, axis=1)), summary(one)
    assert [each["se"] for each in together["coverage"]] == [each["se"] for each in alone["coverage"]]


@pytest.mark.slow
@pytest.mark.parametrize("bend", [0.0, 0.15])
def test_data_of_a_quadratic_are_covered(tmp_path, bend):
    said = record()
    known = {name: series([100.0] * 6, name, share=0.1, common=0.1) for name in said["observed"]}
    task = Task.of(load(beside(tmp_path, said)), "half", known, 1)
    rng = np.random.default_rng(4)
    z = rng.standard_normal((500, 3))
    coefficients = np.concatenate([rng.normal(0, 0.1, (4, 12)), bend * rng.standard_normal((6, 12))])
    y = np.asarray(terms(z)) @ coefficients + 0.05 * rng.standard_normal((500, 12))
    watched = []
    found = coverage(task, Round(z, y, fit(z, y), z), 60, lambda *told: watched.append(told))
    assert watched[0] == ("data sets", 0, 60)
    assert watched[-1] == ("data sets", 60, 60)
    for each in found["coverage"]:
        assert each["covered"] == pytest.approx(each["level"], abs=0.02 + 4 * each["se"])
    assert found["numbers_below_5_percent"] <= 1

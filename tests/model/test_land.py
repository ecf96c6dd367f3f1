"""What options are worth goes with the land under them: closed forms, and nothing where nothing has moved."""

import copy

import numpy as np
import pytest

from wars import loaded, war
from westphalia.assemble.texts import worth_of_texts
from westphalia.model.land import as_the_line_lies
from westphalia.scenario.schema import Scenario

RUNS = 16
STAYS = 2
"""The option of duel under which the line stays where it is; the others lie 15 and 30 km from the start, either way."""


def duel(**issue):
    data = copy.deepcopy(loaded("duel").document.data)
    data["talks"]["issues"]["line"] |= issue
    return war(Scenario.model_validate(data), runs=RUNS, precision=np.float64)


def with_the_line(made, km):
    """The table once the line has moved so far, on every front."""
    return as_the_line_lies(made.world, made.world.table, made.state.advance.position + km)


@pytest.mark.parametrize(("km", "option"), [(-30.0, 4), (-15.0, 3), (15.0, 1), (30.0, 0)])
def test_where_an_option_puts_the_line_the_line_as_it_is_is_worth_as_much(km, option):
    made = duel(follows=1.0)
    terms = with_the_line(made, km).terms
    np.testing.assert_allclose(terms.value[:, 0, STAYS], made.world.table.terms.value[:, 0, option], atol=1e-9)


@pytest.mark.parametrize("km", [-300.0, -10.0, 7.0, 300.0])
def test_nothing_else_moves(km):
    """Neither the options that say where the line shall be, nor other issues; far off, the line is worth an end."""
    made = duel(follows=0.7)
    before, after = made.world.table.terms, with_the_line(made, km).terms
    others = [option for option in range(5) if option != STAYS]
    np.testing.assert_allclose(after.value[:, 0, others], before.value[:, 0, others], atol=1e-9)
    np.testing.assert_array_equal(after.value[:, 1:], before.value[:, 1:])
    assert (after.value >= before.value.min(axis=2, keepdims=True) - 1e-9).all()


def test_half_of_it_follows_half_as_far():
    """The position moves by follows x 300 km x 6 km of the 18,000 km2 between the ends."""
    made = duel(follows=0.5)
    terms = made.world.table.terms
    place = 0.5 - 0.5 * 300.0 * 6.0 / 18000.0
    ideal = terms.land.ideal[:, 0]
    wanted = 1.0 - (abs(place - ideal) / np.maximum(ideal, 1.0 - ideal)) ** terms.land.curvature[:, 0]
    np.testing.assert_allclose(with_the_line(made, 6.0).terms.value[:, 0, STAYS], wanted, atol=1e-9)


@pytest.mark.parametrize("issue", [{"follows": 0.0}, {"lines": {}}])
def test_without_the_link_the_line_changes_nothing(issue):
    made = duel(**issue)
    before, after = made.world.table, with_the_line(made, 25.0)
    np.testing.assert_allclose(after.terms.value, before.terms.value, atol=1e-9)
    np.testing.assert_allclose(after.texts.worth, before.texts.worth, atol=1e-9)


def test_texts_are_worth_what_their_clauses_are():
    made = duel(follows=1.0)
    after = with_the_line(made, 12.0)
    wanted = worth_of_texts(after.terms, after.seating, after.texts.option)
    np.testing.assert_allclose(after.texts.worth, wanted, atol=1e-9)
    assert np.abs(after.texts.worth - made.world.table.texts.worth).max() > 0.02


def test_what_a_party_expects_of_a_clause_moves_with_what_may_have_been_meant():
    made = duel(follows=1.0)
    before, after = made.world.table.terms, with_the_line(made, -20.0).terms
    change = after.value[:, 0] - before.value[:, 0]
    expected = (before.land.believed[:, 0] * change[:, None]).sum(axis=2)
    np.testing.assert_allclose(after.value_heard[:, 0] - before.value_heard[:, 0], expected, atol=1e-9)

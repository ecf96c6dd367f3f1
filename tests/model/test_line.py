"""Where a signature puts the line: at the option's own place, within the limits, and nowhere else."""

import copy

import numpy as np
import pytest

from wars import by_numpy, loaded, war
from westphalia.scenario.schema import Scenario

pytestmark = pytest.mark.slow
RUNS = 256
LINES = [-30, -10, None, 10, 1000]


def duel(**lines):
    """Whatever the line, options are worth the same here, so that the same texts are signed in every form."""
    data = copy.deepcopy(loaded("duel").document.data)
    data["talks"]["issues"]["line"] |= {"lines": lines, "follows": 0.0}
    return Scenario.model_validate(data)


def after_two_years(scenario):
    return by_numpy(war(scenario, runs=RUNS), 104)[-1]


@pytest.fixture(scope="module")
def drawn():
    return after_two_years(duel(west=LINES))


def test_the_line_lies_where_the_signed_option_puts_it(drawn):
    """Of texts that hold; a place beyond the limit, 120 km, is kept a km short of it."""
    holds = (drawn.truce.kind > 1.5) & (drawn.truce.broken < 0.0)
    signed = drawn.truce.terms[0].astype(int)
    wanted = np.array([np.nan, -30, -10, np.nan, 10, 119])[signed]
    named = holds & np.isfinite(wanted)
    assert named.sum() > 40
    np.testing.assert_allclose(drawn.advance.position[0][named], wanted[named], atol=0.5)


def test_elsewhere_it_stays(drawn):
    """Where the option names no place, where nothing is signed, and on fronts of which no option says anything."""
    plain = after_two_years(duel())
    never = (drawn.truce.signed < 0.0) | (drawn.truce.terms[0] == 3.0) & (drawn.truce.broken < 0.0)
    assert (drawn.truce.terms[0] == 3.0).any()
    np.testing.assert_allclose(drawn.advance.position[:, never], plain.advance.position[:, never], atol=1e-3)
    first = (drawn.truce.signed >= 0.0) & (drawn.truce.broken < 0.0)
    np.testing.assert_allclose(drawn.advance.position[1][first], plain.advance.position[1][first], atol=1e-3)

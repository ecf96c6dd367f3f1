"""Repairs of a hop in closed form against the matrices of the exact analysis."""

import numpy as np
import pytest

from westphalia.laws.messages import repairs
from westphalia.talks.readings import compared, echoed


def symmetric(error, options):
    return (1 - error) * np.eye(options) + error / (options - 1) * (1 - np.eye(options))


@pytest.mark.parametrize("error", [0.01, 0.1, 0.3])
@pytest.mark.parametrize("options", [2, 5, 7])
def test_repairs_leave_what_the_matrices_say(error, options):
    hop, given = symmetric(error, options), np.array([error])
    assert repairs.read_back(given, options)[0] == pytest.approx(1.0 - echoed(hop)[0, 0])
    assert repairs.compared(given, options)[0] == pytest.approx(1.0 - compared(hop, 2)[0, 0])


def test_a_tenth_read_back_leaves_three_thousandths():
    assert repairs.read_back(np.array([0.1]), 5)[0] == pytest.approx(0.0031, abs=5e-5)

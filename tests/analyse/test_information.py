"""Value of information against the closed form of a linear choice with normal inputs, and against what is obvious."""

import numpy as np
import pytest
from scipy import stats

from westphalia.analyse.methods.information import for_verdict, value_of_information

SLOPES = np.array([1.0, 0.5, 0.2, 0.0])
MEAN = -0.3


def gain(spread):
    """E max(0, N(MEAN, spread^2)) - max(0, MEAN): the unit normal loss."""
    return MEAN * stats.norm.cdf(MEAN / spread) + spread * stats.norm.pdf(MEAN / spread) - max(0.0, MEAN)


def test_linear_choice_with_normal_inputs_has_its_closed_form():
    x = np.random.default_rng(1).normal(size=(100_000, 4))
    worth = np.column_stack([np.zeros(len(x)), MEAN + x @ SLOPES])
    found = value_of_information(x, worth, seed=1)
    assert found.option == 0
    assert found.perfect == pytest.approx(gain(np.linalg.norm(SLOPES)), abs=3 * found.perfect_se)
    for column in (0, 1):
        assert found.partial[column] == pytest.approx(gain(SLOPES[column]), abs=3 * found.partial_se[column] + 0.002)
    assert found.partial[2] == pytest.approx(gain(0.2), abs=0.004)
    assert found.partial[3] == pytest.approx(0, abs=3 * found.partial_se[3] + 1e-9)


def test_an_input_that_teaches_nothing_is_not_worth_anything_in_small_samples_either():
    partial = []
    for seed in range(30):
        random = np.random.default_rng(seed)
        partial.append(for_verdict(random.random((400, 1)), random.random(400) < 0.5, seed=seed).partial[0])
    assert abs(np.mean(partial)) < 0.02


def test_knowing_the_one_input_of_a_verdict_is_knowing_all():
    x = np.random.default_rng(2).random((50_000, 3))
    found = for_verdict(x, x[:, 1] > 0.4, seed=1)
    assert found.perfect == pytest.approx(0.4, abs=3 * found.perfect_se)
    assert found.partial == pytest.approx([0, 0.4, 0], abs=0.02)
    assert found.option == 1


def test_partial_information_is_worth_no_more_than_perfect_information():
    random = np.random.default_rng(3)
    x = random.random((5000, 5))
    found = value_of_information(x, random.normal(size=(5000, 3)) + x[:, :3], seed=1)
    assert (found.partial <= found.perfect).all()


def test_one_option_is_no_choice():
    with pytest.raises(ValueError, match="two options"):
        value_of_information(np.zeros((200, 1)), np.zeros((200, 1)), seed=1)

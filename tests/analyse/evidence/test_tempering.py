"""Tempered draws have the mean and spread of posteriors that are known in closed form."""

import numpy as np
import pytest

from westphalia.analyse.methods.tempering import Sampler

TERMS = 6  # of two scores: 1, z1, z2, z1 z1, z1 z2, z2 z2
PARTICLES = 2048


def linear(matrix):
    """Coefficients of a summary that is linear in two scores: (term, summary)."""
    return np.concatenate([np.zeros((1, matrix.shape[1])), matrix, np.zeros((3, matrix.shape[1]))])


@pytest.fixture(scope="module")
def sampler():
    """A sampler whose first score is seen well, and the second a little through a sum."""
    matrix = np.array([[10.0, 1.0], [0.0, 1.0]])
    return Sampler(linear(matrix), 2, PARTICLES), matrix


def posterior(matrix, y):
    """Mean and covariance in closed form: standard normal prior, unit errors."""
    covariance = np.linalg.inv(np.eye(2) + matrix @ matrix.T)
    return covariance @ matrix @ y, covariance


@pytest.mark.parametrize("y", [[3.0, -2.0], [-25.0, 0.0]])
def test_draws_agree_with_the_closed_form(sampler, y):
    sample, matrix = sampler
    draws = sample.draw(np.array(y), 1)
    mean, covariance = posterior(matrix, np.array(y))
    spread = np.sqrt(np.diag(covariance))
    assert draws.shape == (PARTICLES, 2)
    assert (np.abs(draws.mean(axis=0) - mean) < 8 * spread / np.sqrt(PARTICLES)).all()
    assert draws.std(axis=0) == pytest.approx(spread, rel=0.1)
    assert np.corrcoef(draws.T)[0, 1] == pytest.approx(covariance[0, 1] / spread.prod(), abs=0.1)


def test_the_same_seed_gives_the_same_draws(sampler):
    sample, matrix = sampler
    y = np.array([3.0, -2.0])
    assert (sample.draw(y, 4) == sample.draw(y, 4)).all()
    assert not (sample.draw(y, 4) == sample.draw(y, 5)).any(axis=1).all()
    assert (Sampler(linear(matrix), 2, PARTICLES).draw(y, 4) == sample.draw(y, 4)).all()


def test_two_modes_are_kept_and_nothing_seen_leaves_the_prior():
    coefficients = np.zeros((TERMS, 1))
    coefficients[3] = 5.0  # y = 5 z1^2
    draws = Sampler(coefficients, 2, PARTICLES).draw(np.array([5.0]), 2)
    assert 0.35 < (draws[:, 0] > 0).mean() < 0.65
    at = np.linspace(-4, 4, 8001)
    density = np.exp(-0.5 * at**2 - 0.5 * (5 - 5 * at**2) ** 2)
    square = (density * at**2).sum() / density.sum()
    assert (draws[:, 0] ** 2).mean() == pytest.approx(square, abs=0.03)
    assert np.abs(draws[:, 0]).min() > 0.3, "nothing stays between the modes"
    assert draws[:, 1].mean() == pytest.approx(0.0, abs=0.15)
    assert draws[:, 1].std() == pytest.approx(1.0, abs=0.1)

"""The emulator finds a planted quadratic and the noise that was laid over it."""

import numpy as np
import pytest

from westphalia.analyse.methods.emulator import FARTHEST, fewest, fit, terms

SCORES, SUMMARIES = 3, 2
TERMS = 1 + SCORES + SCORES * (SCORES + 1) // 2
NOISE = np.array([[0.5, 0.3], [0.3, 0.4]])


def planted(runs, noise, seed=1):
    """Points, summaries and coefficients of a quadratic with this covariance of the noise."""
    rng = np.random.default_rng(seed)
    z = rng.standard_normal((runs, SCORES))
    coefficients = rng.standard_normal((TERMS, SUMMARIES))
    chance = rng.multivariate_normal(np.zeros(SUMMARIES), noise, runs)
    return z, np.asarray(terms(z)) @ coefficients + chance, coefficients


def test_the_terms_are_all_products_of_two():
    z = np.array([2.0, -1.0, 0.5])
    assert terms(z).tolist() == pytest.approx([1, 2, -1, 0.5, 4, -2, 1, 1, -0.5, 0.25])
    assert terms(np.stack([z, -z])).shape == (2, TERMS)
    assert terms(np.array([9.0]))[1] == FARTHEST, "beyond the farthest point nothing bends on"


def test_a_planted_quadratic_is_recovered():
    z, y, coefficients = planted(400, np.zeros((SUMMARIES, SUMMARIES)))
    emulator = fit(z, y)
    assert emulator.coefficients == pytest.approx(coefficients, abs=0.02)  # the ridge takes a thousandth
    assert np.abs(emulator.scatter).max() < 1e-3
    assert emulator.explained == pytest.approx(1.0, abs=1e-3)
    new = np.random.default_rng(2).standard_normal((50, SCORES))
    assert emulator.mean(new) == pytest.approx(np.asarray(terms(new)) @ coefficients, abs=0.1)


def test_the_scatter_is_the_covariance_of_the_noise():
    z, y, _ = planted(20_000, NOISE)
    emulator = fit(z, y)
    assert emulator.scatter == pytest.approx(NOISE, abs=0.02)  # four standard errors of a variance of 0.5
    assert emulator.explained == pytest.approx(1 - np.diag(NOISE) / y.var(axis=0), abs=0.01)


def test_the_scatter_takes_account_of_the_terms_that_were_fitted():
    scatters = [fit(*planted(2 * TERMS, NOISE, seed)[:2]).scatter for seed in range(300)]
    assert np.mean(scatters, axis=0) == pytest.approx(NOISE, rel=0.1)


def test_whitened_errors_are_standard_normal():
    z, y, _ = planted(5_000, NOISE)
    emulator, error = fit(z, y), np.array([[0.2, -0.1], [-0.1, 0.3]])
    coefficients, whitener = emulator.whitened(error)
    assert whitener.T @ (emulator.scatter + error) @ whitener == pytest.approx(np.eye(SUMMARIES))
    assert coefficients == pytest.approx(emulator.coefficients @ whitener)


def test_a_summary_that_never_varies_is_explained_by_nothing():
    z, y, _ = planted(100, NOISE)
    y[:, 1] = 0.0
    explained = fit(z, y).explained
    assert 0 < explained[0] < 1
    assert explained[1] == 0


def test_too_few_runs_are_refused():
    assert fewest(SCORES) == 2 * TERMS
    z, y, _ = planted(fewest(SCORES), NOISE)
    fit(z, y)
    with pytest.raises(ValueError, match=f"19 runs are too few for 10 terms; take at least {fewest(SCORES)}"):
        fit(z[1:], y[1:])

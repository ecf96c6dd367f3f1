"""Draws from a posterior by adaptively tempered sequential Monte Carlo, from a standard normal prior.

Equation:
    p_t(z) ~ N(z; 0, 1) L(z)^t,   t from 0 to 1, each step as long as half of the particles stay effective; in between
    particles are resampled and moved by Hamiltonian steps
Errors:
    of a mean over n particles about sd/sqrt(n), a little more for particles that share a parent.
Source:
    [DelMoral2006], by BlackJAX. Chosen over a random walk because a posterior along ridges of many assumptions is what
    tempering with gradients is for, and over ensemble smoothing because that has no answer to two separate modes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import blackjax
import jax
import jax.numpy as jnp
import numpy as np
from blackjax.smc import extend_params, resampling
from jaxtyping import Float

from westphalia.analyse.methods.emulator import terms

EFFECTIVE = 0.5
MOVES = 8
STEP, LEAPS = 0.15, 6
MOST_STEPS = 60


class Sampler:
    """Draws for many observations under one likelihood; what is compiled serves all of the same shape."""

    def __init__(self, coefficients: Float[np.ndarray, "term summary"], scores: int, particles: int = 1024) -> None:
        """A sampler for whitened coefficients of an emulator over so many scores."""
        self._scores, self._particles = scores, particles
        self._coefficients = jnp.asarray(coefficients, jnp.float32)

    def draw(self, y: Float[np.ndarray, " summary"], seed: int) -> Float[np.ndarray, "particle score"]:
        """Draws given whitened summaries, all of the same weight.

        Raises:
            RuntimeError: If tempering does not reach the posterior.
        """
        key, first = jax.random.split(jax.random.key(seed))
        start = jax.random.normal(first, (self._particles, self._scores))
        state = _smc(lambda _: 0.0, self._scores).init(start)
        target = jnp.asarray(y, jnp.float32)
        for _ in range(MOST_STEPS):
            key, own = jax.random.split(key)
            state = _step(self._coefficients, own, state, target)
            if state.tempering_param >= 1.0:
                key, own = jax.random.split(key)
                chosen = resampling.systematic(own, state.weights, self._particles)
                return np.asarray(state.particles, float)[np.asarray(chosen)]
        raise RuntimeError(f"after {MOST_STEPS} steps tempering stands at {float(state.tempering_param):.3g} of 1")


def _smc(loglikelihood: Callable[[Any], Any], scores: int) -> Any:  # noqa: ANN401
    parameters: Any = {"step_size": STEP, "inverse_mass_matrix": jnp.ones(scores), "num_integration_steps": LEAPS}
    return blackjax.adaptive_tempered_smc(
        lambda z: -0.5 * jnp.sum(z * z),
        loglikelihood,
        blackjax.hmc.build_kernel(),
        blackjax.hmc.init,
        extend_params(parameters),
        resampling.systematic,
        target_ess=EFFECTIVE,
        num_mcmc_steps=MOVES,
    )


@jax.jit
def _step(coefficients: Any, key: Any, state: Any, y: Any) -> Any:  # noqa: ANN401
    def loglikelihood(z: Any) -> Any:  # noqa: ANN401
        left = y - terms(z) @ coefficients
        return -0.5 * jnp.sum(left * left)

    return _smc(loglikelihood, state.particles.shape[-1]).step(key, state)[0]

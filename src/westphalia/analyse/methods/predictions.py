"""What a game predicts when its payoffs are uncertain: equilibria averaged over draws of the assumptions.

Definition:
    each draw has one table of payoffs and weight 1, divided among its equilibria: a draw with several predicts none of
    them alone. Equilibria of one support (the options that each side uses) are averaged; the share of a support is the
    weight it gathers. The prediction is stable if the greatest share is at least ``STABLE``. The regret of an averaged
    profile is what a side could gain against it, over all draws: profiles are averaged, so it is not nothing even in
    the draws behind it.
Units:
    shares; regret in units of payoff.
Source:
    empirical games as in Wellman 2006; the threshold is this project's.
Errors:
    standard errors over draws, which are independent.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from westphalia.analyse.methods.games import Profile, equilibria, regret

STABLE = 0.5


class Equilibrium(NamedTuple):
    """Equilibria of one support, averaged.

    Attributes:
        mixture: The averaged profile.
        share_of_cases: Weight of the draws that have it, as a share.
        se: Standard error of that share.
        regret: Mean over all draws of each side's regret.
        regret_se: Standard errors of these means.
    """

    mixture: Profile
    share_of_cases: float
    se: float
    regret: tuple[float, float]
    regret_se: tuple[float, float]


class Prediction(NamedTuple):
    """Averaged equilibria, the most frequent first.

    Attributes:
        equilibria: One for each support.
        is_stable: Whether the first covers at least half of the cases; otherwise there is no stable prediction.
        without: Share of draws in which no equilibrium was found (degenerate games).
    """

    equilibria: tuple[Equilibrium, ...]
    is_stable: bool
    without: float


def predict(
    a: Float[np.ndarray, "draw row column"],
    b: Float[np.ndarray, "draw row column"],
    *,
    solve: Callable[[np.ndarray, np.ndarray], list[Profile]] = equilibria,
) -> Prediction:
    """Average the equilibria of all draws by their supports.

    Args:
        a: Payoffs of the first player.
        b: Payoffs of the second.
        solve: Finds the equilibria of one draw.

    Raises:
        ValueError: If there are fewer than two draws or the tables do not match.
    """
    if a.shape != b.shape or len(a) < 2:
        raise ValueError("payoffs of both sides in the same two or more draws")
    gathered: dict[tuple[tuple[int, ...], tuple[int, ...]], list[tuple[int, float, Profile]]] = {}
    without = 0
    for draw, (to_first, to_second) in enumerate(zip(a, b, strict=True)):
        found = solve(to_first, to_second)
        without += not found
        for profile in found:
            gathered.setdefault(profile.support, []).append((draw, 1 / len(found), profile))
    averaged = [_averaged(of, a, b) for of in gathered.values()]
    averaged.sort(key=lambda one: -one.share_of_cases)
    is_stable = bool(averaged) and averaged[0].share_of_cases >= STABLE
    return Prediction(tuple(averaged), is_stable, without / len(a))


def _averaged(members: list[tuple[int, float, Profile]], a: np.ndarray, b: np.ndarray) -> Equilibrium:
    weights = np.zeros(len(a))
    np.add.at(weights, [draw for draw, _, _ in members], [weight for _, weight, _ in members])
    each = np.array([weight for _, weight, _ in members])
    first, second = (np.average([of[2][side] for of in members], axis=0, weights=each) for side in (0, 1))
    mixture = Profile(first, second)
    missed = np.array([regret(to_first, to_second, mixture) for to_first, to_second in zip(a, b, strict=True)])
    root = np.sqrt(len(a))
    mean, error = missed.mean(axis=0), missed.std(axis=0, ddof=1) / root
    return Equilibrium(
        mixture,
        float(weights.mean()),
        float(weights.std(ddof=1) / root),
        (float(mean[0]), float(mean[1])),
        (float(error[0]), float(error[1])),
    )

"""The zone of possible agreement: which texts all accept, and how surely when weights are known only roughly.

Equation:
    zone = {t on the table: u_i(t) >= r_i for all i};   margin = max over t of min over i of u_i(t) - r_i
    a draw scales worths: u_i = sum_q f_iq worth_iq(t_q);   chance of t = share of draws in which all accept
Units:
    utilities; chances 0 to 1.
Source:
    Width and volume of the zone: model M10, equation (10.4). Weights are the softest input, hence the ensembles.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from westphalia.talks.frontier import LARGEST_BLOCK, blocks
from westphalia.talks.game import Game, Texts, all_utilities, issue_weights, on_the_table, outer_sums
from westphalia.talks.solutions import Stakes

Factors = Float[np.ndarray, "draw party issue"]

SLAB = 2**20
"""So many texts are looked at together when all are counted."""


class Zone(NamedTuple):
    """The zone in numbers.

    Attributes:
        exists: Whether a text is accepted by all.
        texts: Number of such texts; none where there are too many combinations to count them.
        share: Their share of all texts on the table.
        margin: The largest smallest gain over the reserve, negative without a zone.
    """

    exists: bool
    texts: int | None
    share: float | None
    margin: float


def outcomes(game: Game) -> int:
    """Number of texts on the table."""
    return math.prod(len(block.columns) for block in blocks(game))


def accepted_by_all(game: Game) -> Bool[np.ndarray, " text"]:
    """Which combinations all accept, the last issue changing fastest; excluded ones are not accepted."""
    return _accepts(game, all_utilities(game)) & on_the_table(game)


def rational(game: Game) -> int | None:
    """Number of texts that leave nobody below the reserve; none where all or nothing cannot be told at a glance.

    Utilities are added up slab by slab, so memory does not grow with the number of texts.
    """
    return _rational(game, [block.worth for block in blocks(game)])


def zone(at: Stakes) -> Zone:
    """The zone of a game whose frontier is known."""
    parts = [block.worth for block in blocks(at.game)]
    count = _rational(at.game, parts)
    share = None if count is None else count / math.prod(part.shape[1] for part in parts)
    margin = (at.frontier.utilities - at.game.reserve[:, None]).min(axis=0).max()
    return Zone(bool(at.inside.any()), count, share, float(margin))


def weight_factors(game: Game, draws: int, *, concentration: float, seed: int) -> Factors:
    """Draws of the parties' weights around those of the game, as factors on the worths.

    The weight of an issue is the range of its worths; the weights of a party keep their sum, and their shares follow a
    Dirichlet distribution with these shares as means. Issues without weight stay without.

    Args:
        game: The game.
        draws: Number of draws.
        concentration: The larger, the closer to the game: a share p varies by sqrt(p (1 - p) / (concentration + 1)).
        seed: Seed of the draws.
    """
    weight = issue_weights(game)
    share = weight / np.where(weight.any(axis=1), weight.sum(axis=1), 1.0)[:, None]
    drawn = np.random.default_rng(seed).standard_gamma(concentration * share, (draws, *share.shape))
    drawn /= np.where(drawn.any(axis=2), drawn.sum(axis=2), 1.0)[..., None]
    return np.divide(drawn, share, out=np.ones_like(drawn), where=share > 0.0)


def ensemble_utilities(game: Game, texts: Texts, factors: Factors) -> Float[np.ndarray, "draw party text"]:
    """Utilities of some texts in each draw, by one batched product; interactions keep their worth."""
    parts = np.stack([part[:, texts[:, issue]] for issue, part in enumerate(game.worth)], axis=1)
    total = np.matmul(factors.transpose(1, 0, 2), parts)
    for issues, part in game.interactions.items():
        total += part[:, *(texts[:, issue] for issue in issues)][:, None]
    return total.transpose(1, 0, 2)


def acceptance(game: Game, texts: Texts, factors: Factors) -> Float[np.ndarray, " text"]:
    """For each text the share of draws in which all accept it."""
    return accepted_in_draws(game, texts, factors).mean(axis=0)


def accepted_in_draws(game: Game, texts: Texts, factors: Factors) -> Bool[np.ndarray, "draw text"]:
    """In which draws all accept which texts."""
    return _accepts(game, ensemble_utilities(game, texts, factors))


def _rational(game: Game, parts: list[Float[np.ndarray, "party _"]]) -> int | None:
    total = math.prod(part.shape[1] for part in parts)
    floor = game.reserve - game.tolerance
    if (sum(part.min(axis=1) for part in parts) >= floor).all():
        return total
    if (sum(part.max(axis=1) for part in parts) < floor).any():
        return 0
    if total > LARGEST_BLOCK:
        return None
    split = next(cut for cut in range(len(parts) + 1) if math.prod(p.shape[1] for p in parts[cut:]) <= SLAB)
    heads = outer_sums(tuple(parts[:split])) if split else np.zeros((len(game.parties), 1))
    tails = outer_sums(tuple(parts[split:])) if split < len(parts) else np.zeros((len(game.parties), 1))
    return sum(int(np.count_nonzero(_accepts(game, tails + head[:, None]))) for head in heads.T)


def _accepts(game: Game, utilities: Float[np.ndarray, "*draw party text"]) -> Bool[np.ndarray, "*draw text"]:
    return np.all(utilities >= (game.reserve - game.tolerance)[:, None], axis=-2)

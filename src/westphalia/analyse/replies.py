"""Better replies: quasi-random doctrines tried against the equilibrium of the mean game, and added where they gain.

Definition:
    The mean game has the payoffs averaged over all cases: doctrines are chosen before the case is known. Against its
    equilibrium, in each round and for each side,
        1. quasi-random doctrines are tried on the cases of the game, once each, and others drawn around the best ones;
        2. of all, the best few are fought as often as the game was, and the best of these is kept: the best of many
           that were fought once owes much to luck;
        3. its gain over the equilibrium is measured on fresh cases, which had no part in the choice;
        4. it joins the game if that gain exceeds two standard errors.
Units:
    payoffs.
Source:
    double oracle as in McMahan, Gordon and Blum 2003; policy-space response oracles as in Lanctot et al. 2017.
Errors:
    standard errors over fresh cases, paired. That none is found does not say that there is none: the screen is coarse.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from westphalia.analyse.arena import REPEATS, Game, Worth, error, solution
from westphalia.analyse.cells import pairs
from westphalia.analyse.doctrine_space import Doctrine, differing, doctrines_at, quasi_random
from westphalia.analyse.methods.games import Profile, regret
from westphalia.analyse.methods.refine import GENERATION, refined

CANDIDATES = 128
"""Quasi-random doctrines tried in a round by each side."""

GENERATIONS = 8
"""Generations around the best ones (``methods.refine``)."""

LAST = 8
"""Doctrines among which the last choice is made."""

ROUNDS = 2
"""Rounds at most; the first without a better reply is the last."""

ERRORS = 2.0
"""Standard errors that a gain must exceed."""


def better_replies(game: Game, worth: Worth, bases: Sequence[Doctrine], *, seed: int) -> tuple[Game, dict[str, Any]]:
    """The game with what is better than its equilibrium, and what was tried.

    Args:
        game: The game of the named doctrines.
        worth: Payoffs of cells.
        bases: The scenario's doctrine of each side, its entries in the mean.
        seed: Of the quasi-random doctrines.
    """
    tried: list[dict[str, Any]] = []
    for number in range(ROUNDS):
        at, added = solution(game), []
        for side in (0, 1):
            reply = _best(game, at, side, worth, seed + 2 * number + side)
            told = _told(game, at, side, reply, worth, bases[side])
            tried.append({"round": number + 1, "side": game.sides[side], "name": f"reply-{number + 1}", **told})
            if told["is_added"]:
                added.append((side, f"reply-{number + 1}", reply))
        for side, name, reply in added:
            game = extended(game, side, name, reply, worth)
        if not added:
            break
    at, (first, second) = solution(game), game.mean
    return game, {
        "candidates": CANDIDATES,
        "refined": GENERATIONS * GENERATION,
        "tried": tried,
        "mixture": game.mixtures(at),
        "payoff": game.by_side(game.worth_of(at).mean(axis=-1).tolist()),
        "regret": game.by_side(regret(first, second, at)),
    }


def extended(game: Game, side: int, name: str, doctrine: Doctrine, worth: Worth) -> Game:
    """The game with one more option of a side."""
    others = list(game.menus[1 - side].values())
    cells = pairs([doctrine], others) if side == 0 else pairs(others, [doctrine])
    new = np.moveaxis(worth(cells, REPEATS, False), -1, 1)
    new = new[:, :, None] if side == 0 else new[..., None]
    menus = list(game.menus)
    menus[side] = {**menus[side], name: doctrine}
    return Game(game.sides, (menus[0], menus[1]), np.concatenate([game.payoffs, new], axis=2 + side))


def _best(game: Game, at: Profile, side: int, worth: Worth, seed: int) -> Doctrine:
    """The best doctrine found against the other side's mixture."""

    def gained(places: np.ndarray, repeats: int = 1) -> np.ndarray:
        return _against(game, at, side, doctrines_at(places), worth, repeats, is_fresh=False).mean(axis=-1)

    places = quasi_random(CANDIDATES, seed=seed)
    places, values = refined(gained, places, gained(places), generations=GENERATIONS, seed=seed)
    last = places[np.argsort(-values, kind="stable")[:LAST]]
    return doctrines_at(last)[int(gained(last, REPEATS).argmax())]


def _against(
    game: Game, at: Profile, side: int, doctrines: Sequence[Doctrine], worth: Worth, repeats: int, *, is_fresh: bool
) -> np.ndarray:
    """A side's payoffs by its doctrine against the other side's mixture: (doctrine, case)."""
    mixture = game.mixture(at, 1 - side)
    others = [game.menus[1 - side][name] for name in mixture]
    cells = pairs(doctrines, others) if side == 0 else pairs(others, doctrines)
    shape = (len(doctrines), len(others)) if side == 0 else (len(others), len(doctrines))
    own = worth(cells, repeats, is_fresh)[side].reshape(*shape, -1)
    return np.tensordot(list(mixture.values()), own, axes=(0, 1 - side))


def _told(game: Game, at: Profile, side: int, reply: Doctrine, worth: Worth, base: Doctrine) -> dict[str, Any]:
    """What a reply gains on fresh cases, and where it differs from what is played most."""
    mixture = game.mixture(at, side)
    now = [game.menus[side][name] for name in mixture]
    found = _against(game, at, side, [reply, *now], worth, REPEATS, is_fresh=True)
    gain = found[0] - np.asarray(list(mixture.values())) @ found[1:]
    most = max(mixture, key=mixture.__getitem__)
    return {
        "gain": float(gain.mean()),
        "se": float(error(gain)),
        "is_added": bool(gain.mean() > ERRORS * error(gain)),
        "instead_of": most,
        "doctrine": dict(reply),
        "entries": differing(reply, {**base, **game.menus[side][most]}),
    }

"""A few texts as a game for programs of game theory: a pygambit file, or the tables of an OpenSpiel matrix game.

Equation:
    each party names one of k texts or none, all at once; the text that all name is signed and pays u_i, anything else
    leaves everybody at r_i
Units:
    utilities.
Source:
    The smallest form in which a sheet is a game at all: naming a text together is an equilibrium exactly if nobody is
    below its reserve. File format: that of Gambit's normal form with payoffs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from westphalia.talks.frontier import frontier
from westphalia.talks.game import Game, Texts, utilities_of
from westphalia.talks.solutions import stakes

NONE = "no text"

MOST_CELLS = 2_000_000
"""Numbers that an exported game holds at most."""


def size(parties: int, texts: int) -> int:
    """Number of payoffs of the game in which so many parties name one of so many texts, or none."""
    return parties * (texts + 1) ** parties


class Simultaneous(NamedTuple):
    """The game of naming a text.

    Attributes:
        players: The parties.
        actions: Labels of the texts, and of naming none, alike for all.
        payoffs: ``(party, action of the first, action of the second, ...)``.
    """

    players: tuple[str, ...]
    actions: tuple[str, ...]
    payoffs: Float[np.ndarray, "party *action"]


def naming_game(game: Game, texts: Texts, labels: Sequence[str]) -> Simultaneous:
    """The game in which all parties name one of these texts, or none, at once.

    Args:
        game: What the texts are worth.
        texts: The texts, all different.
        labels: A name for each.

    Raises:
        ValueError: If labels do not fit or repeat, a reserve is not finite, or there would be too many cells.
    """
    parties, many = len(game.parties), len(texts) + 1
    if len(set(labels) | {NONE}) != many or len(labels) + 1 != many:
        raise ValueError(f"{len(texts)} texts need as many labels that differ, not {list(labels)}")
    if not np.isfinite(game.reserve).all():
        raise ValueError("every reserve has to be finite: it is what a party gets without a text")
    if size(parties, len(texts)) > MOST_CELLS:
        raise ValueError(f"{parties} parties and {len(texts)} texts make {size(parties, len(texts)):,} payoffs; "
                         f"name fewer texts: at most {MOST_CELLS:,} are written")  # fmt: skip
    payoffs = np.broadcast_to(game.reserve.reshape(-1, *[1] * parties), (parties, *[many] * parties)).copy()
    same = np.arange(len(texts))
    payoffs[:, *[same] * parties] = utilities_of(game, texts)
    return Simultaneous(game.parties, (*labels, NONE), payoffs)


def worth_naming(game: Game) -> tuple[Texts, list[str]]:
    """The first text of each undominated point that all accept, or of all points where there is none; and their labels.

    A label holds the number of the option of each issue, counted from 1.

    Raises:
        ValueError: If nothing is on the table, or issues that hang together have too many combinations.
    """
    at = stakes(game, frontier(game))
    points = np.flatnonzero(at.inside) if at.inside.any() else np.arange(at.frontier.size)
    texts = np.array([at.frontier.first(int(point)) for point in points])
    return texts, [".".join(str(option + 1) for option in text) for text in texts]


def as_nfg(of: Simultaneous, title: str) -> str:
    """The text of a ``.nfg`` file, as ``pygambit.read_nfg`` reads it; the first party's action changes fastest."""
    actions = "{ " + " ".join(map(_quoted, of.actions)) + " }"
    head = f"NFG 1 R {_quoted(title)} {{ {' '.join(map(_quoted, of.players))} }}"
    cells = of.payoffs.transpose(*range(of.payoffs.ndim - 1, 0, -1), 0).reshape(-1, len(of.players))
    body = " ".join(repr(float(payoff)) for cell in cells for payoff in cell)
    return f'{head}\n\n{{ {" ".join([actions] * len(of.players))} }}\n""\n\n{body}\n'


def as_openspiel(of: Simultaneous) -> tuple[list[list[str]], list[list[float]]]:
    """Names of actions and payoffs, both by player, the last player's action changing fastest.

    For ``pyspiel.create_tensor_game(short_name, long_name, names, payoffs)``.
    """
    return [list(of.actions)] * len(of.players), [payoffs.reshape(-1).tolist() for payoffs in of.payoffs]


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

"""Ratification: a text that a party signs must also pass its constituencies and veto players at home.

Equation:
    constituency c says yes to text t if u_c(t) - r_c + s_c xi_ct > 0, xi logistic and drawn once for c and t: asked
    again, c answers the same;   P(yes) = 1 / (1 + exp(-(u_c - r_c) / s_c))
    a side ratifies if all who have a veto say yes, and so do voters with at least the quota of all votes
    P(side) = prod over vetoes P(yes) * P(weighted sum of the voters' yes >= quota);   P(text) = prod over sides
Units:
    utilities and thresholds in the constituency's own unit; chances 0 to 1.
Source:
    Two levels: Putnam (1988); veto players: Tsebelis (2002). Model M10, equations (10.2) and (10.3).
Holds when / fails when:
    Constituencies decide independently, given the text. A vote's outcome is exact: voters are added one by one.
For a caller in Python who has a term sheet and no scenario. In a scenario a party with a quota has voters of the same
kind; there, besides, each player's yes is needed with a probability.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from westphalia.talks.game import Texts

TIE = 1e-12
"""Votes that fall short by a smaller share reach what is wanted."""
MOST_VOTERS = 16
"""Voters of one side at most: the sums of their votes are told apart one by one."""

PerPlayerText = Float[np.ndarray, "player text"]
PerTextChance = Float[np.ndarray, " text"]


@dataclass(frozen=True, eq=False)
class Home:
    """Those who must say yes on one side.

    Attributes:
        players: Names of constituencies and veto players.
        worth: For each issue the weighted utility ``(player, option)``.
        threshold: What each must get of a text to be torn, ``(player,)``.
        noise: Scale of each player's logistic noise, ``(player,)``, above 0.
        has_veto: Whether each one's no is enough, ``(player,)``.
        votes: Votes of each, ``(player,)``; 0 for one who only has a veto.
        quota: Share of all votes that a text needs, 0 to 1.

    Raises:
        ValueError: If shapes or signs do not fit, or too many vote.
    """

    players: tuple[str, ...]
    worth: tuple[Float[np.ndarray, "player _"], ...]
    threshold: Float[np.ndarray, " player"]
    noise: Float[np.ndarray, " player"]
    has_veto: Bool[np.ndarray, " player"]
    votes: Float[np.ndarray, " player"]
    quota: float

    def __post_init__(self) -> None:
        many = len(self.players)
        if not many or any(len(part) != many for part in self.worth) or not self.worth:
            raise ValueError(f"{many} players need worths for each of them, issue by issue")
        if not (self.noise > 0.0).all():
            raise ValueError("noise is above 0; make it small for players who are never torn")
        if not (self.votes >= 0.0).all() or not 0.0 <= self.quota <= 1.0:
            raise ValueError("votes are 0 or more and the quota lies between 0 and 1")
        if self.quota > 0.0 and not 0 < np.count_nonzero(self.votes) <= MOST_VOTERS:
            raise ValueError(f"a quota needs 1 to {MOST_VOTERS} players with votes")


def yes(home: Home, texts: Texts) -> PerPlayerText:
    """Chance that each player says yes to each text."""
    utilities = np.sum([part[:, texts[:, issue]] for issue, part in enumerate(home.worth)], axis=0)
    return _logistic((utilities - home.threshold[:, None]) / home.noise[:, None])


def ratification(home: Home, texts: Texts) -> PerTextChance:
    """Chance that one side ratifies each text."""
    return _passes(home, yes(home, texts))


def joint(homes: tuple[Home, ...], texts: Texts) -> PerTextChance:
    """Chance that all sides ratify each text."""
    return np.prod([ratification(home, texts) for home in homes], axis=0)


def blocks_alone(home: Home, texts: Texts) -> PerPlayerText:
    """Chance that the text fails at home and would pass if this player, all else equal, said yes.

    Where one player's chance is the largest, that one blocks most often.
    """
    chance = yes(home, texts)
    passes = _passes(home, chance)
    persuaded = [_passes(home, np.where(np.arange(len(chance))[:, None] == c, 1.0, chance)) for c in range(len(chance))]
    return np.stack(persuaded) - passes


def answers(home: Home, texts: Texts, *, seed: int, side: int) -> Bool[np.ndarray, "player text"]:
    """One draw of everybody's answers; the same player asked for the same text again answers the same.

    Args:
        home: Who is asked.
        texts: Each text's noise depends on its options alone, not on where it stands in the list.
        seed: Seed of the draw.
        side: Number of the side, so that sides do not share their noise.
    """
    keys = [np.random.SeedSequence([seed, side, *map(int, text)]) for text in texts]
    noise = np.stack([np.random.default_rng(key).logistic(size=len(home.players)) for key in keys], axis=1)
    utilities = np.sum([part[:, texts[:, issue]] for issue, part in enumerate(home.worth)], axis=0)
    return utilities - home.threshold[:, None] + home.noise[:, None] * noise > 0.0


def _passes(home: Home, chance: PerPlayerText) -> PerTextChance:
    """Chance that all vetoes say yes and the votes reach the quota, over all coalitions of voters."""
    must, may = home.has_veto, ~home.has_veto & (home.votes > 0.0)
    still_wanted = home.quota * home.votes.sum() - home.votes[must].sum()
    return np.prod(chance[must], axis=0) * chance_of_votes(chance[may], home.votes[may], still_wanted)


def chance_of_votes(chance: PerPlayerText, votes: Float[np.ndarray, " player"], wanted: float) -> PerTextChance:
    """Chance that the votes of those who say yes, each with its own chance, reach what is wanted."""
    sums, chances = np.zeros(1), np.ones((1, chance.shape[1]))
    for own, agrees in zip(votes, chance, strict=True):
        sums = np.concatenate([sums, sums + own])
        chances = np.concatenate([chances * (1.0 - agrees), chances * agrees])
    return chances[sums >= wanted - TIE * (votes.sum() + abs(wanted))].sum(axis=0)


def _logistic(x: PerPlayerText) -> PerPlayerText:
    return 0.5 * (1.0 + np.tanh(0.5 * x))

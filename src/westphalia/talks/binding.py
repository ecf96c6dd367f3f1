"""When there is no zone: which party and which issue bind, and the smallest change of each kind that opens one.

Equation:
    reserve of party i: lower it by r_i - max{u_i(t): all others accept t}
    weight of issue q for i: u_i' = (1 + d) worth_q + (1 - d W_q / (W - W_q)) rest, the smallest |d| with u_i' >= r_i
    at a text that all others accept; the weight W_q is the range of worths, W their sum, which stays
    issue q settled to everyone's liking: its worth is max over options of worth_iq, whatever is written
    issue q left out: worths of the others grow by W / (W - W_q), reserves stay
Units:
    reserves in utilities; weights in shares of W.
Source:
    This project; each number follows from exact frontiers of the changed table, no search.
Holds when / fails when:
    Changes of one kind in one place; several small ones at once may do with less. What an issue left out is worth is
    taken to be the average of the rest.
"""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

import numpy as np

from westphalia.talks.frontier import Frontier, NothingOnTheTable, frontier
from westphalia.talks.game import Game, PerParty, issue_weights
from westphalia.talks.solutions import stakes


class Shift(NamedTuple):
    """A party's weight of one issue that opens a zone: by how much its share of all its weights would change."""

    party: str
    issue: str
    change: float


class Binding(NamedTuple):
    """What keeps a zone from opening.

    Attributes:
        party: The party for which the smallest fall of its reserve opens a zone, measured by the range of its
            utilities on the table; none if no single party can open one.
        issue: The issue that, settled to everyone's liking, would raise the margin most.
        reserves: For each party the fall of its reserve that opens a zone, where one does.
        by_all: The fall of all reserves at once that opens one.
        weights: For each party the smallest change of one weight that opens one, the smallest first.
        contested: Margin with each issue settled to everyone's liking; a zone from 0 on.
        left_out: Margin with each issue left out, where that leaves any.
        allowed: Margin with each exclusion lifted, in the order of the game.
    """

    party: str | None
    issue: str
    reserves: Mapping[str, float]
    by_all: float
    weights: tuple[Shift, ...]
    contested: Mapping[str, float]
    left_out: Mapping[str, float]
    allowed: tuple[float, ...]


def binding(game: Game, found: Frontier) -> Binding | None:
    """What binds; none if there is a zone."""
    if stakes(game, found).inside.any():
        return None
    reserves = falls(game, found)
    contested = _margins(game, settled)
    span = dict(zip(game.parties, issue_weights(game).sum(axis=1), strict=True))
    return Binding(
        party=min(reserves, key=lambda party: reserves[party] / span[party] if span[party] else np.inf, default=None),
        issue=max(contested, key=contested.__getitem__),
        reserves=reserves,
        by_all=-_margin(game, found),
        weights=shifts(game),
        contested=contested,
        left_out=_margins(game, without_issue) if len(game.issues) > 1 else {},
        allowed=tuple(_margin(lifted, frontier(lifted)) for lifted in _lifted(game)),
    )


def falls(game: Game, found: Frontier) -> dict[str, float]:
    """For each party that can open a zone alone, by how much its reserve must fall."""
    most = _most_with_others(game, found)
    return {
        party: float(reserve - best)
        for party, reserve, best in zip(game.parties, game.reserve, most, strict=True)
        if np.isfinite(best)
    }


def shifts(game: Game) -> tuple[Shift, ...]:
    """For each party the smallest change of one weight that opens a zone, the smallest first.

    The rest of a text matters only through its sum, so the best text is known for each option of the issue.
    """
    weights = issue_weights(game)
    total = weights.sum(axis=1)
    best: dict[str, Shift] = {}
    for index, issue in enumerate(game.issues):
        for option, most in _most_by_option(game, index):
            for i, party in enumerate(game.parties):
                change = _change(most[i], game.worth[index][i, option], game.reserve[i], weights[i, index], total[i])
                if np.isfinite(change) and abs(change) < abs(best.get(party, Shift(party, "", np.inf)).change):
                    best[party] = Shift(party, issue, float(change))
    return tuple(sorted(best.values(), key=lambda shift: abs(shift.change)))


def without_issue(game: Game, index: int) -> Game:
    """The game without one issue: the worths of the others grow so that each party's weights keep their sum.

    Raises:
        ValueError: If it is the only issue.
    """
    weights = issue_weights(game)
    rest = weights.sum(axis=1) - weights[:, index]
    growth = np.where(rest > 0.0, weights.sum(axis=1) / np.where(rest > 0.0, rest, 1.0), 1.0)
    names = [issue for issue in game.issues if issue != list(game.issues)[index]]
    place = {old: new for new, old in enumerate(old for old in range(len(game.issues)) if old != index)}
    return dataclasses.replace(
        game,
        issues={issue: game.issues[issue] for issue in names},
        worth=tuple(part * growth[:, None] for other, part in enumerate(game.worth) if other != index),
        interactions={tuple(place[i] for i in key): p for key, p in game.interactions.items() if index not in key},
        excluded=tuple({place[i]: o for i, o in ruled.items()} for ruled in game.excluded if index not in ruled),
    )


def settled(game: Game, index: int) -> Game:
    """The game in which every option of one issue is worth to each party what its best one is."""
    best = np.broadcast_to(game.worth[index].max(axis=1, keepdims=True), game.worth[index].shape)
    return dataclasses.replace(game, worth=(*game.worth[:index], best, *game.worth[index + 1 :]))


def with_option(game: Game, index: int, option: int) -> Game:
    """The game with one issue settled: only one option of it is left."""
    name = list(game.issues)[index]
    return dataclasses.replace(
        game,
        issues={**game.issues, name: (game.issues[name][option],)},
        worth=tuple(part[:, [option]] if other == index else part for other, part in enumerate(game.worth)),
        interactions={
            key: part.take([option], axis=1 + key.index(index)) if index in key else part
            for key, part in game.interactions.items()
        },
        excluded=tuple(
            {**ruled, index: 0} if index in ruled else ruled
            for ruled in game.excluded
            if ruled.get(index, option) == option
        ),
    )


def _margins(game: Game, change: Callable[[Game, int], Game]) -> dict[str, float]:
    changed = {issue: change(game, index) for index, issue in enumerate(game.issues)}
    return {issue: _margin(other, frontier(other)) for issue, other in changed.items()}


def _lifted(game: Game) -> Iterator[Game]:
    for index in range(len(game.excluded)):
        yield dataclasses.replace(game, excluded=game.excluded[:index] + game.excluded[index + 1 :])


def _margin(game: Game, found: Frontier) -> float:
    return float((found.utilities - game.reserve[:, None]).min(axis=0).max())


def _most_with_others(game: Game, found: Frontier) -> PerParty:
    """For each party the most that it gets of a text which all others accept; minus infinity where there is none."""
    accepts = found.utilities >= (game.reserve - game.tolerance)[:, None]
    others = (~accepts).sum(axis=0) - ~accepts == 0
    return np.where(others, found.utilities, -np.inf).max(axis=1)


def _most_by_option(game: Game, index: int) -> Iterator[tuple[int, PerParty]]:
    for option in range(game.shape[index]):
        left = with_option(game, index, option)
        with contextlib.suppress(NothingOnTheTable):
            yield option, _most_with_others(left, frontier(left))


def _change(most: float, own: float, reserve: float, weight: float, total: float) -> float:
    """Change of the weight's share that lifts ``most`` to the reserve; infinite if no allowed change does.

    Args:
        most: The most that the party gets with this option in a text that the others accept.
        own: The option's worth, part of it.
        reserve: What the party wants.
        weight: Weight of the issue for the party.
        total: Sum of its weights.
    """
    if not np.isfinite(most) or weight <= 0.0 or weight >= total:
        return np.inf
    slope = own - (most - own) * weight / (total - weight)
    factor = (reserve - most) / slope if slope else np.inf
    return factor * weight / total if -1.0 <= factor <= (total - weight) / weight else np.inf

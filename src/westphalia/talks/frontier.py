"""The exact Pareto frontier of a term sheet, ties listed.

Equation:
    Pareto(A + B) lies inside Pareto(A) + Pareto(B)
Utilities add up over issues, so the frontier is built issue by issue and pruned after each: the cost follows the
frontier, not the number of texts. Issues that an interaction or an exclusion ties together are joined to one issue
first, with a column for each combination that is on the table; if that joins all of them, the table is searched whole.
Units:
    utilities.
Source:
    Bellman's principle for vectors (Brown and Strauch 1965); checked here against a search of all pairs.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Integer

from westphalia.talks.dominance import Indices, undominated
from westphalia.talks.game import Game, PerPartyText, Texts, all_utilities, on_the_table, utilities_of

LISTED = 200_000
"""Up to so many tied texts are listed; beyond, the first of each point stands for all, and their number is told."""

NOT_YET = 128
"""Up to so many sums wait for the next issue before they are pruned."""

LARGEST_BLOCK = 2**25
"""So many combinations of issues that hang together are searched at most."""


Starts = Integer[np.ndarray, " start"]


@dataclass(frozen=True, eq=False)
class Frontier:
    """The points that no text dominates, the largest sum of utilities first, and the texts behind them.

    Attributes:
        utilities: Utilities of each point, ``(party, point)``.
        ties: Number of texts behind each point, Python integers where 64 bits do not hold them.
        texts: The texts, those of one point together and in the order of their options.
        point: Point of each text.
        is_listed: Whether all texts are there, or one for each point.
    """

    utilities: Float[np.ndarray, "party point"]
    ties: np.ndarray
    texts: Texts
    point: Integer[np.ndarray, " text"]
    is_listed: bool

    @property
    def size(self) -> int:
        """Number of points whose utilities differ."""
        return self.utilities.shape[1]

    @property
    def with_ties(self) -> int:
        """Number of undominated texts."""
        return int(self.ties.sum())

    def first(self, point: int) -> tuple[int, ...]:
        """The first text of a point, in the order of options."""
        return tuple(self.texts[self.point.searchsorted(point)].tolist())


class NothingOnTheTable(ValueError):  # noqa: N818  (it says what is the case)
    """The exclusions leave no text."""


class Block(NamedTuple):
    """Issues that hang together, as one: a column for each combination on the table."""

    issues: tuple[int, ...]
    worth: PerPartyText
    columns: Indices
    """Which combination each column is, the last of the issues changing fastest."""


class _Layer(NamedTuple):
    """What one block added: for each kept text, in the order of points, the point before it and its column."""

    parent: Indices
    column: Indices
    starts: Starts | None
    """Where each point's texts begin, and the end of the last; none if each point has one text."""


def frontier(game: Game) -> Frontier:
    """The exact frontier.

    Raises:
        NothingOnTheTable: If the exclusions leave no text.
        ValueError: If issues that hang together have too many combinations.
    """
    joined = blocks(game)
    count = np.int64 if game.combinations < 2**63 else object
    utilities, ties, layers = np.zeros((len(game.parties), 1)), np.ones(1, dtype=count), []
    for left, block in zip(range(len(joined), 0, -1), joined, strict=True):
        sums = (utilities[:, :, None] + block.worth[:, None, :]).reshape(len(utilities), -1)
        kept, starts = _pruned(sums, game, is_last=left == 1)
        parent, column = np.divmod(kept, block.worth.shape[1])
        layers.append(_Layer(parent, column, starts))
        utilities = sums[:, kept if starts is None else kept[starts[:-1]]]
        ties = ties[parent] if starts is None else np.add.reduceat(ties[parent], starts[:-1])
    order = np.argsort(-utilities.sum(axis=0), kind="stable")
    is_listed = bool(ties.sum() <= max(LISTED, len(ties)))
    point, columns = _traced(layers, order, is_listed=is_listed)
    texts = _options(game, joined, columns)
    if len(point) > len(order):
        rows = np.lexsort((*texts.T[::-1], point))
        texts, point = texts[rows], point[rows]
    first = texts if len(point) == len(order) else texts[point.searchsorted(np.arange(len(order)))]
    return Frontier(utilities_of(game, first), ties[order], texts, point, is_listed)


def blocks(game: Game) -> list[Block]:
    """The issues, those joined that an interaction or an exclusion ties together.

    Raises:
        NothingOnTheTable: If the exclusions leave no text.
        ValueError: If joined issues have too many combinations.
    """
    tied = [*map(set, game.interactions), *map(set, game.excluded)]
    if not tied:
        return [Block((issue,), part, np.arange(part.shape[1])) for issue, part in enumerate(game.worth)]
    groups: list[set[int]] = []
    for group in [*tied, *({issue} for issue in range(len(game.shape)))]:
        touching = [other for other in groups if other & group]
        groups = [other for other in groups if not other & group] + [set().union(group, *touching)]
    return [_joined(game, tuple(sorted(group))) for group in sorted(groups, key=min)]


def _joined(game: Game, issues: tuple[int, ...]) -> Block:
    size = math.prod(game.shape[issue] for issue in issues)
    names = list(game.issues)
    if size > LARGEST_BLOCK:
        together = ", ".join(names[issue] for issue in issues)
        raise ValueError(
            f"{size:.2g} combinations of {together}, tied together by interactions or exclusions, are "
            f"more than the {LARGEST_BLOCK:.2g} that are searched; tie fewer issues together"
        )
    place = {issue: index for index, issue in enumerate(issues)}
    part = Game(
        game.parties,
        {names[issue]: game.issues[names[issue]] for issue in issues},
        tuple(game.worth[issue] for issue in issues),
        game.reserve,
        {tuple(place[i] for i in key): value for key, value in game.interactions.items() if key[0] in place},
        tuple({place[i]: option for i, option in ruled.items()} for ruled in game.excluded if min(ruled) in place),
    )
    columns = np.flatnonzero(on_the_table(part))
    if not len(columns):
        raise NothingOnTheTable(f"the exclusions leave no combination of {', '.join(part.issues)}")
    return Block(issues, all_utilities(part)[:, columns], columns)


def _pruned(sums: PerPartyText, game: Game, *, is_last: bool) -> tuple[Indices, Starts | None]:
    """The columns kept, in the order of points, and where each point's begin if some share one."""
    if sums.shape[1] <= NOT_YET and not is_last:
        return np.arange(sums.shape[1]), None
    kept, point = undominated(sums, game.tolerance)
    points = int(point.max()) + 1
    if points == len(point):
        return kept, None
    order = np.argsort(point, kind="stable")
    return kept[order], np.searchsorted(point[order], np.arange(points + 1))


def _traced(
    layers: list[_Layer], order: Integer[np.ndarray, " point"], *, is_listed: bool
) -> tuple[Integer[np.ndarray, " text"], Integer[np.ndarray, "text block"]]:
    """From the points, in this order, back to the columns chosen: each text's point, and its column in each block."""
    current, point, chosen = order, np.arange(len(order)), []
    for layer in reversed(layers):
        edge = current
        if layer.starts is not None:
            edge = layer.starts[current]
            if is_listed:
                many = layer.starts[current + 1] - edge
                origin = np.repeat(np.arange(len(current)), many)
                edge = edge[origin] + np.arange(len(origin)) - np.repeat(np.cumsum(many) - many, many)
                point, chosen = point[origin], [columns[origin] for columns in chosen]
        chosen.append(layer.column[edge])
        current = layer.parent[edge]
    return point, np.stack(chosen[::-1], axis=1)


def _options(game: Game, joined: list[Block], columns: Integer[np.ndarray, "text block"]) -> Texts:
    """Columns of blocks as options of issues."""
    if len(joined) == len(game.shape):
        return np.stack([block.columns[chosen] for chosen, block in zip(columns.T, joined, strict=True)], axis=1)
    texts = np.empty((len(columns), len(game.shape)), dtype=np.int64)
    for chosen, block in zip(columns.T, joined, strict=True):
        sizes = [game.shape[issue] for issue in block.issues]
        texts[:, list(block.issues)] = np.stack(np.unravel_index(block.columns[chosen], sizes), axis=1)
    return texts

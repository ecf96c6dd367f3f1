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

LARGEST_BLOCK = 2**25
"""So many combinations of issues that hang together are searched at most."""


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
        return tuple(map(int, self.texts[np.searchsorted(self.point, point)]))


class NothingOnTheTable(ValueError):  # noqa: N818  (it says what is the case)
    """The exclusions leave no text."""


class Block(NamedTuple):
    """Issues that hang together, as one: a column for each combination on the table."""

    issues: tuple[int, ...]
    worth: PerPartyText
    columns: Indices
    """Which combination each column is, the last of the issues changing fastest."""


class _Layer(NamedTuple):
    """What one block added: for each kept text, the point before it, its column, and the point that it became."""

    parent: Indices
    column: Indices
    point: Indices


def frontier(game: Game) -> Frontier:
    """The exact frontier.

    Raises:
        NothingOnTheTable: If the exclusions leave no text.
        ValueError: If issues that hang together have too many combinations.
    """
    joined = blocks(game)
    count = np.int64 if game.combinations < 2**63 else object
    utilities, ties, layers = np.zeros((len(game.parties), 1)), np.ones(1, dtype=count), []
    for block in joined:
        sums = (utilities[:, :, None] + block.worth[:, None, :]).reshape(len(utilities), -1)
        kept, point = undominated(sums, game.tolerance)
        parent, column = np.divmod(kept, block.worth.shape[1])
        layers.append(_Layer(parent, column, point))
        utilities, ties = _merged(sums[:, kept], point, ties[parent])
    order = np.argsort(-utilities.sum(axis=0), kind="stable")
    is_listed = bool(ties.sum() <= max(LISTED, len(ties)))
    point, columns = _traced(layers, order, is_listed=is_listed)
    texts = _options(game, joined, columns)
    rows = np.lexsort((*texts.T[::-1], point))
    texts, point = texts[rows], point[rows]
    first = texts[np.searchsorted(point, np.arange(len(order)))]
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


def _merged(
    utilities: PerPartyText, point: Indices, ties: np.ndarray
) -> tuple[Float[np.ndarray, "party point"], np.ndarray]:
    """One column for each point, and how many texts it stands for."""
    if len(point) == point.max() + 1:
        order = np.argsort(point)
        return utilities[:, order], ties[order]
    order = np.argsort(point, kind="stable")
    starts = np.searchsorted(point[order], np.arange(point.max() + 1))
    return utilities[:, order[starts]], np.add.reduceat(ties[order], starts)


def _traced(
    layers: list[_Layer], order: Integer[np.ndarray, " point"], *, is_listed: bool
) -> tuple[Integer[np.ndarray, " text"], Integer[np.ndarray, "text block"]]:
    """From the points, in this order, back to the columns chosen: each text's point, and its column in each block."""
    current, point, chosen = order, np.arange(len(order)), []
    for layer in reversed(layers):
        by_point = np.argsort(layer.point, kind="stable")
        edges = layer.point[by_point]
        start = np.searchsorted(edges, current)
        many = np.searchsorted(edges, current, side="right") - start if is_listed else np.ones_like(start)
        origin = np.repeat(np.arange(len(current)), many)
        edge = by_point[start[origin] + np.arange(len(origin)) - np.repeat(np.cumsum(many) - many, many)]
        point, chosen = point[origin], [columns[origin] for columns in chosen]
        chosen.append(layer.column[edge])
        current = layer.parent[edge]
    return point, np.stack(chosen[::-1], axis=1)


def _options(game: Game, joined: list[Block], columns: Integer[np.ndarray, "text block"]) -> Texts:
    """Columns of blocks as options of issues."""
    texts = np.empty((len(columns), len(game.shape)), dtype=np.int64)
    for chosen, block in zip(columns.T, joined, strict=True):
        sizes = [game.shape[issue] for issue in block.issues]
        texts[:, list(block.issues)] = np.stack(np.unravel_index(block.columns[chosen], sizes), axis=1)
    return texts

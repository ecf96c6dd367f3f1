"""The smallest set of groups whose exchange turns one position's answer into the other's.

Definition:
    a set turns the answer if with it exchanged the answer is nearer to the second position's than to the first's
    greedy      groups that help, the greatest values first, are exchanged until the answer turns
    exact       then all smaller sets are played, one group, two groups and so on, as long as no more ensembles than
                ``SEARCHED`` are needed; of the smallest of these that turn it, the one that comes nearest is told, and
                the greedy set where none does
Units:
    those of the outcome.
Errors:
    sets are judged by means over the same runs; whether a set of nearly the same answer turns it hangs on the runs.
Source:
    own; the smallest such set need not hold the greatest values, for groups may act together only.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import NamedTuple

SEARCHED = 128
"""Further ensembles, at most, for the search over all smaller sets."""


class Answer(NamedTuple):
    """An answer with its standard error."""

    value: float
    se: float


class Exchange(NamedTuple):
    """What turns an answer.

    Attributes:
        groups: The groups to exchange, the greatest values first.
        answers: The answer after each of them.
        tried: All sets of up to so many groups were played.
        exact: Whether no smaller set turns the answer.
    """

    groups: tuple[str, ...]
    answers: tuple[Answer, ...]
    tried: int
    exact: bool


Play = Callable[[Sequence[frozenset[str]]], Sequence[Answer]]
"""Answers with these sets of groups exchanged."""


class _Sets:
    """Answers by set, none played twice."""

    def __init__(self, play: Play, start: Answer, end: Answer, ranked: Sequence[str]) -> None:
        self._play, self._start, self._end = play, start.value, end.value
        self.known = {frozenset(ranked): end}

    def ask(self, sets: Sequence[frozenset[str]]) -> None:
        new = self.lacking(sets)
        self.known |= dict(zip(new, self._play(new) if new else (), strict=True))

    def lacking(self, sets: Sequence[frozenset[str]]) -> list[frozenset[str]]:
        return [each for each in sets if each not in self.known]

    def gap(self, groups: frozenset[str]) -> float:
        return abs(self.known[groups].value - self._end)

    def turns(self, groups: frozenset[str]) -> bool:
        return self.gap(groups) < abs(self.known[groups].value - self._start)


def smallest(
    play: Play, ranked: Sequence[str], helping: Sequence[str], start: Answer, end: Answer, searched: int = SEARCHED
) -> Exchange:
    """The smallest set that turns the answer, or the first that a greedy search finds.

    Args:
        play: Plays sets of groups.
        ranked: The groups that differ, the greatest values first.
        helping: Those of them that move the answer to the second's, in the same order.
        start: The first position's answer.
        end: The second's, which differs from it.
        searched: Ensembles, at most, for all smaller sets.
    """
    sets = _Sets(play, start, end, ranked)
    found = _greedy(sets, ranked, helping)
    exact, tried, left = True, 0, searched
    for size in range(1, len(found)):
        those = [frozenset(each) for each in itertools.combinations(ranked, size)]
        left -= len(sets.lacking(those))
        if left < 0:
            exact = False
            break
        sets.ask(those)
        tried = size
        if turning := [each for each in those if sets.turns(each)]:
            best = min(turning, key=sets.gap)
            found = tuple(name for name in ranked if name in best)
            break
    steps = [frozenset(found[: n + 1]) for n in range(len(found))]
    sets.ask(steps)
    return Exchange(found, tuple(sets.known[step] for step in steps), tried, exact)


def _greedy(sets: _Sets, ranked: Sequence[str], helping: Sequence[str]) -> tuple[str, ...]:
    """The first groups that turn the answer; where those that help do not, for they act with others only, all do."""
    for last in range(1, len(helping) + 1):
        taken = frozenset(helping[:last])
        sets.ask([taken])
        if sets.turns(taken):
            return tuple(helping[:last])
    return tuple(ranked)

"""Positions as parts of ranges and levers, by group, and starts in which each run takes its own groups from either.

Definition:
    a group belongs to one question; two positions differ in a group where their parts or levers do
    in a mixed start a run draws each assumption of a group from the part of the position that it takes the group from,
    by the same uniform number either way; a lever of the group is laid over the run, or not
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

from westphalia.assemble import Assembly, assemble
from westphalia.assemble.draw import Parts
from westphalia.errors import BadInput
from westphalia.scenario.claims import Position
from westphalia.scenario.document import Steps
from westphalia.scenario.load import Loaded, with_lever, with_levers
from westphalia.scenario.schema import Scenario

WHOLE_RANGE = (0.0, 1.0)
Part = tuple[float, float]


@dataclass(frozen=True)
class Group:
    """What a position takes for granted in one question.

    Attributes:
        parts: Parts of ranges by path.
        levers: Levers laid over the scenario.
        sentences: What they stand on.
    """

    parts: dict[str, Part] = field(default_factory=dict)
    levers: frozenset[str] = frozenset()
    sentences: tuple[str, ...] = ()


EMPTY = Group()


def groups_of(position: Position) -> dict[str, Group]:
    """The groups of a position by name; where two narrowings of a group meet, the later one counts."""
    found: dict[str, Group] = {}
    for narrowing in position.narrowings:
        held = found.get(narrowing.group, EMPTY)
        found[narrowing.group] = Group(
            {**held.parts, **dict.fromkeys(narrowing.assumptions, narrowing.part)},
            held.levers | ({narrowing.lever} if narrowing.lever else set()),
            (*held.sentences, narrowing.sentence),
        )
    return found


def differing(one: Mapping[str, Group], other: Mapping[str, Group]) -> list[str]:
    """The groups in which two positions differ, by name."""
    names = sorted({*one, *other})

    def content(group: Group) -> tuple[Any, ...]:
        return group.parts, group.levers

    return [name for name in names if content(one.get(name, EMPTY)) != content(other.get(name, EMPTY))]


def parts_of(groups: Mapping[str, Group]) -> dict[str, Part]:
    """All parts of a position by path."""
    return {path: part for group in groups.values() for path, part in group.parts.items()}


def levers_of(groups: Mapping[str, Group]) -> frozenset[str]:
    """All levers of a position."""
    return frozenset(lever for group in groups.values() for lever in group.levers)


def refuse_undrawn(loaded: Loaded, narrowed: Iterable[tuple[Steps, str]], seed: int) -> None:
    """Refuse narrowings, each a place in the file and a path, that name what the scenario does not draw.

    Raises:
        BadInput: With every such path, at its place.
    """
    drawn = assemble(loaded.scenario, seed=seed, cases=np.arange(1), weeks=1).assumptions
    faults = [
        loaded.document.fault(
            at,
            f'"{path}" is drawn in no run, so there is no range to take a part of',
            "name a number with a range that runs use; explain and check list them",
        )
        for at, path in narrowed
        if path not in drawn
    ]
    if faults:
        raise BadInput(faults)


class Mixture:
    """Starts in which each run takes some groups from the second of two positions and the others from the first."""

    def __init__(
        self, loaded: Loaded, pair: tuple[Mapping[str, Group], Mapping[str, Group]], seed: int, weeks: int
    ) -> None:
        """Mixtures of two positions of a scenario."""
        self._loaded, self._pair, self._seed, self._weeks = loaded, pair, seed, weeks
        self.names = list(dict.fromkeys([*pair[0], *pair[1]]))
        self._scenarios: dict[tuple[frozenset[str], str | None], Scenario] = {}

    def build(self, cases: np.ndarray, second: np.ndarray, lever: str | None = None) -> Assembly:
        """World and state of these cases; ``second[group, case]`` tells whose group a case takes.

        A lever is laid over all of them, after those that the positions take for granted.
        """
        parts = self._parts(second)
        levers = self._levers(second)
        made: Assembly | None = None
        for chosen in sorted(set(levers), key=sorted):
            scenario = self._scenario(chosen, lever)
            mine = assemble(scenario, seed=self._seed, cases=cases, weeks=self._weeks, parts=parts)
            is_mine = np.array([held == chosen for held in levers])
            made = mine if made is None else _joined(made, mine, is_mine)
        assert made is not None, "there are cases"
        return made

    def _scenario(self, chosen: frozenset[str], lever: str | None) -> Scenario:
        if (chosen, lever) not in self._scenarios:
            held = with_levers(self._loaded, chosen)
            self._scenarios[chosen, lever] = held.scenario if lever is None else with_lever(held, lever)
        return self._scenarios[chosen, lever]

    def _parts(self, second: np.ndarray) -> Parts:
        found: dict[str, Any] = {}
        for name, from_second in zip(self.names, second, strict=True):
            one, other = (position.get(name, EMPTY).parts for position in self._pair)
            for path in dict.fromkeys([*one, *other]):
                ends = zip(one.get(path, WHOLE_RANGE), other.get(path, WHOLE_RANGE), strict=True)
                found[path] = tuple(np.where(from_second, theirs, ours) for ours, theirs in ends)
        return found

    def _levers(self, second: np.ndarray) -> list[frozenset[str]]:
        """The levers laid over each case."""
        sets = [tuple(position.get(name, EMPTY).levers for position in self._pair) for name in self.names]
        return [
            frozenset().union(*(pair[int(column[n])] for n, pair in enumerate(sets))) for column in second.T.astype(int)
        ]


def _joined(one: Assembly, other: Assembly, is_other: np.ndarray) -> Assembly:
    """Some cases of the second, the rest of the first, whatever arrays have a run axis."""

    def pick(first: Any, second: Any) -> Any:  # noqa: ANN401
        first, second = np.asarray(first), np.asarray(second)
        return (
            first
            if first.shape == second.shape and np.array_equal(first, second)
            else np.where(is_other, second, first)
        )

    world, state = jax.tree.map(pick, (one.world, one.state), (other.world, other.state))
    names = [name for name in one.assumptions if name in other.assumptions]
    return Assembly(world, state, {name: pick(one.assumptions[name], other.assumptions[name]) for name in names})


def orders(groups: int, runs: Sequence[int] | np.ndarray, seed: int) -> np.ndarray:
    """A random order of the groups for each run, the same whatever other runs there are: (place, run)."""
    rows = [np.random.default_rng([seed, int(run)]).permutation(groups) for run in runs]
    return np.array(rows, dtype=int).reshape(len(rows), groups).T

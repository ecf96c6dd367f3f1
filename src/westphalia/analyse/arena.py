"""Where doctrines meet: the cases of a game and as many fresh ones, the weights of each, and payoffs by cell.

Definition:
    Case numbers from 0 on belong to the game; the same number after them are fresh: they had no part in any choice, and
    gains that were picked from many are measured on them. A case has its draw of the assumptions, of the weights of
    either side, and of the noise of its repeats.
Units:
    payoffs: 1 is every component at the best end of its scale, 0 at the worst.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.cells import WEEKS, Cell, Field
from westphalia.analyse.doctrine_space import ENTRIES, Doctrine
from westphalia.analyse.interventions import Start
from westphalia.analyse.methods.games import Profile
from westphalia.analyse.methods.reduced import solved
from westphalia.analyse.payoffs import Ensemble, dirichlet
from westphalia.assemble import assemble
from westphalia.scenario.schema import Scenario

REPEATS = 16
"""Times that a case is fought, each with its own noise (8 to 64)."""

NEGLIGIBLE = 1e-6
"""Share of a mixture below which an option is left out."""

Worth = Callable[[Sequence[Cell], int, bool], np.ndarray]
"""``worth(cells, repeats, is_fresh)``: scalar payoffs (side, cell, case)."""

Menus = tuple[dict[str, Doctrine], dict[str, Doctrine]]
"""What either side chooses from, by name."""


@dataclass(frozen=True)
class Arena:
    """The two fields, their weights, and the scales.

    Attributes:
        fields: The cases of the game, and fresh ones.
        weights: Weights in each, (component, side, case).
        ensemble: Scales of the components.
    """

    fields: tuple[Field, Field]
    weights: tuple[np.ndarray, np.ndarray]
    ensemble: Ensemble

    def worth(self, cells: Sequence[Cell], repeats: int, is_fresh: bool) -> np.ndarray:
        """Scalar payoffs of cells: (side, cell, case)."""
        return self.weighed(self.fields[is_fresh].fight(cells, repeats).mean(axis=-1), is_fresh=is_fresh)

    def weighed(self, vectors: np.ndarray, *, is_fresh: bool) -> np.ndarray:
        """Scalar payoffs of vectors (row, side, cell, case), each case with its own weights."""
        return self.ensemble.payoffs(vectors, self.weights[is_fresh])


def fields_of(
    scenario: Scenario, *, seed: int, draws: int, watch: Callable[[int, int], None]
) -> tuple[tuple[Field, Field], tuple[np.ndarray, np.ndarray]]:
    """The cases of the game and fresh ones, and the weights of either; ``watch`` is told of runs done and planned."""
    count = [0, 0]

    def tell(done: int, planned: int) -> None:
        count[0], count[1] = count[0] + done, count[1] + planned
        watch(count[0], count[1])

    game, fresh = np.arange(2 * draws).reshape(2, draws)
    one, two = (
        Field(scenario, begin(scenario, seed, cases), seed=seed, cases=cases, tell=tell) for cases in (game, fresh)
    )
    sides = list(scenario.sides)
    return (one, two), (dirichlet(seed, sides, game), dirichlet(seed, sides, fresh))


def begin(scenario: Scenario, seed: int, cases: np.ndarray) -> Start:
    """World and state of these cases."""
    made = assemble(scenario, seed=seed, cases=cases, weeks=WEEKS)
    return Start(made.world, made.state)


def entries_of(start: Start, side: int) -> Doctrine:
    """A side's entries at a start, in the mean over cases; stop lines differ by front and are left out."""
    found = {}
    for name, entry in ENTRIES.items():
        held: Any = start.world.doctrine
        for part in entry.path.split(".") if entry.path else ():
            held = getattr(held, part)
        if entry.path:
            found[name] = float(np.mean(held[side]))
    return found


class Game(NamedTuple):
    """A game on the cases: what either side chooses from, and what comes of it.

    Attributes:
        sides: Keys of the two sides.
        menus: Options by name.
        payoffs: By (side, case, first's option, second's option).
    """

    sides: tuple[str, str]
    menus: Menus
    payoffs: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        """The payoffs in the mean over cases: doctrines are chosen before the case is known."""
        return self.payoffs.mean(axis=1)

    def own(self, side: int) -> np.ndarray:
        """A side's payoffs with its own options as rows: (case, own option, other's option)."""
        return own_rows(self.payoffs[side], side)

    def mixture(self, profile: Profile, side: int) -> dict[str, float]:
        """A side's mixture by name; options that are not played are left out."""
        shares = zip(self.menus[side], profile[side], strict=True)
        return {name: float(share) for name, share in shares if share > NEGLIGIBLE}

    def mixtures(self, profile: Profile) -> dict[str, dict[str, float]]:
        """Both mixtures by side."""
        return self.by_side([self.mixture(profile, side) for side in (0, 1)])

    def by_side(self, values: Sequence[Any]) -> dict[str, Any]:
        """Two values by the sides' keys."""
        return dict(zip(self.sides, values, strict=True))

    def worth_of(self, profile: Profile) -> np.ndarray:
        """What a profile is worth to both sides: (side, case)."""
        return np.einsum("r,scrk,k->sc", profile.first, self.payoffs, profile.second)


def played(sides: tuple[str, str], menus: Menus, payoffs: np.ndarray) -> Game:
    """The game of payoffs (side, cell, case) whose cells are all pairs of options."""
    shape = (2, len(menus[0]), len(menus[1]), payoffs.shape[-1])
    return Game(sides, menus, np.moveaxis(payoffs.reshape(shape), -1, 1))


def own_rows(table: np.ndarray, side: int) -> np.ndarray:
    """A table of first by second with the side's own options as rows."""
    return table if side == 0 else np.swapaxes(table, -1, -2)


def solution(game: Game) -> Profile:
    """The equilibrium of the mean game; of several the one with the greatest sum of payoffs.

    Raises:
        ArithmeticError: If none is found.
    """
    first, second = game.mean
    found = solved(first, second)
    if not found:
        raise ArithmeticError("the mean game has no equilibrium that could be found")
    return max(found, key=lambda p: float(p.first @ (first + second) @ p.second))


def error(by_case: np.ndarray) -> np.ndarray:
    """Standard error over cases, the last axis."""
    return np.asarray(by_case.std(axis=-1, ddof=1) / np.sqrt(by_case.shape[-1]))

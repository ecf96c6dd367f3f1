"""One term sheet: parties, issues with their options, and what each party gets of every text.

Equation:
    u_i(t) = sum_q worth_iq(t_q) + sum over interactions of issues Q: worth_iQ(t_Q)
Units:
    utility, in each party's own unit; only gains over the reserve are ever compared between parties.
Source:
    The additive form is that of model M10, equation (10.1); weights are inside the worths.
A *text* is one option for each issue. Texts that contain an excluded combination are not on the table.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from jaxtyping import Bool, Float, Integer

TIE = 1e-9
"""Utilities closer than this part of the largest worth a party could add up are equal: sums of floats differ so."""

Text = tuple[int, ...]
"""An option of each issue, counted from 0."""
Texts = Integer[np.ndarray, "text issue"]
PerParty = Float[np.ndarray, " party"]
PerPartyText = Float[np.ndarray, "party text"]


@dataclass(frozen=True, eq=False)
class Game:
    """A term sheet as seen by all parties.

    Attributes:
        parties: Names of the parties.
        issues: Names of the options of each issue, by name of the issue.
        worth: For each issue, in order, the weighted utility ``(party, option)`` of each option.
        reserve: What each party has without an agreement, ``(party,)``; minus infinity for a party that takes any text.
        interactions: Utility ``(party, *options)`` that hangs on several issues at once, by their indices.
        excluded: Combinations that nobody puts on paper: option by issue, both by index.

    Raises:
        ValueError: If names repeat, a shape does not fit, a number is not finite, or nothing is left on the table.
    """

    parties: tuple[str, ...]
    issues: Mapping[str, tuple[str, ...]]
    worth: tuple[Float[np.ndarray, "party _"], ...]
    reserve: PerParty
    interactions: Mapping[tuple[int, ...], Float[np.ndarray, "party *_"]] = field(default_factory=dict)
    excluded: tuple[Mapping[int, int], ...] = ()

    def __post_init__(self) -> None:
        _check_names(self)
        _check_numbers(self)
        for issues in [*self.interactions, *map(tuple, self.excluded)]:
            _check_indices(self, issues)
        for combination in self.excluded:
            _check_options(self, combination)

    @functools.cached_property
    def shape(self) -> tuple[int, ...]:
        """Number of options of each issue."""
        return tuple(map(len, self.issues.values()))

    @functools.cached_property
    def combinations(self) -> int:
        """Number of combinations of options, the excluded ones counted too."""
        return math.prod(self.shape)

    @functools.cached_property
    def tolerance(self) -> PerParty:
        """Differences of utility up to this are ties, ``(party,)``."""
        parts = [*self.worth, *self.interactions.values()]
        return TIE * np.sum([np.abs(part).reshape(len(self.parties), -1).max(axis=1) for part in parts], axis=0)

    def named(self, text: Text) -> dict[str, str]:
        """The options of a text by name."""
        return {issue: options[option] for (issue, options), option in zip(self.issues.items(), text, strict=True)}


def utilities_of(game: Game, texts: Texts) -> PerPartyText:
    """Utilities of some texts."""
    total = sum(part[:, texts[:, issue]] for issue, part in enumerate(game.worth))
    for issues, part in game.interactions.items():
        total = total + part[:, *(texts[:, issue] for issue in issues)]
    return np.asarray(total)


def issue_weights(game: Game) -> Float[np.ndarray, "party issue"]:
    """How much hangs on each issue for each party: the range of its worths, interactions left aside."""
    return np.stack([np.ptp(part, axis=1) for part in game.worth], axis=1)


def all_utilities(game: Game) -> PerPartyText:
    """Utilities of all combinations of options, the last issue changing fastest, excluded ones too.

    Memory is 8 bytes for each party and combination.
    """
    total = outer_sums(game.worth)
    for issues, part in game.interactions.items():
        total += np.broadcast_to(_spread(part, issues, game), (len(game.parties), *game.shape)).reshape(total.shape)
    return total


def on_the_table(game: Game) -> Bool[np.ndarray, " text"]:
    """Which combinations contain no excluded one, in the order of ``all_utilities``."""
    allowed = np.ones(game.shape, dtype=bool)
    for combination in game.excluded:
        allowed[tuple(combination.get(issue, slice(None)) for issue in range(len(game.shape)))] = False
    return allowed.reshape(-1)


def outer_sums(parts: tuple[Float[np.ndarray, "party _"], ...]) -> PerPartyText:
    """Sums over every choice of one column of each part, the last part's column changing fastest."""
    total = parts[0]
    for part in parts[1:]:
        total = (total[:, :, None] + part[:, None, :]).reshape(len(part), -1)
    return total.copy() if len(parts) == 1 else total


def _spread(part: Float[np.ndarray, "party *_"], issues: tuple[int, ...], game: Game) -> Any:  # noqa: ANN401
    order = np.argsort(issues)
    sizes = [game.shape[issue] if issue in issues else 1 for issue in range(len(game.shape))]
    return part.transpose(0, *(order + 1)).reshape(len(game.parties), *sizes)


def _check_names(game: Game) -> None:
    if not game.parties or len(set(game.parties)) < len(game.parties):
        raise ValueError(f"parties need names that differ, not {list(game.parties)}")
    if not game.issues:
        raise ValueError("a term sheet has at least one issue")
    for issue, options in game.issues.items():
        if not options or len(set(options)) < len(options):
            raise ValueError(f"issue {issue}: its options need names that differ, not {list(options)}")


def _check_numbers(game: Game) -> None:
    parties = len(game.parties)
    if len(game.worth) != len(game.issues):
        raise ValueError(f"{len(game.issues)} issues and worths for {len(game.worth)} of them")
    for (issue, options), part in zip(game.issues.items(), game.worth, strict=True):
        if part.shape != (parties, len(options)):
            raise ValueError(f"issue {issue}: worths of shape {part.shape}, wanted {(parties, len(options))}")
    for issues, part in game.interactions.items():
        wanted = (parties, *(game.shape[issue] for issue in issues if 0 <= issue < len(game.shape)))
        if part.shape != wanted:
            raise ValueError(f"interaction of issues {issues}: worths of shape {part.shape}, wanted {wanted}")
    if not all(np.isfinite(part).all() for part in [*game.worth, *game.interactions.values()]):
        raise ValueError("every worth is a finite number")
    if game.reserve.shape != (parties,) or np.isnan(game.reserve).any() or (game.reserve == np.inf).any():
        raise ValueError(f"reserve: one number for each of {parties} parties, not {game.reserve}")


def _check_indices(game: Game, issues: tuple[int, ...]) -> None:
    if len(set(issues)) < len(issues) or not all(0 <= issue < len(game.issues) for issue in issues) or not issues:
        raise ValueError(f"{issues}: indices of issues differ and lie between 0 and {len(game.issues) - 1}")


def _check_options(game: Game, combination: Mapping[int, int]) -> None:
    for issue, option in combination.items():
        if not 0 <= option < game.shape[issue]:
            name = list(game.issues)[issue]
            raise ValueError(f"excluded {dict(combination)}: issue {name} has options 0 to {game.shape[issue] - 1}")

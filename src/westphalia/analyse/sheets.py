"""What each real term sheet is worth to whom: utilities, chances of a yes, who blocks, and how far texts lie apart.

The functions are those of the simulation at the start of a run: the same utilities, limits and answers, over an
ensemble of the scenario's assumptions and of the range that a second coder might choose. A clause that a sheet leaves
open counts with the mean over its options.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from westphalia.assemble import assemble
from westphalia.assemble.arrays import wide
from westphalia.assemble.table import seated
from westphalia.assemble.texts import best_clause
from westphalia.kinds import SIDES
from westphalia.model.answers import limits, surplus, worth_of, worth_of_signature
from westphalia.model.noise import uniform
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.table import Seating, Table
from westphalia.scenario.load import Loaded
from westphalia.scenario.sheets import OPEN, Sheet
from westphalia.talks.ratify import chance_of_votes

LOW, HIGH = 5.0, 95.0


@dataclass(frozen=True)
class Verdict:
    """What one sheet means to those who must say yes, over the ensemble."""

    sheet: Sheet
    players: list[str]
    worth: np.ndarray
    """Utility, rightly read: (player, draw)."""
    chance: np.ndarray
    """Chance of a yes: (player, draw); 1 where the player's yes is not needed."""
    lacks: np.ndarray
    """Utility that the best clause on each issue would add, what is judged together left aside: (player, issue)."""
    seating: Seating

    @property
    def signed(self) -> np.ndarray:
        """Chance that nobody who could stop the text does, by draw."""
        return _signed(self.seating, self.chance)

    @property
    def blocks(self) -> dict[str, float]:
        """Share of draws in which a yes would help most where it is a player's, of draws in which it likely fails."""
        return self._blocks(self.chance)

    @property
    def blocks_apart_from_leaders(self) -> dict[str, float]:
        """The same among constituencies and third parties alone, as if the two leaderships had said yes."""
        as_if = np.concatenate([np.ones_like(self.chance[:SIDES]), self.chance[SIDES:]])
        return dict(list(self._blocks(as_if).items())[SIDES:])

    def _blocks(self, chance: np.ndarray) -> dict[str, float]:
        persuaded = [_signed(self.seating, _with_yes(chance, player)) for player in range(len(chance))]
        helped = np.stack(persuaded) - _signed(self.seating, chance)
        most, unwilling = np.argmax(helped, axis=0), _worst(self.seating, chance) < 0.5
        return {name: float(np.mean((most == n) & unwilling)) for n, name in enumerate(self.players)}


def _with_yes(chance: np.ndarray, player: int) -> np.ndarray:
    return np.where(np.arange(len(chance))[:, None] == player, 1.0, chance)


def _parts(seating: Seating, chance: np.ndarray) -> list[np.ndarray]:
    """Chance that each veto and each ballot lets the text pass, by draw."""
    ballots = [
        chance_of_votes(chance[list(ballot.voters)], np.array(ballot.votes), ballot.wanted)
        for ballot in seating.ballots
    ]
    return [*(chance[player] for player in seating.vetoes), *ballots]


def _signed(seating: Seating, chance: np.ndarray) -> np.ndarray:
    return np.prod(_parts(seating, chance), axis=0)


def _worst(seating: Seating, chance: np.ndarray) -> np.ndarray:
    return np.min(_parts(seating, chance), axis=0)


def judge(loaded: Loaded, sheets: list[Sheet], *, seed: int, draws: int) -> list[Verdict]:
    """The verdict on each sheet, at the start of the scenario, over so many draws of its assumptions."""
    scenario = loaded.scenario
    talks = scenario.talks
    assert talks is not None, "sheets belong to talks"
    cases = np.arange(draws)
    made = assemble(scenario, seed=seed, cases=cases, weeks=1)
    world, state = made.world, made.state
    table = world.table
    assert table is not None, "talks have a table"
    expected = outlook(world, table, state, take(world, state, world.calendar.at(0)))
    limit = limits(world, table, state, expected)
    names = list(seated(scenario, talks)[1])
    found = []
    for sheet in sheets:
        option = _coded(sheet, seed, cases)
        written = _certain(option, table.terms.exists)
        value, lines = (
            [(rows * written).sum(axis=1) for rows in part] for part in (table.terms.value, table.terms.penalty)
        )
        worth = worth_of(table.terms, table.seating, value, lines)
        guarantee = best_clause([issue.guarantee for issue in talks.issues.values()], option[None])[0]
        gain = surplus(table, state, worth_of_signature(table, state, expected, worth, guarantee), limit)
        chance = 1.0 - table.needed * (1.0 - table.laws.bargaining.chance(gain))
        lacks = _lacks(table, written)
        found.append(Verdict(sheet, names, wide(worth, draws), wide(chance, draws), lacks, table.seating))
    return found


def _lacks(table: Table, written: np.ndarray) -> np.ndarray:
    """What each player lacks of its best clause on each issue, the mean over the draws."""
    terms, rows = table.terms, []
    for player, party in enumerate(table.seating.party_of):
        of_options = terms.weight[player][:, None] * terms.value[party] - terms.penalty[party]
        best = np.where(terms.exists > 0.0, of_options, -np.inf).max(axis=1)
        rows.append((best - (of_options * written).sum(axis=1)).mean(axis=-1))
    return np.stack(rows)


def _coded(sheet: Sheet, seed: int, cases: np.ndarray) -> np.ndarray:
    """Options as a coder of each draw would have them: uniform over the coder's range, (issue, draw)."""
    rows = []
    for issue, (option, low, high) in enumerate(zip(sheet.option, sheet.low, sheet.high, strict=True)):
        if option == OPEN or low == OPEN:
            rows.append(np.full(len(cases), option))
            continue
        drawn = uniform(seed, f"coder.{sheet.key}.{issue}", cases)
        rows.append(low + np.floor(drawn * (high - low + 1)).astype(int))
    return np.stack(rows)


def _certain(option: np.ndarray, exists: np.ndarray) -> np.ndarray:
    """Probability of each option: the one that is written, or all alike where the clause is open."""
    number = np.arange(exists.shape[1])[None, :, None]
    written = 1.0 * (number == option[:, None])
    alike = exists / exists.sum(axis=1, keepdims=True)
    return np.where(option[:, None] == OPEN, alike, written)


@dataclass(frozen=True)
class Distance:
    """How far two texts lie apart on the issues that both address, 0 to 1."""

    issues: int
    """How many those are."""
    coded: float
    coders: tuple[float, float]
    """5 and 95 % over the options that fair coders of the two might choose."""


def distances(sheets: list[Sheet], options: np.ndarray, *, seed: int, draws: int) -> dict[tuple[str, str], Distance]:
    """Mean distances of all pairs of texts that share an issue, in scales from the first to the last option."""
    scale = (options - 1)[:, None]
    coders = {sheet.key: _coded(sheet, seed, np.arange(draws)) / scale for sheet in sheets}
    found = {}
    for one, other in itertools.combinations(sheets, 2):
        both = (one.option != OPEN) & (other.option != OPEN)
        if both.any():
            coded = np.abs(one.option - other.option)[both] / (options[both] - 1)
            drawn = np.abs(coders[one.key] - coders[other.key])[both].mean(axis=0)
            low, high = np.percentile(drawn, [LOW, HIGH])
            found[one.key, other.key] = Distance(int(both.sum()), float(coded.mean()), (float(low), float(high)))
    return found

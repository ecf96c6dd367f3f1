"""The texts that are considered in each run: compromises between the sides, and their neighbours.

For weights a and 1 - a of the two leaderships, and a further weight of the third parties, the best text is the best
option of each issue by itself, since utilities add up; sweeping a walks along the frontier. Half of the texts come of
the sweep, and each has a neighbour in which two issues, drawn for each run, lie one option away. Real term sheets are
not among them, so that no text of the record favours a side. A text that stands there twice counts once.
"""

from __future__ import annotations

import dataclasses

import numpy as np

from westphalia.assemble.arrays import wide
from westphalia.assemble.draw import Draw
from westphalia.kinds import SIDES
from westphalia.model.answers import worth_of
from westphalia.model.table import Seating, Terms, Texts
from westphalia.scenario.schema import Scenario
from westphalia.scenario.talks import Talks

THIRD_PARTIES = (0.0, 0.5)
"""Weights of the third parties, against 1 for the two sides together."""
MOVES = 2
"""Issues in which a neighbour differs."""


def candidates(scenario: Scenario, talks: Talks, terms: Terms, seating: Seating, draw: Draw) -> Texts:
    """The texts, and what each is worth to each player when rightly read."""
    gains = [
        terms.weight[player][:, None] * terms.value[party] - terms.penalty[party]
        for player, party in enumerate(seating.party_of)
    ]
    own, others = gains[:SIDES], [gain for gain, party in zip(gains, seating.party_of, strict=True) if party >= SIDES]
    swept = np.stack([_best(terms, own, others, *weights) for weights in _weights(talks.candidates // 2)])
    beside = [_neighbour(text, terms, number, draw) for number, text in enumerate(swept)]
    runs = max(swept.shape[-1], beside[0].shape[-1])
    option = np.concatenate([wide(swept, runs), np.stack(beside)])
    issues = list(talks.issues.values())
    line, names_line = _lines(scenario, talks, option)
    return Texts(
        option=option.astype(np.int32),
        worth=worth_of_texts(terms, seating, option),
        barred=np.maximum(_barred(talks, option), _repeated(option)),
        monitoring=best_clause([issue.monitoring for issue in issues], option),
        guarantee=best_clause([issue.guarantee for issue in issues], option),
        line=line,
        names_line=names_line,
    )


def worth_of_texts(terms: Terms, seating: Seating, option: np.ndarray) -> np.ndarray:
    """What each text is worth to each player when rightly read: (text, player, run)."""
    runs = max(terms.value.shape[-1], terms.penalty.shape[-1], option.shape[-1])
    place = _places(terms.value.shape[1:3], np.moveaxis(wide(option, runs), 0, 1))
    value, lost = ([np.take(wide(rows, runs), place) for rows in part] for part in (terms.value, terms.penalty))
    beside = dataclasses.replace(terms, weight=terms.weight[:, :, None])  # a text is one more axis of runs
    return np.moveaxis(worth_of(beside, seating, value, lost), 1, 0)


def _weights(count: int) -> list[tuple[float, float]]:
    """Weight of the first side against the second, and of the third parties; the sweep is its own mirror image."""
    pairs = []
    for third in THIRD_PARTIES:
        steps = (count + (third == 0.0)) // len(THIRD_PARTIES)
        pairs += [((step + 0.5) / steps, third) for step in range(steps)]
    return pairs


def _neighbour(text: np.ndarray, terms: Terms, number: int, draw: Draw) -> np.ndarray:
    """The text with some issues moved by one option: (issue, run)."""
    counts = terms.exists.sum(axis=1).astype(int)
    path, issue = f"talks.texts.{number}", np.arange(len(counts))[:, None]
    runs = len(draw.noise(path))
    moved = np.broadcast_to(text, (len(counts), runs)).copy()
    for move in range(MOVES):
        chosen = np.floor(draw.noise(f"{path}.issue.{move}") * len(counts)).astype(int)
        step = np.where(draw.noise(f"{path}.step.{move}") < 0.5, -1, 1)
        moved = moved + np.where(issue == chosen, step, 0)
    return np.clip(moved, 0, counts - 1)


def _repeated(option: np.ndarray) -> np.ndarray:
    """1 where a text stands among those before it: (text, run)."""
    rows = [np.zeros(option.shape[-1])]
    for number in range(1, len(option)):
        rows.append((option[:number] == option[number]).all(axis=1).any(axis=0).astype(float))
    return np.stack(rows)


def _best(terms: Terms, own: list[np.ndarray], others: list[np.ndarray], share: float, third: float) -> np.ndarray:
    """The option of each issue that gives most to the sides and, by their weight, to the others: (issue, run)."""
    score = share * own[0] + (1.0 - share) * own[1]
    for gain in others:
        score = score + third / len(others) * gain
    return np.argmax(np.where(terms.exists > 0.0, score, -np.inf), axis=1)


def _places(shape: tuple[int, int], option: np.ndarray) -> np.ndarray:
    """Where the entries of options (issue, text, run) stand in flat rows (issue, option, run)."""
    issues, options = shape
    runs = option.shape[-1]
    return (np.arange(issues)[:, None, None] * options + option) * runs + np.arange(runs)


def _barred(talks: Talks, option: np.ndarray) -> np.ndarray:
    """1 where a text holds a combination that nobody would put on paper: (text, run)."""
    issues = list(talks.issues)
    barred = np.zeros((option.shape[0], option.shape[-1]))
    for combination in talks.excluded:
        holds = np.ones_like(barred, bool)
        for issue, options in combination.items():
            holds &= np.isin(option[:, issues.index(issue)] + 1, options)
        barred = np.maximum(barred, holds)
    return barred


def _lines(scenario: Scenario, talks: Talks, option: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Where each text puts the line of each front, and whether it does: (text, front, run) each."""
    line = np.zeros((len(option), len(scenario.fronts), option.shape[-1]))
    named = line.copy()
    for issue, told in enumerate(talks.issues.values()):
        for front, positions in told.lines.items():
            where, place = list(scenario.fronts).index(front), np.array(positions, float)[option[:, issue]]
            named[:, where] = 1.0 * np.isfinite(place)
            line[:, where] = np.nan_to_num(place)
    return line, named


def best_clause(shares: list[list[float]], option: np.ndarray) -> np.ndarray:
    """The largest share that any clause of a text has: (text, run); an open clause, -1, has none."""
    found = np.zeros((option.shape[0], option.shape[-1]))
    for issue, given in enumerate(shares):
        if given:
            found = np.maximum(found, np.array([*given, 0.0])[option[:, issue]])
    return found

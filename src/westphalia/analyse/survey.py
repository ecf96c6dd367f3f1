"""All that ``westphalia talks`` says of a scenario: the exact game, the real sheets, the readings, the accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from westphalia.analyse.central import central_game
from westphalia.analyse.conditions import at_start
from westphalia.analyse.sheets import Verdict, distances, judge
from westphalia.analyse.steps import placed
from westphalia.analyse.telephone import by_protocol
from westphalia.analyse.tellings import tellings
from westphalia.scenario.load import Loaded, talks_of
from westphalia.scenario.sheets import Sheet, read_sheets
from westphalia.scenario.talks import Talks
from westphalia.simulate.study_summary import quantiles
from westphalia.talks import summary
from westphalia.talks.game import Game
from westphalia.talks.solutions import SOLUTIONS

NOTHING = 1e-6
"""Utility below which nothing is lacked."""

PROTOCOL_DRAWS = 100
"""Draws over which protocols are averaged; each is exact."""


def survey(loaded: Loaded, *, seed: int, draws: int) -> dict[str, Any]:
    """The object of ``talks --json`` for a scenario.

    Raises:
        BadInput: If the scenario has no talks, or a table beside it has faults.
    """
    scenario, talks = loaded.scenario, talks_of(loaded)
    folder = Path(loaded.document.place(()).file).parent
    sheets = read_sheets(folder, talks)
    game, start = central_game(scenario, seed=seed, draws=draws), scenario.start.isoformat()
    exact = summary(game)
    theory = _of_theory(game, exact, start)
    verdicts = judge(loaded, [*sheets, *theory], seed=seed, draws=draws)
    return {
        "scenario": scenario.name,
        "start": start,
        "draws": draws,
        **exact,
        "options": {issue: {"label": of.label, "options": list(of.options)} for issue, of in talks.issues.items()},
        "labels": {name: one.label for name, one in (*talks.parties.items(), *talks.players.items())},
        "sheets": [
            {**_sheet(verdict, start, talks), "clauses": _clauses(verdict.sheet, talks), **place}
            for verdict, place in zip(verdicts, placed(game, sheets), strict=False)
        ],
        "theory": [
            {**_sheet(verdict, start, talks), "clauses": _clauses(verdict.sheet, talks)}
            for verdict in verdicts[len(sheets) :]
        ],
        "distances": _distances(sheets, talks, seed=seed, draws=draws),
        "conditions": at_start(scenario, seed=seed, draws=draws),
        "readings": by_protocol(scenario, seed=seed, draws=min(draws, PROTOCOL_DRAWS)),
        "accounts": tellings(folder, talks, seed=seed),
    }


def _of_theory(game: Game, found: Mapping[str, Any], start: str) -> list[Sheet]:
    """The texts that theories of bargaining name, as sheets; one for those that name the same."""
    named: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for name in SOLUTIONS:
        if found[name]:
            chosen = found[name]["text"]
            named[tuple(options.index(chosen[issue]) for issue, options in game.issues.items())].append(name)
    return [
        Sheet("+".join(names), "named by a theory of bargaining", start, "", option, option, option)
        for option, names in ((np.array(text), names) for text, names in named.items())
    ]


def _sheet(verdict: Verdict, start: str, talks: Talks) -> dict[str, Any]:
    labels = [issue.label for issue in talks.issues.values()]
    players = {
        name: {
            "utility": quantiles(worth),
            "accepts": float(chance.mean()),
            "lacks": dict(zip(talks.issues, lacks.tolist(), strict=True)),
            "lacks_most": labels[int(lacks.argmax())] if lacks.max() > NOTHING else None,
        }
        for name, worth, chance, lacks in zip(
            verdict.players, verdict.worth, verdict.chance, verdict.lacks, strict=True
        )
    }
    sheet = verdict.sheet
    return {
        "sheet": sheet.key,
        "title": sheet.title,
        "date": sheet.date,
        "author": sheet.author,
        "after_start": sheet.date > start,
        "silent_on": int((sheet.option < 0).sum()),
        "players": players,
        "signed": float(verdict.signed.mean()),
        "blocks": verdict.blocks,
        "blocks_apart_from_leaders": verdict.blocks_apart_from_leaders,
    }


def _clauses(sheet: Sheet, talks: Talks) -> dict[str, dict[str, Any]]:
    """Every coded cell: the option, counted from 1, what a fair second coder might choose, and what it rests on."""
    return {
        issue: {"option": int(option) + 1, "low": int(low) + 1, "high": int(high) + 1, **sheet.rests.get(issue, {})}
        for issue, option, low, high in zip(talks.issues, sheet.option, sheet.low, sheet.high, strict=True)
        if option >= 0
    }


def _distances(sheets: list[Sheet], talks: Talks, *, seed: int, draws: int) -> list[dict[str, Any]]:
    """Every pair of texts that share an issue, the closest first."""
    options = np.array([len(issue.options) for issue in talks.issues.values()])
    found = distances(sheets, options, seed=seed, draws=draws)
    rows = [
        {"sheets": list(pair), "distance": far.coded, "coders": list(far.coders), "issues": far.issues}
        for pair, far in found.items()
    ]
    return sorted(rows, key=lambda row: row["distance"])

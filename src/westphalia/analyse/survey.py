"""All that ``westphalia talks`` says of a scenario: the exact game, the real sheets, the readings, the accounts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from westphalia.analyse.central import central_game
from westphalia.analyse.conditions import at_start
from westphalia.analyse.sheets import Verdict, distance, judge
from westphalia.analyse.steps import steps
from westphalia.analyse.telephone import by_protocol
from westphalia.analyse.tellings import tellings
from westphalia.scenario.load import Loaded, talks_of
from westphalia.scenario.sheets import Sheet, read_sheets
from westphalia.scenario.talks import Talks
from westphalia.simulate.study_summary import quantiles
from westphalia.talks import summary

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
    verdicts = judge(loaded, sheets, seed=seed, draws=draws)
    game, start = central_game(scenario, seed=seed, draws=draws), scenario.start.isoformat()
    moves = steps(game, sheets)
    return {
        "scenario": scenario.name,
        "start": start,
        "draws": draws,
        **summary(game),
        "labels": {name: one.label for name, one in (*talks.parties.items(), *talks.players.items())},
        "sheets": [
            {**_sheet(verdict, start), "clauses": _clauses(verdict.sheet, talks), "step": step}
            for verdict, step in zip(verdicts, moves, strict=True)
        ],
        "distances": _distances(sheets, talks),
        "conditions": at_start(scenario, seed=seed, draws=draws),
        "readings": by_protocol(scenario, seed=seed, draws=min(draws, PROTOCOL_DRAWS)),
        "accounts": tellings(folder, talks, seed=seed),
    }


def _sheet(verdict: Verdict, start: str) -> dict[str, Any]:
    players = {
        name: {"utility": quantiles(worth), "accepts": float(chance.mean())}
        for name, worth, chance in zip(verdict.players, verdict.worth, verdict.chance, strict=True)
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


def _distances(sheets: list[Sheet], talks: Talks) -> list[dict[str, Any]]:
    """Every pair of texts that share an issue, the closest first."""
    options = np.array([len(issue.options) for issue in talks.issues.values()])
    found = []
    for n, one in enumerate(sheets):
        for other in sheets[n + 1 :]:
            apart, shared = distance(one, other, options)
            if shared:
                found.append({"sheets": [one.key, other.key], "distance": apart, "issues": shared})
    return sorted(found, key=lambda row: row["distance"])

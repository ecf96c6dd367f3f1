"""All that ``westphalia talks`` says of a scenario: the exact game, the real sheets, the readings, the accounts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from westphalia.analyse.central import central_game
from westphalia.analyse.sheets import Verdict, distance, judge
from westphalia.analyse.telephone import by_protocol
from westphalia.errors import BadInput, Fault
from westphalia.scenario.load import Loaded, talks_of
from westphalia.scenario.sheets import Sheet, read_sheets
from westphalia.scenario.talks import Talks
from westphalia.simulate.study_summary import quantiles
from westphalia.talks import summary
from westphalia.talks.accounts import Gap, by_medium, by_parties, errors_per_hop, gap_of, pairs_of
from westphalia.talks.importers.accounts import Account, load_accounts

ACCOUNTS = "accounts.csv"
PROTOCOL_DRAWS = 100
"""Draws over which protocols are averaged; each is exact."""
HOPS = (2, 3, 4)


def survey(loaded: Loaded, *, seed: int, draws: int) -> dict[str, Any]:
    """The object of ``talks --json`` for a scenario.

    Raises:
        BadInput: If the scenario has no talks, or a table beside it has faults.
    """
    scenario, talks = loaded.scenario, talks_of(loaded)
    folder = Path(loaded.document.place(()).file).parent
    sheets = read_sheets(folder, talks)
    verdicts = judge(loaded, sheets, seed=seed, draws=draws)
    return {
        "scenario": scenario.name,
        "start": scenario.start.isoformat(),
        "draws": draws,
        **summary(central_game(scenario, seed=seed, draws=draws)),
        "sheets": [_sheet(verdict, scenario.start.isoformat()) for verdict in verdicts],
        "distances": _distances(sheets, talks),
        "readings": by_protocol(scenario, seed=seed, draws=min(draws, PROTOCOL_DRAWS)),
        "accounts": _accounts(folder / ACCOUNTS, seed),
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


def _accounts(path: Path, seed: int) -> dict[str, Any] | None:
    """How far accounts of the same exchange lie apart; None where the scenario has none."""
    if not path.is_file():
        return None
    accounts = load_accounts(path)
    pairs = pairs_of(accounts)
    if not pairs:
        return None
    whole = gap_of(pairs, seed=seed)
    return {
        "all": _gap(whole),
        "by_medium": {name: _gap(gap) for name, gap in by_medium(pairs, _media(path, accounts), seed=seed).items()},
        "by_parties": [{"parties": list(names), **_gap(gap)} for names, gap in by_parties(pairs, seed=seed).items()],
        "error_per_hop": [
            {"hops": hops, "unreported_per_pair": unreported, "error": error}
            for (hops, unreported), error in errors_per_hop(whole, HOPS).items()
        ],
        "caveat": "a selected sample: disputes make news, tellers speak for effect, one coder; a telling is no reading",
    }


def _media(path: Path, accounts: Sequence[Account]) -> dict[str, str]:
    """The medium of each event.

    Raises:
        BadInput: If the table has no such column.
    """
    if not all(account.medium for account in accounts):
        raise BadInput([Fault(str(path), 1, 1, "medium", "there is no such column", "add the medium of each event")])
    return {account.event: account.medium for account in accounts}


def _gap(gap: Gap) -> dict[str, Any]:
    return {
        "pairs": gap.pairs,
        "events": gap.events,
        "differ": gap.differ,
        "differ_range": list(gap.differ_range),
        "mean_gap": gap.gap,
        "mean_gap_range": list(gap.gap_range),
    }

"""What the accounts beside a scenario say: how far tellings of one exchange lie apart, and toward whose end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from westphalia.errors import BadInput, Fault
from westphalia.scenario.talks import Talks
from westphalia.talks.accounts import (
    Direction,
    Gap,
    Pair,
    by_issue,
    by_medium,
    by_parties,
    directions,
    errors_per_hop,
    gap_of,
    pairs_of,
)
from westphalia.talks.importers.accounts import Account, load_accounts

FILE = "accounts.csv"
HOPS = (2, 3, 4)


def tellings(folder: Path, talks: Talks, *, seed: int) -> dict[str, Any] | None:
    """How far accounts of the same exchange lie apart, and which way; None where the folder has none.

    Raises:
        BadInput: If the table of accounts has faults.
    """
    path = folder / FILE
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
        "by_issue": {name: _gap(gap) for name, gap in by_issue(pairs, seed=seed).items()},
        "directions": _directions(pairs, talks),
        "exchanges": [_exchange(pair) for pair in pairs],
        "error_per_hop": [
            {"hops": hops, "unreported_per_pair": unreported, "error": error}
            for (hops, unreported), error in errors_per_hop(whole, HOPS).items()
        ],
        "caveat": "a selected sample: disputes make news, tellers speak for effect, one coder; a telling is no reading",
    }


def _directions(pairs: Sequence[Pair], talks: Talks) -> list[dict[str, Any]]:
    """Which way each teller's accounts lie from another's, on the issues of the scenario.

    Toward the teller's own end, on issues of which that is known; a third party has none.
    """
    counted: dict[tuple[str, str], list[Direction]] = defaultdict(list)
    for issue in talks.issues:
        for one in directions([pair for pair in pairs if pair.issue == issue], _ends(talks, issue)):
            counted[one.teller, one.other].append(one)
    return [
        {
            "teller": teller,
            "other": other,
            "toward_first": sum(one.toward_first for one in each),
            "toward_last": sum(one.toward_last for one in each),
            "same": sum(one.same for one in each),
            "own_end": None if not (known := [one for one in each if one.own_end is not None]) else _own(known),
        }
        for (teller, other), each in sorted(counted.items())
    ]


def _own(known: Sequence[Direction]) -> dict[str, int]:
    """How often a telling lies nearer the teller's own end, farther from it, or where the other's does."""
    nearer = sum(one.own_end or 0 for one in known)
    apart = sum(one.toward_first + one.toward_last for one in known)
    return {"nearer": nearer, "farther": apart - nearer, "same": sum(one.same for one in known)}


def _exchange(pair: Pair) -> dict[str, Any]:
    """Both accounts of one clause side by side."""
    return {
        "event": pair.event,
        "date": pair.first.date,
        "issue": pair.issue,
        "gap": pair.gap,
        "told": [
            {
                "party": one.party,
                "account": one.account,
                "option": one.option,
                "low": one.option_low,
                "high": one.option_high,
                "certainty": one.certainty,
                "source": one.source,
            }
            for one in (pair.first, pair.second)
        ],
    }


def _ends(talks: Talks, issue: str) -> dict[str, str]:
    """The end of an issue's scale that each side's capital likes better, by the label that accounts give the party."""
    found = {}
    for party in talks.parties.values():
        ideal = party.stances[issue].ideal.centre
        if party.side is not None and ideal != 0.5:
            found[party.label] = "first" if ideal < 0.5 else "last"
    return found


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

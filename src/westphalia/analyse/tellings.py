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
        "directions": _directions(pairs, talks),
        "error_per_hop": [
            {"hops": hops, "unreported_per_pair": unreported, "error": error}
            for (hops, unreported), error in errors_per_hop(whole, HOPS).items()
        ],
        "caveat": "a selected sample: disputes make news, tellers speak for effect, one coder; a telling is no reading",
    }


def _directions(pairs: Sequence[Pair], talks: Talks) -> list[dict[str, Any]]:
    """Which way each teller's accounts lie from another's, on issues of which the teller's own end is known."""
    counted: dict[tuple[str, str], list[Direction]] = defaultdict(list)
    for issue in talks.issues:
        found = directions([pair for pair in pairs if pair.issue == issue], _ends(talks, issue))
        for one in found:
            if one.own_end is not None:
                counted[one.teller, one.other].append(one)
    return [
        {
            "teller": teller,
            "other": other,
            "own_end": sum(one.own_end or 0 for one in each),
            "far_end": sum(one.toward_first + one.toward_last - (one.own_end or 0) for one in each),
            "same": sum(one.same for one in each),
        }
        for (teller, other), each in sorted(counted.items())
    ]


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

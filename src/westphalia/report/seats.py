"""Who sits at the table, by the names that a reader knows."""

from __future__ import annotations

from westphalia.scenario.talks import Talks

LEADERSHIP = "leadership"


def labels_of(talks: Talks | None) -> dict[str, str]:
    """Labels of parties and players by key; empty without talks."""
    if talks is None:
        return {}
    return {name: one.label for name, one in (*talks.parties.items(), *talks.players.items())}


def player(name: str, labels: dict[str, str]) -> str:
    """A player in words: ``the leadership of North``, or the player's own label."""
    party, _, office = name.rpartition(" ")
    if office == LEADERSHIP:
        return f"the leadership of {labels.get(party, party)}"
    return labels.get(name, name)

"""Six frictions that keep a text from being signed, each with a switch: what a start looks like without it.

Each definition of "off" is one sentence, and a choice: another definition gives other values.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import NamedTuple

import numpy as np

from westphalia.analyse.interventions import Start, replaced
from westphalia.assemble.texts import worth_of_texts
from westphalia.kinds import SIDES
from westphalia.model.table import Table

TABLE, LAWS = "world.table", "world.table.laws"
SHARP, FOR_EVER = 1e-6, 1e12
"""Width of a doubt that is none, and the age that agreements reach which are kept."""


class Friction(NamedTuple):
    """A friction and its switch.

    Attributes:
        title: Its name in plain words.
        without: What "off" means.
        off: The start without it.
    """

    title: str
    without: str
    off: Callable[[Start], Start]


def _table(start: Start) -> Table:
    assert start.world.table is not None, "frictions need a table"
    return start.world.table


def _set(start: Start, values: dict[str, float]) -> Start:
    """The start with every number at these paths set to a value."""
    return reduce(lambda held, one: replaced(held, one[0], lambda array: 0.0 * array + one[1]), values.items(), start)


def _pooled(start: Start) -> Start:
    talks = start.state.talks
    assert talks is not None, "who talks has a state of talks"
    shared = 0.5 * (talks.mean[0] - talks.mean[1])
    start = replaced(start, "state.talks.mean", lambda _: np.stack([shared, -shared]))
    return _set(start, {f"{LAWS}.beliefs.motivated": 0.0})


def _enforced(start: Start) -> Start:
    return _set(
        start,
        {
            f"{LAWS}.commitment.horizon": 0.0,
            f"{LAWS}.commitment.width": SHARP,
            f"{LAWS}.durability.agreement_scale": FOR_EVER,
            f"{LAWS}.durability.escalation": 0.0,
            f"{TABLE}.stakes.unreachable": 0.0,
        },
    )


def _nations(start: Start) -> Start:
    start = _free(start, lambda player, party: player >= SIDES > party)
    return _set(start, {f"{LAWS}.fate.office": 0.0, f"{LAWS}.fate.fate": 0.0, f"{LAWS}.fate.anticipation": 0.0})


def _alone(start: Start) -> Start:
    start = _free(start, lambda _, party: party >= SIDES)
    return _set(start, {f"{TABLE}.stakes.subsidised": 0.0})


def _free(start: Start, whom: Callable[[int, int], bool]) -> Start:
    """The start in which the yes of some players, by their number and party, is not needed."""
    counted = [0.0 if whom(player, party) else 1.0 for player, party in enumerate(_table(start).seating.party_of)]
    return replaced(start, f"{TABLE}.needed", lambda needed: needed * np.array(counted)[:, None])


def _clear(start: Start) -> Start:
    terms = _table(start).terms
    start = replaced(start, f"{TABLE}.terms.value_heard", lambda _: terms.value)
    start = replaced(start, f"{TABLE}.terms.penalty_heard", lambda _: terms.penalty)
    return _set(start, {f"{TABLE}.channel.error": 0.0, f"{LAWS}.messages.omission": 0.0})


def _no_lines(start: Start) -> Start:
    start = _set(start, {f"{TABLE}.terms.penalty": 0.0, f"{TABLE}.terms.penalty_heard": 0.0})
    table = _table(start)
    worth = worth_of_texts(table.terms, table.seating, table.texts.option)
    return replaced(start, f"{TABLE}.texts.worth", lambda _: worth)


FRICTIONS = {
    "optimism": Friction("rival optimism", "both sides hold the mean of their two beliefs, free of wishes", _pooled),
    "commitment": Friction(
        "doubt whether a deal would hold", "agreements are kept, and no security lies out of their reach", _enforced
    ),
    "home": Friction("home politics", "one actor a side, with the nation's values and no stake in office", _nations),
    "messages": Friction("garbled messages", "every party reads the text that was sent", _clear),
    "third": Friction(
        "limits set by third states, and their support",
        "no third party can block, and each side bears the whole cost of the same war",
        _alone,
    ),
    "lines": Friction("red lines", "crossing a line costs nothing beyond the option itself", _no_lines),
}
"""The six frictions by key, in the order of the cells."""


def without(start: Start, keys: frozenset[str]) -> Start:
    """The start with these frictions switched off."""
    return reduce(lambda held, key: FRICTIONS[key].off(held), (key for key in FRICTIONS if key in keys), start)

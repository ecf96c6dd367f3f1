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
BEYOND_THE_NATION = ("office", "fate", "hawk", "anticipation", "price")
"""What is asked beyond the nation's own prospects, by numbers of the laws of fate, of which one need not have all."""
SHARP, FOR_EVER = 1e-6, 1e30
"""Width of a doubt that is none, and the age that agreements reach which are kept."""


class Friction(NamedTuple):
    """A friction and its switch.

    Attributes:
        title: Its name in plain words.
        without: What "off" means.
        off: The start without it.
        record: What a record would hold if this one weighed most.
    """

    title: str
    without: str
    off: Callable[[Start], Start]
    record: str


def table_of(start: Start) -> Table:
    """The table of a start."""
    assert start.world.table is not None, "frictions need a table"
    return start.world.table


def put(start: Start, values: dict[str, float]) -> Start:
    """The start with every number at these paths set to a value."""
    return reduce(lambda held, one: replaced(held, one[0], lambda array: 0.0 * array + one[1]), values.items(), start)


def _pooled(start: Start) -> Start:
    talks = start.state.talks
    assert talks is not None, "who talks has a state of talks"
    return believing(start, 0.5 * (talks.mean[0] - talks.mean[1]))


def believing(start: Start, drift: np.ndarray) -> Start:
    """The start in which both sides hold one belief about the drift, given in the first's direction, free of wishes."""
    start = replaced(start, "state.talks.mean", lambda _: np.stack([drift, -drift]))
    return put(start, {f"{LAWS}.beliefs.motivated": 0.0})


def _enforced(start: Start) -> Start:
    return put(
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
    start = free(start, lambda player, party: player >= SIDES > party)
    return forward(start)


def forward(start: Start) -> Start:
    """The start in which leaderships weigh their nation's prospects alone, and nobody asks for a price of the dead."""
    fate = table_of(start).laws.fate
    return put(start, {f"{LAWS}.fate.{number}": 0.0 for number in BEYOND_THE_NATION if hasattr(fate, number)})


def _alone(start: Start) -> Start:
    start = free(start, lambda _, party: party >= SIDES)
    return put(start, {f"{TABLE}.stakes.subsidised": 0.0})


def free(start: Start, whom: Callable[[int, int], bool]) -> Start:
    """The start in which the yes of some players, by their number and party, is not needed."""
    counted = [0.0 if whom(player, party) else 1.0 for player, party in enumerate(table_of(start).seating.party_of)]
    return replaced(start, f"{TABLE}.needed", lambda needed: needed * np.array(counted)[:, None])


def _clear(start: Start) -> Start:
    terms = table_of(start).terms
    start = replaced(start, f"{TABLE}.terms.value_heard", lambda _: terms.value)
    start = replaced(start, f"{TABLE}.terms.penalty_heard", lambda _: terms.penalty)
    if terms.land is not None:
        meant = np.eye(terms.exists.shape[1])[..., None]
        start = replaced(start, f"{TABLE}.terms.land.believed", lambda chance: meant + 0.0 * chance)
    return put(start, {f"{TABLE}.channel.error": 0.0, f"{LAWS}.messages.omission": 0.0})


def _no_lines(start: Start) -> Start:
    return revalued(put(start, {f"{TABLE}.terms.penalty": 0.0, f"{TABLE}.terms.penalty_heard": 0.0}))


def revalued(start: Start) -> Start:
    """The start with its texts valued anew, after a change of what crossing a line costs."""
    table = table_of(start)
    worth = worth_of_texts(table.terms, table.seating, table.texts.option)
    return replaced(start, f"{TABLE}.texts.worth", lambda _: worth)


FRICTIONS = {
    "optimism": Friction(
        "rival optimism",
        "both sides hold the mean of their two beliefs, free of wishes",
        _pooled,
        "terms stay where they are while each side says that time is with it, and talks collapse or come about after a "
        "shock of the war",
    ),
    "commitment": Friction(
        "doubt whether a deal would hold",
        "agreements are kept, and no security lies out of their reach",
        _enforced,
        "a signature and an early breach, or agreement on the terms and a refusal over guarantees",
    ),
    "home": Friction(
        "home politics",
        "one actor a side, with the nation's values and no stake in office",
        _nations,
        "rejection by one named player at home, or a signature soon after a change of leadership on unchanged terms",
    ),
    "messages": Friction(
        "garbled messages",
        "every party reads the text that was sent",
        _clear,
        "accounts of one text that differ, and a signature and an early breach over what had been meant",
    ),
    "third": Friction(
        "limits set by third states, and their support",
        "no third party can block, and each side bears the whole cost of the same war",
        _alone,
        "rejection by one named third state, terms that move without a signature, or movement when support changes",
    ),
    "lines": Friction(
        "red lines",
        "crossing a line costs nothing beyond the option itself",
        _no_lines,
        "terms that move without a signature, on every issue but the same few",
    ),
}
"""The six frictions by key, in the order of the cells."""


def without(start: Start, keys: frozenset[str]) -> Start:
    """The start with these frictions switched off."""
    return reduce(lambda held, key: FRICTIONS[key].off(held), (key for key in FRICTIONS if key in keys), start)

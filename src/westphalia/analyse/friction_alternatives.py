"""Other meanings of "off" for each friction: what a value owes to the definition of its absence.

Definition:
    a friction is switched off in another way, or in part. Where the other way leaves a part of it on, its value is that
    of the rest: the parts of home politics (veto players; the leader's fate) and of third states (vetoes; support) are
    found so.
    truth = mean weekly change of the war index in the first year of the draw's own war without talks, over repeats
Units:
    as in ``switches``; drift of the index per week.
Source:
    the definitions and what they did in a prototype are this project's.
Errors:
    the truth holds the luck of ``TRUE_REPEATS`` courses of chance, and the first year need not be like later ones.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from westphalia.analyse.friction_cells import YEAR, Cell, Found, after
from westphalia.analyse.interventions import Start, replaced
from westphalia.analyse.switches import LAWS, TABLE, believing, forward, free, put, revalued, table_of
from westphalia.kinds import SIDES
from westphalia.model.state import State

TRUE_REPEATS = 4
"""Courses of chance over which the true drift is a mean."""


class Alternative(NamedTuple):
    """Another "off".

    Attributes:
        without: What "off" means here.
        off: The start without the friction in this sense.
        part: What of the friction is still taken away, where that is a part with a name; empty otherwise.
    """

    without: str
    off: Callable[[Start], Start]
    part: str = ""


def true_drift(start: Start, *, draws: int, seed: int, substeps: int) -> np.ndarray:
    """Mean weekly change of the war index in the first year without talks, in the first's direction, by draw."""
    talks = start.state.talks
    assert talks is not None, "who talks has a state of talks"
    cell = Cell(_silent, draws, range(TRUE_REPEATS))
    (end,) = after(start, [cell], seed=seed, substeps=substeps, weeks=YEAR, read=_index)
    return (end["index"].mean(axis=0) - talks.index[:draws]) / YEAR


def alternatives(drift: np.ndarray) -> dict[str, dict[str, Alternative]]:
    """By friction the alternatives by key.

    Args:
        drift: The true drift, of the draws that play them.
    """
    return {
        "optimism": {
            "truth": Alternative(
                "both sides hold the mean drift of the first year of their own war, free of wishes",
                functools.partial(believing, drift=drift),
            )
        },
        "commitment": {
            "shift": Alternative(
                "no shift of power is expected under a truce; agreements may still break",
                functools.partial(put, values={f"{LAWS}.commitment.horizon": 0.0}),
                "the expected shift of power",
            )
        },
        "home": {
            "players": Alternative(
                "no constituency can block; a leadership still counts its own fate", _no_players, "veto players"
            ),
            "fate": Alternative(
                "constituencies can block and ask no more than the nation; a leadership has no fate of its own",
                _no_fate,
                "the leader's fate, and what constituencies ask beyond the nation",
            ),
        },
        "messages": {
            "same": Alternative(
                "all parties read one copy of the text, errors and all; a side that proposes knows its own words",
                _same_copy,
                "disagreement, without error",
            )
        },
        "third": {
            "vetoes": Alternative("no third party can block; costs stay subsidised", _no_vetoes, "vetoes"),
            "support": Alternative(
                "each side bears the whole cost of the same war; third parties can block",
                functools.partial(put, values={f"{TABLE}.stakes.subsidised": 0.0}),
                "support",
            ),
        },
        "lines": {
            "level": Alternative("a line costs its mean over all options of the issue, whichever is chosen", _level)
        },
    }


def _index(_: State, state: State) -> Found:
    assert state.talks is not None, "who talks has a state of talks"
    return {"index": np.asarray(state.talks.index)}


def _silent(start: Start) -> Start:
    return put(start, {f"{TABLE}.held": 0.0, f"{TABLE}.ceasefire": 0.0})


def _no_players(start: Start) -> Start:
    return free(start, lambda player, party: player >= SIDES > party)


def _no_fate(start: Start) -> Start:
    asks = [0.0 if party < SIDES else 1.0 for party in table_of(start).seating.party_of]
    start = replaced(start, f"{TABLE}.offset", lambda offset: offset * np.array(asks)[:, None])
    return forward(start)


def _no_vetoes(start: Start) -> Start:
    return free(start, lambda _, party: party >= SIDES)


def _same_copy(start: Start) -> Start:
    """One chain for all, the longest at each hop; a side that proposes still knows its own words."""
    known = table_of(start).channel.hops < 0.5

    def longest(rows: np.ndarray) -> np.ndarray:
        return 0.0 * rows + rows.max(axis=-2, keepdims=True)

    start = replaced(
        start, f"{TABLE}.channel.hops", lambda hops: np.where(known & (len(hops) > 1), hops, longest(hops))
    )
    start = replaced(start, f"{TABLE}.channel.error", longest)
    start = replaced(start, f"{TABLE}.channel.link", lambda link: longest(link).astype(np.int32))
    exists = table_of(start).terms.exists
    start = replaced(start, f"{TABLE}.terms.wishes", lambda wishes: exists + 0.0 * wishes)
    return put(start, {f"{TABLE}.channel.pull": 1.0})


def _level(start: Start) -> Start:
    exists = table_of(start).terms.exists

    def spread(penalty: np.ndarray) -> np.ndarray:
        mean = (exists * penalty).sum(axis=2) / exists.sum(axis=1)
        return exists * mean[:, :, None]

    start = replaced(start, f"{TABLE}.terms.penalty", spread)
    heard = table_of(start).terms.penalty
    return revalued(replaced(start, f"{TABLE}.terms.penalty_heard", lambda _: heard))

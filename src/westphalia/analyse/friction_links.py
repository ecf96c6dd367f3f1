"""Which links are inputs: what is assumed of a friction's effect, what a mediator knows, and headlines without a link.

Definition:
    an input is a number or a rule that a scenario gives and no other part of the model makes: values follow from it
    headline without a link: the cells in which the link can act are played again without it. The gap of readings acts
    on a break only where readings differ (messages on) and agreements can break (commitment on): 16 of 64 cells; what
    the proposer counts of third parties matters only where their yes is needed: 32 of 64.
Units:
    those of the links.
Source:
    in a prototype the effect of garbled messages on holding was the direct link and vanished without it: this
    project's rule is to tell both.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.friction_cells import MEASURES
from westphalia.analyse.friction_values import Blocks, Owns, values_after
from westphalia.analyse.interventions import Start
from westphalia.analyse.switches import LAWS, TABLE, put, table_of
from westphalia.kinds import SIDES
from westphalia.simulate.study_summary import quantiles

GAP, MISREAD = f"{LAWS}.durability.gap_effect", f"{LAWS}.durability.misread_effect"


class Link(NamedTuple):
    """A link that is an input.

    Attributes:
        friction: The friction whose value hangs on it.
        path: Where it stands, from the start; off where all of it is 0.
        title: What it says.
    """

    friction: str
    path: str
    title: str


LINKS = (
    Link("messages", GAP, "a gap of readings at signature shortens the peace directly"),
    Link("messages", MISREAD, "a gap of readings makes incidents be read as intent"),
    Link("messages", f"{LAWS}.durability.escalation", "a misread incident may end the peace"),
    Link("messages", f"{LAWS}.durability.vagueness_effect", "a clause left open at signature shortens the peace"),
    Link("messages", f"{LAWS}.messages.sweetening", "each hop leans to what its reader would like to read"),
    Link("optimism", f"{LAWS}.beliefs.motivated", "belief drifts toward the wished for, whatever is seen"),
    Link("commitment", f"{LAWS}.durability.shift_effect", "an expected shift of power shortens the peace"),
    Link("commitment", f"{TABLE}.stakes.unreachable", "a share of security lies out of reach of any term"),
    Link("home", f"{LAWS}.fate.fate", "a leadership pays for a bad outcome with more than its office"),
    Link("home", f"{LAWS}.fate.hawk", "a hawkish leadership asks for more than fighting on is worth"),
    Link("home", f"{LAWS}.fate.price", "the dead already add to what a side asks for"),
    Link("home", f"{LAWS}.durability.change_effect", "a change of leadership shortens the peace"),
    Link("home", f"{LAWS}.durability.spoiler_effect", "who said no and was not needed shortens the peace"),
    Link("third", f"{TABLE}.stakes.subsidised", "support takes a share off the cost of war"),
    Link("third", f"{LAWS}.durability.pressure_effect", "a yes that pressure bought shortens the peace"),
    Link("lines", f"{TABLE}.terms.penalty", "an option beyond a line costs more than the option itself"),
)
"""Links that are inputs, as far as the laws in use have them. Whose yes is needed is one too, and stands apart."""


class Headline(NamedTuple):
    """A headline without a link.

    Attributes:
        title: What is off.
        change: The start without it.
        where: Frictions that must all be on for it to matter.
    """

    title: str
    change: Callable[[Start], Start]
    where: frozenset[str]


def headlines(start: Start) -> dict[str, Headline]:
    """The headlines that differ from the usual one in this start, by key."""
    table, found = table_of(start), {}
    held = frozenset({"messages", "commitment"})
    if _is_on(start, GAP):
        title = "a gap of readings does not shorten the peace directly"
        found["gap"] = Headline(title, functools.partial(put, values={GAP: 0.0}), held)
    if _is_on(start, GAP) or _is_on(start, MISREAD):
        title = "a gap of readings does not shorten the peace at all"
        found["readings"] = Headline(title, functools.partial(put, values={GAP: 0.0, MISREAD: 0.0}), held)
    thirds = [player for player, party in enumerate(table.seating.party_of) if party >= SIDES]
    if thirds and np.any(table.needed[thirds] * table.channel.counts_third > 0.0):
        title = "whoever proposes leaves the limits of third parties out of account"
        change = functools.partial(put, values={f"{TABLE}.channel.counts_third": 0.0})
        found["third"] = Headline(title, change, frozenset({"third"}))
    return found


def inputs(start: Start, players: list[str]) -> dict[str, Any]:
    """What is assumed: links with the 5, 50 and 95 % of what is not 0, whose yes is needed, what a mediator knows.

    Args:
        start: The start with all frictions.
        players: Names of the players in the order of the table.
    """
    table = table_of(start)
    channel, bargaining = table.channel, table.laws.bargaining
    return {
        "links": [
            {"friction": link.friction, "link": link.path, "title": link.title, "is_on": _is_on(start, link.path)}
            | quantiles(_where_on(_at(start, link.path)))
            for link in LINKS
            if _has(start, link.path)
        ],
        "needed": {
            name: {"friction": "third" if party >= SIDES else "home", "share": float(np.mean(table.needed[n]))}
            for n, (name, party) in enumerate(zip(players, table.seating.party_of, strict=True))
            if n >= SIDES
        },
        "mediator": {
            "at_the_table": float(np.mean(channel.mediated)),
            "counts_third_parties": float(np.mean(channel.counts_third)),
            "error_on_limits": quantiles(np.ravel(channel.limits_error)),
            "knows": "everybody's worth of every text as sent; limits with an error drawn once for each player",
            "weeks_before_a_failed_text_returns": float(np.mean(table.wait)),
            "share_of_fresh_noise": quantiles(np.ravel(bargaining.transient_share)),
        },
    }


def told_without(usual: Blocks, other: Blocks, owns: Owns, title: str) -> dict[str, Any]:
    """Values of every measure in a headline without a link."""
    return {"title": title, "measures": {of: values_after(usual[of], other[of], owns[of]) for of in MEASURES}}


def _where_on(numbers: np.ndarray) -> np.ndarray:
    """The numbers that are not 0, or all of them where none is on."""
    on = numbers[numbers != 0.0]
    return on if on.size else np.ravel(numbers)


def _is_on(start: Start, path: str) -> bool:
    return bool(np.any(_at(start, path) != 0.0))


def _has(start: Start, path: str) -> bool:
    within, _, name = path.rpartition(".")
    return hasattr(functools.reduce(getattr, within.split("."), start), name)


def _at(start: Start, path: str) -> np.ndarray:
    return np.asarray(functools.reduce(getattr, path.split("."), start))

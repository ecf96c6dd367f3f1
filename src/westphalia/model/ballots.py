"""Who can stop a text: players with a veto, and voters of whom a share of the votes is enough.

Equation:
    agreed = prod over vetoes yes_p * prod over ballots [sum_v n_v yes_v >= q sum_v n_v]
    worst-off = min over vetoes g_p and over ballots the largest g at which voters with g_v >= g hold the quota
Units:
    utility, 0 to 1; votes in any unit, the quota a share of them.
Source:
    Model M10, equation (10.3): coalitions any of which can ratify, here those that reach a quota of weighted votes.
A player whose yes is not needed in a run counts as one who says yes.
"""

from __future__ import annotations

import functools
import operator

from westphalia.kinds import Each, PerPlayer
from westphalia.laws.numerics import indicator, namespace
from westphalia.model.table import Ballot, Seating

TIE = 1e-6
"""A sum of votes that falls short of the quota by a smaller share of it reaches it."""


def agreed(seating: Seating, accepted: PerPlayer, needed: PerPlayer) -> Each:
    """1 where nobody who could stop the text does."""
    yes = _counted(accepted, needed)
    ballots = (passes(ballot, yes) for ballot in seating.ballots)
    return functools.reduce(operator.mul, (*(yes[player] for player in seating.vetoes), *ballots))


def missing(seating: Seating, accepted: PerPlayer, needed: PerPlayer) -> PerPlayer:
    """1 where a player's yes was needed and missing: a veto, or a vote against in a ballot that failed."""
    yes = _counted(accepted, needed)
    failed = {voter: 1.0 - passes(ballot, yes) for ballot in seating.ballots for voter in ballot.voters}
    return namespace(yes).stack([(1.0 - row) * failed.get(player, 1.0) for player, row in enumerate(yes)])


def passes(ballot: Ballot, yes: PerPlayer) -> Each:
    """1 where the votes for it reach the quota."""
    cast = sum(votes * yes[voter] for voter, votes in zip(ballot.voters, ballot.votes, strict=True))
    return indicator(cast >= ballot.wanted * (1.0 - TIE), yes)


def worst_off(seating: Seating, gain: PerPlayer) -> Each:
    """The gain of the worst-off of those who can stop a text; in a ballot that of the voter on whom it hangs."""
    pivots = (_pivotal(ballot, gain) for ballot in seating.ballots)
    return functools.reduce(namespace(gain).minimum, (*(gain[player] for player in seating.vetoes), *pivots))


def _counted(accepted: PerPlayer, needed: PerPlayer) -> PerPlayer:
    """1 for who says yes, and for who need not."""
    return 1.0 - needed * (1.0 - accepted)


def _pivotal(ballot: Ballot, gain: PerPlayer) -> Each:
    """The largest gain that voters with the quota have at least."""
    xp = namespace(gain)
    rows = (
        xp.where(passes(ballot, indicator(gain >= gain[voter], gain)) > 0.0, gain[voter], -xp.inf)
        for voter in ballot.voters
    )
    return functools.reduce(xp.maximum, rows)

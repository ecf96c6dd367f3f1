"""The table: what is talked about, by whom, and what each would take.

Parties read the text for themselves; the first two are the capitals of the first and the second side. Players must say
yes; the first two are the leaderships of the two sides. Options are padded to a common number; ``exists`` says which
are real.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from jaxtyping import Float, Int

from westphalia.kinds import Each, PerFront, PerIssue, PerIssueOption, PerPlayer, PerSide, constant_field, record
from westphalia.laws.bargaining.base import BargainingLaw
from westphalia.laws.beliefs.base import BeliefLaw
from westphalia.laws.commitment.base import CommitmentLaw
from westphalia.laws.durability.base import DurabilityLaw, Peace
from westphalia.laws.fate.base import FateLaw
from westphalia.laws.messages.base import MessageLaw
from westphalia.laws.numerics import namespace
from westphalia.laws.overtures.base import OvertureLaw

PerParty = Float[Any, "#party *#run"]
PerTellerParty = Float[Any, "#side #party *#run"]
PerTellerHopParty = Float[Any, "#side hop #party *#run"]
PerPartyIssueOption = Float[Any, "#party #issue option *#run"]
PerPlayerIssue = Float[Any, "#player #issue *#run"]
PerTextPlayer = Float[Any, "text #player *#run"]
PerText = Float[Any, "text *#run"]
PerTextFront = Float[Any, "text front *#run"]
Readings = Int[Any, "party issue *#run"]


class Ballot(NamedTuple):
    """Voters of one party, of whom those with a share of the votes are enough."""

    voters: tuple[int, ...]
    votes: tuple[float, ...]
    wanted: float
    """Votes that a text needs."""


class Seating(NamedTuple):
    """What of the table is the same in all runs and decides the shape of the computation."""

    every: int
    """Weeks from one round to the next."""
    party_of: tuple[int, ...]
    """The party of each player."""
    vetoes: tuple[int, ...]
    """Players whose no is enough, where their yes is needed."""
    ballots: tuple[Ballot, ...]
    bundles: tuple[tuple[int, ...], ...]
    """Issues that are judged together."""
    lines: tuple[tuple[int, ...], ...]
    """Issues on which each party has a red line."""
    sides_propose: bool
    """Whether the sides propose in any run."""
    draws_lines: bool
    """Whether some option says where a front's line shall be."""
    moving: tuple[int, ...]
    """Issues of which some options say so and others leave a line as it is."""


@record
class TalkLaws:
    """The law in use of each family of talks."""

    messages: MessageLaw
    beliefs: BeliefLaw
    commitment: CommitmentLaw
    bargaining: BargainingLaw
    fate: FateLaw
    overtures: OvertureLaw
    durability: DurabilityLaw


@record
class Stakes:
    """What the war means to each side, in units of its utility."""

    win: PerSide
    lose: PerSide
    cost: PerSide
    """Cost of a week of war."""
    subsidised: PerSide
    """Share of the cost that full backing takes off."""
    unreachable: PerSide
    """Share of the stake that no term on the table can give."""


@record
class Land:
    """What the worth of options goes by where an issue says of some of them, and not of all, where a line shall be.

    Its issues are those of ``Seating.moving``.
    """

    leaves: Float[Any, "moving option front *#run"]
    """1 where the option leaves the line of a front as it is."""
    area: PerFront
    """Land on the first side's side of each line at the start, km2."""
    per_area: Float[Any, "moving *#run"]
    """Positions by which an option moves with a km2 of the first side's land under it."""
    ideal: Float[Any, "#party moving *#run"]
    curvature: Float[Any, "#party moving *#run"]
    believed: Float[Any, "#party moving option_read option *#run"]
    """Chance of each option having been meant where one is read."""


@record
class Terms:
    """The issues and how they are valued."""

    position: PerIssueOption
    """0 for the first option, 1 for the last."""
    exists: PerIssueOption
    unnoticed: PerIssue
    """Share of a hop's errors and omissions on the issue that stand: 1 less what is known in public."""
    value: PerPartyIssueOption
    """1 at the party's ideal, 0 at the option farthest from it."""
    penalty: PerPartyIssueOption
    """Utility that a party loses where its red line is crossed."""
    value_heard: PerPartyIssueOption
    """What a party expects of an option that has reached it through its chain."""
    penalty_heard: PerPartyIssueOption
    wishes: PerPartyIssueOption
    """Chances with which a party fills a clause left open by each option, up to a factor for each issue."""
    weight: PerPlayerIssue
    """Adds up to 1 over the issues."""
    bundle: Float[Any, "bundle *#run"]
    """Utility lost where one part of a bundle has all and another nothing."""
    land: Land | None


@record
class Texts:
    """The texts that are considered in each run."""

    option: Int[Any, "text issue *#run"]
    worth: PerTextPlayer
    """Utility of each text, rightly read, to each player."""
    barred: PerText
    """1 where nobody would put the combination on paper."""
    monitoring: PerText
    guarantee: PerText
    line: PerTextFront
    """Where the text puts the line of each front, km; 0 where it says nothing."""
    names_line: PerTextFront
    """1 where it says something of it."""


def picked(rows: Any, chosen: Any) -> Any:  # noqa: ANN401
    """The row of the chosen text of each run."""
    xp = namespace(rows)
    wide = xp.broadcast_to(rows, (*rows.shape[:-1], chosen.shape[-1]))
    index = xp.broadcast_to(chosen, (1, *wide.shape[1:]))
    return xp.take_along_axis(wide, index, axis=0)[0]


@record
class Channel:
    """How words are carried; it differs between runs with and without a mediator.

    A proposal has one row of hops where a mediator makes it, and else one by the side that does.
    """

    hops: PerTellerParty
    """Hops from the proposal to each party; none to the party that makes it."""
    error: PerTellerHopParty
    """Chance that a hop changes an option, by its medium and after repairs; 0 beyond the end of a chain."""
    pull: Float[Any, "#side hop #party #issue option *#run"]
    """Factor by which a hop favours an option."""
    link: Int[Any, "#side link #party *#run"]
    """Number of each hop for its draws, the same where two parties hear through the same hands; the last row is for
    what each fills in at the end."""
    by_sides: Each
    """1 where the sides propose in turn, 0 where a mediator does."""
    limits_error: Each
    """Spread of the proposer's error on the others' limits."""
    counts_third: Each
    """1 where the proposer counts the limits of third parties."""
    guarantor: Each
    mediated: Each
    """1 where a mediator has taken the case."""


@record
class Table:
    """Everything about talks that a run takes as given."""

    laws: TalkLaws
    terms: Terms
    texts: Texts
    channel: Channel
    stakes: Stakes
    offset: PerPlayer
    """Added to what the player must be offered; for third parties all that they must be offered."""
    needed: PerPlayer
    """1 where the player's yes is needed."""
    held: Each
    """Probability that a round takes place when it is due."""
    wait: Each
    """Weeks before a text that failed is put again."""
    pressure: Each
    """Utility by which outside pressure lowers what must be offered."""
    seating: Seating = constant_field()
    ceasefire: Each
    """Rate of a bare ceasefire where both sides would take one."""


@record
class Stance:
    """What each side's doctrine says of talks."""

    opening: PerSide
    rate: PerSide
    overture: PerSide
    moves: PerSide
    """1 where demands move with overtures."""
    step: PerSide
    """Size of the costly reassuring step that goes with each, 0 to 1."""
    truce: PerSide
    """Readiness for a bare ceasefire, 0 to 1."""


@record
class TalksState:
    """What the sides believe and what has been said."""

    index: Each
    """Smoothed logarithm of the first side's time to exhaustion over the second's."""
    mean: PerSide
    """Believed drift of the index in own direction, a week."""
    variance: PerSide
    weeks: Each
    """Weeks of talks so far."""
    talking: Each
    """1 where the last round that was due took place, else 0."""
    told: PerPlayer
    """What each player last let those who propose know that it holds out for."""
    heard: PerSide
    """Smoothed utility of the texts that each side has read."""
    heard_first: PerSide
    """Utility of the first text that each side read, -1 before."""
    since: PerText
    """Weeks since each text was last put."""
    credibility: PerSide
    """Credibility of each side's overtures in the eyes of the other."""
    doubt: PerSide
    """What is left of others' first doubt about each side's tolerance of costs, a share of its variance."""
    hostility: PerSide
    """Each side's belief that the other is of a hostile kind."""
    rounds: Each
    refused: PerPlayer
    """Rounds in which each player whose yes was needed said no."""


@record
class TruceState:
    """What holds between the sides."""

    kind: Each
    """0 war, 1 a bare ceasefire, 2 a signed agreement."""
    weeks: Each
    """Weeks that it has held."""
    gap: Each
    """Distance between the two sides' readings of what they signed, weighted, 0 to 1."""
    peace: Peace
    """What it rests on; all zero for a bare ceasefire."""
    changes: Each
    """Changes of leadership when it began."""
    excitement: Each
    """Incidents that still have an effect."""
    signed: Each
    """Week of the first signature, -1 before."""
    signed_gap: Each
    """Gap of the readings at the first signature, -1 before."""
    terms: PerIssue
    """Number of each issue's option in the first text signed, counted from 1; 0 before."""
    broken: Each
    """Week in which the first agreement broke, -1 before."""
    ceased: Each
    """Week of the first bare ceasefire, -1 before."""
    fought: Each
    """Weeks of war so far."""

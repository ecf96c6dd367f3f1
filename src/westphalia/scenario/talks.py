"""The schema of talks: what is on the table, who sits there, who must say yes, and how words are carried.

Options of an issue are ordered and counted from 1; the order is a coordinate and no judgement. The position of an
option is 0 for the first and 1 for the last.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from westphalia.scenario.quantity import Block, Number, number

SHARE = "1"
UTILITY = "1"
Side = str
Name = str


def _assumed(title: str, unit: str, low: float, high: float, *, most: float | None = 1.0, log: bool = False) -> Any:  # noqa: ANN401
    """A number that is drawn from a wide range where a scenario leaves it out."""
    drawn = {"low": low, "high": high, "distribution": "loguniform" if log else "uniform"}
    return number(title, unit, 0.0, most, default=drawn, validate_default=True)


class Issue(Block):
    """One issue with its ordered options."""

    label: str = Field(..., title="name as shown")
    options: list[str] = Field(..., min_length=2, max_length=12, title="what can be agreed, in order")
    monitoring: list[float] = Field([], title="how far each option has the agreement watched, 0 to 1")
    guarantee: list[float] = Field([], title="how far each option has it guaranteed by third parties, 0 to 1")
    lines: dict[Name, list[float | None]] = Field(
        {}, title="position of a front's line under each option, km; null where it stays as it is"
    )
    public: Number = number(
        "how far what is asked on it is known in public, so that errors of a hop are noticed, 0 to 1",
        SHARE,
        0.0,
        1.0,
        default=0.0,
        validate_default=True,
    )
    follows: Number = _assumed("how far the worth of an option goes with the land under it, 0 to 1", SHARE, 0.5, 1.0)
    land: float | None = Field(
        None,
        title="first side's land under the last option less that under the first, km2; left out: from lines",
    )

    @property
    def moves(self) -> bool:
        """Whether some option leaves a line as it is, while another does not."""
        positions = [position for line in self.lines.values() for position in line]
        return None in positions and any(position is not None for position in positions)


class RedLine(Block):
    """Options that a party says it will not accept; it binds with a probability, since stated lines have moved."""

    options: list[int] = Field(..., min_length=1, title="options beyond the line, counted from 1")
    probability: Number = _assumed("probability that it binds", SHARE, 0.4, 0.8)
    penalty: Number = _assumed("utility lost where it is crossed", UTILITY, 0.1, 0.4)
    source: str | None = Field(None, title="key of sources.yaml")
    note: str | None = Field(None, title="remark")


class Stance(Block):
    """How a party values one issue: 1 at its ideal, 0 at the option farthest from it."""

    weight: Number = number("weight; the weights of a party are scaled to add up to 1", SHARE, 0.0, 1.0)
    ideal: Number = number("position that it likes best, 0 the first option, 1 the last", SHARE, 0.0, 1.0)
    curvature: Number = _assumed(
        "exponent on the distance left; below 1 the first steps away cost less", SHARE, 0.5, 1.0, most=3.0
    )
    red_line: RedLine | None = None


class Party(Block):
    """A party that reads the text for itself."""

    label: str = Field(..., title="name as shown")
    side: Side | None = Field(None, title="the side whose capital it is; left out for a third party")
    quota: float | None = Field(None, gt=0, le=1, title="share of the votes of its voters that a text needs")
    stances: dict[Name, Stance] = Field(..., title="its view of each issue")


class Player(Block):
    """Somebody who must say yes: a constituency of a side, or a third party that can block.

    Without votes it has a veto; with votes it is one of its party's voters, of whom the party's quota is enough.
    The leadership of each side is a player by itself and is not listed.
    """

    label: str = Field(..., title="name as shown")
    party: Name = Field(..., title="the party whose text and values it shares")
    tilt: dict[Name, Number] = number("factor on the party's weight of an issue", SHARE, 0.0, 20.0, default={})
    issues: list[Name] = Field([], title="the issues that it can block; all where left out")
    votes: float | None = Field(None, gt=0, title="its votes among its party's voters; a veto where left out")
    offset: Number = number(
        "added to what it must be offered",
        UTILITY,
        -1.0,
        1.0,
        default={"low": -0.05, "high": 0.1},
        validate_default=True,
    )
    reserve: Number | None = number("what a third party must be offered", UTILITY, 0.0, 1.0, default=None)
    needed: Number = number("probability that its yes is needed", SHARE, 0.0, 1.0, default=1.0, validate_default=True)
    source: str | None = Field(None, title="key of sources.yaml")
    note: str | None = Field(None, title="remark")


class Bundle(Block):
    """Issues that are judged together: a bundle counts for less, the farther apart its parts are."""

    issues: list[Name] = Field(..., min_length=2, title="the issues")
    weight: Number = _assumed("utility lost where one part has all and another nothing", UTILITY, 0.0, 0.15)


class Stakes(Block):
    """What the war means to a side, in units of its utility."""

    win: Number = _assumed("worth of a military victory", UTILITY, 0.85, 1.0)
    lose: Number = _assumed("worth of a military defeat", UTILITY, 0.0, 0.2)
    cost: Number = _assumed("cost of a week of war", "1/week", 0.0004, 0.003, log=True)
    subsidised: Number = _assumed("share of the cost that full backing takes off", SHARE, 0.0, 0.5)
    unreachable: Number = _assumed("share of the stake that no term on the table can give", SHARE, 0.0, 0.4)
    hostility: Number = _assumed("belief that the other side is of a hostile kind, at the start", SHARE, 0.3, 0.8)


class Protocol(Block):
    """A way of talking: who holds the text, through whose hands it reaches each party, what is done against garbling.

    The hands are a graph, ``holder`` and ``links``; ``hops`` of one ``medium`` are short for chains that share no hand.
    """

    label: str = Field(..., title="name as shown")
    holder: Name | None = Field(None, title="who holds the text, a party or a go-between; where sides propose, they do")
    links: dict[Name, dict[Name, Name]] = Field({}, title="who speaks with whom, through which medium, either way")
    everyone: Name | None = Field(None, title="medium of a link between every two parties, as at a conference")
    hops: dict[Name, int] = Field({}, title="links from the proposal to each party, where each has hands of its own")
    medium: Name | None = Field(None, title="medium of each of these hops")
    proposer: Literal["mediator", "sides"] = Field("mediator", title="whose proposals are carried")
    shared_text: bool = Field(False, title="whether all read one text that was drafted together")
    read_back: bool = Field(False, title="whether each hop is read back and repeated until the echo matches")
    mediators: int = Field(1, ge=1, le=2, title="who carry each hop independently and ask where they differ")
    mediator: dict[Name, Number] = number(
        "parties whose values the mediator shares, by weight; impartial where left out", SHARE, 0.0, 1.0, default={}
    )
    limits_known_within: Number = _assumed("error of the proposer's idea of the others' limits", UTILITY, 0.0, 0.1)
    unanimous: bool = Field(False, title="whether every player's yes is needed, whatever its own entry says")
    knows_third_parties: bool = Field(True, title="whether the proposer counts the limits of third parties")
    guarantor: Number = number(
        "guarantee added by a guarantor at the table", SHARE, 0.0, 1.0, default=0.0, validate_default=True
    )


class Mediation(Block):
    """Which wars get a mediator."""

    chance: Number = number(
        "probability that a mediator takes the case", SHARE, 0.0, 1.0, default=1.0, validate_default=True
    )
    selection: Number = number(
        "how much likelier hard cases are taken, logit a standard deviation of hardness",
        SHARE,
        -5.0,
        5.0,
        default=0.0,
        validate_default=True,
    )


class Talks(Block):
    """Talks about an end of the war."""

    every: Literal[1, 2, 4] = Field(4, title="weeks from one round to the next")
    wait: int = Field(24, ge=1, le=520, title="weeks before a text that failed is put again")
    candidates: int = Field(24, ge=4, le=96, title="texts that are considered in each run")
    held: Number = number("whether talks are held", SHARE, 0.0, 1.0, default=1.0, validate_default=True)
    protocol: Name = Field(..., title="the protocol in use where there is a mediator")
    unmediated: Name = Field(..., title="the protocol in use where there is none")
    mediation: Mediation = Mediation()
    media: dict[Name, Number] = number("probability that a hop changes an option, by medium", SHARE, 0.0, 0.9)
    protocols: dict[Name, Protocol] = Field(..., min_length=1, title="ways of talking")
    issues: dict[Name, Issue] = Field(..., min_length=1, max_length=24, title="what is on the table")
    parties: dict[Name, Party] = Field(..., min_length=2, max_length=8, title="who reads the text")
    players: dict[Name, Player] = Field({}, max_length=16, title="who else must say yes")
    bundles: list[Bundle] = Field([], title="issues judged together")
    excluded: list[dict[Name, list[int]]] = Field([], title="combinations of options that nobody would put on paper")
    stakes: dict[Side, Stakes] = Field({}, title="what the war means to each side")
    optimism: Number = _assumed("sum of the sides' believed chances of victory above 1, at the start", SHARE, 0.05, 0.5)
    belief_spread: Number = _assumed("spread of each side's belief, as a chance of victory", SHARE, 0.1, 0.3)
    pressure: Number = _assumed("utility by which outside pressure lowers what must be offered", UTILITY, 0.0, 0.0)
    ceasefire: Number = _assumed("rate of a bare ceasefire where both would take one", "1/week", 0.002, 0.02, log=True)

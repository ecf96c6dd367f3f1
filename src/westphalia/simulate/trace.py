"""The messages of one run: what was sent, what each chain held after each hop, what was read, and who said yes."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import jax
import numpy as np

from westphalia.assemble.channel import in_use
from westphalia.assemble.table import seated
from westphalia.kinds import SIDES, plain_loop
from westphalia.model.ballots import missing
from westphalia.model.channel import meant, trace
from westphalia.model.home import next_leadership
from westphalia.model.noise import run_keys, weekly_draws
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.round import Exchange, exchange
from westphalia.model.state import State
from westphalia.model.week import before_a_round
from westphalia.model.world import World
from westphalia.scenario.protocols import chains
from westphalia.scenario.talks import Talks
from westphalia.simulate.run import Engine


@dataclass(frozen=True)
class Round:
    """One round of talks of one run. Options are indices from 0; -1 is a clause left open on the way.

    Attributes:
        week: Week of the run.
        day: Its first day.
        parties: Who reads, in the order of the arrays.
        players: Whose yes may be needed, in the order of the arrays.
        stages: What each chain held: the text sent, after each hop, and the reading last: (stage, party, issue).
        believed: The option that each party expects to have been meant, the mean over what its reading leaves possible:
            (party, issue).
        gain: What each player gains over what it must be offered, as it reads the text.
        accepted: Whether each player says yes.
        needed: Whether each player's yes is needed; that of a voter who says no where its ballot fails.
        is_signed: Whether all whose yes is needed said yes.
        protocol: The protocol that carried the text.
        proposer: The side that proposed; nobody where a mediator did.
        ways: By party who had the text after each hop, and by which medium it got there.
    """

    week: int
    day: dt.date
    parties: list[str]
    players: list[str]
    stages: np.ndarray
    believed: np.ndarray
    gain: np.ndarray
    accepted: np.ndarray
    needed: np.ndarray
    is_signed: bool
    protocol: str = ""
    proposer: str | None = None
    ways: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The round as plain data; options count from 1, and 0 is a clause left open."""
        return {
            "week": self.week,
            "day": self.day.isoformat(),
            "protocol": self.protocol,
            "proposer": self.proposer,
            "ways": {
                party: [{"to": hand, "medium": medium} for hand, medium in way] for party, way in self.ways.items()
            },
            "sent": (self.stages[0, 0] + 1).tolist(),
            "chains": {party: (self.stages[:, n] + 1).tolist() for n, party in enumerate(self.parties)},
            "believed": {
                p: (each + 1.0).round(2).tolist() for p, each in zip(self.parties, self.believed, strict=True)
            },
            "answers": {
                player: {"gain": round(float(g), 4), "yes": bool(y), "needed": bool(n)}
                for player, g, y, n in zip(self.players, self.gain, self.accepted, self.needed, strict=True)
            },
            "signed": self.is_signed,
        }


def rounds(engine: Engine, run: int, states: Iterable[tuple[World, State]]) -> list[Round]:
    """The rounds of talks that a run of the engine's last arm saw; none where the scenario has no talks.

    Args:
        engine: The engine.
        run: Number of the run.
        states: What ``engine.states(run)`` gives.
    """
    scenario = engine.scenario
    if scenario.talks is None:
        return []
    parties, players = seated(scenario, scenario.talks)
    found = []
    for number, ((world, before), (_, then)) in enumerate(itertools.pairwise(states)):
        state, after = jax.tree.map(_first, before), jax.tree.map(_first, then)
        if after.talks.rounds[0] == state.talks.rounds[0]:
            continue
        one = jax.tree.map(_first, world)
        said, stages, needed = _round(one, state, run_keys(engine.seed, np.array([run])), number)
        found.append(
            Round(
                week=number + 1,
                day=scenario.start + dt.timedelta(days=scenario.clock.days * number),
                parties=list(parties),
                players=list(players),
                stages=np.stack(stages)[..., 0],
                believed=_believed(one, said)[..., 0],
                gain=said.gain[:, 0],
                accepted=said.accepted[:, 0] > 0.5,
                needed=needed[:, 0] > 0.5,
                is_signed=bool(after.truce.kind[0] > 1.5),
                **_carried(scenario.talks, list(parties), one, said),
            )
        )
    return found


def _carried(talks: Talks, parties: list[str], world: World, said: Exchange) -> dict[str, Any]:
    """The protocol that carried the text, who proposed it, and through whose hands each party heard it."""
    assert world.table is not None, "a round has a table"
    with_mediator, *without = in_use(talks)
    name, protocol = with_mediator if not without or world.table.channel.mediated[0] > 0.5 else without[0]
    proposers = [n for n, proposes in enumerate(said.proposer[:, 0]) if proposes > 0.5]
    ways = chains(protocol, parties, parties[:SIDES])
    way = ways[proposers[0] if proposers and len(ways) > 1 else 0]
    return {
        "protocol": name,
        "proposer": parties[proposers[0]] if proposers else None,
        "ways": {party: [(hop.hands[-1], hop.medium) for hop in way[party]] for party in parties},
    }


def _first(array: Any) -> np.ndarray:  # noqa: ANN401
    """The first run of a block of copies."""
    array = np.asarray(array)
    return array[..., :1]


def _round(world: World, state: State, keys: np.ndarray, number: int) -> tuple[Exchange, list[np.ndarray], np.ndarray]:
    table, real = world.table, state.advance.position.dtype
    assert table is not None, "a round has a table"
    draws = weekly_draws(keys, np.int32(number), world.identity, real)
    now = world.calendar.at(number)
    picture, leaders = take(world, state, now), next_leadership(world, state, now, draws)
    seen = before_a_round(world, table, state, picture, leaders, draws, np.array([number], real))
    said = exchange(world, table, seen, outlook(world, table, seen, picture), draws, plain_loop)
    stopped = missing(table.seating, said.accepted, table.needed)
    needed = np.where(said.accepted > 0.5, table.needed, stopped)
    return said, trace(table, said.sent, said.proposer, draws), needed


def _believed(world: World, said: Exchange) -> np.ndarray:
    """The option that each party expects to have been meant, by party and issue; who made the proposal knows it."""
    table = world.table
    assert table is not None, "a round has a table"
    exists, chances = table.terms.exists, meant(table.laws.messages, table.terms, table.channel)
    number = np.arange(exists.shape[1], dtype=exists.dtype)[None, :, None]
    rows = []
    for read, direct, chance in zip(said.heard.read, said.heard.direct, chances, strict=True):
        by_read = (number[:, :, None] * chance).sum(axis=1)
        expected = np.take_along_axis(by_read, np.asarray(read, int)[:, None], axis=1)[:, 0]
        rows.append(expected + direct * (read - expected))
    return np.stack(rows)

"""From the talks of a scenario to the table that a run talks at, and the state that talks begin in."""

from __future__ import annotations

import dataclasses

import numpy as np

from westphalia.assemble.arrays import scaled, stack
from westphalia.assemble.channel import beliefs, channel, in_use, with_beliefs
from westphalia.assemble.draw import Draw
from westphalia.assemble.land import land, moving
from westphalia.assemble.texts import candidates
from westphalia.kinds import PerFront
from westphalia.laws.messages.base import MessageLaw
from westphalia.model.land import worth_at
from westphalia.model.table import Ballot, Seating, Stakes, Table, TalkLaws, Terms
from westphalia.model.world import Ground
from westphalia.scenario.schema import Scenario
from westphalia.scenario.talks import Party, Player, Talks


def seated(scenario: Scenario, talks: Talks) -> tuple[dict[str, Party], dict[str, Player | None]]:
    """Parties with the two capitals first, and players with the two leaderships first, by name."""
    capitals = {side: name for name, party in talks.parties.items() for side in [party.side] if side is not None}
    first = [capitals[side] for side in scenario.sides]
    parties = {name: talks.parties[name] for name in [*first, *(n for n in talks.parties if n not in first)]}
    leaders: dict[str, Player | None] = {f"{name} leadership": None for name in first}
    return parties, leaders | talks.players


def table(scenario: Scenario, talks: Talks, laws: TalkLaws, ground: Ground, position: PerFront, draw: Draw) -> Table:
    """The table of a scenario whose line lies here at the start."""
    parties, players = seated(scenario, talks)
    order = list(parties)
    party_of = tuple(
        number if player is None else order.index(player.party) for number, player in enumerate(players.values())
    )
    issues = list(talks.issues)
    terms = _terms(talks, parties, players, party_of, laws.messages, draw)
    bundles = tuple(tuple(issues.index(issue) for issue in bundle.issues) for bundle in talks.bundles)
    seating = Seating(
        every=talks.every,
        party_of=party_of,
        vetoes=tuple(n for n, player in enumerate(players.values()) if player is None or player.votes is None),
        ballots=_ballots(parties, players),
        bundles=bundles,
        lines=tuple(
            tuple(n for n, issue in enumerate(issues) if party.stances[issue].red_line) for party in parties.values()
        ),
        draws_lines=any(issue.lines for issue in talks.issues.values()),
        moving=moving(talks),
        sides_propose=any(protocol.proposer == "sides" for _, protocol in in_use(talks)),
    )
    carried = channel(talks, order, laws.messages, terms, draw)
    believed = beliefs(laws.messages, terms, carried)
    told = dataclasses.replace(terms, land=land(scenario, talks, parties, ground, position, believed, draw))
    return Table(
        laws=laws,
        terms=with_beliefs(told, believed),
        texts=candidates(scenario, talks, terms, seating, draw),
        channel=carried,
        stakes=_stakes(scenario, talks, draw),
        offset=_offsets(players, draw),
        needed=_needed(talks, players, carried.mediated, draw),
        held=draw("talks.held", talks.held),
        wait=np.full(1, float(talks.wait)),
        pressure=draw("talks.pressure", talks.pressure),
        seating=seating,
        ceasefire=draw("talks.ceasefire", talks.ceasefire),
    )


def _ballots(parties: dict[str, Party], players: dict[str, Player | None]) -> tuple[Ballot, ...]:
    """The ballots of the parties that have voters."""
    found = []
    for name, party in parties.items():
        voters = {n: p.votes for n, p in enumerate(players.values()) if p is not None and p.votes and p.party == name}
        if party.quota is not None and voters:
            found.append(Ballot(tuple(voters), tuple(voters.values()), party.quota * sum(voters.values())))
    return tuple(found)


def _terms(
    talks: Talks,
    parties: dict[str, Party],
    players: dict[str, Player | None],
    party_of: tuple[int, ...],
    law: MessageLaw,
    draw: Draw,
) -> Terms:
    most = max(len(issue.options) for issue in talks.issues.values())
    counts = np.array([len(issue.options) for issue in talks.issues.values()])[:, None]
    number = np.arange(most)[None, :]
    exists = (number < counts).astype(float)[..., None]
    position = np.minimum(number / np.maximum(counts - 1, 1), 1.0)[..., None]
    value = stack([_values(talks, name, party, position, exists, draw) for name, party in parties.items()])
    penalty = stack([_penalties(talks, name, party, most, draw) for name, party in parties.items()])
    weights = [_weights(talks, name, party, draw) for name, party in parties.items()]
    rows = [
        _tilted(talks, name, player, weights[party], draw)
        for (name, player), party in zip(players.items(), party_of, strict=True)
    ]
    bundle = [draw(f"talks.bundles.{n}.weight", bundle.weight) for n, bundle in enumerate(talks.bundles)]
    return Terms(
        position=position,
        exists=exists,
        unnoticed=stack(
            [1.0 - draw(f"talks.issues.{name}.public", issue.public) for name, issue in talks.issues.items()]
        ),
        value=value,
        penalty=penalty,
        value_heard=value,
        penalty_heard=penalty,
        wishes=stack([law.wishes(each, exists) for each in value]),
        weight=stack(rows),
        bundle=stack(bundle) if bundle else np.zeros((1, 1)),
        land=None,
    )


def _values(talks: Talks, name: str, party: Party, position: np.ndarray, exists: np.ndarray, draw: Draw) -> np.ndarray:
    """1 - (distance to the ideal / farthest distance)^curvature: (issue, option, run)."""
    rows = []
    for issue, at in zip(talks.issues, position, strict=True):
        stance, path = party.stances[issue], f"talks.parties.{name}.stances.{issue}"
        ideal = draw(f"{path}.ideal", stance.ideal)
        rows.append(worth_at(at, ideal, draw(f"{path}.curvature", stance.curvature)))
    return stack(rows) * exists


def _penalties(talks: Talks, name: str, party: Party, options: int, draw: Draw) -> np.ndarray:
    """Utility lost at each option where the line binds: (issue, option, run)."""
    rows = []
    for issue in talks.issues:
        line, path = party.stances[issue].red_line, f"talks.parties.{name}.stances.{issue}.red_line"
        if line is None:
            rows.append(np.zeros((options, 1)))
            continue
        beyond = np.isin(np.arange(1, options + 1), line.options).astype(float)[:, None]
        binds = draw.happens(f"{path}.binds", draw(f"{path}.probability", line.probability))
        rows.append(beyond * binds * draw(f"{path}.penalty", line.penalty))
    return stack(rows)


def _weights(talks: Talks, name: str, party: Party, draw: Draw) -> np.ndarray:
    rows = [draw(f"talks.parties.{name}.stances.{issue}.weight", party.stances[issue].weight) for issue in talks.issues]
    return scaled(stack(rows))


def _tilted(talks: Talks, name: str, player: Player | None, weights: np.ndarray, draw: Draw) -> np.ndarray:
    """Weights of a player: those of its party, tilted, on the issues that it can block."""
    if player is None:
        return weights
    factors = []
    for issue in talks.issues:
        if player.issues and issue not in player.issues:
            factors.append(np.zeros(1))
        elif issue in player.tilt:
            factors.append(draw(f"talks.players.{name}.tilt.{issue}", player.tilt[issue]))
        else:
            factors.append(np.ones(1))
    return scaled(stack(factors) * weights)


def _offsets(players: dict[str, Player | None], draw: Draw) -> np.ndarray:
    rows = []
    for name, player in players.items():
        if player is None:
            rows.append(np.zeros(1))
        elif player.reserve is not None:
            rows.append(draw(f"talks.players.{name}.reserve", player.reserve))
        else:
            rows.append(draw(f"talks.players.{name}.offset", player.offset))
    return stack(rows)


def _needed(talks: Talks, players: dict[str, Player | None], mediated: np.ndarray, draw: Draw) -> np.ndarray:
    """1 where a player's yes is needed; that of all under a protocol that asks for it."""
    rows = []
    for name, player in players.items():
        path = f"talks.players.{name}.needed"
        rows.append(np.ones(1) if player is None else draw.happens(f"{path}.is", draw(path, player.needed)))
    with_one, without = (float(protocol.unanimous) for _, protocol in (in_use(talks) * 2)[:2])
    return np.maximum(stack(rows), np.where(mediated > 0.5, with_one, without))


def _stakes(scenario: Scenario, talks: Talks, draw: Draw) -> Stakes:
    def each(field: str) -> np.ndarray:
        return stack(
            [draw(f"talks.stakes.{side}.{field}", getattr(talks.stakes[side], field)) for side in scenario.sides]
        )

    return Stakes(**{field: each(field) for field in ("win", "lose", "cost", "subsidised", "unreachable")})

"""From the talks of a scenario to the table that a run talks at, and the state that talks begin in."""

from __future__ import annotations

import dataclasses
import math

import numpy as np

from westphalia.assemble.arrays import stack
from westphalia.assemble.draw import Draw
from westphalia.assemble.texts import candidates
from westphalia.kinds import PerIssueOption
from westphalia.laws.messages.base import MessageLaw
from westphalia.laws.messages.repairs import compared, read_back
from westphalia.laws.numerics import logistic
from westphalia.model.table import (
    Channel,
    PerPartyIssueOption,
    Seating,
    Stakes,
    Table,
    TalkLaws,
    Terms,
)
from westphalia.scenario.schema import Scenario
from westphalia.scenario.talks import Party, Player, Protocol, Talks


def seated(scenario: Scenario, talks: Talks) -> tuple[dict[str, Party], dict[str, Player | None]]:
    """Parties with the two capitals first, and players with the two leaderships first, by name."""
    capitals = {side: name for name, party in talks.parties.items() for side in [party.side] if side is not None}
    first = [capitals[side] for side in scenario.sides]
    parties = {name: talks.parties[name] for name in [*first, *(n for n in talks.parties if n not in first)]}
    leaders: dict[str, Player | None] = {f"{name} leadership": None for name in first}
    return parties, leaders | talks.players


def table(scenario: Scenario, talks: Talks, laws: TalkLaws, draw: Draw) -> Table:
    """The table of a scenario."""
    parties, players = seated(scenario, talks)
    order = list(parties)
    party_of = tuple(
        number if player is None else order.index(player.party) for number, player in enumerate(players.values())
    )
    issues = list(talks.issues)
    terms = _terms(talks, parties, players, party_of, draw)
    bundles = tuple(tuple(issues.index(issue) for issue in bundle.issues) for bundle in talks.bundles)
    seating = Seating(
        every=talks.every,
        hops=max(max(protocol.hops.values(), default=0) for _, protocol in _in_use(talks)),
        party_of=party_of,
        bundles=bundles,
        lines=tuple(
            tuple(n for n, issue in enumerate(issues) if party.stances[issue].red_line) for party in parties.values()
        ),
        sides_propose=any(protocol.proposer == "sides" for _, protocol in _in_use(talks)),
        is_shared=any(protocol.shared_text for _, protocol in _in_use(talks)),
    )
    channel = _channel(talks, order, laws.messages, terms, draw)
    return Table(
        laws=laws,
        terms=_with_beliefs(laws.messages, terms, channel),
        texts=candidates(talks, terms, seating, draw),
        channel=channel,
        stakes=_stakes(scenario, talks, draw),
        offset=_offsets(players, draw),
        needed=_needed(players, draw),
        held=draw("talks.held", talks.held),
        wait=np.full(1, float(talks.wait)),
        pressure=draw("talks.pressure", talks.pressure),
        seating=seating,
        ceasefire=draw("talks.ceasefire", talks.ceasefire),
    )


def _in_use(talks: Talks) -> list[tuple[str, Protocol]]:
    """The protocol of a mediator, and that without one where some war may have none."""
    names = [talks.protocol] if talks.mediation.chance.ends == (1.0, 1.0) else [talks.protocol, talks.unmediated]
    return [(name, talks.protocols[name]) for name in names]


def _terms(
    talks: Talks, parties: dict[str, Party], players: dict[str, Player | None], party_of: tuple[int, ...], draw: Draw
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
        value=value,
        penalty=penalty,
        value_heard=value,
        penalty_heard=penalty,
        weight=stack(rows),
        bundle=stack(bundle) if bundle else np.zeros((1, 1)),
    )


def _values(talks: Talks, name: str, party: Party, position: np.ndarray, exists: np.ndarray, draw: Draw) -> np.ndarray:
    """1 - (distance to the ideal / farthest distance)^curvature: (issue, option, run)."""
    rows = []
    for issue, at in zip(talks.issues, position, strict=True):
        stance, path = party.stances[issue], f"talks.parties.{name}.stances.{issue}"
        ideal = draw(f"{path}.ideal", stance.ideal)
        farthest = np.maximum(ideal, 1.0 - ideal)
        away = np.abs(at - ideal) / farthest
        rows.append(1.0 - np.minimum(away, 1.0) ** draw(f"{path}.curvature", stance.curvature))
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
    return _scaled(stack(rows))


def _scaled(weights: np.ndarray) -> np.ndarray:
    total = sum(weights)
    return weights / np.maximum(total, 1e-9)


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
    return _scaled(stack(factors) * weights)


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


def _needed(players: dict[str, Player | None], draw: Draw) -> np.ndarray:
    rows = []
    for name, player in players.items():
        path = f"talks.players.{name}.needed"
        rows.append(np.ones(1) if player is None else draw.happens(f"{path}.is", draw(path, player.needed)))
    return stack(rows)


def _channel(talks: Talks, parties: list[str], law: MessageLaw, terms: Terms, draw: Draw) -> Channel:
    """The channel of each run: the protocol of its mediator, or the one without."""
    mediated = _mediated(talks, draw)
    with_one, *rest = (_of_protocol(talks, named, parties, law, terms, draw) for named in _in_use(talks))
    without = rest[0] if rest else with_one
    rows = {key: without[key] + mediated * (with_one[key] - without[key]) for key in with_one}
    return Channel(**rows, mediated=mediated)


def leans(law: MessageLaw, terms: Terms, mediator: PerIssueOption, *, shared: bool) -> np.ndarray:
    """What draws a hop to each party; a text that all hold leans to what the mediator values alone."""
    own = 0.0 * terms.value if shared else terms.value
    return np.stack([law.lean(value, mediator, terms.exists) for value in own])


def mediator_values(
    named: tuple[str, Protocol], parties: list[str], value: PerPartyIssueOption, draw: Draw
) -> PerIssueOption:
    """What the mediator of a protocol values: the weighted mean of parties, 0 throughout where it is impartial."""
    name, protocol = named
    if not protocol.mediator:
        return 0.0 * value[0]
    path = f"talks.protocols.{name}.mediator"
    weights = _scaled(stack([draw(f"{path}.{party}", weight) for party, weight in protocol.mediator.items()]))
    return sum(weight * value[parties.index(party)] for party, weight in zip(protocol.mediator, weights, strict=True))


def _with_beliefs(law: MessageLaw, terms: Terms, channel: Channel) -> Terms:
    """The terms with what each option is worth to a party that has read it at the end of its chain.

    A party takes its chain for one hop with the error of all its hops.
    """
    value, penalty = [], []
    for party, lean in enumerate(channel.lean):
        error = 1.0 - (1.0 - channel.error) ** channel.hops[party]
        rows = [_believed(law, terms, option, error, lean) for option in range(terms.exists.shape[1])]
        value.append(np.stack([(terms.value[party] * row).sum(axis=1) for row in rows], axis=1))
        penalty.append(np.stack([(terms.penalty[party] * row).sum(axis=1) for row in rows], axis=1))
    return dataclasses.replace(terms, value_heard=stack(value), penalty_heard=stack(penalty))


def _believed(law: MessageLaw, terms: Terms, option: int, error: np.ndarray, lean: np.ndarray) -> np.ndarray:
    """Chance of each option having been meant where this one is read: (issue, option, run)."""
    runs = max(lean.shape[-1], error.shape[-1])
    last = terms.exists.sum(axis=1).astype(int) - 1
    read = np.broadcast_to(np.minimum(option, last), (len(last), runs))
    return law.believed(read, error, lean, terms.exists, terms.exists)


def _of_protocol(
    talks: Talks, named: tuple[str, Protocol], parties: list[str], law: MessageLaw, terms: Terms, draw: Draw
) -> dict[str, np.ndarray]:
    name, protocol = named
    path = f"talks.protocols.{name}"
    error = draw(f"talks.media.{protocol.medium}", talks.media[protocol.medium])
    fewest = min(len(issue.options) for issue in talks.issues.values())
    error = read_back(error, fewest) if protocol.read_back else error
    error = compared(error, fewest) if protocol.mediators > 1 else error
    hops = np.array([float(protocol.hops.get(party, 0)) for party in parties])[:, None]
    return {
        "hops": np.full_like(hops, hops.max()) if protocol.shared_text else hops,
        "error": error,
        "lean": leans(law, terms, mediator_values(named, parties, terms.value, draw), shared=protocol.shared_text),
        "shared": np.full(1, float(protocol.shared_text)),
        "by_sides": np.full(1, float(protocol.proposer == "sides")),
        "limits_error": draw(f"{path}.limits_known_within", protocol.limits_known_within),
        "counts_third": np.full(1, float(protocol.knows_third_parties)),
        "guarantor": draw(f"{path}.guarantor", protocol.guarantor),
    }


def _mediated(talks: Talks, draw: Draw) -> np.ndarray:
    """1 where a mediator takes the case; hard cases, with wide optimism, are likelier where selection is positive."""
    chance = draw("talks.mediation.chance", talks.mediation.chance)
    selection = draw("talks.mediation.selection", talks.mediation.selection)
    low, high = talks.optimism.ends
    hardness = math.sqrt(12.0) * (draw("talks.optimism", talks.optimism) - 0.5 * (low + high)) / max(high - low, 1e-9)
    odds = np.log(np.maximum(chance, 1e-9) / np.maximum(1.0 - chance, 1e-9)) + selection * hardness
    return draw.happens("talks.mediation.takes", logistic(odds))


def _stakes(scenario: Scenario, talks: Talks, draw: Draw) -> Stakes:
    def each(field: str) -> np.ndarray:
        return stack(
            [draw(f"talks.stakes.{side}.{field}", getattr(talks.stakes[side], field)) for side in scenario.sides]
        )

    return Stakes(**{field: each(field) for field in ("win", "lose", "cost", "subsidised", "unreachable")})

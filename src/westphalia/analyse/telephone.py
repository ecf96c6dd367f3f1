"""How far apart the parties of a scenario would read one text, by protocol, over its assumptions."""

from __future__ import annotations

from typing import Any

import numpy as np

from westphalia.assemble import assemble
from westphalia.assemble.arrays import wide
from westphalia.assemble.channel import lean_of, mediator_values
from westphalia.assemble.draw import Draw
from westphalia.assemble.table import seated
from westphalia.kinds import SIDES
from westphalia.model.table import Table, Terms
from westphalia.scenario.protocols import Chains, chains
from westphalia.scenario.schema import Scenario
from westphalia.scenario.talks import Protocol as Given
from westphalia.scenario.talks import Talks
from westphalia.talks.readings import Clause, Protocol, readings
from westphalia.talks.symmetric import hops_bound

LOW, HIGH = 5.0, 95.0
MEASURES = ("alike", "disagreement", "total_variation", "cost_gap")
BY_ISSUE = MEASURES[1:]
BY_PARTY = ("text_error", "bits", "contraction", "comes_back", "flattered")
SURE = 0.9
"""Chance of reading a whole text alike for which the error that a hop may make is told."""


def by_protocol(scenario: Scenario, *, seed: int, draws: int) -> dict[str, dict[str, Any]]:
    """For each protocol: the chance that all parties read all issues alike, and each pair's differences.

    Means over so many draws of errors, leanings and values; every option is sent alike often, and where sides propose,
    each does in half of the cases. Repairs are exact, where the simulation takes what they leave of an error without
    lean.
    """
    talks = scenario.talks
    assert talks is not None, "only talks have protocols"
    cases = np.arange(draws)
    table = assemble(scenario, seed=seed, cases=cases, weeks=1).world.table
    assert table is not None, "talks have a table"
    draw, parties = Draw(seed, cases), list(seated(scenario, talks)[0])
    options = [len(issue.options) for issue in talks.issues.values()]
    found = {}
    for name, given in talks.protocols.items():
        rows, apart = [], []
        for way in chains(given, parties, parties[:SIDES]):
            apart.append(0 if given.shared_text else _hops_apart(way, parties[:SIDES]))
            names = {party: [" > ".join(hop.hands) for hop in way[party]] for party in parties}
            protocol = Protocol(name, names, given.shared_text, given.read_back, given.mediators)
            rows.append(readings(protocol, _clauses(talks, table, (name, given), way, draw)))
        hops = max(apart)
        allowed = hops_bound(SURE, options, hops) if hops else None
        found[name] = {"label": given.label, "hops_apart": hops, "error_allowed": allowed, **_summary(rows)}
    return found


def _hops_apart(way: Chains, sides: list[str]) -> int:
    """Hops to the two sides' capitals together, those that they share left out."""
    first, second = ([hop.hands for hop in way[side]] for side in sides)
    return len(set(first) ^ set(second))


def _clauses(talks: Talks, table: Table, named: tuple[str, Given], way: Chains, draw: Draw) -> list[Clause]:
    """The clauses of all draws."""
    law, terms, parties, runs = table.laws.messages, table.terms, list(way), draw.count
    mediator = mediator_values(named, parties, terms.value, draw)
    links = {" > ".join(hop.hands): hop for hops in way.values() for hop in hops}
    hops = {
        name: wide(
            law.kernel(
                draw(f"talks.media.{hop.medium}", talks.media[hop.medium]) * terms.unnoticed[:, None, None],
                lean_of(law, terms, hop, parties, mediator),
                terms.exists,
            ),
            runs,
        )
        for name, hop in links.items()
    }
    omitted = wide(law.omission * terms.unnoticed, runs)
    wishes = {p: wide(law.wishes(value, terms.exists), runs) for p, value in zip(parties, terms.value, strict=True)}
    fills = {party: part / part.sum(axis=1, keepdims=True) for party, part in wishes.items()}
    weight = wide(0.5 * (terms.weight[0] + terms.weight[1]), runs)

    worth = {party: wide(_net(terms, side), runs) for side, party in enumerate(parties[:SIDES])}

    made = []
    for n, issue in enumerate(talks.issues):
        count = int(terms.exists[n].sum())
        made.append(
            Clause(
                issue,
                np.full(count, 1.0 / count),
                terms.position[n, :count, 0],
                weight[n],
                {name: np.moveaxis(hop[n, :count, :count], -1, 0) for name, hop in hops.items()},
                omitted[n],
                {party: part[n, :count].T for party, part in fills.items()},
                {party: part[n, :count].T for party, part in worth.items()},
            )
        )
    return made


def _net(terms: Terms, side: int) -> np.ndarray:
    """What each option of each issue is worth to a side, its red line counted: (issue, option, draw)."""
    return terms.weight[side][:, None] * terms.value[side] - terms.penalty[side]


def _summary(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Means over ways and draws."""
    alike = np.concatenate([np.atleast_1d(each["all_alike"]) for each in found])
    pairs = []
    for n, pair in enumerate(found[0]["pairs"]):
        means = {name: _mean([each["pairs"][n][name] for each in found]) for name in MEASURES}
        by_issue = {
            issue: {name: _mean([each["pairs"][n]["by_issue"][issue][name] for each in found]) for name in BY_ISSUE}
            for issue in pair["by_issue"]
        }
        pairs.append({"parties": pair["parties"], **means, "by_issue": by_issue})
    issues = {}
    for issue, first in found[0]["per_issue"].items():
        rows = [each["per_issue"][issue] for each in found]
        means = {name: {party: _mean([row[name][party] for row in rows]) for party in first[name]} for name in BY_PARTY}
        issues[issue] = {"alike": _mean([row["alike"] for row in rows])} | means
    low, high = np.percentile(alike, [LOW, HIGH])
    return {
        "all_alike": float(alike.mean()),
        "all_alike_range": [float(low), float(high)],
        "flattered": sum(sum(of["flattered"].values()) for of in issues.values()),
        "pairs": pairs,
        "per_issue": issues,
    }


def _mean(ways: list[Any]) -> float:
    return float(np.mean([np.mean(way) for way in ways]))

"""How far apart the parties of a scenario would read one text, by protocol, over its assumptions."""

from __future__ import annotations

from typing import Any

import numpy as np

from westphalia.assemble import assemble
from westphalia.assemble.arrays import wide
from westphalia.assemble.draw import Draw
from westphalia.assemble.table import leans, mediator_values, seated
from westphalia.kinds import PerIssueOption
from westphalia.model.table import Table
from westphalia.scenario.schema import Scenario
from westphalia.talks.readings import Clause, Protocol, readings

LOW, HIGH = 5.0, 95.0
MEASURES = ("alike", "disagreement", "total_variation", "cost_gap")


def by_protocol(scenario: Scenario, *, seed: int, draws: int) -> dict[str, dict[str, Any]]:
    """For each protocol: the chance that all parties read all issues alike, and each pair's differences.

    Means over so many draws of errors, leanings and values; every option is sent alike often. Repairs are exact, where
    the simulation takes what they leave of an error without lean.
    """
    talks = scenario.talks
    assert talks is not None, "only talks have protocols"
    cases = np.arange(draws)
    table = assemble(scenario, seed=seed, cases=cases, weeks=1).world.table
    assert table is not None, "talks have a table"
    draw, parties = Draw(seed, cases), list(seated(scenario, talks)[0])
    found = {}
    for name, given in talks.protocols.items():
        error = np.broadcast_to(draw(f"talks.media.{given.medium}", talks.media[given.medium]), draws)
        protocol = Protocol(
            name,
            given.medium,
            {party: given.hops.get(party, 0) for party in parties},
            holds_text=given.shared_text,
            read_back=given.read_back,
            mediators=given.mediators,
        )
        mediator = mediator_values((name, given), parties, table.terms.value, draw)
        clauses = _clauses(table, list(talks.issues), parties, error, mediator)
        found[name] = {"label": given.label} | _summary([readings(protocol, clauses(n)) for n in range(draws)])
    return found


def _clauses(table: Table, issues: list[str], parties: list[str], error: np.ndarray, mediator: PerIssueOption) -> Any:  # noqa: ANN401
    """The clauses of a draw, as a function of its number."""
    law, terms = table.laws.messages, table.terms
    runs = len(error)
    own = leans(law, terms, mediator, shared=False)
    hops = {p: law.kernel(error, wide(lean, runs), terms.exists) for p, lean in zip(parties, own, strict=True)}
    common = law.kernel(error, wide(leans(law, terms, mediator, shared=True)[0], runs), terms.exists)
    omitted = wide(law.omission, runs)
    wishes = {p: wide(law.wishes(value, terms.exists), runs) for p, value in zip(parties, terms.value, strict=True)}
    fills = {party: part / part.sum(axis=1, keepdims=True) for party, part in wishes.items()}
    weight = wide(0.5 * (terms.weight[0] + terms.weight[1]), runs)

    def clauses(number: int) -> list[Clause]:
        made = []
        for n, issue in enumerate(issues):
            count = int(terms.exists[n].sum())
            made.append(
                Clause(
                    issue,
                    np.full(count, 1.0 / count),
                    terms.position[n, :count, 0],
                    float(weight[n, number]),
                    {party: hop[n, :count, :count, number] for party, hop in hops.items()},
                    common[n, :count, :count, number],
                    float(omitted[number]),
                    {party: part[n, :count, number] for party, part in fills.items()},
                )
            )
        return made

    return clauses


def _summary(found: list[dict[str, Any]]) -> dict[str, Any]:
    alike = np.array([each["all_alike"] for each in found])
    pairs = []
    for n, pair in enumerate(found[0]["pairs"]):
        means = {name: float(np.mean([each["pairs"][n][name] for each in found])) for name in MEASURES}
        pairs.append({"parties": pair["parties"]} | means)
    issues = {}
    for issue, first in found[0]["per_issue"].items():
        rows = [each["per_issue"][issue] for each in found]
        means = {
            name: {party: float(np.mean([row[name][party] for row in rows])) for party in first[name]}
            for name in ("text_error", "bits", "contraction")
        }
        issues[issue] = {"alike": float(np.mean([row["alike"] for row in rows]))} | means
    low, high = np.percentile(alike, [LOW, HIGH])
    return {
        "all_alike": float(alike.mean()),
        "all_alike_range": [float(low), float(high)],
        "pairs": pairs,
        "per_issue": issues,
    }

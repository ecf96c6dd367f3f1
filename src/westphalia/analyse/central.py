"""The table of a scenario as one exact game: the two sides at the middle of the assumptions, fighting on as reserve."""

from __future__ import annotations

import itertools

import numpy as np

from westphalia.assemble import assemble
from westphalia.assemble.table import seated
from westphalia.kinds import SIDES
from westphalia.model.outlook import outlook
from westphalia.model.picture import take
from westphalia.model.table import Table
from westphalia.scenario.schema import Scenario
from westphalia.talks import Game


def central_game(scenario: Scenario, *, seed: int, draws: int) -> Game:
    """The two nations at the means over so many draws; a red line counts with its chance to bind."""
    talks = scenario.talks
    assert talks is not None, "only talks have a table"
    made = assemble(scenario, seed=seed, cases=np.arange(draws), weeks=1)
    table = made.world.table
    assert table is not None, "talks have a table"
    expected = outlook(made.world, table, made.state, take(made.world, made.state, made.world.calendar.at(0)))
    parties = tuple(talks.parties[name].label for name in list(seated(scenario, talks)[0])[:SIDES])
    issues = {issue.label: tuple(issue.options) for issue in talks.issues.values()}
    worth = tuple(_worth(table, n, len(options)) for n, options in enumerate(issues.values()))
    names = list(talks.issues)
    excluded = tuple(
        dict(zip([names.index(issue) for issue in combination], each, strict=True))
        for combination in talks.excluded
        for each in itertools.product(*([option - 1 for option in options] for options in combination.values()))
    )
    bundles = {issues_: _apart(table, n, issues_) for n, issues_ in enumerate(table.seating.bundles)}
    return Game(parties, issues, worth, expected.value.mean(axis=-1), bundles, excluded)


def _worth(table: Table, issue: int, options: int) -> np.ndarray:
    """Weighted value of each option less the line crossed: (side, option)."""
    terms = table.terms
    rows = [terms.weight[s, issue] * terms.value[s, issue] - terms.penalty[s, issue] for s in range(SIDES)]
    return np.stack([row.mean(axis=-1)[:options] for row in rows])


def _apart(table: Table, number: int, issues: tuple[int, ...]) -> np.ndarray:
    """What a bundle costs each side by how far its parts lie apart: (side, *options)."""
    terms, rows = table.terms, []
    counts = table.terms.exists.sum(axis=1).astype(int)[:, 0]
    weight = float(terms.bundle[number].mean())
    for side in range(SIDES):
        values = [terms.value[side, issue].mean(axis=-1)[: counts[issue]] for issue in issues]
        grids = np.meshgrid(*values, indexing="ij")
        rows.append(-weight * (np.max(grids, axis=0) - np.min(grids, axis=0)))
    return np.stack(rows)

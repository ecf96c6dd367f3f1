"""What the schema alone cannot see in the record: series, starts and numbers that do not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from westphalia.errors import did_you_mean
from westphalia.scenario.document import Steps
from westphalia.scenario.inventory import numbers

Finding = tuple[Steps, str, str]


def findings(scenario: Any) -> Iterator[Finding]:  # noqa: ANN401  (a scenario, as in the checks of claims)
    """Everything that is wrong with the observed series and the folds of a scenario."""
    for path, word, known in [*_of_observed(scenario), *_of_folds(scenario)]:
        if word not in known:
            yield path, f'"{word}" is not known here', did_you_mean(word, known) or f"valid here: {_listed(known)}"


def _of_observed(scenario: Any) -> Iterator[tuple[Steps, str, Collection[str]]]:  # noqa: ANN401
    owners = {"position": scenario.fronts, "will": scenario.backers}
    for name, one in scenario.observed.items():
        yield ("observed", name, "of"), one.of, owners.get(one.series, scenario.sides)
        if one.map_of is not None:
            yield ("observed", name, "map_of"), one.map_of, scenario.observed


def _of_folds(scenario: Any) -> Iterator[tuple[Steps, str, Collection[str]]]:  # noqa: ANN401
    paths = {known.path for known in numbers(scenario)} if scenario.folds else set()
    for name, fold in scenario.folds.items():
        yield ("folds", name, "variant"), fold.variant, scenario.variants
        by_key = {"fitted": scenario.observed, "scored": scenario.observed, "without": scenario.links}
        for key, known in (by_key | {"parameters": paths}).items():
            yield from ((("folds", name, key, n), word, known) for n, word in enumerate(getattr(fold, key)))


def _listed(known: Collection[str], most: int = 8) -> str:
    return ", ".join(known) if 0 < len(known) <= most else "none" if not known else "the paths that check lists"

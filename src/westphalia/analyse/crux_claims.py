"""Claims under two positions: on which they agree, on which they differ, and for which too few runs count to say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.analyse.claim_regions import regions
from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claim_tests import out_of_reach
from westphalia.analyse.claims import DECIDED, short_verdict
from westphalia.analyse.positions import Group, levers_of, parts_of
from westphalia.simulate.study import BASELINE

COUNTED = 100
"""Runs that count under either position, below which nothing is said of whether the two agree on a claim."""


def claims_under(
    store: Store, between: tuple[str, str], pair: tuple[Mapping[str, Group], ...], runs: int
) -> dict[str, Any]:
    """Common ground, claims apart, claims for which too few runs count, and the answer of either position on each."""
    scenario, weeks = store.scenario, store.plan.weeks
    asked = {name: claim for name, claim in scenario.claims.items() if not out_of_reach(scenario, claim, weeks)}
    answers: dict[str, dict[str, Any]] = {}
    for position, groups in zip(between, pair, strict=True):
        held = store.narrowed(parts_of(groups), levers_of(groups))
        frames = held.frames(asked.values(), runs)
        inside = regions(held.plan, asked, frames[BASELINE])
        answers[position] = {
            name: short_verdict(c, frames, held.scenario, weeks, inside[name]) for name, c in asked.items()
        }
    told = {name: claim.sentence for name, claim in asked.items()}
    return {**sorted_out(told, answers), "claim_answers": answers}


def sorted_out(
    sentences: Mapping[str, str], answers: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> dict[str, list[dict[str, Any]]]:
    """Claims by whether two positions agree on them; those with few runs that count by themselves, whatever came out.

    Args:
        sentences: The claims.
        answers: By position and claim the verdict and how many runs counted.
    """
    found: dict[str, list[dict[str, Any]]] = {"common_ground": [], "apart": [], "too_few": []}
    for name, sentence in sentences.items():
        verdicts = {position: of[name]["verdict"] for position, of in answers.items()}
        counted = {position: of[name]["counted"] for position, of in answers.items()}
        row = {"id": name, "sentence": sentence, "counted": counted}
        different = set(verdicts.values())
        if min(counted.values()) < COUNTED:
            found["too_few"].append(row | {"verdicts": verdicts})
        elif len(different) == 1 and different <= DECIDED:
            found["common_ground"].append(row | {"verdict": different.pop()})
        elif len(different) > 1 and different & DECIDED:
            found["apart"].append(row | {"verdicts": verdicts})
    return found

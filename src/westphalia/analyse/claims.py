"""Claims: the verdict on each, where it holds, what it hinges on, what overturns it, and which links it stands on.

Definition:
    the share of a claim is that of the runs that count (see ``claim_tests``); runs are draws of the whole prior,
                or of the region that the claim is about (see ``claim_regions``)
    effects     how large what its tests compare is (see ``claim_effects``)
    where       boxes of ``methods.boxes``, checked on runs that did not choose them
    hinge       total effects on holding, of the assumptions that single effects put first (see ``claim_details``)
    design      total effects by further runs, where they are asked for (see ``claim_design``)
    flip        the smallest change of the leading hinges, from the middle of the draws, that overturns the claim
    link        the verdict with a mechanism switched off; a claim dies with it if it held and fails then
    mirror      the verdict with the two sides exchanged;   stability: the shares of two halves of the runs
    evidence    what the leading hinge rests on; a claim that hinges on an assumption is not decided by evidence
Units:
    shares; changes in standard deviations of the draws.
Errors:
    standard errors over runs; boxes and totals as their files say. Screening by single effects passes over an
    assumption that acts only together with others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from westphalia.analyse.claim_design import by_design, refuse_rows
from westphalia.analyse.claim_details import (
    FEWEST,
    NO_HINGES,
    UNDECIDED,
    Ground,
    hinges,
    picture,
    told_box,
    told_flip,
    told_nearest,
    told_trade_off,
)
from westphalia.analyse.claim_effects import effects
from westphalia.analyse.claim_regions import is_drawn, regions, told_region
from westphalia.analyse.claim_runs import Store, assumptions_of, short
from westphalia.analyse.claim_tests import Frames, can_be_mirrored, evaluate, mirrored, out_of_reach
from westphalia.analyse.methods.boxes import Box, Rules, induce, share_of
from westphalia.analyse.methods.verdicts import FAILS, HOLDS, Judgement, Verdict, judge
from westphalia.analyse.positions import refuse_undrawn
from westphalia.scenario.claims import Claim
from westphalia.scenario.inventory import numbers
from westphalia.scenario.narrowing_checks import of_claims
from westphalia.scenario.schema import Scenario
from westphalia.simulate.study import BASELINE

DECIDED = frozenset((Verdict.HOLDS_BROADLY.value, Verdict.FAILS_BROADLY.value))
"""Verdicts that two positions can share."""
ERRORS = 3.0
"""A claim does not die with a link unless its share falls by so many standard errors."""
SUBSAMPLES = 10
"""Random halves of the runs that say how often a limit of a region would be found again."""
DIES = (Verdict.FAILS_BROADLY, Verdict.MIXED)
"""Verdicts on a claim that has lost what it stood on."""


def board(store: Store, runs: int, *, only: Iterable[str] = (), design: int | None = None) -> dict[str, Any]:
    """The object of ``claims --json``.

    Args:
        store: The scenario, and where its arms are kept.
        runs: Runs of each arm.
        only: Claims to test; all where left out.
        design: Rows of the designs for total effects; none where left out.

    Raises:
        BadInput: If a design cannot have so many rows.
    """
    if design is not None:
        refuse_rows(design)
    scenario, weeks = store.scenario, store.plan.weeks
    chosen = {name: claim for name, claim in scenario.claims.items() if not only or name in only}
    barred = {name: why for name, claim in chosen.items() if (why := out_of_reach(scenario, claim, weeks))}
    asked = {name: claim for name, claim in chosen.items() if name not in barred}
    untestable = [{"sentence": each.sentence, "reason": each.reason} for each in scenario.untestable]
    untestable += [{"sentence": chosen[name].sentence, "reason": f"not here: {why}"} for name, why in barred.items()]
    if not asked:
        return _told(store, runs, [], untestable)
    refuse_undrawn(store.plan.loaded, of_claims(scenario, asked), store.plan.seed)
    held = store.frames(asked.values(), runs)
    inside = regions(store.plan, asked, held[BASELINE])
    names, values = assumptions_of(held[BASELINE])
    ground = Ground(names, values, {known.path: known for known in numbers(scenario)})
    found = {name: _judged(name, claim, held, inside[name], ground, store, design) for name, claim in asked.items()}
    symmetric = {name: claim for name, claim in asked.items() if can_be_mirrored(claim)}
    other = {name: mirrored(scenario, claim) for name, claim in symmetric.items()}
    other = {name: claim for name, claim in other.items() if is_drawn(claim, held[BASELINE])}
    exchanged = store.exchanged([symmetric[name] for name in other], held)
    there = regions(store.plan, other, held[BASELINE])
    for name, claim in other.items():
        found[name]["mirror"] = short_verdict(claim, exchanged, scenario, weeks, there[name])
    for link in dict.fromkeys(link for claim in asked.values() for link in claim.links):
        on_it = {name: claim for name, claim in asked.items() if link in claim.links}
        without = store.without(link)
        cut = without.frames(on_it.values(), short(runs))
        for name, claim in on_it.items():
            told_short = short_verdict(claim, cut, without.scenario, weeks, inside[name])
            found[name]["assumed_links"].append(_without(link, scenario.links[link].title, told_short, found[name]))
    return _told(store, runs, list(found.values()), untestable)


def _told(store: Store, runs: int, claims: list[dict[str, Any]], untestable: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "scenario": store.scenario.name,
        "runs": runs,
        "seed": store.plan.seed,
        "weeks": store.plan.weeks,
        "days_per_week": store.scenario.clock.days,
        "claims": claims,
        "untestable": untestable,
    }


def _judged(
    name: str, claim: Claim, runs: Frames, inside: np.ndarray, ground: Ground, store: Store, design: int | None
) -> dict[str, Any]:
    seed = store.plan.seed
    outcome = evaluate(claim, runs, store.scenario, store.plan.weeks, inside)
    counts = np.flatnonzero(outcome.counts)
    holds, values = outcome.holds[counts], ground.values[counts]
    judgement, rules = _verdict(holds, values, seed=seed, subsamples=SUBSAMPLES)
    boxes = _regions(judgement, rules)
    found = {
        "id": name,
        "sentence": claim.sentence,
        "within": told_region(claim, ground, store.plan),
        "verdict": judgement.verdict.value,
        "share": judgement.share.value if len(counts) else None,
        "se": judgement.share.se if len(counts) else None,
        "counted": len(counts),
        "ties": int(outcome.ties.sum()),
        "runs_to_settle": judgement.runs_to_settle,
        "effects": effects(claim, runs, store.scenario, store.plan.weeks, outcome.counts),
        "boxes": [told_box(box, ground) for box in boxes],
        "nearest": None if boxes else told_nearest(rules, ground),
        "trade_off": told_trade_off(rules),
        "hinge": [],
        "by_distance": [],
        "hinge_in_box": [],
        "design": None,
        "flip": None,
        "assumed_links": [],
        "mirror": None,
        "stability": {"halves": [_half(holds, half) for half in (0, 1)]},
        "evidence": UNDECIDED,
        "picture": None,
        "refuted_where": claim.refuted_where,
        "note": claim.note,
    }
    found_hinges = hinges(values, holds, ground, seed)
    found |= {"hinge": found_hinges.told, "evidence": found_hinges.evidence}
    found["by_distance"] = found_hinges.by_distance
    if columns := found_hinges.columns:
        found["flip"] = told_flip(values, holds, tuple(columns[:3]), ground)
        found["picture"] = picture(values, holds, columns[:2], ground)
    in_box = NO_HINGES
    if boxes:
        there = boxes[0].contains(values)
        in_box = hinges(values[there], holds[there], ground, seed)
        found["hinge_in_box"] = in_box.told
    if design is not None:
        ask = partial(by_design, claim, store, ground, design)
        leading = found_hinges.ranked
        limits = found["boxes"][0]["limits"] if found["boxes"] else []
        found["design"] = {
            "rows": design,
            "whole": ask(leading),
            "in_box": ask(in_box.ranked or leading, limits) if limits else None,
        }
    return found


def _regions(judgement: Judgement, rules: Rules | None) -> tuple[Box, ...]:
    """The boxes that are told as regions: those found, or the nearest one where the runs that check confirm it."""
    if rules is None:
        return ()
    if rules.nearest is not None and judgement.verdict is Verdict.HOLDS_IN_A_REGION:
        return (rules.nearest,)
    return rules.boxes


def _verdict(holds: np.ndarray, values: np.ndarray, *, seed: int, subsamples: int) -> tuple[Judgement, Rules | None]:
    """The verdict on a truth by run; boxes only where the share asks for them."""
    hits, runs = int(holds.sum()), len(holds)
    if runs < 20:
        nothing = share_of(hits, runs)
        return Judgement(Verdict.UNDECIDED, nothing, None), None
    rules = None
    if FAILS / 2 < hits / runs < 1 - (1 - HOLDS) / 2 and runs >= FEWEST:
        rules = induce(values, holds, seed=seed, subsamples=subsamples)
    try:
        return judge(hits, runs, rules), rules
    except ValueError:  # between the limits, with too few runs for a box
        return Judgement(Verdict.UNDECIDED, share_of(hits, runs), FEWEST), None


def short_verdict(claim: Claim, runs: Frames, scenario: Scenario, weeks: int, inside: np.ndarray) -> dict[str, Any]:
    """A verdict without its boxes, on the runs that lie inside the claim's region."""
    outcome = evaluate(claim, runs, scenario, weeks, inside[: len(runs[BASELINE])])
    _, values = assumptions_of(runs[BASELINE])
    judgement, _ = _verdict(outcome.holds[outcome.counts], values[outcome.counts], seed=0, subsamples=0)
    counted = int(outcome.counts.sum())
    return {
        "verdict": judgement.verdict.value,
        "share": judgement.share.value if counted else None,
        "se": judgement.share.se if counted else None,
        "counted": counted,
    }


def _without(link: str, title: str, short: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """The verdict with a link switched off, and whether the claim dies with it."""
    dies = False
    if found["counted"] and short["counted"]:
        held = found["verdict"] in (Verdict.HOLDS_BROADLY, Verdict.HOLDS_IN_A_REGION) or found["share"] >= 0.5
        fallen = found["share"] - short["share"] > ERRORS * math.hypot(found["se"], short["se"])
        dies = held and fallen and short["verdict"] in DIES and short["share"] < 0.5
    return {"link": link, "title": title, **short, "dies": dies}


def _half(holds: np.ndarray, half: int) -> float | None:
    part = holds[half::2]
    return float(part.mean()) if len(part) else None

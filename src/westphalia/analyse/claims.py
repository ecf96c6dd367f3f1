"""Claims: the verdict on each, where it holds, what it hinges on, what overturns it, and which links it stands on.

Definition:
    the share of a claim is that of the runs that count (see ``claim_tests``); runs are draws of the whole prior
    where       boxes of ``methods.boxes``, checked on runs that did not choose them
    hinge       total effects on holding, of the assumptions that single effects put first (``SCREENED`` of them)
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
from typing import Any, NamedTuple

import numpy as np

from westphalia.analyse.claim_runs import Store, assumptions_of, short
from westphalia.analyse.claim_tests import Frames, can_be_mirrored, evaluate, mirrored, out_of_reach
from westphalia.analyse.methods.bins import Binned, rank_bins
from westphalia.analyse.methods.boxes import Box, Rules, induce, share_of
from westphalia.analyse.methods.flip import flip
from westphalia.analyse.methods.totals import Totals, total_from_sample
from westphalia.analyse.methods.verdicts import FAILS, HOLDS, Judgement, Verdict, judge
from westphalia.scenario.claims import Claim
from westphalia.scenario.inventory import Known, numbers
from westphalia.scenario.schema import Scenario
from westphalia.simulate.study import BASELINE
from westphalia.simulate.study_manifest import Plan

SCREENED = 12
"""Assumptions whose total effects are estimated."""
LEADING = 5
"""Hinges that are told."""
FEWEST = 200
"""Runs that count, below which there is neither box nor hinge."""
COARSE = 8
"""Bins by which assumptions are screened, and cells a side of the picture."""
TWO = 2.0
"""A hinge whose total effect is not so many standard errors above nothing is not told."""
DECIDED = frozenset((Verdict.HOLDS_BROADLY.value, Verdict.FAILS_BROADLY.value))
"""Verdicts that two positions can share."""
ERRORS = 3.0
"""A claim does not die with a link unless its share falls by so many standard errors."""
UNDECIDED = "not decided by evidence"
DIES = (Verdict.FAILS_BROADLY, Verdict.MIXED)
"""Verdicts on a claim that has lost what it stood on."""


class Ground(NamedTuple):
    """What was drawn in the runs, and what is known of it."""

    names: list[str]
    values: np.ndarray
    known: dict[str, Known]

    def told(self, column: int) -> dict[str, Any]:
        """An assumption by path, in words, with what it rests on."""
        path = self.names[column]
        known = self.known.get(path)
        if known is None:  # whether something happens whose chance is a number of the scenario
            return {"assumption": path, "title": path.rpartition(".")[2], "unit": "1", "status": "assumption"}
        return {"assumption": path, "title": known.title, "unit": known.unit, "status": known.status}


def board(store: Store, runs: int, *, only: Iterable[str] = ()) -> dict[str, Any]:
    """The object of ``claims --json``.

    Args:
        store: The scenario, and where its arms are kept.
        runs: Runs of each arm.
        only: Claims to test; all where left out.
    """
    scenario, weeks = store.scenario, store.plan.weeks
    chosen = {name: claim for name, claim in scenario.claims.items() if not only or name in only}
    barred = {name: why for name, claim in chosen.items() if (why := out_of_reach(scenario, claim, weeks))}
    asked = {name: claim for name, claim in chosen.items() if name not in barred}
    untestable = [{"sentence": each.sentence, "reason": each.reason} for each in scenario.untestable]
    untestable += [{"sentence": chosen[name].sentence, "reason": f"not here: {why}"} for name, why in barred.items()]
    if not asked:
        return _told(store, runs, [], untestable)
    held = store.frames(asked.values(), runs)
    names, values = assumptions_of(held[BASELINE])
    ground = Ground(names, values, {known.path: known for known in numbers(scenario)})
    found = {name: _judged(name, claim, held, ground, store.plan) for name, claim in asked.items()}
    symmetric = {name: claim for name, claim in asked.items() if can_be_mirrored(claim)}
    exchanged = store.exchanged(symmetric.values(), held)
    for name, claim in symmetric.items():
        found[name]["mirror"] = short_verdict(mirrored(scenario, claim), exchanged, scenario, weeks)
    for link in dict.fromkeys(link for claim in asked.values() for link in claim.links):
        on_it = {name: claim for name, claim in asked.items() if link in claim.links}
        without = store.without(link)
        cut = without.frames(on_it.values(), short(runs))
        for name, claim in on_it.items():
            found[name]["assumed_links"].append(_without(link, claim, cut, without.scenario, weeks, found[name]))
    return _told(store, runs, list(found.values()), untestable)


def _told(store: Store, runs: int, claims: list[dict[str, Any]], untestable: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "scenario": store.scenario.name,
        "runs": runs,
        "seed": store.plan.seed,
        "weeks": store.plan.weeks,
        "claims": claims,
        "untestable": untestable,
    }


def _judged(name: str, claim: Claim, runs: Frames, ground: Ground, plan: Plan) -> dict[str, Any]:
    scenario, weeks, seed = plan.loaded.scenario, plan.weeks, plan.seed
    outcome = evaluate(claim, runs, scenario, weeks)
    counts = np.flatnonzero(outcome.counts)
    holds, values = outcome.holds[counts], ground.values[counts]
    judgement, rules = _verdict(holds, values, seed)
    found = {
        "id": name,
        "sentence": claim.sentence,
        "verdict": judgement.verdict.value,
        "share": judgement.share.value if len(counts) else None,
        "se": judgement.share.se if len(counts) else None,
        "counted": len(counts),
        "ties": int(outcome.ties.sum()),
        "runs_to_settle": judgement.runs_to_settle,
        "boxes": [_box(box, ground) for box in (rules.boxes if rules else ())],
        "hinge": [],
        "hinge_in_box": [],
        "flip": None,
        "assumed_links": [],
        "mirror": None,
        "stability": {"halves": [_half(holds, half) for half in (0, 1)]},
        "evidence": UNDECIDED,
        "picture": None,
        "refuted_where": claim.refuted_where,
        "note": claim.note,
    }
    if len(counts) < FEWEST or not 0 < holds.sum() < len(holds):
        return found
    order, totals = _totals(values, holds, seed)
    hinges = _leading(totals)
    found["hinge"] = [_hinge(order, totals, n, ground) for n in hinges]
    if hinges:
        found["evidence"] = _evidence(found["hinge"][0]["status"])
        found["flip"] = _flip(values, holds, tuple(int(order[n]) for n in hinges[:3]), ground)
        found["picture"] = _picture(values, holds, [int(order[n]) for n in hinges[:2]], ground)
    if rules and rules.boxes:
        found["hinge_in_box"] = _in_box(rules.boxes[0], values, holds, ground, seed)
    return found


def _verdict(holds: np.ndarray, values: np.ndarray, seed: int) -> tuple[Judgement, Rules | None]:
    """The verdict on a truth by run; boxes only where the share asks for them."""
    hits, runs = int(holds.sum()), len(holds)
    if runs < 20:
        nothing = share_of(hits, runs)
        return Judgement(Verdict.UNDECIDED, nothing, None), None
    rules = None
    if FAILS / 2 < hits / runs < 1 - (1 - HOLDS) / 2 and runs >= FEWEST:
        rules = induce(values, holds, seed=seed)
    try:
        return judge(hits, runs, rules), rules
    except ValueError:  # between the limits, with too few runs for a box
        return Judgement(Verdict.UNDECIDED, share_of(hits, runs), FEWEST), None


def short_verdict(claim: Claim, runs: Frames, scenario: Scenario, weeks: int) -> dict[str, Any]:
    """A verdict without its region."""
    outcome = evaluate(claim, runs, scenario, weeks)
    _, values = assumptions_of(runs[BASELINE])
    judgement, _ = _verdict(outcome.holds[outcome.counts], values[outcome.counts], 0)
    counted = int(outcome.counts.sum())
    return {
        "verdict": judgement.verdict.value,
        "share": judgement.share.value if counted else None,
        "se": judgement.share.se if counted else None,
        "counted": counted,
    }


def _without(
    link: str, claim: Claim, runs: Frames, scenario: Scenario, weeks: int, found: dict[str, Any]
) -> dict[str, Any]:
    short = short_verdict(claim, runs, scenario, weeks)
    dies = False
    if found["counted"] and short["counted"]:
        held = found["verdict"] in (Verdict.HOLDS_BROADLY, Verdict.HOLDS_IN_A_REGION) or found["share"] >= 0.5
        fallen = found["share"] - short["share"] > ERRORS * math.hypot(found["se"], short["se"])
        dies = held and fallen and short["verdict"] in DIES and short["share"] < 0.5
    return {"link": link, "title": scenario.links[link].title, **short, "dies": dies}


def _half(holds: np.ndarray, half: int) -> float | None:
    part = holds[half::2]
    return float(part.mean()) if len(part) else None


def _box(box: Box, ground: Ground) -> dict[str, Any]:
    sides: dict[int, dict[str, Any]] = {}
    for limit in box.limits:
        told = sides.setdefault(limit.column, ground.told(limit.column) | {"low": None, "high": None})
        told["high" if limit.is_upper else "low"] = limit.value
        told["quasi_p"] = max(told.get("quasi_p", 0.0), limit.quasi_p)
    check = box.check
    return {
        "limits": list(sides.values()),
        "density": check.density.value,
        "density_se": check.density.se,
        "coverage": check.coverage.value,
        "coverage_se": check.coverage.se,
        "runs": check.runs,
    }


def _totals(values: np.ndarray, holds: np.ndarray, seed: int) -> tuple[np.ndarray, Totals]:
    """The assumptions with the greatest single effects, and the total effects among them."""
    order = _screen(rank_bins(values, COARSE), holds)[:SCREENED]
    return order, total_from_sample(values[:, order], holds, seed=seed)


def _screen(binned: Binned, holds: np.ndarray) -> np.ndarray:
    """Columns by how much of the variance their bins explain, the most first."""
    mean, explained = holds.mean(), []
    for bins in binned.bins:
        runs = np.bincount(bins, minlength=COARSE)
        hits = np.bincount(bins, holds, minlength=COARSE)
        explained.append((runs * (hits / np.maximum(runs, 1) - mean) ** 2).sum())
    return np.argsort(-np.array(explained), kind="stable")


def _leading(totals: Totals) -> list[int]:
    """The places of the greatest total effects that are not mere error, the greatest first."""
    order = np.argsort(-totals.total, kind="stable").tolist()
    return [n for n in order if totals.total[n] > TWO * totals.se[n]][:LEADING]


def _hinge(order: np.ndarray, totals: Totals, place: int, ground: Ground) -> dict[str, Any]:
    told = ground.told(int(order[place]))
    found = {"total_effect": float(totals.total[place]), "se": float(totals.se[place])}
    return told | found | {"first_order": float(totals.first[place])}


def _in_box(box: Box, values: np.ndarray, holds: np.ndarray, ground: Ground, seed: int) -> list[dict[str, Any]]:
    """What the claim hinges on inside its first box."""
    inside = box.contains(values)
    if inside.sum() < FEWEST or not 0 < holds[inside].sum() < inside.sum():
        return []
    order, totals = _totals(values[inside], holds[inside], seed)
    return [_hinge(order, totals, n, ground) for n in _leading(totals)]


def _evidence(status: str) -> str:
    return UNDECIDED if status == "assumption" else status


def _flip(values: np.ndarray, holds: np.ndarray, columns: tuple[int, ...], ground: Ground) -> dict[str, Any] | None:
    columns = tuple(column for column in columns if len(np.unique(values[:, column])) > 2)
    if not columns or len(values) < 50 * (len(columns) + 1):
        return None
    centre, scale = np.median(values, axis=0), values.std(axis=0)
    found = flip(values, holds, centre=centre, scale=scale, columns=columns)
    if found is None:
        return None
    changes = [
        ground.told(column)
        | {"from": float(centre[column]), "to": float(centre[column] + found.change[column] * scale[column])}
        for column in columns
        if abs(found.change[column]) > 0.05
    ]
    return {
        "distance": found.distance,
        "se": found.se,
        "holds_at_centre": found.holds_at_centre,
        "beyond": found.beyond,
        "changes": changes,
    }


def _picture(values: np.ndarray, holds: np.ndarray, columns: list[int], ground: Ground) -> dict[str, Any] | None:
    """Share of runs in which the claim holds over its two leading assumptions, in cells of equal rank."""
    if len(columns) < 2:
        return None
    binned = rank_bins(values[:, columns], COARSE)
    x, y = binned.bins.astype(int)
    shape = tuple(int(last) + 1 for last in binned.last[::-1])
    runs, hits = np.zeros(shape, int), np.zeros(shape, int)
    np.add.at(runs, (y, x), 1)
    np.add.at(hits, (y, x), holds.astype(int))
    share = [
        [hit / run if run else None for hit, run in zip(*rows, strict=True)] for rows in zip(hits, runs, strict=True)
    ]
    ends = [
        ground.told(column)
        | {"edges": [float(values[:, column].min()), *map(float, edges), float(values[:, column].max())]}
        for column, edges in zip(columns, binned.edges, strict=True)
    ]
    return {"x": ends[0], "y": ends[1], "share": share, "runs": runs.tolist()}

"""Total effects on a claim by a design of further runs, on the whole space, or the claim's region, and in its box.

Definition:
    the leading assumptions are those that come first in the given runs (in the box: in those inside), if by mere error
    a pair is a run, and the same with one thing redrawn: a leading assumption, all others together, or chance
    total effect = share of pairs in which only one of both holds / the same of two independent runs, 2 p (1 - p)
    pairs of which a run does not count are left out
Units:
    shares. They add up to more than one where things act together. Chance is a thing like the others here: what an
    assumption decides only by luck counts for both, while totals of given runs leave luck out.
Source:
    Jansen 1999, see ``methods.sobol``.
Errors:
    bootstrap over rows, and never less than one pair more would add. Numbers that a table gives depend on each other:
    they are redrawn with all others, and a box that limits one has no design.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from westphalia.analyse.claim_details import Ground
from westphalia.analyse.claim_regions import WHOLE_RANGE, both, ends_of
from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claim_tests import evaluate
from westphalia.analyse.design_rows import CHANCE, OTHERS, Part, Rows
from westphalia.analyse.methods.sobol import Designed, totals
from westphalia.errors import BadInput, Fault
from westphalia.model.noise import uniform
from westphalia.scenario.claims import Claim

FEWEST, MOST = 64, 65_536
"""Rows of a design."""
FEW = 20
"""Fewer pairs of a kind, or fewer rows in which the claim holds or fails, have no totals worth telling."""
NOTHING_LEADS = "too few of the given runs count to say what comes first, or they are all alike"
FROM_A_TABLE = "the box or the region limits a number that a table gives together with others"
TOO_FEW = "too few of its runs count, or the claim holds in nearly all or nearly none of them"


def refuse_rows(rows: int) -> None:
    """Refuse a size of designs that does not fill the space evenly.

    Raises:
        BadInput: With the nearest size that does.
    """
    if FEWEST <= rows <= MOST and rows.bit_count() == 1:
        return
    nearest = 2 ** round(np.log2(np.clip(rows, FEWEST, MOST)))
    what, remedy = f"{rows:,} cannot be", f"give a power of two from {FEWEST} to {MOST:,}, such as {nearest:,}"
    raise BadInput([Fault("command line", 1, 1, "--design", what, remedy)])


def by_design(
    claim: Claim,
    store: Store,
    ground: Ground,
    rows: int,
    leading: Sequence[int],
    box: Sequence[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """Total effects by a design.

    Args:
        claim: A claim.
        store: The scenario, and where runs are kept.
        ground: What was drawn in the given runs.
        rows: Rows of the design.
        leading: Places of the leading assumptions in it.
        box: Limits of a box, as ``claim_details.told_box`` tells them; the whole space where left out.
    """
    tabled = store.scenario.drawn.keys()
    limits = {limit["assumption"]: limit for limit in box}
    region = _region(claim, ground, store)
    if (limits.keys() | region.keys()) & tabled:
        return _nothing(FROM_A_TABLE)
    parts = {path: _part(limit, path, ground, store.plan.seed) for path, limit in limits.items()}
    within = {path: both(region.get(path, WHOLE_RANGE), parts.get(path, WHOLE_RANGE)) for path in {**region, **parts}}
    fixed = {path for path, (low, high) in within.items() if low == high}
    paths = tuple(path for path in (ground.names[column] for column in leading) if path not in {*tabled, *fixed})
    return _effects(claim, store, Rows(paths, within), ground, rows) if paths else _nothing(NOTHING_LEADS)


def _region(claim: Claim, ground: Ground, store: Store) -> dict[str, Part]:
    """The parts of ranges that a claim is about; what happens by chance has one end of its range, or no part."""
    found = claim.region
    by_chance = [path for path in found if _is_by_chance(path, ground)]
    ends = ends_of(claim, store.plan) if by_chance else {}
    for path in by_chance:
        low, high = ends[path]
        del found[path]
        if low == high:
            found[path] = _end(happens=low == 1.0)
    return found


def _end(*, happens: bool) -> Part:
    return (0.0, 0.0) if happens else (1.0, 1.0)


def _is_by_chance(path: str, ground: Ground) -> bool:
    """Whether this happens or not, rather than having a value."""
    return bool(np.isin(ground.values[:, ground.names.index(path)], (0.0, 1.0)).all())


def _part(limit: Mapping[str, Any], path: str, ground: Ground, seed: int) -> Part:
    """The part of a range between two limits of its values; what must happen, or must not, has no part but an end."""
    values = ground.values[:, ground.names.index(path)]
    if _is_by_chance(path, ground):
        return _end(happens=limit["low"] is not None)
    place = uniform(seed, path, np.arange(len(values)))
    return _between(limit["low"], values, place, 0.0), _between(limit["high"], values, place, 1.0)


def _between(limit: float | None, values: np.ndarray, place: np.ndarray, otherwise: float) -> float:
    """The place of a value in a range: in the middle between those of the draws on both sides of it."""
    if limit is None:
        return otherwise
    below = values <= limit
    return float(place[below].max() + place[~below].min()) / 2


def _effects(claim: Claim, store: Store, usual: Rows, ground: Ground, count: int) -> dict[str, Any]:
    """Total effects of the leading assumptions, of the others and of chance, the greatest first."""
    groups = (*usual.paths, OTHERS, CHANCE)
    first = _verdicts(claim, store, usual, count, f"design, 1 of {len(groups) + 1}")
    if min((first == 0).sum(), (first == 1).sum()) < FEW:
        return _nothing(TOO_FEW)
    redrawn = np.array(
        [
            _verdicts(claim, store, Rows(usual.paths, usual.within, group), count, f"design, {n} of {len(groups) + 1}")
            for n, group in enumerate(groups, start=2)
        ]
    )
    if np.isfinite(first + redrawn).sum(axis=1).min() < FEW:
        return _nothing(TOO_FEW)
    found = totals(first, redrawn, seed=store.plan.seed)
    effects = [_effect(found, n) for n in range(len(groups))]
    hinges = [
        ground.told(ground.names.index(path)) | effect for path, effect in zip(usual.paths, effects, strict=False)
    ]
    return {
        "share": found.mean,
        "hinge": sorted(hinges, key=lambda hinge: -hinge["total_effect"]),
        "others": effects[-2],
        "chance": effects[-1],
        "why_not": None,
    }


def _verdicts(claim: Claim, store: Store, rows: Rows, count: int, stage: str) -> np.ndarray:
    """Whether the claim holds in each row, 1 or 0; not a number where a row does not count."""

    def watch(arm: str, done: int, wanted: int) -> None:
        store.watch(f"{arm} ({stage})", done, wanted)

    frames = store.designed(claim, rows, count, watch)
    outcome = evaluate(claim, frames, store.scenario, store.plan.weeks)
    return np.where(outcome.counts, outcome.holds, np.nan)


def _effect(found: Designed, place: int) -> dict[str, Any]:
    least = 0.5 / (found.pairs[place] * found.variance)
    return {
        "total_effect": float(found.total[place]),
        "se": float(max(found.se[place], least)),
        "pairs": int(found.pairs[place]),
    }


def _nothing(why: str) -> dict[str, Any]:
    return {"share": None, "hinge": [], "others": None, "chance": None, "why_not": why}

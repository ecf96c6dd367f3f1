"""The runs that lie in the region of the assumptions that a claim is about.

Definition:
    a part of a range lies between the values that its two places have, on the range's own scale; a run lies in a region
    if what it drew lies in every part, both ends included
    what happens by chance lies in a part if it does as at either end: in one that ends below its chance where it
    happens, in one that begins above where it does not
Units:
    those of the assumptions.
Errors:
    a number that a table gives is held against its own range, as in a position; what is drawn in no run of a start has
    no part, and no run lies in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from westphalia.analyse.claim_details import Ground
from westphalia.assemble import assemble
from westphalia.scenario.claims import Claim
from westphalia.simulate.study_manifest import Plan

Part = tuple[float, float]
WHOLE_RANGE = (0.0, 1.0)


def both(one: Part, other: Part) -> Part:
    """What two parts of a range share; the nearest place where that is nothing."""
    low, high = max(one[0], other[0]), min(one[1], other[1])
    return (low, high) if low <= high else (high, high)


def is_drawn(claim: Claim, drawn: pd.DataFrame) -> bool:
    """Whether runs draw all that the region of a claim is about."""
    return claim.region.keys() <= set(drawn.columns)


def regions(plan: Plan, claims: Mapping[str, Claim], drawn: pd.DataFrame) -> dict[str, np.ndarray]:
    """For each claim, which runs lie in its region.

    Args:
        plan: The scenario.
        claims: Claims by name.
        drawn: The runs of the baseline, with what they drew.
    """
    found = {}
    for name, claim in claims.items():
        inside = np.full(len(drawn), is_drawn(claim, drawn))
        for path, (low, high) in ends_of(claim, plan).items() if inside.any() else ():
            values = drawn[path].to_numpy(float)
            inside &= (values >= low) & (values <= high)
        found[name] = inside
    return found


def told_region(claim: Claim, ground: Ground, plan: Plan) -> list[dict[str, Any]]:
    """The region of a claim with the values of its ends; empty where it is about all runs."""
    return [ground.told_of(path) | {"low": low, "high": high} for path, (low, high) in ends_of(claim, plan).items()]


def ends_of(claim: Claim, plan: Plan) -> dict[str, Part]:
    """The values between which each number of a region lies, by path."""
    parts = claim.region
    if not parts:
        return {}
    one = np.arange(1)
    ends = [
        assemble(
            plan.loaded.scenario,
            seed=plan.seed,
            cases=one,
            weeks=1,
            parts={path: (part[end], part[end]) for path, part in parts.items()},
        ).assumptions
        for end in (0, 1)
    ]
    pairs = {path: sorted(float(values[path][0]) for values in ends) for path in parts}
    return {path: (low, high) for path, (low, high) in pairs.items()}

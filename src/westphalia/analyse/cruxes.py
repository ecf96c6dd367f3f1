"""Where two positions disagree: their answers, the questions on which the difference hangs, and what to find out first.

Definition:
    each run takes its own random order of the groups in which the positions differ, and changes them one after the
    other from the first position's to the second's, draws and noise kept; what a group adds is the change of the
    outcome when it is exchanged. Its mean over runs is the Shapley value of the group, and the values of all groups
    add up to the whole difference, exactly.
    low, high   least and greatest mean effect among the early, the middle and the late places in the order
    exchange    the groups, the greatest values first, that must be exchanged until the answer is nearer to the other's
    find out    the expected value of knowing an assumption for calling the outcome, over runs that draw every number
                from its whole range: in those of a position what it narrows goes together, and an assumption that does
                nothing would seem worth knowing for what it tells of the position
Units:
    those of the outcome; values of information in shares of runs called rightly.
Errors:
    standard errors over runs, which are paired; with k groups k + 1 ensembles are run, whatever k.
Source:
    Shapley 1953; sampling of orders as in Castro, Gomez and Tejada 2009.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from westphalia.analyse.claim_details import Ground
from westphalia.analyse.claim_runs import Store, assumptions_of
from westphalia.analyse.claim_tests import out_of_reach
from westphalia.analyse.claims import DECIDED, short_verdict
from westphalia.analyse.methods.information import for_verdict
from westphalia.analyse.position_runs import Outcome, Path, outcomes_of
from westphalia.analyse.positions import EMPTY, Group, differing, groups_of, levers_of, parts_of, refuse_undrawn
from westphalia.scenario.inventory import numbers
from westphalia.simulate.study import BASELINE

THIRDS = 3
TWO = 2.0
"""Differences of fewer standard errors than this are none."""
FOUND_OUT = 8
"""Assumptions that are told."""
CLAIM_RUNS = 512
"""Runs of an arm, at most, for claims under a position."""


def cruxes(store: Store, between: tuple[str, str], runs: int) -> dict[str, Any]:
    """The object of ``cruxes --json``.

    Args:
        store: The scenario, and where arms for its claims are kept.
        between: Two of its positions.
        runs: Runs of each ensemble.

    Raises:
        BadInput: If a position narrows what the scenario does not draw.
    """
    scenario = store.scenario
    refuse_undrawn(store.plan.loaded, between, store.plan.seed)
    pair = tuple(groups_of(scenario.positions[name]) for name in between)
    one, other = pair
    names = differing(one, other)
    path = Path(store, (one, other), names, runs, is_back=between[0] > between[1])
    outcomes = outcomes_of(scenario)
    known = {number.path: number for number in numbers(scenario)}
    found = {key: _decomposed(path, outcome, names, (one, other), known) for key, outcome in outcomes.items()}
    main = max(found, key=lambda key: found[key]["deviations"])
    matters = found[main]["deviations"] > TWO
    exchange = _exchange(path, outcomes[main], found[main]) if matters else []
    common, apart = _claims(store, between, (one, other), min(runs, CLAIM_RUNS))
    return {
        "scenario": scenario.name,
        "seed": store.plan.seed,
        "runs": runs,
        "weeks": store.plan.weeks,
        "between": list(between),
        "positions": {
            name: {
                "title": scenario.positions[name].title,
                "sentences": [n.sentence for n in scenario.positions[name].narrowings],
            }
            for name in between
        },
        "answers": {
            name: {
                key: {"title": outcomes[key].title, "unit": outcomes[key].unit} | of["answers"][place]
                for key, of in found.items()
            }
            for place, name in enumerate(between)
        },
        "differences": {key: {"value": of["difference"], "se": of["se"]} for key, of in found.items()},
        "outcome": outcomes[main].title,
        "matters": bool(matters),
        "cruxes": found[main]["cruxes"],
        "decompositions": {key: of["cruxes"] for key, of in found.items()},
        "exchange": [step["group"] for step in exchange],
        "exchange_steps": exchange,
        "exchange_told": _told(exchange, names, bool(matters)),
        "common_ground": common,
        "apart": apart,
        "find_out_first": _find_out(store, outcomes[main], runs, known) if matters else [],
    }


def _decomposed(
    path: Path, outcome: Outcome, names: list[str], pair: tuple[Mapping[str, Group], ...], known: Mapping[str, Any]
) -> dict[str, Any]:
    """Both answers, their difference, and what each group adds to it."""
    values = np.stack([np.asarray(outcome.read(stage), float) for stage in path.stages])
    runs = values.shape[1]
    steps = np.diff(values, axis=0)
    effect = np.zeros((len(names), runs))
    place_of = np.zeros((len(names), runs), int)
    for place in range(len(names)):
        effect[path.order[place], np.arange(runs)] = steps[place]
        place_of[path.order[place], np.arange(runs)] = place
    difference = values[-1] - values[0]
    error = _se(difference)
    groups = []
    for n, name in enumerate(names):
        third = place_of[n] * THIRDS // len(names)
        means = [effect[n][third == part].mean() for part in range(THIRDS) if (third == part).any()]
        groups.append(
            {
                "group": name,
                "title": "; ".join(dict.fromkeys(s for of in pair for s in of.get(name, EMPTY).sentences)),
                "value": float(effect[n].mean()),
                "se": _se(effect[n]),
                "low": float(min(means)),
                "high": float(max(means)),
                "evidence": _evidence([path for of in pair for path in of.get(name, EMPTY).parts], known),
            }
        )
    mean = float(difference.mean())
    return {
        "answers": [{"value": float(of.mean()), "se": _se(of)} for of in (values[0], values[-1])],
        "difference": mean,
        "se": error,
        "deviations": abs(mean) / error if error > 0 else 0.0,
        "cruxes": sorted(groups, key=lambda group: -abs(group["value"])),
    }


def _se(values: np.ndarray) -> float:
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def _evidence(paths: list[str], known: Mapping[str, Any]) -> str:
    """What the assumptions of a group rest on: the weakest of them."""
    statuses = {known[path].status for path in paths if path in known}
    return next((status for status in ("assumption", "calibrated", "sourced") if status in statuses), "assumption")


def _exchange(path: Path, outcome: Outcome, found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The groups that turn the first position's answer into the second's, with the answer after each exchange."""
    start, end = (answer["value"] for answer in found["answers"])
    sign = 1.0 if end > start else -1.0
    helping = [group["group"] for group in found["cruxes"] if sign * group["value"] > 0]
    taken = np.zeros_like(path.order, dtype=bool)
    steps = []
    for name in helping:
        taken[path.names.index(name)] = True
        values = np.asarray(outcome.read(path.table(taken)), float)
        steps.append({"group": name, "answer": float(values.mean()), "se": _se(values)})
        if abs(values.mean() - end) < abs(values.mean() - start):
            break
    return steps


def _told(steps: list[dict[str, Any]], names: list[str], matters: bool) -> str:
    if not names:
        return "The two positions are the same in everything."
    if not matters:
        return "The two positions give the same answers within their errors: here the disagreement changes none."
    return f"Exchange {', '.join(step['group'] for step in steps)}, and the first answer comes nearer to the second."


def _claims(
    store: Store, between: tuple[str, str], pair: tuple[Mapping[str, Group], ...], runs: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Claims on which both positions give the same decided verdict, and those on which their verdicts differ."""
    scenario, weeks = store.scenario, store.plan.weeks
    asked = {name: claim for name, claim in scenario.claims.items() if not out_of_reach(scenario, claim, weeks)}
    verdicts = []
    for groups in pair:
        held = store.narrowed(parts_of(groups), levers_of(groups))
        frames = held.frames(asked.values(), runs)
        verdicts.append({name: short_verdict(c, frames, held.scenario, weeks) for name, c in asked.items()})
    common, apart = [], []
    for name, claim in asked.items():
        first, second = (of[name]["verdict"] for of in verdicts)
        row = {"id": name, "sentence": claim.sentence}
        if first == second and first in DECIDED:
            common.append(row | {"verdict": first})
        elif first != second and {first, second} & DECIDED:
            apart.append(row | {"verdicts": dict(zip(between, (first, second), strict=True))})
    return common, apart


def _find_out(store: Store, outcome: Outcome, runs: int, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What knowing each assumption is worth for calling the outcome, none of them narrowed."""
    free = store.frames([], max(runs, store.study.done if store.study else 0))[BASELINE]
    values = np.asarray(outcome.read(free), float)
    happens = values > (0.5 if outcome.unit == "share" else np.median(values))
    names, drawn = assumptions_of(free)
    ground = Ground(names, drawn, dict(known))
    if len(happens) < 100 or not 0 < happens.sum() < len(happens):
        return []
    worth = for_verdict(ground.values, happens, seed=store.plan.seed)
    best = np.argsort(-worth.partial, kind="stable")[:FOUND_OUT]
    return [
        ground.told(int(n)) | {"value": float(worth.partial[n]), "se": float(worth.partial_se[n])}
        for n in best
        if worth.partial[n] > TWO * worth.partial_se[n]
    ]

"""Where two positions disagree: their answers, the questions on which the difference hangs, and what to find out first.

Definition:
    each run takes its own random order of the groups in which the positions differ, and changes them one after the
    other from the first position's to the second's, draws and noise kept; what a group adds is the change of the
    outcome when it is exchanged. Its mean over runs is the Shapley value of the group, and the values of all groups
    add up to the whole difference, exactly.
    low, high   least and greatest mean effect among the early, the middle and the late places in the order
    outcome     the one that is asked for, a claim among them; else that which differs by the most standard errors
    exchange    the fewest groups that must be exchanged until the answer is nearer to the other's (see ``exchange``)
    find out    the expected value of knowing an assumption for calling the outcome, over runs that draw every number
                from its whole range: in those of a position what it narrows goes together, and an assumption that does
                nothing would seem worth knowing for what it tells of the position
Units:
    those of the outcome; values of information in shares of runs called rightly.
Errors:
    standard errors over runs, which are paired; with k groups k + 1 ensembles are run, whatever k, and those of the
    search for the smallest exchange. All outcomes are read from the same runs, and so are claims that need no other
    arm; a claim that does is decomposed where it is asked for.
Source:
    Shapley 1953; sampling of orders as in Castro, Gomez and Tejada 2009.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from westphalia.analyse.claim_details import Ground
from westphalia.analyse.claim_runs import Store, assumptions_of
from westphalia.analyse.claim_tests import out_of_reach
from westphalia.analyse.crux_claims import COUNTED, claims_under
from westphalia.analyse.crux_values import decomposed, linear, standard_error
from westphalia.analyse.exchange import Answer, Exchange, smallest
from westphalia.analyse.methods.information import for_verdict
from westphalia.analyse.position_runs import Outcome, Path, claims_of, outcomes_of
from westphalia.analyse.positions import differing, groups_of, refuse_undrawn
from westphalia.errors import BadInput, Fault, did_you_mean
from westphalia.scenario.claims import Claim, Position
from westphalia.scenario.inventory import numbers
from westphalia.scenario.narrowing_checks import of_positions
from westphalia.scenario.schema import Scenario
from westphalia.simulate.study import BASELINE

TWO = 2.0
"""Differences of fewer standard errors than this are none."""
FOUND_OUT = 8
"""Assumptions that are told."""
CLAIM_RUNS = 512
"""Runs of an arm, at most, for claims under a position."""


def askable(scenario: Scenario, weeks: int) -> dict[str, Outcome]:
    """What cruxes can be asked of: outcomes by key, and claims that runs of so many weeks can test by name."""
    return claims_of(scenario, weeks) | outcomes_of(scenario)


def cruxes(store: Store, between: tuple[str, str], runs: int, outcome: str | None = None) -> dict[str, Any]:
    """The object of ``cruxes --json``.

    Args:
        store: The scenario, and where arms for its claims are kept.
        between: Two of its positions.
        runs: Runs of each ensemble.
        outcome: One of those of ``askable``; that in which the positions differ most clearly where left out.

    Raises:
        BadInput: If a position narrows what the scenario does not draw, there is no such outcome, or too few runs
            count for a claim.
    """
    scenario = store.scenario
    refuse_undrawn(store.plan.loaded, of_positions(scenario, between), store.plan.seed)
    one, other = pair = (groups_of(scenario.positions[between[0]]), groups_of(scenario.positions[between[1]]))
    asked = askable(scenario, store.plan.weeks)
    if outcome is not None and outcome not in asked:
        raise BadInput([_cannot(outcome, asked, scenario, store.plan.weeks)])
    arms = asked[outcome].arms if outcome else ()
    path = Path(store, pair, differing(one, other), runs, is_back=between[0] > between[1], arms=arms)
    known = {number.path: number for number in numbers(scenario)}
    plain = outcomes_of(scenario)
    found = {key: decomposed(path, asked[key], pair, known) for key in plain}
    for key in asked:
        if key not in plain and {*asked[key].arms} <= {*arms}:
            _add_claim(found, key, decomposed(path, asked[key], pair, known), runs, is_asked=key == outcome)
    main = outcome or max(plain, key=lambda key: found[key]["deviations"])
    matters = found[main]["deviations"] > TWO
    exchange = _exchange(path, asked[main], found[main]) if matters else Exchange((), (), 0, True)
    return {
        "scenario": scenario.name,
        "seed": store.plan.seed,
        "runs": runs,
        "weeks": store.plan.weeks,
        "between": list(between),
        "positions": {name: _position(scenario.positions[name]) for name in between},
        "answers": {
            name: {
                key: {"title": asked[key].title, "unit": asked[key].unit} | found[key]["answers"][place]
                for key in dict.fromkeys([*plain, main])
            }
            for place, name in enumerate(between)
        },
        "differences": {key: {"value": of["difference"], "se": of["se"]} for key, of in found.items()},
        "outcome": asked[main].title,
        "outcome_key": main,
        "is_chosen": outcome is not None,
        "matters": matters,
        "cruxes": found[main]["cruxes"],
        "decompositions": {key: of["cruxes"] for key, of in found.items()},
        **_exchanged(exchange),
        "exchange_told": _told(exchange, path.names, matters, asked[main].title if outcome else None),
        **claims_under(store, between, pair, min(runs, CLAIM_RUNS)),
        "find_out_first": _find_out(store, asked[main], runs, known, scenario.claims.get(main)) if matters else [],
    }


def _position(position: Position) -> dict[str, Any]:
    return {"title": position.title, "sentences": [narrowing.sentence for narrowing in position.narrowings]}


def _exchanged(exchange: Exchange) -> dict[str, Any]:
    """What turns the answer, with the answer after each group."""
    return {
        "exchange": list(exchange.groups),
        "exchange_steps": [
            {"group": group, "answer": answer.value, "se": answer.se}
            for group, answer in zip(exchange.groups, exchange.answers, strict=True)
        ],
        "exchange_exact": exchange.exact,
        "exchange_tried": exchange.tried,
    }


def _cannot(outcome: str, asked: Iterable[str], scenario: Scenario, weeks: int) -> Fault:
    """Why cruxes cannot be asked of this."""
    where = ("command line", 1, 1, "--outcome")
    if claim := scenario.claims.get(outcome):
        why = "it is about a region of the assumptions" if claim.within else out_of_reach(scenario, claim, weeks)
        return Fault(*where, f'claim "{outcome}" cannot be asked of: {why}', f"valid here: {', '.join(asked)}")
    remedy = did_you_mean(outcome, asked) or f"valid here: {', '.join(asked)}"
    return Fault(*where, f'there is no outcome or claim "{outcome}"', remedy)


def _add_claim(found: dict[str, Any], name: str, of: dict[str, Any], runs: int, *, is_asked: bool) -> None:
    """Keep what is found of a claim that is asked for, or on which the positions differ, by enough runs that count.

    Raises:
        BadInput: If it is asked for and too few runs count.
    """
    if is_asked and of["counted"] < COUNTED:
        what = f'"{name}" counts in {of["counted"]:,} of {runs:,} runs at some step, and {COUNTED} are needed'
        raise BadInput([Fault("command line", 1, 1, "--outcome", what, "ask for more --runs, or of another outcome")])
    if of["counted"] >= COUNTED and (is_asked or of["deviations"] > TWO):
        found[name] = of


def _exchange(path: Path, outcome: Outcome, found: Mapping[str, Any]) -> Exchange:
    """The fewest groups that turn the first position's answer into the second's."""
    start, end = (Answer(**answer) for answer in found["answers"])
    ranked = [group["group"] for group in found["cruxes"]]
    helping = [group["group"] for group in found["cruxes"] if (end.value - start.value) * group["value"] > 0]

    def play(sets: Sequence[frozenset[str]]) -> list[Answer]:
        answers = []
        for values in path.read(outcome, sets):
            levels, parts = linear(values[None])
            answers.append(Answer(float(levels[0]), standard_error(parts[0])))
        return answers

    return smallest(play, ranked, helping, start, end)


def _told(exchange: Exchange, names: list[str], matters: bool, asked: str | None) -> str:
    if not names:
        return "The two positions are the same in everything."
    if not matters and asked is not None:
        return f"The two positions give the same answer within its error: {asked}."
    if not matters:
        return "The two positions give the same answers within their errors: here the disagreement changes none."
    told = f"Exchange {', '.join(exchange.groups)}, and the first answer comes nearer to the second."
    if exchange.exact:
        return f"{told} No smaller set does that." if len(exchange.groups) > 1 else told
    return f"{told} This is by a greedy search, so a smaller set may exist."


def _find_out(
    store: Store, outcome: Outcome, runs: int, known: Mapping[str, Any], claim: Claim | None
) -> list[dict[str, Any]]:
    """What knowing each assumption is worth for calling the outcome, none of them narrowed, in runs that count."""
    frames = store.frames([claim] if claim else [], max(runs, store.study.done if store.study else 0))
    values = np.asarray(outcome.read(frames), float)
    counts = np.isfinite(values)
    values, free = values[counts], frames[BASELINE].loc[counts]
    happens = values > (0.5 if outcome.unit == "share" else np.median(values))
    names, drawn = assumptions_of(free)
    ground = Ground(names, drawn, dict(known))
    if len(happens) < COUNTED or not 0 < happens.sum() < len(happens):
        return []
    worth = for_verdict(ground.values, happens, seed=store.plan.seed)
    best = np.argsort(-worth.partial, kind="stable")[:FOUND_OUT]
    return [
        ground.told(int(n)) | {"value": float(worth.partial[n]), "se": float(worth.partial_se[n])}
        for n in best
        if worth.partial[n] > TWO * worth.partial_se[n]
    ]

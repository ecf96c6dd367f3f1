"""Logged verdicts against what history answered: a table, a Brier score, and how far shares are calibrated.

Equation:
    score = mean (share - held)^2 over the verdicts that count, held being 1 or 0; one half each time scores 1/4
    base rate = mean of held over the verdicts on all other claims, as a forecast for the verdicts on this one
    interval: 95 % of resamples of whole claims; a claim's verdicts, from several starts say, stay together
What counts:
    verdicts that were logged before the day of the answer. Of several on one question (scenario, variant, claim,
    sentence, start, length of runs) the last counts; the score if the first had, or all of them with the weight of
    one, stands beside it. By version of the model, it is the last of each version.
Units:
    shares; days.
Source:
    [Brier1950], whose sum over both answers is twice this.
Errors:
    Claims are taken as independent. Those of one war are not, so that intervals are too narrow. Below ``FEWEST`` claims
    there is neither an interval nor a base rate. What is left out moves a base rate away from its own answer, so that
    it scores somewhat worse than one rate for all would.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Bool, Float, Integer

from westphalia.analyse.claim_answers import Answer
from westphalia.analyse.claim_log import Line
from westphalia.analyse.methods.verdicts import Verdict

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Of the bins of shares; the limits of verdicts are among them."""
HALF = 0.25
"""Score of saying one half each time."""
FEWEST = 10
RESAMPLES, SEED = 4000, 1

PerVerdict = Float[np.ndarray, " verdict"]


class Case(NamedTuple):
    """A logged verdict and its answer."""

    line: Line
    answer: Answer

    @property
    def claim(self) -> tuple[str, str]:
        """What it is about, whatever its words, start and length."""
        return self.line.scenario, self.line.claim


def scores(lines: Sequence[Line], answers: Sequence[Answer]) -> dict[str, Any]:
    """The object of ``score --json``.

    Args:
        lines: The log.
        answers: What history answered, no two of them to the same line.
    """
    answered = [Case(line, answer) for line in lines for answer in answers if answer.fits(line)]
    before = [case for case in answered if case.line.date < case.answer.date]
    counted = _last(before)
    known = {case.claim for case in answered}
    still_open = [line for line in lines if not any(answer.fits(line) for answer in answers)]
    ahead = [(case.answer.date - case.line.date).days for case in counted]
    return {
        "logged": len(lines),
        "answered": len(answered),
        "open": len(still_open),
        "open_otherwise": sum((line.scenario, line.claim) in known for line in still_open),
        "late": len(answered) - len(before),
        "superseded": len(before) - len(counted),
        "unused_answers": [
            {"row": answer.row, "scenario": answer.scenario, "claim": answer.claim}
            for answer in answers
            if not any(answer.fits(line) for line in lines)
        ],
        "days_before": _spread(ahead) if ahead else None,
        "fewest": FEWEST,
        "resamples": RESAMPLES,
        **_scored(counted),
        "if_first": _score_of([own[:1] for own in _by_question(before)]),
        "if_all": _score_of(_by_question(before)),
        "by_scenario": [
            {"scenario": name, **_scored([case for case in counted if case.line.scenario == name])}
            for name in sorted({case.line.scenario for case in counted})
        ],
        "by_model": [
            {"model": name, **_scored(_last(case for case in before if case.line.model == name))}
            for name in dict.fromkeys(case.line.model for case in before)
        ],
    }


def _spread(days: Sequence[int]) -> dict[str, float]:
    return {"least": float(min(days)), "median": float(np.median(days)), "most": float(max(days))}


def _question(line: Line) -> tuple[object, ...]:
    return line.scenario, line.variant, line.claim, line.sentence, line.region, line.start, line.weeks


def _by_question(cases: Iterable[Case]) -> list[list[Case]]:
    """The cases on each question by their day and, on one day, by their place in the log."""
    found: dict[tuple[object, ...], list[Case]] = {}
    for case in sorted(cases, key=lambda case: case.line.date):
        found.setdefault(_question(case.line), []).append(case)
    return list(found.values())


def _last(cases: Iterable[Case]) -> list[Case]:
    return [own[-1] for own in _by_question(cases)]


def _scored(cases: Sequence[Case]) -> dict[str, Any]:
    """What there is to say of verdicts that count."""
    shared = [case for case in cases if case.line.share is not None]
    share, held = _arrays(shared)
    return {
        "verdicts": len(cases),
        "claims": len({case.claim for case in cases}),
        "table": [
            {"verdict": verdict.value, "held": sum(of), "did_not_hold": len(of) - sum(of), "n": len(of)}
            for verdict in Verdict
            for of in ([case.answer.held for case in cases if case.line.verdict == verdict],)
        ],
        "brier": _brier(shared, share, held) if shared else None,
        "bins": _bins(share, held),
    }


def _arrays(shared: Sequence[Case]) -> tuple[PerVerdict, PerVerdict]:
    share = np.array([case.line.share for case in shared], float)
    return share, np.array([case.answer.held for case in shared], float)


def _brier(shared: Sequence[Case], share: PerVerdict, held: PerVerdict) -> dict[str, Any]:
    names = {name: number for number, name in enumerate(dict.fromkeys(case.claim for case in shared))}
    claim = np.array([names[case.claim] for case in shared])
    loss = (share - held) ** 2
    found = {"n": len(shared), "claims": len(names), "score": float(loss.mean()), "half": HALF}
    if len(names) < FEWEST:
        return found | {"low": None, "high": None, "base_rate": None}
    rate = np.array([held[claim != own].mean() for own in claim])
    against = (rate - held) ** 2
    (low, high), (less, more) = _interval(loss, claim), _interval(loss - against, claim)
    apart = {"difference": float((loss - against).mean()), "low": less, "high": more}
    return found | {"low": low, "high": high, "base_rate": {"score": float(against.mean()), **apart}}


def _interval(values: PerVerdict, claim: Integer[np.ndarray, " verdict"]) -> tuple[float, float]:
    """Ends of the interval of a mean over resamples of whole claims."""
    many = claim.max() + 1
    drawn = np.random.default_rng(SEED).multinomial(many, np.full(many, 1.0 / many), size=RESAMPLES)[:, claim]
    low, high = np.quantile(drawn @ values / drawn.sum(axis=1), [0.025, 0.975])
    return float(low), float(high)


def _score_of(asked: Sequence[Sequence[Case]]) -> dict[str, Any]:
    """The score of verdicts by question, each question with the weight of one; those without a share left out."""
    known = [shared for own in asked if (shared := [case for case in own if case.line.share is not None])]
    losses = [np.mean(np.subtract(*_arrays(shared)) ** 2) for shared in known]
    return {"questions": len(known), "score": float(np.mean(losses)) if losses else None}


def _bins(share: PerVerdict, held: PerVerdict) -> list[dict[str, Any]]:
    place = np.digitize(share, EDGES[1:-1])
    return [
        {"low": EDGES[n], "high": EDGES[n + 1], "n": int(inside.sum())} | _inside(share, held, inside)
        for n in range(len(EDGES) - 1)
        for inside in (place == n,)
    ]


def _inside(share: PerVerdict, held: PerVerdict, inside: Bool[np.ndarray, " verdict"]) -> dict[str, float | None]:
    if not inside.any():
        return {"share": None, "held": None}
    return {"share": float(share[inside].mean()), "held": float(held[inside].mean())}

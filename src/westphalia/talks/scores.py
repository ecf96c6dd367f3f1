"""How far each rule is from what was decided, with honest intervals, against three rules that know next to nothing.

Equation:
    error = mean |forecast - outcome|;   difference = error - error of a yardstick, on the same decisions
    intervals: 90 % of resamples of whole proposals
Units:
    points of a scale from 0 to 100.
Source:
    The yardstick is that of Thomson, Stokman, Achen and König (2006). A parameter of a rule is chosen for each decision
    on the decisions of all other proposals, so nothing is tuned on what it is scored on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float, Integer

from westphalia.errors import BadInput, Fault
from westphalia.talks.challenge import challenge
from westphalia.talks.forecasts import FAMILIES, RULES, Rule
from westphalia.talks.importers.deu import Decision, read_decisions_in

BASELINE = "plain mean"
YARDSTICKS = (BASELINE, "constant 50", "size-weighted mean")
"""Rules that every rule is held against; the verdict is on the first."""
RESAMPLES, SEED = 4000, 1
ROUNDS = (1, 5, 10)
"""Stopping rounds of the challenge model: its answer wanders with them."""

PerDecision = Float[np.ndarray, " decision"]


class Interval(NamedTuple):
    """A mean over decisions and the interval of its resamples."""

    mean: float
    low: float
    high: float


class Score(NamedTuple):
    """How one rule did.

    Attributes:
        rule: Its name.
        decisions: On how many decisions it was scored.
        error: Mean absolute error.
        against: Error less that of each yardstick, by the yardstick's name; below 0 the rule is the nearer one.
    """

    rule: str
    decisions: int
    error: Interval
    against: Mapping[str, Interval]

    @property
    def verdict(self) -> str:
        """Whether it beats the plain mean, in words; it does only if the whole interval says so."""
        if self.rule == BASELINE:
            return "the yardstick"
        apart = self.against[BASELINE]
        if apart.high < 0.0:
            return "beats the plain mean"
        return "does worse than the plain mean" if apart.low > 0.0 else "does not beat the plain mean"


def scores(decisions: Sequence[Decision]) -> list[Score]:
    """Scores of all rules on the decisions with known outcomes, the smallest error first.

    Raises:
        ValueError: If fewer than two proposals have known outcomes: nothing can be left out.
    """
    known = [decision for decision in decisions if not np.isnan(decision.outcome)]
    names, proposal = np.unique([decision.proposal for decision in known], return_inverse=True)
    if len(names) < 2:
        raise ValueError("scores need decisions with outcomes of at least two proposals")
    outcome = np.array([decision.outcome for decision in known])
    errors = {name: np.abs(_forecasts(rule, known) - outcome) for name, rule in RULES.items()}
    for name, family in FAMILIES.items():
        errors[name] = left_out(family, known, outcome, proposal)
    for rounds in ROUNDS:
        errors[f"challenge model stopped after {rounds}"] = np.abs(
            _forecasts(lambda decision, rounds=rounds: challenge(decision, rounds=rounds), known) - outcome
        )
    draws = _resamples(proposal)
    return sorted((_score(name, errors, draws) for name in errors), key=lambda score: score.error.mean)


def left_out(
    family: Mapping[str, Rule],
    known: Sequence[Decision],
    outcome: PerDecision,
    proposal: Integer[np.ndarray, " decision"],
) -> PerDecision:
    """Errors of a rule whose parameter is chosen, for each decision, on all other proposals."""
    errors = np.stack([np.abs(_forecasts(rule, known) - outcome) for rule in family.values()])
    chosen = [errors[:, proposal != own].mean(axis=1).argmin() for own in proposal]
    return errors[chosen, np.arange(len(known))]


def described(decisions: Sequence[Decision]) -> dict[str, Any]:
    """The scores in plain Python, ready for JSON.

    Raises:
        ValueError: If fewer than two proposals have known outcomes: nothing can be left out.
    """
    scored = scores(decisions)
    return {
        "decisions": len(decisions),
        "scored": scored[0].decisions,
        "resamples": RESAMPLES,
        "yardsticks": list(YARDSTICKS),
        "rules": [
            {
                "rule": score.rule,
                "error": score.error._asdict(),
                "against": {name: apart._asdict() for name, apart in score.against.items()},
                "verdict": score.verdict,
            }
            for score in scored
        ],
    }


def described_in(folder: Path) -> dict[str, Any]:
    """The scores on the decisions of a folder of tables, in plain Python.

    Raises:
        BadInput: With every cell that cannot be, or if fewer than two proposals have known outcomes.
    """
    decisions = read_decisions_in(folder)
    try:
        return described(decisions)
    except ValueError:
        what, remedy = "fewer than two proposals have known outcomes", "add outcomes: rules are scored on them"
        raise BadInput([Fault(str(folder), 1, 1, "outcome", what, remedy)]) from None


def _forecasts(rule: Rule, known: Sequence[Decision]) -> PerDecision:
    return np.array([rule(decision) for decision in known])


def _resamples(proposal: Integer[np.ndarray, " decision"]) -> Integer[np.ndarray, "resample decision"]:
    """How often each decision is in each resample of proposals."""
    many = proposal.max() + 1
    drawn = np.random.default_rng(SEED).multinomial(many, np.full(many, 1.0 / many), size=RESAMPLES)
    return drawn[:, proposal]


def _score(name: str, errors: Mapping[str, PerDecision], draws: Integer[np.ndarray, "resample decision"]) -> Score:
    own = errors[name]
    against = {yardstick: _interval(own - errors[yardstick], draws) for yardstick in YARDSTICKS}
    return Score(name, len(own), _interval(own, draws), against)


def _interval(values: PerDecision, draws: Integer[np.ndarray, "resample decision"]) -> Interval:
    low, high = np.quantile(draws @ values / draws.sum(axis=1), [0.05, 0.95])
    return Interval(float(values.mean()), float(low), float(high))

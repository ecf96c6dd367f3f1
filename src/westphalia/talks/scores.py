"""How far each rule is from what was decided, with honest intervals, against the plain mean of positions.

Equation:
    error = mean |forecast - outcome|;   difference = error - error of the plain mean, on the same decisions
    intervals: 90 % of resamples of whole proposals
Units:
    points of a scale from 0 to 100.
Source:
    The yardstick is that of Thomson, Stokman, Achen and König (2006). A parameter of a rule is chosen for each decision
    on the decisions of all other proposals, so nothing is tuned on what it is scored on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Integer

from westphalia.talks.challenge import challenge
from westphalia.talks.forecasts import FAMILIES, RULES, Rule
from westphalia.talks.importers.deu import Decision

BASELINE = "plain mean"
RESAMPLES, SEED = 4000, 1
ROUNDS = (1, 5, 10)
"""Stopping rounds of the challenge model: its answer wanders with them."""

PerDecision = Float[np.ndarray, " decision"]


class Score(NamedTuple):
    """How one rule did.

    Attributes:
        rule: Its name.
        decisions: On how many decisions it was scored.
        error: Mean absolute error.
        low: Lower end of the error's interval.
        high: Upper end.
        difference: Error less that of the plain mean.
        difference_low: Lower end of the difference's interval.
        difference_high: Upper end.
    """

    rule: str
    decisions: int
    error: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float

    @property
    def verdict(self) -> str:
        """Whether it beats the plain mean, in words; it does only if the whole interval says so."""
        if self.rule == BASELINE:
            return "the yardstick"
        if self.difference_high < 0.0:
            return "beats the plain mean"
        return "does worse than the plain mean" if self.difference_low > 0.0 else "does not beat the plain mean"


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
    return sorted((_score(name, errors, draws) for name in errors), key=lambda score: score.error)


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


def table(scored: Sequence[Score]) -> str:
    """The scores as a table in Markdown, saying plainly who does not beat the plain mean."""
    head = ["| rule | error | 90 % | less than the mean by | 90 % | |", "|---|---|---|---|---|---|"]
    return "\n".join(
        head
        + [
            f"| {s.rule} | {s.error:.1f} | {s.low:.1f} to {s.high:.1f} | {0.0 - s.difference:.1f} | "
            f"{0.0 - s.difference_high:.1f} to {0.0 - s.difference_low:.1f} | {s.verdict} |"
            for s in scored
        ]
    )


def _forecasts(rule: Rule, known: Sequence[Decision]) -> PerDecision:
    return np.array([rule(decision) for decision in known])


def _resamples(proposal: Integer[np.ndarray, " decision"]) -> Integer[np.ndarray, "resample decision"]:
    """How often each decision is in each resample of proposals."""
    many = proposal.max() + 1
    drawn = np.random.default_rng(SEED).multinomial(many, np.full(many, 1.0 / many), size=RESAMPLES)
    return drawn[:, proposal]


def _score(name: str, errors: Mapping[str, PerDecision], draws: Integer[np.ndarray, "resample decision"]) -> Score:
    own, apart = errors[name], errors[name] - errors[BASELINE]
    ends = [np.quantile(draws @ x / draws.sum(axis=1), [0.05, 0.95]) for x in (own, apart)]
    (low, high), (apart_low, apart_high) = (map(float, pair) for pair in ends)
    return Score(name, len(own), float(own.mean()), low, high, float(apart.mean()), apart_low, apart_high)

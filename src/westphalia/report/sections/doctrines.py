"""Doctrines in contest: whether anything can be predicted, what is played in how many cases, and with what regret."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report import answers, words
from westphalia.report.facts import Facts
from westphalia.report.figures.doctrines import doctrine_figures, title_of
from westphalia.report.numbers import Z
from westphalia.report.page import Page, paragraph, table_html
from westphalia.report.tables import Table

PLAYED = 0.005
"""Options played less than this are left out of a mixture."""
MOST = 8
"""So many supports are told."""


def add(page: Page, facts: Facts, found: Mapping[str, Any]) -> None:
    """The section on doctrines."""
    page.add(*(paragraph(sentence) for sentence in sentences(facts, found)))
    if found["equilibria"]:
        page.add(table_html(equilibria(facts, found)))
    for figure in doctrine_figures(facts, found):
        page.figure(figure)
    page.add(paragraph(answers.source(facts, "doctrines", found), "note"))


def sentences(facts: Facts, found: Mapping[str, Any]) -> list[str]:
    """What the contest says, in words."""
    if not found["equilibria"]:
        return ["No case of the game has an equilibrium that was found."]
    top = max(found["equilibria"], key=lambda one: one["share_of_cases"])
    share = _share(top)
    choices = mixture(facts, found, top.get("mixture"))
    if found["stable"]:
        first = f"In {share} of the cases one pair of choices answers itself: {choices}."
    else:
        first = f"No stable prediction: the most frequent pair of choices is found in {share} of cases: {choices}."
    halves = found.get("agreement")
    told = (
        []
        if halves is None
        else [f"Halves of the runs of a case point to the same choices in {words.percent(halves)}."]
    )
    return [first, *told, *_joint(facts, found)]


def _share(one: Mapping[str, Any]) -> str:
    share = words.percent(one["share_of_cases"])
    return f"{share} ({words.points(one['se'])})" if one.get("se") is not None else share


def mixture(facts: Facts, found: Mapping[str, Any], given: Any) -> str:  # noqa: ANN401  (by side, or a name)
    """What each side plays, in words."""
    if not isinstance(given, Mapping):
        return str(given)
    return "; ".join(f"{facts.sides.get(side, side)} {_options(found, of)}" for side, of in given.items())


def _options(found: Mapping[str, Any], of: Any) -> str:  # noqa: ANN401
    if not isinstance(of, Mapping):
        return f"“{title_of(found, str(of))}”"
    played = sorted(((share, name) for name, share in of.items() if share > PLAYED), reverse=True)
    if len(played) == 1:
        return f"“{title_of(found, played[0][1])}”"
    return words.listed([f"“{title_of(found, name)}” {words.percent(share)}" for share, name in played])


def equilibria(facts: Facts, found: Mapping[str, Any]) -> Table:
    """What is played in how many cases."""
    ranked = sorted(found["equilibria"], key=lambda one: -one["share_of_cases"])[:MOST]
    rows = [(mixture(facts, found, one.get("mixture")), _share(one), _regret(facts, one)) for one in ranked]
    head = ("choices that answer each other", "share of cases (± 95 %)", "regret on the mean over cases")
    return Table("Equilibria by the share of cases in which they are found", head, tuple(rows))


def _regret(facts: Facts, one: Mapping[str, Any]) -> str:
    given, errors = one.get("regret"), one.get("regret_se") or {}
    if not isinstance(given, Mapping):
        return "–" if given is None else f"{given:.3f}"
    told = []
    for side, regret in given.items():
        half = f" (±{words.NBSP}{Z * errors[side]:.3f})" if side in errors else ""
        told.append(f"{facts.sides.get(side, side)} {regret:.3f}{half}")
    return "; ".join(told)


def _joint(facts: Facts, found: Mapping[str, Any]) -> list[str]:
    """Whether a retreat is worth more against a fast attacker, where that was asked."""
    told = []
    for one in found.get("tempo_withdrawal") or ():
        mover, other = (facts.sides[one[key]] for key in ("tempo_of", "withdrawal_of"))
        value, se = (one["interaction"]["other"][key] for key in ("value", "se"))
        if abs(value) > Z * se:
            more = "more" if value > 0 else "less"
            size = f"{100 * abs(value):.1f} (± {100 * Z * se:.1f}) hundredths of a payoff"
            told.append(f"Giving ground early is worth {more} to {other} where {mover} is fast than slow: by {size}.")
        else:
            told.append(
                f"What early withdrawal is worth to {other} does not hang, beyond error, on the tempo of {mover}."
            )
    return told

"""What the exact analysis of the table says: the zone, what binds, real term sheets, readings, accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report import answers, words
from westphalia.report.facts import Facts
from westphalia.report.figures.talks import blocker, talks_figures
from westphalia.report.page import Page, paragraph


def add(page: Page, facts: Facts, found: Mapping[str, Any]) -> None:
    """The part of the section on the table that ``talks`` answers."""
    page.add(*(paragraph(sentence) for sentence in sentences(facts, found)))
    for figure in talks_figures(facts, found):
        page.figure(figure)
    page.add(paragraph(answers.source(facts, "talks", found), "note"))


def sentences(facts: Facts, found: Mapping[str, Any]) -> list[str]:
    """The zone, the sheets and the readings in words."""
    told = [_zone(found), _binding(found["binding"]), _sheets(facts, found), _readings(found["readings"])]
    return [sentence for sentence in told if sentence]


def _gain(of: Mapping[str, Any]) -> str:
    told = f"{of['flattered']:+.2f}"
    return "0.00" if float(told) == 0.0 else told.replace("-", "−")


def _zone(found: Mapping[str, Any]) -> str:
    parties, robust = words.listed(found["parties"]), found["zone"]["robust"]
    there = f"Of {found['outcomes']:,} possible texts, {found['rational']:,} would be better for"
    if not found["zone"]["exists"]:
        there = f"Of {found['outcomes']:,} possible texts, none would be better for"
    chance = words.percent(robust["chance_of_zone"])
    return (
        f"{there} both {parties} than fighting on, with all assumptions at their middle and nothing but the two sides' "
        f"values counted; with their weights known only roughly, some text is so in {chance} of {robust['draws']:,} "
        "draws."
    )


def _binding(found: Mapping[str, Any] | None) -> str:
    if not found:
        return ""
    less = [f"{party} took {fall:.3f} less" for party, fall in found["reserves"].items()]
    ways = ", or ".join([*less, f"all took {found['by_all']:.3f} less"])
    return (
        f"The issue that binds is “{found['issue']}”. A zone would open, on a scale of utility from 0 to 1, if {ways}."
    )


def _sheets(facts: Facts, found: Mapping[str, Any]) -> str:
    sheets = found["sheets"]
    if not sheets:
        return ""
    best = max(sheets, key=lambda sheet: sheet["signed"])
    who, share = blocker(best, facts.labels)
    most = max(best["blocks"], key=lambda name: best["blocks"][name])
    over = best["players"][most]["lacks_most"]
    first = (
        f"Of {len(sheets)} real texts, the one with the largest chance that all would sign it at the start is "
        f"“{best['title']}” ({best['date']}): {words.percent(best['signed'])}, in the mean over {found['draws']:,} "
        "draws"
    )
    if not share:
        return f"{first}; nobody is likelier to refuse it than to sign."
    lacks = f", and what that one lacks most in it is a better clause on “{over}”" if over else ""
    return f"{first}; the one who blocks it most often is {who} (in {words.percent(share)} of draws){lacks}."


def _readings(found: Mapping[str, Any]) -> str:
    if not found:
        return ""
    ranked = sorted(found.values(), key=lambda of: of["all_alike"])
    least, most = ranked[0], ranked[-1]
    if least["all_alike"] == most["all_alike"]:
        return ""
    return (
        f"How a text travels matters for whether it is read alike: all parties read all its issues alike in "
        f"{words.percent(least['all_alike'])} with “{least['label']}”, and in {words.percent(most['all_alike'])} with "
        f"“{most['label']}”. By how much what the two sides together read is worth more to them than what was sent, "
        f"on a scale from 0 to 1 each: {_gain(least)} with the first, {_gain(most)} with the second."
    )

"""The first page of a brief, the limits of what it rests on, and where it comes from."""

from __future__ import annotations

import numpy as np

from westphalia.model.outcome import OUTCOMES, STATUSES
from westphalia.report import contents, cost, numbers, trust, words
from westphalia.report.answers import Answers
from westphalia.report.facts import Facts
from westphalia.report.figures.basis import associated
from westphalia.report.frame import Frame
from westphalia.report.numbers import each
from westphalia.report.page import Page, paragraph, table_html, text
from westphalia.report.tables import Table

VICTORY_MEANS = (
    "The other army's cohesion collapsed and did not recover in time, or a front that decides the war reached its "
    "limit. It does not say that land has changed hands."
)

NOT_IN_IT = (
    "Not in the model: persons, targets, units below a front, nuclear use, the entry of great powers, a withdrawal "
    "after a change of leadership."
)

FEW_RUNS = 1000
MOST_LEVERS = 3


def add(page: Page, facts: Facts, data: Frame, asked: Answers) -> None:
    """The first page: what was asked, the answer, its cost, what it hinges on, what would change it, how good it is."""
    manifest = facts.manifest
    kind = "A brief from Westphalia"
    page.add('<header class="sheet">', paragraph(kind, "kicker"), f"<h1>{text(manifest['title'])}</h1>")
    page.add('<h2 class="label">What was asked</h2>', paragraph(question(facts)))
    page.add('<h2 class="label" id="answer">The answer</h2><div class="answer">')
    page.add(*(paragraph(sentence) for sentence in answer(facts)), "</div>")
    page.add(paragraph(words.condition(int(data["drawn"].sum()), _assumed(data)), "condition"))
    if told := effects(facts):
        page.add('<h2 class="label">What the levers change</h2>', *(paragraph(sentence, "tight") for sentence in told))
    if people := cost.table(facts):
        page.add('<h2 class="label">Human cost</h2><div class="cost">', table_html(people), "</div>")
    page.add('<h2 class="label">What it hinges on</h2>', _terms([*hinging(facts, data), *trust.hinges(facts, asked)]))
    page.add('<h2 class="label">What would change it</h2>', _terms(trust.turns(facts, asked)))
    page.add('<h2 class="label">How good it is</h2>', _terms([*trust.quality(facts), *_reading(facts)]), "</header>")


def _terms(told: list[tuple[str, str]]) -> str:
    """Terms and what is said of each."""
    items = "".join(f"<dt>{text(term)}</dt><dd>{text(sentence)}</dd>" for term, sentence in told)
    return f'<dl class="rests">{items}</dl>'


def question(facts: Facts) -> str:
    """The question, as the study put it."""
    variant = f", variant {facts.manifest['variant']}," if facts.manifest.get("variant") else ""
    horizon = words.span(facts.steps, facts.days)
    begin = words.month(facts.start, 0, facts.days)
    levers = list(facts.arms.values())[1:]
    told = f"How may this war go on and end within {horizon} from {begin}{variant} and at what human cost"
    told += ", without any lever?" if not levers else f", as things are and under {_count(levers)}?"
    return f"{told} {facts.count:,} simulated runs, each with its own draw of what is not known and of chance."


def _count(levers: list[str]) -> str:
    listed = words.listed([f"“{lever}”" for lever in levers[:3]])
    return f"{len(levers)} levers, among them {listed}" if len(levers) > 3 else listed


def answer(facts: Facts) -> list[str]:
    """Three sentences: how it ends, when, at what human cost."""
    horizon = words.span(facts.steps, facts.days)
    ranked = [(row.outcome, row.share, row.se) for row in each(facts.ranked) if row.outcome in facts.ends]
    still = facts.base_runs["outcome"].isin(numbers.GOING_ON).to_numpy(float)
    going_on = numbers.mean_and_error(facts.base_runs, still)
    broken = bool(facts.base_runs["outcome"].eq(numbers.BROKE).any())
    return [
        words.ends(ranked, going_on, facts.count, horizon, broken),
        words.duration(_weeks(facts), horizon, facts.days),
        cost.sentence(facts),
    ]


def _weeks(facts: Facts) -> words.Spread | None:
    """5 %, median and 95 % of the steps until the end, among the runs that ended."""
    week = facts.base_runs["outcome_week"].to_numpy(float)
    week = week[facts.base_runs["outcome"].isin(facts.ends).to_numpy() & (week >= 0)]
    return tuple(np.quantile(week, (0.05, 0.5, 0.95))) if len(week) else None


def effects(facts: Facts) -> list[str]:
    """Which end the first levers make most more or less frequent, and what they change in lives."""
    told = []
    for arm in list(facts.arms)[1 : MOST_LEVERS + 1]:
        both = facts.runs[facts.runs["arm"].isin((facts.base, arm))]
        change = numbers.differences(both, facts.base, facts.ends)
        most = change.loc[change["difference"].abs().idxmax()]
        ends = words.effect(facts.arms[arm], most["outcome"], most["difference"], most["se"], facts.count)
        told.append(f"{ends} {cost.effect(facts, arm)}".strip())
    return told


def _assumed(data: Frame) -> int:
    return int((data["drawn"] & (data["status"] == "assumption")).sum())


def hinging(facts: Facts, data: Frame) -> list[tuple[str, str]]:
    """What the answer rests on and goes with, term by term."""
    told = []
    if len(data):
        drawn, assumed = int(data["drawn"].sum()), _assumed(data)
        share = words.percent(assumed / max(drawn, 1))
        told.append(("Assumption", f"{assumed:,} of {drawn:,} ({share}) drawn numbers rest on judgement alone."))
    found = associated(facts, data, facts.leading).head(3)
    if len(found):
        listed = words.listed([f"{row.label} ({row.text})" for row in each(found)])
        told.append(
            ("Goes with the answer", f"“{facts.leading}” goes most with {listed}: rank correlations over the runs.")
        )
    return told


def _reading(facts: Facts) -> list[tuple[str, str]]:
    """What a word of the answer does not say."""
    told = []
    if not facts.has_talks:
        told.append(("Cannot be seen", "Ends by agreement: the study has no talks, so none can occur."))
    if facts.base_runs["outcome"].isin(_victories(facts)).any():
        told.append(("Military victory", VICTORY_MEANS))
    return told


def _victories(facts: Facts) -> list[str]:
    first, second = facts.sides.values()
    return [name.format(first=first, second=second) for name in OUTCOMES[1:3]]


def limits(facts: Facts, data: Frame) -> list[str]:
    """Where the model and its evidence end; how to read a number stands beside the number."""
    drawn, assumed = int(data["drawn"].sum()), _assumed(data)
    of_ranges = f"{assumed:,} of the {drawn:,} drawn numbers rest on assumption; other ranges give other shares."
    if not (data["status"] == "calibrated").any():
        of_ranges += " None is calibrated to the record yet."
    few = f"Only {facts.count:,} runs: tails (5 % and 95 %) and rare outcomes are rough."
    items = [
        "Shares are shares of simulated runs under these laws and ranges, no odds of what will happen: more runs make "
        "the ± smaller, but not the doubt about laws and ranges.",
        of_ranges if drawn else "",
        "Assumptions are drawn independently of each other; in the world some of them go together.",
        _contested(facts),
        NOT_IN_IT if facts.has_talks else f"{NOT_IN_IT} The study has no talks, so no end by agreement either.",
        few if facts.count < FEW_RUNS else "",
        _failed(facts),
    ]
    return [item for item in items if item]


def _failed(facts: Facts) -> str:
    bad = facts.base_runs[facts.base_runs["status"] != STATUSES[0]]["status"].value_counts()
    told = words.listed([f"{count:,} ended with “{status}”" for status, count in bad.items()])
    return f"Of {facts.count:,} runs {told}; they count in all shares." if told else ""


def _contested(facts: Facts) -> str:
    if not facts.scenario:
        return "The scenario's copy is missing, so neither its laws nor its numbers are shown."
    found = [law.family for law in contents.laws(facts.scenario) if law.status.startswith("contested")]
    return f"Laws whose status is contested: {words.listed(found)}." if found else ""


def provenance(facts: Facts) -> Table:
    """Where the numbers come from."""
    manifest = facts.manifest
    rows = [
        (
            "Scenario",
            f"{manifest['scenario']}" + (f", variant {manifest['variant']}" if manifest.get("variant") else ""),
        ),
        ("Hash of the scenario", str(manifest["hash"])),
        ("Model version", str(manifest.get("model", manifest.get("version", "")))),
        ("Seed", str(manifest["seed"])),
        ("Runs of each arm", f"{facts.count:,}"),
        ("Length", f"{words.counted(facts.steps, facts.days)} from {facts.start.isoformat()}"),
        ("Unit of money", str(manifest.get("money", "money"))),
    ]
    return Table("Provenance", ("", ""), tuple(rows), 2)


def footer(facts: Facts) -> str:
    """One line for the foot of the page."""
    manifest = facts.manifest
    version = manifest.get("model", manifest.get("version", ""))
    scenario = f"scenario {manifest['scenario']} {str(manifest['hash'])[:12]}"
    runs = f"seed {manifest['seed']} · {facts.count:,} runs"
    return f"Westphalia {version} · {scenario} · {runs}"

"""The board of claims: a card for each, its verdict first, then where it holds, what it hinges on, what flips it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from westphalia.report import answers, effect_words, phrases, words
from westphalia.report.answer_charts import CLASSES
from westphalia.report.facts import Facts
from westphalia.report.figures import claims as figures
from westphalia.report.page import Page, paragraph, text, twin
from westphalia.report.phrases import NBSP, is_holding

MOST_BOXES = 2
MOST_EFFECTS = 2
MOST_REDRAWN = 3


def add(page: Page, facts: Facts, found: Mapping[str, Any]) -> None:
    """The section on claims."""
    page.add(paragraph(counted(found)), paragraph(HOW_TO_READ))
    page.add(twin(figures.overview(found), label="All claims as a table"), _key())
    for claim in found["claims"]:
        _card(page, claim, found["runs"], facts.days)
    if found["untestable"]:
        page.add("<h3>What no run can test</h3><ul>")
        page.add(*(f"<li>{text(one['sentence'])} {text(_sentence(one['reason']))}</li>" for one in found["untestable"]))
        page.add("</ul>")
    page.add(paragraph(answers.source(facts, "claims", found), "note"))


HOW_TO_READ = (
    "A share is that of the paired runs that count, over the whole range of the assumptions or the region that a claim "
    "names: runs that meet the condition of a claim, and in which its two sides differ at all. Holds broadly: in "
    "80\u00a0% of them or more; fails broadly: in less than 20\u00a0%; in a region: only inside a box of assumptions, "
    "checked on runs that did not choose it. None of the claims is endorsed."
)


def counted(found: Mapping[str, Any]) -> str:
    """How many claims have which verdict."""
    verdicts = Counter(claim["verdict"] for claim in found["claims"])
    told = words.listed([f"{count:,} “{verdict}”" for verdict, count in verdicts.most_common()])
    open_ones = sum((claim.get("evidence") or "").startswith("not decided") for claim in found["claims"])
    evidence = f" {open_ones:,} of them are not decided by evidence." if open_ones else ""
    return f"Of {len(found['claims']):,} claims, the verdicts are: {told}.{evidence}"


def _key() -> str:
    """What the shades of the pictures mean."""
    items = (
        f'<li><svg width="18" height="12" aria-hidden="true"><rect width="17" height="11" x=".5" y=".5" fill="{hue}" '
        f'stroke="#9aa7b3"/></svg>{text(name)}</li>'
        for name, hue in CLASSES.items()
    )
    box = '<li><svg width="18" height="12" aria-hidden="true"><rect width="16" height="10" x="1" y="1" fill="none" '
    box += 'stroke="#26222e" stroke-width="2" stroke-dasharray="4 2"/></svg>its box</li>'
    return f'<ul class="legend"><li>Share of runs in which a claim holds:</li>{"".join(items)}{box}</ul>'


def _card(page: Page, claim: Mapping[str, Any], runs: int, days: int) -> None:
    chart = figures.picture(claim)
    told = "".join(f"<dt>{text(term)}</dt><dd>{text(words_)}</dd>" for term, words_ in lines(claim, runs, days))
    page.add(
        f'<article class="card" id="claim-{text(claim["id"])}"><p class="verdict">{text(verdict(claim, runs))}</p>',
        f"<h3>{text(claim['id'])}: {text(claim['sentence'])}</h3>",
        f'<div class="claim{" drawn" * (chart is not None)}"><dl class="rests">{told}</dl>',
    )
    if chart is not None:
        page.add(f"<div>{page.chart(chart, claim['sentence'])}</div>")
    page.add("</div>")
    if chart is not None:
        page.add(twin(figures.picture_table(claim)))
    page.add("</article>")


def verdict(claim: Mapping[str, Any], runs: int) -> str:
    """The first line of a card: the verdict, its share, and what it dies with."""
    named = claim["verdict"]
    first = f"{named[:1].upper()}{named[1:]}"
    if dead := [link["title"] for link in claim["assumed_links"] if dies(claim, link)]:
        first += f", and dies with {words.listed([f'“{title}”' for title in dead])} switched off"
    told = phrases.share(claim, runs)
    of = _counting(claim, runs)
    line = f"{first}: it holds in {told} of {of}" if claim.get("share") is not None else f"{first}: {told}"
    if claim.get("runs_to_settle"):
        line += f"; about {claim['runs_to_settle']:,.0f} runs that count would settle it"
    return f"{line}."


def _counting(claim: Mapping[str, Any], runs: int) -> str:
    """The runs that a share is of."""
    counted = int(claim.get("counted") or runs)
    if claim.get("within"):
        return f"the {counted:,} runs of {runs:,} that lie in its region and count"
    return "runs" if counted == runs else f"the {counted:,} runs of {runs:,} that count"


def dies(claim: Mapping[str, Any], link: Mapping[str, Any]) -> bool:
    """Whether a claim that holds no longer does with a link switched off."""
    return bool(link.get("dies", is_holding(claim["verdict"]) and link["verdict"] in {"mixed", "fails broadly"}))


def lines(claim: Mapping[str, Any], runs: int, days: int) -> Iterator[tuple[str, str]]:
    """What a card says, term by term; a step of the model has so many days."""
    if region := claim.get("within"):
        yield "Its region", f"Only runs count in which {phrases.limits(region)}."
    if effects := claim.get("effects"):
        told = [_sentence(effect_words.told(each, days)) for each in effects[:MOST_EFFECTS]]
        rest = len(effects) - len(told)
        yield "By how much", " ".join([*told, *([f"And {rest} further comparisons."] if rest > 0 else [])])
    for box in claim["boxes"][:MOST_BOXES]:
        yield "Where", _box(box)
    if nearest := phrases.nearest(claim):
        dense = f"{words.percent(nearest['density'])} of {nearest['runs']:,.0f} runs that did not choose it"
        yield (
            phrases.no_region(claim),
            f"{phrases.limits(nearest['limits'])}: it holds in {dense}; {phrases.why_no_region(claim, nearest)}.",
        )
    if claim["hinge"]:
        yield (
            "Hinges on",
            f"{phrases.hinges(claim['hinge'])}; in brackets the share of its variance, with interactions."
            f"{phrases.by_distance(claim)}",
        )
    if in_box := claim.get("hinge_in_box"):
        yield "Inside the first box", f"It hinges on {phrases.hinges(in_box)}."
    if design := claim.get("design"):
        yield "Redrawn alone", _designed(design["whole"], f"a design of {design['rows']:,.0f} rows", REDRAWN)
        if design["in_box"]:
            yield "In the first box", _designed(design["in_box"], "a design of as many rows there")
    if told := flip(claim):
        yield "What would flip it", told
    for link in claim["assumed_links"]:
        lost = " It stands on this link." if dies(claim, link) else ""
        yield "Without a link", f"“{link['title']}” off: {link['verdict']}, {phrases.share(link, runs)}.{lost}"
    if mirror := claim.get("mirror"):
        both = {mirror["verdict"], claim["verdict"]}
        one_sided = any(map(is_holding, both)) and not both.isdisjoint(REFUSED)
        only = " So it is a claim about one of the two, and no general one." if one_sided else ""
        yield "Sides exchanged", f"{_sentence(mirror['verdict'])[:-1]}, {phrases.share(mirror, runs)}.{only}"
    yield "Evidence", EVIDENCE.get(claim.get("evidence") or "", _sentence(claim.get("evidence") or "not told"))
    if told := "; ".join(_stability(claim)):
        yield "Stability", f"{told}."
    if claim.get("note"):
        yield "Tested as", _sentence(claim["note"])


REDRAWN = (
    " A figure is how often a run’s verdict changes, for each time that it does if everything is redrawn. Luck is a "
    "thing like the others here; what a claim hinges on is read from its runs, and leaves luck out."
)


def _designed(found: Mapping[str, Any], design: str, explained: str = "") -> str:
    """Total effects by a design in words."""
    if found.get("why_not"):
        return f"By {design} nothing can be told: {found['why_not']}."
    effects = phrases.redrawn(found, "title", MOST_REDRAWN)
    told = [f"“{name}”" if "title" in one else name for name, one in effects]
    figures_ = [phrases.with_error(one["total_effect"], one.get("se")) for _, one in effects]
    each = words.listed([f"{name} {figure}" for name, figure in zip(told, figures_, strict=True)])
    return f"By {design}: {each}.{explained}"


REFUSED = {"mixed", "fails broadly"}
"""Verdicts that say that a claim does not hold everywhere."""
TWO = 2.0
"""Standard errors within which a distance may be nothing."""
EVIDENCE = {
    "sourced": "What it hinges on first has a source.",
    "calibrated": "What it hinges on first was calibrated to the record.",
    "not decided by evidence": "Not decided by evidence: what it hinges on first is an assumption, or is not known.",
}


def flip(claim: Mapping[str, Any]) -> str:
    """The smallest change that overturns a claim, in words; empty where none was found."""
    found = claim.get("flip")
    if not found or not found["changes"]:
        return ""
    changes = phrases.changes(found["changes"])
    far = f"{phrases.with_error(found['distance'], found.get('se'))} standard deviations"
    if is_open(found):
        return f"{changes}: {far}, so that in the middle of the draws the claim is open already."
    beyond = f"{words.percent(found['beyond'])} of runs just beyond it say otherwise"
    return f"{changes}: {far} from the middle of the draws; {beyond}."


def is_open(flip: Mapping[str, Any]) -> bool:
    """Whether a change that overturns a claim may be none, within its error."""
    return flip["distance"] < TWO * (flip.get("se") or 0.0)


def _box(box: Mapping[str, Any]) -> str:
    density, coverage = words.percent(box["density"]), words.percent(box["coverage"])
    told = (
        f"If {phrases.limits(box['limits'])}, it holds in {density} of {box['runs']:,.0f} runs that did not choose the "
        f"box; {coverage} of the runs in which it holds lie there."
    )
    again = phrases.found_again(box)
    if again is None:
        return told
    return f"{told} Each limit was found again in at least {words.percent(again)} of random halves of those that did."


def _stability(claim: Mapping[str, Any]) -> Iterator[str]:
    halves = (claim.get("stability") or {}).get("halves") or []
    if len(halves) == 2 and None not in halves:
        yield f"{words.percent(halves[0])} in one half of the runs, {words.percent(halves[1])} in the other"
    if claim.get("ties"):
        yield f"{claim['ties']:,.0f}{NBSP}runs end in a tie and do not count"


def _sentence(words_: str) -> str:
    told = words_.strip().rstrip(".")
    return f"{told[:1].upper()}{told[1:]}."

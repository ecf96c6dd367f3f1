"""What ``westphalia claims`` prints for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report import effect_words, phrases, words
from westphalia.report.numbers import Z
from westphalia.report.terminal import table
from westphalia.report.words import NBSP, plain, share

DESIGNED = (
    "By design: how often the verdict of a run changes if this alone is redrawn, for each time that it does if "
    "everything is.\nTotal effects of the hinge are read from the given runs and leave chance out."
)
MOST = 5
"""So many assumptions are told of a design."""
HEAD = "This is conditional on the model and on the ranges that the scenario assumes; no sentence is endorsed."


def told(found: Mapping[str, Any]) -> str:
    """The board in one table, then each claim with where it holds, what it hinges on and what overturns it."""
    claims = found["claims"]
    rows = [(c["id"], phrases.of_region(c["verdict"], c), _share(c), f"{c['counted']:,}", _first(c)) for c in claims]
    days = found["days_per_week"]
    counted = (
        f"{len(claims)} claims, {found['runs']:,} runs of {words.counted(found['weeks'], days)}, seed {found['seed']}"
    )
    head = [HEAD, DESIGNED] if any(claim["design"] for claim in claims) else [HEAD]
    parts = [
        "\n".join([f"{found['scenario']}: {counted}", *head]),
        table(("claim", "verdict", "holds in, ± 95 %", "runs that count", "hinges on"), rows, words=2, width=150),
        *(_claim(claim, days) for claim in claims),
    ]
    if found["untestable"]:
        lines = (f"  {each['sentence']} ({each['reason']})" for each in found["untestable"])
        parts.append("\n".join(["What no run here can test:", *lines]))
    return "\n\n".join(parts)


def _share(claim: Mapping[str, Any]) -> str:
    return share(claim["share"], claim["se"], claim["counted"]).replace(NBSP, " ") if claim["counted"] else "nowhere"


def _first(claim: Mapping[str, Any]) -> str:
    return claim["hinge"][0]["assumption"] if claim["hinge"] else "nothing found"


def _claim(claim: Mapping[str, Any], days: int) -> str:
    dying = [link["title"] for link in claim["assumed_links"] if link["dies"]]
    lines = [f"{claim['id']}: {claim['sentence']}"]
    if dying:
        lines.append(f"  It dies with one link switched off: {'; '.join(dying)}.")
    runs = "runs of its region" if claim["within"] else "runs"
    lines.append(
        f"  {claim['verdict']}: holds in {_share(claim)} of {claim['counted']:,} {runs} that count{_ties(claim)}."
    )
    if claim["within"]:
        lines.append(f"  Its region: {' and '.join(_limit(limit) for limit in claim['within'])}.")
    if claim["runs_to_settle"]:
        lines.append(f"  About {claim['runs_to_settle']:,} runs that count would settle it.")
    lines += [f"  By how much: {effect_words.told(each, days)}.".replace(NBSP, " ") for each in claim["effects"]]
    lines += [f"  Where: {_box(box)}." for box in claim["boxes"]]
    nearest = phrases.nearest(claim)
    if nearest:
        lines.append(f"  {phrases.no_region(claim)}: {_nearest(claim, nearest)}.")
    if (nearest or claim["boxes"]) and (curve := phrases.curve(claim["trade_off"]).replace(NBSP, " ")):
        lines.append(f"  Coverage at density as boxes shrink, on the runs that chose them: {curve}.")
    if claim["hinge"]:
        hinges = ", ".join(f"{h['assumption']} ({h['total_effect']:.2f}, {h['status']})" for h in claim["hinge"])
        lines.append(f"  Hinge, total effects: {hinges}. Evidence: {claim['evidence']}.")
    if claim["by_distance"]:
        others = ", ".join(f"{one['assumption']} ({one['distance']:.2f})" for one in claim["by_distance"])
        lines.append(f"  Farthest apart where it holds and where it does not: {others}.")
    if claim["hinge_in_box"]:
        there = ", ".join(f"{h['assumption']} ({h['total_effect']:.2f}, {h['status']})" for h in claim["hinge_in_box"])
        lines.append(f"  Hinge in the first box: {there}.")
    if design := claim["design"]:
        lines.append(f"  By a design of {design['rows']:,} rows: {_designed(design['whole'])}.")
        if design["in_box"]:
            lines.append(f"  In the first box, by the same: {_designed(design['in_box'])}.")
    if claim["flip"] and claim["flip"]["changes"]:
        changes = ", ".join(
            f"{c['assumption']} from {plain(c['from'], 3)} to {plain(c['to'], 3)}" for c in claim["flip"]["changes"]
        )
        lines.append(f"  Overturned by: {changes} ({claim['flip']['distance']:.1f} standard deviations).")
    for link in claim["assumed_links"]:
        lines.append(f'  Without the link "{link["title"]}": {link["verdict"]}, {_share(link)}.')
    if claim["mirror"]:
        lines.append(f"  With the sides exchanged: {claim['mirror']['verdict']}, {_share(claim['mirror'])}.")
    halves = claim["stability"]["halves"]
    if None not in halves:
        lines.append(f"  Halves of the runs: {100 * halves[0]:.1f} and {100 * halves[1]:.1f} %.")
    return "\n".join(lines)


def _designed(found: Mapping[str, Any]) -> str:
    """Total effects by a design, with half of their 95 % intervals."""
    if found["why_not"]:
        return f"nothing, as {found['why_not']}"
    effects = phrases.redrawn(found, "assumption", MOST)
    return ", ".join(f"{name} ({one['total_effect']:.2f} ± {Z * one['se']:.2f})" for name, one in effects)


def _ties(claim: Mapping[str, Any]) -> str:
    return f"; in {claim['ties']:,} nothing differs" if claim["ties"] else ""


def _box(box: Mapping[str, Any]) -> str:
    limits = " and ".join(_limit(limit) for limit in box["limits"])
    share = phrases.found_again(box)
    again = "not sought again in halves" if share is None else f"found again in {100 * share:.0f} % of random halves"
    inside = f"{100 * box['density']:.0f} ± {100 * Z * box['density_se']:.0f} %"
    return f"{limits}: holds in {inside} there, which is {100 * box['coverage']:.0f} % of where it holds; {again}"


def _nearest(claim: Mapping[str, Any], box: Mapping[str, Any]) -> str:
    limits = " and ".join(_limit(limit) for limit in box["limits"])
    inside = f"{100 * box['density']:.0f} ± {100 * Z * box['density_se']:.0f} %"
    runs = f"{box['runs']:,} runs that did not choose it"
    return f"{limits}: holds in {inside} of {runs}; {phrases.why_no_region(claim, box)}"


def _limit(limit: Mapping[str, Any]) -> str:
    low, high = limit["low"], limit["high"]
    if low is None:
        return f"{limit['assumption']} up to {plain(high, 3)}"
    if high is None:
        return f"{limit['assumption']} above {plain(low, 3)}"
    return f"{limit['assumption']} from {plain(low, 3)} to {plain(high, 3)}"

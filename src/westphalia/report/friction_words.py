"""What ``westphalia frictions`` prints for people."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from westphalia.report import words
from westphalia.report.adjudication_words import told as adjudicated
from westphalia.report.numbers import Z
from westphalia.report.terminal import PLUS_MINUS_HEAD, table

Told = Mapping[str, Any]

WIDTH = 120
"""Characters of a line of words."""

SHOWN = ("signed", "holding", "fought", "dead")
"""The measures of the tables beside the main ones; ends by arms are in ``--json``."""


def told(found: Told) -> str:
    """Values with their bands, the wedges beside them, and what both are conditional on."""
    parts = [
        f"{found['scenario']}: what each of six frictions is worth, {found['runs']:,} runs in each of 64 combinations, "
        f"seed {found['seed']}",
        "This compares the ranges that the scenario assumes; it weighs no causes in the world, and shares no blame. "
        "Values\nadd up to the whole difference; first and last say how much hangs on the order of switching, the last "
        "column how\nmuch on what the absence of a friction is taken to be.",
        *([textwrap.fill(reached(found), WIDTH)] if "error" in found else []),
        *([_equal(found)] if "equal_wedges" in found else []),
        *(_measure(found, measure) for measure in found["measures"]),
        _wedges(found),
        _order(found),
        _definitions(found),
        _inputs(found),
        _headlines(found),
        _separates(found),
        adjudicated(found["adjudication"]),
        "What off means:\n"
        + "\n".join(textwrap.fill(f"{of['title']}: {of['off']}", WIDTH) for of in found["frictions"].values()),
    ]
    return "\n\n".join(part for part in parts if part)


def reached(found: Told) -> str:
    """The error that was asked for and the one that was reached; where it was not met, what that would take."""
    of = found["error"]
    runs = f"{found['runs']:,} runs of each combination on draws that all share"
    if of["fresh_runs"]:
        runs += f" and {of['fresh_runs']:,} on fresh draws of its own"
    told = (
        f"With {runs}, no value of a share has a standard error above {100 * of['reached']:.2f} points (the ± beside "
        f"it is {Z:.2f} times its own error)"
    )
    if of["is_met"]:
        return f"{told}: the {100 * of['wanted']:.2f} that were asked for are met."
    return (
        f"{told}: the {100 * of['wanted']:.2f} that were asked for are not met within the {of['most_runs']:,} runs of "
        f"each combination that were allowed. About {of['needed_runs']:,} would do: --most-runs {of['needed_runs']}."
    )


def _title(found: Told, key: str) -> str:
    return found["frictions"][key]["title"]


def _scale(measure: Told) -> tuple[float, str]:
    """By how much a measure is multiplied, and its unit: shares are told in percent."""
    return (100.0, "%") if measure["unit"] == "share" else words.scale_of_people(measure)


def _band(scale: float, of: Told) -> str:
    return f"{scale * of['low']:+.1f} to {scale * of['high']:+.1f}"


def _measure(found: Told, key: str) -> str:
    measure, bands = found["measures"][key], {name: of["band"][key] for name, of in found["definitions"].items()}
    scale, unit = _scale(measure)
    rows = [
        (
            _title(found, name),
            f"{scale * of['value']:+.1f}",
            f"{scale * Z * of['se']:.1f}",
            f"{scale * of['first_in']:+.1f}",
            f"{scale * of['last_in']:+.1f}",
            _band(scale, of),
            _band(scale, bands[name]),
        )
        for name, of in measure["shapley"].items()
    ]
    whole = (
        f"{measure['title']}: {scale * measure['none']:.1f} {unit} without any, {scale * measure['all']:.1f} with all"
    )
    head = ("friction", f"value, {unit}", PLUS_MINUS_HEAD, "first", "last", "over all orders", "over definitions")
    order = found["order"][key]
    leading = order["leading"]
    verdict = (
        f"Of the difference, {_title(found, leading)} accounts for {_band(scale, measure['shapley'][leading])} "
        f"depending on order, and for {_band(scale, bands[leading])} depending on what its absence is."
        if order["is_stable"]
        else "No stable order: no friction can be put first."
    )
    return f"{whole}\n{table(head, rows)}\n{verdict}\n{textwrap.fill(_pairs(found, measure), WIDTH)}"


def _pairs(found: Told, measure: Told) -> str:
    """The pairs of frictions that do more or less together than each by itself."""
    scale, unit = _scale(measure)
    apart = [pair for pair in measure["pairs"] if abs(pair["value"]) > Z * pair["se"]]
    if not apart:
        return f"None of {len(measure['pairs'])} pairs does more or less together than by themselves, beyond error."
    told = "; ".join(
        f"{' with '.join(_title(found, name) for name in pair['frictions'])} {scale * pair['value']:+.1f} "
        f"(± {scale * Z * pair['se']:.1f})"
        for pair in sorted(apart, key=lambda pair: -abs(pair["value"]))
    )
    return f"Pairs that do more or less together than by themselves, beyond error, {unit}: {told}."


def _wedges(found: Told) -> str:
    rows = [
        (_title(found, key), *(f"{of[q]:.3f}" for q in ("q05", "q50", "q95"))) for key, of in found["wedges"].items()
    ]
    what = "wedge: how far the best gain of the worst-off falls when the friction alone is on, utility at the start"
    return f"{what}\n{table(('friction', '5 %', '50 %', '95 %'), rows)}"


def _equal(found: Told) -> str:
    equal = found["equal_wedges"]
    if not equal["wedge"]:
        return "Equal wedges: no friction takes any zone here, so none is weakened."
    rows = [
        (
            _title(found, key),
            f"{of['factor']:.2f}",
            f"{of['wedge']:.3f}",
            "yes" if of["is_reached"] else "no, it stays at full strength, where it takes less",
        )
        for key, of in equal["frictions"].items()
    ]
    what = (
        f"Equal wedges: every friction that takes more is weakened until its median wedge is {equal['wedge']:.3f}, the "
        "smallest of\nthose that take some zone; what remains of the differences between these is structure."
    )
    return f"{what}\n{table(('friction', 'strength', 'median wedge', 'common wedge reached'), rows)}"


def _order(found: Told) -> str:
    shares = {key: found["first_share"][key] for key in SHOWN}
    some = shares[SHOWN[0]]
    rows = [
        (_title(found, name), *(f"{100 * shares[key]['frictions'][name]:.0f}" for key in SHOWN))
        for name in found["frictions"]
    ]
    rows.append(("(draws that no friction moves)", *(f"{100 * shares[key]['unmoved']:.0f}" for key in SHOWN)))
    rows.append(("(two halves of the courses agree)", *(_percent(shares[key]["agreement"]) for key in SHOWN)))
    what = (
        f"share of draws in which a friction comes first, %, of {some['draws']} draws with {some['repeats']} courses "
        "of chance each"
    )
    lines = [
        f"{found['measures'][key]['title']}: "
        + ("a stable order" if of["is_stable"] else "no stable order; " + "; ".join(of["why"]))
        for key, of in found["order"].items()
        if key in SHOWN
    ]
    return "\n".join([what, table(("friction", *SHOWN), rows), *(textwrap.fill(line, WIDTH) for line in lines)])


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f}"


def _definitions(found: Told) -> str:
    rows = []
    for name, of in found["definitions"].items():
        usual = {key: found["measures"][key]["shapley"][name]["value"] for key in SHOWN}
        rows.append((_title(found, name), "as recommended", *(_shown(found, key, usual[key]) for key in SHOWN), ""))
        for way in of["alternatives"].values():
            values = [_shown(found, key, way["measures"][key]["value"]) for key in SHOWN]
            error = 100.0 * Z * way["measures"]["signed"]["difference_se"]
            what = way["off"] + (f" (what goes: {way['part']})" if way["part"] else "")
            rows.append(("", what, *values, f"{error:.1f}"))
    what = (
        "other definitions of off, and the value of the friction under each; the last column: 95 % of the difference "
        "in signed,\npaired. Where the other definition takes only a part away, this is the value of that part"
    )
    return f"{what}\n{table(('friction', 'off', *SHOWN, PLUS_MINUS_HEAD), rows, words=2)}"


def _shown(found: Told, key: str, value: float) -> str:
    return f"{_scale(found['measures'][key])[0] * value:+.1f}"


def _inputs(found: Told) -> str:
    inputs = found["inputs"]
    rows = [
        (
            _title(found, link["friction"]),
            link["title"],
            "on" if link["is_on"] else "off",
            *(f"{link[q]:.3g}" for q in ("q05", "q50", "q95")),
        )
        for link in inputs["links"]
    ]
    needed = ", ".join(f"{name} {100 * of['share']:.0f} %" for name, of in inputs["needed"].items())
    knows = inputs["mediator"]
    error = knows["error_on_limits"]
    lines = [
        "links that are inputs: the scenario assumes them, and values follow from them",
        table(("friction", "link", "", "5 %", "50 %", "95 %"), rows, words=3),
        textwrap.fill(f"Whose yes is needed is an input too: {needed}.", WIDTH) if needed else "",
        textwrap.fill(
            f"A mediator is at the table in {100 * knows['at_the_table']:.0f} % of the draws. Whoever proposes knows "
            f"{knows['knows']} (spread {error['q05']:.3f} to {error['q95']:.3f} of utility), and counts the limits of "
            f"third parties in {100 * knows['counts_third_parties']:.0f} % of the draws; a text that failed comes back "
            f"after {knows['weeks_before_a_failed_text_returns']:.0f} weeks.",
            WIDTH,
        ),
    ]
    return "\n".join(line for line in lines if line)


def _headlines(found: Told) -> str:
    rows = []
    for headline in found["inputs"]["headlines"].values():
        for key in SHOWN[:2]:
            of = headline["measures"][key]
            values = (f"{100 * of['shapley'][name]['value']:+.1f}" for name in found["frictions"])
            rows.append((headline["title"], key, f"{100 * of['all']:.1f}", *values))
    gap_is_off = not found["inputs"]["links"][0]["is_on"]
    gap = "The direct link from the gap of readings to a break is off here, so every headline stands without it."
    if not rows:
        return gap if gap_is_off else ""
    head = ("headline without a link: values, %", "", "all on", *found["frictions"])
    return "\n".join([*([gap] if gap_is_off else []), table(head, rows, words=2, width=140)])


def _separates(found: Told) -> str:
    rows = [(_title(found, key), record) for key, record in found["separates"].items()]
    what = (
        "what record would separate the explanations; that nothing is signed does not, for each of them says so. Where "
        "two name\nthe same trace, it speaks for either"
    )
    return f"{what}\n{table(('friction', 'what a record would hold if it weighed most'), rows, words=2)}"

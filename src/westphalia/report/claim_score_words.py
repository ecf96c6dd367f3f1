"""What ``westphalia score`` prints for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from westphalia.report.terminal import table
from westphalia.report.words import hundredths

HEAD = (
    "A share of runs is conditional on the ranges of a scenario; here it is scored as if it were a forecast.\n"
    "Of several verdicts on one question the last before the answer counts."
)
BRIER = "Brier score of the share of runs, 0 at best and 1 at worst"
WAR = "Claims are taken as independent; those of one war are not, so that intervals are too narrow."
GROUPS = ("verdicts", "claims", "Brier score", "95 %", "of n")
WIDTH = 150


def told(found: Mapping[str, Any]) -> str:
    """How many verdicts have an answer, and what those that count come to."""
    parts = [_counts(found)]
    if not found["verdicts"]:
        return "\n\n".join([*parts, "No verdict can be scored yet."])
    parts += [HEAD, _verdicts(found), _brier(found)]
    if found["brier"]:
        parts.append(_bins(found["bins"]))
    parts += [_groups(name, found[f"by_{name}"]) for name in ("scenario", "model")]
    return "\n\n".join(parts)


def _counts(found: Mapping[str, Any]) -> str:
    lines = [f"{found['logged']:,} verdicts logged: {found['answered']:,} with an answer, {found['open']:,} open."]
    if found["open_otherwise"]:
        lines.append(
            f"Of those open, {found['open_otherwise']:,} on a claim that was answered in other words, from another "
            "start or over another length."
        )
    if found["answered"]:
        lines.append(
            f"Of those with an answer, {found['late']:,} logged on its day or later and left out, "
            f"{found['superseded']:,} followed by a later verdict on the same, {found['verdicts']:,} count"
            f"{_ahead(found['days_before'])}."
        )
    if unused := found["unused_answers"]:
        names = ", ".join(f"{each['scenario']} {each['claim']} (line {each['row']})" for each in unused)
        lines.append(f"Answers to nothing in this log: {names}.")
    return "\n".join(lines)


def _ahead(days: Mapping[str, float] | None) -> str:
    if days is None:
        return ""
    least, median, most = (f"{days[key]:,.0f}" for key in ("least", "median", "most"))
    return f" ({most} days before)" if least == most else f" ({least} to {most} days before, median {median})"


def _verdicts(found: Mapping[str, Any]) -> str:
    rows = [(of["verdict"], *(f"{of[key]:,}" for key in ("held", "did_not_hold", "n"))) for of in found["table"]]
    held = sum(of["held"] for of in found["table"])
    total = ("all", f"{held:,}", f"{found['verdicts'] - held:,}", f"{found['verdicts']:,}")
    return table(("verdict", "held", "did not", "n"), [*rows, total], width=WIDTH)


def _brier(found: Mapping[str, Any]) -> str:
    of = found["brier"]
    if of is None:
        return "No Brier score: no run counted for any of these verdicts."
    lines = [
        f"{BRIER}: {of['score']:.3f}{_between(of)} (n = {_n(of)}).",
        f"One half each time scores {of['half']:.3f}.",
    ]
    if rate := of["base_rate"]:
        lines.append(
            f"The share of all other claims that held, as a forecast, scores {rate['score']:.3f}; the score of the "
            f"runs less that is {rate['difference']:+.3f}{_between(rate)}."
        )
    first, every = (_instead(found[key]) for key in ("if_first", "if_all"))
    lines.append(
        f"Had the first verdict on each question counted: {first}; all of them, sharing the weight of one: {every}."
    )
    few = f"So few claims say little: below {found['fewest']} there is no interval, and no base rate to compare with."
    lines.append(few if of["low"] is None else WAR)
    return "\n".join(lines)


def _instead(of: Mapping[str, Any]) -> str:
    return f"{of['score']:.3f} (n = {of['questions']:,})" if of["questions"] else "none, as no run counted"


def _bins(bins: Sequence[Mapping[str, Any]]) -> str:
    rows = [
        (
            f"{100 * of['low']:.0f} to {100 * of['high']:.0f} %",
            f"{of['n']:,}",
            *(f"{hundredths(of[key])} %" if of["n"] else "-" for key in ("share", "held")),
        )
        for of in bins
    ]
    return table(("share of runs", "n", "mean share", "held"), rows, width=WIDTH)


def _groups(name: str, groups: Sequence[Mapping[str, Any]]) -> str:
    rows = [(of[name], f"{of['verdicts']:,}", f"{of['claims']:,}", *_cells(of["brier"])) for of in groups]
    return table((name, *GROUPS), rows, width=WIDTH)


def _cells(of: Mapping[str, Any] | None) -> tuple[str, str, str]:
    if of is None:
        return "-", "-", "0"
    ends = "too few" if of["low"] is None else f"{of['low']:.3f} to {of['high']:.3f}"
    return f"{of['score']:.3f}", ends, f"{of['n']:,}"


def _between(of: Mapping[str, Any]) -> str:
    return "" if of["low"] is None else f", 95 % from {of['low']:.3f} to {of['high']:.3f}"


def _n(of: Mapping[str, Any]) -> str:
    counts = ((of["n"], "verdict"), (of["claims"], "claim"))
    return " on ".join(f"{count:,} {word}{'' if count == 1 else 's'}" for count, word in counts)

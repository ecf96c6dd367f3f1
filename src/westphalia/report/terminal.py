"""What the command line prints for people: plain text, fit for a terminal and for a pipe."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from westphalia.report.numbers import Z
from westphalia.report.words import NBSP, counted, hundredths, points

KINDS = ("land", "dead", "force", "armour", "support")
"""The measures that are printed; all are in ``--json`` and in the runs."""

PLUS_MINUS_HEAD = "± 95 %"
"""Heads a column with half widths of 95 % intervals."""

NARROWEST = 20
"""No column is wrapped below this width."""


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, words: int = 1, width: int = 120) -> str:
    """Aligned columns.

    Args:
        head: Column headings.
        rows: Cells as text.
        words: How many columns, from the left, hold words; the others hold numbers and stand to the right.
        width: Characters of a line; the widest column is wrapped to fit.
    """
    cells = [list(head), *map(list, rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    widest = widths.index(max(widths))
    room = width - 2 * (len(widths) - 1) - sum(widths) + widths[widest]
    widths[widest] = min(widths[widest], max(room, NARROWEST))
    lines = []
    for row in cells:
        wrapped = textwrap.wrap(row[widest], widths[widest]) or [""]
        for number, part in enumerate(wrapped):
            line = [part if column == widest else cell if number == 0 else "" for column, cell in enumerate(row)]
            aligned = (
                cell.ljust(widths[column]) if column < words else cell.rjust(widths[column])
                for column, cell in enumerate(line)
            )
            lines.append("  ".join(aligned).rstrip())
    return "\n".join(lines)


def shares(outcomes: Mapping[str, Mapping[str, float]]) -> str:
    """Outcome shares with half of their 95 % intervals, on one line."""
    told = (f"{name} {hundredths(of['share'])} % ({points(of['se'])})" for name, of in outcomes.items())
    return ", ".join(told).replace(NBSP, " ")


def summary(found: Mapping[str, Any], title: str, start: str) -> str:
    """The end of ``westphalia run``: outcomes, measures, levers, status, and how to get it all again."""
    length = counted(found["weeks"], found["days_per_week"])
    parts = [
        f"{title}\n{found['runs']:,} runs of {length} from {start}, seed {found['seed']}"
        + (f", variant {found['variant']}" if found["variant"] else ""),
        table(
            ("outcome", "share, %", PLUS_MINUS_HEAD),
            [(name, hundredths(of["share"]), _half(of["se"])) for name, of in found["outcomes"].items()],
        ),
        _measures(found["measures"]),
        *(_lever(name, arm) for name, arm in found["arms"].items()),
        "status: " + ", ".join(f"{count:,} {name}" for name, count in found["status"].items()),
        *(f"failed: chunk {one['chunk']} at stage {one['stage']}: {one['reason']}" for one in found["failed"]),
        f"study: {found['study']}\nreproduce: {found['reproduce']}",
    ]
    return "\n\n".join(part for part in parts if part)


def _half(se: float) -> str:
    """Half width of the 95 % interval, in points."""
    return hundredths(Z * se)


def _measures(measures: Mapping[str, Mapping[str, Any]]) -> str:
    chosen = {name: of for name, of in measures.items() if name.partition("[")[0] in KINDS} or measures
    rows = [(name, of["unit"], *(_number(of[q]) for q in ("q05", "q50", "q95"))) for name, of in chosen.items()]
    return table(("at the end", "unit", "5 %", "50 %", "95 %"), rows, words=2) if rows else ""


def _lever(name: str, arm: Mapping[str, Any]) -> str:
    rows = [
        (outcome, hundredths(of["share"]), _half(of["se"]), hundredths(change["value"], "+"), _half(change["se"]))
        for outcome, of in arm["outcomes"].items()
        for change in (arm["differences"][outcome],)
    ]
    head = (f"with {name}", "share, %", PLUS_MINUS_HEAD, "to the baseline, points", PLUS_MINUS_HEAD)
    return table(head, rows)


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def checked(found: Mapping[str, Any]) -> str:
    """The end of ``westphalia check`` for a scenario without faults."""
    lists = [f"{name}: {', '.join(found[name]) or 'none'}" for name in ("variants", "levers")]
    drawn = [
        (one["path"], f"{one['low']:g} to {one['high']:g}", one["unit"], one["status"], one["title"])
        for one in found["drawn"]
    ]
    parts = [
        f"{found['scenario']}: no fault",
        "\n".join(lists),
        "\n".join(f"warning: {_place(one)} {one['path']}: {one['message']}" for one in found["warnings"]),
    ]
    if drawn:
        count = f"{len(drawn)} numbers are left out and drawn from the range that their law was studied over:"
        parts.append(count + "\n" + table(("number", "range", "unit", "status", "what"), drawn, words=5))
    return "\n\n".join(part for part in parts if part)


def _place(fault: Mapping[str, Any]) -> str:
    return f"{fault['file']}:{fault['line']}:{fault['column']}"


def explained(entries: Sequence[Any]) -> str:
    """What a key means, a paragraph for each law that has it."""
    return "\n\n".join(_entry(entry) for entry in entries)


def _entry(entry: Any) -> str:  # noqa: ANN401  (an entry of the scenario's reference)
    lines = [f"{entry.path}: {entry.title}"]
    lines += [f"  law: {entry.law}"] if entry.law else []
    lines += [f"  unit: {entry.unit}"] if entry.unit else []
    name = "studied range" if entry.law else "bounds"
    ends = [f"{word} {end:g}" for word, end in (("from", entry.low), ("to", entry.high)) if end is not None]
    lines += [f"  {name}: {' '.join(ends)}"] if ends else []
    lines += [f"  status: {entry.status}"] if entry.status else []
    lines += [f"  source: {entry.source}"] if entry.source else []
    return "\n".join(lines)

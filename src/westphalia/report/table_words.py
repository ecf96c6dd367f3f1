"""What ``westphalia talks`` prints for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report.terminal import table

POINTS = 5
"""Solutions and sheets are shown in full; of distances the nearest and farthest so many."""

SOLUTIONS = {
    "nash": "Nash",
    "kalai": "Kalai, equal gains",
    "kalai_smorodinsky": "Kalai-Smorodinsky",
    "welfare": "largest sum",
    "maxmin": "best worst-off",
}


def exact(found: Mapping[str, Any]) -> str:
    """The exact analysis of one term sheet."""
    parties, pareto, robust = found["parties"], found["pareto"], found["zone"]["robust"]
    reserve = ", ".join(f"{name} {_two(level)}" for name, level in zip(parties, found["reserve"], strict=True))
    lines = [
        f"{len(found['issues'])} issues, {found['outcomes']:,} texts; without agreement: {reserve}",
        f"texts that all accept: {found['rational']:,}; undominated ({pareto['among']}): {pareto['size']:,}, "
        f"with equal ones {pareto['with_ties']:,}",
        f"with weights known only roughly, some text is acceptable to all in {_percent(robust['chance_of_zone'])} % of "
        f"{robust['draws']:,} draws",
    ]
    rows = [
        (name, *(_two(value) for value in found[key]["utilities"]), "; ".join(found[key]["text"].values()))
        for key, name in SOLUTIONS.items()
        if found[key]
    ]
    if rows:
        lines.append(_solutions(rows, parties))
    if found["binding"]:
        lines.append(_binding(found["binding"]))
    return "\n\n".join(lines)


def _solutions(rows: list[tuple[str, ...]], parties: list[str]) -> str:
    """Utilities of the solutions, and the text of each below."""
    head = ("solution", *parties)
    told = table(head, [row[:-1] for row in rows], words=1)
    texts = "\n".join(f"  {row[0]}: {row[-1]}" for row in rows)
    return f"{told}\n{texts}"


def _binding(found: Mapping[str, Any]) -> str:
    """What keeps the zone shut, and the smallest changes that open it."""
    lines = ["no text is acceptable to all; the smallest changes that would open a zone:"]
    lines += [f"  {party} would take {_three(fall)} less" for party, fall in found["reserves"].items()]
    lines.append(f"  all would take {_three(found['by_all'])} less")
    lines += [f"  {s['issue']} weighs {_three(s['change'])} otherwise to {s['party']}" for s in found["weights"]]
    lines += [f"  {one['issue']} is left out" for one in found["left_out"] if one["opens"]]
    lines.append(f"the issue that binds: {found['issue']}")
    return "\n".join(lines)


def surveyed(found: Mapping[str, Any]) -> str:
    """The end of ``westphalia talks`` for a scenario."""
    parts = [f"{found['scenario']}, the table at {found['start']}: the two sides at the middle of the assumptions"]
    parts.append(exact(found))
    if found["sheets"]:
        parts.append(_sheets(found))
        parts.append(_nearest(found["distances"]))
    parts.append(_readings(found["readings"]))
    if found["accounts"]:
        parts.append(_accounts(found["accounts"]))
    return "\n\n".join(parts)


def _sheets(found: Mapping[str, Any]) -> str:
    """Utility, chance of a yes and who blocks, for the first two players of each sheet and for all together."""
    first, second = list(found["sheets"][0]["players"])[:2]
    rows = []
    for sheet in found["sheets"]:
        blocks = max(sheet["blocks"], key=sheet["blocks"].get)
        cells = [
            part
            for name in (first, second)
            for part in (_range(sheet["players"][name]["utility"]), _percent(sheet["players"][name]["accepts"]))
        ]
        rows.append((sheet["sheet"], sheet["date"], *cells, blocks, _percent(sheet["signed"])))
    head = ("sheet", "date", first, "yes, %", second, "yes, %", "blocks most", "all, %")
    told = (
        f"term sheets over {found['draws']:,} draws of the assumptions: utility (5-50-95 %) and chance of a yes at the "
        "start of the scenario; conditional on the model, no forecast"
    )
    return f"{told}\n{table(head, rows, words=2, width=160)}"


def _nearest(distances: list[Mapping[str, Any]]) -> str:
    def row(one: Mapping[str, Any]) -> tuple[str, str, str]:
        return " - ".join(one["sheets"]), _two(one["distance"]), str(one["issues"])

    shown = [one for one in distances if one["issues"] >= POINTS]
    rows = [row(one) for one in (*shown[:POINTS], *shown[-POINTS:])]
    head = ("nearest and farthest texts that share five issues", "distance", "issues")
    return table(head, rows)


def _readings(found: Mapping[str, Any]) -> str:
    rows = []
    for name, of in found.items():
        pair = of["pairs"][0]
        error = [value for issue in of["per_issue"].values() for value in issue["text_error"].values()]
        rows.append(
            (
                name,
                _percent(pair["disagreement"]),
                _percent(pair["total_variation"]),
                _percent(sum(error) / len(error)),
                _percent(pair["alike"]),
                _percent(of["all_alike"]),
            )
        )
    head = ("protocol", "sides differ, %", "by bias, %", "text misread, %", "all issues alike, %", "all parties, %")
    told = "how one text would be read: share of issues on which the two sides differ, and what of it is systematic"
    return f"{told}\n{table(head, rows)}"


def _accounts(found: Mapping[str, Any]) -> str:
    rows = [("all", found["all"])] + list(found["by_medium"].items())
    rows += [(" and ".join(one["parties"]), one) for one in found["by_parties"]]
    cells = [
        (
            name,
            str(of["pairs"]),
            str(of["events"]),
            _percent(of["differ"]),
            f"{_percent(of['differ_range'][0])}-{_percent(of['differ_range'][1])}",
            _two(of["mean_gap"]),
        )
        for name, of in rows
    ]
    head = ("accounts of one exchange", "pairs", "events", "differ, %", "90 %", "mean gap")
    return f"{table(head, cells)}\n{found['caveat']}"


def _two(value: float | None) -> str:
    return "any" if value is None else f"{value:.2f}"


def _three(value: float) -> str:
    return f"{value:.3f}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}"


def _range(band: Mapping[str, float]) -> str:
    return f"{band['q05']:.2f} {band['q50']:.2f} {band['q95']:.2f}"

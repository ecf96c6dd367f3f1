"""What ``westphalia cruxes`` prints for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from westphalia.report.numbers import Z
from westphalia.report.terminal import PLUS_MINUS_HEAD, table


def told(found: Mapping[str, Any]) -> str:
    """Both answers, the cruxes of what they differ in most, common ground, and what to find out first."""
    one, other = found["between"]
    parts = [
        f"{found['scenario']}: {one} against {other}, {found['runs']:,} runs of each step, seed {found['seed']}\n"
        "This is conditional on the model; neither position is endorsed.",
        *(f"{name}: {of['title']}." for name, of in found["positions"].items()),
        _answers(found),
    ]
    if found["cruxes"]:
        parts.append(_cruxes(found))
    parts.append(found["exchange_told"])
    if found["exchange_steps"]:
        steps = (f"  {s['group']}: {_value(s['answer'], _unit(found))}" for s in found["exchange_steps"])
        parts[-1] = "\n".join([parts[-1], *steps])
    if found["common_ground"]:
        rows = (f"  {c['id']} ({c['verdict']}; {_counted(c)}): {c['sentence']}" for c in found["common_ground"])
        parts.append("\n".join(["Common ground, whatever the premises:", *rows]))
    if found["apart"]:
        rows = (
            f"  {c['id']}: {c['sentence']} ({'; '.join(f'{name}: {v}' for name, v in c['verdicts'].items())}; "
            f"{_counted(c)})"
            for c in found["apart"]
        )
        parts.append("\n".join(["Claims on which the verdicts differ:", *rows]))
    if found["too_few"]:
        rows = (f"  {c['id']}: {c['sentence']} ({_counted(c)})" for c in found["too_few"])
        parts.append("\n".join(["Claims for which too few runs count to say:", *rows]))
    if found["find_out_first"]:
        rows = [
            (f["assumption"], f["status"], f"{100 * f['value']:.2f}", f"{100 * Z * f['se']:.2f}")
            for f in found["find_out_first"]
        ]
        head = ("what to find out first", "rests on", "more runs called rightly, %", PLUS_MINUS_HEAD)
        parts.append(table(head, rows, words=2))
    return "\n\n".join(parts)


def _counted(claim: Mapping[str, Any]) -> str:
    """How many runs count for a claim under either position."""
    first, second = claim["counted"].values()
    return f"{first:,} runs count" if first == second else f"{first:,} and {second:,} runs count"


def _unit(found: Mapping[str, Any]) -> str:
    answers = next(iter(found["answers"].values()))
    return next(of["unit"] for of in answers.values() if of["title"] == found["outcome"])


def _value(value: float, unit: str, sign: str = "") -> str:
    scaled = 100 * value if unit == "share" else value
    return f"{scaled:{sign}.1f} {'%' if unit == 'share' else unit}"


def _answers(found: Mapping[str, Any]) -> str:
    one, other = (found["answers"][name] for name in found["between"])
    rows = []
    for key, of in one.items():
        unit, gap = of["unit"], found["differences"][key]
        scale = 100 if unit == "share" else 1
        rows.append(
            (
                of["title"],
                "%" if unit == "share" else unit,
                f"{scale * of['value']:.1f}",
                f"{scale * other[key]['value']:.1f}",
                f"{scale * gap['value']:+.1f}",
                f"{scale * Z * gap['se']:.1f}",
            )
        )
    return table(("outcome", "unit", *found["between"], "difference", PLUS_MINUS_HEAD), rows, words=2, width=140)


def _cruxes(found: Mapping[str, Any]) -> str:
    scale = 100 if _unit(found) == "share" else 1
    rows = [
        (
            group["group"],
            group["evidence"],
            f"{scale * group['value']:+.1f}",
            f"{scale * Z * group['se']:.1f}",
            f"{scale * group['low']:+.1f} to {scale * group['high']:+.1f}",
        )
        for group in found["cruxes"]
    ]
    unit = "%" if scale == 100 else _unit(found)
    head = ("question", "rests on", f"adds, {unit}", PLUS_MINUS_HEAD, "early, middle or late in the order")
    return f"On what the difference hangs: {found['outcome']}\n{table(head, rows, words=2)}"

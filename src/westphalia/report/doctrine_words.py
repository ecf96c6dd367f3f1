"""What ``westphalia doctrines`` prints for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from westphalia.report.numbers import Z
from westphalia.report.terminal import PLUS_MINUS_HEAD, table
from westphalia.report.words import hundredths

FEW = 5
"""Equilibria, and entries of a reply, that are told."""

PLAYED = 0.005
"""Smallest share of a mixture that is told."""


def told(found: Mapping[str, Any]) -> str:
    """What is predicted and how firmly, the payoffs behind it, and what would change it."""
    parts = [
        f"{found['scenario']}: an empirical game of {len(found['profiles'])} doctrines a side, {found['draws']:,} "
        f"cases with {found['repeats']} runs of {found['weeks']} weeks each, seed {found['seed']}",
        "A payoff weighs seven things, each from about the worst (0) to about the best (1) that occurs; a case has\n"
        "weights of its own, drawn evenly. It says what follows from the scenario's assumptions, and advises nobody.",
        _prediction(found),
        _equilibria(found),
        _played(found),
        *(_payoffs(found, side) for side in found["sides"]),
        *(_vectors(found, side) for side in found["sides"]),
        _replies(found),
        *(_joint(found, one) for one in found["tempo_withdrawal"]),
        *(_backers(found, side) for side in found["sides"] if found["backers"][side]),
        _components(found),
    ]
    return "\n\n".join(parts)


def _title(found: Mapping[str, Any], name: str) -> str:
    """The title of a profile; a reply has none but its number."""
    held = found["profiles"].get(name)
    return held["title"] if held else f"Reply {name.rpartition('-')[2]}"


def _mixture(found: Mapping[str, Any], mixture: Mapping[str, float]) -> str:
    """Doctrines in words, the most played first; shares only where there are several."""
    most = sorted(((share, name) for name, share in mixture.items() if share >= PLAYED), key=lambda one: -one[0])
    if len(most) == 1:
        return _title(found, most[0][1])
    return ", ".join(f"{_title(found, name)} {hundredths(share)} %" for share, name in most)


def _prediction(found: Mapping[str, Any]) -> str:
    if not found["equilibria"]:
        return "No stable prediction: no case has an equilibrium that could be found."
    top = found["equilibria"][0]
    does = "; ".join(f"{found['sides'][side]}: {_mixture(found, of)}" for side, of in top["mixture"].items())
    share = f"{hundredths(top['share_of_cases'])} % of the cases (± {hundredths(Z * top['se'])})"
    said = "Prediction" if found["stable"] else "No stable prediction. The most frequent equilibrium"
    agree = (
        f"With either half of its runs a case gives the same equilibria to {hundredths(found['agreement'])} %; "
        "the rest is the noise of few runs."
    )
    lost = f" In {hundredths(found['without'])} % of the cases none was found." if found["without"] else ""
    return f"{said}, in {share}: {does}.\n{agree}{lost}"


def _equilibria(found: Mapping[str, Any]) -> str:
    sides = found["sides"]
    rows = [
        (
            *(_mixture(found, one["mixture"][side]) for side in sides),
            hundredths(one["share_of_cases"]),
            hundredths(Z * one["se"]),
            *(f"{one['regret'][side]:.3f}" for side in sides),
        )
        for one in found["equilibria"][:FEW]
    ]
    head = (
        *sides.values(),
        "cases, %",
        PLUS_MINUS_HEAD,
        *(f"regret of {label}" for label in sides.values()),
    )
    rest = len(found["equilibria"]) - len(rows)
    more = f"\n{rest} more are rarer" if rest > 0 else ""
    whole = "equilibria by the doctrines that are used; regret is what a side could gain, over all cases"
    return f"{whole}\n{table(head, rows, words=2)}{more}"


def _played(found: Mapping[str, Any]) -> str:
    sides = found["sides"]
    kinds = {"equilibrium": found["played"], "quantal": found["quantal"]["mixture"]}
    kinds["least regret"] = {side: found["minimax_regret"][side]["mixture"] for side in sides}
    rows = [
        (of["title"], *(hundredths(kind[side].get(name, 0.0)) for side in sides for kind in kinds.values()))
        for name, of in found["profiles"].items()
    ]
    head = ("doctrine", *(f"{label}: {kind}" for label in sides.values() for kind in kinds))
    worst = ", ".join(f"{label} {found['minimax_regret'][side]['value']:.3f}" for side, label in sides.items())
    return (
        f"how much each doctrine is played, %: in the equilibria of all cases; by quantal response at precision "
        f"{found['quantal']['precision']:g};\nin the mixture whose greatest regret over all cases and replies is least "
        f"({worst})\n{table(head, rows)}"
    )


def _numbered(found: Mapping[str, Any]) -> dict[str, str]:
    return {name: f"[{number}]" for number, name in enumerate(found["profiles"], 1)}


def _payoffs(found: Mapping[str, Any], side: str) -> str:
    held, number = found["payoffs"][side], _numbered(found)
    rows = [
        (f"{number[name]} {_title(found, name)}", *(f"{value:.2f}" for value in row))
        for name, row in zip(held["rows"], held["mean"], strict=True)
    ]
    errors = [value for row in held["se"] for value in row]
    other = next(label for key, label in found["sides"].items() if key != side)
    whole = f"payoff of {found['sides'][side]} by its doctrine (rows) and that of {other} (columns)"
    head = ("doctrine", *(number[name] for name in held["columns"]))
    return f"{whole}; ± {Z * max(errors):.2f} at most\n{table(head, rows)}"


def _vectors(found: Mapping[str, Any], side: str) -> str:
    """The components where the other side keeps its own doctrine, the first column."""
    held = found["payoffs"][side]
    rows = [
        (_title(found, name), *(_plain(held["vector"][key][place][0]) for key in found["components"]))
        for place, name in enumerate(held["rows"])
    ]
    other = next(label for key, label in found["sides"].items() if key != side)
    whole = f"what {found['sides'][side]} comes to by its doctrine, {other} as it is (units below)"
    return f"{whole}\n{table(('doctrine', *found['components']), rows)}"


def _plain(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.2f}"


def _replies(found: Mapping[str, Any]) -> str:
    held = found["replies"]
    lines = [_reply(found, one) for one in held["tried"]]
    now = "; ".join(f"{found['sides'][side]}: {_mixture(found, of)}" for side, of in held["mixture"].items())
    whole = (
        f"better replies: {held['candidates']} quasi-random doctrines a round and side against the equilibrium of the "
        f"mean game,\nand {held['refined']} around the best; the best of all is measured on fresh cases, and added "
        "where it gains more than two standard errors"
    )
    firm = "a stable prediction" if held["prediction"]["stable"] else "no stable prediction"
    return "\n".join([whole, *lines, f"mean game after that: {now}; over cases {firm}"])


def _reply(found: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    verb = "added" if one["is_added"] else "not added"
    entries = ", ".join(f"{of['entry']} {of['from']:.3g} to {of['to']:.3g}" for of in one["entries"][:FEW])
    return (
        f"round {one['round']}, {found['sides'][one['side']]}: gain {one['gain']:+.3f} (± {Z * one['se']:.3f}), "
        f"{verb}\n    instead of {_title(found, one['instead_of'])}: {entries}"
    )


def _joint(found: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    labels = [found["sides"][one[key]] for key in ("tempo_of", "withdrawal_of")]
    rows = [
        (f"{tempo:g}", *(f"{a:+.2f} / {b:+.2f}" for a, b in zip(own, other, strict=True)))
        for tempo, own, other in zip(one["tempo"], one["own"]["change"], one["other"]["change"], strict=True)
    ]
    errors = [value for part in ("own", "other") for row in one[part]["se"] for value in row]
    head = ("tempo", *("never" if value == 1 else f"{value:g}" for value in one["withdrawal"]))
    both = ", ".join(
        f"{label} {of['value']:+.3f} (± {Z * of['se']:.3f})"
        for label, of in zip(labels, (one["interaction"]["own"], one["interaction"]["other"]), strict=True)
    )
    return (
        f"tempo of {labels[0]} (rows) and weekly loss at which {labels[1]} gives ground (columns): change of the\n"
        f"payoffs of {labels[0]} / {labels[1]} to the scenario as it is, ± {Z * max(errors):.2f} at most\n"
        f"{table(head, rows)}\nwhat early withdrawal is worth more against full tempo than against slow attack: {both}"
    )


def _backers(found: Mapping[str, Any], side: str) -> str:
    held, sides = found["backers"][side], found["sides"]
    rows = [
        (
            policy,
            *(_mixture(found, of["mixture"][key]) for key in sides),
            *(f"{of['change'][key]:+.3f} ± {Z * of['change_se'][key]:.3f}" for key in sides),
            hundredths(of["prediction"]["share_of_cases"]),
        )
        for policy, of in held["policies"].items()
    ]
    head = ("policy", *sides.values(), *(f"payoff of {label}" for label in sides.values()), "modal, %")
    return (
        f"backers of {sides[side]}: equilibrium of the mean game under each policy, and payoffs against "
        f"{held['compared_with']}\n{table(head, rows, words=3)}"
    )


def _components(found: Mapping[str, Any]) -> str:
    scale = [(key, of["title"], of["unit"], *_ends(of)) for key, of in found["components"].items()]
    policies = [f"{name}: {of}" for name, of in found["policies"].items()]
    return "\n\n".join(
        [
            "components of a payoff and their scales\n"
            + table(("component", "what", "unit", "worst", "best"), scale, words=3),
            "\n".join(policies),
            "\n".join(f"{of['title']}: {of['note']}" for of in found["profiles"].values()),
        ]
    )


def _ends(component: Mapping[str, Any]) -> Sequence[str]:
    return [_plain(component[end]) if end in component else "-" for end in ("worst", "best")]

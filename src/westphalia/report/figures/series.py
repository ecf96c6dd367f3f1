"""Fans of all recorded series."""

from __future__ import annotations

from typing import NamedTuple

import xarray as xr

from westphalia.report import charts, tables, words
from westphalia.report.facts import Facts
from westphalia.report.figures.common import BANDS, MOST_ARMS, legend
from westphalia.report.page import Figure, Panel
from westphalia.report.theme import NEUTRAL, SIDES, Hue

TRUCE = "truce"
"""The series that is 0 or 1 in a run: it has no bands, and is told as a share of runs."""
SHORT = {"thousand persons": "thousand", "share": "", "index": "", "km2": "km²"}
"""Units as a panel's title shows them, where that is not the unit itself."""


class Kind(NamedTuple):
    """A kind of series: its title, what to know to read it, and what a panel of one side shows."""

    title: str
    about: str = ""
    panel: str = "{label}"


KINDS: dict[str, dict[str, Kind]] = {
    "The fronts": {
        "position": Kind(
            "Line of contact", "Km of advance of {first} from the reference line; each panel spans equally many km."
        ),
        "land": Kind(
            "Land held beyond the side's own starting line",
            "Km² beyond the reference line; land held before is not counted.",
        ),
        "tempo": Kind("Tempo of own attacks", "Share of full intensity, mean over the force."),
    },
    "Forces and losses": {
        "force": Kind("Force in theatre", "At the front and in reserve."),
        "dead": Kind("Soldiers killed", "Since the start of the war, as far as the scenario counts them."),
        "wounded": Kind("Soldiers wounded", "Since the start of the run."),
        "pool": Kind("People who could still be called up"),
        "garrison": Kind("Force that holds occupied land"),
        "armour": Kind("Heavy materiel in the field"),
        "armour lost": Kind("Heavy materiel lost since the start of the run"),
        "ammunition": Kind("Ammunition", "Index; at 2 most of what is needed can be fired."),
        "supply": Kind("Supply at the front", "Share of demand that is met."),
        "cohesion": Kind("Cohesion of the troops"),
        "quality": Kind("Quality of the troops", "1 at the reference."),
    },
    "Home and backers": {
        "support": Kind("Support for the war at home", "Share of the public."),
        "expectation": Kind("How the land war looks from home", "−1 losing to 1 winning."),
        "economy": Kind("War economy", "1 at the start."),
        "will": Kind(
            "Will of the backers", "Share of capacity that they are willing to give; a calendar may allow less."
        ),
        "aid": Kind("Aid that arrives"),
    },
    "Talks": {
        "chance": Kind(
            "Believed chance of victory", "Each leadership's own, with its doubt about the course of the war counted."
        ),
        TRUCE: Kind("A ceasefire or settlement holds", "Share of runs in which one of the two holds at that time."),
    },
    "People under occupation": {
        "displaced": Kind("Civilians displaced, by who holds the land they left", panel="land held by {label}"),
        "partisans": Kind("Partisans, by whom they fight", panel="against {label}"),
    },
}
"""Series by section, in the order of the page; kinds that are not here follow under their own names."""


def fan_figures(facts: Facts) -> dict[str, list[Figure]]:
    """Fans of the recorded series that move in some run, by section of the page."""
    found = {
        section: [
            _share_figure(facts, about) if kind == TRUCE else _fan_figure(facts, kind, about)
            for kind, about in kinds.items()
            if _moving(facts, kind)
        ]
        for section, kinds in _layout(facts).items()
    }
    return {section: figures for section, figures in found.items() if figures}


def unmoved(facts: Facts) -> str:
    """Which series are not drawn because nothing in them moves, as a sentence; empty if all move."""
    kinds = [(kind, about) for kinds in _layout(facts).values() for kind, about in kinds.items()]
    titles = [about.title for kind, about in kinds if facts.keys(kind) and not _moving(facts, kind)]
    return f"Not drawn, for they keep one value in all runs: {'; '.join(titles)}." if titles else ""


def _layout(facts: Facts) -> dict[str, dict[str, Kind]]:
    """Recorded kinds of series by section, those that the page does not know at the end."""
    recorded = list(dict.fromkeys(name.split("[")[0] for name in facts.units))
    known = {kind for kinds in KINDS.values() for kind in kinds}
    layout = {**KINDS, "Other series": {kind: Kind(kind) for kind in recorded if kind not in known}}
    return {name: {kind: kinds[kind] for kind in kinds if kind in recorded} for name, kinds in layout.items()}


def _moving(facts: Facts, kind: str) -> dict[str, str]:
    """Labels by key of what moves in some run."""
    return {key: label for key, label in facts.keys(kind).items() if not facts.is_still(f"{kind}[{key}]")}


def _fan_figure(facts: Facts, kind: str, about: Kind) -> Figure:
    arms = list(facts.arms)[:MOST_ARMS]
    moving = _moving(facts, kind)
    keys = {key: label for key, label in facts.keys(kind).items() if key in moving or key in facts.sides}
    still = [label for key, label in facts.keys(kind).items() if key not in keys]
    unit = facts.units[f"{kind}[{next(iter(keys))}]"]
    fans = {key: facts.fan(f"{kind}[{key}]", arms).assign_coords(arm=[facts.arms[arm] for arm in arms]) for key in keys}
    domains = _domains(fans, is_apart=kind == "position", is_share=unit == "share")
    shown = SHORT.get(unit, unit)
    panels = []
    for key, label in keys.items():
        title = about.panel.format(label=label) + f", {shown}" * bool(shown)
        told = f"{about.title}, {label}: {_told(fans[key], unit)}"
        style = {"title": title, "domain": domains[key], "hue": _hue(facts, key), "is_share": unit == "share"}
        panels.append(Panel(charts.fan(fans[key], told, **style), label))
    labelled = {keys[key]: fan for key, fan in fans.items()}
    key_of_lines = legend([facts.arms[arm] for arm in arms], has_fan=True)
    table = tables.fans(labelled, about.title, unit, {facts.arms[arm]: facts.arms[arm] for arm in arms})
    words_about = about.about.format(first=next(iter(facts.sides.values())))
    note = f"Not drawn, for nothing moves there in any run: {words.listed(still)}." if still else ""
    words_about = f"{words_about} {BANDS}".strip()
    return Figure(f"fan-{kind}", about.title, words_about, tuple(panels), table, note, legend=key_of_lines)


def _share_figure(facts: Facts, about: Kind) -> Figure:
    """The share of runs in which one holds, a line an arm."""
    arms = list(facts.arms)[:MOST_ARMS]
    (key,) = facts.keys(TRUCE)
    shares = facts.share(f"{TRUCE}[{key}]", arms)
    labels = [facts.arms[arm] for arm in arms]
    data = shares.assign_coords(arm=labels).rename(arm="line").to_dataframe("share").reset_index()
    at_end = "; ".join(
        f"{label}: {words.percent(float(value))}" for label, value in zip(labels, shares.values[:, -1], strict=True)
    )
    chart = charts.over_time(data[["time", "line", "share"]], f"{about.about} At the end: {at_end}.")
    table = tables.over_time(data, f"{about.title}: share of runs")
    return Figure(f"fan-{TRUCE}", about.title, about.about, (Panel(chart),), table, "", True, legend=legend(labels))


def _told(fan: xr.DataArray, unit: str) -> str:
    first, last = (fan.isel(arm=0, time=at).values for at in (0, -1))
    after = f"{words.amount(float(last[2]), unit)} (5–95 %: {words.band(float(last[0]), float(last[4]), unit)})"
    return f"median {words.amount(float(first[2]), unit)} at the start, {after} at the end"


def _hue(facts: Facts, key: str) -> Hue:
    backed = facts.scenario.backers[key].side if facts.scenario and key in facts.scenario.backers else key
    return SIDES[list(facts.sides).index(backed)] if backed in facts.sides else NEUTRAL


def _domains(fans: dict[str, xr.DataArray], *, is_apart: bool, is_share: bool) -> dict[str, tuple[float, float]]:
    """Ends of the vertical scales: one for all panels, or as many units each where levels differ by nature."""
    ends = {key: (float(fan.min()), float(fan.max())) for key, fan in fans.items()}
    if is_apart:
        reach = max(10.0, *(high - low for low, high in ends.values())) * 1.08
        return {key: ((low + high - reach) / 2, (low + high + reach) / 2) for key, (low, high) in ends.items()}
    low, high = min(low for low, _ in ends.values()), max(high for _, high in ends.values())
    if is_share and low >= 0 and high <= 1:
        return dict.fromkeys(ends, (0.0, 1.0))
    pad = 0.05 * (high - low) or 1.0
    return dict.fromkeys(ends, (min(0.0, low - pad * (low < 0)), max(0.0, high + pad)))

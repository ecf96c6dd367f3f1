"""Answers made up for tests: objects with all keys that commands print, over the duel or another scenario."""

from itertools import combinations

import numpy as np

FRICTIONS = {
    "optimism": "rival optimism",
    "commitment": "doubt whether a deal would hold",
    "home": "home politics",
    "messages": "garbled messages",
    "third": "limits set by third states, and their support",
    "lines": "red lines",
}
SIZES = np.array([-0.11, -0.05, -0.10, 0.03, -0.30, -0.04])
MEASURES = {
    "signed": ("signed within a year", 1.0, 0.95),
    "holding": ("signed within a year and holding two years later", 0.8, 0.9),
    "fought": ("weeks of war in three years", -150.0, 40.0),
    "dead": ("soldiers killed in three years, both sides", -90.0, 20.0),
    "arms": ("decided by arms within three years", -0.3, 0.05),
}
UNITS = {"fought": "weeks", "dead": "thousand persons"}
VERDICTS = ("holds broadly", "holds in a region", "mixed", "fails broadly", "undecided")


def subsets(keys):
    return [subset for count in range(len(keys) + 1) for subset in combinations(keys, count)]


def frictions(scenario="duel"):
    keys, measures = list(FRICTIONS), {}
    for name, (title, scale, none) in MEASURES.items():
        worth = dict(zip(keys, scale * SIZES, strict=True))
        if name == "holding":
            worth["messages"] = -worth["messages"]
        shapley = {
            key: {"value": v, "se": abs(v) / 20, "first_in": 0.5 * v, "last_in": 1.4 * v}
            | {"low": min(0.5 * v, 1.6 * v), "high": max(0.5 * v, 1.6 * v)}
            for key, v in worth.items()
        }
        cells = [
            {"on": list(on), "value": none + sum(worth[key] for key in on), "se": abs(scale) * 0.011}
            for on in subsets(keys)
        ]
        measures[name] = {"title": title, "none": none, "all": none + sum(worth.values()), "shapley": shapley}
        measures[name] |= {"pairs": [], "cells": cells, "unit": UNITS.get(name, "share")}
    return {
        "scenario": scenario,
        "seed": 3,
        "runs": 512,
        "frictions": {key: {"title": title, "off": f"{title} do nothing"} for key, title in FRICTIONS.items()},
        "measures": measures,
        "wedges": {key: {"q05": 0.01, "q50": abs(v), "q95": 0.4} for key, v in zip(keys, SIZES, strict=True)},
    }


ARGUMENTS = ("messages and home politics", "commitment, support and optimism")


def adjudication():
    four = [[0.1, 0.3, 0.6, 0.9]] * 4
    one = {"share": 0.253, "given_the_record": 0.262, "verdict": "mixed"}
    first, second = ARGUMENTS
    signed = {
        "draws": 512,
        "error_of_a_draw": 0.12,
        "weights": {first: {"value": 0.095, "se": 0.007}, second: {"value": 0.361, "se": 0.011}},
        "speaks_for": {first: one, second: one | {"share": 0.441}, "neither": one | {"share": 0.306}},
        "picture": {
            "assumptions": ["laws.aid.stake", "laws.aid.prize"],
            "edges": [[0.6, 0.7, 0.8], [1.0, 2.0, 3.0]],
            "total": [0.31, 0.22],
            "total_se": [0.04, 0.05],
            "shares": dict.fromkeys((first, second, "neither"), four),
        },
    }
    groups = {first: ["messages", "home"], second: ["commitment", "third", "optimism"]}
    return {"groups": groups, "arguments": list(ARGUMENTS), "tolerance": 0.1, "measures": {"signed": signed}}


def with_more(found):
    """The same with what was asked beside the values: definitions, order, links, records and the two arguments."""
    measures, keys = found["measures"], list(found["frictions"])
    worth = {name: of["shapley"] for name, of in measures.items()}
    bands = {
        key: {name: {"low": 1.3 * of[key]["low"], "high": 0.7 * of[key]["high"]} for name, of in worth.items()}
        for key in keys
    }
    other = {name: {"shapley": dict.fromkeys(keys, {"value": 0.5, "se": 0.1})} for name in measures}
    gap = "a gap of readings shortens the peace"
    return found | {
        "definitions": {key: {"alternatives": {}, "band": band} for key, band in bands.items()},
        "order": {name: {"is_stable": False, "leading": "third", "why": []} for name in measures},
        "first_share": {
            name: {"frictions": dict.fromkeys(keys, 0.1) | {"third": 0.447}, "draws": 12, "agreement": 0.364}
            for name in measures
        },
        "separates": {key: f"a record of {key}" for key in keys},
        "inputs": {
            "links": [{"friction": "messages", "title": gap, "is_on": True, "q05": 0.5, "q50": 1.5, "q95": 2.5}],
            "headlines": {"gap": {"title": f"not so: {gap}", "measures": other}},
            "mediator": {"knows": "everybody's worth of every text"},
        },
        "adjudication": adjudication(),
    }


def talks(scenario="duel", zone=False):
    pair = {"parties": ["north", "south"], "total_variation": 0.2, "cost_gap": 0.1}
    issue = {"line": {"alike": 0.5, "text_error": {"north": 0.31, "south": 0.33}}}
    gap = {"pairs": 61, "events": 13, "differ": 0.541, "differ_range": [0.449, 0.75], "mean_gap": 0.293}
    binding = {"issue": "Line of control", "reserves": {"North": 0.036, "South": 0.028}, "by_all": 0.018}
    return {
        "scenario": scenario,
        "draws": 100,
        "parties": ["North", "South"],
        "outcomes": 60,
        "rational": 7 if zone else 0,
        "zone": {"exists": zone, "robust": {"draws": 1000, "chance_of_zone": 0.51}},
        "binding": None if zone else binding,
        "sheets": [
            {"title": f"Draft {n}", "date": f"2030-0{n}-01", "author": "a mediator", "signed": 0.11 * n}
            | {"blocks": {"north leadership": 0.62 - 0.1 * n, "south leadership": 0.2}}
            | {"players": dict.fromkeys(("north leadership", "south leadership"), {"lacks_most": "Line of control"})}
            for n in (1, 2, 3)
        ],
        "readings": {
            "shuttle": {"label": "A mediator shuttles", "all_alike": 0.173, "all_alike_range": [0.02, 0.4]}
            | {"flattered": 0.174}
            | {"pairs": [pair | {"alike": 0.173, "disagreement": 0.476}], "per_issue": issue},
            "text": {"label": "One text that all hold", "all_alike": 1.0, "all_alike_range": [1.0, 1.0]}
            | {"flattered": 0.0}
            | {"pairs": [pair | {"alike": 1.0, "disagreement": 0.0}], "per_issue": issue},
        },
        "accounts": {
            "all": gap,
            "by_medium": {"oral": gap | {"pairs": 19, "differ": 0.737}},
            "by_parties": [gap | {"parties": ["North", "South"], "pairs": 22}],
            "caveat": "a selected sample; a telling is no reading",
        },
    }


def named(one, *more):
    """What tells an assumption, of a mapping that says more."""
    return {key: one[key] for key in ("assumption", "title", "unit", *more)}


def effect(value, unit, *, never=0.0):
    """How large a difference is, with this median."""
    told = {"test": "land of north, “blitz of the north” less the baseline", "unit": unit}
    told |= {"wanted": {"is": "more than", "than": None, "by": 0.0, "is_relative": False}}
    told |= {"is_difference": True, "q05": value - 2.5, "q50": value, "q95": None if never else value + 3.5}
    told |= {"never_at": {"q95": "first"} if never else {}}
    return told | {"mean": None, "runs": 3968, "never": never, "never_other": 0.0, "never_both": 0.0}


def claim(number, leading, verdict="holds broadly", dies=False):
    """A claim over two assumptions, each a mapping with assumption, title, unit, status, low, high."""
    x, y = leading
    draw = np.random.default_rng(number)
    slope = draw.normal(size=2)
    centre = {"holds broadly": 2.2, "fails broadly": -2.2}.get(verdict, 0.2)
    across = np.arange(8)
    held = 1 / (1 + np.exp(-(centre + 0.6 * (slope[0] * (across[None] - 3.5) + slope[1] * (across[:, None] - 3.5)))))
    runs = draw.integers(40, 90, (8, 8))
    share = float(held.mean())
    axes = [named(one) | {"edges": np.linspace(one["low"], one["high"], 9).tolist()} for one in (x, y)]
    limit = named(x) | {
        "low": axes[0]["edges"][3],
        "high": None,
        "reproduced": 0.9,
    }
    other = named(y) | {
        "low": None,
        "high": axes[1]["edges"][6],
        "reproduced": 0.7,
    }
    in_region = verdict == "holds in a region"
    return {
        "id": f"H{number}",
        "sentence": f"If one thing of number {number} is done, then another follows sooner than otherwise.",
        "within": [limit] * (number % 4 == 3),
        "verdict": verdict,
        "share": share,
        "se": 0.011,
        "counted": 3968,
        "ties": 12 * (number % 2),
        "runs_to_settle": 20_480 if verdict == "undecided" else None,
        "effects": [effect(20.0 + number, "km2"), effect(4.0, "weeks", never=0.12)],
        "boxes": [{"limits": [limit, other], "density": 0.874, "coverage": 0.462, "runs": 713}] * in_region,
        "nearest": {"limits": [limit], "density": 0.71, "density_se": 0.02, "coverage": 0.3, "runs": 420}
        if verdict == "mixed"
        else None,
        "trade_off": [{"coverage": 1.0, "density": share}, {"coverage": 0.462, "density": 0.874}],
        "hinge": [
            named(one, "status") | {"total_effect": effect, "se": 0.021}
            for one, effect in zip(leading, (0.44, 0.31), strict=True)
        ],
        "by_distance": [named(one) | {"distance": 0.4} for one in leading[:1]],
        "hinge_in_box": [named(y, "status") | {"total_effect": 0.52, "se": 0.04}] * in_region,
        "design": None,
        "flip": {"distance": 0.9 + 0.1 * number, "se": 0.12, "holds_at_centre": True, "beyond": 0.62}
        | {"changes": [named(x) | {"from": x["low"], "to": x["high"]}]},
        "assumed_links": [
            {"link": "gap", "title": "a gap of readings shortens the peace", "verdict": "fails broadly", "share": 0.127}
            | {"se": 0.009, "counted": 2100, "dies": dies}
        ],
        "mirror": {"verdict": "fails broadly", "share": 0.093, "se": 0.007, "counted": 3900},
        "stability": {"halves": [share - 0.004, share + 0.004]},
        "evidence": "not decided by evidence" if x["status"] == "assumption" else x["status"],
        "picture": {"x": axes[0], "y": axes[1], "share": held.tolist(), "runs": runs.tolist()},
        "note": "weeks until a signature, paired by run",
    }


def design(leading, in_box=None):
    """Total effects by a design of 512 rows, the first of the assumptions the greatest."""
    hinge = [
        named(one, "status") | {"total_effect": 0.6 / place, "se": 0.02, "pairs": 490}
        for place, one in enumerate(leading, start=1)
    ]
    rest = {"others": {"total_effect": 0.354, "se": 0.03, "pairs": 488}}
    rest |= {"chance": {"total_effect": 0.721, "se": 0.03, "pairs": 490}, "why_not": None}
    return {"rows": 512, "whole": {"share": 0.41, "hinge": hinge, **rest}, "in_box": in_box}


ASSUMPTIONS = [
    {"assumption": "laws.aid.stake", "title": "weight of the course of the war in a backer's will", "unit": "1"}
    | {"status": "assumption", "low": 0.2, "high": 2.4},
    {"assumption": "laws.aid.prize", "title": "pull of prospects", "unit": "1/week", "status": "sourced"}
    | {"low": 0.01, "high": 0.13},
    {"assumption": "sides.north.support", "title": "support at home", "unit": "share", "status": "calibrated"}
    | {"low": 0.35, "high": 0.85},
]


def claims(scenario="duel", count=5, assumptions=ASSUMPTIONS):
    found = []
    for number in range(1, count + 1):
        two = assumptions[number % len(assumptions)], assumptions[(number + 1) % len(assumptions)]
        found.append(claim(number, two, VERDICTS[number % 5], dies=number % 5 == 0))
    return {
        "scenario": scenario,
        "runs": 4096,
        "seed": 3,
        "weeks": 260,
        "claims": found,
        "untestable": [{"sentence": "What a leader privately intends.", "reason": "no run holds an intention"}],
    }


def cruxes(scenario="duel", matters=True, is_chosen=False, is_exact=True):
    between = ["messages-and-home", "no-need-and-long-haul"]
    groups = {"beliefs": -0.081, "stakes": -0.214, "backers": 0.036, "home politics": -0.052}
    return {
        "scenario": scenario,
        "between": between,
        "positions": {
            "messages-and-home": {"title": "Messages and home", "sentences": ["the parties read other term sheets"]},
            "no-need-and-long-haul": {"title": "No need", "sentences": ["backers lose will or means first"]},
        },
        "answers": {
            name: {
                "signed": {"title": "signed within a year", "value": value, "se": 0.013, "unit": "share"},
                "fought": {"title": "weeks of war", "value": 260 * (1 - value), "se": 2.4, "unit": "weeks"},
            }
            for name, value in (("messages-and-home", 0.413), ("no-need-and-long-haul", 0.102))
        },
        "common_ground": [
            {"id": "H1", "sentence": "More parties read a deal less alike.", "verdict": "holds broadly"}
            | {"counted": dict(zip(between, (512, 512), strict=True))}
        ],
        "apart": [
            {
                "id": "H7",
                "sentence": "Backers tire before people do.",
                "counted": dict(zip(between, (301, 212), strict=True)),
            }
            | {"verdicts": dict(zip(between, ("mixed", "holds broadly"), strict=True))}
        ],
        "too_few": [
            {
                "id": "H9",
                "sentence": "A sealed text holds longer.",
                "counted": dict(zip(between, (140, 56), strict=True)),
            }
            | {"verdicts": dict.fromkeys(between, "holds broadly")}
        ],
        "cruxes": [
            {"group": name, "title": f"{name}: all that they assume of it", "value": value, "se": 0.011}
            | {"low": min(value * 0.6, value * 1.5), "high": max(value * 0.6, value * 1.5), "evidence": "assumption"}
            for name, value in groups.items()
        ],
        "outcome": "signed within a year",
        "outcome_key": "signed",
        "is_chosen": is_chosen,
        "exchange": ["stakes", "beliefs"],
        "exchange_exact": is_exact,
        "find_out_first": [
            {key: one[key] for key in ("assumption", "title", "status")} | {"value": value, "se": 0.004}
            for one, value in zip(ASSUMPTIONS, (0.031, 0.017, 0.004), strict=True)
        ],
        "matters": matters,
    }


def doctrines(scenario="duel", sides=("north", "south"), is_stable=False):
    names = ["as-it-is", "hold", "elastic", "slow-burn"]
    draw = np.random.default_rng(5)

    def table():
        return {
            "rows": names,
            "columns": names,
            "mean": draw.uniform(0.35, 0.65, (4, 4)).tolist(),
            "se": np.full((4, 4), 0.007).tolist(),
        }

    change = draw.normal(0, 0.02, (2, 5, 5))
    joint = {
        "tempo_of": sides[0],
        "withdrawal_of": sides[1],
        "tempo": [0.2, 0.4, 0.6, 0.8, 1.0],
        "withdrawal": [0.004, 0.01, 0.025, 0.06, 1.0],
        "own": {"change": change[0].tolist(), "se": np.full((5, 5), 0.004).tolist()},
        "other": {"change": change[1].tolist(), "se": np.full((5, 5), 0.004).tolist()},
        "interaction": {"own": {"value": 0.003, "se": 0.004}, "other": {"value": 0.027, "se": 0.006}},
    }
    return {
        "scenario": scenario,
        "draws": 64,
        "seed": 3,
        "profiles": {name: {"title": name.replace("-", " ").capitalize(), "note": ""} for name in names},
        "payoffs": {side: table() for side in sides},
        "equilibria": [
            {"mixture": {sides[0]: {"slow-burn": 1.0}, sides[1]: {"elastic": 0.7, "hold": 0.3}}}
            | {"share_of_cases": 0.412, "se": 0.061, "regret": dict.fromkeys(sides, 0.012)}
            | {"regret_se": dict.fromkeys(sides, 0.004)},
            {"mixture": {sides[0]: {"as-it-is": 1.0}, sides[1]: {"hold": 1.0}}}
            | {"share_of_cases": 0.203, "se": 0.05, "regret": dict.fromkeys(sides, 0.03)}
            | {"regret_se": dict.fromkeys(sides, 0.006)},
        ],
        "stable": is_stable,
        "tempo_withdrawal": [joint],
    }


def frictions_equal():
    """The same with equal wedges, of which one friction does not reach the common one."""
    weakened = {key: {"factor": 0.4, "wedge": 0.03, "is_reached": key != "messages"} for key in FRICTIONS}
    return frictions() | {"equal_wedges": {"wedge": 0.03, "frictions": weakened}}


MADE = {
    "talks": talks,
    "frictions": frictions,
    "frictions-equal": frictions_equal,
    "claims": claims,
    "cruxes": cruxes,
    "doctrines": doctrines,
}

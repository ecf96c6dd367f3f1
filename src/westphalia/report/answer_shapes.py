"""What the objects that commands print with ``--json`` must hold for a brief to show them."""

from __future__ import annotations

from typing import Any

from westphalia.report.shapes import NUMBER, Keyed, Maybe

_SHARE = {"share": NUMBER, "se": NUMBER}
_VALUE = {"value": NUMBER, "se": NUMBER}
_QUANTILES = {"q05": Maybe(NUMBER), "q50": Maybe(NUMBER), "q95": Maybe(NUMBER)}
_NAMED = {"assumption": str, "title": str}
_AXIS = {**_NAMED, "edges": [NUMBER]}
_LIMIT = {**_NAMED, "low": Maybe(NUMBER), "high": Maybe(NUMBER)}
_GAP = {"pairs": NUMBER, "events": NUMBER, "differ": NUMBER, "differ_range": [NUMBER], "mean_gap": NUMBER}

_TALKS = {
    "draws": NUMBER,
    "parties": [str],
    "outcomes": NUMBER,
    "rational": NUMBER,
    "zone": {"exists": bool, "robust": {"draws": NUMBER, "chance_of_zone": NUMBER}},
    "binding": Maybe({"issue": str, "reserves": Keyed(NUMBER), "by_all": NUMBER}),
    "sheets": [
        {
            "title": str,
            "date": str,
            "signed": NUMBER,
            "blocks": Keyed(NUMBER),
            "players": Keyed({"lacks_most": Maybe(str)}),
        }
    ],
    "readings": Keyed(
        {
            "label": str,
            "all_alike": NUMBER,
            "flattered": NUMBER,
            "pairs": [{"parties": [str], "disagreement": NUMBER, "alike": NUMBER}],
            "per_issue": Keyed({"text_error": Keyed(NUMBER)}),
        }
    ),
    "accounts": Maybe(
        {"all": _GAP, "by_medium": Keyed(_GAP), "by_parties": [{"parties": [str], **_GAP}], "caveat": str}
    ),
}

_FRICTIONS = {
    "runs": NUMBER,
    "seed": NUMBER,
    "frictions": Keyed({"title": str, "off": str}),
    "measures": Keyed(
        {
            "title": str,
            "unit": str,
            "none": NUMBER,
            "all": NUMBER,
            "shapley": Keyed({**_VALUE, "first_in": NUMBER, "last_in": NUMBER, "low": NUMBER, "high": NUMBER}),
            "pairs": Maybe([{"frictions": [str], **_VALUE}]),
            "cells": [{"on": [str], **_VALUE}],
        }
    ),
    "error": Maybe(
        {
            "wanted": NUMBER,
            "reached": NUMBER,
            "is_met": bool,
            "fresh_runs": NUMBER,
            "most_runs": NUMBER,
            "needed_runs": NUMBER,
        }
    ),
    "wedges": Keyed(_QUANTILES),
    "definitions": Maybe(Keyed({"band": Keyed({"low": NUMBER, "high": NUMBER})})),
    "order": Maybe({"signed": {"is_stable": bool, "leading": str}}),
    "first_share": Maybe({"signed": {"frictions": Keyed(NUMBER), "draws": NUMBER, "agreement": Maybe(NUMBER)}}),
    "separates": Maybe(Keyed(str)),
    "inputs": Maybe(
        {
            "links": [{"friction": str, "title": str, "is_on": bool, **_QUANTILES}],
            "headlines": Keyed({"title": str, "measures": Keyed({"shapley": Keyed(_VALUE)})}),
            "mediator": {"knows": Maybe(str)},
        }
    ),
    "adjudication": Maybe(
        {
            "groups": Keyed([str]),
            "arguments": [str],
            "tolerance": NUMBER,
            "measures": Keyed(
                {
                    "draws": NUMBER,
                    "error_of_a_draw": NUMBER,
                    "weights": Keyed(_VALUE),
                    "speaks_for": Keyed({"share": NUMBER, "given_the_record": NUMBER, "verdict": str}),
                    "picture": Maybe(
                        {
                            "assumptions": [str],
                            "edges": [[NUMBER]],
                            "total": [NUMBER],
                            "total_se": [NUMBER],
                            "shares": Keyed([[Maybe(NUMBER)]]),
                        }
                    ),
                }
            ),
        }
    ),
}

_EFFECT = {"total_effect": NUMBER, "se": Maybe(NUMBER)}
_DESIGN = {
    "hinge": [{**_NAMED, **_EFFECT}],
    "others": Maybe(_EFFECT),
    "chance": Maybe(_EFFECT),
    "why_not": Maybe(str),
}

_SPREAD = {
    "test": str,
    "unit": str,
    "wanted": {"is": str, "than": Maybe(NUMBER), "by": NUMBER, "is_relative": bool},
    "is_difference": bool,
    **_QUANTILES,
    "mean": Maybe(NUMBER),
    "runs": NUMBER,
    "never_at": Keyed(str),
    **dict.fromkeys(("never", "never_other", "never_both"), Maybe(NUMBER)),
}

_HINGE = {**_NAMED, "total_effect": NUMBER, "se": Maybe(NUMBER), "status": Maybe(str)}

_CLAIM = {
    "id": str,
    "sentence": str,
    "within": Maybe([_LIMIT]),
    "verdict": str,
    "share": Maybe(NUMBER),
    "se": Maybe(NUMBER),
    "counted": Maybe(NUMBER),
    "ties": Maybe(NUMBER),
    "runs_to_settle": Maybe(NUMBER),
    "effects": Maybe([_SPREAD]),
    "boxes": [
        {"limits": [{**_LIMIT, "reproduced": Maybe(NUMBER)}], "density": NUMBER, "coverage": NUMBER, "runs": NUMBER}
    ],
    "nearest": Maybe({"limits": [_LIMIT], "density": NUMBER, "density_se": NUMBER, "runs": NUMBER}),
    "trade_off": Maybe([{"coverage": NUMBER, "density": NUMBER}]),
    "hinge": [_HINGE],
    "by_distance": Maybe([{**_NAMED, "distance": NUMBER}]),
    "hinge_in_box": Maybe([_HINGE]),
    "design": Maybe({"rows": NUMBER, "whole": _DESIGN, "in_box": Maybe(_DESIGN)}),
    "flip": Maybe(
        {
            "distance": NUMBER,
            "se": Maybe(NUMBER),
            "beyond": NUMBER,
            "changes": [{**_NAMED, "from": NUMBER, "to": NUMBER}],
        },
    ),
    "assumed_links": [{"title": str, "verdict": str, "share": Maybe(NUMBER), "se": Maybe(NUMBER)}],
    "mirror": Maybe({"verdict": str, "share": Maybe(NUMBER), "se": Maybe(NUMBER)}),
    "stability": Maybe({"halves": [Maybe(NUMBER)]}),
    "evidence": Maybe(str),
    "picture": Maybe({"x": _AXIS, "y": _AXIS, "share": [[Maybe(NUMBER)]], "runs": [[NUMBER]]}),
    "note": Maybe(str),
}

_CRUXES = {
    "between": [str],
    "positions": Maybe(Keyed({"title": str, "sentences": [str]})),
    "answers": Keyed(Keyed({"title": str, **_VALUE, "unit": str})),
    "common_ground": [{"sentence": str, "verdict": str, "counted": Keyed(NUMBER)}],
    "apart": [{"sentence": str, "verdicts": Keyed(str), "counted": Keyed(NUMBER)}],
    "too_few": [{"sentence": str, "verdicts": Keyed(str), "counted": Keyed(NUMBER)}],
    "cruxes": [{"group": str, "title": str, **_VALUE, "low": NUMBER, "high": NUMBER, "evidence": Maybe(str)}],
    "outcome": str,
    "outcome_key": str,
    "is_chosen": bool,
    "exchange": [str],
    "exchange_exact": bool,
    "find_out_first": [{**_NAMED, "value": NUMBER, "se": Maybe(NUMBER), "status": Maybe(str)}],
    "matters": bool,
}

SHAPES: dict[str, Any] = {
    "talks": _TALKS,
    "frictions": _FRICTIONS,
    "frictions-equal": {
        **_FRICTIONS,
        "equal_wedges": {
            "wedge": NUMBER,
            "frictions": Keyed({"factor": NUMBER, "wedge": NUMBER, "is_reached": bool}),
        },
    },
    "claims": {
        "runs": NUMBER,
        "seed": NUMBER,
        "claims": [_CLAIM],
        "untestable": [{"sentence": str, "reason": str}],
    },
    "cruxes": _CRUXES,
    "doctrines": {"equilibria": [{"share_of_cases": NUMBER}], "stable": bool},
}
"""By the name of the command: what its object must hold."""

"""The log of verdicts: a line of JSON for each claim, only ever added to, to be scored when history answers."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from westphalia import __version__
from westphalia.scenario.load import content_hash
from westphalia.simulate.study_manifest import Plan, model_version

KEPT = ("id", "sentence", "verdict", "share", "se", "counted")


def append(file: Path, plan: Plan, found: Mapping[str, Any]) -> int:
    """Add the verdicts to a log; gives the number of lines added. What stands in the log is never changed."""
    common = {
        "date": datetime.date.today().isoformat(),
        "version": __version__,
        "model": model_version(),
        "scenario": found["scenario"],
        "hash": content_hash(plan.loaded),
        "variant": plan.variant,
        "start": plan.loaded.scenario.start.isoformat(),
        "weeks": found["weeks"],
        "runs": found["runs"],
        "seed": found["seed"],
    }
    lines = [json.dumps(common | {key: claim[key] for key in KEPT}, ensure_ascii=False) for claim in found["claims"]]
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as log:
        log.write("".join(f"{line}\n" for line in lines))
    return len(lines)

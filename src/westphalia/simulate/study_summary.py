"""A study in one object: shares with their Monte Carlo error, measures, levers against the baseline, status."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from westphalia.simulate.study import BASELINE, Study, shares_of

QUANTILES = {"q05": 0.05, "q50": 0.5, "q95": 0.95}


def summarise(study: Study) -> dict[str, Any]:
    """What ``westphalia run --json`` prints.

    Every run counts in the shares, whatever its status, so that they add up to one; the measures leave out what is
    undefined.
    """
    manifest = study.manifest
    units = measures_of(manifest)
    runs = study.runs(["run", "outcome", "status", *units])
    base, *levers = ({"arm": arm} | _of_arm(runs, arm, units) for arm in study.arms)
    return {
        "study": str(study.folder),
        "scenario": manifest["scenario"],
        "variant": manifest["variant"],
        "runs": study.done,
        "seed": manifest["seed"],
        "weeks": manifest["weeks"],
        "days_per_week": manifest["days_per_week"],
        "outcomes": base["outcomes"],
        "measures": base["measures"],
        "status": base["status"],
        "arms": {
            lever.pop("arm"): lever | {"differences": differences(runs, name)}
            for name, lever in zip(study.arms[1:], levers, strict=True)
        },
        "failed": [{key: entry[key] for key in ("chunk", "stage", "reason")} for entry in study.failures],
        "wall_s": round(sum(entry.get("wall_s", 0.0) for entry in manifest["chunks"]), 3),
        "reproduce": manifest["reproduce"],
    }


def measures_of(manifest: dict[str, Any]) -> dict[str, str]:
    """The columns of a run that measure its end, with their units: those that are also recorded as series."""
    return {series["name"]: series["unit"] for series in manifest["series"] if series["name"] in manifest["columns"]}


def differences(runs: pd.DataFrame, arm: str) -> dict[str, dict[str, float]]:
    """Share of each outcome in an arm less that in the baseline, paired by run, with its standard error."""
    wide = runs.pivot(index="run", columns="arm", values="outcome")
    found = {}
    for outcome in shares_of(runs).index:
        change = (wide[arm] == outcome).astype(float) - (wide[BASELINE] == outcome).astype(float)
        error = float(change.std(ddof=1) / np.sqrt(len(change))) if len(change) > 1 else 0.0
        found[outcome] = {"value": float(change.mean()), "se": error}
    return found


def _of_arm(runs: pd.DataFrame, arm: str, units: dict[str, str]) -> dict[str, Any]:
    here = runs.loc[runs["arm"] == arm]
    shares = shares_of(runs, arm)
    measures = {name: {"unit": unit} | quantiles(here[name].to_numpy(float)) for name, unit in units.items()}
    status = {str(name): int(count) for name, count in here["status"].value_counts().items()}
    return {"outcomes": shares.to_dict("index"), "measures": measures, "status": status}


def quantiles(values: np.ndarray) -> dict[str, float | None]:
    """The 5, 50 and 95 % of what is finite; None where nothing is."""
    finite = values[np.isfinite(values)]
    if not len(finite):
        return dict.fromkeys(QUANTILES)
    return dict(zip(QUANTILES, np.quantile(finite, list(QUANTILES.values())).tolist(), strict=True))

"""Made-up records for tests: observed series in memory, and a small war with a record beside it."""

import csv
import json

import numpy as np

from wars import loaded
from westphalia.analyse.evidence.ensemble import Ensemble
from westphalia.analyse.evidence.monthly import between
from westphalia.analyse.evidence.observed import Series
from westphalia.scenario.load import load, with_variant
from westphalia.scenario.record import Observed

FITTED = ["laws.attrition.exponent", "laws.attrition.intensity", "laws.attrition.killed_share"]
WINDOW, AHEAD = between("2030-01", "2030-06"), between("2030-07", "2030-12")
TRUTH = 5
"""The case of ``TRUTH_SEED`` that the record of the small war was made with."""
TRUTH_SEED = 77
DEAD = {"title": "dead a month", "file": "dead.csv", "value": "dead", "series": "dead", "scale": 1000}


def silently(*_):
    """A watch that hears nothing."""


def series(values, name="made-up", first="2030-01", **error):
    """A series of the dead of North with these values from a month on; not a number is a month without one."""
    said = {"title": "made up", "file": "none.csv", "value": "value", "series": "dead", "of": "north", "error": error}
    months = between(first, "2099-12")
    by_month = {month: float(value) for month, value in zip(months, values, strict=False) if np.isfinite(value)}
    return Series(name, Observed.model_validate(said), by_month)


def beside(folder, record, **changes):
    """A folder with the duel, without what is argued about it, and a record beside it."""
    bare = {"talks": None, "claims": {}, "links": {}, "mirror": {}, "levers": {}, "positions": {}, "untestable": []}
    data = loaded("duel").document.data | bare | {"variants": {"plain": {"title": "As it is", "set": {}}}} | changes
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.yaml").write_text(json.dumps(data, default=str))
    (folder / "record.yaml").write_text(json.dumps(record))
    return folder


def record(last=None, **changes):
    """A record of the dead of both sides with one fold."""
    fold = {"title": "Half a year", "variant": "plain", "origin": AHEAD[0], "parameters": FITTED}
    fold |= {"fitted": ["dead-north", "dead-south"], "scored": ["dead-north"]}
    observed = {
        f"dead-{side}": DEAD | {"where": {"side": side}, "of": side, "error": {"share": 0.05, "common": 0.05}}
        for side in ("north", "south")
    }
    return {"observed": observed, "folds": {"half": fold | ({"last": last} if last else {})}} | changes


def write_dead(file, by_side, months):
    """The table of the dead by side and month."""
    with file.open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["month", "side", "dead"])
        for side, own in by_side.items():
            rows.writerows([month, side, f"{value:.6g}"] for month, value in zip(months, own, strict=True))


def truth(folder):
    """Months of the window and after it of the run that the record is made from, and its numbers."""
    war = load(folder)
    made = Ensemble(with_variant(war, "plain"), TRUTH_SEED)
    what = war.scenario.observed
    values = made.months(what, [*WINDOW, *AHEAD], TRUTH + 1, silently, "truth")
    numbers = made.numbers(np.array([TRUTH]))
    by_side = {name.removeprefix("dead-"): column[:, TRUTH] for name, column in values.items()}
    return by_side, {path: float(numbers[path][0]) for path in FITTED}


def small_war(folder, **changes):
    """A war whose record up to the origin was made by a run of the model itself; what came after, and its numbers."""
    beside(folder, record(**changes))
    by_side, numbers = truth(folder)
    write_dead(folder / "dead.csv", {side: own[: len(WINDOW)] for side, own in by_side.items()}, WINDOW)
    return {side: own[len(WINDOW) :] for side, own in by_side.items()}, numbers

"""A study made of invented numbers over the duel, with the methods of a real one and nothing simulated."""

import json
import os
import shutil

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from westphalia.model.outcome import EVENTS
from westphalia.report import paper
from westphalia.report.facts import gather
from westphalia.scenario.load import load

RUNS, WEEKS, BINS = 400, 104, 64
TIMES = np.arange(0, WEEKS + 1, 4)
UNITS = {"force": "thousand persons", "dead": "thousand persons", "wounded": "thousand persons"}
UNITS |= {"displaced": "thousand persons", "cohesion": "share", "aid": "billion a week", "land": "km2"}


class FakeStudy:
    """What a brief uses of a study: the manifest, the runs and the histograms."""

    def __init__(self, manifest, runs, fans, kept):
        self.manifest = manifest
        self._runs = runs
        self._fans = fans
        self._kept = kept

    def runs(self):
        return self._runs

    def fans(self):
        return self._fans

    def sample(self):
        return self._kept


def manifest_of(scenario, levers):
    sides, fronts = list(scenario.sides), list(scenario.fronts)
    names = [(f"position[{front}]", "km") for front in fronts]
    names += [(f"{kind}[{side}]", unit) for kind, unit in UNITS.items() for side in sides]
    names += [(f"will[{backer}]", "share") for backer in scenario.backers]
    return {
        "scenario": scenario.name,
        "title": scenario.title,
        "given": scenario.name,
        "variant": None,
        "start": scenario.start.isoformat(),
        "weeks": WEEKS,
        "days_per_week": 7,
        "seed": 7,
        "hash": "0123456789abcdef",
        "model": "0.1.0+test",
        "money": scenario.money,
        "sides": {key: side.label for key, side in scenario.sides.items()},
        "fronts": {key: front.label for key, front in scenario.fronts.items()},
        "backers": {key: backer.label for key, backer in scenario.backers.items()},
        "levers": {lever: scenario.levers[lever].title for lever in levers},
        "arms": ["baseline", *levers],
        "series": [{"name": name, "unit": unit} for name, unit in names],
        "reproduce": f"westphalia run {scenario.name} --runs {RUNS} --seed 7 --weeks {WEEKS}",
    }


def runs_of(manifest, seed=0):
    """Runs whose outcome hangs on one assumption, and in a lever more of them end."""
    parts = []
    for place, arm in enumerate(manifest["arms"]):
        draw = np.random.default_rng(seed)
        u = draw.random(RUNS)
        ends = np.where(
            u < 0.2 + 0.1 * place, "frozen war", np.where(u < 0.3 + 0.1 * place, "military victory of North", "ongoing")
        )
        part = {"arm": arm, "run": np.arange(RUNS), "case": np.arange(RUNS), "repeat": 0}
        part |= {"laws.aid.stake": 2 * u, "laws.aid.prize": draw.random(RUNS), "outcome": ends.astype(object)}
        part |= {"outcome_week": np.where(ends == "ongoing", -1, (26 + 60 * u).astype(int))}
        for entry in manifest["series"]:
            part[entry["name"]] = draw.random(RUNS) * (1 if entry["unit"] == "share" else 40)
        for event in EVENTS[:3]:
            for side in manifest["sides"]:
                part[f"week[{event}, {side}]"] = np.where(draw.random(RUNS) < 0.4, draw.integers(1, WEEKS, RUNS), -1)
        parts.append(pd.DataFrame(part | {"status": "finished"}))
    return pd.concat(parts, ignore_index=True)


def fans_of(manifest, runs):
    names, low, counts = [entry["name"] for entry in manifest["series"]], 0.0, []
    high = np.array([1.0 if entry["unit"] == "share" else 40.0 for entry in manifest["series"]])
    for arm in manifest["arms"]:
        part = runs[runs["arm"] == arm]
        ends = [np.histogram(part[name], BINS, (low, top))[0] for name, top in zip(names, high, strict=True)]
        counts.append(np.repeat(np.array(ends)[:, None], len(TIMES), axis=1))
    data = {"counts": (("arm", "series", "week", "bin"), np.array(counts))}
    data |= {"low": ("series", np.zeros(len(names))), "high": ("series", high)}
    return xr.Dataset(data, coords={"arm": manifest["arms"], "series": names, "week": TIMES})


def sample_of(manifest, runs):
    """Trajectories that stay all the time where the run ends."""
    names = [entry["name"] for entry in manifest["series"]]
    ends = np.array([[runs.loc[runs["arm"] == arm, name] for name in names] for arm in manifest["arms"]])
    value = np.repeat(ends[:, :, None], len(TIMES), axis=2)
    coordinates = {"arm": manifest["arms"], "series": names, "week": TIMES}
    return xr.Dataset({"value": (("arm", "series", "week", "run"), value)}, coords=coordinates)


@pytest.fixture(scope="session")
def study_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("study")
    text = json.dumps(load("duel").document.data, default=str)
    (folder / "scenario.json").write_text(text, encoding="utf-8")
    return folder


def make(levers=()):
    scenario = load("duel").scenario
    manifest = manifest_of(scenario, list(levers))
    runs = runs_of(manifest)
    return FakeStudy(manifest, runs, fans_of(manifest, runs), sample_of(manifest, runs))


@pytest.fixture(scope="session")
def study():
    return make()


@pytest.fixture(scope="session")
def study_with_levers():
    return make(["aid-none-north", "truce"])


@pytest.fixture(scope="session")
def facts(study, study_folder):
    return gather(study, study_folder)


@pytest.fixture(scope="session")
def facts_with_levers(study_with_levers, study_folder):
    return gather(study_with_levers, study_folder)


@pytest.fixture(scope="session")
def chromium():
    """A browser in which pages are looked at and printed; in CI there must be one."""
    found = next(filter(None, map(shutil.which, paper.BROWSERS)), None)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("chromium is missing; on Debian: apt-get install chromium")
        pytest.skip("chromium is missing")
    return found

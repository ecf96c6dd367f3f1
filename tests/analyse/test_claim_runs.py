"""Arms of claims are kept whole, used again, and the same however they were come by."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from westphalia.analyse import claim_runs
from westphalia.analyse.claim_runs import SHORT, SHORTEST, Store, assumptions_of, short
from westphalia.analyse.design_rows import CHANCE, OTHERS, Rows
from westphalia.scenario.claims import Claim
from westphalia.scenario.load import library, load
from westphalia.simulate.study import Study
from westphalia.simulate.study_files import UNFINISHED
from westphalia.simulate.study_manifest import Plan

WEEKS = 60
LEVER = "blitz-north"
CLAIM = {
    "sentence": "A blitz gains North land.",
    "lever": LEVER,
    "tests": [{"series": "land", "of": "north", "week": 40, "is": "more than", "against": ["baseline"]}],
}


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write a war with this claim, and perhaps with another piece of text: its file."""
    folder = tmp_path_factory.mktemp("war")
    argued = load("duel").document.data

    def _write(claim=CLAIM, old="", new=""):
        text = (library() / "duel" / "scenario.yaml").read_text()
        assert old in text
        (folder / "scenario.yaml").write_text(text.replace(old, new, 1))
        kept = {"links": argued["links"], "mirror": argued["mirror"], "claims": {"C": claim}}
        (folder / "claims.yaml").write_text(json.dumps(kept))
        return folder

    return _write


class Told:
    """A watch that keeps what it is told: arm, runs done, runs wanted."""

    def __init__(self):
        self.heard = []

    def __call__(self, arms, *what):
        self.heard += [(arm, *what) for arm in arms.split(", ")]

    @property
    def made(self):
        """How many runs were made of each arm."""
        first = {}
        for arm, done, _ in self.heard:
            first.setdefault(arm, []).append(done)
        return {arm: max(done) - min(done) for arm, done in first.items()}


def store_of(where, folder, **more):
    told = Told()
    return Store(Plan.of(where, weeks=WEEKS, **more), folder, told), told


def frames_of(store, runs):
    return store.frames(store.scenario.claims.values(), runs)


def assert_same(one, other):
    assert one.keys() == other.keys()
    for arm, frame in one.items():
        pd.testing.assert_frame_equal(frame, other[arm], check_exact=True)


@pytest.fixture(scope="module")
def whole(write, tmp_path_factory):
    """A folder with 128 runs of the claim's arms, made at once, and the tables."""
    folder = tmp_path_factory.mktemp("whole")
    store, told = store_of(write(), folder)
    frames = frames_of(store, 128)
    assert told.made == {"baseline": 128, LEVER: 128}
    return folder, frames


pytestmark = pytest.mark.slow


def study_of(frames, chunks, monkeypatch):
    """A study of these runs in these chunks, the failed ones with a reason and no runs."""
    table = pd.concat([frame.assign(arm=arm) for arm, frame in frames.items()])
    monkeypatch.setattr(Study, "runs", lambda _: table)
    return Study(Path("none"), {"arms": list(frames), "chunks": [{"status": s, "runs": n} for s, n in chunks]})


def test_arms_of_a_study_are_taken_from_it(whole, write, monkeypatch, tmp_path):
    store, told = store_of(write(), tmp_path)
    study = study_of({"baseline": whole[1]["baseline"]}, [("done", 128)], monkeypatch)
    frames = frames_of(replace(store, study=study), 100)
    assert told.made == {LEVER: 100}
    assert_same(frames, {arm: frame.iloc[:100] for arm, frame in whole[1].items()})


def test_a_study_with_a_hole_is_not_paired_with_other_runs(whole, write, monkeypatch):
    """Its first 64 runs failed: what stands in their place are the runs from 64 on."""
    store, _ = store_of(write(), whole[0])
    late = {"baseline": whole[1]["baseline"].iloc[64:]}
    study = study_of(late, [("failed", 0), ("done", 64)], monkeypatch)
    frames = frames_of(replace(store, study=study), 64)
    assert_same(frames, {arm: frame.iloc[:64] for arm, frame in whole[1].items()})


def test_arms_that_are_kept_are_not_run_again(whole, write, monkeypatch):
    folder, frames = whole
    monkeypatch.setattr(claim_runs, "prepare", None)  # whoever simulates fails
    store, told = store_of(write(), folder)
    assert_same(frames_of(store, 128), frames)
    assert_same(frames_of(store, 50), {arm: frame.iloc[:50] for arm, frame in frames.items()})
    assert told.heard == []


def test_a_longer_series_of_runs_is_bit_for_bit_that_of_one_go(whole, write, tmp_path):
    store, told = store_of(write(), tmp_path)
    assert len(frames_of(store, 64)["baseline"]) == 64
    longer = frames_of(store, 128)
    steps = [(0, 64), (64, 64), (64, 128), (128, 128)]
    assert [event[1:] for event in told.heard if event[0] == "baseline"] == steps
    assert [event[1:] for event in told.heard if event[0] == LEVER] == steps
    assert_same(longer, whole[1])
    again, _ = store_of(write(), tmp_path)
    assert_same(frames_of(again, 128), whole[1])


def test_an_arm_has_the_same_runs_as_the_baseline_and_what_claims_ask_for(whole):
    frames = whole[1]
    for frame in frames.values():
        assert frame["run"].tolist() == list(range(128))
        assert {"land[north]@40", "land[south]@40", "week[cohesion below a half, south]"} <= set(frame)
    assert (frames["baseline"]["land[north]"] != frames[LEVER]["land[north]"]).mean() > 0.5
    names, values = assumptions_of(frames["baseline"])
    assert {"laws.attrition.exponent", "talks.stakes.north.cost"} <= set(names)
    assert values.shape == (128, len(names))
    assert (np.ptp(values, axis=0) > 0).all()


def test_an_interrupted_write_leaves_no_half_file_and_what_was_whole_before(whole, write, tmp_path, monkeypatch):
    store, _ = store_of(write(), tmp_path)
    to_parquet = pd.DataFrame.to_parquet

    def breaks(frame, path, *rest, **more):
        to_parquet(frame, path, *rest, **more)
        with open(path, "r+b") as file:
            file.truncate(100)
        raise KeyboardInterrupt

    def kept():
        return {file.name for file in tmp_path.rglob("*") if file.is_file() and file.suffix != UNFINISHED}

    with monkeypatch.context() as patched:
        patched.setattr(pd.DataFrame, "to_parquet", breaks)
        with pytest.raises(KeyboardInterrupt):
            frames_of(store, 64)
    assert kept() == set()
    frames_of(store, 64)
    assert kept() == {"baseline.parquet", f"{LEVER}.parquet"}
    with monkeypatch.context() as patched:
        patched.setattr(pd.DataFrame, "to_parquet", breaks)
        with pytest.raises(KeyboardInterrupt):
            frames_of(store, 128)
    assert kept() == {"baseline.parquet", f"{LEVER}.parquet"}
    again, told = store_of(write(), tmp_path)
    assert_same(frames_of(again, 128), whole[1])
    assert told.made == {"baseline": 64, LEVER: 64}, "the runs of before are whole"


def test_words_of_a_claim_may_change_and_its_runs_are_kept(whole, write, monkeypatch):
    folder, frames = whole
    monkeypatch.setattr(claim_runs, "prepare", None)
    other = CLAIM | {"sentence": "Who attacks gains.", "note": "in other words", "refuted_where": "nowhere"}
    assert_same(frames_of(store_of(write(other), folder)[0], 128), frames)
    stricter = CLAIM | {"tests": [CLAIM["tests"][0] | {"by": 100}]}
    assert_same(frames_of(store_of(write(stricter), folder)[0], 128), frames)


@pytest.mark.parametrize(
    "change",
    [
        {"old": "quality: 1", "new": "quality: 1.01"},
        {"old": "blitz}", "new": "bite-and-hold}"},
        {"claim": CLAIM | {"tests": [CLAIM["tests"][0] | {"week": 41}]}},
    ],
    ids=["a number", "a lever", "a week that is asked for"],
)
def test_what_decides_a_number_of_a_run_makes_it_another(whole, write, monkeypatch, change):
    def asked(*_, **__):
        raise LookupError("new runs")

    monkeypatch.setattr(claim_runs, "prepare", asked)
    before = sorted(whole[0].rglob("*"))
    with pytest.raises(LookupError, match="new runs"):
        frames_of(store_of(write(**change), whole[0])[0], 128)
    assert sorted(whole[0].rglob("*")) == before


def test_another_seed_or_a_link_switched_off_has_runs_of_its_own(whole, write, monkeypatch):
    folder, frames = whole
    seeded, _ = store_of(write(), folder, seed=2)
    other = frames_of(seeded, 32)
    assert not np.array_equal(other["baseline"]["land[north]"], frames["baseline"]["land[north]"][:32])
    monkeypatch.setattr(claim_runs, "prepare", None)
    store, _ = store_of(write(), folder)
    cut = store.without("wedge")
    assert cut.scenario.laws.overtures.wedge.value == 0
    assert store.scenario.laws.overtures.wedge is None or store.scenario.laws.overtures.wedge.value != 0
    with pytest.raises(TypeError):
        frames_of(cut, 32)
    assert_same(frames_of(store, 128), frames)


def test_runs_for_a_verdict_alone_are_half_within_limits():
    assert [short(runs) for runs in (1, 200, 256, 400, 1000, 2048, 100_000)] == [1, 200, 256, 256, 500, 1024, 1024]
    assert (SHORTEST, SHORT) == (256, 1024)


def test_the_mirrored_claims_run_only_the_arms_that_are_missing(whole, write):
    folder, frames = whole
    store, told = store_of(write(), folder)
    claims = [Claim.model_validate(CLAIM)]
    other = store.exchanged(claims, frames)
    assert other.keys() == {"baseline", LEVER, "blitz-south"}
    assert told.made == {"blitz-south": 128}
    assert all(len(frame) == 128 for frame in other.values())


def test_rows_of_a_design_are_run_in_the_arms_that_a_claim_reads(write, tmp_path):
    """In each row only what is redrawn is another; rows that are added later are those of one go."""
    store, told = store_of(write(), tmp_path)
    (claim,) = store.scenario.claims.values()
    path = "laws.attrition.exponent"

    def land(redrawn, count=64, where=store):
        frames = where.designed(claim, Rows((path,), {}, redrawn), count, told)
        assert frames.keys() == {"baseline", LEVER}
        return np.array([frame["land[north]"] for frame in frames.values()])

    usual = land(None)
    assert told.made == {"baseline": 64, LEVER: 64}
    for redrawn in (path, OTHERS, CHANCE):
        assert (land(redrawn) != usual).mean() > 0.5
    longer = land(None, 128)
    assert (longer[:, :64] == usual).all()
    at_once, _ = store_of(write(), tmp_path / "at once")
    assert (land(None, 128, at_once) == longer).all()

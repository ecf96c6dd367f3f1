"""A claim about a region is judged on the runs that lie there, as a position would draw them, and on no others."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from wars import SEED, loaded
from westphalia.analyse import claim_design
from westphalia.analyse.claim_design import FROM_A_TABLE, by_design
from westphalia.analyse.claim_details import Ground
from westphalia.analyse.claim_regions import both, regions
from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claim_tests import mirrored
from westphalia.analyse.claims import board
from westphalia.assemble import assemble
from westphalia.errors import BadInput
from westphalia.report.claim_words import told
from westphalia.scenario.checks import warnings
from westphalia.scenario.claims import Claim
from westphalia.scenario.inventory import numbers
from westphalia.scenario.load import library
from westphalia.simulate.study_manifest import Plan

RUNS = 2000
STAKE, COST, COST_OF_SOUTH = "laws.aid.stake", "talks.stakes.north.cost", "talks.stakes.south.cost"
EVENT = "talks.parties.north.stances.line.red_line.binds"
ABOVE = {"series": "force", "of": "north", "is": "more than", "than": 0}


def about(*within, **more):
    """A claim that North's force ends above nothing, in parts of ranges: each a path with its two places."""
    parts = [{"assumptions": [path], "part": list(part)} for path, part in within]
    return {"sentence": "So it is.", "tests": [ABOVE], "within": parts, **more}


def drawn(paths, runs, parts=()):
    """What these runs of the duel draw."""
    made = assemble(loaded("duel").scenario, seed=SEED, cases=np.arange(runs), weeks=1, parts=dict(parts))
    return pd.DataFrame({path: np.broadcast_to(made.assumptions[path], runs) for path in paths})


def which(claim, frame):
    return regions(Plan.of("duel"), {"C": Claim.model_validate(claim)}, frame)["C"]


@pytest.mark.parametrize("part", [(0.0, 0.25), (0.5, 1.0), (0.3, 0.4)])
@pytest.mark.parametrize("path", [STAKE, COST])
def test_a_run_lies_in_a_part_if_a_position_of_that_part_could_have_drawn_it(path, part):
    whole = drawn([path], RUNS)
    inside = which(about((path, part)), whole)
    assert inside.mean() == pytest.approx(part[1] - part[0], abs=0.04)
    narrowed = drawn([path], RUNS, {path: part})
    assert which(about((path, part)), narrowed).all()
    assert not (whole[path][~inside].between(narrowed[path].min(), narrowed[path].max())).any()


def test_a_run_must_lie_in_every_part():
    frame = drawn([STAKE, COST], RUNS)
    one, other = ((STAKE, (0.5, 1)), (COST, (0, 0.5)))
    assert (which(about(one, other), frame) == (which(about(one), frame) & which(about(other), frame))).all()
    assert (which(about((STAKE, (0, 0.6)), one), frame) == which(about((STAKE, (0.5, 0.6))), frame)).all()
    with pytest.raises(ValueError, match=f"no run lies in all parts of {STAKE}"):
        Claim.model_validate(about((STAKE, (0, 0.1)), one))
    assert which(about(), frame).all()


def test_what_happens_by_chance_lies_where_it_does_as_at_both_ends():
    frame = drawn([EVENT], RUNS)
    happens = frame[EVENT] == 1
    assert 0.1 < happens.mean() < 0.9
    assert (which(about((EVENT, (0, 0.01))), frame) == happens).all()
    assert (which(about((EVENT, (0.99, 1))), frame) == ~happens).all()
    assert which(about((EVENT, (0, 1))), frame).all()


def test_in_runs_that_do_not_draw_it_no_run_lies_in_the_region():
    assert not which(about((STAKE, (0, 0.5))), drawn([COST], 10)).any()


@dataclass(frozen=True)
class Made(Store):
    """A store whose runs draw what the duel draws; the force ends above nothing beyond a place of one range."""

    above: float = 0.7

    def _frames(self, arms, runs):
        frame = drawn([STAKE, COST, COST_OF_SOUTH], runs)
        places = drawn([STAKE], 1, {STAKE: (self.above, self.above)})
        force = np.where(frame[STAKE] > places[STAKE][0], 1.0, -1.0)
        head = pd.DataFrame({"run": np.arange(runs), "case": np.arange(runs), "repeat": 0})
        rest = {"outcome": "ongoing", "force[north]": force, "force[south]": force}
        table = pd.concat([head, frame, pd.DataFrame(rest, index=frame.index)], axis=1)
        return {arm: table for arm in arms}


@pytest.fixture
def war(tmp_path):
    """A store of the duel with this claim alone."""

    def _war(claim):
        for file in ("scenario.yaml", "claims.yaml"):
            (tmp_path / file).write_text((library() / "duel" / file).read_text())
        data = loaded("duel").document.data
        argued = {"links": data["links"], "mirror": data["mirror"], "claims": {"C": claim}}
        (tmp_path / "claims.yaml").write_text(json.dumps(argued, indent=1))
        return Made(Plan.of(tmp_path, seed=SEED), tmp_path / "out", lambda *_: None)

    return _war


def test_the_share_is_that_of_the_region(war):
    """Above the place 0.7 of a range: in 30 % of all runs, in 60 % of the upper half, and in none of the lower."""
    (whole,) = board(war(about()), RUNS)["claims"]
    assert (whole["share"], whole["within"]) == (pytest.approx(0.3, abs=0.04), [])
    (upper,) = board(war(about((STAKE, (0.5, 1)), links=["wedge"])), RUNS)["claims"]
    assert upper["counted"] == pytest.approx(RUNS / 2, abs=100)
    assert upper["share"] == pytest.approx(0.6, abs=0.05)
    (limit,) = upper["within"]
    assert (limit["assumption"], limit["status"]) == (STAKE, "assumption")
    assert limit["low"] < drawn([STAKE], 1, {STAKE: (0.7, 0.7)})[STAKE][0] < limit["high"]
    (edge,) = (limit for limit in upper["boxes"][0]["limits"] if limit["assumption"] == STAKE)
    assert limit["low"] < edge["low"] < limit["high"]
    for short in (upper["mirror"], *upper["assumed_links"]):
        assert short["share"] == pytest.approx(0.6, abs=0.08), "of the runs of the region"
        assert short["counted"] < RUNS / 3
    found = board(war(about((STAKE, (0, 0.5)))), RUNS)
    assert found["claims"][0]["share"] == 0
    assert f"of {found['claims'][0]['counted']:,} runs of its region that count" in told(found)
    assert f"Its region: {STAKE} from" in told(found)
    assert "fails broadly (in its region)" in told(found)


def test_with_the_sides_exchanged_the_region_is_that_of_the_other():
    scenario = loaded("duel").scenario
    claim = Claim.model_validate(about((COST, (0, 0.5)), (STAKE, (0, 0.1))))
    other = mirrored(scenario, claim)
    assert other.region == {COST_OF_SOUTH: (0, 0.5), STAKE: (0, 0.1)}
    assert mirrored(scenario, other).model_dump() == claim.model_dump()


def test_a_region_of_what_is_the_same_in_all_runs_is_refused_at_its_place(war):
    constant = next(known.path for known in numbers(loaded("duel").scenario) if not known.is_drawn)
    store = war(about((STAKE, (0, 0.5)), (constant, (0, 0.5))))
    (warning,) = warnings(store.scenario, store.plan.loaded.document)
    assert warning.path == "claims.C.within[1].assumptions[0]"
    with pytest.raises(BadInput) as caught:
        board(store, 10)
    (fault,) = caught.value.faults
    assert fault.path == warning.path
    assert fault.what == f'"{constant}" is drawn in no run, so there is no range to take a part of'
    assert fault.file.endswith("claims.yaml")
    assert (store.folder.parent / "claims.yaml").read_text().splitlines()[fault.line - 1].strip() == f'"{constant}"'


def test_a_design_stays_in_the_region_and_in_the_part_of_the_box_that_lies_there(war, monkeypatch):
    store = war(about((STAKE, (0.5, 1)), (COST, (0, 0.5))))
    (claim,) = store.scenario.claims.values()
    asked = []
    monkeypatch.setattr(claim_design, "_effects", lambda claim, store, rows, ground, count: asked.append(rows) or {})
    frame = drawn([STAKE, COST], RUNS)
    ground = Ground([STAKE, COST], frame.to_numpy(), {known.path: known for known in numbers(store.scenario)})
    by_design(claim, store, ground, 64, [0])
    edge = drawn([STAKE], 1, {STAKE: (0.75, 0.75)})[STAKE][0]
    by_design(claim, store, ground, 64, [0], [{"assumption": STAKE, "low": None, "high": edge}])
    whole, in_box = (rows.within for rows in asked)
    assert whole == {STAKE: (0.5, 1), COST: (0, 0.5)}
    assert in_box == {STAKE: (0.5, pytest.approx(0.75, abs=0.01)), COST: (0, 0.5)}
    tabled = store.scenario.model_copy(update={"drawn": {COST: [0.1, 0.2]}})
    monkeypatch.setattr(Made, "scenario", tabled)
    assert by_design(claim, store, ground, 64, [0])["why_not"] == FROM_A_TABLE


def test_parts_that_meet_share_what_lies_in_both():
    assert both((0.0, 0.5), (0.25, 1.0)) == (0.25, 0.5)
    assert both((0.0, 0.5), (0.75, 1.0)) == (0.5, 0.5)

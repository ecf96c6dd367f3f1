"""Claims planted in made-up runs get their planted verdict, region, hinge and flip, and lose them with their link."""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np
import pandas as pd
import pytest

from wars import loaded
from westphalia.analyse.claim_details import UNDECIDED
from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claim_tests import evaluate, mirrored
from westphalia.analyse.claims import board
from westphalia.report.claim_words import told
from westphalia.scenario.claims import Claim
from westphalia.scenario.load import library, load
from westphalia.simulate.study_manifest import Plan

WEEKS = 260
RUNS = 4000
SOURCED, ASSUMED = "laws.attrition.exponent", "laws.cohesion.coupling"
OTHERS = ["laws.aid.stake", "laws.aid.cost", "laws.supply.standoff", "laws.power.belt_scale"]
NAMES = [SOURCED, ASSUMED, *OTHERS]
EDGE, TOP = 0.6, 0.5
"""The planted region: the first assumption above, the second below."""
PLANTED = {
    "region": {"links": ["wedge", "misreading"]},
    "slice": {"links": ["misreading"]},
    "everywhere": {"links": ["wedge"]},
    "nowhere": {"links": ["wedge"]},
    "chance": {},
    "near": {},
}
"""Planted claims, each about a series of its own."""
SERIES = dict(zip(PLANTED, ("force", "land", "pool", "dead", "wounded", "armour"), strict=True))


@dataclass(frozen=True)
class Made(Store):
    """A store whose arms are made up; ``off`` is the link that is switched off."""

    make: Callable = pd.DataFrame
    off: str | None = None

    def _frames(self, arms, runs):
        return {arm: self.make(arm=arm, runs=runs, off=self.off) for arm in arms}

    def without(self, link):
        return replace(super().without(link), off=link)


def about(series, **more):
    """A claim that a series of North ends above nothing."""
    test = {"series": series, "of": "north", "is": "more than", "than": 0}
    return {"sentence": f"{series} ends above nothing", "tests": [test | more]}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Make a store of the duel with these claims, whose arms are made up by a function."""

    def _store(claims, make):
        folder = tmp_path_factory.mktemp("war") / "duel"
        folder.mkdir()
        for file in ("scenario.yaml", "claims.yaml"):
            (folder / file).write_text((library() / "duel" / file).read_text())
        data = load(folder).document.data
        argued = {"links": data["links"], "mirror": data["mirror"], "claims": claims}
        (folder / "claims.yaml").write_text(json.dumps(argued))
        plan = Plan.of(folder, weeks=WEEKS)
        return Made(plan, folder / "out", lambda *_: None, make=make)

    return _store


def frame(x, columns):
    """A table of runs with these assumptions and series."""
    runs = len(x)
    head = {"run": np.arange(runs), "case": np.arange(runs), "repeat": np.zeros(runs, int)}
    drawn = dict(zip(NAMES, x.T, strict=True))
    return pd.DataFrame(head | drawn | {"outcome": np.full(runs, "ongoing", object), **columns})


def planted(seed, *, arm, runs, off):
    """Runs in which each planted claim holds as its name says; the region lives by the wedge alone."""
    random = np.random.default_rng(seed)
    x = random.random((RUNS, len(NAMES)))
    region = (x[:, 0] > EDGE) & (x[:, 1] <= TOP)
    chances = {
        "region": np.where(region, 0.97 if off != "wedge" else 0.05, 0.05),
        "slice": np.where(x[:, 0] > EDGE, 0.96, 0.04),
        "everywhere": np.full(RUNS, 0.95 if off != "wedge" else 0.1),
        "nowhere": np.full(RUNS, 0.05),
        "chance": np.full(RUNS, 0.5),
        "near": np.full(RUNS, 0.79),
    }
    luck = {name: random.random(RUNS) for name in chances}
    luck["near"] = random.permutation(RUNS) / RUNS  # exactly that share
    columns = {}
    for name, chance in chances.items():
        for side in ("north", "south"):
            columns[f"{SERIES[name]}[{side}]"] = np.where(luck[name] < chance, 1.0, -1.0)
    return frame(x, columns).iloc[:runs]


@pytest.fixture(scope="module")
def judged(store):
    """The board of all planted claims, by seed."""
    claims = {name: about(SERIES[name]) | more for name, more in PLANTED.items()}

    @cache
    def _judged(seed):
        found = board(store(claims, partial(planted, seed)), RUNS)
        return {claim["id"]: claim for claim in found["claims"]}

    return _judged


def test_a_planted_region_is_found_with_its_edges_and_its_hinge(judged):
    region = judged(1)["region"]
    assert region["verdict"] == "holds in a region"
    assert region["share"] == pytest.approx(0.05 + 0.92 * (1 - EDGE) * TOP, abs=0.02)
    assert region["counted"] == RUNS
    (box,) = region["boxes"]
    limits = {limit["assumption"]: limit for limit in box["limits"]}
    assert limits.keys() == {SOURCED, ASSUMED}
    assert (limits[SOURCED]["high"], limits[ASSUMED]["low"]) == (None, None)
    assert limits[SOURCED]["low"] == pytest.approx(EDGE, abs=0.02)
    assert limits[ASSUMED]["high"] == pytest.approx(TOP, abs=0.02)
    assert box["density"] == pytest.approx(0.97, abs=4 * box["density_se"])
    assert box["coverage"] == pytest.approx(0.97 * 0.2 / (0.97 * 0.2 + 0.05 * 0.8), abs=0.05)
    assert {hinge["assumption"] for hinge in region["hinge"]} == {SOURCED, ASSUMED}
    # Of the sourced one F_holds - F_fails is largest at the edge of the region, up to which few hold.
    distances = {one["assumption"]: one["distance"] for one in region["by_distance"]}
    assert distances.keys() == {SOURCED, ASSUMED}
    fails = EDGE * 0.95 / (1 - region["share"])
    assert distances[SOURCED] == pytest.approx(fails - EDGE * 0.05 / region["share"], abs=0.05)
    # V(all) is that of the region; without either assumption its share of it is left.
    variance = region["share"] * (1 - region["share"])
    totals = {hinge["assumption"]: hinge["total_effect"] for hinge in region["hinge"]}
    assert totals[SOURCED] == pytest.approx(0.92**2 * TOP * EDGE * (1 - EDGE) / variance, abs=0.05)
    assert totals[ASSUMED] == pytest.approx(0.92**2 * (1 - EDGE) * TOP * (1 - TOP) / variance, abs=0.05)


def test_what_a_box_covers_is_told_against_how_dense_it_is(judged):
    """The way begins with all runs and ends beyond the box that was chosen, each step smaller than the one before."""
    region = judged(1)["region"]
    curve = region["trade_off"]
    assert (curve[0]["coverage"], curve[0]["restricted"], curve[0]["runs"]) == (1, 0, RUNS / 2)
    assert curve[0]["density"] == pytest.approx(region["share"], abs=0.04)
    assert (np.diff([point["coverage"] for point in curve]) <= 0).all()
    assert curve[-1]["density"] > 0.9
    assert region["nearest"] is None


def test_where_no_box_is_dense_enough_the_nearest_is_told_and_as_no_region(store):
    """Inside the planted part it holds in 60 %: more than elsewhere, and not in 80 %."""

    def make(*, arm, runs, off):
        random = np.random.default_rng(5)
        x = random.random((runs, len(NAMES)))
        force = np.where(random.random(runs) < np.where(x[:, 0] > EDGE, 0.6, 0.2), 1.0, -1.0)
        return frame(x, {f"force[{side}]": force for side in ("north", "south")})

    found = board(store({"C": about("force")}, make), 2000)
    (claim,) = found["claims"]
    assert (claim["verdict"], claim["boxes"], claim["hinge_in_box"]) == ("mixed", [], [])
    assert SOURCED in [limit["assumption"] for limit in claim["nearest"]["limits"]]
    assert claim["nearest"]["density"] == pytest.approx(0.6, abs=0.15)
    assert "In no region; nearest: " in told(found)
    assert "runs that did not choose it; not dense enough." in told(found)
    assert "Coverage at density as boxes shrink, on the runs that chose them: 100 % at " in told(found)
    assert "  Where: " not in told(found)
    json.dumps(found, allow_nan=False)


def test_a_claim_that_turns_at_an_edge_is_overturned_there(judged):
    found = judged(1)["slice"]
    assert found["hinge"][0]["assumption"] == SOURCED
    assert found["evidence"] == "sourced"
    (change,) = found["flip"]["changes"]
    assert change["assumption"] == SOURCED
    assert change["from"] == pytest.approx(0.5, abs=0.02)
    assert change["to"] == pytest.approx(EDGE, abs=0.04)
    assert found["flip"]["holds_at_centre"] is False
    assert found["flip"]["beyond"] > 0.8
    assert found["flip"]["distance"] == pytest.approx((EDGE - 0.5) * 12**0.5, abs=0.15)


def test_a_claim_that_hinges_on_an_assumption_is_not_decided_by_evidence(store):
    def make(*, arm, runs, off):
        x = np.random.default_rng(3).random((runs, len(NAMES)))
        return frame(x, {f"force[{side}]": x[:, 1] - 0.5 for side in ("north", "south")})

    (found,) = board(store({"C": about("force")}, make), 1000)["claims"]
    assert [hinge["assumption"] for hinge in found["hinge"]] == [ASSUMED]
    assert found["hinge"][0]["status"] == "assumption"
    assert found["evidence"] == UNDECIDED
    assert found["hinge"][0]["total_effect"] == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize(
    ("name", "verdict"),
    [
        ("everywhere", "holds broadly"),
        ("nowhere", "fails broadly"),
        ("chance", "mixed"),
        ("slice", "holds in a region"),
    ],
)
def test_a_planted_claim_gets_its_verdict_from_the_board(judged, name, verdict):
    found = judged(1)[name]
    assert found["verdict"] == verdict
    assert found["runs_to_settle"] is None
    if name != "slice":
        assert found["boxes"] == []
        assert found["hinge"] == [], "nothing that was drawn decides it"


def test_near_a_limit_a_claim_is_undecided_and_told_what_would_settle_it(judged):
    found = judged(1)["near"]
    assert found["verdict"] == "undecided"
    assert found["runs_to_settle"] > RUNS


def test_another_seed_changes_no_verdict_that_was_decided(judged):
    first, second = judged(1), judged(2)
    assert [first[name]["share"] for name in PLANTED] != [second[name]["share"] for name in PLANTED]
    for name in PLANTED:
        verdicts = {found[name]["verdict"] for found in (first, second)} - {"undecided"}
        assert len(verdicts) <= 1, name


def test_a_claim_that_no_run_counts_for_has_no_share(store):
    """And none that is no number, which JSON does not know."""

    def make(*, arm, runs, off):
        x = np.random.default_rng(3).random((runs, len(NAMES)))
        return frame(
            x, {f"{series}[{side}]": np.ones(runs) for series in SERIES.values() for side in ("north", "south")}
        )

    never = {"series": "land", "of": "north", "is": "less than", "than": 0}
    found = board(store({"C": about("force") | {"given": [never], "links": ["wedge"]}}, make), 500)
    (claim,) = found["claims"]
    assert (claim["counted"], claim["verdict"], claim["share"], claim["se"]) == (0, "undecided", None, None)
    assert claim["stability"]["halves"] == [None, None]
    for part in (claim["mirror"], *claim["assumed_links"]):
        assert (part["counted"], part["share"]) == (0, None)
    json.dumps(found, allow_nan=False)
    assert "holds in nowhere of 0 runs that count" in told(found)


def test_halves_of_the_runs_add_up_to_the_share(judged):
    for found in judged(1).values():
        assert np.mean(found["stability"]["halves"]) == pytest.approx(found["share"])


def test_the_picture_shows_the_region_over_its_two_hinges(judged):
    found = judged(1)["region"]["picture"]
    runs = np.array(found["runs"])
    share = np.array(found["share"], float)
    assert runs.sum() == RUNS
    assert np.nansum(share * runs) == pytest.approx(RUNS * judged(1)["region"]["share"])
    first = found["x"] if found["x"]["assumption"] == SOURCED else found["y"]
    by_first = share if first is found["x"] else share.T
    high = np.array(first["edges"][:-1]) > EDGE
    low = np.array(first["edges"][1:]) <= EDGE
    assert by_first[:, high].max() > 0.8
    assert by_first[:, low].max() < 0.3


@pytest.mark.slow
def test_in_pure_noise_hardly_any_region_is_claimed(store):
    """40 claims by coin toss, each with draws of its own: a region is told for at most two, and for none firmly."""
    shares = (0.4, 0.5, 0.7, 0.76)
    names = [f"C{week}" for week in range(1, 11)]
    boxes = 0
    for seed, share in enumerate(shares):

        def make(*, arm, runs, off, seed=seed, share=share):
            random = np.random.default_rng(seed)
            x = random.random((runs, len(NAMES)))
            rows = {f"force[north]@{week}": np.sign(share - random.random(runs)) for week in range(1, 11)}
            return frame(x, rows)

        claims = {name: about("force", week=week) | {"mirrored": False} for week, name in enumerate(names, start=1)}
        found = board(store(claims, make), 500)["claims"]
        boxes += sum(bool(claim["boxes"]) for claim in found)
        assert not any(claim["verdict"] == "holds in a region" for claim in found)
        assert sum(bool(claim["hinge"]) for claim in found) <= 6
    assert boxes <= 2


def test_a_link_kills_the_claims_that_stand_on_it_and_no_other(judged):
    links = {name: {link["link"]: link for link in judged(1)[name]["assumed_links"]} for name in PLANTED}
    assert links["everywhere"]["wedge"]["dies"] is True
    assert links["everywhere"]["wedge"]["verdict"] == "fails broadly"
    assert links["everywhere"]["wedge"]["share"] == pytest.approx(0.1, abs=0.03)
    assert links["region"]["wedge"]["dies"] is True
    assert links["nowhere"]["wedge"]["dies"] is False, "it did not live before"
    assert links["chance"] == links["near"] == {}


@pytest.mark.parametrize("seed", [1, 6])
def test_a_link_without_effect_kills_nothing(judged, seed):
    for name in ("region", "slice"):
        found = judged(seed)[name]
        (link,) = (link for link in found["assumed_links"] if link["link"] == "misreading")
        assert link["dies"] is False, (name, link["share"], found["share"])


# In which runs a claim holds, by hand.

DUEL = loaded("duel").scenario


def claim(test, given=(), **more):
    return Claim.model_validate({"sentence": "so it is", "tests": [test], "given": list(given), **more})


def judge(claim, **arms):
    """Runs that count, in which it holds, and that end in a tie; arms by name with _ for -, each a dict of columns."""
    frames = {arm.replace("_", "-"): pd.DataFrame(columns) for arm, columns in arms.items()}
    found = evaluate(claim, frames, DUEL, WEEKS)
    return found.counts.tolist(), found.holds.tolist(), found.ties.tolist()


@pytest.mark.parametrize(
    ("comparison", "more", "holds"),
    [
        ("less than", {}, [1, 0, 0, 0, 0]),
        ("less than", {"by": 4.5}, [1, 0, 0, 0, 0]),
        ("less than", {"by": 5}, [0, 0, 0, 0, 0]),
        ("more than", {}, [0, 0, 0, 1, 1]),
        ("more than", {"by": 1}, [0, 0, 0, 0, 1]),
        ("more than", {"by": 0.3, "relative": True}, [0, 0, 0, 0, 1]),
        ("more than", {"by": 0.5, "relative": True}, [0, 0, 0, 0, 0]),
        ("at most", {}, [1, 1, 1, 0, 0]),
        ("at most", {"by": 1}, [1, 1, 1, 1, 0]),
        ("at least", {}, [0, 1, 1, 1, 1]),
        ("at least", {"by": 0.5, "relative": True}, [1, 1, 1, 1, 1]),
        ("no different from", {}, [0, 1, 1, 0, 0]),
        ("no different from", {"by": 1}, [0, 1, 1, 1, 0]),
        ("no different from", {"by": 0.5, "relative": True}, [1, 1, 1, 1, 1]),
    ],
)
@pytest.mark.parametrize("other", ["than", "against", "measure"])
def test_each_comparison_holds_where_it_should(comparison, more, holds, other):
    """5, 10, 10 and nearly nothing, 11 and 14 against 10."""
    own, ten = [5.0, 10.0, 10.000001, 11.0, 14.0], [10.0] * 5
    test = {"series": "force", "of": "north", "is": comparison, **more}
    test |= {"than": {"than": 10}, "against": {"against": ["truce"]}}.get(
        other, {"measure": {"series": "land", "of": "south"}}
    )
    arms = {"baseline": {"force[north]": own, "land[south]": ten}, "truce": {"force[north]": ten}}
    counts, held, ties = judge(claim(test), **arms)
    assert held == [bool(each) for each in holds]
    is_tie = comparison in ("less than", "more than") and other != "than"
    assert ties == [False, is_tie, is_tie, False, False]
    assert counts == [not tie for tie in ties]


def test_a_claim_on_a_lever_reads_its_arm_and_a_test_that_of_its_own():
    arms = {"baseline": {"land[north]": [1.0, 9.0]}, "truce": {"land[north]": [5.0, 5.0]}}
    test = {"series": "land", "of": "north", "is": "more than", "than": 4}
    assert judge(claim(test, lever="truce"), **arms)[1] == [True, True]
    assert judge(claim(test), **arms)[1] == [False, True]
    assert judge(claim(test | {"arm": "baseline"}, lever="truce"), **arms)[1] == [False, True]
    against = {"series": "land", "of": "north", "is": "more than", "against": ["baseline"]}
    assert judge(claim(against, lever="truce"), **arms)[1] == [True, False]


def test_against_several_it_must_compare_so_with_every_one():
    test = {"series": "land", "of": "north", "is": "more than", "against": ["baseline", "blitz-north"]}
    arms = {
        "baseline": {"land[north]": [1.0, 1.0, 3.0, 3.0, 2.0]},
        "blitz_north": {"land[north]": [1.0, 2.0, 1.0, 2.0, 2.0]},
        "truce": {"land[north]": [2.0, 2.0, 2.0, 2.0, 2.0]},
    }
    counts, holds, ties = judge(claim(test, lever="truce"), **arms)
    assert holds == [True, False, False, False, False]
    assert ties == [False, True, False, False, True], "above one and equal to the other is a tie, below one is none"
    assert counts == [True, False, True, True, False]


def test_runs_without_the_condition_or_without_a_number_do_not_count():
    given = [{"weeks_until": "signature", "is": "at most", "than": 100}]
    test = {"figure": "weeks held, of two years", "is": "at least", "than": 52}
    columns = {"signed_week": [-1, 90, 90, 90, 120, 10], "broken_week": [-1, -1, 100, 142, -1, 300]}
    counts, holds, ties = judge(claim(test, given), baseline=columns)
    assert counts == [False, True, True, True, False, True]
    assert [held for held, counted in zip(holds, counts, strict=True) if counted] == [True, False, True, True]
    assert not any(ties)
    late = evaluate(claim(test), {"baseline": pd.DataFrame(columns)}, DUEL, 190).counts
    assert late.tolist() == [False, False, False, False, False, True], "signed too late for two years to be seen"


def test_two_tests_must_both_hold_and_one_failure_is_no_tie():
    tests = [{"series": name, "of": "north", "is": "more than", "against": ["truce"]} for name in ("land", "force")]
    both = Claim.model_validate({"sentence": "so it is", "tests": tests})
    arms = {
        "baseline": {"land[north]": [2.0, 1.0, 2.0, 1.0], "force[north]": [2.0, 2.0, 1.0, 0.0]},
        "truce": {"land[north]": [1.0] * 4, "force[north]": [1.0] * 4},
    }
    counts, holds, ties = judge(both, **arms)
    assert holds == [True, False, False, False]
    assert ties == [False, True, True, False]
    assert counts == [True, False, False, True]


def test_what_never_happens_takes_a_week_longer_than_the_run():
    test = {"weeks_until": "cohesion below a half", "of": "south", "is": "more than", "than": WEEKS}
    assert judge(claim(test), baseline={"week[cohesion below a half, south]": [-1, 5, WEEKS]})[1] == [
        True,
        False,
        False,
    ]


def test_a_victory_is_that_of_the_side_that_is_named():
    outcomes = {"outcome": ["military victory of North", "military victory of South", "frozen war"]}
    north = {"outcome": "military victory", "of": "north", "is": "at least", "than": 1}
    assert judge(claim(north), baseline=outcomes)[1] == [True, False, False]
    frozen = {"outcome": "frozen war", "is": "at least", "than": 1}
    assert judge(claim(frozen), baseline=outcomes)[1] == [False, False, True]


def test_a_collapse_of_both_armies_is_an_end_like_any_other():
    ends = {"outcome": ["collapse of both armies at once", "military victory of North", "ongoing"]}
    both = {"outcome": "collapse of both armies at once", "is": "at least", "than": 1}
    assert judge(claim(both), baseline=ends)[1] == [True, False, False]


def test_refusals_of_a_side_are_those_of_its_leadership():
    test = {"figure": "rounds refused", "of": "north", "is": "more than", "than": 2}
    arms = {"baseline": {"refused[north leadership]": [1, 3], "refused[north-parliament]": [3, 1]}}
    assert judge(claim(test), **arms)[1] == [False, True]
    assert judge(claim(test | {"of": "north-parliament"}), **arms)[1] == [True, False]


# The sides exchanged.


@pytest.mark.parametrize("war", ["duel", "ukraine"])
def test_exchanging_the_sides_twice_changes_nothing(war):
    scenario = loaded(war).scenario
    assert scenario.claims
    for one in scenario.claims.values():
        twice = mirrored(scenario, mirrored(scenario, one))
        assert twice.model_dump() == one.model_dump()


def test_exchanging_the_sides_exchanges_levers_players_backers_and_arms():
    one = claim(
        {
            "figure": "rounds refused",
            "of": "north-parliament",
            "is": "less than",
            "against": ["baseline", "elastic-south", "clear-messages"],
            "arm": "blitz-north",
        },
        [
            {"series": "land", "of": "south", "is": "at least", "measure": {"series": "land", "of": "north"}},
            {"series": "will", "of": "friend-of-north", "is": "at least", "than": 0.5},
        ],
        lever="slow-burn-south",
    )
    before = copy.deepcopy(one.model_dump())
    other = mirrored(DUEL, one)
    (test,), (land, will) = other.tests, other.given
    assert (other.lever, test.of, test.arm) == ("slow-burn-north", "south-parliament", "blitz-south")
    assert test.against == ["baseline", "elastic-north", "clear-messages"]
    assert land.measure is not None
    assert (land.of, land.measure.of, will.of) == ("north", "south", "friend-of-south")
    assert one.model_dump() == before, "the claim itself is left as it was"


@pytest.mark.slow
def test_in_a_symmetric_war_a_claim_and_its_mirror_hold_as_often(tmp_path):
    """A blitz that pays North must pay South as much; read with the lever of the wrong side, it would not."""
    plan = Plan.of("duel", weeks=60)
    assert plan.loaded.scenario.claims
    store = Store(plan, tmp_path, lambda *_: None)
    land = {"series": "land", "is": "more than", "against": ["baseline"]}
    north = claim(land | {"of": "north"}, lever="blitz-north")
    frames = store.frames([north], 256)
    own = evaluate(north, frames, DUEL, 60)
    other = evaluate(mirrored(DUEL, north), store.exchanged([north], frames), DUEL, 60)
    wrong = evaluate(claim(land | {"of": "south"}, lever="blitz-north"), frames, DUEL, 60)
    shares = [found.holds[found.counts].mean() for found in (own, other, wrong)]
    error = np.sqrt(2 * 0.25 / 256)
    assert shares[1] == pytest.approx(shares[0], abs=3 * error)
    assert abs(shares[2] - shares[0]) > 5 * error

"""Positions that differ in nothing, in one thing, and in several: what the difference hangs on."""

from dataclasses import replace

import numpy as np
import pytest

from westphalia.analyse.claim_runs import Store
from westphalia.analyse.cruxes import cruxes
from westphalia.analyse.positions import EMPTY, Mixture, differing, groups_of, orders
from westphalia.report.crux_words import told
from westphalia.scenario.claims import Claim, Narrowing, Position
from westphalia.simulate.study_manifest import Plan

RUNS, WEEKS = 128, 52


def position(**groups):
    """A position with groups of ``(path, part)`` or of a lever's name."""
    made = []
    for group, of in groups.items():
        what = {"lever": of} if isinstance(of, str) else {"assumptions": [of[0]], "part": of[1]}
        made.append(Narrowing.model_validate({"sentence": f"so it is with {group}", "group": group, **what}))
    return Position(title="somebody's", narrowings=made)


INTENSITY, COST = "laws.attrition.intensity", "talks.stakes.north.cost"
LOW, HIGH = (0.0, 0.1), (0.9, 1.0)
CALM = position(combat=(INTENSITY, LOW), cost=(COST, LOW), way="slow-burn-north")
FIERCE = position(combat=(INTENSITY, HIGH), cost=(COST, HIGH), way="blitz-north")


@pytest.fixture(scope="module")
def plan():
    return Plan.of("duel", seed=3, weeks=WEEKS)


def asked(plan, folder, one, other, names=("a", "b"), claims=None, outcome=None):
    scenario = plan.loaded.scenario.model_copy(
        update={"positions": dict(zip(names, (one, other), strict=True)), "claims": claims or {}}
    )
    loaded = replace(plan.loaded, scenario=scenario)
    return cruxes(Store(replace(plan, loaded=loaded), folder, lambda *_: None), names, RUNS, outcome)


@pytest.mark.slow
def test_two_positions_that_are_the_same_have_no_crux(plan, tmp_path):
    found = asked(plan, tmp_path, CALM, CALM)
    assert found["cruxes"] == found["exchange"] == found["find_out_first"] == []
    assert not found["matters"]
    assert all(of["value"] == 0.0 for of in found["differences"].values())
    assert found["exchange_told"] == "The two positions are the same in everything."


def test_a_difference_in_one_thing_is_that_crux_alone(plan, tmp_path):
    calm, fierce = (
        position(combat=(INTENSITY, LOW), cost=(COST, LOW)),
        position(combat=(INTENSITY, HIGH), cost=(COST, LOW)),
    )
    found = asked(plan, tmp_path, calm, fierce)
    assert [crux["group"] for crux in found["decompositions"]["dead"]] == ["combat"]
    crux = found["decompositions"]["dead"][0]
    assert crux["value"] == pytest.approx(found["differences"]["dead"]["value"])
    assert crux["value"] > 10 * crux["se"] > 0
    assert found["exchange"] == ["combat"]


@pytest.fixture(scope="module")
def both_ways(plan, tmp_path_factory):
    folder = tmp_path_factory.mktemp("cruxes")
    return asked(plan, folder, CALM, FIERCE), asked(plan, folder, FIERCE, CALM, ("b", "a"))


def test_what_does_nothing_is_not_worth_finding_out(plan, tmp_path):
    """Though it tells the positions apart: each narrows it to an end of its range, as it does the one that acts."""
    idle = "laws.consent.mobilisation_weight"  # no wave is called
    calm, fierce = (position(combat=(INTENSITY, part), idle=(idle, part)) for part in (LOW, HIGH))
    listed = [one["assumption"] for one in asked(plan, tmp_path, calm, fierce)["find_out_first"]]
    assert INTENSITY in listed
    assert idle not in listed


@pytest.mark.slow
def test_values_add_up_to_the_difference(both_ways):
    found, _ = both_ways
    for outcome, parts in found["decompositions"].items():
        assert sum(part["value"] for part in parts) == pytest.approx(found["differences"][outcome]["value"], abs=1e-9)
        one, other = (found["answers"][name][outcome]["value"] for name in found["between"])
        assert other - one == pytest.approx(found["differences"][outcome]["value"], abs=1e-9)


def test_exchanging_the_names_exchanges_the_signs(both_ways):
    there, back = both_ways
    for outcome, parts in there["decompositions"].items():
        mirrored = {part["group"]: part["value"] for part in back["decompositions"][outcome]}
        assert mirrored == pytest.approx({part["group"]: -part["value"] for part in parts}, abs=1e-9)


def test_combat_is_what_the_dead_hang_on(both_ways):
    assert both_ways[0]["decompositions"]["dead"][0]["group"] == "combat"


def claim(arm=None):
    """Whether many die: in the runs of the baseline, or of a lever."""
    test = {"series": "dead", "of": "both", "is": "more than", "than": 100}
    return Claim.model_validate({"sentence": "Many die.", "lever": arm, "tests": [test]})


@pytest.fixture(scope="module")
def of_claims(plan, tmp_path_factory):
    """A claim that no other runs than those of the outcomes need, and one on a lever that is asked for."""
    claims = {"C1": claim(), "C2": claim("blitz-north"), "C3": claim("slow-burn-north")}
    return asked(plan, tmp_path_factory.mktemp("claims"), CALM, FIERCE, claims=claims, outcome="C2")


def test_claims_are_decomposed_like_outcomes(of_claims):
    """By the steps of all outcomes where they will do; those with a lever where they are asked for."""
    assert {"C1", "C2"} <= of_claims["decompositions"].keys()
    assert "C3" not in of_claims["decompositions"]
    for name in ("C1", "C2"):
        first, second = (of_claims["claim_answers"][position][name] for position in ("a", "b"))
        assert first["counted"] == second["counted"] == RUNS
        difference = of_claims["differences"][name]["value"]
        assert difference == pytest.approx(second["share"] - first["share"])
        assert sum(part["value"] for part in of_claims["decompositions"][name]) == pytest.approx(difference)


def test_the_claim_that_is_asked_for_is_told(of_claims):
    assert (of_claims["outcome_key"], of_claims["outcome"], of_claims["is_chosen"]) == ("C2", "Many die", True)
    assert of_claims["cruxes"] == of_claims["decompositions"]["C2"]
    assert of_claims["cruxes"][0]["group"] == "combat"
    assert "C2" in of_claims["answers"]["a"]
    assert "C1" not in of_claims["answers"]["a"]
    assert of_claims["exchange"] == ["combat"]
    assert of_claims["exchange_exact"]


def test_claims_are_told_with_the_runs_that_count(of_claims):
    few = {
        "id": "C9",
        "sentence": "Few count.",
        "counted": {"a": 56, "b": 140},
        "verdicts": {"a": "mixed", "b": "mixed"},
    }
    agreed = few | {"id": "C8", "counted": {"a": 128, "b": 128}, "verdict": "holds broadly"}
    words = told(of_claims | {"too_few": [few], "common_ground": [agreed]})
    assert "too few runs count to say:\n  C9: Few count. (56 and 140 runs count)" in words
    assert "C8 (holds broadly; 128 runs count): Few count." in words
    assert "On what the difference hangs: Many die\n" in words


def test_a_mixture_of_nothing_and_of_everything_is_either_position(plan):
    pair = groups_of(CALM), groups_of(FIERCE)
    mixture, cases = Mixture(plan.loaded, pair, 3, WEEKS), np.arange(8)
    first, second = (mixture.build(cases, np.full((3, 8), of)) for of in (False, True))
    low, high = 0.006, 0.06  # the ends of the law's range, which is cut in logarithms or evenly: tenths do not meet
    assert (first.assumptions[INTENSITY] < second.assumptions[INTENSITY]).all()
    assert first.assumptions[INTENSITY].min() >= low
    assert second.assumptions[INTENSITY].max() <= high
    some = mixture.build(cases, np.tile(np.arange(8) % 2 == 1, (3, 1)))
    expected = np.where(np.arange(8) % 2 == 1, second.assumptions[INTENSITY], first.assumptions[INTENSITY])
    np.testing.assert_array_equal(some.assumptions[INTENSITY], expected)
    tempo = [np.broadcast_to(made.world.doctrine.tempo[0], 8) for made in (first, second, some)]
    assert (tempo[0] == 0.4).all()
    assert (tempo[1] == 1.0).all()
    np.testing.assert_array_equal(tempo[2], np.where(np.arange(8) % 2 == 1, 1.0, 0.4))


def test_groups_differ_by_their_content():
    other = position(combat=(INTENSITY, LOW), cost=(COST, HIGH), more=("laws.aid.prize", LOW))
    assert differing(groups_of(CALM), groups_of(other)) == ["cost", "more", "way"]
    assert groups_of(CALM).get("nothing", EMPTY) == EMPTY


def test_the_order_of_a_run_hangs_on_no_other_run():
    np.testing.assert_array_equal(orders(5, np.arange(10), 1)[:, 4:], orders(5, np.arange(4, 10), 1))
    assert (np.sort(orders(5, np.arange(10), 1), axis=0) == np.arange(5)[:, None]).all()

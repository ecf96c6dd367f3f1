"""Designs redraw one thing at a time; on planted claims their totals are those of the closed form."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from wars import loaded
from westphalia.analyse import claim_runs
from westphalia.analyse.claim_design import FROM_A_TABLE, TOO_FEW, by_design, refuse_rows
from westphalia.analyse.claim_details import Ground
from westphalia.analyse.claim_runs import Store
from westphalia.analyse.claims import board
from westphalia.analyse.design_rows import CHANCE, FRESH, OTHERS, Rows
from westphalia.assemble import assemble
from westphalia.errors import BadInput
from westphalia.model.noise import uniform
from westphalia.report.claim_words import told
from westphalia.scenario.load import library
from westphalia.simulate.run import Arm, Chunk, Engine
from westphalia.simulate.study_manifest import Plan

WEEKS, SEED, GIVEN, ROWS = 60, 1, 2000, 1024
EXPONENT, COUPLING, EVENT = (
    "laws.attrition.exponent",
    "laws.cohesion.coupling",
    "talks.parties.north.stances.line.red_line.binds",
)
HIDDEN = ("laws.aid.stake", "laws.supply.standoff")
"""These two matter by whether one, and only one, lies high: neither has an effect by itself."""
ELSEWHERE = "laws.power.belt_scale"
LEADING = Rows((EXPONENT, COUPLING), {})
EDGE, TOP, LUCK = 0.3, 0.8, 0.9
"""The planted region: the first assumption above, the second below; and the chance with which the claim holds there."""


def built(rows, runs=64):
    """Numbers of the runs of a design of the duel, and what is drawn in them."""
    numbers = rows.runs(0, runs)
    return numbers, rows.build(loaded("duel").scenario, numbers, seed=SEED, weeks=1).assumptions


def differing(one, other):
    """Assumptions that differ in all but a few rows."""
    return {path for path, values in one.items() if np.mean(values == other[path]) < 0.1}


def test_of_a_leading_assumption_that_is_redrawn_nothing_else_differs():
    (usual_runs, usual), (runs, redrawn) = built(LEADING), built(Rows(LEADING.paths, {}, COUPLING))
    assert differing(usual, redrawn) == {COUPLING}
    assert all((usual[path] == redrawn[path]).all() for path in usual if path != COUPLING)
    assert (runs == usual_runs).all()
    assert runs.min() >= FRESH, "no run of an arm is met again"


def test_others_and_chance_are_redrawn_alone_too():
    (usual_runs, usual), (other_runs, others) = built(LEADING), built(Rows(LEADING.paths, {}, OTHERS))
    assert not differing(usual, others) & set(LEADING.paths)
    continuous = {path for path, values in usual.items() if len(np.unique(values)) > 2} - set(LEADING.paths)
    assert differing(usual, others) == continuous
    assert (other_runs == usual_runs).all()
    lucky_runs, lucky = built(Rows(LEADING.paths, {}, CHANCE))
    assert all((usual[path] == lucky[path]).all() for path in usual)
    assert not set(lucky_runs) & set(usual_runs)


def test_a_thing_that_happens_by_chance_is_redrawn_alone_too():
    rows = Rows((EVENT,), {})
    (_, usual), (_, redrawn) = built(rows), built(Rows(rows.paths, {}, EVENT))
    assert 0 < usual[EVENT].mean() < 1
    assert (usual[EVENT] != redrawn[EVENT]).any()
    assert all((usual[path] == redrawn[path]).all() for path in usual if path != EVENT)


def test_a_part_of_a_range_holds_in_every_row():
    _, whole = built(LEADING, 1024)
    low, high = np.quantile(whole[EXPONENT], [0.25, 0.5])
    for redrawn in (None, EXPONENT, OTHERS):
        _, part = built(Rows(LEADING.paths, {EXPONENT: (0.25, 0.5), HIDDEN[0]: (0.9, 1), EVENT: (0, 0)}, redrawn))
        assert low - 0.01 < part[EXPONENT].min() < part[EXPONENT].max() < high + 0.01
        assert part[HIDDEN[0]].min() > np.quantile(whole[HIDDEN[0]], 0.8)
        assert (part[EVENT] == 1).all()


# Planted claims, on a simulator that is made up.


@cache
def edge(path, place):
    """The value at a place of a range."""
    one = assemble(loaded("duel").scenario, seed=SEED, cases=np.arange(1), weeks=1, parts={path: (place, place)})
    return one.assumptions[path][0]


class Simulator(Engine):
    """An engine in which what is drawn is real, and what becomes of it is planted."""

    def run(self, numbers, ranges=None, only=None):
        (drawn,) = (self._assembled(arm, numbers).assumptions for arm in self._arms)
        high = {path: drawn[path] > edge(path, 0.5) for path in HIDDEN}
        holds = (drawn[EXPONENT] > edge(EXPONENT, EDGE)) & (drawn[COUPLING] <= edge(COUPLING, TOP))
        holds &= uniform(SEED, "luck", numbers) < LUCK
        hidden = high[HIDDEN[0]] ^ high[HIDDEN[1]]
        columns = {"force": holds, "land": holds & hidden, "pool": drawn[ELSEWHERE] > edge(ELSEWHERE, 0.25)}
        columns |= {"dead": np.ones(len(numbers))}
        series = {f"{name}[north]": np.where(column, 1.0, -1.0) for name, column in columns.items()}
        head = {"run": numbers, "case": numbers, "repeat": 0 * numbers}
        table = head | drawn | {"outcome": np.full(len(numbers), "ongoing", object)} | series
        return Chunk({"baseline": table}, None, np.empty(0))


def simulated(of, *, seed, weeks, levers, build):
    """In place of ``prepare``."""
    assert not levers
    return Simulator([Arm("baseline", of.scenario, 0)], seed, weeks, build=build)


def planted(folder, claims):
    """A store of the duel with these claims, and what it tells of progress."""
    (folder / "scenario.yaml").write_text((library() / "duel" / "scenario.yaml").read_text())
    argued = {name: {"sentence": name, "mirrored": False, **claim} for name, claim in claims.items()}
    (folder / "claims.yaml").write_text(json.dumps({"claims": argued}))
    heard = []
    return Store(Plan.of(folder, weeks=WEEKS, seed=SEED), folder / "out", lambda *what: heard.append(what)), heard


def above(series):
    return {"series": series, "of": "north", "is": "more than", "than": 0}


CLAIMS = {
    "region": {"tests": [above("force")]},
    "hidden": {"tests": [above("land")]},
    "given": {"tests": [above("force")], "given": [above("pool")]},
    "always": {"tests": [above("dead")]},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(claim_runs, "prepare", simulated)
        store, _ = planted(tmp_path_factory.mktemp("war"), CLAIMS)
        board_ = board(store, GIVEN, design=ROWS)
    return board_ | {claim["id"]: claim for claim in board_["claims"]}


def effects(design):
    """Total effects by what is redrawn."""
    named = {hinge["assumption"]: hinge for hinge in design["hinge"]}
    return named | {OTHERS: design["others"], CHANCE: design["chance"]}


def totals_of(*sides):
    """Total effects of things that must all come true: of each by its chance."""
    return (1 - np.array(sides)) / (1 - np.prod(sides))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("region", dict(zip((EXPONENT, COUPLING, CHANCE), totals_of(1 - EDGE, TOP, LUCK), strict=True))),
        ("given", dict(zip((EXPONENT, COUPLING, CHANCE), totals_of(1 - EDGE, TOP, LUCK), strict=True))),
        (
            "hidden",
            dict(zip((EXPONENT, COUPLING, CHANCE, OTHERS), totals_of(1 - EDGE, TOP, LUCK, 0.5), strict=True)),
        ),
    ],
)
def test_totals_by_design_of_a_planted_claim_are_those_of_the_closed_form(found, claim, expected):
    design = effects(found[claim]["design"]["whole"])
    assert len(design) == 7, "five lead"
    for what, effect in design.items():
        assert effect["total_effect"] == pytest.approx(expected.get(what, 0), abs=3 * effect["se"]), what
        assert 0 < effect["se"] < 0.06


@pytest.mark.slow
def test_what_the_given_runs_pass_over_shows_among_all_others(found):
    """Two assumptions that act through each other alone are not among those that lead."""
    hidden = found["hidden"]
    assert not {hinge["assumption"] for hinge in hidden["hinge"]} & set(HIDDEN)
    assert hidden["design"]["whole"]["others"]["total_effect"] > 0.5


@pytest.mark.slow
def test_in_the_box_luck_alone_decides(found):
    in_box = found["region"]["design"]["in_box"]
    assert in_box["share"] == pytest.approx(LUCK, abs=0.03)
    design = effects(in_box)
    assert design[CHANCE]["total_effect"] == pytest.approx(1, abs=0.1)
    assert all(effect["total_effect"] < 0.05 for what, effect in design.items() if what != CHANCE)
    assert found["hidden"]["design"]["in_box"] is None, "no box was found"


@pytest.mark.slow
def test_pairs_of_which_a_run_does_not_count_are_left_out(found):
    pairs = {what: effect["pairs"] / ROWS for what, effect in effects(found["given"]["design"]["whole"]).items()}
    assert pairs[CHANCE] == pytest.approx(0.75, abs=0.05)
    assert pairs[OTHERS] == pytest.approx(0.75**2, abs=0.05)


@pytest.mark.slow
def test_a_claim_that_always_holds_has_no_totals_and_says_why(found):
    assert found["always"]["design"]["whole"]["why_not"].startswith("too few of the given runs count")
    json.dumps({key: found[key] for key in CLAIMS}, allow_nan=False)
    words = told(found)
    assert f"By a design of {ROWS:,} rows: nothing, as too few" in words
    assert "In the first box, by the same: " in words
    assert "all other assumptions together (0.6" in words


@pytest.mark.slow
def test_designs_are_kept_gone_on_with_and_the_same_by_any_path(tmp_path, monkeypatch):
    monkeypatch.setattr(claim_runs, "prepare", simulated)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    claims = {"region": CLAIMS["region"]}
    store, heard = planted(tmp_path / "one", claims)
    short = board(store, 600, design=128)
    heard.clear()
    longer = board(store, 600, design=256)
    stages = [f"baseline (design, {n} of 8)" for n in range(1, 9)]
    assert [told_ for told_ in heard if told_[1] == 128] == [(stage, 128, 256) for stage in stages]
    assert short != longer
    at_once, _ = planted(tmp_path / "two", claims)
    assert board(at_once, 600, design=256) == longer
    monkeypatch.setattr(claim_runs, "prepare", None)  # whoever simulates fails
    assert board(store, 600, design=256) == longer
    assert board(store, 600, design=128) == short
    kept = [len(pd.read_parquet(file).columns) for file in tmp_path.rglob("baseline.parquet")]
    assert sorted(kept)[-3] < 20 < sorted(kept)[-2], "what was drawn is kept of the given runs alone"


@pytest.mark.slow
def test_a_design_with_hardly_a_row_that_counts_is_not_gone_on_with(tmp_path, monkeypatch):
    monkeypatch.setattr(claim_runs, "prepare", simulated)
    store, heard = planted(tmp_path, {"hidden": CLAIMS["hidden"]})
    (claim,) = board(store, 1000, design=64)["claims"]
    assert claim["design"]["whole"]["why_not"] == TOO_FEW
    assert {stage for stage, _, _ in heard} == {"baseline", "baseline (design, 1 of 8)"}


@pytest.mark.slow
def test_numbers_of_a_table_are_redrawn_with_all_others(tmp_path, monkeypatch):
    """They depend on each other: none is placed alone, and a box that limits one has no design."""
    monkeypatch.setattr(claim_runs, "prepare", simulated)
    store, _ = planted(tmp_path, {"region": CLAIMS["region"]})
    (claim,) = store.scenario.claims.values()
    table = {EXPONENT: np.linspace(edge(EXPONENT, 0), edge(EXPONENT, 1), 64).tolist()}
    fitted = replace(store.plan.loaded, scenario=store.scenario.model_copy(update={"drawn": table}))
    store = replace(store, plan=replace(store.plan, loaded=fitted))
    ground = Ground([EXPONENT, COUPLING], np.random.default_rng(1).random((50, 2)), {})
    found = by_design(claim, store, ground, 256, [0, 1])
    assert [hinge["assumption"] for hinge in found["hinge"]] == [COUPLING]
    assert found["others"]["total_effect"] == pytest.approx(totals_of(1 - EDGE, TOP, LUCK)[0], abs=0.15)
    box = [{"assumption": EXPONENT, "low": 0.5, "high": None}]
    assert by_design(claim, store, ground, 256, [0, 1], box)["why_not"] == FROM_A_TABLE


@pytest.mark.parametrize(("rows", "nearest"), [(0, "64"), (300, "256"), (-5, "64"), (10**6, "65,536")])
def test_a_size_that_does_not_fill_the_space_is_refused_with_one_that_does(rows, nearest):
    with pytest.raises(BadInput, match=f"--design: .* cannot be; give a power of two .*, such as {nearest}$"):
        refuse_rows(rows)

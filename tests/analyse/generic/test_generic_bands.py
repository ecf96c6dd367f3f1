"""Green, amber and red, the verdict on the whole, and the scores against rivals."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from generic_wars import histories
from westphalia.analyse.generic.bands import (
    AMBER,
    GREEN,
    NOT_MEASURED,
    RED,
    bands,
    colour,
    judged,
    line_of,
    whole,
)
from westphalia.analyse.generic.ends import ends
from westphalia.analyse.generic.hazards import Within
from westphalia.analyse.generic.page import page
from westphalia.analyse.generic.report import UNMEASURED, compiled, report
from westphalia.analyse.generic.scores import (
    brier,
    distance,
    exponential_score,
    kernel_score,
    lognormal_score,
    rebuilt,
)
from westphalia.analyse.generic.statistics import facts


@pytest.mark.parametrize(
    ("value", "expected"),
    [(10.0, GREEN), (20.0, GREEN), (15.0, GREEN), (9.9, AMBER), (7.5, AMBER), (7.4, RED), (22.5, AMBER), (22.6, RED)],
)
def test_amber_reaches_half_of_the_half_width_beyond_either_edge(value, expected):
    assert colour(value, 10.0, 20.0) == expected


@pytest.mark.parametrize(("value", "expected"), [(5.0, GREEN), (0.2, GREEN), (0.15, AMBER), (0.1, AMBER), (0.09, RED)])
def test_with_one_edge_the_width_counts_to_the_empirical_value(value, expected):
    assert colour(value, 0.2, np.nan, 0.4) == expected


def test_without_a_value_or_a_band_nothing_is_judged():
    assert colour(np.nan, 0.0, 1.0) == NOT_MEASURED
    assert colour(0.5, np.nan, np.nan) == NOT_MEASURED


def verdicts(**of):
    """A table of ten green lines, A to J, of which A is starred, with some verdicts replaced."""
    rows = {name: GREEN for name in "ABCDEFGHIJ"} | of
    return pd.DataFrame({"verdict": rows, "starred": {name: int(name[0] == "A") for name in rows}})


def test_the_whole_passes_unless_a_starred_line_is_red_or_many_are():
    assert whole(verdicts()).passes
    assert whole(verdicts(B=RED, C=RED, D=RED)).passes
    assert not whole(verdicts(A=RED)).passes
    assert whole(verdicts(A=RED)).red_starred == ("A",)
    assert whole(verdicts(A=AMBER)).passes
    assert not whole(verdicts(B=AMBER, C=AMBER, D=AMBER, E=AMBER)).passes, "60 % green"
    many = verdicts(**{f"K{n}": GREEN for n in range(20)}, B=RED, C=RED, D=RED, E=RED, F=RED)
    assert not whole(many).passes, "five red lines of thirty"


def test_a_line_is_as_good_as_its_worst_part_and_what_is_not_measured_does_not_count():
    parts = verdicts(**{"B.1": GREEN, "B.2": RED, "C": NOT_MEASURED, "D.1": NOT_MEASURED, "D.2": GREEN})
    found = whole(parts)
    assert (found.green, found.red, found.not_measured) == (8, 1, 1)


def test_lines_of_rows():
    assert [line_of(name) for name in ("G1", "G20.3", "T7a.2", "T10.1")] == ["G1", "G20", "T7", "T10"]


def test_every_row_has_definition_n_and_source_or_says_why_not():
    table = bands()
    assert table.index.is_unique
    assert {line_of(name) for name in table.index} == {
        *(f"G{n}" for n in range(1, 33)),
        *(f"T{n}" for n in range(1, 12)),
    }
    assert table["source"].notna().all()
    assert set(table.index[table["low"].isna() & table["high"].isna()]) <= UNMEASURED.keys()
    both = table.dropna(subset=["low", "high"])
    assert (both["low"] < both["high"]).all()
    empirical = pd.to_numeric(both["empirical"], errors="coerce")
    inside = (empirical >= both["low"]) & (empirical <= both["high"])
    assert inside[empirical.notna()].all()


def test_starred_lines_are_those_of_the_specification():
    starred = {line_of(name) for name in bands().query("starred == 1").index}
    assert starred == {*("G1", "G5", "G7", "G9", "G14", "G16", "G17", "G20", "G21"), *("T1", "T3", "T6", "T8", "T10")}


def test_what_was_measured_is_judged_and_nothing_else():
    table = judged({"G1": 20.0, "G5": 1e9})
    assert table.loc["G1", "verdict"] == GREEN
    assert table.loc["G5", "verdict"] == RED
    assert (table["verdict"] == NOT_MEASURED).sum() == len(table) - 2


def test_rebuilt_durations_have_the_published_counts_and_scores():
    seen = rebuilt()
    assert [int((seen > weeks).sum()) for weeks in (26, 52, 104, 156, 208)] == [30, 22, 10, 9, 6]
    assert np.log(seen).std(ddof=1) == pytest.approx(1.551, abs=0.05)
    assert lognormal_score(seen) == pytest.approx(-4.926, abs=0.04)
    assert exponential_score(seen) == pytest.approx(-5.126, abs=0.04)


def test_a_kernel_over_many_draws_scores_as_their_law():
    law = stats.lognorm(1.5, scale=20.0)
    draws, seen = law.rvs(20_000, random_state=1), law.rvs(400, random_state=2)
    assert kernel_score(draws, seen) == pytest.approx(law.logpdf(seen).mean(), abs=0.02)


def test_distance_and_brier_score_in_closed_form():
    assert distance(np.arange(100.0), np.arange(100.0) + 50.0) == pytest.approx(0.5)
    assert brier(1 / 3, 1 / 3) == pytest.approx(2 / 9)
    assert brier(1.0, 0.25) == pytest.approx(0.75)


SHORT = {"G20.1", "G20.2", "T2.1", "T2.2", "T2.3", "T2.4", "T10.2", "T11"}
"""What cannot be told of wars that all last twenty weeks, without a mediator, and end once."""


def test_a_report_on_hand_made_wars_has_every_line_and_a_page():
    rng = np.random.default_rng(4)
    made = histories(300, dead=40.0)
    end = rng.integers(20, 400, 300)
    week = np.arange(521)[:, None]
    made.code[week >= end] = 1
    made.code[:, ::2] *= 2.0
    made.code[:, ::3] = 0.0
    made.kind[(week >= end) & (week < end + 60) & (np.arange(300) % 3 == 0)] = 1.0
    made.changes[0][week >= end // 2] = 1.0
    told = ends(made)
    found = compiled(made, told, facts(made.wars, told), runs=400, seed=1, within=Within(0.9, 0.1, 0.8), samples=20)
    assert found.kept == 300
    assert found.dropped == 0.25
    missing = set(found.table.index[found.table["simulated"].isna()])
    agreements = {name for name in found.table.index if name.startswith(("T3", "T4", "T7b", "T6"))}
    assert missing <= UNMEASURED.keys() | agreements | SHORT
    assert sum(found.how.values()) == pytest.approx(1.0)
    text = page(found)
    assert all(f"| {name}" in text for name in ("G1\\*", "G30", "T11"))
    assert "0.90 within wars" in text.replace("\n", " ")


def test_a_handful_of_wars_is_refused():
    with pytest.raises(ValueError, match="too few"):
        report(8)


def test_facts_have_one_row_a_war():
    made = histories(5)
    told = facts(made.wars, ends(made))
    assert {getattr(told, f.name).shape[-1] for f in dataclasses.fields(told)} == {5}

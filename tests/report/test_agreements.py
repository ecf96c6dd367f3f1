"""The table of a study: numbers with a known answer over invented runs, and what the brief says of them."""

import copy
import dataclasses
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import xarray as xr

from westphalia.report import agreements, brief, numbers, signed_terms
from westphalia.report.facts import Facts, gather
from westphalia.report.figures import agreements as figures

SIGNED, BROKE, CEASED = 100, 40, 20
"""Of 400 runs: the first 100 sign, the first 40 of these break, of which 10 hold again; the last 20 cease fire."""


def talking(runs):
    parts = []
    for _, part in runs.groupby("arm", sort=False):
        number = np.arange(len(part))
        ends = np.where(number < 10, "settlement holds", np.where(number < BROKE, "settlement broken", "ongoing"))
        ends[BROKE:SIGNED] = "settlement holds"
        ends[-CEASED:] = "ceasefire holds"
        signed = np.where(number < SIGNED, np.where(number < 50, 21, 81), -1)
        columns = {
            "outcome": ends.astype(object),
            "outcome_week": np.where(number < SIGNED, 90, np.where(number >= len(part) - CEASED, 60, -1)),
            "signed_week": signed,
            "broken_week": np.where(number < BROKE, 60, -1),
            "ceasefire_week": np.where(number >= len(part) - CEASED, 60, -1),
            "weeks_fought": np.where(number < SIGNED, signed, 104),
            "reading_gap": np.where(number < SIGNED, 0.25, -1.0),
            "rounds": 20.0,
            "refused[north leadership]": 5.0,
            "refused[south-parliament]": np.where(number % 2 == 0, 20.0, 10.0),
            "signed[line]": np.where(number < SIGNED, 1.0 + number % 4, 0.0),
            "signed[forces]": np.where(number < SIGNED, 3.0, 0.0),
            "signed[monitoring]": np.where(number < SIGNED, np.where(number < 60, 2.0, 3.0), 0.0),
        }
        parts.append(part.assign(**columns))
    return pd.concat(parts, ignore_index=True)


def with_talks(study):
    other = copy.copy(study)
    other._runs = talking(study.runs())
    return other


@pytest.fixture(scope="module")
def table_facts(study, study_folder):
    return gather(with_talks(study), study_folder)


def plain(text):
    return text.replace("\u00a0", " ")


def test_signatures_are_counted_within_their_periods(table_facts):
    # 104 weeks of runs reach one year, not five: the second period is the horizon.
    assert list(agreements.periods(table_facts)) == ["one year", "24\u00a0months"]
    runs = table_facts.base_runs
    shares = [agreements.signed_within(runs, step).mean() for step in agreements.periods(table_facts).values()]
    assert shares == [50 / 400, SIGNED / 400]


def test_the_sentences_say_what_the_runs_hold(table_facts):
    told = plain(" ".join(agreements.sentences(table_facts)))
    assert told.startswith("In this model, with these assumptions, an agreement is signed within one year in 12.5 %")
    assert "At the end an agreement holds in 17.5 %" in told
    assert "Of the 100 runs with a signature, 40.0 %" in told
    assert "10 of these runs hold one again at the end" in told
    assert "A bare ceasefire, without a text, begins in 5.0 %" in told
    assert "lie 0.25 apart in the median" in told


def test_who_refuses_is_told_by_label_with_its_interval(table_facts):
    data = agreements.refusals(table_facts)
    assert data["label"].tolist() == ["Parliament of South", "the leadership of North"]
    assert data["value"].tolist() == [0.75, 0.25]
    # Half the runs at 1, half at 1/2: standard deviation 1/4 over 400 runs.
    assert data["se"].tolist() == pytest.approx([0.25 / 20, 0.0], abs=1e-4)


def test_what_is_signed_is_told_by_the_words_of_its_options(table_facts):
    """Of 100 texts: the line in four options of 25 each, one option on forces, 60 and 40 on monitoring."""
    rows = {row[0]: plain(row[1]) for row in signed_terms.table(table_facts).rows}
    assert rows["Limits on forces"] == "Equal limits: 100 % (± 0.0)"
    assert rows["Monitoring"].startswith("Observers of both: 60.0 % (± 9.7); Observers invited by South: 40.0 %")
    assert rows["Line of control"].count(": 25.0 %") == signed_terms.MOST
    told = plain(signed_terms.sentence(table_facts))
    assert "least on “Limits on forces” (100 % have" in told
    assert "most on “Line of control”" in told


def test_of_few_texts_nothing_is_told(table_facts):
    few = dataclasses.replace(table_facts, study=with_talks(table_facts.study))
    few.study._runs = few.study._runs.assign(signed_week=np.where(few.study._runs["run"] < 5, 3, -1))
    assert signed_terms.table(few) is None
    assert signed_terms.sentence(few) == ""


def test_a_broken_settlement_is_no_end(table_facts):
    assert "settlement broken" not in table_facts.ends
    assert table_facts.leading == "settlement holds"
    going = numbers.undecided(table_facts.base_runs, 104, 104).set_index("step")["share"]
    assert going[104] == pytest.approx((400 - 70 - CEASED) / 400)


def test_weeks_of_the_talks_are_no_assumptions(table_facts):
    assert not [name for name in table_facts.drawn if name.endswith("week") or name.startswith("refused")]


def test_competing_ends_add_up_over_time(table_facts):
    figure = next(figure for figure in figures.table_figures(table_facts) if figure.key == "risks")
    assert [row[1:] for row in figure.table.rows][0] == ("none of 400 (below 0.8\u00a0%)",) * 3
    assert plain(figure.table.rows[-1][1]).startswith("25.0 %")
    assert plain(figure.table.rows[-1][2]).startswith("10.0 %")


@pytest.mark.parametrize(("low", "high", "nothing"), [(-0.25, 1.25, 1), (-1e-6, 1e-6, 3)], ids=["usual", "no pilot"])
def test_what_is_0_or_1_in_a_run_is_told_as_a_share_of_runs(low, high, nothing):
    counts = np.zeros((1, 1, 2, 6))
    counts[0, 0, :, nothing], counts[0, 0, 1, -1] = (4, 3), 1
    data = {"counts": (("arm", "series", "week", "bin"), counts), "low": ("series", [low]), "high": ("series", [high])}
    fans = xr.Dataset(data, coords={"arm": ["baseline"], "series": ["truce[held]"], "week": [0, 4]})
    found = Facts.share(SimpleNamespace(_fans=fans, date=str), "truce[held]", ["baseline"])
    assert found.values.tolist() == [[0.0, 0.25]]


def test_the_brief_has_a_section_on_the_table_only_where_there_were_talks(study, study_folder):
    page = brief.build(with_talks(study), study_folder)
    assert ">At the negotiating table<" in page
    assert "Agreements, breaks and military ends" in page
    assert "no talks" not in page
    assert ">At the negotiating table<" not in brief.build(study, study_folder)


def test_levers_stand_beside_the_baseline_in_the_table(study_with_levers, study_folder):
    facts = gather(with_talks(study_with_levers), study_folder)
    table = agreements.summary(facts)
    assert table.columns[1:] == tuple(facts.arms.values())
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_ratio_of_sums_has_the_error_of_its_runs():
    # Shares 0 and 1 in equal number with equal weight: ratio 1/2, standard error .5 / sqrt(n), n - 1 in the deviation.
    runs = pd.DataFrame({"run": np.arange(100)})
    share, se = numbers.ratio(runs, np.tile([0.0, 10.0], 50), np.full(100, 10.0))
    assert (share, se) == (pytest.approx(0.5), pytest.approx(0.5 / np.sqrt(99)))

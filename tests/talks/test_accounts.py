"""Accounts of one exchange: a record small enough to count by hand, and the public one where it is at hand."""

import os
from pathlib import Path

import numpy as np
import pytest

from westphalia.errors import BadInput
from westphalia.talks.accounts import (
    by_medium,
    by_parties,
    directions,
    errors_per_hop,
    gap_of,
    pairs_of,
)
from westphalia.talks.importers.accounts import COLUMNS, load_accounts

FACTS = Path(os.environ.get("WESTPHALIA_FACTS", Path(__file__).parents[3] / "shared" / "facts")) / "accounts.csv"
WITH_FACTS = pytest.mark.skipif(not FACTS.exists(), reason="the record of accounts is not at hand")

RECORD = [
    "spring,land,North,2,2,2,5,1,account",
    "spring,land,South,4,4,4,5,1,account",
    "spring,land,Host,2,1,2,5,1,account",
    "spring,land,North,5,5,5,5,0,account",
    "spring,trade,North,1,1,1,3,1,account",
    "spring,trade,South,1,1,1,3,1,account",
    "spring,trade,Host,0,0,0,3,1,account",
    "spring,arms,North,1,1,1,4,1,position",
    "spring,arms,South,4,4,4,4,1,position",
    "autumn,land,North,3,3,3,5,1,account",
    "autumn,land,South,2,2,2,5,1,account",
]
"""Event, issue, party, option with its range, options, whether told first, kind.

Pairs: spring land N-S gap .5, N-H 0, S-H .5; spring trade N-S 0; autumn land N-S .25.
"""
SHOWN = ("event", "issue", "party", "option", "option_low", "option_high", "n_options", "primary_account", "kind")


def write(folder, rows, columns=COLUMNS):
    """A file of accounts; columns that no test is about hold text with a comma and quotation marks."""
    lines = [",".join(columns)]
    for row in rows:
        cells = dict(zip(SHOWN, row.split(","), strict=True))
        lines.append(",".join(cells.get(name, '"told, as ""reported"""') for name in columns))
    path = folder / "accounts.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def pairs(tmp_path):
    return pairs_of(load_accounts(write(tmp_path, RECORD)))


def test_an_account_is_read_whole(tmp_path):
    first = load_accounts(write(tmp_path, RECORD))[0]
    assert (first.event, first.issue, first.party, first.option, first.n_options) == ("spring", "land", "North", 2, 5)
    assert first.primary_account
    assert first.source == 'told, as "reported"'


def test_only_first_accounts_of_clauses_that_were_addressed_make_pairs(pairs):
    assert [(p.event, p.issue, p.parties, p.gap) for p in pairs] == [
        ("spring", "land", ("North", "South"), 0.5),
        ("spring", "land", ("Host", "North"), 0.0),
        ("spring", "land", ("Host", "South"), 0.5),
        ("spring", "trade", ("North", "South"), 0.0),
        ("autumn", "land", ("North", "South"), 0.25),
    ]


def test_shares_and_gaps_by_hand(pairs):
    every = gap_of(pairs)
    assert (every.pairs, every.events) == (5, 2)
    assert every.differ == pytest.approx(3 / 5)
    assert every.gap == pytest.approx(1.25 / 5)
    assert every.options == pytest.approx(4.6)
    media = by_medium(pairs, {"spring": "oral", "autumn": "written"})
    assert {name: (gap.pairs, gap.differ, gap.gap) for name, gap in media.items()} == {
        "oral": (4, 0.5, 0.25),
        "written": (1, 1.0, 0.25),
    }
    parties = by_parties(pairs)
    assert parties["North", "South"].gap == pytest.approx(0.25)
    assert parties["Host", "North"].differ == 0.0


def test_ranges_come_from_whole_events_and_from_the_coders_ranges(pairs):
    """Autumn always differs, spring in 2 or, where the host's option is drawn lower, 3 of its 4 pairs."""
    every = gap_of(pairs)
    assert every.differ_range == (0.5, 1.0)
    assert gap_of(pairs) == gap_of(pairs)
    one_event = gap_of([pair for pair in pairs if pair.event == "autumn"])
    assert one_event.differ_range == (1.0, 1.0)
    assert one_event.gap_range == (0.25, 0.25)
    drawn = gap_of([pair for pair in pairs if pair.parties == ("Host", "North")])
    assert drawn.differ_range == (0.0, 1.0)
    assert drawn.gap_range == (0.0, 0.25)


def test_directions_are_counted_for_every_teller(pairs):
    """North against South on land: nearer its end, the first, in spring and farther in autumn; trade the same."""
    found = {(d.teller, d.other): d for d in directions(pairs, {"North": "first", "South": "last"})}
    assert len(found) == 6
    counts = {key: (d.toward_first, d.toward_last, d.same, d.own_end) for key, d in found.items()}
    assert counts["North", "South"] == (1, 1, 1, 1)
    assert counts["South", "North"] == (1, 1, 1, 1)
    assert counts["South", "Host"] == (0, 1, 0, 1)
    assert counts["Host", "South"] == (1, 0, 0, None)


def test_exchanging_ends_and_tellers_exchanges_the_counts(pairs):
    for one in directions(pairs, {"North": "first", "South": "last"}):
        other = next(
            d
            for d in directions(pairs, {"North": "last", "South": "first"})
            if (d.teller, d.other) == (one.other, one.teller)
        )
        assert (one.toward_first, one.toward_last, one.same) == (other.toward_last, other.toward_first, other.same)


def test_the_error_of_a_hop_falls_with_hops_and_with_what_is_not_on_record(pairs):
    errors = errors_per_hop(gap_of(pairs), [1, 2], [0, 1])
    lam = 1.0 - 0.3 * 4.6 / 3.6
    assert errors[1, 0] == pytest.approx(0.6, rel=1e-12)
    assert errors[2, 1] == pytest.approx((1.0 - np.sqrt(lam)) * 3.6 / 4.6, rel=1e-12)
    assert errors[2, 0] < errors[1, 0]
    assert errors[1, 1] < errors[1, 0]


def test_what_cannot_be_counted_is_refused(pairs):
    with pytest.raises(ValueError, match="no pair"):
        gap_of([])
    with pytest.raises(ValueError, match="autumn"):
        by_medium(pairs, {"spring": "oral"})


BAD = [
    ("spring,land,North,x,2,2,5,1,account", "option", "whole number"),
    ("spring,land,North,6,6,6,5,1,account", "option", "0 to 5"),
    ("spring,land,North,2,3,3,5,1,account", "option_low", "1 to 2"),
    ("spring,land,North,2,2,1,5,1,account", "option_high", "2 to 5"),
    ("spring,land,North,1,1,1,1,1,account", "n_options", "two options"),
    ("spring,land,North,2,2,2,5,2,account", "primary_account", "0 or 1"),
    ("spring,land,North,2,2,2,5,1,rumour", "kind", "account, position"),
    ("spring,land, ,2,2,2,5,1,account", "party", "a name"),
]


@pytest.mark.parametrize(("row", "column", "remedy"), BAD)
def test_a_bad_cell_is_named_by_line_and_column(tmp_path, row, column, remedy):
    path = write(tmp_path, [RECORD[1], row])
    with pytest.raises(BadInput) as caught:
        load_accounts(path)
    (fault,) = caught.value.faults
    assert (fault.file, fault.line, fault.path) == (str(path), 3, column)
    assert remedy in fault.remedy
    start = path.read_text().splitlines()[2][fault.column - 1 :]
    assert start.startswith(dict(zip(SHOWN, row.split(","), strict=True))[column] + ",")


def test_every_fault_is_told_at_once(tmp_path):
    with pytest.raises(BadInput) as caught:
        load_accounts(write(tmp_path, [BAD[0][0], RECORD[0], BAD[6][0], "autumn,land,South,2,2,2,4,1,account"]))
    assert [(fault.line, fault.path) for fault in caught.value.faults] == [(2, "option"), (4, "kind"), (5, "n_options")]


def test_a_file_of_another_form_is_refused(tmp_path):
    with pytest.raises(BadInput, match="lacks certainty, source"):
        load_accounts(write(tmp_path, RECORD, COLUMNS[:-2]))
    with pytest.raises(BadInput, match="cannot be read"):
        load_accounts(tmp_path / "none.csv")
    path = write(tmp_path, RECORD)
    path.write_text(path.read_text() + 'spring,"open\nspring,land\n')
    with pytest.raises(BadInput) as caught:
        load_accounts(path)
    assert [fault.line for fault in caught.value.faults] == [13, 14]


@pytest.fixture(scope="module")
def record():
    return pairs_of(load_accounts(FACTS))


WRITTEN = ("MINSK2-READING", "ISTANBUL-2022", "PLAN28-2025-11")
PARTIAL_STEPS = ("TRUCE", "COND", "MEET", "AUTH")


def chosen(pairs, *, written=None, core=False):
    return [
        pair
        for pair in pairs
        if (written is None or (pair.event in WRITTEN) == written) and not (core and pair.issue in PARTIAL_STEPS)
    ]


@WITH_FACTS
@pytest.mark.parametrize(
    ("sample", "size", "differ", "gap"),
    [
        ({}, (61, 13), 0.54, 0.29),
        ({"core": True}, (31, 8), 0.45, 0.21),
        ({"written": True, "core": True}, (17, 3), 0.24, 0.08),
        ({"written": False}, (40, 10), 0.62, 0.35),
        ({"written": False, "core": True}, (14, 5), 0.71, 0.36),
    ],
)
def test_the_public_record_differs_as_counted_before(record, sample, size, differ, gap):
    got = gap_of(chosen(record, **sample))
    assert (got.pairs, got.events) == size
    assert (got.differ, got.gap) == pytest.approx((differ, gap), abs=0.0051)
    assert got.differ_range[0] < got.differ < got.differ_range[1]


@WITH_FACTS
def test_the_public_record_by_pair_of_parties_and_by_direction(record):
    sizes = {parties: (gap.pairs, gap.events) for parties, gap in by_parties(record).items()}
    assert sizes == {("Russia", "US"): (23, 8), ("Russia", "Ukraine"): (22, 10), ("US", "Ukraine"): (16, 8)}
    found = directions(chosen(record, core=True), {"Ukraine": "first", "Russia": "last"})
    assert {(d.teller, d.other): d.own_end for d in found} == {
        ("Russia", "US"): 8,
        ("Russia", "Ukraine"): 4,
        ("US", "Russia"): None,
        ("US", "Ukraine"): None,
        ("Ukraine", "Russia"): 4,
        ("Ukraine", "US"): 0,
    }


@WITH_FACTS
def test_the_error_of_a_hop_on_the_public_record(record):
    """At two, three, four hops .35, .25, .20; with 1, 3, 10 pairs not on record for each that is .10, .05, .02."""
    errors = errors_per_hop(gap_of(record), [2, 3, 4])
    assert [errors[hops, 0] for hops in (2, 3, 4)] == pytest.approx([0.35, 0.25, 0.20], abs=0.005)
    assert [errors[3, k] for k in (1, 3, 10)] == pytest.approx([0.10, 0.05, 0.02], abs=0.005)

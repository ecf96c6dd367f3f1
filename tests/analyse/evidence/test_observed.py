"""Observed series are read from tables, a user's file lays over them, and every fault is told at its line."""

import json

import numpy as np
import pytest

from records import DEAD, beside, record, series
from westphalia.analyse.evidence.observed import observed
from westphalia.errors import BadInput
from westphalia.scenario.load import load

TABLE = """month,side,dead,note
2030-03,north,30,
2030-01,north,10,
2030-02,north, ,nobody counted
2030-01,south,11,
2030-04,west,forty,no series is about this
2030-02,south,1.2e1,
"""


@pytest.fixture
def read(tmp_path):
    """The series of a record whose table holds this text, with this text in a file of the user's own."""

    def _read(table=TABLE, own=None, said=None):
        folder = beside(tmp_path / "war", said or record())
        if table is not None:
            (folder / "dead.csv").write_text(table)
        file = tmp_path / "own.csv"
        if own is not None:
            file.write_text(own)
        return observed(load(folder), file if own is not None else None)

    return _read


def refused(read, **given):
    """Line, column and sentence of every fault."""
    with pytest.raises(BadInput) as error:
        read(**given)
    return [(fault.file.rpartition("/")[2], fault.line, fault.path, fault.message) for fault in error.value.faults]


def test_rows_are_chosen_and_months_put_in_order(read):
    found = read()
    assert found["dead-north"].by_month == {"2030-01": 10, "2030-03": 30}, "a blank cell is a month without a value"
    assert list(found["dead-north"].by_month) == ["2030-01", "2030-03"]
    assert found["dead-south"].by_month == {"2030-01": 11, "2030-02": 12}
    north = found["dead-north"]
    assert north.known("2030-02", "2030-12") == ["2030-03"]
    assert np.isnan(north.at(["2030-02"])[0])
    assert north.at(["2030-03", "2030-01"]).tolist() == [30, 10]


def test_other_columns_may_hold_month_and_value(read):
    said = record(observed={"all": DEAD | {"month": "when", "value": "n", "of": "north", "error": {"spread": 1}}})
    said["folds"] = {}
    assert read("n,when\n5,2030-07\n", said=said)["all"].by_month == {"2030-07": 5}


def test_a_file_of_ones_own_adds_months_and_replaces_them(read):
    own = (
        "month,series,value\n2030-03,dead-north,33\n2031-01,dead-north,50\n2029-12,dead-south,9\n2030-01,dead-south,\n"
    )
    found = read(own=own)
    assert found["dead-north"].by_month == {"2030-01": 10, "2030-03": 33, "2031-01": 50}
    assert list(found["dead-south"].by_month.items()) == [("2029-12", 9), ("2030-01", 11), ("2030-02", 12)]


def test_every_fault_is_told_at_once_with_its_line(read):
    table = "month,side,dead\n2030-13,north,1\n2030-01,south,many\n2030-02,south,inf\n,north,4\n2030-05,north,7\n"
    own = "month,series,value\n2030-01,dead-nort,1\n2030-1,dead-north,1\n2030-02,dead-north,1;2\n"
    found = refused(read, table=table, own=own)
    assert sorted(found) == [
        ("dead.csv", 2, "month", '"2030-13" is no month; write year and month, as 2024-01'),
        ("dead.csv", 3, "dead", '"many" is no number; give a number'),
        ("dead.csv", 4, "dead", '"inf" is no number; give a number'),
        ("dead.csv", 5, "month", '"" is no month; write year and month, as 2024-01'),
        ("own.csv", 2, "series", 'there is no series "dead-nort"; did you mean "dead-north"?'),
        ("own.csv", 3, "month", '"2030-1" is no month; write year and month, as 2024-01'),
        ("own.csv", 4, "value", '"1;2" is no number; give a number'),
    ]


def test_a_series_that_is_like_no_other_is_told_those_that_are(read):
    ((_, line, _, message),) = refused(read, own="month,series,value\n2030-01,tanks,1\n")
    assert line == 2
    assert message.endswith("valid here: dead-north, dead-south")


def test_a_month_that_stands_twice_is_a_fault(read):
    ((file, line, _, message),) = refused(read, table=f"{TABLE}2030-01,north,12,\n")
    assert (file, line) == ("dead.csv", 8)
    assert message.startswith("2030-01 stands in line 3 too")
    own = "month,series,value\n2031-01,dead-north,1\n2031-01,dead-south,1\n2031-01,dead-north,2\n"
    assert [found[:2] for found in refused(read, own=own)] == [("own.csv", 4)]


def test_nothing_is_free_of_error(read):
    ((_, line, _, message),) = refused(read, table=TABLE.replace(",30,", ",0,"))
    assert line == 2
    assert "free of error" in message
    said = record()
    said["observed"]["dead-north"]["error"] = {"share": 0.1, "spread": 2}
    assert read(TABLE.replace(",30,", ",0,"), said=said)["dead-north"].by_month["2030-03"] == 0


@pytest.mark.parametrize(
    ("table", "says"),
    [
        (None, "it cannot be read (No such file or directory)"),
        ("month,dead\n2030-01,1\n", "the column side is missing; give the columns month, dead, side"),
        ("", "the column month is missing"),
    ],
)
def test_a_table_that_cannot_serve_is_told(read, table, says):
    found = refused(read, table=table)
    assert {each[:2] for each in found} == {("dead.csv", 1)}
    assert all(says in message for *_, message in found)


def test_what_is_not_text_is_told(tmp_path):
    folder = beside(tmp_path / "war", record())
    (folder / "dead.csv").write_bytes(b"month,side,dead\n\xff\xfe,north,1\n")
    with pytest.raises(BadInput, match="UTF-8"):
        observed(load(folder))
    (folder / "dead.csv").write_bytes(b"month,side,dead\n2030-01,north," + b"1" * 200_000 + b"\n")
    with pytest.raises(BadInput, match="it is no table"):
        observed(load(folder))


def test_spread_and_share_of_an_error_add_up_in_squares():
    assert series([], spread=3.0, share=0.4).deviation(np.array([-10.0, 0.0])) == pytest.approx([5.0, 3.0])


def test_a_record_without_series_reads_no_table(tmp_path):
    folder = beside(tmp_path / "war", {})
    assert observed(load(folder)) == {}
    (tmp_path / "own.csv").write_text("month,series,value\n2030-01,dead-north,1\n")
    with pytest.raises(BadInput, match="valid here: none"):
        observed(load(folder), tmp_path / "own.csv")
    assert json.loads((folder / "record.yaml").read_text()) == {}

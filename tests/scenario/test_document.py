"""Reading a YAML file keeps every place, and refuses what it cannot bear with one clear fault."""

import contextlib
import copy
import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from westphalia.errors import BadInput, Fault, describe, did_you_mean
from westphalia.scenario import document
from westphalia.scenario.document import Document, Node, Place, merge, read, spell


@pytest.fixture
def write(tmp_path):
    """Write text or bytes to a file and return its path."""

    def _write(content, name="war.yaml"):
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    return _write


def refused(path):
    """The only fault for which a file is refused."""
    with pytest.raises(BadInput) as caught:
        read(path)
    (fault,) = caught.value.faults
    return fault


def plain(value):
    """A document made of plain data, every entry in the file ``made``."""
    if isinstance(value, dict):
        return Node({key: plain(part) for key, part in value.items()}, Place("made", 1, 1), ())
    if isinstance(value, list):
        return Node([plain(part) for part in value], Place("made", 1, 1), ())
    return Node(value, Place("made", 1, 1), ())


def test_a_fault_reads_as_file_line_column_path_what_and_remedy():
    fault = Fault("war.yaml", 3, 5, "fronts[0].width", "found nothing", "give a number")
    assert str(fault) == "war.yaml:3:5 fronts[0].width: found nothing; give a number"
    assert fault.as_json() == {
        "file": "war.yaml",
        "line": 3,
        "column": 5,
        "path": "fronts[0].width",
        "message": "found nothing; give a number",
    }


def test_bad_input_tells_each_fault_once_in_the_order_of_the_file():
    later, sooner = Fault("f", 20, 1, "b", "w", "r"), Fault("f", 3, 1, "a", "w", "r")
    error = BadInput([later, sooner, later])
    assert error.faults == (sooner, later)
    assert str(error) == "f:3:1 a: w; r\nf:20:1 b: w; r"


def test_a_close_word_is_suggested_whatever_its_case():
    assert did_you_mean("POSISION", ["position", "width"]) == 'did you mean "position"?'


def test_few_valid_words_are_listed_and_many_are_not():
    assert did_you_mean("zzz", ["b", "a"]) == "valid here: a, b"
    assert did_you_mean("zzz", [f"word {number}" for number in range(20)]) == ""
    assert did_you_mean("zzz", []) == ""


def test_values_are_described_in_few_words():
    assert describe("x" * 100) == f'the text "{"x" * 39}...'
    assert describe("two\nlines") == 'the text "two\\nlines"'
    assert describe(True) == "true"
    assert describe(float("nan")) == "NaN"
    assert describe({}) == "a mapping"


def test_yaml_becomes_plain_data(write):
    text = """
text: yes
number: 1e-3
thousand: 1_000
leading: 012
truth: true
nothing: ~
day: 2022-02-24
moment: 2022-02-24T10:00:00
2022-02-24: [1, 2.5]
7: seven
"""
    data = read(write(text)).data
    assert data == {
        "text": "yes",
        "number": 0.001,
        "thousand": 1000,
        "leading": 12,
        "truth": True,
        "nothing": None,
        "day": datetime.date(2022, 2, 24),
        "moment": "2022-02-24T10:00:00",
        "2022-02-24": [1, 2.5],
        "7": "seven",
    }
    assert {type(value) for value in data.values()} == {str, float, int, bool, type(None), datetime.date, list}


def test_every_entry_knows_its_line_and_column(write):
    file = write("a: 1\nb:\n  c: {d: 2, e: 3}\n  f:\n    - x\n    - {g: 4}\n")
    found = read(file)
    places = {(): (1, 1), ("b",): (2, 1), ("b", "c", "e"): (3, 13), ("b", "f", 0): (5, 7), ("b", "f", 1, "g"): (6, 8)}
    assert {path: found.place(path)[1:] for path in places} == places
    assert found.place(("a",)).file == str(file)


def test_what_is_not_there_stands_at_its_nearest_ancestor(write):
    found = read(write("a: 1\nb:\n  c: [5]\n"))
    assert found.place(("b", "x", "y"))[1:] == (2, 1)
    assert found.place(("b", "c", 7))[1:] == (3, 3)
    assert found.fault(("b", "x"), "missing", "add it").path == "b.x"
    with pytest.raises(KeyError, match="b.x"):
        found.at(("b", "x"))


def test_data_is_a_fresh_copy_each_time(write):
    found = read(write("a: [1]"))
    found.data["a"].append(2)
    assert found.data == {"a": [1]}


def test_a_folder_is_read_through_its_scenario_yaml(write, tmp_path):
    file = write("a: 1", "scenario.yaml")
    assert read(tmp_path).place(("a",)) == (str(file), 1, 1)


def test_aliases_and_inheritance_are_written_out(write):
    text = "a: &a {x: 1, y: 2}\nb: *a\nc:\n  <<: *a\n  y: 3\nd: &a {z: 1}\ne:\n  <<: [*a, {z: 0, w: 1}]\n"
    data = read(write(text)).data
    assert data["b"] == {"x": 1, "y": 2}
    assert data["c"] == {"x": 1, "y": 3}
    assert data["e"] == {"z": 1, "w": 1}


def test_a_missing_file_is_refused(tmp_path):
    fault = refused(tmp_path / "no.yaml")
    assert str(fault) == (
        f"{tmp_path}/no.yaml:1:1 (file): there is no such file; give a YAML file or a folder with a scenario.yaml"
    )


def test_a_folder_without_scenario_is_refused(tmp_path):
    assert refused(tmp_path).what == "the folder has no scenario.yaml"


def test_a_device_is_refused_unread():
    assert refused("/dev/zero").what == "not a regular file"


def test_a_name_that_no_file_can_have_is_refused():
    assert refused("x" * 5000 + ".yaml").what.startswith("cannot be read")


@pytest.mark.parametrize(
    ("text", "line", "column", "word"),
    [
        ("a: 1\nb: [1,\n", 3, 1, "found '<stream end>' (begun in line 3)"),
        ("a: 1\nb: c: d\n", 2, 5, "mapping values are not allowed"),
        ("a:\n\tb: 1\n", 2, 1, "cannot start any token"),
        ("a: 1\nb: *nobody\n", 2, 4, "undefined alias"),
        ("a: 1\n---\nb: 1\n", 2, 1, "another document"),
        ("a: 1\nb: x\x00\n", 2, 5, "the character"),
    ],
)
def test_what_is_not_yaml_is_refused_with_its_line(write, text, line, column, word):
    fault = refused(write(text))
    assert (fault.line, fault.column) == (line, column)
    assert fault.what.startswith("not YAML: ")
    assert word in fault.what


def test_duplicate_keys_are_refused_with_their_line(write):
    with pytest.raises(BadInput) as caught:
        read(write("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\na: 4\n"))
    assert [(fault.line, fault.column, fault.path) for fault in caught.value.faults] == [(5, 3, "b.c"), (6, 1, "a")]
    assert caught.value.faults[0].message == "this key stands here twice, first in line 3; keep one of the two"


def test_a_bomb_of_aliases_is_refused_at_once(write):
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
    begin = time.process_time()
    assert refused(write(bomb)).what == "aliases repeat more than 100,000 entries"
    assert time.process_time() - begin < 10


def test_many_entries_without_aliases_are_no_bomb(write, monkeypatch):
    monkeypatch.setattr(document, "MAX_REPEATED", 2)
    assert len(read(write("a: [1, 2, 3, 4, 5, 6]")).data["a"]) == 6


@pytest.mark.parametrize("text", ["a: " + "[" * 5000, "a: &a [*a]", "a: &a [*a, *a]", "a: &a {<<: *a}"])
def test_what_is_nested_too_deep_is_refused(write, text):
    assert refused(write(text)).what in {"nested deeper than 64 levels", "aliases repeat more than 100,000 entries"}


def test_aliases_that_nest_too_deep_are_refused(write):
    text = "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 100))
    assert refused(write(text)).what == "nested deeper than 64 levels"


def test_what_is_not_utf_8_is_refused_with_its_line(write):
    fault = refused(write(b"a: 1\nb: Kor\xe9\n"))
    assert (fault.line, fault.column) == (2, 7)
    assert fault.message == "the byte 0xe9 is not UTF-8; save the file as UTF-8"


def test_a_byte_order_mark_does_no_harm(write):
    assert read(write("\ufeffa: ü\n")).data == {"a": "ü"}


def test_a_huge_file_is_refused_unread(tmp_path):
    file = tmp_path / "huge.yaml"
    with file.open("wb") as stream:
        stream.truncate(50_000_000)
    begin = time.process_time()
    assert refused(file).what == "larger than 5 MB"
    assert time.process_time() - begin < 1


@pytest.mark.parametrize("text", ["", "# nothing but a remark\n", "---\n"])
def test_an_empty_file_is_refused(write, text):
    assert refused(write(text)).what in {"the file is empty", "the file is not a mapping"}


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words\n", "5\n", "~\n"])
def test_a_file_that_is_no_mapping_is_refused(write, text):
    assert refused(write(text)).what == "the file is not a mapping"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("a: !secret 3", "the tag !secret is not known here"),
        ("a: !!python/object:os.system x", "the tag !!python/object:os.system is not known here"),
        ("a: !!set {x, y}", "the tag !!set is not known here"),
        ("a: !!map x", "the tag !!map is not known here"),
        ("a: 2022-02-30", "not a valid date (day is out of range for month)"),
        ("a: !!int x", "not a valid int (invalid literal for int() with base 10: 'x')"),
        ("a: !!float ", "not a valid float (string index out of range)"),
        ("a: !!bool x", "not a valid bool ('x')"),
        ("a: " + "1" * 5000, "not a valid int (Exceeds the limit"),
        ("<<: 3", "<< takes in no mapping"),
        ("[1, 2]: 3", "a key must be one word or text"),
    ],
)
def test_what_is_no_plain_data_is_refused(write, text, what):
    fault = refused(write(text))
    assert fault.what.startswith(what)
    assert fault.line == 1


@given(st.text(st.sampled_from("ab:-[]{}&*!#|>'\"%@`,?~<=1.0 \n\t"), max_size=40))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_text(text, encoding="utf-8")
    with contextlib.suppress(BadInput):
        assert isinstance(read(file).data, dict)


def test_mappings_merge_and_anything_else_replaces(write):
    base = read(write("a: {x: 1, y: 2}\nl: [1, 2]\nt: old\n"))
    merged = merge(base, read(write("a: {y: 3, z: 4}\nl: [9]\nt: {new: 1}\n", "patch.yaml")))
    assert merged.data == {"a": {"x": 1, "y": 3, "z": 4}, "l": [9], "t": {"new": 1}}


@pytest.mark.parametrize("patch", ["a: {value: 5}", "a: {low: 1, high: 2}", "a: {north: 1, south: 2}", "a: 7"])
def test_a_number_with_its_range_is_replaced_as_a_whole(write, patch):
    base = read(write("a: {value: 3, low: 2, high: 4, unit: km}"))
    laid = read(write(patch, "patch.yaml"))
    assert merge(base, laid).data == laid.data


def test_merged_entries_keep_the_place_and_path_that_they_came_from(write):
    file = write("a: {x: 1, y: 2}\nvariants:\n  small:\n    set:\n      a: {y: 3}\n")
    base = read(file)
    merged = merge(base, base.at(("variants", "small", "set")))
    assert merged.data["a"] == {"x": 1, "y": 3}
    assert merged.place(("a", "x")) == (str(file), 1, 5)
    assert merged.place(("a", "y")) == (str(file), 5, 11)
    assert merged.fault(("a", "y"), "w", "r").path == "variants.small.set.a.y"
    assert base.data["a"] == {"x": 1, "y": 2}


trees = st.recursive(
    st.sampled_from([1, 2.5, "text", None]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=6,
)
mappings = st.dictionaries(st.sampled_from("abc"), trees, max_size=3)


@given(mappings, mappings)
def test_merging_nothing_changes_nothing_and_merging_twice_is_merging_once(base, patch):
    before = copy.deepcopy(base)
    start, change = Document(plain(base)), Document(plain(patch))
    once = merge(start, change)
    assert merge(start, Document(plain({}))).data == before
    assert merge(once, change).data == once.data
    assert start.data == before


@given(mappings, mappings)
def test_a_merge_holds_the_keys_of_both(base, patch):
    merged = merge(Document(plain(base)), Document(plain(patch))).data
    assert merged.keys() == base.keys() | patch.keys()


def test_paths_are_spelt_with_dots_and_brackets():
    assert spell(("fronts", "2026-01-01", 0, "width")) == "fronts.2026-01-01[0].width"
    assert spell(()) == "(file)"

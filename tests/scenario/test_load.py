"""A scenario is found, laid over with variant and lever, and refused with all its faults, each at its place."""

import datetime

import pytest
from small_war import START, Front, War

from westphalia.errors import BadInput
from westphalia.scenario import load as module
from westphalia.scenario.load import content_hash, library_names, load

PATCHED = """\
title: A war
start: 2022-02-24
men: {value: 3, low: 2, high: 4}
fronts:
  east: {label: East, width: 10}
variants:
  2026-01-01:
    title: later
    set:
      start: 2026-01-01
      men: 5
  narrow:
    title: narrow front
    set:
      fronts: {east: {width: 2}}
levers:
  long:
    title: go on
    from: 2023-01-01
    set: {weeks: 100}
"""


@pytest.fixture(autouse=True)
def small_world(monkeypatch, tmp_path):
    """The small schema, and a library of two scenarios in place of the real one."""
    monkeypatch.setattr(module, "Scenario", War)
    monkeypatch.setattr(module, "references", lambda scenario, document: [])
    monkeypatch.setattr(module, "unknown_numbers", lambda scenario: {})
    shelf = tmp_path / "library"
    for name in ("korea-1951", "duel"):
        (shelf / name).mkdir(parents=True)
        (shelf / name / "scenario.yaml").write_text(START)
    monkeypatch.setattr(module, "library", lambda: shelf)


@pytest.fixture
def faults_of(write):
    """The faults of a text as (line, column, path, message)."""

    def _faults_of(text, **choice):
        with pytest.raises(BadInput) as caught:
            load(write(text), **choice)
        return [(each.line, each.column, each.path, each.message) for each in caught.value.faults]

    return _faults_of


def test_a_scenario_is_loaded_by_name_file_or_folder(write, tmp_path):
    assert load("duel").name == "duel"
    assert load(write(START)).name == "war"
    assert load(tmp_path / "library" / "korea-1951").name == "korea-1951"
    assert load(tmp_path / "library" / "korea-1951" / "scenario.yaml").name == "korea-1951"
    (tmp_path / "v1.2").mkdir()
    write(START, "v1.2/scenario.yaml")
    assert load(str(tmp_path / "v1.2")).name == "v1.2"
    loaded = load(str(write(START)))
    assert loaded.scenario.start == datetime.date(2022, 2, 24)
    assert loaded.document.place(("start",)).line == 2


def test_the_library_lists_its_scenarios():
    assert library_names() == ["duel", "korea-1951"]


def test_an_unknown_name_gets_a_suggestion_and_the_list():
    with pytest.raises(BadInput) as caught:
        load("korea-1950")
    assert str(caught.value) == (
        "korea-1950:1:1 (file): neither a scenario of the library nor a file; "
        'did you mean "korea-1951"? valid here: duel, korea-1951'
    )


@pytest.mark.parametrize("where", ["", "zzz", "x" * 5000, "a\0b"])
def test_a_name_close_to_none_gets_the_list(where):
    with pytest.raises(BadInput, match="valid here: duel, korea-1951"):
        load(where)


def test_a_missing_file_is_not_taken_for_a_name(tmp_path):
    with pytest.raises(BadInput, match="there is no such file"):
        load("duel.yaml")
    with pytest.raises(BadInput, match="there is no such file"):
        load(tmp_path / "duel")


def test_a_variant_and_a_lever_are_laid_over_the_scenario(write):
    file = write(PATCHED)
    assert load(file).document.data["men"] == {"value": 3, "low": 2, "high": 4}
    both = load(file, variant="2026-01-01", lever="long")
    assert (both.scenario.start, both.scenario.weeks) == (datetime.date(2026, 1, 1), 100)
    assert both.document.data["men"] == 5
    assert both.document.place(("men",)).line == 11
    assert load(file, variant="narrow").scenario.fronts["east"] == Front(label="East", width=2)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"variant": "narow"}, 'there is no variant "narow"; did you mean "narrow"? valid here: 2026-01-01, narrow'),
        ({"lever": "x"}, 'there is no lever "x"; valid here: long'),
    ],
)
def test_an_unknown_variant_or_lever_gets_the_list(faults_of, choice, message):
    (fault,) = faults_of(PATCHED, **choice)
    assert fault[3] == message


def test_a_variant_asked_of_a_scenario_without_any_is_refused(faults_of):
    assert faults_of(START, variant="x") == [(1, 1, "variants", 'there is no variant "x"; valid here: none')]


def test_every_variant_and_lever_is_validated_at_its_own_place(faults_of):
    text = PATCHED.replace("men: 5", "men: -5").replace("width: 2}", "widthh: 2}").replace("weeks: 100", "weeks: x")
    assert faults_of(text) == [
        (11, 7, "variants.2026-01-01.set.men", "found -5; give a number above 0"),
        (15, 23, "variants.narrow.set.fronts.east.widthh", "unknown entry; valid here: decisive"),
        (20, 11, "levers.long.set.weeks", 'found the text "x"; give a whole number'),
    ]


def test_a_fault_of_the_scenario_is_told_once_whatever_is_laid_over_it(faults_of):
    text = PATCHED.replace("East, width: 10", "5")
    assert faults_of(text) == [(5, 10, "fronts.east.label", "found 5; give text (in quotes)")]


def test_a_rule_broken_by_a_variant_is_told_at_the_variant(faults_of):
    text = PATCHED.replace("2022-02-24", "1914-07-28").replace("men: {", "weeks: 2000\nmen: {")
    assert faults_of(text) == [
        (8, 3, "variants.2026-01-01", "with it, (file): 2000 weeks is too long; give at most 1000")
    ]


def test_a_combination_is_validated_too(faults_of):
    text = PATCHED.replace("2022-02-24", "1914-07-28").replace("weeks: 100", "weeks: 2000")
    assert faults_of(text, variant="2026-01-01", lever="long") == [
        (1, 1, "(file)", "2000 weeks is too long; give at most 1000")
    ]


def test_a_malformed_variant_is_told_by_the_schema(faults_of):
    assert faults_of(START + "variants: {a: {title: x}, b: 5}\nlevers: [1]\n") == [
        (3, 12, "variants.a.set", "missing; add it"),
        (3, 27, "variants.b", "found 5; give a mapping"),
        (4, 1, "levers", "found a list; give a mapping"),
    ]


def test_the_hash_ignores_remarks_and_order_but_no_value(write):
    first = content_hash(load(write("title: A\nstart: 2022-02-24\nmen: {value: 1, low: 1}\n")))
    second = content_hash(load(write("# remark\nmen:\n  low: 1\n  value: 1\nstart: 2022-02-24\ntitle: 'A'\n")))
    third = content_hash(load(write("title: A\nstart: 2022-02-24\nmen: {value: 1, low: 0.5}\n")))
    assert first == second != third
    assert len(first) == 64


def test_the_hash_knows_the_variant(write):
    file = write(PATCHED)
    assert content_hash(load(file)) != content_hash(load(file, variant="narrow"))

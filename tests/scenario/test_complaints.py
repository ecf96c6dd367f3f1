"""What pydantic found wrong is told in plain words and at its place, and of a union only the branch that was meant."""

from typing import Annotated, Literal

import pytest
from pydantic import Discriminator, Field, Tag, ValidationError, field_validator
from small_war import START, Range, Strict, War

from westphalia.scenario.complaints import faults, field_names
from westphalia.scenario.document import read


@pytest.fixture
def faults_of(write):
    """The faults of a text that a model refuses, as (line, column, path, message)."""

    def _faults_of(text, model=War):
        document = read(write(text))
        with pytest.raises(ValidationError) as caught:
            model.model_validate(document.data)
        return [(each.line, each.column, each.path, each.message) for each in faults(caught.value, document, model)]

    return _faults_of


def in_words(found):
    """Path and message of each fault."""
    return [f"{path}: {message}" for _, _, path, message in found]


@pytest.mark.parametrize(
    ("entry", "path", "message"),
    [
        ("wekks: 3", "wekks", 'unknown entry; did you mean "weeks"?'),
        ("zzzzzz: 3", "zzzzzz", "unknown entry; valid here: combat, fronts, levers, men, variants, weeks"),
        ("weeks: 0", "weeks", "found 0; give a number of 1 or more"),
        ("weeks: 2.5", "weeks", "found 2.5; give a whole number"),
        ("weeks: ~", "weeks", "found nothing; give a whole number"),
        ("men: many", "men", 'found the text "many"; give a number or a mapping'),
        ("men: [1, 2]", "men", "found a list; give a number or a mapping"),
        ("men: -1", "men", "found -1; give a number above 0"),
        ("men: {value: x}", "men.value", 'found the text "x"; give a number'),
        ("men: {value: 1, lo: 1}", "men.lo", 'unknown entry; did you mean "low"?'),
        ("men: {north: 1, south: {value: x}}", "men.south.value", 'found the text "x"; give a number'),
        ("men: {north: 1, soth: 2}", "men.soth", 'unknown key; did you mean "south"?'),
        ("fronts: {a: {width: 2}}", "fronts.a.label", "missing; add it"),
        ("fronts: {a: {label: A, decisive: [west]}}", "fronts.a.decisive[0]", "give north or south"),
        ("fronts: {a: {label: 2022-02-24}}", "fronts.a.label", "found 2022-02-24; give text (in quotes)"),
        ("combat: {law: squaree, rate: 1}", "combat.law", 'found the text "squaree"; did you mean "square"?'),
        ("combat: {rate: 1}", "combat.law", "missing; add it"),
        ("combat: {law: steady, rate: no}", "combat.rate", 'found the text "no"; give a number or a mapping'),
        ("combat: {law: square, rate: 1, exponnt: 3}", "combat.exponnt", 'unknown entry; did you mean "exponent"?'),
    ],
)
def test_what_is_wrong_is_told_once_in_plain_words(faults_of, entry, path, message):
    (fault,) = faults_of(START + entry)
    assert fault[0] == 3
    assert fault[2] == path
    assert fault[3].endswith(message)


def test_messages_of_the_schema_pass_through(faults_of):
    assert faults_of('title: ""\nstart: soon\n') == [
        (1, 1, "title", "the title is empty; give one"),
        (2, 1, "start", 'found the text "soon"; give a date such as 2022-02-24'),
    ]


def test_all_faults_of_a_file_come_together(faults_of):
    text = "start: soon\nweeks: 0\nfronts:\n  a: {width: x}\nextra: 1\n"
    paths = [fault[2] for fault in faults_of(text)]
    assert paths == ["start", "title", "weeks", "fronts.a.label", "fronts.a.width", "extra"]


def test_an_unknown_key_is_to_be_removed_where_every_known_one_is_there(faults_of):
    assert in_words(faults_of("value: 1\nlow: 1\nhigh: 2\nhihg: 2\n", Range)) == ["hihg: unknown entry; remove it"]


def test_a_union_split_by_a_function_is_told_by_the_branch_that_it_took(faults_of):
    class Split(Strict):
        men: Annotated[
            Annotated[float, Tag("one")] | Annotated[dict[str, float], Tag("by side")],
            Discriminator(lambda given: "by side" if isinstance(given, dict) else "one"),
        ]

    assert in_words(faults_of("men: {a: x}", Split)) == ['men.a: found the text "x"; give a number']
    assert in_words(faults_of("men: x", Split)) == ['men: found the text "x"; give a number']


def test_words_in_a_union_are_suggested(faults_of):
    class Choice(Strict):
        tempo: Literal["slow", "fast"] | float

    assert in_words(faults_of("tempo: fats", Choice)) == ['tempo: found the text "fats"; did you mean "fast"?']
    assert in_words(faults_of("tempo: []", Choice)) == ["tempo: found a list; give slow or fast or a number"]


def test_a_rule_without_remedy_still_gets_one(faults_of):
    class Ruled(Strict):
        a: list[int] = Field(min_length=2)
        b: int

        @field_validator("b")
        @classmethod
        def _never(cls, b):
            raise ValueError("never right")

    assert in_words(faults_of("a: [1]\nb: 1\n", Ruled)) == [
        "a: found a list; give a length of 2 or more",
        "b: never right; mend this entry",
    ]


def test_field_names_follow_mappings_lists_and_unions():
    assert field_names(War, ("fronts", "east")) == ["decisive", "label", "width"]
    assert field_names(War, ("combat",)) == ["exponent", "law", "rate"]
    assert field_names(War, ("men", "north")) == ["high", "low", "value"]
    assert field_names(War, ("levers", "x")) == ["from", "set", "title"]
    assert field_names(War, ("title", "x")) == []

"""A lever or variant that changes a date of a calendar is warned of where later dates undo what it says."""

from pathlib import Path

import pytest

from westphalia.scenario.checks import warnings
from westphalia.scenario.load import library, load

DUEL = (library() / "duel" / "scenario.yaml").read_text()
INTAKE = "north: {points: {2030-01-01: 4}}"
SEASONS = "{2030-01-01: 4, 2030-06-01: 6, 2031-01-01: 4, 2031-06-01: 6, 2032-01-01: 4}"
AT = "levers.even.set.calendars.intake.north.points"


def warned(loaded):
    """The warnings of calendars as path and what is wrong."""
    found = warnings(loaded.scenario, loaded.document)
    return [(fault.path, fault.what) for fault in found if "merge by date" in fault.what]


@pytest.fixture
def war(tmp_path):
    """The duel with an intake by season, a lever that sets some of its points, and further sections."""

    def _war(points, start="", more="", base=SEASONS):
        lever = f"levers:\n  even:\n    title: Even\n{start}    set: {{calendars: {{intake: {{north: {points}}}}}}}\n"
        file = tmp_path / "war.yaml"
        file.write_text(DUEL.replace(INTAKE, f"north: {{points: {base}}}", 1).replace("levers:\n", lever, 1) + more)
        return file

    return _war


def test_later_points_that_stay_are_told_where_the_change_stands(war):
    file = war("{points: {2030-01-01: 5}}")
    loaded = load(file)
    ((path, what),) = warned(loaded)
    assert path == f"{AT}.2030-01-01"
    assert what.endswith("the later ones of 2030-06-01, 2031-01-01, 2031-06-01 and 1 more stay as they are")
    (fault,) = [fault for fault in warnings(loaded.scenario, loaded.document) if fault.what == what]
    assert "{2030-01-01: 5}" in Path(fault.file).read_text().splitlines()[fault.line - 1]
    assert fault.remedy == "if they shall not, set their dates here too"


@pytest.mark.parametrize(
    "points",
    [
        "{points: {2030-01-01: 5, 2030-06-01: 5, 2031-01-01: 5, 2031-06-01: 5, 2032-01-01: 5}}",
        "{points: {2030-06-01: 4, 2031-06-01: 4}}",
        "{points: {2032-06-01: 9}}",
        "{factor: 0.5}",
    ],
    ids=["all set anew", "what stays says the same", "nothing is later", "no point"],
)
def test_what_holds_as_it_says_is_not_warned_of(war, points):
    assert warned(load(war(points))) == []


def test_a_lever_that_says_what_holds_anyway_is_told_where_it_does_nothing(war):
    assert [path for path, _ in warned(load(war("{points: {2030-01-01: 4}}")))] == [f"{AT}.2030-01-01"]


def test_each_change_is_told_with_what_follows_it(war):
    found = warned(load(war("{points: {2030-03-01: 5, 2031-03-01: 5, 2032-01-01: 5}}")))
    assert [(path.removeprefix(f"{AT}."), what.partition("ones of ")[2]) for path, what in found] == [
        ("2030-03-01", "2030-06-01, 2031-01-01 stay as they are"),
        ("2031-03-01", "2031-06-01 stay as they are"),
    ]


def test_one_number_is_as_good_as_a_row_of_it(war):
    assert warned(load(war("{points: {2030-01-01: [9]}}", base="{2030-01-01: 4, 2031-01-01: 9}"))) == []


def test_what_is_over_when_a_lever_begins_to_hold_is_no_matter(war):
    points = "{points: {2030-01-01: 5, 2031-06-01: 5, 2032-01-01: 5}}"
    assert warned(load(war(points))) != []
    assert warned(load(war(points, "    from: 2031-06-01\n"))) == []
    ((path, _),) = warned(load(war(points, "    from: 2031-05-30\n")))
    assert path == f"{AT}.2030-01-01", "the point of January 2031 still holds for two days"


def test_variants_count_from_their_own_start_and_from_the_scenario_itself(war):
    late = "  late: {title: Late, set: {start: %s, calendars: {intake: {north: {points: {2030-01-01: 5}}}}}}\n"
    other = "  other: {title: Other, set: {calendars: {intake: {north: {points: {2033-01-01: 7}}}}}}\n"
    early = load(war("{factor: 1}", more="variants:\n" + late % "2030-02-01" + other))
    assert [path for path, _ in warned(early)] == ["variants.late.set.calendars.intake.north.points.2030-01-01"]
    over = war(
        "{factor: 1}", base="{2030-01-01: 4, 2031-01-01: 9, 2031-06-01: 5}", more="variants:\n" + late % "2031-07-01"
    )
    assert warned(load(over)) == []
    file = war("{factor: 1}", more="variants:\n" + late.replace("2030-01-01", "2032-01-01") % "2030-01-01" + other)
    assert warned(load(file, variant="other")) == [], "what the chosen variant adds is no point of another"


def test_a_lever_counts_from_the_variant_that_was_chosen(war):
    more = "variants:\n  other: {title: Other, set: {calendars: {intake: {north: {points: {2033-01-01: 7}}}}}}\n"
    file = war("{points: {2032-01-01: 5}}", more=more)
    assert warned(load(file)) == []
    assert [path for path, _ in warned(load(file, variant="other"))] == [f"{AT}.2032-01-01"]

"""What the schema cannot see is found: names that name nothing are faults, what is hard to believe is a warning."""

import re
from pathlib import Path

import pytest

from westphalia.errors import BadInput
from westphalia.scenario.checks import left_out, warnings
from westphalia.scenario.load import library, library_names, load

DUEL = (library() / "duel" / "scenario.yaml").read_text()


@pytest.fixture
def changed(tmp_path):
    """The duel with one piece of text exchanged for another."""

    def _changed(old, new):
        assert old in DUEL
        file = tmp_path / "war.yaml"
        file.write_text(DUEL.replace(old, new, 1))
        return file

    return _changed


def told(file):
    """The faults of a file as path and message, without what its levers add."""
    with pytest.raises(BadInput) as caught:
        load(file)
    return [(fault.path, fault.message) for fault in caught.value.faults]


def warned(file):
    loaded = load(file)
    return [(fault.path, fault.message) for fault in warnings(loaded.scenario, loaded.document)]


@pytest.mark.parametrize("name", library_names())
def test_the_library_is_without_fault_in_its_references(name):
    assert load(name).scenario.name == name


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("neighbours: [centre]", "neighbours: [center]", "fronts.west.neighbours[0]", 'did you mean "centre"?'),
        ("limit: {north: 120, ", "limit: {north: 120, nroth: 1, ", "fronts.west.limit.nroth", 'did you mean "north"?'),
        ("{west: 0.30, centre", "{wset: 0.30, centre", "sides.north.force.shares.wset", 'did you mean "west"?'),
        ("{side: north, at", "{side: norht, at", "fronts.centre.belts[0].side", 'did you mean "north"?'),
        ("decisive: [north, south]", "decisive: [east]", "fronts.centre.decisive[0]", "valid here: north, south"),
        ("    side: north\n", "    side: nort\n", "backers.friend-of-north.side", 'did you mean "north"?'),
        ("capacity: {north: 0.8", "capacity: {up: 1, north: 0.8", "fronts.east.river.capacity.up", "valid here"),
        ("    tempo: 0.8", "    anchor: fabain\n    tempo: 0.8", "doctrine.north.anchor", 'did you mean "fabian"?'),
        ("  posture:\n    north:", "  posture:\n    nroth:", "calendars.posture.nroth", 'did you mean "north"?'),
        ("limit: {north: 120, south: 120}", "limit: {north: 120}", "fronts.west.limit", 'no limit for "south"'),
        ("neighbours: [centre]", "neighbours: [west]", "fronts.west.neighbours", "no neighbour of itself"),
        ("exposed: 0.7", "exposed: {north: 0.7}", "laws.materiel.exposed", 'no number for "south"'),
        ("exposed: 0.7", "exposed: {north: 1, south: 1, x: 1}", "laws.materiel.exposed.x", "valid here"),
        ("[0.35, 0.45, 0.2]", "[0.35, 0.45]", "calendars.posture.north.points.2030-01-01", "3 numbers, one for each"),
        ("0.22, 0.12]", "0.22]", "calendars.shares.north.points.2030-01-01", "give 4 numbers, one for each front and"),
        ("[0.30, 0.36, 0.22, 0.12]", "0.3", "calendars.shares.north.points.2030-01-01", "one number; give 4"),
        ("2030-01-01: 4}", "2030-01-01: [4, 4]}", "calendars.intake.north.points.2030-01-01", "give one number"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(changed, old, new, path, message):
    found = dict(told(changed(old, new)))
    assert path in found
    assert message in found[path]


def test_a_forgotten_doctrine_is_told(changed):
    file = changed("  south:\n    <<: *doctrine\n", "")
    assert ("doctrine", 'no doctrine for "south"; add it') in told(file)


def test_a_lever_that_names_nothing_is_told_at_the_lever(changed):
    (fault,) = told(changed("{north: {anchor: elastic}}", "{north: {anchor: elastik}}"))
    assert fault == (
        "levers.elastic-north.set.doctrine.north.anchor",
        '"elastik" is not known here; did you mean "elastic"?',
    )


def test_the_duel_is_not_hard_to_believe():
    assert warned("duel") == []


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("{law: helmbold}", "{law: helmbold, exponent: 1.05}", "laws.attrition.exponent", "1.05 lies outside"),
        ("exposed: 0.7", "exposed: {north: 9, south: 1}", "laws.materiel.exposed.north", "9 lies outside the studied"),
        ("{law: mueller}", "{law: mueller, land_weight: 0}", "laws.consent", "at 0, outside"),
        ("stop: {north: -80", "stop: {north: -180", "fronts.west.stop.north", "lies at -180, outside -120 to 120 km"),
        ("    position: 0", "    position: 130", "fronts.west.position", "the line at the start lies at 130"),
        ("population: 40000", "population: 4000", "sides.north.pool", "6200 thousand are more than the population"),
        ("total: 400", "total: 40100", "sides.north.force.total", "check the units"),
        ("{west: 0.30, centre: 0.36, east: 0.22", "{west: 0.52, centre: 0.36", "sides.north.force.shares", "for east"),
        ("hostility: {north: 0.5, south: 0.5}", "hostility: {north: 0.5}", "fronts.west.hostility", 'to "south"'),
        ("neighbours: [west, east]", "neighbours: [east]", "fronts.west.neighbours", "centre does not name west"),
        ("0.22, 0.12]", "0.22, 0.3]", "calendars.shares.north.points.2030-01-01", "add up to 1.18"),
        ("from: 2030-07-02", "from: 2040-07-02", "levers.aid-half-north.from", "after the end of a run"),
        ("from: 2030-07-02", "from: 2020-07-02", "levers.aid-half-north.from", "before the start of a run"),
    ],
)
def test_what_is_hard_to_believe_is_a_warning(changed, old, new, path, message):
    found = dict(warned(changed(old, new)))
    assert path in found
    assert message in found[path]


def test_a_warning_knows_its_line(changed):
    loaded = load(changed("    position: 0", "    position: 130"))
    (fault,) = warnings(loaded.scenario, loaded.document)
    assert "position: 130" in Path(fault.file).read_text().splitlines()[fault.line - 1]


def test_numbers_left_out_are_those_that_the_engine_draws():
    scenario = load("duel").scenario
    found = {missing.path: missing.declared for missing in left_out(scenario)}
    assert found["laws.attrition.exponent"].high == 1.0
    assert "laws.attrition.presence" not in found, "its range is one number"
    assert "laws.materiel.exposed" not in found, "the scenario gives it"
    assert all(re.fullmatch(r"laws\.\w+\.\w+", path) for path in found)


def test_a_source_that_nobody_lists_is_warned_of(changed):
    file = changed("population: 40000", "population: {value: 40000, source: Nobody2020, status: sourced}")
    assert ("sides.north.population.source", 'no source has the key "Nobody2020"') in [
        (path, message.partition(";")[0]) for path, message in warned(file)
    ]
    (file.parent / "sources.yaml").write_text("Nobody2020: {title: A count}\n")
    assert not any("Nobody2020" in message for _, message in warned(file))


def test_sourced_without_a_source_is_a_fault(changed):
    faults = told(changed("population: 40000", "population: {value: 40000, status: sourced}"))
    assert "no source is given" in dict(faults)["sides.north.population"]


def test_two_sides_of_one_label_are_a_fault(changed):
    assert ("sides.south.label", 'both sides are called "North"; give each a label of its own') in told(
        changed("label: South\n", "label: North\n")
    )


def test_a_side_without_ground_behind_its_lines_is_warned_of(changed):
    file = changed("limit: {north: 120, south: 120}", "limit: {north: 0, south: 120}")
    assert not any("no ground behind" in message for _, message in warned(file)), "one front of three is no matter"
    file.write_text(re.sub(r"limit: {north: \d+", "limit: {north: 0", DUEL))
    (message,) = [message for _, message in warned(file) if "no ground behind" in message]
    assert message.startswith("south has no ground behind its lines")

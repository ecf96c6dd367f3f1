"""Every scenario of the library is valid in all its variants and levers, sourced, and fair to both sides."""

import csv
import json
import re
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from westphalia import refs
from westphalia.assemble import assemble
from westphalia.scenario import calendar_checks
from westphalia.scenario.anchors import anchored, anchors
from westphalia.scenario.doctrine import Doctrine
from westphalia.scenario.document import merge, read
from westphalia.scenario.load import library, library_names, load
from westphalia.scenario.schema import Scenario

FIRST_LINE = "# yaml-language-server: $schema=../../scenario.schema.json"
NAMES = library_names()
DOCUMENTS = {name: read(library() / name) for name in NAMES}
LAID_OVER = [
    (name, section, patch)
    for name in NAMES
    for section in ("variants", "levers")
    for patch in DOCUMENTS[name].data.get(section, {})
]
WORDS = {"ukraine": {"russia": "ukraine", "aid": "trade"}, "duel": {"north": "south"}}
"""What changes places in the name of a lever when its mirror is sought."""


@cache
def scenario_of(name, section=None, patch=None):
    """The validated scenario, with one of its variants or levers laid over it."""
    document = DOCUMENTS[name]
    if patch is not None:
        document = merge(document, document.at((section, patch, "set")))
    return Scenario.model_validate(document.data)


def starts(name):
    """The scenario and all its variants."""
    return [scenario_of(name), *(scenario_of(name, "variants", variant) for variant in scenario_of(name).variants)]


def walk(data, path=()):
    """Every mapping in plain data, with its path."""
    if isinstance(data, dict):
        yield path, data
        for key, part in data.items():
            yield from walk(part, (*path, key))
    elif isinstance(data, list):
        for place, part in enumerate(data):
            yield from walk(part, (*path, place))


def exchanged(text, words):
    """The text with each pair of words exchanged."""
    both = words | {new: old for old, new in words.items()}
    return re.sub("|".join(both), lambda found: both[found[0]], text)


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_is_valid_and_names_itself(name):
    assert name in library_names()
    assert load(name).scenario.name == name
    assert (library() / name / "scenario.yaml").read_text(encoding="utf-8").splitlines()[0] == FIRST_LINE
    assert (library() / name / "README.md").exists()


@pytest.mark.parametrize("name", NAMES)
def test_no_later_date_of_a_calendar_undoes_what_a_variant_or_lever_says(name):
    for variant in (None, *scenario_of(name).variants):
        scenario, document = scenario_of(name), DOCUMENTS[name]
        if variant is not None:
            scenario = scenario_of(name, "variants", variant)
            document = merge(document, document.at(("variants", variant, "set")))
        assert list(calendar_checks.staying(scenario, document)) == []


@pytest.mark.parametrize(("name", "section", "patch"), LAID_OVER)
def test_every_variant_and_lever_changes_only_what_it_may(name, section, patch):
    changed = scenario_of(name, section, patch)
    assert changed.name == name
    assert changed.sides.keys() == scenario_of(name).sides.keys()
    assert changed.fronts.keys() == scenario_of(name).fronts.keys()
    assert changed.backers.keys() == scenario_of(name).backers.keys()


@pytest.mark.parametrize("name", NAMES)
def test_calendars_have_a_number_for_each_front_and_shares_add_up(name):
    scenario = scenario_of(name)
    for calendar in scenario.calendars.posture.values():
        assert {len(row) for row in calendar.points.values()} == {len(scenario.fronts)}
    for calendar in scenario.calendars.shares.values():
        for row in calendar.points.values():
            assert len(row) == len(scenario.fronts) + 1
            assert sum(row) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_starts_share_out_all_of_a_force(name):
    for scenario in starts(name):
        for side in scenario.sides.values():
            assert side.force.shares.keys() == {*scenario.fronts, "reserve"}
            assert sum(side.force.shares.values()) == pytest.approx(1.0, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_names_that_point_to_something_find_it(name):
    scenario = scenario_of(name)
    for key, front in scenario.fronts.items():
        for neighbour in front.neighbours:
            assert key in scenario.fronts[neighbour].neighbours
        assert {belt.side for belt in front.belts} | set(front.decisive) <= scenario.sides.keys()
        for by_side in (front.limit, front.home, front.stop, front.hostility, front.dig_in):
            assert by_side.keys() == scenario.sides.keys()
    assert {backer.side for backer in scenario.backers.values()} <= scenario.sides.keys()
    assert scenario.doctrine.keys() == scenario.calendars.posture.keys() == scenario.sides.keys()


@pytest.mark.parametrize("name", NAMES)
def test_lines_at_the_start_lie_within_the_limits(name):
    for scenario in starts(name):
        first, second = scenario.sides
        for front in scenario.fronts.values():
            low, high = front.position.ends
            assert -front.limit[second].ends[0] <= low <= high <= front.limit[first].ends[0]


@pytest.mark.parametrize("name", NAMES)
def test_every_source_exists_and_whatever_is_sourced_names_one(name):
    folder = library() / name
    own = read(folder / "sources.yaml").data if (folder / "sources.yaml").exists() else {}
    known = {*own, *refs.keys()}
    for path, block in walk(DOCUMENTS[name].data):
        if isinstance(block.get("source"), str):
            assert block["source"] in known, path
        if block.get("status") == "sourced":
            assert "source" in block, path
    for key, source in own.items():
        assert {"title", "date", "terms"} <= source.keys(), key
    for table in folder.glob("*.csv"):
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                is_read = row["source"] in known or "://" in row["source"]
                assert is_read or row.get("certainty") == "not found in what was read", (table.name, row)


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_a_lever_that_names_one_side_has_its_mirror(name):
    data = DOCUMENTS[name].data
    backed = {backer: block["side"] for backer, block in data["backers"].items()}

    def sides(patch):
        found = {key for _, block in walk(patch) for key in block}
        return {side for side in data["sides"] if side in found} | {backed[key] for key in found if key in backed}

    for key, lever in data["levers"].items():
        touched = sides(lever["set"])
        if len(touched) != 1:
            continue
        mirror = data["levers"].get(exchanged(key, WORDS[name]))
        assert mirror is not None, key
        assert sides(mirror["set"]) == data["sides"].keys() - touched
        assert mirror.get("from") == lever.get("from")
        if "backers" not in lever["set"]:
            assert json.loads(exchanged(json.dumps(lever["set"], default=str), WORDS[name])) == json.loads(
                json.dumps(mirror["set"], default=str)
            )


def turn_talks(talks):
    """Every list of options from the other end, in place."""
    counts = {name: len(issue["options"]) for name, issue in talks["issues"].items()}
    for issue in talks["issues"].values():
        for key in ("options", "monitoring", "guarantee"):
            issue.get(key, []).reverse()
    for party in talks["parties"].values():
        for issue, stance in party["stances"].items():
            stance["ideal"] = 1 - stance["ideal"]
            if line := stance.get("red_line"):
                line["options"] = sorted(counts[issue] + 1 - option for option in line["options"])


def test_the_duel_is_its_own_mirror():
    """North and South exchanged, and every position turned round, give the same scenario."""
    data = json.loads(json.dumps(DOCUMENTS["duel"].data, default=str))
    turned = json.loads(exchanged(json.dumps(data), {"north": "south", "North": "South"}))
    for front in turned["fronts"].values():
        front["position"] = -front["position"]
        front["stop"] = {side: -at for side, at in front["stop"].items()}
        for knots in (front["width"], front["inhabitants"]):
            for knot in knots:
                knot["at"] = -knot["at"]
            knots.sort(key=lambda knot: knot["at"])
        for holder in [*front.get("belts", []), front.get("river", {"at": 0})]:
            holder["at"] = -holder["at"]
        front.get("belts", []).sort(key=lambda belt: belt["at"])
        front.get("decisive", []).sort()
    turn_talks(turned["talks"])
    for scenario in (data, turned):
        del scenario["title"], scenario["summary"]
    assert turned == data


def test_announced_and_silent_cuts_are_of_the_same_size_and_day():
    levers = scenario_of("ukraine").levers
    for kind in ("aid-half", "aid-none", "trade-half", "trade-none"):
        announced, silent = levers[f"{kind}-announced"], levers[f"{kind}-silent"]
        assert announced.set == silent.set
        assert (silent.start - announced.start).days in range(180, 186)
        for backer in silent.set["backers"].values():
            assert [str(date) for date in backer["ceiling"]["points"]] == [str(silent.start)]


def test_the_default_start_of_ukraine_is_a_variant_too():
    assert scenario_of("ukraine", "variants", "2026-01-01") == scenario_of("ukraine")


def test_variants_of_ukraine_start_when_they_say():
    for variant in scenario_of("ukraine").variants:
        assert str(scenario_of("ukraine", "variants", variant).start) == variant[:10]


def test_there_are_ten_named_doctrines_and_each_can_be_taken():
    """Each changes something and leaves the rest to the scenario."""
    baseline = scenario_of("duel").doctrine["north"]
    assert list(anchors()) == [
        *("hold-every-inch", "elastic", "fabian", "slow-burn", "blitz"),
        *("bite-and-hold", "talk-and-fight", "settler", "peoples-war", "armed-truce"),
    ]
    for name, entry in anchors().items():
        taken = anchored(Doctrine.model_validate(baseline.model_dump(exclude_none=True) | {"anchor": name}))
        changed = {key for key in Doctrine.model_fields if getattr(taken, key) != getattr(baseline, key)}
        assert entry["title"]
        assert entry["note"]
        assert changed - {"anchor"} == entry["set"].keys()


def test_a_front_widens_and_narrows_along_rising_knots():
    for name in NAMES:
        for front in scenario_of(name).fronts.values():
            for knots in (front.width, front.inhabitants):
                assert all(before.at < after.at for before, after in pairwise(knots))


def test_regions_of_fronts_are_on_the_map():
    outlines = json.loads((library() / "ukraine" / "regions.geojson").read_text(encoding="utf-8"))
    free = {f["properties"]["name"] for f in outlines["features"] if not f["properties"]["held_constant"]}
    for front in scenario_of("ukraine").fronts.values():
        assert front.regions
        assert set(front.regions) <= free


@pytest.mark.parametrize("name", [name for name in NAMES if "clear-messages" in DOCUMENTS[name].data.get("levers", {})])
def test_clear_messages_are_clear_whatever_the_hands(name):
    """Nothing is changed and nothing left out on any link of the protocol in use."""
    scenario = scenario_of(name, "levers", "clear-messages")
    world = assemble(scenario, seed=1, cases=np.arange(4), weeks=1).world
    assert not world.table.channel.error.any()
    assert not world.table.laws.messages.omission.any()

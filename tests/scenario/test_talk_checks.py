"""A block of talks that names what is not there gets one clear fault for each, with its place."""

import copy

import pytest

from wars import loaded
from westphalia.scenario.load import library
from westphalia.scenario.schema import Scenario
from westphalia.scenario.sheets import read_sheets
from westphalia.scenario.talk_checks import findings


def faults(path, value):
    """What is found in the talks of duel with another value at a path; ``None`` removes the entry."""
    data = copy.deepcopy(loaded("duel").document.data)
    *parents, last = path.split("/")
    place = data["talks"]
    for key in parents:
        place = place[key]
    if value is None:
        del place[last]
    else:
        place[last] = value
    scenario = Scenario.model_validate(data)
    return [
        ("/".join(map(str, where)), what, remedy)
        for where, what, remedy in findings(scenario.talks, scenario.sides, scenario.fronts)
    ]


def test_the_library_is_without_fault():
    for name in ("duel", "ukraine"):
        scenario = loaded(name).scenario
        assert list(findings(scenario.talks, scenario.sides, scenario.fronts)) == []


@pytest.mark.parametrize(
    ("path", "value", "where", "says"),
    [
        ("protocol", "shutle", "talks/protocol", '"shutle" is not known here'),
        ("protocols/direct/medium", "smoke", "talks/protocols/direct/medium", '"smoke" is not known here'),
        ("protocols/direct/hops", {"nrth": 1}, "talks/protocols/direct/hops/nrth", '"nrth" is not known here'),
        ("protocols/mixed/links/mediator", {"north": "smoke"}, "talks/protocols/mixed/links/mediator/north", '"smoke"'),
        ("protocols/mixed/holder", "mediato", "talks/protocols/mixed/holder", '"mediato" is not known here'),
        ("protocols/mixed/holder", None, "talks/protocols/mixed", "nobody holds the text"),
        (
            "protocols/mixed/links/ministry-of-north",
            {},
            "talks/protocols/mixed/links",
            'leads from "mediator" to "north"',
        ),
        ("protocols/mixed/hops", {"north": 1}, "talks/protocols/mixed", "both links and hops are given"),
        ("protocols/direct/hops", {}, "talks/protocols/direct", "nothing says how a text reaches the parties"),
        ("protocols/direct/everyone", "smoke", "talks/protocols/direct/everyone", '"smoke" is not known here'),
        ("protocols/direct/mediator", {"sout": 1}, "talks/protocols/direct/mediator/sout", '"sout" is not known here'),
        ("parties/north/side", "west", "talks/parties/north/side", '"west" is not known here'),
        ("parties/north/stances/line", None, "talks/parties/north/stances", "no stance on line"),
        ("players/north-parliament/party", "nort", "talks/players/north-parliament/party", '"nort" is not known here'),
        ("players/north-parliament/issues", ["lime"], "talks/players/north-parliament/issues/0", '"lime" is not known'),
        ("excluded", [{"line": [9]}], "talks/excluded/0/line", "line has no option 9"),
        ("excluded", [{"border": [1]}], "talks/excluded/0/border", '"border" is not known here'),
        ("bundles", [{"issues": ["line", "force"]}], "talks/bundles/0/issues/1", '"force" is not known here'),
        ("stakes/north", None, "talks/stakes", 'no stakes for "north"'),
        ("issues/monitoring/guarantee", [0.1], "talks/issues/monitoring/guarantee", "one share an option is wanted"),
        ("parties/north/quota", 0.5, "talks/parties/north/quota", "nobody votes"),
        ("players/north-parliament/votes", 2, "talks/parties/north/quota", "north has voters and no quota"),
        ("issues/line/lines", {"west": [0, 1]}, "talks/issues/line/lines/west", "one position an option is wanted"),
        ("issues/line/lines", {"wset": [0] * 5}, "talks/issues/line/lines/wset", '"wset" is not known here'),
    ],
)
def test_a_fault_names_its_place_and_what_is_wrong(path, value, where, says):
    found = faults(path, value)
    assert any(place == where and says in what for place, what, _ in found), found
    assert all(remedy for _, _, remedy in found)


def test_no_real_sheet_holds_a_combination_that_nobody_would_put_on_paper():
    talks = loaded("ukraine").scenario.talks
    sheets = read_sheets(library() / "ukraine", talks)
    assert len(sheets) == 28
    issues = list(talks.issues)
    held = [
        (sheet.key, combination)
        for sheet in sheets
        for combination in talks.excluded
        if all(sheet.option[issues.index(issue)] + 1 in options for issue, options in combination.items())
    ]
    assert held == []


def test_a_side_has_one_capital():
    found = faults("parties/south/side", "north")
    assert ("talks/parties", '2 parties are the capital of "north"', "give one party the entry side: north") in found
    assert any('no party is the capital of "south"' in what for _, what, _ in found)


def test_a_third_party_needs_a_reserve():
    data = copy.deepcopy(loaded("ukraine").document.data)
    del data["talks"]["players"]["belgium"]["reserve"]
    scenario = Scenario.model_validate(data)
    found = list(findings(scenario.talks, scenario.sides, scenario.fronts))
    assert found == [
        (("talks", "players", "belgium"), "a third party without reserve", "add what it must be offered, 0 to 1")
    ]


def test_the_line_of_a_front_hangs_on_one_issue():
    data = copy.deepcopy(loaded("duel").document.data)
    for issue in ("line", "forces"):
        data["talks"]["issues"][issue]["lines"] = {"west": [None] * 5}
    scenario = Scenario.model_validate(data)
    assert list(findings(scenario.talks, scenario.sides, scenario.fronts)) == [
        (
            ("talks", "issues", "forces", "lines", "west"),
            "the line of west hangs on line already",
            "leave it to one of the two issues",
        )
    ]


def test_a_ballot_has_no_more_voters_than_can_be_told_apart():
    data = copy.deepcopy(loaded("duel").document.data)
    data["talks"]["parties"]["north"]["quota"] = 0.5
    voter = {"label": "A voter", "party": "north", "votes": 1}
    data["talks"]["players"] = {f"voter-{n}": voter for n in range(9)}
    scenario = Scenario.model_validate(data)
    found = list(findings(scenario.talks, scenario.sides, scenario.fronts))
    assert found == [(("talks", "parties", "north"), "9 voters", "give at most 8 players votes")]


def test_where_no_option_at_an_end_names_land_the_land_between_the_ends_is_wanted():
    data = copy.deepcopy(loaded("duel").document.data)
    data["talks"]["issues"]["line"]["lines"] = {"west": [None, 15, 0, -15, None]}
    scenario = Scenario.model_validate(data)
    [(path, _, remedy)] = findings(scenario.talks, scenario.sides, scenario.fronts)
    assert path == ("talks", "issues", "line")
    assert remedy.startswith("add land")
    data["talks"]["issues"]["line"]["land"] = -9000
    scenario = Scenario.model_validate(data)
    assert not list(findings(scenario.talks, scenario.sides, scenario.fronts))

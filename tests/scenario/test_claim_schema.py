"""Claims and positions that cannot be are faults with place and remedy; the closed lists are those of the engine."""

import json
from typing import get_args

import numpy as np
import pytest

from wars import SEED, loaded
from westphalia.analyse.claim_runs import ARGUED
from westphalia.analyse.claim_tests import FIGURES, out_of_reach
from westphalia.assemble import assemble
from westphalia.errors import BadInput
from westphalia.model.outcome import EVENTS, OUTCOMES
from westphalia.scenario.checks import warnings
from westphalia.scenario.claim_checks import OF_TALKS
from westphalia.scenario.claims import FigureName, OutcomeName, SeriesName, SideEvent, TalkEvent
from westphalia.scenario.load import load
from westphalia.simulate.series import PER_SIDE

WARS = ("duel", "ukraine")
TEST = {"series": "land", "of": "north", "is": "more than", "than": 0}


LEVERS = ("truce", "aid-half-north", "elastic-north", "elastic-south", "blitz-north")


@pytest.fixture
def argued(tmp_path):
    """A folder of the duel with few levers, with this in place of what is argued about it and of its variants."""

    def _argued(variants=None, **parts):
        data = loaded("duel").document.data
        kept = {key: part for key, part in data.items() if key not in ARGUED}
        kept |= {"levers": {name: data["levers"][name] for name in LEVERS}, "variants": variants or {}}
        (tmp_path / "scenario.yaml").write_text(json.dumps(kept, default=str))
        (tmp_path / "claims.yaml").write_text(json.dumps(parts, indent=1))
        return tmp_path

    return _argued


def claimed(test=TEST, **more):
    return {"claims": {"C": {"sentence": "So it is.", "tests": [test], **more}}}


def position(**narrowing):
    sentence = {"sentence": "So they think.", "group": "beliefs"}
    return {"positions": {"P": {"title": "Theirs", "narrowings": [sentence | narrowing]}}}


def told(folder):
    with pytest.raises(BadInput) as caught:
        load(folder)
    return {fault.path: fault for fault in caught.value.faults}


AT = "claims.C.tests[0]"


@pytest.mark.parametrize(
    ("parts", "path", "what", "remedy"),
    [
        (claimed(lever="truse"), "claims.C.lever", '"truse" is not known here', 'did you mean "truce"?'),
        (claimed(links=["wegde"]), "claims.C.links[0]", '"wegde" is not known here', "valid here: none"),
        (claimed(TEST | {"arm": "truse"}), f"{AT}.arm", '"truse" is not known here', 'did you mean "truce"?'),
        (claimed(TEST | {"of": "nroth"}), f"{AT}.of", '"nroth" is not known here', 'did you mean "north"?'),
        (claimed(TEST | {"of": None}), AT, "does not say whose it is", "add of: one of north, south"),
        (
            claimed(TEST | {"series": "will"}),
            f"{AT}.of",
            '"north" is not known here',
            "valid here: friend-of-north, friend-of-south",
        ),
        (
            claimed(TEST | {"series": "position"}),
            f"{AT}.of",
            '"north" is not known here',
            "valid here: centre, east, west",
        ),
        (
            claimed({"outcome": "frozen war", "of": "north", "is": "at least", "than": 1}),
            f"{AT}.of",
            "this measure is nobody's own",
            "remove of",
        ),
        (
            claimed({"outcome": "military victory", "is": "at least", "than": 1}),
            AT,
            "does not say whose it is",
            "add of: one of north, south",
        ),
        (
            claimed({"weeks_until": "signature", "of": "north", "is": "less than", "than": 9}),
            f"{AT}.of",
            "this measure is nobody's own",
            "remove of",
        ),
        (
            claimed({"figure": "rounds refused", "of": "north-parlament", "is": "less than", "than": 9}),
            f"{AT}.of",
            '"north-parlament" is not known here',
            'did you mean "north-parliament"?',
        ),
        (
            claimed({"series": "land", "of": "north", "is": "more than", "against": ["truce", "blits-north"]}),
            f"{AT}.against[1]",
            '"blits-north" is not known here',
            'did you mean "blitz-north"?',
        ),
        (
            claimed({"series": "land", "of": "north", "is": "less than", "measure": {"series": "land", "of": "sout"}}),
            f"{AT}.measure.of",
            '"sout" is not known here',
            'did you mean "south"?',
        ),
        (
            claimed(TEST | {"outcome": "frozen war"}),
            AT,
            "2 kinds of measure stand here",
            "give one of series, weeks_until, outcome, figure",
        ),
        (claimed({"is": "more than", "than": 0}), AT, "0 kinds of measure stand here", "give one of series"),
        (
            claimed({"series": "land", "of": "north", "is": "more than"}),
            AT,
            "a test compares with one thing",
            "give than, against or measure",
        ),
        (
            claimed(TEST | {"against": ["truce"]}),
            AT,
            "a test compares with one thing",
            "give than, against or measure",
        ),
        (
            claimed({"outcome": "frozen war", "week": 9, "is": "at least", "than": 1}),
            AT,
            "only a series is read in a week",
            "remove week",
        ),
        (
            claimed(TEST | {"is": "above"}),
            f"{AT}.is",
            'found the text "above"',
            "give less than or more than or at most or at least or no different from",
        ),
        (claimed(TEST | {"series": "lnad"}), f"{AT}.series", 'found the text "lnad"', 'did you mean "land"?'),
        (position(), "positions.P.narrowings[0]", "it narrows nothing, or two things", "name assumptions or a lever"),
        (
            position(assumptions=["laws.aid.stake"], lever="truce"),
            "positions.P.narrowings[0]",
            "it narrows nothing, or two things",
            "name assumptions or a lever",
        ),
        (
            position(assumptions=["laws.aid.stake"], part=[0.6, 0.4]),
            "positions.P.narrowings[0]",
            "0.6 to 0.4 is no part of a range",
            "give two shares such as [0.5, 1]",
        ),
        (
            position(assumptions=["laws.aid.stake"], part=[0.5, 1.5]),
            "positions.P.narrowings[0]",
            "0.5 to 1.5 is no part of a range",
            "give two shares such as [0.5, 1]",
        ),
        (
            claimed(within=[{"assumptions": ["laws.aid.stake"], "part": [0.5, 1.5]}]),
            "claims.C.within[0]",
            "0.5 to 1.5 is no part of a range",
            "give two shares such as [0.5, 1]",
        ),
        (
            claimed(within=[{"assumptions": ["laws.aid.stake", "laws.aid.steak"], "part": [0.5, 1]}]),
            "claims.C.within[0].assumptions[1]",
            '"laws.aid.steak" is no number of the scenario',
            'did you mean "laws.aid.stake"?',
        ),
        (
            position(lever="aid-half-north"),
            "positions.P.narrowings[0].lever",
            "the lever aid-half-north has a date",
            "name a lever that holds from the start",
        ),
        (
            position(lever="elastic-nort"),
            "positions.P.narrowings[0].lever",
            '"elastic-nort" is not known here',
            'did you mean "elastic-north"?',
        ),
        (
            {"mirror": {"elastic-north": "elastic-sout"}},
            "mirror.elastic-north",
            '"elastic-sout" is not known here',
            'did you mean "elastic-south"?',
        ),
    ],
)
def test_a_fault_is_told_at_its_place_with_its_remedy(argued, parts, path, what, remedy):
    found = told(argued(**parts))
    assert path in found
    assert what in found[path].what
    assert remedy in found[path].remedy
    assert found[path].file.endswith("claims.yaml")
    assert list(found) == [path]


def test_a_week_beyond_the_run_is_a_warning_at_its_place(argued):
    file = argued(**claimed(TEST | {"week": 261}))
    made = load(file)
    (fault,) = warnings(made.scenario, made.document)
    assert (fault.path, fault.what) == (f"{AT}.week", "a run lasts 260 steps")
    assert fault.remedy == "the claim counts as not testable here"
    claim = made.scenario.claims["C"]
    assert out_of_reach(made.scenario, claim, 260) == "it asks for week 261, and a run lasts 260"
    assert out_of_reach(made.scenario, claim, 261) == ""


OF_TEXTS = (
    {"weeks_until": "signature", "is": "less than", "than": 9},
    {"figure": "weeks fought", "is": "less than", "than": 9},
    {"series": "chance", "of": "north", "is": "less than", "than": 0.5},
    {"outcome": "settlement holds", "is": "less than", "than": 1},
    TEST | {"than": None, "measure": {"series": "chance", "of": "north"}},
)
WITHOUT_TALKS = {"mute": {"title": "Nobody talks", "set": {"talks": None}}}


@pytest.mark.parametrize("test", OF_TEXTS)
def test_in_a_variant_without_talks_a_claim_about_them_is_not_testable(argued, test):
    file = argued(WITHOUT_TALKS, **claimed(test))
    claim = load(file).scenario.claims["C"]
    assert out_of_reach(load(file).scenario, claim, 260) == ""
    mute = load(file, variant="mute")
    assert mute.scenario.talks is None
    assert out_of_reach(mute.scenario, claim, 260) == "the scenario has no talks"
    assert any(fault.what == "the scenario has no talks to measure" for fault in warnings(mute.scenario, mute.document))


def test_in_a_variant_without_talks_other_claims_are_tested_as_before(argued):
    mute = load(argued(WITHOUT_TALKS, **claimed()), variant="mute")
    assert out_of_reach(mute.scenario, mute.scenario.claims["C"], 260) == ""
    assert warnings(mute.scenario, mute.document) == []


def test_the_closed_lists_are_those_of_the_engine():
    assert set(get_args(SeriesName)) == {*PER_SIDE, "chance", "position", "will"}
    assert get_args(SideEvent) == EVENTS
    assert get_args(TalkEvent) == OF_TALKS
    named = {name.removesuffix(" of {first}").removesuffix(" of {second}") for name in OUTCOMES}
    assert set(get_args(OutcomeName)) <= named
    # Ends of a run that no claim can name.
    assert named - set(get_args(OutcomeName)) == {
        "withdrawal after leadership change",
        "left the domain",
    }
    apart = {"option signed", "weeks held, of two years", "rounds refused", "best gain of the leadership"}
    assert set(get_args(FigureName)) == {*FIGURES, *apart}


@pytest.mark.parametrize("war", WARS)
def test_the_claims_of_the_library_are_read_from_the_file_beside_the_scenario(war):
    scenario = loaded(war).scenario
    assert {"H3", "H4", "H9", "H10", "H11", "H14", "H17"} <= scenario.claims.keys()
    assert len(scenario.positions) == 2
    assert scenario.untestable
    assert scenario.links
    doing_without = {link for fold in scenario.folds.values() for link in fold.without}
    assert set(scenario.links) == doing_without | {link for claim in scenario.claims.values() for link in claim.links}
    assert all(out_of_reach(scenario, claim, scenario.weeks) == "" for claim in scenario.claims.values())


@pytest.mark.parametrize("war", WARS)
def test_what_positions_narrow_is_drawn(war):
    scenario = loaded(war).scenario
    drawn = assemble(scenario, seed=SEED, cases=np.arange(4), weeks=4).assumptions
    named = [
        (name, path)
        for name, position in scenario.positions.items()
        for narrowing in position.narrowings
        for path in narrowing.assumptions
    ]
    assert named
    assert [pair for pair in named if pair[1] not in drawn] == []


def test_a_narrowing_of_what_is_no_number_is_a_fault_with_its_place(argued):
    paths = ["talks.stakes.north.cost", "talks.stakes.nroth.cost", "talks.parties.north.stances.line.red_line.binds"]
    faults = told(argued(**position(assumptions=paths, part=[0, 0.5])))
    assert set(faults) == {f"positions.P.narrowings[0].assumptions[{n}]" for n in (1, 2)}
    wrong = faults["positions.P.narrowings[0].assumptions[1]"]
    assert wrong.what == '"talks.stakes.nroth.cost" is no number of the scenario'
    assert wrong.remedy == 'did you mean "talks.stakes.north.cost"?'
    assert wrong.file.endswith("claims.yaml")
    (far,) = told(argued(**position(assumptions=["nothing"]))).values()
    assert far.remedy.startswith("name a number by its path")


def test_a_narrowing_of_a_constant_is_a_warning_and_no_fault(argued):
    drawn, constant = "talks.stakes.north.cost", "sides.north.population"
    loaded_duel = load(argued(**position(assumptions=[drawn, constant], part=[0, 0.5])))
    (told_of,) = [fault for fault in warnings(loaded_duel.scenario, loaded_duel.document) if "positions" in fault.path]
    assert told_of.path == "positions.P.narrowings[0].assumptions[1]"
    assert f'"{constant}" is the same in all runs' in told_of.what
    assert told_of.remedy == "give the number low and high, or take it out of the narrowing"


def test_a_variant_that_takes_a_narrowed_number_away_says_so(argued):
    fixed = {"fixed": {"title": "fixed", "set": {"talks": {"stakes": {"north": {"cost": 0.01}}}}}}
    folder = argued(fixed, **position(assumptions=["talks.stakes.north.cost"], part=[0, 0.5]))
    for variant, expected in ((None, 0), ("fixed", 1)):
        read = load(folder, variant=variant)
        assert sum("positions" in fault.path for fault in warnings(read.scenario, read.document)) == expected


def test_a_number_that_only_a_variant_has_may_be_narrowed_and_is_a_warning_elsewhere(argued):
    read = load(argued(WITHOUT_TALKS, **position(assumptions=["talks.stakes.north.cost"])), variant="mute")
    (told_of,) = [fault for fault in warnings(read.scenario, read.document) if "positions" in fault.path]
    assert '"talks.stakes.north.cost" does not exist from this start' in told_of.what


@pytest.mark.parametrize("war", WARS)
def test_a_link_of_the_library_is_a_change_of_numbers_or_laws_alone(war):
    scenario = loaded(war).scenario
    assert all(link.set.keys() == {"laws"} for link in scenario.links.values())

"""From graphs of hands to chains: the fewest links, shared hands, and who holds the text."""

import pytest

from wars import loaded
from westphalia.scenario.protocols import chains, links
from westphalia.scenario.talks import Protocol

PARTIES = ["north", "south", "friend", "observer"]
CAPITALS = PARTIES[:2]


def ways(**entries):
    """Ends and media of the links to each party, by who holds the text."""
    protocol = Protocol.model_validate({"label": "a protocol"} | entries)
    made = chains(protocol, PARTIES, CAPITALS)
    return [{party: [(hop.hands[-1], hop.medium) for hop in hops] for party, hops in way.items()} for way in made]


TREE = {
    "holder": "mediator",
    "links": {
        "mediator": {"envoy": "written", "south": "oral"},
        "envoy": {"north": "oral", "friend": "read-out"},
        "friend": {"observer": "published"},
    },
}


def test_a_text_takes_each_link_with_its_own_medium():
    (way,) = ways(**TREE)
    assert way == {
        "north": [("envoy", "written"), ("north", "oral")],
        "south": [("south", "oral")],
        "friend": [("envoy", "written"), ("friend", "read-out")],
        "observer": [("envoy", "written"), ("friend", "read-out"), ("observer", "published")],
    }


def test_who_hears_through_the_same_hands_has_the_same_hop():
    (way,) = chains(Protocol.model_validate({"label": "tree"} | TREE), PARTIES, CAPITALS)
    assert way["north"][0] == way["friend"][0] == way["observer"][0]
    assert way["friend"][1] == way["observer"][1]
    assert way["north"][0].readers == ("north", "friend"), "who reads next behind the envoy"
    assert way["observer"][1].readers == ("friend",), "a party that passes a text on reads it first"


def test_of_two_ways_the_one_with_fewer_links_is_taken():
    more = {"mediator": {"envoy": "written", "south": "oral", "observer": "oral"}}
    (way,) = ways(**(TREE | {"links": TREE["links"] | more}))
    assert way["observer"] == [("observer", "oral")]


def test_at_a_conference_every_two_parties_are_linked():
    protocol = Protocol.model_validate({"label": "all", "everyone": "written", "proposer": "sides"})
    assert len(list(links(protocol, PARTIES))) == len(PARTIES) * (len(PARTIES) - 1) / 2
    for holder, way in zip(CAPITALS, chains(protocol, PARTIES, CAPITALS), strict=True):
        assert {party: len(hops) for party, hops in way.items()} == {p: int(p != holder) for p in PARTIES}


def test_words_go_along_a_link_either_way():
    held = ways(proposer="sides", links={"north": {"line": "oral"}, "line": {"south": "written"}})
    assert held[0]["south"] == [("line", "oral"), ("south", "written")]
    assert held[1]["north"] == [("line", "written"), ("north", "oral")]
    assert held[0]["north"] == held[1]["south"] == []


def test_hops_of_one_medium_are_short_for_chains_that_share_no_hand():
    (way,) = chains(
        Protocol.model_validate({"label": "short", "medium": "oral", "hops": {"north": 2, "south": 1}}),
        PARTIES[:2],
        CAPITALS,
    )
    assert [hop.medium for hop in way["north"]] == ["oral", "oral"]
    assert {hop.readers for hops in way.values() for hop in hops} == {("north",), ("south",)}
    assert not {hop.hands for hop in way["north"]} & {hop.hands for hop in way["south"]}


def test_one_text_for_all_has_passed_the_longest_chain():
    (way,) = ways(**TREE, shared_text=True)
    assert all(hops == way["observer"] for hops in way.values())
    assert len(way["north"]) == 3


@pytest.mark.parametrize("name", ["duel", "ukraine"])
def test_every_protocol_of_the_library_reaches_every_party(name):
    talks = loaded(name).scenario.talks
    parties = list(talks.parties)
    for protocol in talks.protocols.values():
        for way in chains(protocol, parties, parties[:2]):
            assert list(way) == parties

"""Commands that answer give the objects of their contract, keep a log of verdicts, and leave answers with a study."""

from pathlib import Path

import pytest

from commands import strictly
from westphalia.scenario.load import load

WEEKS = "60"
KEYS = {"id", "sentence", "verdict", "share", "se", "boxes", "hinge", "flip", "assumed_links", "mirror", "evidence"}
"""What the contract says of a claim; more may be told."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def workplace(tmp_path_factory):
    """A folder that the commands of this file share, so that their runs are made once."""
    return tmp_path_factory.mktemp("answers")


def test_claims_gives_the_object_of_the_contract_and_keeps_a_log(call):
    words = ("claims", "duel", "--claim", "H11", "--runs", "64", "--weeks", WEEKS, "--json")
    code, out, err = call(*words)
    assert (code, err) == (0, "")
    found = strictly(out)
    assert (found["scenario"], found["runs"], found["seed"], found["weeks"]) == ("duel", 64, 1, 60)
    known = load("duel").scenario
    (h11,) = found["claims"]
    assert h11.keys() >= KEYS
    assert (h11["id"], h11["sentence"]) == ("H11", known.claims["H11"].sentence)
    assert h11["counted"] == 64
    assert 0 <= h11["share"] <= 1
    (link,) = h11["assumed_links"]
    assert {"link", "title", "verdict", "share", "se", "dies"} <= link.keys()
    assert link["link"] == "abandonment"
    assert h11["mirror"].keys() == {"verdict", "share", "se", "counted"}
    assert len(found["untestable"]) == len(known.untestable)
    assert all(each.keys() == {"sentence", "reason"} for each in found["untestable"])
    log = Path("out/claim-log.jsonl")
    lines = [strictly(line) for line in log.read_text().splitlines()]
    assert [line["id"] for line in lines] == ["H11"]
    assert lines[0]["share"] == h11["share"]
    assert {"date", "version", "model", "hash", "seed", "runs", "weeks", "verdict", "start"} <= lines[0].keys()
    before = log.read_bytes()
    code, again, _ = call(*words)
    assert code == 0
    assert strictly(again) == found, "runs that are kept give the same answer"
    assert log.read_bytes().startswith(before)
    assert len(log.read_text().splitlines()) == 2


def test_claims_are_told_in_words_too(call):
    code, out, _ = call("claims", "duel", "--claim", "H11", "--runs", "64", "--weeks", WEEKS)
    assert code == 0
    assert "duel: 1 claims, 64 runs of 60 weeks, seed 1" in out
    assert "no sentence is endorsed" in out
    assert "H11: If its backer leaves, South's army comes apart within half a year." in out
    assert 'Without the link "Troops take heart or lose it by the aid that they expect"' in out
    assert "With the sides exchanged" in out
    assert "What no run here can test:" in out


def test_a_week_beyond_the_run_makes_a_claim_untestable_here(call):
    code, out, _ = call("claims", "duel", "--claim", "H17", "--runs", "64", "--weeks", WEEKS, "--json")
    assert code == 0
    found = strictly(out)
    assert found["claims"] == []
    sentence = load("duel").scenario.claims["H17"].sentence
    reason = "not here: it asks for week 104, and a run lasts 60"
    assert {"sentence": sentence, "reason": reason} in found["untestable"]


def test_an_unknown_claim_is_bad_input_in_one_line(call):
    code, out, err = call("claims", "duel", "--claim", "H111")
    assert (code, out) == (2, "")
    assert err == 'command line:1:1 --claim: there is no claim "H111"; did you mean "H11"?\n'


def test_an_unknown_outcome_is_bad_input_with_the_valid_ones(call):
    words = ("cruxes", "duel", "--between", "words-and-home", "no-need", "--weeks", WEEKS, "--outcome")
    code, _, err = call(*words, "peace of mind")
    assert code == 2
    assert err.startswith('command line:1:1 --outcome: there is no outcome or claim "peace of mind"; valid here: H3, ')
    assert "signed, holds, fought, victory-north, victory-south, dead" in err
    assert "H17" not in err, "it asks for a week beyond the run"


def test_a_design_is_asked_for_and_told_even_where_nothing_leads(call):
    words = ("claims", "duel", "--claim", "H11", "--runs", "64", "--weeks", WEEKS, "--design", "64")
    code, out, err = call(*words, "--json")
    assert (code, err) == (0, "")
    (h11,) = strictly(out)["claims"]
    assert (h11["design"]["rows"], h11["design"]["in_box"]) == (64, None)
    assert h11["design"]["whole"]["hinge"] == []
    assert "By a design of 64 rows: nothing, as too few of the given runs count" in call(*words)[1]
    code, out, err = call("claims", "duel", "--design", "300")
    assert (code, out) == (2, "")
    assert err == "command line:1:1 --design: 300 cannot be; give a power of two from 64 to 65,536, such as 256\n"


def test_claims_of_a_study_take_its_runs_and_leave_their_answer_with_it(call):
    assert call("run", "duel", "--runs", "64", "--weeks", WEEKS, "--seed", "3", "--out", "studies")[0] == 0
    code, out, _ = call("claims", "studies/duel", "--claim", "H10", "--json")
    assert code == 0
    found = strictly(out)
    assert (found["runs"], found["seed"], found["weeks"]) == (64, 3, 60)
    assert strictly(Path("studies/duel/answers/claims.json").read_text()) == found
    assert len(Path("studies/duel/claim-log.jsonl").read_text().splitlines()) == 1
    assert not list(Path("studies/duel").rglob("claims/*/baseline.parquet")), "the runs of the study serve"


def test_frictions_of_a_study_leave_their_answer_with_it(call, monkeypatch):
    call("run", "duel", "--runs", "64", "--weeks", WEEKS, "--seed", "3", "--out", "studies")
    asked = []

    def frictions(scenario, *, seed, runs, watch, **_):
        asked.append((scenario.name, seed, runs))
        watch(64, 64)
        return {"values": [1, 2]}

    monkeypatch.setattr("westphalia.analyse.frictions.frictions", frictions)
    code, out, err = call("frictions", "studies/duel", "--runs", "128", "--json")
    assert code == 0, err
    assert strictly(out) == {"values": [1, 2]}
    assert asked == [("duel", 3, 128)]
    assert strictly(Path("studies/duel/answers/frictions.json").read_text()) == {"values": [1, 2]}
    assert call("frictions", "duel", "--runs", "128", "--json")[0] == 0
    assert not Path("answers").exists(), "a scenario has no folder for answers"


def test_frictions_with_an_error_keep_their_rounds_with_the_study(call, monkeypatch):
    call("run", "duel", "--runs", "64", "--weeks", WEEKS, "--out", "studies")
    asked = []
    monkeypatch.setattr("westphalia.analyse.frictions.frictions", lambda _, **of: asked.append(of["wanted"]) or {})
    for where, more in (("studies/duel", ("--error", "0.01")), ("duel", ("--error", "0.01", "--most-runs", "300"))):
        assert call("frictions", where, *more, "--json")[0] == 0
    assert asked == [(0.01, 4096, Path("studies/duel/frictions")), (0.01, 300, None)]
    code, _, err = call("frictions", "duel", "--most-runs", "300")
    assert code == 2
    assert "--most-runs: means nothing without --error" in err

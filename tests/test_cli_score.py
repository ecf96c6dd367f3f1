"""``score`` gives its object, tells it in words, and refuses what cannot be in one line each."""

import json
from pathlib import Path

import pytest

from commands import strictly

HEAD = "scenario,claim,sentence,held,date,source\n"
LINE = {
    "date": "2026-02-01",
    "model": "1+a",
    "scenario": "duel",
    "variant": None,
    "start": "2026-01-01",
    "weeks": 52,
    "id": "H1",
    "sentence": "North holds.",
    "verdict": "holds broadly",
    "share": 0.9,
}
KEYS = {"logged", "answered", "open", "late", "superseded", "verdicts", "claims", "table", "brier", "bins"}
KEYS |= {"open_otherwise", "unused_answers", "days_before", "fewest", "resamples", "if_first", "if_all"}
KEYS |= {"by_scenario", "by_model"}


@pytest.fixture
def score(call):
    """Score a log of two claims, the first logged twice, by an answer."""
    lines = [LINE | {"date": "2026-01-05", "share": 0.5}, LINE, LINE | {"id": "H2"}]
    Path("log.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))

    def _score(rows, *words):
        Path("answers.csv").write_text(HEAD + rows)
        return call("score", "log.jsonl", "--answers", "answers.csv", *words)

    return _score


def test_its_object_and_its_words_say_the_same(score):
    rows = "duel,H1,North holds.,yes,2026-06-01,Example 2026\n"
    before = Path("log.jsonl").read_bytes()
    code, out, err = score(rows, "--json")
    assert (code, err) == (0, "")
    found = strictly(out)
    assert found.keys() == KEYS
    assert (found["logged"], found["answered"], found["open"], found["superseded"], found["verdicts"]) == (
        3,
        2,
        1,
        1,
        1,
    )
    assert found["brier"]["score"] == pytest.approx(0.01)
    code, out, err = score(rows)
    assert (code, err) == (0, "")
    assert "3 verdicts logged: 2 with an answer, 1 open." in out
    assert "1 followed by a later verdict on the same, 1 count (120 days before)." in out
    assert "0.010 (n = 1 verdict on 1 claim)" in out
    assert "Had the first verdict on each question counted: 0.250 (n = 1)" in out
    assert Path("log.jsonl").read_bytes() == before, "the log is only read"


def test_without_an_answer_all_is_open(score):
    code, out, _ = score("")
    assert code == 0
    assert out == "3 verdicts logged: 0 with an answer, 3 open.\n\nNo verdict can be scored yet.\n"


def test_what_cannot_be_is_refused_at_its_place(score, call):
    code, out, err = score("duel,H1,North wins.,yes,2026-06-01,Example 2026\n")
    assert (code, out) == (2, "")
    words = 'an answer is only given to the words that were logged: "North holds."'
    assert err == f"answers.csv:2:1 sentence: the log has this claim in other words; {words}\n"
    code, out, err = call("score", "log.jsonl", "--answers", "none.csv")
    assert (code, out) == (2, "")
    assert err == "none.csv:1:1 (file): it cannot be read (No such file or directory); give a CSV table\n"
    code, out, err = call("score", "none.jsonl", "--answers", "answers.csv")
    assert (code, out) == (2, "")
    remedy = "give a log that westphalia claims has left"
    assert err == f"none.jsonl:1:1 (file): it cannot be read (No such file or directory); {remedy}\n"
    Path("bad.csv").write_text("scenario,claim\n")
    code, out, _ = call("score", "log.jsonl", "--answers", "bad.csv", "--json")
    assert code == 2
    assert strictly(out)["faults"][0]["path"] == "sentence"

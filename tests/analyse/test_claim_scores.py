"""Verdicts scored against answers: closed forms by hand, what counts and what is left out, and what is refused."""

import csv
import datetime as dt
import json

import pytest

from westphalia.analyse.claim_answers import COLUMNS, Answer, read_answers
from westphalia.analyse.claim_log import KEPT, Line, append, read
from westphalia.analyse.claim_scores import FEWEST, scores
from westphalia.analyse.methods.verdicts import Verdict
from westphalia.errors import BadInput
from westphalia.report.claim_score_words import told
from westphalia.simulate.study_manifest import Plan

ANSWERED = dt.date(2026, 6, 1)
START = dt.date(2026, 1, 1)
EARLY = "2026-02-01"
SENTENCE = "North keeps what it holds."


def line(share, claim="H1", *, date=EARLY, **more):
    """A logged verdict."""
    verdict = Verdict.UNDECIDED if share is None or 0.2 <= share < 0.8 else Verdict.HOLDS_BROADLY
    usual = {"model": "1+a", "scenario": "duel", "variant": None, "start": START, "weeks": 52, "sentence": SENTENCE}
    usual |= {"region": "[]"}
    return Line(dt.date.fromisoformat(date), claim=claim, share=share, **(usual | {"verdict": verdict} | more))


def answer(held, claim="H1", **more):
    """An answer of history, to any start and length."""
    usual = {"row": 2, "scenario": "duel", "sentence": SENTENCE, "date": ANSWERED, "source": "Example 2026"}
    return Answer(claim=claim, held=held, **(usual | {"variant": "", "start": None, "weeks": None} | more))


def many(shares, held, **more):
    """Lines and answers, a claim each."""
    names = [f"H{number}" for number in range(len(shares))]
    lines = [line(share, name, **more) for share, name in zip(shares, names, strict=True)]
    return lines, [answer(each, name) for each, name in zip(held, names, strict=True)]


def test_the_score_is_the_mean_square_by_hand():
    found = scores(*many([0.9, 0.4], [True, False]))
    assert found["brier"]["score"] == pytest.approx((0.01 + 0.16) / 2)
    assert (found["brier"]["n"], found["brier"]["claims"], found["brier"]["half"]) == (2, 2, 0.25)
    assert (found["brier"]["low"], found["brier"]["base_rate"]) == (None, None), "two claims say nothing of an error"
    rows = {row["verdict"]: (row["held"], row["did_not_hold"], row["n"]) for row in found["table"]}
    assert list(rows) == list(Verdict)
    assert (rows["holds broadly"], rows["undecided"], rows["mixed"]) == ((1, 0, 1), (0, 1, 1), (0, 0, 0))


def test_one_half_said_each_time_scores_a_quarter_without_an_error():
    brier = scores(*many([0.5] * FEWEST, [True] * 3 + [False] * (FEWEST - 3)))["brier"]
    assert (brier["score"], brier["low"], brier["high"]) == (0.25, 0.25, 0.25)


def test_the_interval_and_the_base_rate_are_those_of_ten_throws_of_a_coin():
    lines, answers = many([1.0] * 10, [True, False] * 5)
    brier = scores(lines, answers)["brier"]
    # the mean loss of a resample is that of ten fair coins: P(at most 1) = 0.011, P(at most 2) = 0.055
    assert (brier["score"], brier["low"], brier["high"]) == pytest.approx((0.5, 0.2, 0.8))
    # of the nine others, 4 held where this one did, and 5 where it did not
    assert brier["base_rate"]["score"] == pytest.approx((5 / 9) ** 2)
    assert brier["base_rate"]["difference"] == pytest.approx(0.5 - (5 / 9) ** 2)
    assert brier["base_rate"]["low"] == pytest.approx(0.2 - (5 / 9) ** 2)


def test_more_starts_of_a_claim_make_nothing_surer():
    lines, answers = many([1.0] * 10, [True, False] * 5)
    again = [each._replace(start=dt.date(2026, 1, 15)) for each in lines]
    one, two = (scores(of, answers)["brier"] for of in (lines, lines + again))
    assert (two["n"], two["claims"]) == (20, 10)
    assert {key: two[key] for key in ("score", "low", "high", "base_rate")} == {
        key: pytest.approx(one[key]) for key in ("score", "low", "high", "base_rate")
    }


def test_the_last_verdict_before_the_answer_counts_and_the_others_are_told():
    lines = [line(0.6, date="2026-03-01"), line(0.2, date="2026-02-01"), line(0.7, date="2026-04-01")]
    found = scores([*lines, line(0.8, date="2026-04-01")], [answer(True)])
    assert (found["answered"], found["superseded"], found["verdicts"]) == (4, 3, 1)
    assert found["brier"]["score"] == pytest.approx(0.04), "of one day the one that stands last"
    assert found["if_first"] == {"questions": 1, "score": pytest.approx(0.64)}
    assert found["if_all"] == {"questions": 1, "score": pytest.approx((0.16 + 0.64 + 0.09 + 0.04) / 4)}
    assert found["days_before"] == {"least": 61, "median": 61, "most": 61}


def test_what_was_logged_on_the_day_of_the_answer_or_later_is_never_scored():
    late = [line(1.0, date="2026-06-01"), line(1.0, date="2026-07-01")]
    found = scores([line(0.5, date="2026-05-31"), *late], [answer(True)])
    assert (found["late"], found["verdicts"], found["brier"]["score"]) == (2, 1, 0.25)
    found = scores(late, [answer(True)])
    assert (found["late"], found["verdicts"], found["brier"], found["if_first"]["score"]) == (2, 0, None, None)
    assert told(found).endswith("No verdict can be scored yet.")


def test_a_reworded_claim_stays_open():
    lines = [line(0.9), line(0.1, sentence="North keeps most of what it holds."), line(0.5, "H2")]
    found = scores(lines, [answer(True), answer(False, "H3", row=3)])
    assert (found["logged"], found["answered"], found["open"], found["open_otherwise"]) == (3, 1, 2, 1)
    assert found["unused_answers"] == [{"row": 3, "scenario": "duel", "claim": "H3"}]
    text = told(found)
    assert "3 verdicts logged: 1 with an answer, 2 open." in text
    assert "Of those open, 1 on a claim that was answered in other words" in text
    assert "Answers to nothing in this log: duel H3 (line 3)." in text


def test_an_answer_goes_to_its_start_and_length_alone():
    later = dt.date(2026, 2, 1)
    lines = [line(0.9), line(0.9, start=later), line(0.9, weeks=104)]
    found = scores(lines, [answer(True, start=START, weeks=52), answer(False, start=later)])
    assert (found["answered"], found["open"], found["open_otherwise"]) == (2, 1, 1)
    assert found["brier"]["score"] == pytest.approx((0.01 + 0.81) / 2)


def test_each_version_of_the_model_has_its_own_last_verdict():
    lines = [line(0.2), line(0.6, date="2026-03-01"), line(0.9, date="2026-04-01", model="2+b")]
    lines.append(line(0.0, "H2", scenario="other"))
    found = scores(lines, [answer(True), answer(False, "H2", scenario="other")])
    assert {of["model"]: of["brier"]["score"] for of in found["by_model"]} == {
        "1+a": pytest.approx(0.08),
        "2+b": pytest.approx(0.01),
    }
    assert {of["scenario"]: (of["verdicts"], of["brier"]["score"]) for of in found["by_scenario"]} == {
        "duel": (1, pytest.approx(0.01)),
        "other": (1, 0.0),
    }


def test_a_verdict_without_a_share_stands_in_the_table_alone():
    found = scores([line(None)], [answer(False)])
    assert (found["verdicts"], found["brier"], found["if_all"]["score"]) == (1, None, None)
    assert "No Brier score: no run counted" in told(found)
    found = scores([line(None), line(0.5, date="2026-03-01")], [answer(True)])
    assert (found["brier"]["n"], found["if_first"], found["if_all"]["questions"]) == (
        1,
        {"questions": 0, "score": None},
        1,
    )
    assert "Had the first verdict on each question counted: none, as no run counted;" in told(found)
    found = scores([line(None), line(0.5, "H2")], [answer(False), answer(True, "H2")])
    assert (found["verdicts"], found["brier"]["n"], found["brier"]["score"]) == (2, 1, 0.25)


def test_bins_take_a_limit_of_verdicts_as_verdicts_do():
    bins = scores(*many([0.0, 0.1999, 0.2, 0.8, 1.0], [False, True, True, False, True]))["bins"]
    assert [one["n"] for one in bins] == [2, 1, 0, 0, 2]
    assert (bins[0]["held"], bins[2]["share"], bins[2]["held"]) == (0.5, None, None)
    assert bins[-1]["share"] == pytest.approx(0.9)


def test_words_say_how_many_stand_behind_each_number():
    lines, answers = many([1.0] * 10, [True, False] * 5)
    text = told(scores(lines, answers))
    assert "0.500, 95 % from 0.200 to 0.800 (n = 10 verdicts on 10 claims)" in text
    assert "those of one war are not, so that intervals are too narrow" in text
    assert "80 to 100 %    10     100.0 %  50.0 %" in text
    text = told(scores(lines[:1], answers))
    assert "(n = 1 verdict on 1 claim)" in text
    assert f"So few claims say little: below {FEWEST} there is no interval" in text


@pytest.fixture
def log(tmp_path):
    """A log that the real ``append`` has written, twice."""
    claims = [
        dict.fromkeys(KEPT, None) | {"id": name, "sentence": f"{name} «holds».", "verdict": verdict, "share": share}
        for name, verdict, share in (("H10", "holds broadly", 0.875), ("H11", "undecided", None))
    ]
    plan = Plan.of("duel", weeks=60)
    file = tmp_path / "out" / "claim-log.jsonl"
    found = {"scenario": "duel", "weeks": 60, "runs": 64, "seed": 1, "claims": claims}
    assert append(file, plan, found) == 2
    before = file.read_bytes()
    assert append(file, plan, found) == 2
    assert file.read_bytes() == before + before, "what stands in the log is never changed"
    return file


def table(file, *rows):
    """A table of answers, with the usual columns where the first row names none."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([COLUMNS, *rows] if "held" not in rows[0] else rows)
    return file


def test_a_log_that_append_has_written_is_read_as_it_stands(log):
    lines = read(log)
    assert [each.claim for each in lines] == ["H10", "H11"] * 2
    assert lines[0] == lines[2]
    assert lines[0].date == dt.date.today()
    kept = ("duel", None, dt.date(2030, 1, 1), 60, "H10", "H10 «holds».", "holds broadly", 0.875, "[]")
    assert lines[0][2:] == kept
    assert lines[1].share is None
    answers = read_answers(table(log.parent / "a.csv", ("duel", "H10", "H10 «holds».", "Yes", EARLY, "x")), lines)
    found = scores(lines, answers)
    assert (found["late"], found["verdicts"]) == (2, 0), "the answer was known before"
    later = [answers[0]._replace(date=dt.date.today() + dt.timedelta(1))]
    assert scores(lines, later)["brier"]["score"] == pytest.approx(1 / 64)


WRONG_FIELDS = {
    "date": ("2026-02-30", 'found the text "2026-02-30"; write year, month and day, as 2026-01-31'),
    "weeks": (True, "found true; give a whole number of weeks"),
    "sentence": ("  ", 'found the text "  "; give the sentence in quotation marks'),
    "variant": (3, "found 3; give a name in quotation marks, or null"),
    "verdict": ("holds", "valid here: holds broadly, holds in a region, mixed, fails broadly, undecided"),
    "share": (1.5, "found 1.5; give a number from 0 to 1, or null where no run counts"),
    "model": (None, "found nothing; give a name in quotation marks"),
}


@pytest.mark.parametrize("name", WRONG_FIELDS)
def test_a_field_that_cannot_be_is_told_at_its_line(log, name):
    value, message = WRONG_FIELDS[name]
    raw = json.loads(log.read_text().splitlines()[0])
    with log.open("a", encoding="utf-8") as opened:
        opened.write(json.dumps(raw | {name: value}) + "\n\n")
    with pytest.raises(BadInput) as refused:
        read(log)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line, fault.path) == (str(log), 5, name)
    assert message in fault.message


def test_lines_that_are_no_verdicts_are_told_all_at_once(log):
    raw = json.loads(log.read_text().splitlines()[0])
    del raw["start"]
    log.write_text(f'{{"date": \n[1]\n{json.dumps(raw)}\n')
    with pytest.raises(BadInput) as refused:
        read(log)
    assert [(fault.line, fault.path) for fault in refused.value.faults] == [(1, "(line)"), (2, "(line)"), (3, "start")]
    log.write_bytes(b"\xff")
    with pytest.raises(BadInput, match=r"\(file\): it is not text in UTF-8; give a log"):
        read(log)


RIGHT = ("duel", "H1", SENTENCE, "no", EARLY, "Example 2026")
WRONG_CELLS = [
    ("scenario", "", "it is empty; give it as it stands in the log"),
    ("held", "maybe", 'found the text "maybe"; write yes or no; leave the row out where history has not answered'),
    ("date", "1.2.2026", 'found the text "1.2.2026"; write year, month and day, as 2026-01-31'),
    ("date", "2999-01-01", 'found the text "2999-01-01"; give a day up to today'),
    ("source", " ", "it is empty; say what shows that the claim held or did not"),
    (
        "sentence",
        "North keeps all.",
        f'other words; an answer is only given to the words that were logged: "{SENTENCE}"',
    ),
]


@pytest.mark.parametrize(("name", "cell", "message"), WRONG_CELLS)
def test_a_cell_that_cannot_be_is_told_at_its_line(tmp_path, name, cell, message):
    row = [cell if column == name else own for column, own in zip(COLUMNS, RIGHT, strict=True)]
    with pytest.raises(BadInput) as refused:
        read_answers(table(tmp_path / "a.csv", row), [line(0.5)])
    (fault,) = refused.value.faults
    assert (fault.line, fault.path) == (2, name)
    assert message in fault.message


def test_what_an_answer_leaves_open_is_asked_for(tmp_path):
    lines = [line(0.5), line(0.5, start=dt.date(2026, 3, 1)), line(0.5, weeks=104)]
    with pytest.raises(BadInput) as refused:
        read_answers(table(tmp_path / "a.csv", RIGHT), lines)
    first, second = refused.value.faults
    assert first.message == (
        "the log has this claim from several starts; say in the column start which is answered, a row for each: "
        "2026-01-01, 2026-03-01"
    )
    assert second.message.endswith("say in the column weeks which is answered, a row for each: 52, 104")
    head = (*COLUMNS, "start", "weeks")
    file = table(tmp_path / "a.csv", head, (*RIGHT, "2026-01-01", "52"), (*RIGHT, "2026-03-01", ""))
    assert [(own.start, own.weeks) for own in read_answers(file, lines)] == [(START, 52), (dt.date(2026, 3, 1), None)]
    with pytest.raises(BadInput) as refused:
        read_answers(table(tmp_path / "a.csv", head, (*RIGHT, "soon", "ten")), lines)
    assert [fault.path for fault in refused.value.faults] == ["start", "weeks"]


def test_two_answers_to_the_same_are_refused(tmp_path):
    with pytest.raises(BadInput, match=r"a\.csv:3:1 claim: line 2 answers the same; keep the one that is right"):
        read_answers(table(tmp_path / "a.csv", RIGHT, RIGHT), [line(0.5)])


def test_a_sentence_may_be_broken_over_lines_and_the_table_may_begin_with_a_mark(tmp_path):
    broken = (*RIGHT[:2], SENTENCE.replace("what", "what\n "), *RIGHT[3:])
    file = table(tmp_path / "a.csv", broken)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    (found,) = read_answers(file, [line(0.5)])
    assert found.fits(line(0.5))
    assert not found.held


def test_a_claim_about_another_region_is_another_question_and_a_variant_can_be_named():
    whole, part = line(0.9), line(0.1, region='[{"part": 1}]', date="2026-03-01")
    assert scores([whole, part], [answer(True)])["verdicts"] == 2
    other = line(0.9, variant="as-if")
    assert not answer(True, variant="none").fits(other)
    assert answer(True, variant="as-if").fits(other)
    assert answer(True, variant="none").fits(whole)

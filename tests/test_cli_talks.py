"""``westphalia talks``: what it finds of a scenario, of decisions, what it writes, and what it refuses."""

import json
import sys
from functools import partial
from pathlib import Path

import pytest

from westphalia.analyse.survey import survey
from westphalia.report import score_words, survey_words, table_words
from westphalia.scenario.load import load

sys.path.insert(0, str(Path(__file__).parent / "talks"))
import facts  # noqa: E402


@pytest.fixture
def call(call):
    """Run ``talks``."""
    return partial(call, "talks")


@pytest.fixture
def decisions(tmp_path):
    """A folder of three decisions of two proposals."""
    folder = tmp_path / "decisions"
    folder.mkdir()
    rows = "a1,a,QMV,0,40\na2,a,QMV,,60\nb1,b,QMV,,100\n"
    (folder / "issues.csv").write_text("issue,proposal,voting,reference_point,outcome\n" + rows, encoding="utf-8")
    held = "".join(f"{issue},x,20,50\n{issue},y,80,60\n" for issue in ("a1", "a2", "b1"))
    (folder / "positions.csv").write_text("issue,actor,position,salience\n" + held, encoding="utf-8")
    (folder / "actors.csv").write_text("actor,size\nx,1\ny,3\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ukraine():
    """What is found of the flagship, once."""
    return survey(load("ukraine"), seed=1, draws=50)


def test_lotteries_say_what_they_add(ukraine):
    for name in ("nash", "kalai", "maxmin"):
        assert ukraine["lotteries"][name]["adds"] >= 0.0
        assert sum(one["chance"] for one in ukraine["lotteries"][name]["texts"]) == pytest.approx(1.0)


def test_a_best_step_harms_neither_side(ukraine):
    steps = {sheet["sheet"]: sheet["step"] for sheet in ukraine["sheets"]}
    assert sum(step is not None for step in steps.values()) > 20
    for step in filter(None, steps.values()):
        assert min(step["gains"].values()) >= -1e-9
        assert max(step["gains"].values()) > 0.0
        assert all(move["from"] != move["to"] for move in step["moves"])


def test_conditions_are_shares_of_the_draws(ukraine):
    found = ukraine["conditions"]
    assert 0.0 < found["range"]["open"] < 1.0
    assert sum(found["shift"]["rises"].values()) == pytest.approx(1.0)
    shares = list(found["shift"]["no_deal_holds"].values())
    assert shares == sorted(shares), "the more the future counts, the more a shift rules out"


def test_accounts_lie_toward_the_tellers_own_end(ukraine):
    found = {(one["teller"], one["other"]): one for one in ukraine["accounts"]["directions"]}
    assert found["Russia", "US"]["own_end"]["nearer"] == 8
    assert found["Ukraine", "US"]["own_end"]["nearer"] == 0
    assert found["US", "Russia"]["own_end"] is None, "a third party has no end of its own"
    for (teller, other), one in found.items():
        back = found[other, teller]
        assert (one["toward_first"], one["same"]) == (back["toward_last"], back["same"]), "every teller is counted"


def test_every_account_and_cell_is_told_with_what_it_rests_on(ukraine):
    found = ukraine["accounts"]
    assert len(found["exchanges"]) == found["all"]["pairs"] == sum(of["pairs"] for of in found["by_issue"].values())
    assert all(one["source"] and one["certainty"] for pair in found["exchanges"] for one in pair["told"])
    gaps = [of["mean_gap"] for of in found["by_issue"].values()]
    assert gaps == sorted(gaps, reverse=True)
    for sheet in ukraine["sheets"]:
        assert len(sheet["clauses"]) == len(ukraine["issues"]) - sheet["silent_on"]
    cells = [cell for sheet in ukraine["sheets"] for cell in sheet["clauses"].values()]
    assert all(cell["low"] <= cell["option"] <= cell["high"] and cell["source"] for cell in cells)


def test_who_blocks_apart_from_the_leaders(ukraine):
    for sheet in ukraine["sheets"]:
        apart = sheet["blocks_apart_from_leaders"]
        assert apart.keys() == {name for name in sheet["blocks"] if not name.endswith(" leadership")}
        assert sum(apart.values()) <= 1.0 + 1e-9


def test_a_scenario_is_told_with_its_marks(ukraine):
    told = survey_words.surveyed(ukraine)
    for words in (
        f"{ukraine['rational']:,} of {ukraine['outcomes']:,} texts",
        "are acceptable to both",
        "apart from leaders",
        "Council of the European Union",
        "2026-06-04*",
        "* after the start of the scenario",
        "lottery over texts",
        "harms neither side",
        "Fearon: some split is better for both",
        "Powell: a truce lets",
        "nearer the teller's own end",
        "sides differ, %, on",
        "Nash; Kalai, equal gains; Kalai-Smorodinsky",
        "for fair coders, 90 %",
    ):
        assert words in told
    assert " ↓ " in table_words.exact(ukraine | {"reserve": [0.99, 0.99]})
    assert "↓" not in table_words.exact(ukraine | {"reserve": [0.0, 0.0]})


def test_texts_of_theory_are_judged_beside_the_real_ones(ukraine):
    """Each solution once, by all who name it; and no real text is nearer to the frontier than a text can be."""
    named = [name for one in ukraine["theory"] for name in one["sheet"].split("+")]
    assert sorted(named) == sorted(name for name in table_words.SOLUTIONS if ukraine[name])
    assert all(0.0 < one["signed"] < 1.0 for one in ukraine["theory"])
    for sheet in ukraine["sheets"]:
        far = sheet["short_of"]
        assert all(far[name] >= far["frontier"] - 1e-12 for name in far)
        assert sheet["step"] is None or far["frontier"] > 0.0 or sheet["silent_on"]


def test_hops_that_err_little_enough_are_told_for_each_protocol(ukraine):
    found = {name: (of["hops_apart"], of["error_allowed"]) for name, of in ukraine["readings"].items()}
    assert found["shuttle"][0] == 4
    assert found["direct"][0] == 1
    assert found["single-text"] == (0, None), "one text has no hops between those who hold it"
    assert found["shuttle"][1] < found["proximity"][1] < found["direct"][1]


def test_one_sheet_is_told_player_by_player_and_clause_by_clause(call, ukraine):
    code, out, _ = call("ukraine", "--draws", "20", "--sheet", "UA-20PT")
    assert code == 0
    for label in ("Council of the European Union", "Parliament of Ukraine", "Territory and line of control"):
        assert label in out
    named = ukraine["theory"][0]["sheet"]
    told = survey_words.detailed(ukraine | {"sheet": ukraine["theory"][0]})
    assert all(table_words.SOLUTIONS[name] in told for name in named.split("+"))
    assert "open" not in told, "a text of theory leaves nothing open"
    code, _, err = call("ukraine", "--draws", "20", "--sheet", "UA-20P")
    assert code == 2
    assert 'there is no sheet "UA-20P"' in err
    assert "UA-20PT" in err


def test_small_chances_keep_their_digits():
    assert [table_words.chance(share) for share in (0.0, 0.5, 0.0104, 0.0046, 0.00001, 1e-9)] == [
        "0",
        "50",
        "1",
        "0.46",
        "0.001",
        "<0.0001",
    ]


def test_decisions_are_scored(call, decisions):
    code, out, _ = call("decisions", "--json")
    found = json.loads(out)
    assert code == 0
    assert (found["decisions"], found["scored"]) == (3, 3)
    assert found["yardsticks"] == ["plain mean", "constant 50", "size-weighted mean"]
    assert score_words.told(found) + "\n" == call("decisions")[1]
    (decisions / "issues.csv").unlink()
    code, _, err = call("decisions")
    assert (code, err.startswith("decisions:1:1 issues: tables of issues: none")) == (2, True)


def test_decisions_of_one_proposal_are_told_so(call, decisions):
    table = (decisions / "issues.csv").read_text(encoding="utf-8")
    (decisions / "issues.csv").write_text(table.replace("b1,b", "b1,a"), encoding="utf-8")
    code, out, err = call("decisions")
    assert (code, out) == (2, "")
    assert "fewer than two proposals have known outcomes" in err


def test_real_decisions_are_scored_and_nobody_beats_the_plain_mean(call):
    code, out, _ = call(str(facts.facts("negotiation")))
    assert code == 0
    assert "188 decisions, 180 with a known outcome" in out
    assert "  beats the plain mean" not in out


def test_a_game_is_written_for_other_programs(call, tmp_path):
    code, out, _ = call("duel", "--draws", "20", "--export", "made/duel.nfg")
    assert code == 0
    assert out.startswith("made/duel.nfg is written for Gambit: North and South each name one of ")
    assert (
        (tmp_path / "made" / "duel.nfg").read_text(encoding="utf-8").startswith('NFG 1 R "Duel, a war between equals')
    )
    found = json.loads(call("duel", "--draws", "20", "--export", "duel.json", "--json")[1])
    written = json.loads((tmp_path / "duel.json").read_text(encoding="utf-8"))
    assert written["action_names"] == [[*found["texts"], "no text"]] * 2
    assert sum(map(len, written["utilities"])) == found["payoffs"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["duel", "--raw"], "--raw: means nothing for a scenario; leave it out"),
        (["decisions", "--variant", "x"], "--variant: means nothing for a folder of decisions; leave it out"),
        (
            ["decisions", "--raw", "--seed", "2"],
            "--seed, --raw: means nothing for a folder of decisions; leave them out",
        ),
        (
            ["duel", "--export", "duel.txt"],
            "--export: what program duel.txt is for is unknown; end it in .nfg for Gambit or .json for OpenSpiel",
        ),
    ],
)
def test_an_option_that_does_not_apply_is_refused_in_one_line(call, decisions, words, fault):
    assert call(*words) == (2, "", f"command line:1:1 {fault}\n")


def test_genius_files_have_no_variant_and_may_be_too_many_for_a_game(call):
    folder = facts.facts("negotiation", "genius", "University5")
    code, _, err = call(str(folder), "--variant", "x")
    assert (code, err) == (2, "command line:1:1 --variant: means nothing for a folder of GENIUS files; leave it out\n")
    code, _, err = call(str(folder), "--export", "large.nfg")
    assert code == 2
    assert "at most 2,000,000 are written" in err
    assert not Path("large.nfg").exists()

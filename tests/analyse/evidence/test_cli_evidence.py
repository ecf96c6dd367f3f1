"""``calibrate`` and ``hindcast`` give their objects, keep their runs, and refuse what cannot be before any is made."""

import csv
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from commands import strictly
from records import AHEAD, FITTED, WINDOW, beside, record
from westphalia.analyse.evidence import scoreboard
from westphalia.analyse.evidence.ensemble import Ensemble
from westphalia.analyse.tallies import Tally, note
from westphalia.assemble import assemble
from westphalia.scenario.load import load

RUNS = "256"
DECISIONS = {
    "issues.csv": "issue,proposal,voting,reference_point,outcome\na1,a,QMV,0,40\nb1,b,QMV,0,100\n",
    "positions.csv": "issue,actor,position,salience\na1,x,0,80\na1,y,70,10\nb1,x,10,20\nb1,y,90,5\n",
    "actors.csv": "actor,weight\nx,3\ny,2\n",
}
OF_A_ROW = {"case", "fold", "target", "mode", "forecaster", "forecasts", "crps", "mae", "coverage80", "coverage95"}
NOT_SCORED = {"case": "duel", "fold": "half", "title": "Half a year", "link": None, "without": None, "scored": False}
OF_A_ROW |= {"title", "without", "best_baseline", "baseline_crps", "difference", "difference_se", "baselines"}


@pytest.fixture(scope="module")
def place(small, tmp_path_factory):
    """A folder that the slow tests of this file share, with the war and months after the origin of its fold."""
    war, later, _ = small
    place = tmp_path_factory.mktemp("commands")
    shutil.copytree(war, place / "war")
    with (place / "later.csv").open("w", newline="") as opened:
        rows = csv.writer(opened)
        rows.writerow(["month", "series", "value"])
        rows.writerows([month, "dead-north", own] for month, own in zip(AHEAD, later["north"], strict=True))
    return place


@pytest.fixture
def there(call, monkeypatch, place):
    """Run a command in the folder that is shared."""
    monkeypatch.chdir(place)
    return call


@pytest.fixture
def no_runs(monkeypatch):
    """Let no run be made."""

    def forbidden(*_, **__):
        raise AssertionError("a run was made")

    monkeypatch.setattr(Ensemble, "months", forbidden)


@pytest.mark.slow
def test_calibrate_gives_its_object_and_leaves_a_table(there):
    code, out, err = there("calibrate", "./war", "--runs", RUNS, "--check", "20", "--json")
    assert (code, err) == (0, "")
    (found,) = strictly(out)["folds"]
    assert (found["fold"], found["scenario"], found["seed"], found["runs"]) == ("half", "duel", 1, [256, 256])
    assert [each["path"] for each in found["parameters"]] == FITTED
    assert found["coverage"]["sets"] == 20
    assert 0.6 < found["coverage"]["coverage"][-1]["covered"] <= 1
    file = Path(found["table"])
    assert file == Path("out/record/duel-half/posterior.csv")
    kept = strictly(file.with_name("calibration.json").read_text())
    assert kept == {key: value for key, value in found.items() if key != "table"}
    head, *rows = csv.reader(file.read_text().splitlines())
    assert head == FITTED
    middle = np.median(np.array(rows, float), axis=0)
    assert middle == pytest.approx([each["after"][1] for each in found["parameters"]], rel=0.05)


@pytest.mark.slow
def test_a_second_call_makes_no_run_and_tells_it_in_words(there, no_runs):
    code, out, _ = there("calibrate", "./war", "--runs", RUNS, "--fold", "half", "--check", "20")
    assert code == 0
    assert "duel, fold half: Half a year\n" in out
    assert f"Months {WINDOW[0]} to {WINDOW[-1]}, 256 runs a round" in out
    assert "numbers (contraction of 0.2 or more)" in out
    assert "laws.attrition.intensity" in out
    assert "On 20 data sets of the model's own the truth is covered:" in out
    assert "table: out/record/duel-half/posterior.csv\n" in out
    assert out.rstrip().endswith("drawn: posterior.csv")


@pytest.mark.slow
def test_the_table_serves_as_the_draws_of_a_start(there):
    assert there("calibrate", "./war", "--runs", RUNS, "--json")[0] == 0
    shutil.copytree("war", "informed", dirs_exist_ok=True)
    shutil.copy("out/record/duel-half/posterior.csv", "informed")
    data = json.loads(Path("informed/scenario.yaml").read_text())
    data["variants"]["plain"]["set"] = {"drawn": "posterior.csv"}
    Path("informed/scenario.yaml").write_text(json.dumps(data))
    informed = load("./informed", variant="plain").scenario
    rows = np.genfromtxt("informed/posterior.csv", delimiter=",", names=True, deletechars="")
    cases = np.array([0, 511, 512])
    found = assemble(informed, seed=1, cases=cases, weeks=4).assumptions
    for path in FITTED:
        assert found[path] == pytest.approx(rows[path][[0, 511, 0]])


@pytest.mark.slow
def test_hindcast_without_a_month_after_the_origin_says_what_to_give(there, no_runs):
    code, out, _ = there("hindcast", "./war", "--fit-runs", RUNS, "--json")
    assert code == 0
    assert strictly(out) == {
        "cases": [],
        "milestones": [],
        "scores": [],
        "folds": [NOT_SCORED],
    }
    _, out, _ = there("hindcast", "./war", "--fit-runs", RUNS)
    assert out == "half: Half a year; no month after its origin is observed yet, give --data FILE\n"


@pytest.mark.slow
def test_hindcast_scores_months_that_a_user_gives(there):
    words = ("hindcast", "./war", "--fold", "half", "--data", "later.csv", "--fit-runs", RUNS)
    code, out, err = there(*words, "--json")
    assert (code, err) == (0, "")
    found = strictly(out)
    (fold,) = found["folds"]
    assert fold["scored"]
    assert 0 < fold["power_of_paths"] <= 1
    assert all(row.keys() == OF_A_ROW for row in found["scores"])
    assert {(row["case"], row["fold"], row["target"]) for row in found["scores"]} == {("duel", "half", "dead-north")}
    rows = {(row["mode"], row["forecaster"]): row for row in found["scores"]}
    assert {mode: row["forecasts"] for (mode, _), row in rows.items()} == {"A": 6, "B": 6, "C": 6, "D": 1}
    assert len(rows) == 4 + 4 + 2 + 2
    assert rows["B", "calibrated"]["crps"] < rows["B", "prior"]["crps"], "the record was made by the model"
    assert strictly(there(*words, "--json")[1]) == found, "the same seed gives the same scores"
    code, out, _ = there(*words)
    assert code == 0
    assert "half: Half a year. A: one origin, monthly flows; B:" in out
    assert f"{rows['B', 'prior']['crps']:,.3g}" in out or rows["B", "prior"]["crps"] >= 1000
    assert "calibrated, paths weighed" in out


@pytest.mark.slow
def test_hindcast_tells_statements_and_what_is_untested(there, place):
    said = record(folds={}, observed={})
    ongoing = {"outcome": "ongoing", "is": "at least", "than": 1}
    said["statements"] = {"S1": {"sentence": "It goes on.", "tests": [ongoing], "share": [0.5, 1], "variant": "plain"}}
    said["untested"] = {"U1": {"sentence": "Both were brave.", "reason": "bravery is no series"}}
    beside(place / "said", said, variants={"plain": {"title": "Short", "set": {"weeks": 26}}})
    code, out, _ = there("hindcast", "./said", "--runs", "50", "--json")
    assert code == 0
    tested, untested = strictly(out)["cases"]
    assert (tested["statement"], tested["passed"], tested["count"]) == ("S1", True, 50)
    assert (untested["statement"], untested["passed"], untested["reason"]) == ("U1", None, "bravery is no series")
    assert tested.keys() == untested.keys()
    assert "1 of 1 statements met" in there("hindcast", "./said", "--runs", "50")[1]


def test_the_scoreboard_takes_up_tallies_of_pages_and_scores_of_decisions(call, monkeypatch):
    parts = {key: [] for key in ("cases", "milestones", "scores", "folds", "misfits", "patterns", "published")}
    made = parts | {"version": "9.9", "date": "2030-01-01", "runs": 512, "seed": 1}
    monkeypatch.setattr(scoreboard, "gathered", lambda *_, **__: dict(made))
    monkeypatch.setattr(scoreboard, "of_drawn_wars", lambda _: None)
    monkeypatch.setattr("westphalia.analyse.generic.report.report", lambda *_, **__: None)
    for folder, tables in {"pages": {}, "mine": DECISIONS}.items():
        Path(folder).mkdir()
        for name, text in tables.items():
            Path(folder, name).write_text(text)
    note(Path("pages"), "signs.md", [Tally("Signs", 2, 3, ["F9"])])
    words = ("evidence", "--docs", "board", "--pages", "pages")
    assert call(*words)[0] == 0
    page = Path("board/evidence.md").read_text()
    assert "* Signs: 2 of 3." in page
    assert "Not made in this call: the data are others'" in page
    assert call(*words, "--decisions", "mine")[0] == 0
    assert "2 decisions, 2 with a known outcome" in Path("board/evidence.md").read_text()
    assert strictly(Path("board/evidence.json").read_text())["decisions"]["scored"] == 2


@pytest.fixture
def war(tmp_path):
    """A war with a table, in the folder of the call."""
    beside(tmp_path / "war", record())
    rows = [f"{month},{side},100\n" for month in WINDOW for side in ("north", "south")]
    (tmp_path / "war" / "dead.csv").write_text("month,side,dead\n" + "".join(rows))


@pytest.mark.parametrize("command", ["hindcast", "calibrate"])
def test_an_unknown_fold_is_refused(call, war, command):
    code, out, err = call(command, "./war", "--fold", "hlaf")
    assert (code, out) == (2, "")
    assert err == 'command line:1:1 --fold: there is no fold "hlaf"; did you mean "half"?\n'
    code, out, _ = call(command, "duel", "--fold", "half", "--json")
    assert code == 2
    assert strictly(out)["faults"][0]["message"] == 'there is no fold "half"; valid here: none'


def test_what_means_nothing_is_refused(call, war, no_runs):
    for option in ("--data", "--fold"):
        code, out, err = call("hindcast", "all", option, "half")
        assert (code, out) == (2, "")
        assert err == "command line:1:1 --data, --fold: mean nothing for all; name one scenario\n"
    code, _, err = call("calibrate", "duel")
    assert code == 2
    assert "the scenario has no folds; add folds and observed series" in err
    code, _, err = call("hindcast", "./war", "--data", "none.csv")
    assert (code, err) == (2, "none.csv:1:1 (file): it cannot be read (No such file or directory); give a CSV table\n")


def test_too_few_runs_are_refused_before_any_is_made(call, war, no_runs):
    code, _, err = call("calibrate", "./war", "--runs", RUNS, "--check", "250")
    assert (code, err) == (2, "command line:1:1 --runs: 256 cannot be; give 270 or more\n")
    Path("later.csv").write_text("month,series,value\n2030-07,dead-north,100\n")
    said = record()
    said["folds"]["half"]["parameters"] = [f"laws.{path}" for path in MANY]
    beside(Path("war"), said)
    code, _, err = call("hindcast", "./war", "--data", "later.csv", "--fit-runs", RUNS)
    assert (code, err) == (2, "command line:1:1 --fit-runs: 256 cannot be; give 272 or more\n")


def test_a_window_that_nobody_observed_is_refused_at_its_place(call, war, no_runs):
    said = record()
    said["folds"]["half"]["origin"] = "2030-01"
    beside(Path("war"), said)
    code, _, err = call("calibrate", "./war")
    assert code == 2
    assert len(err.splitlines()) == 2
    assert "record.yaml:1:" in err
    assert 'folds.half.fitted[0]: no month of "dead-north" was observed between the start and the origin' in err


MANY = [
    *(f"attrition.{name}" for name in ("exponent", "intensity", "background", "saturation_loss", "killed_share")),
    *(f"materiel.{name}" for name in ("withheld", "drawdown_time", "aid_armour", "burn_still", "burn_tempo")),
    *(f"manpower.{name}" for name in ("ground_response", "exhaustion", "wave_time", "healing_time", "amnesty")),
]

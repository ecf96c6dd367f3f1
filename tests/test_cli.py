"""The command line keeps its contract: objects of ``--json``, exit codes, faults at their line, a quick ``--help``."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from westphalia import __version__, cli
from westphalia.laws import ORDER
from westphalia.report import terminal
from westphalia.scenario.load import library
from westphalia.simulate import study_manifest, study_run
from westphalia.simulate.study_manifest import CHUNK

sys.path.insert(0, str(Path(__file__).parent / "simulate"))
import fake_engine  # noqa: E402

COMMANDS = (
    "new",
    "check",
    "run",
    "extend",
    "brief",
    "laws",
    "cite",
    "schema",
    "explain",
    "calibrate",
    "hindcast",
    "score",
)
HEAVY = ("numpy", "pydantic", "jax", "pandas", "xarray", "altair", "rich", "ruamel")


@pytest.fixture
def call(call, monkeypatch):
    """Run a command with the fake engine."""
    monkeypatch.setattr(study_run, "prepare", fake_engine.prepare)
    monkeypatch.setattr(study_manifest, "model_version", lambda: "1+test")
    return call


@pytest.fixture
def answer(call):
    """The object that a command prints with ``--json``."""

    def _answer(*words, code=0):
        left, out, _ = call(*words, "--json")
        assert left == code
        return json.loads(out)

    return _answer


def test_help_names_every_command_and_loads_nothing_heavy():
    ask = f"""
import sys
from westphalia.cli import main
try:
    main(["--help"])
except SystemExit:
    print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr, end="")
"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert all(f"  {command} " in told.stdout for command in COMMANDS)
    assert told.stderr == ""
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


def test_the_version_is_told_by_the_module_too():
    told = subprocess.run([sys.executable, "-m", "westphalia", "--version"], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == (f"westphalia {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_and_json(call, command):
    code, out, _ = call(command, "--help")
    assert code == 0
    assert "--json" in out


def test_check_lists_what_a_scenario_holds(answer):
    found = answer("check", "duel")
    assert found["ok"] is True
    assert "truce" in found["levers"]
    assert "H11" in found["claims"]
    assert found["positions"] == ["words-and-home", "no-need"]
    assert found["variants"] == found["faults"] == found["warnings"] == []
    drawn = {one["path"]: one for one in found["drawn"]}
    assert drawn["laws.attrition.exponent"] == {
        "path": "laws.attrition.exponent",
        "title": "attrition exponent",
        "unit": "1",
        "low": 0.25,
        "high": 1.0,
        "status": "sourced",
        "source": "LucasTurkes2004",
    }


def test_check_tells_all_faults_at_once_each_on_a_line(call, answer, tmp_path):
    text = (library() / "duel" / "scenario.yaml").read_text()
    text = text.replace("weeks: 260", "wekks: 260").replace("terrain: 0.2", "terrain: flat")
    Path("war.yaml").write_text(text)
    code, out, err = call("check", "war.yaml")
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("war.yaml:")
    assert lines[0].endswith('wekks: unknown entry; did you mean "weeks"?')
    found = answer("check", "war.yaml", code=2)
    assert found["ok"] is False
    assert [fault.keys() for fault in found["faults"]] == [{"file", "line", "column", "path", "message"}] * 2
    assert found["levers"] == found["variants"] == found["positions"] == found["claims"] == found["warnings"] == []


def test_check_prints_warnings_and_numbers_left_out(call):
    text = (library() / "duel" / "scenario.yaml").read_text()
    Path("war.yaml").write_text(text.replace("{law: helmbold}", "{law: helmbold, exponent: 1.05}"))
    code, out, err = call("check", "war.yaml")
    assert (code, err) == (0, "")
    assert "duel: no fault" in out
    assert "laws.attrition.exponent: 1.05 lies outside the studied range, 0.25 to 1" in out
    assert "are left out and drawn" in out


def test_run_prints_shares_with_their_error_and_how_to_reproduce(call):
    code, out, err = call("run", "duel", "--runs", "3000", "--weeks", "12", "--lever", "truce")
    assert code == 0
    assert "3,000 runs of 12 weeks from 2030-01-01, seed 1" in out
    for words in ("± 95 %", "ongoing", "frozen war", "land[north]", "50 %", "with truce", "to the baseline"):
        assert words in out
    assert "finished" in out
    assert "reproduce: westphalia run duel --runs 3000 --seed 1 --weeks 12 --lever truce" in out
    warning, estimates = err.splitlines()
    assert warning.startswith("warning: ")
    assert "levers.truce.from: it holds from 2031-01-01, after the end of a run" in warning
    assert estimates.startswith("first estimates, 2,048 runs: ongoing ")
    assert Path("out/duel/study.json").is_file()


def test_run_gives_the_object_of_the_contract(answer):
    found = answer("run", "duel", "--runs", "300", "--weeks", "12", "--lever", "truce", "--seed", "7", "--out", "here")
    assert found["study"] == "here/duel"
    assert (found["scenario"], found["runs"], found["seed"], found["weeks"]) == ("duel", 300, 7, 12)
    assert found["variant"] is None
    assert sum(one["share"] for one in found["outcomes"].values()) == pytest.approx(1)
    assert found["outcomes"]["ongoing"].keys() == {"share", "se"}
    assert found["measures"]["dead[south]"].keys() == {"unit", "q05", "q50", "q95"}
    assert {"outcomes", "measures", "differences"} <= found["arms"]["truce"].keys()
    assert sum(found["status"].values()) == 300
    assert {"wall_s", "reproduce"} <= found.keys()


def test_run_goes_on_by_itself_and_refuses_another_study(call, answer):
    assert answer("run", "duel", "--runs", "100", "--weeks", "12")["runs"] == 100
    assert answer("run", "duel", "--runs", "150", "--weeks", "12")["runs"] == 150
    assert answer("extend", "out/duel", "--runs", "200")["runs"] == 200
    code, out, err = call("run", "duel", "--weeks", "12", "--seed", "2")
    assert (code, out) == (2, "")
    assert err == (
        "out/duel:1:1 (study): another study stands here (seed 1, not 2); "
        "give another --out, or go on with the old one by: westphalia extend out/duel --runs N\n"
    )


@pytest.mark.parametrize("runs", ["0", "-5"])
def test_no_runs_are_bad_input(call, answer, runs):
    code, _, err = call("run", "duel", "--runs", runs)
    assert (code, err) == (2, f"command line:1:1 --runs: {runs} cannot be; give 1 or more\n")
    found = answer("run", "duel", "--runs", runs, code=2)
    assert found["ok"] is False
    assert found["faults"][0]["path"] == "--runs"


def test_bad_words_leave_with_two(call):
    assert call("run", "duel", "--runs", "many")[0] == 2
    assert call("walk", "duel")[0] == 2
    code, out, err = call("run", "dule")
    assert (code, out) == (2, "")
    assert 'did you mean "duel"?' in err
    assert "Traceback" not in err


def test_an_own_failure_is_one_sentence_and_a_traceback_only_when_asked_for(call, monkeypatch):
    def fails(**_):
        raise ZeroDivisionError("nobody is left")

    monkeypatch.setattr("westphalia.simulate.study_run.prepare", lambda loaded, **asked: fails(**asked))
    code, out, err = call("run", "duel", "--weeks", "12")
    assert (code, out) == (1, "")
    assert err == "westphalia failed: ZeroDivisionError: nobody is left (--debug shows where)\n"
    assert "Traceback" in call("run", "duel", "--weeks", "12", "--debug")[2]
    monkeypatch.setenv(cli.DEBUG, "1")
    assert "Traceback" in call("run", "duel", "--weeks", "12")[2]


def test_ctrl_c_leaves_a_study_that_goes_on(call, answer, monkeypatch):
    def stopping(loaded, *, seed, weeks, levers):
        return fake_engine.FakeEngine(seed, weeks, levers, stops_at=(CHUNK,))

    with monkeypatch.context() as patched:
        patched.setattr("westphalia.simulate.study_run.prepare", stopping)
        code, out, err = call("run", "duel", "--weeks", "12", "--runs", "5000")
    assert (code, out) == (130, "")
    assert err.splitlines()[-1] == "Stopped: 2,048 of 5,000 runs are kept; the same command goes on from there."
    code, out, err = call("run", "duel", "--weeks", "12", "--runs", "5000")
    assert code == 0
    assert "5,000 runs of 12 weeks" in out
    assert err.startswith("first estimates, 4,096 runs: "), "the runs of before count too"


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ("westphalia.simulate.study_manifest.Plan.of", "Stopped by Ctrl-C before it was done."),
        ("westphalia.simulate.study_run.resume", "Stopped: nothing was begun."),
        (
            "westphalia.simulate.study_run.prepare",
            "Stopped: 0 of 3,000 runs are kept; the same command goes on from there.",
        ),
    ],
)
def test_ctrl_c_before_the_first_step_is_told_in_one_line(call, monkeypatch, where, told):
    def stopped(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(where, stopped)
    assert call("run", "duel", "--weeks", "12", "--runs", "3000") == (130, "", told + "\n")


def test_a_failed_chunk_is_told_and_leaves_with_one(call, monkeypatch):
    def failing(loaded, *, seed, weeks, levers):
        return fake_engine.FakeEngine(seed, weeks, levers, fails_at=(CHUNK,))

    monkeypatch.setattr("westphalia.simulate.study_run.prepare", failing)
    code, out, err = call("run", "duel", "--weeks", "12", "--runs", "3000")
    assert code == 1
    assert "failed: chunk 1 at stage simulate: FloatingPointError: a number too many" in out
    assert "2,048 runs of 12 weeks" in out
    assert err.splitlines()[-1] == "1 chunks failed; the same command tries them again."


def test_laws_come_in_the_order_of_the_week(call, answer):
    found = answer("laws")["laws"]
    assert list(dict.fromkeys(law["family"] for law in found)) == list(ORDER)
    assert {"family", "key", "summary", "equation", "status", "source"} == found[0].keys()
    out = call("laws")[1]
    assert all(law["key"] in out for law in found)


def test_cite_prints_the_literature_of_the_laws_in_use(call, answer):
    found = answer("cite", "duel")
    assert "Helmbold1965" in found["keys"]
    assert "Engel1954" not in found["keys"], "the square law is not in use"
    assert call("cite", "duel")[1].count("@") >= len(found["keys"])


def test_schema_prints_the_json_schema(call):
    assert json.loads(call("schema")[1])["$schema"].startswith("https://json-schema.org/")


def test_explain_says_what_a_key_means(call, answer):
    out = call("explain", "laws.attrition.exponent")[1]
    assert out.splitlines() == [
        "laws.attrition.exponent: attrition exponent",
        "  law: helmbold",
        "  unit: 1",
        "  studied range: from 0.25 to 1",
        "  status: sourced",
        "  source: LucasTurkes2004",
    ]
    assert answer("explain", "clock.days")["entries"][0]["title"].startswith("days of one step")
    assert call("explain", "laws.attrition.exponnt")[0] == 2


def test_new_makes_a_scenario_that_checks(call, answer):
    assert answer("new", "mine", "--from", "duel") == {"scenario": "mine", "folder": "mine"}
    assert answer("check", "./mine")["scenario"] == "mine"
    assert call("new", "mine", "--from", "duel")[0] == 2


def test_brief_writes_a_file_of_a_study(call, answer, monkeypatch):
    monkeypatch.setattr("westphalia.report.brief.write", lambda folder, file: file.write_text(f"on {folder}"))
    call("run", "duel", "--runs", "10", "--weeks", "12")
    assert answer("brief", "out/duel", "-o", "brief.html") == {"study": "out/duel", "file": "brief.html"}
    assert Path("brief.html").read_text() == "on out/duel"
    assert call("brief", "out/duel", "-o", "made/for/it.html")[0] == 0
    assert Path("made/for/it.html").read_text() == "on out/duel"


@pytest.mark.parametrize(
    ("file", "reason"), [("out", "Is a directory"), ("taken/it.html", "File exists"), ("taken/a/b.html", "Not a")]
)
def test_a_brief_that_cannot_be_written_is_bad_input(call, monkeypatch, file, reason):
    monkeypatch.setattr("westphalia.report.brief.write", lambda folder, file: file.write_text(f"on {folder}"))
    call("run", "duel", "--runs", "10", "--weeks", "12")
    Path("taken").touch()
    code, out, err = call("brief", "out/duel", "-o", file)
    assert (code, out) == (2, "")
    assert err.startswith(f"command line:1:1 --output: {file} cannot be written ({reason}")
    assert err.endswith("; give another file\n")


def test_a_brief_on_nothing_leaves_no_folder(call):
    code, _, err = call("brief", "nothing", "-o", "made/for/it.html")
    assert code == 2
    assert err.startswith("nothing:1:1 (study): there is no study here")
    assert not Path("made").exists()


def test_tables_fit_their_width_and_keep_every_word():
    sentence = "a long sentence that has to be wrapped somewhere"
    rows = [("first", sentence, "1"), ("second", "short", "22")]
    text = terminal.table(("name", "what", "n"), rows, words=2, width=40)
    assert max(map(len, text.splitlines())) <= 40
    assert all(word in text for word in (*sentence.split(), "second", "short", "22"))
    assert text.splitlines()[1].endswith(" 1")


def test_a_run_is_told_in_words(call, answer):
    told = answer("run", "duel", "--replay", "3", "--weeks", "26", "--lever", "truce")
    assert told["run"] == 3
    assert told["diary"][0] == "Duel, a war between equals: run 3 of seed 1, truce"
    assert sum(line.startswith("How it stands on ") for line in told["diary"]) == 3


@pytest.mark.parametrize(
    ("words", "fault"), [(["-1"], "--replay"), (["1", "--lever", "truce", "--lever", "elastic-south"], "--lever")]
)
def test_a_replay_needs_a_run_that_can_be_and_at_most_one_lever(call, words, fault):
    code, out, err = call("run", "duel", "--replay", *words)
    assert (code, out) == (2, "")
    assert fault in err


@pytest.mark.slow
def test_a_real_study_runs_from_end_to_end(tmp_path):
    words = ["run", "duel", "--runs", "40", "--weeks", "8", "--lever", "truce", "--json", "--out", str(tmp_path)]
    program = [sys.executable, "-m", "westphalia.cli"]
    found = json.loads(subprocess.run([*program, *words], capture_output=True, check=True, env=os.environ).stdout)
    assert sum(one["share"] for one in found["outcomes"].values()) == pytest.approx(1)
    assert found["status"] == {"finished": 40}
    assert found["measures"]["land[north]"]["unit"] == "km2"
    more = subprocess.run([*program, "extend", found["study"], "--runs", "60"], capture_output=True, check=True)
    assert b"60 runs of 8 weeks" in more.stdout


@pytest.mark.slow
def test_a_brief_on_a_real_study_of_unequal_sides(tmp_path):
    """Each library war with a few runs: what one side has and the other lacks must not break the page."""
    program = [sys.executable, "-m", "westphalia.cli"]
    for name in ("ukraine", "iwo-jima"):
        words = ["run", name, "--runs", "4", "--weeks", "4", "--out", str(tmp_path)]
        subprocess.run([*program, *words], capture_output=True, check=True)
        page = tmp_path / f"{name}.html"
        subprocess.run([*program, "brief", str(tmp_path / name), "-o", str(page)], capture_output=True, check=True)
        assert "</html>" in page.read_text(encoding="utf-8")


def test_talks_gives_the_object_of_the_contract(answer):
    found = answer("talks", "ukraine", "--draws", "100")
    assert found["parties"] == ["Russia", "Ukraine"]
    assert found["outcomes"] > found["rational"]
    for name in ("nash", "kalai", "kalai_smorodinsky", "welfare", "maxmin"):
        assert set(found[name]["text"]) == set(found["issues"])
        assert len(found[name]["utilities"]) == 2
    assert found["pareto"]["size"] <= found["pareto"]["with_ties"]
    assert {"zone", "binding"} <= found.keys()
    assert len(found["sheets"]) == 28
    assert all(0.0 <= sheet["signed"] <= 1.0 for sheet in found["sheets"])
    assert found["readings"]["shuttle"]["all_alike"] < found["readings"]["single-text"]["all_alike"] < 1.0
    assert found["readings"]["shuttle"]["pairs"][0]["parties"] == ["russia", "ukraine"]
    assert found["accounts"]["all"]["pairs"] == 61


def test_talks_tells_people_the_same(call):
    code, out, _ = call("talks", "duel", "--draws", "100")
    assert code == 0
    for words in ("3 issues, 75 texts", "the issue that binds", "protocol", "shuttle"):
        assert words in out


def test_a_scenario_without_talks_is_told_so(call):
    code, _, err = call("talks", "iwo-jima")
    assert code == 2
    assert "the scenario has no talks; add a block talks, as in the library" in err


def test_a_run_is_told_with_its_messages(answer):
    found = answer("run", "duel", "--weeks", "30", "--replay", "3")
    assert [held["week"] for held in found["rounds"]][:3] == [1, 5, 9]
    assert set(found["rounds"][0]["chains"]) == {"north", "south"}
    assert any("A text is put" in line for line in found["diary"])


def test_a_run_is_written_as_a_page(call, tmp_path):
    code, out, _ = call("run", "duel", "--weeks", "6", "--replay", "3", "--page", "new/run.html")
    assert (code, out) == (0, "new/run.html is written\n")
    assert "The round of week 5" in (tmp_path / "new" / "run.html").read_text(encoding="utf-8")
    code, _, err = call("run", "duel", "--page", "run.html")
    assert code == 2
    assert "--page: a page shows one run; add --replay and its number" in err


def test_frictions_of_a_war_without_talks_are_bad_input(call):
    code, _, err = call("frictions", "iwo-jima")
    assert code == 2
    assert "the scenario has no talks" in err

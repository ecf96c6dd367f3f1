"""The brief in a real browser: Debian's chromium, headless, without network."""

import re
import subprocess

import pytest

from westphalia.report import brief

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=30000"]
OFFLINE = ["--host-resolver-rules=MAP * ~NOTFOUND", "--enable-logging=stderr", "--v=0"]


@pytest.fixture(scope="module")
def seen(study_with_levers, study_folder, tmp_path_factory, chromium):
    """The page after its scripts have run, and what the console said."""
    folder = tmp_path_factory.mktemp("browser")
    file = folder / "brief.html"
    file.write_text(brief.build(study_with_levers, study_folder), encoding="utf-8")
    command = [chromium, *FLAGS, *OFFLINE, f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=True)
    return done.stdout, done.stderr


def test_every_chart_comes_alive(seen):
    dom, _ = seen
    drawn, places = re.search(r'<html[^>]*data-charts="(\d+) of (\d+)"', dom).groups()
    assert drawn == places
    assert int(places) > 20
    assert len(re.findall(r'<div class="live[^"]*"[^>]*>.{0,400}?<svg', dom, re.DOTALL)) == int(places)


def test_the_console_stays_silent(seen):
    dom, console = seen
    assert "data-problems" not in dom
    assert [line for line in console.splitlines() if ":CONSOLE" in line] == []


def test_every_folded_table_can_be_had_as_csv(seen):
    dom, _ = seen
    links = re.findall(r'<a class="csv" download="[a-z0-9-]+\.csv" href="data:text/csv;charset=utf-8,([^"]+)"', dom)
    assert len(links) == dom.count("<details") > 10
    assert all("%0A" in link for link in links)

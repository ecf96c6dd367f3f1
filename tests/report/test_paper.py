"""The brief as a PDF, printed by the browser of the machine."""

import os
import shutil
import subprocess

import pytest

from westphalia.errors import BadInput
from westphalia.report import paper

PAGE = "<!doctype html><title>T</title><h1>First words</h1><p style='break-before: page'>Last words</p>"


@pytest.mark.usefixtures("chromium")
def test_a_page_is_printed_whole_and_leaves_nothing_beside(tmp_path):
    file = tmp_path / "brief.pdf"
    paper.print_pdf(PAGE, file)
    assert file.read_bytes().startswith(b"%PDF-")
    assert list(tmp_path.iterdir()) == [file]
    if shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout
        assert told.split("\f")[:2] == ["First words\n\n", "Last words\n\n"]


def test_without_a_browser_the_fault_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadInput) as caught:
        paper.print_pdf(PAGE, tmp_path / "brief.pdf")
    (fault,) = caught.value.faults
    assert "no Chromium or Chrome" in fault.what
    assert "HTML file" in fault.remedy
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("chromium")
def test_a_file_that_cannot_be_written_is_named(tmp_path):
    file = tmp_path / "brief.pdf"
    file.mkdir()
    with pytest.raises(IsADirectoryError) as caught:
        paper.print_pdf(PAGE, file)
    assert caught.value.filename == str(file)
    assert list(tmp_path.iterdir()) == [file]


def test_a_browser_that_fails_leaves_nothing(tmp_path, monkeypatch):
    bin_, out = tmp_path / "bin", tmp_path / "out"
    bin_.mkdir()
    out.mkdir()
    (bin_ / "chromium").write_text("#!/bin/sh\nexit 3\n")
    (bin_ / "chromium").chmod(0o755)
    monkeypatch.setenv("PATH", f"{bin_}:{os.environ['PATH']}")
    with pytest.raises(RuntimeError, match="exit status 3"):
        paper.print_pdf(PAGE, out / "brief.pdf")
    assert list(out.iterdir()) == []

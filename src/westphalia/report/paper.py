"""A page on paper: printed to PDF by a Chromium that the machine has, so that it looks as it does in a browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from westphalia.errors import BadInput, Fault

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
)
"""Names under which such a browser is installed."""
PATIENCE = 180.0
"""Seconds after which it is taken to hang."""


def print_pdf(page: str, file: Path) -> None:
    """Print a page of HTML into a PDF file, whole or not at all.

    Args:
        page: The page; it makes no request.
        file: The file to write; its folder must exist.

    Raises:
        BadInput: If there is no such browser.
        OSError: If the file cannot be written.
        RuntimeError: If the browser fails, or hangs.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        what = "no Chromium or Chrome is here to print a PDF"
        remedy = "install one, or write an HTML file and print that from any browser"
        raise BadInput([Fault("command line", 1, 1, "--output", what, remedy)])
    try:
        # Beside the file: a browser in a sandbox of its own may not see the system's folder for temporary files.
        with tempfile.TemporaryDirectory(dir=file.parent, prefix="printing-") as folder:
            os.replace(_printed(browser, page, Path(folder)), file)
    except OSError as error:  # whatever it names is part of writing this file
        raise OSError(error.errno, error.strerror, os.fspath(file)) from error


def _printed(browser: str, page: str, folder: Path) -> Path:
    given, made = folder / "page.html", folder / "page.pdf"
    given.write_text(page, encoding="utf-8")
    flags = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer"]
    flags += ["--disable-pdf-tagging", f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}"]
    flags += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    command = [browser, *flags, given.resolve().as_uri()]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise RuntimeError(f"{browser} made no PDF in {PATIENCE:.0f} seconds") from None
    if not made.is_file():
        raise RuntimeError(f"{browser} made no PDF (exit status {done.returncode})")
    return made

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
        RuntimeError: If the browser fails.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        what = "no Chromium or Chrome is here to print a PDF"
        remedy = "install one, or write an HTML file and print that from any browser"
        raise BadInput([Fault("command line", 1, 1, "--output", what, remedy)])
    # Beside the file: a browser in a sandbox of its own may not see the system's folder for temporary files.
    with tempfile.TemporaryDirectory(dir=file.parent, prefix="printing-") as folder:
        given, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        given.write_text(page, encoding="utf-8")
        flags = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer"]
        flags += ["--disable-pdf-tagging", f"--user-data-dir={Path(folder) / 'profile'}", f"--print-to-pdf={made}"]
        flags += ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        done = subprocess.run(
            [browser, *flags, given.resolve().as_uri()], capture_output=True, timeout=PATIENCE, check=False
        )
        if not made.is_file():
            raise RuntimeError(f"{browser} made no PDF (exit status {done.returncode})")
        os.replace(made, file)

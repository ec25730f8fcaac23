"""The browser of the tests, the pictures and the measurements: found, or else fetched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

DEBIANS = ("chromium-headless-shell", "chromium")
"""The first, without windows, takes a fifth less work; not every release has it."""
ON_PATH = (*DEBIANS, "chromium-browser", "google-chrome")
PLAYWRIGHTS = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
ITS_OWN = (
    "chromium_headless_shell-*/*/chrome-headless-shell",
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
PATIENCE_S = 300
NONE = "No browser: install chromium, or name one with CHROMIUM=/path/to/it."


def find_browser() -> Path | None:
    """The one that was named, one on the PATH, or the newest that Playwright has installed; of
    each kind rather one without windows."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, ON_PATH)]
    candidates = [Path(each) for each in found if each] + _playwrights_own()
    return next((each for each in candidates if each.is_file()), None)


def fetch_browser() -> Path | None:
    """Debian's package where we may install one, otherwise Playwright's own."""
    if os.geteuid() == 0 and shutil.which("apt-get") and _run("apt-get", "update", "-q"):
        for package in DEBIANS:
            if _run("apt-get", "install", "-qy", package) and (found := find_browser()):
                return found
    _run(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")
    return find_browser()


def _run(*command: str) -> bool:
    environment = os.environ | {
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000",  # ms
    }
    try:
        subprocess.run(
            command, env=environment, capture_output=True, timeout=PATIENCE_S, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _playwrights_own() -> list[Path]:
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(named)] if named else list(PLAYWRIGHTS)
    return [
        each
        for like in ITS_OWN
        for each in sorted((found for at in folders for found in at.glob(like)), reverse=True)
    ]


if __name__ == "__main__":
    if find_browser() is None:
        print("Fetching a browser for the tests of the pages ...", flush=True)
        print(fetch_browser() or f"{NONE} Tests of the pages are not run.", flush=True)

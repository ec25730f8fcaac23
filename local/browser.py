"""The browser of the tests, the pictures and the measurements: found, or else fetched."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ON_PATH = ("chromium", "chromium-browser", "google-chrome")
PLAYWRIGHTS = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
ITS_OWN = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
DEBIANS = (["apt-get", "update", "-q"], ["apt-get", "install", "-qy", "chromium"])
PATIENCE_S = 300
NONE = "No browser: install chromium, or name one with CHROMIUM=/path/to/it."


def find_browser() -> Path | None:
    """The one that was named, one on the PATH, or the newest that Playwright has installed."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, ON_PATH)]
    candidates = [Path(each) for each in found if each] + _playwrights_own()
    return next((each for each in candidates if each.is_file()), None)


def fetch_browser() -> Path | None:
    """Debian's package where we may install one, otherwise Playwright's own."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        return _run(*DEBIANS) or _download()
    return _download()


def _download() -> Path | None:
    return _run([sys.executable, "-m", "playwright", "install", "chromium"])


def _run(*commands: list[str]) -> Path | None:
    environment = os.environ | {
        "DEBIAN_FRONTEND": "noninteractive",
        "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "15000",  # ms
    }
    for command in commands:
        try:
            subprocess.run(
                command, env=environment, capture_output=True, timeout=PATIENCE_S, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return None
    return find_browser()


def _playwrights_own() -> list[Path]:
    named = os.environ.get("PLAYWRIGHT_BROWSERS_PATH")
    folders = [Path(named)] if named else list(PLAYWRIGHTS)
    return sorted(
        (each for at in folders for like in ITS_OWN for each in at.glob(like)), reverse=True
    )


if __name__ == "__main__":
    if find_browser() is None:
        print("Fetching a browser for the tests of the pages ...", flush=True)
        print(fetch_browser() or f"{NONE} Tests of the pages are not run.", flush=True)

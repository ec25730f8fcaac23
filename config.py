"""The environment, read once into frozen settings."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit

# `backoffice run` also uses the six ports above its own.
PORTS_IN_USE = 7


class SettingsError(ValueError):
    """Every variable that is missing or wrong, one line each."""


@dataclass(frozen=True)
class Variable:
    name: str
    description: str
    parse: Callable[[str], object]
    default: str | None

    def read(self, environment: Mapping[str, str]) -> object:
        """An empty value counts as absent: that is what `${VAR:-}` passes on."""
        text = environment.get(self.name, "").strip() or self.default
        if text is None:
            raise SettingsError(f"{self.name} is not set: {self.description}")
        try:
            return self.parse(text)
        except ValueError as error:
            raise SettingsError(f"{self.name} {error}") from None


def _variable(
    name: str,
    description: str,
    parse: Callable[[str], object],
    default: str | None = None,
    *,
    secret: bool = False,
) -> Any:
    variable = Variable(name, description, parse, default)
    return field(repr=not secret, metadata={"variable": variable})


def _port(text: str) -> int:
    return _number(text, 1, 65536 - PORTS_IN_USE)


def _count(text: str) -> int:
    return _number(text, 1, 64)


def _number(text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise ValueError(f"must be a whole number from {low} to {high}, not {text!r}.")
    return int(text)


def _host(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z.:-]{1,253}", text):
        raise ValueError(f"must be an address or host name to listen on, not {text!r}.")
    return text


def _name(text: str) -> str:
    if not re.fullmatch(r"[0-9A-Za-z._-]{1,200}", text):
        raise ValueError(f"must be made of letters, digits, dots, dashes, not {text!r}.")
    return text


def _public_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"must look like https://shop.example.org, not {text!r}.")
    return text.rstrip("/")


def _database_url(text: str) -> str:
    """Its text is never repeated: it holds the password."""
    wrong = ValueError("must look like postgresql://user:password@host:5432/database.")
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # reading it checks that it is a number
    except ValueError:
        raise wrong from None
    if parts.scheme != "postgresql" or not parts.path.strip("/"):
        raise wrong
    return text


def _optional_database_url(text: str) -> str:
    return _database_url(text) if text else ""


def _address(text: str) -> str:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit():
        raise ValueError(f"must look like temporal.example.org:7233, not {text!r}.")
    return text


def _secret_keys(text: str) -> tuple[str, ...]:
    keys = tuple(key.strip() for key in text.split(","))
    if not all(_is_fernet_key(key) for key in keys):
        raise ValueError("must be Fernet keys (32 bytes in URL-safe base64), comma separated.")
    return keys


def _is_fernet_key(key: str) -> bool:
    try:
        return len(base64.b64decode(key, altchars=b"-_", validate=True)) == 32
    except (binascii.Error, ValueError):
        return False


@dataclass(frozen=True, kw_only=True)
class Settings:
    host: str = _variable(
        "BACKOFFICE_HOST", "Address the API listens on.", _host, default="127.0.0.1"
    )
    port: int = _variable(
        "BACKOFFICE_PORT",
        "Port of the API; `backoffice run` uses the six ports above it for its other parts.",
        _port,
        default="8000",
    )
    data: Path = _variable(
        "BACKOFFICE_DATA", "Folder for data, logs and uploaded files.", Path, default=".data"
    )
    public_url: str = _variable(
        "BACKOFFICE_PUBLIC_URL",
        "Address under which browsers and providers reach the API.",
        _public_url,
        default="http://127.0.0.1:8000",
    )
    secret_keys: tuple[str, ...] = _variable(
        "BACKOFFICE_SECRET_KEYS",
        "Fernet keys for stored secrets, comma separated; the first encrypts, all decrypt.",
        _secret_keys,
        secret=True,
    )
    database_url: str = _variable(
        "DATABASE_URL", "PostgreSQL that holds the facts.", _database_url, secret=True
    )
    owner_database_url: str = _variable(
        "BACKOFFICE_OWNER_DATABASE_URL",
        "The same database for the owner of its tables, which only `backoffice migrate` needs; "
        "without it DATABASE_URL is taken.",
        _optional_database_url,
        default="",
        secret=True,
    )
    temporal_address: str = _variable(
        "TEMPORAL_ADDRESS", "Host and port of the Temporal server.", _address
    )
    temporal_namespace: str = _variable(
        "TEMPORAL_NAMESPACE", "Temporal namespace of the workflows.", _name, default="default"
    )
    task_queue: str = _variable(
        "BACKOFFICE_TASK_QUEUE",
        "Temporal task queue the workers poll.",
        _name,
        default="backoffice",
    )
    api_processes: int = _variable(
        "BACKOFFICE_API_PROCESSES", "How many processes serve the API.", _count, default="1"
    )
    worker_processes: int = _variable(
        "BACKOFFICE_WORKER_PROCESSES", "How many worker processes run.", _count, default="1"
    )

    @property
    def owner_url(self) -> str:
        return self.owner_database_url or self.database_url

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Raises SettingsError that names every wrong variable at once."""
        values: dict[str, object] = {}
        problems = []
        for entry in fields(cls):
            try:
                values[entry.name] = _of(entry).read(environment)
            except SettingsError as error:
                problems.append(str(error))
        if problems:
            raise SettingsError("\n".join(problems))
        return cls(**values)  # type: ignore[arg-type]  # each parser returns its field's type


def _of(entry: Field[Any]) -> Variable:
    variable: Variable = entry.metadata["variable"]
    return variable


def read_port(environment: Mapping[str, str]) -> int:
    return _port(str(VARIABLES["BACKOFFICE_PORT"].read(environment)))


def read_data_folder(environment: Mapping[str, str]) -> Path:
    return Path(str(VARIABLES["BACKOFFICE_DATA"].read(environment))).absolute()


VARIABLES: Mapping[str, Variable] = {_of(entry).name: _of(entry) for entry in fields(Settings)}

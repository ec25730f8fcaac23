"""What the local stack adds to the environment, so that each of its programs finds the others."""

import base64
import os
from collections.abc import Mapping
from pathlib import Path

from config import read_data_folder, read_port
from local.ports import Ports
from local.postgres import application_url, connection_url
from local.secret_files import kept_secret

SECRET_KEY_FILE = "secret.key"
POSTGRES_FOLDER = "postgres"
OWNER = "BACKOFFICE_OWNER_DATABASE_URL"


def complete(environment: Mapping[str, str]) -> dict[str, str]:
    """What a person has set wins over what the stack would choose."""
    given = {name: value for name, value in environment.items() if value.strip()}
    data = read_data_folder(given)
    ports = Ports(read_port(given))
    chosen = {
        "BACKOFFICE_PUBLIC_URL": f"http://127.0.0.1:{ports.api}",
        "BACKOFFICE_SECRET_KEYS": kept_secret(data / SECRET_KEY_FILE, _new_fernet_key),
        "TEMPORAL_ADDRESS": f"127.0.0.1:{ports.temporal}",
    }
    if "DATABASE_URL" not in given:
        chosen["DATABASE_URL"] = application_url(data / POSTGRES_FOLDER, ports.postgres)
        chosen[OWNER] = connection_url(data / POSTGRES_FOLDER, ports.postgres)
    return chosen | given | {"BACKOFFICE_DATA": str(data)}


def without_owner(environment: Mapping[str, str]) -> dict[str, str]:
    """For programs that run on and on: they could not change the tables if they wanted."""
    return {name: value for name, value in environment.items() if name != OWNER}


def complete_beside_a_stack(environment: Mapping[str, str]) -> dict[str, str]:
    """For commands in another terminal: where no stack has run, nothing is made up."""
    if _has_run(read_data_folder(environment)):
        return complete(environment)
    return dict(environment)


def _has_run(data: Path) -> bool:
    return (data / SECRET_KEY_FILE).exists()


def _new_fernet_key() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode()

"""The compose file and the program agree on every variable."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli import COMMANDS
from config import VARIABLES, Settings
from local.environment import without_owner
from tests.local.environments import KEY

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("api", "worker", "migrate")
# ${NAME}, ${NAME:-default} and ${NAME:?message}, as compose replaces them.
PLACEHOLDER = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


@pytest.mark.parametrize("name", OURS)
def test_our_services_set_the_variables_we_read_and_no_other(name: str) -> None:
    expected = VARIABLES if name == "migrate" else without_owner(SERVICES["migrate"]["environment"])
    assert set(SERVICES[name]["environment"]) == set(expected)


@pytest.mark.parametrize("name", OURS)
def test_what_they_set_is_valid_once_the_secrets_are_given(name: str) -> None:
    given = {
        "BACKOFFICE_PUBLIC_URL": "https://shop.example.org",
        "BACKOFFICE_SECRET_KEYS": KEY,
        "POSTGRES_PASSWORD": "letters0and0digits00",
        "APPLICATION_PASSWORD": "other0letters0digits",
    }
    environment = {
        variable: PLACEHOLDER.sub(lambda found: given.get(found[1], found[3]), value)
        for variable, value in SERVICES[name]["environment"].items()
    }
    settings = Settings.from_environment(environment)
    application = "postgresql://backoffice_app:other0letters0digits@postgres:5432/backoffice"
    owner = "postgresql://backoffice:letters0and0digits00@postgres:5432/backoffice"
    assert settings.database_url == application
    assert settings.owner_url == (owner if name == "migrate" else application)
    assert (settings.host, settings.port) == ("0.0.0.0", 8000)
    assert settings.temporal_namespace == SERVICES["temporal-namespace"]["environment"]["NAMESPACE"]


def test_no_secret_has_a_default() -> None:
    found = PLACEHOLDER.findall((ROOT / "docker-compose.yml").read_text())
    secrets = {name: kind for name, kind, _ in found if "PASSWORD" in name or "SECRET" in name}
    assert secrets == {
        "POSTGRES_PASSWORD": "?",
        "APPLICATION_PASSWORD": "?",
        "BACKOFFICE_SECRET_KEYS": "?",
    }


def test_our_services_run_commands_that_exist() -> None:
    asked = {SERVICES[name]["command"][0] for name in OURS}
    asked.add(SERVICES["api"]["healthcheck"]["test"][2])
    assert asked <= {command.name for command in COMMANDS}


def test_nothing_starts_before_what_it_stands_on_is_ready() -> None:
    for name in ("api", "worker"):
        assert set(SERVICES[name]["depends_on"]) == {"migrate", "temporal-namespace"}
    waits = [
        wait for service in SERVICES.values() for wait in service.get("depends_on", {}).items()
    ]
    for dependency, how in waits:
        healthy = "healthcheck" in SERVICES[dependency]
        expected = "service_healthy" if healthy else "service_completed_successfully"
        assert how == {"condition": expected}


def test_nothing_but_loopback_is_published() -> None:
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published
    assert all(port.startswith("127.0.0.1:") for port in published)

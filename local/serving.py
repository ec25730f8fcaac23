"""Commands that become a server of their own: `backoffice api`, `backoffice worker`, `healthz`."""

import argparse
import os
import sys

from config import Settings
from local.child import ROOT
from local.environment import complete_beside_a_stack
from local.health import is_healthy

UVICORN = (
    *("-m", "uvicorn", "api.app:create_app", "--factory", "--app-dir", str(ROOT)),
    *("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--no-server-header"),
    # Live pages hold connections open; they come back by themselves.
    *("--timeout-graceful-shutdown", "5"),
)


def api(arguments: argparse.Namespace) -> int:
    settings = _settings()
    options = ["--host", settings.host, "--port", str(settings.port)]
    options += ["--workers", str(settings.api_processes)]
    os.execv(sys.executable, [sys.executable, *UVICORN, *options])


def worker(arguments: argparse.Namespace) -> int:
    _settings()
    os.execv(sys.executable, [sys.executable, str(ROOT / "worker.py")])


def healthz(arguments: argparse.Namespace) -> int:
    """For container platforms: exit code 0 when the API and what it stands on answer."""
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    healthy = is_healthy(settings)
    print("healthy" if healthy else "not healthy")
    return 0 if healthy else 1


def _settings() -> Settings:
    """Complains here in one sentence rather than in the server's traceback."""
    environment = complete_beside_a_stack(os.environ)
    settings = Settings.from_environment(environment)
    os.environ.update(environment)
    return settings

"""Asks the API whether it and what it stands on are well."""

from urllib.request import urlopen

from config import Settings

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


def is_healthy(settings: Settings, timeout_s: float = 5) -> bool:
    host = EVERYWHERE.get(settings.host, settings.host)
    try:
        with urlopen(f"http://{host}:{settings.port}/healthz", timeout=timeout_s) as answer:
            return bool(answer.status == 200)
    except OSError:  # refused, timed out, or answered with an error status
        return False

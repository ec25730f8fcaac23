"""The schema's history. `upgrade(url)` brings a database to the newest version."""

from pathlib import Path

from alembic import command
from alembic.config import Config

ROOT = Path(__file__).resolve().parent


def configuration(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT))
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    command.upgrade(configuration(url), "head")

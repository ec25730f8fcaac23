"""`backoffice migrate`: brings the database's tables to the newest version."""

import argparse
import os

from config import Settings
from db.engine import Database
from db.groups import install_profiles
from local.environment import complete_beside_a_stack
from migrations import upgrade


def migrate(arguments: argparse.Namespace) -> int:
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    bring_up_to_date(settings.database_url)
    return 0


def bring_up_to_date(url: str) -> None:
    """The newest tables, and in them the groups that a shop starts with."""
    upgrade(url)
    db = Database.connect(url, pool_size=1)
    with db.transaction() as tx:
        install_profiles(tx)
    db.close()

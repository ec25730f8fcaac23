"""`backoffice migrate`: brings the database's tables to the newest version."""

import argparse
import os

from config import Settings
from db.engine import Database
from db.groups import install_profiles
from db.roles import separate_roles
from db.rollups import refresh_sales
from local.environment import complete_beside_a_stack
from migrations import upgrade

ONE_ROLE = (
    "The application may do whatever the owner of the tables may: only triggers protect the "
    "history from it. Give the owner in BACKOFFICE_OWNER_DATABASE_URL, and in DATABASE_URL a "
    "role of its own for the application."
)


def migrate(arguments: argparse.Namespace) -> int:
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    if not bring_up_to_date(settings.owner_url, settings.database_url):
        print(ONE_ROLE)
    return 0


def bring_up_to_date(owner_url: str, application_url: str) -> bool:
    """The newest tables, the groups that a shop starts with, and the sums of its sales, so that
    the first visitor does not wait for them. False: the application could change the history."""
    upgrade(owner_url)
    db = Database.connect(owner_url, pool_size=1)
    with db.transaction() as tx:
        install_profiles(tx)
    with db.transaction() as tx:
        refresh_sales(tx)
    db.close()
    return separate_roles(owner_url, application_url)

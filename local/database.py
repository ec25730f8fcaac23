"""`backoffice migrate`: brings the database's tables to the newest version."""

import argparse
import os

from config import Settings
from local.environment import complete_beside_a_stack
from migrations import upgrade


def migrate(arguments: argparse.Namespace) -> int:
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    upgrade(settings.database_url)
    return 0

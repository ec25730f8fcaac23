"""`backoffice demo-shop`: fills the database with a shop to try things on."""

import argparse
import os

from config import Settings
from local.demo import fill
from local.environment import complete_beside_a_stack


def run(arguments: argparse.Namespace) -> int:
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    fill(settings.database_url, settings.data)
    return 0

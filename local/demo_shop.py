"""`backoffice demo-shop`: fills the database with a shop to try things on."""

import argparse
import os

from config import Settings
from db.engine import Database
from local.demo.filling import fill
from local.demo.orders import place_demo_orders
from local.demo.sign_ins import is_published
from local.environment import complete_beside_a_stack
from local.health import is_healthy


def run(arguments: argparse.Namespace) -> int:
    """Run again beside a running stack, it places a few orders, so that lists show something."""
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    was_filled = is_published(settings.data)
    db = Database.connect(settings.database_url)
    try:
        kept = fill(settings, db)
        if was_filled and is_healthy(settings):
            print(f"Orders placed: {place_demo_orders(settings, kept, db)}.")
    finally:
        db.close()
    return 0

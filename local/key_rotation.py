"""`backoffice rotate-keys`: afterwards only the first of BACKOFFICE_SECRET_KEYS is needed."""

import argparse
import os

from config import Settings
from db.engine import Database
from db.key_rotation import KeyMissing, rotate_keys
from local.environment import complete_beside_a_stack
from local.errors import CannotStart


def run(arguments: argparse.Namespace) -> int:
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    db = Database.connect(settings.database_url, pool_size=1)
    try:
        done = rotate_keys(db, settings.secret_keys)
    except KeyMissing as missing:
        raise CannotStart(f"{missing} Add it to BACKOFFICE_SECRET_KEYS; nothing changed.") from None
    finally:
        db.close()
    print(f"Encrypted with the first key: {sum(done.values())} secrets. The others can go.")
    return 0

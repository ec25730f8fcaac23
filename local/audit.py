"""`backoffice audit seal` and `backoffice audit verify`: has anybody tampered with the history?"""

import argparse
import os
import re
import sys
import time

from config import Settings
from db.engine import Database
from db.seal_checks import check_head, check_seals, unsealed
from db.seal_keys import SealKeys
from db.seals import Head, head, seal
from local.environment import complete_beside_a_stack
from local.errors import CannotStart

PROGRESS_EVERY_S = 2.0


def run(arguments: argparse.Namespace) -> int:
    """1 when something is wrong with the history."""
    if arguments.act not in ACTS:
        raise CannotStart(f"Choose one of {', '.join(ACTS)}, not {arguments.act!r}.")
    settings = Settings.from_environment(complete_beside_a_stack(os.environ))
    db = Database.connect(settings.database_url, pool_size=1)
    try:
        return ACTS[arguments.act](db, SealKeys(settings.secret_keys), arguments)
    finally:
        db.close()


def _seal(db: Database, keys: SealKeys, arguments: argparse.Namespace) -> int:
    print(f"Entries sealed: {seal(db, keys)}.")
    return 0


def _verify(db: Database, keys: SealKeys, arguments: argparse.Namespace) -> int:
    kept = _kept(arguments.expect) if arguments.expect else None
    began, told, rows, wrong = time.monotonic(), time.monotonic(), 0, 0
    for checked in check_seals(db, keys):
        rows += checked.rows
        wrong += _tell(checked.findings)
        if time.monotonic() - told > PROGRESS_EVERY_S:
            told = time.monotonic()
            print(f"... {rows} entries, up to seal {checked.number}", file=sys.stderr)
    wrong += _tell(check_head(db, kept) if kept else [])
    open_ended = unsealed(db)
    if open_ended.rows:
        print(f"Not sealed yet: {open_ended.rows} entries, the oldest of {open_ended.oldest}.")
    seconds = time.monotonic() - began
    print(f"Entries checked: {rows} in {seconds:.1f} s. Findings: {wrong}.")
    return 1 if wrong else 0


def _head(db: Database, keys: SealKeys, arguments: argparse.Namespace) -> int:
    with db.transaction() as tx:
        newest = head(tx)
    if newest is None:
        raise CannotStart("Nothing is sealed yet.")
    print(newest)
    return 0


ACTS = {"seal": _seal, "verify": _verify, "head": _head}


def _tell(findings: list[str]) -> int:
    for finding in findings:
        print(finding)
    return len(findings)


def _kept(text: str) -> Head:
    found = re.fullmatch(r"([0-9]{1,18}):([0-9a-f]{64})", text)
    if found is None:
        raise CannotStart("--expect takes what `backoffice audit head` printed.")
    return Head(int(found[1]), found[2])

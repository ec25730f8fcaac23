"""The folder with everything the stack keeps: one stack at a time, and only where it may write."""

import fcntl
import os
from pathlib import Path
from typing import IO

from local.errors import CannotStart


def lock(folder: Path) -> IO[str]:
    """Held until the file is closed or we end, however that happens."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # mails and keys are in it
        file = (folder / "run.lock").open("a+")
    except OSError as error:
        raise CannotStart(
            f"Cannot write to {folder} ({error.strerror}): make it writable, or choose another "
            "folder with BACKOFFICE_DATA."
        ) from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise _in_use(folder, file) from None
    file.truncate(0)
    print(os.getpid(), file=file, flush=True)
    return file


def rotate(logs: Path) -> None:
    """The last run's logs stay beside the new ones until the next start."""
    logs.mkdir(exist_ok=True)
    for log in logs.glob("*.log"):
        log.replace(log.with_name(log.name + ".1"))


def _in_use(folder: Path, file: IO[str]) -> CannotStart:
    file.seek(0)
    owner = file.read().strip() or "unknown"
    file.close()
    return CannotStart(
        f"{folder} is in use by another `backoffice run` (PID {owner}): stop it, or choose "
        "another folder and ports with BACKOFFICE_DATA and BACKOFFICE_PORT."
    )

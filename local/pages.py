"""Builds the staff's pages when their sources have changed: `python -m local.pages`."""

import fcntl
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

WEB = Path(__file__).resolve().parents[1] / "web"
NODE = Path(sys.prefix) / "bin" / "node"
NPM = Path(sys.prefix) / "bin" / "npm"
INSTALLED = WEB / "node_modules" / ".installed"
BUILT = WEB / "dist" / ".built"
NEXT = WEB / "dist" / "next"
NOT_SOURCES = {"node_modules", "dist", "api.d.ts", "openapi.json"}
PACKED = {".js", ".css", ".svg"}
TIMEOUT_S = 600


class CannotBuild(Exception):
    """The message says which step failed, and shows its last words."""


def build() -> None:
    """Each step only when what it is made from has changed; one build at a time."""
    BUILT.parent.mkdir(exist_ok=True)
    with (BUILT.parent / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        _install(fingerprint([WEB / "package-lock.json"]))
        _build(fingerprint(_sources()))


def _install(lock: str) -> None:
    if read(INSTALLED) != lock:
        step("Installing what builds the pages", [NPM, "ci", "--no-progress"])
        INSTALLED.write_text(lock)


def _build(sources: str) -> None:
    if read(BUILT) != sources:
        vite: list[str | Path] = [NODE, "node_modules/vite/bin/vite.js", "build"]
        step("Building the pages", [*vite, "--outDir", NEXT])
        pack(NEXT / "assets")
        swap(NEXT, BUILT.with_name("admin"))
        BUILT.write_text(sources)


def swap(fresh: Path, served: Path) -> None:
    """Whoever serves the old pages finds the new ones a moment later, whole."""
    old = served.with_name("old")
    shutil.rmtree(old, ignore_errors=True)
    if served.exists():
        served.rename(old)
    fresh.rename(served)
    shutil.rmtree(old, ignore_errors=True)


def fingerprint(files: Sequence[Path]) -> str:
    """By what is in them: the times of files say nothing after a fresh checkout."""
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(WEB)} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def read(stamp: Path) -> str:
    return stamp.read_text() if stamp.is_file() else ""


def step(name: str, command: Sequence[str | Path]) -> None:
    began = time.monotonic()
    print(f"{name} ...", flush=True)
    try:
        done = subprocess.run(
            command,
            cwd=WEB,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBuild(f"{name} failed: {error}") from None
    if done.returncode:
        raise CannotBuild(f"{name} failed:\n{_tail(done.stdout + done.stderr)}")
    print(f"{name}: done in {time.monotonic() - began:.0f} s", flush=True)


def environment() -> dict[str, str]:
    """Programs of npm ask for `node` by name: it is the one beside our Python."""
    given = dict(os.environ)
    return given | {"PATH": f"{NODE.parent}{os.pathsep}{given.get('PATH', '')}"}


def pack(folder: Path) -> None:
    for file in sorted(folder.iterdir()):
        if file.suffix in PACKED:
            packed = gzip.compress(file.read_bytes(), 9, mtime=0)
            file.with_name(f"{file.name}.gz").write_bytes(packed)


def _sources() -> list[Path]:
    return sorted(_below(WEB))


def _below(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in NOT_SOURCES:
            continue
        if path.is_dir():
            yield from _below(path)
        else:
            yield path


def _tail(text: str, lines: int = 20) -> str:
    return "\n".join(text.strip().splitlines()[-lines:])


if __name__ == "__main__":
    try:
        build()
    except CannotBuild as error:
        sys.exit(str(error))

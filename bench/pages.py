"""How much a browser fetches before the first page of the back office stands."""

import gzip
import re
from pathlib import Path

from api.web import BUILT
from bench.figures import Figure
from local.pages import build

ENTRY = re.compile(r'(?:src|href)="/admin/assets/([^"]+\.js)"')
IMPORTED = re.compile(r"""(?:from|import)\s*["']\./([^"']+\.js)["']""")
LONGEST_ENTRY_KB = 350


def measure(quick: bool) -> list[Figure]:
    """Compressed as it travels: the entry and what it imports at once; all scripts together."""
    build()
    assets = BUILT / "assets"
    first = _with_imports(assets, ENTRY.findall((BUILT / "index.html").read_text()))
    every = {file.name for file in assets.glob("*.js")}
    signed_in = _with_imports(assets, [name for name in every if name.startswith("BackOffice-")])
    return [
        Figure("entry script, compressed", _kilobytes(assets, first), "kB"),
        Figure(
            "until the first page stands, compressed", _kilobytes(assets, first | signed_in), "kB"
        ),
        Figure("all scripts, compressed", _kilobytes(assets, every), "kB"),
    ]


def _with_imports(assets: Path, names: list[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += IMPORTED.findall((assets / name).read_text())
    return found


def _kilobytes(assets: Path, names: set[str]) -> float:
    return sum(len(gzip.compress((assets / name).read_bytes(), 9)) for name in names) / 1000

"""`python -m bench [FIGURE ...] [--quick]`: measures, prints a table, keeps it as JSON."""

import argparse
import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench.figures import Figure
from local.child import ROOT

NAMES = (
    *("placing", "lives", "order_pages", "product_search"),
    *("startup", "recovery", "audit", "pages", "screens", "rights"),
)
RESULTS = ROOT / "bench" / "results"


def main() -> None:
    options = _options()
    taken = {name: _measure(name, options.quick) for name in options.figures or NAMES}
    print(f"\nWritten to {_keep(taken, options.quick)}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(NAMES))
    parser.add_argument("--quick", action="store_true", help="rougher, in a quarter of the time")
    options = parser.parse_args()
    if unknown := set(options.figures) - set(NAMES):
        parser.error(f"no such figure: {', '.join(sorted(unknown))} (there are {', '.join(NAMES)})")
    return options


def _measure(name: str, quick: bool) -> list[Figure]:
    print(f"\n{name.replace('_', ' ')}", flush=True)
    measure: Callable[[bool], list[Figure]] = import_module(f"bench.{name}").measure
    figures = measure(quick)
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:8.2f} x"
        print(f"  {figure.name:44}{figure.value:10.1f} {figure.unit:12}{ratio}")
    return figures


def _keep(taken: dict[str, list[Figure]], quick: bool) -> Path:
    now = datetime.now(UTC)
    machine = {
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "python": platform.python_version(),
        "quick": quick,
    }
    figures = {name: [asdict(figure) for figure in some] for name, some in taken.items()}
    file = RESULTS / f"{now:%Y-%m-%dT%H%M%SZ}.json"
    RESULTS.mkdir(exist_ok=True)
    content = {"at": now.isoformat(), "machine": machine, "figures": figures}
    file.write_text(json.dumps(content, indent=1) + "\n")
    return file


if __name__ == "__main__":
    main()

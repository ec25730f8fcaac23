"""`backoffice import-sales`: a file of past sales becomes products, stock and shipped orders."""

import argparse
import asyncio
import os
from collections.abc import Mapping
from pathlib import Path

from config import VARIABLES, read_data_folder, read_port
from local.errors import CannotStart
from local.sales.importing import Result, Target, import_sales
from local.sales.progress import Progress
from local.sales.reading import Sales, read_sales
from local.sales.report import summary, write_report
from local.sales.shop import Shop

KEY, KEY_IN_FILE = "BACKOFFICE_KEY", "IMPORT_KEY"
KEYS_FILE = "demo.env"
CHANNEL, LOCATION = "uk-web", "uk-warehouse"
WORKERS, MOST_WORKERS = 4, 64
INTERRUPTED = 130


def main(arguments: argparse.Namespace) -> int:
    """0 when everything that was taken from the file ended as an order paid and shipped."""
    progress = Progress()
    try:
        return _run(arguments, os.environ, progress)
    except KeyboardInterrupt:
        progress.say("Interrupted. Run the import again: it goes on where it stopped.")
        return INTERRUPTED


def _run(arguments: argparse.Namespace, environment: Mapping[str, str], progress: Progress) -> int:
    file = Path(arguments.file)
    target = Target(
        arguments.channel or CHANNEL,
        arguments.location or LOCATION,
        _workers(arguments.workers),
    )
    report = Path(arguments.report or read_data_folder(environment) / f"sales-{file.stem}.csv")
    url, key = _url(environment), _key(environment)
    sales = read_sales(file)
    write_report(report, sales.remarks)
    result = asyncio.run(_import(sales, url, key, target, progress))
    write_report(report, [*sales.remarks, *result.remarks])
    for line in summary(sales, result, report):
        progress.say(line)
    return 0 if result.orders == len(sales.invoices) else 1


async def _import(sales: Sales, url: str, key: str, target: Target, progress: Progress) -> Result:
    shop = Shop(url, key)
    try:
        return await import_sales(sales, shop, target, progress)
    finally:
        await shop.close()


def _workers(text: str | None) -> int:
    if text is None:
        return WORKERS
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_WORKERS):
        raise CannotStart(f"--workers must be a whole number from 1 to {MOST_WORKERS}.")
    return int(text)


def _url(environment: Mapping[str, str]) -> str:
    """Where the API was said to be, else on this machine."""
    variable = VARIABLES["BACKOFFICE_PUBLIC_URL"]
    if environment.get(variable.name, "").strip():
        return f"{variable.read(environment)}/api"
    return f"http://127.0.0.1:{read_port(environment)}/api"


def _key(environment: Mapping[str, str]) -> str:
    """One's own, else that of the demo shop."""
    given = environment.get(KEY, "").strip()
    if given:
        return given
    file = read_data_folder(environment) / KEYS_FILE
    lines = file.read_text().splitlines() if file.exists() else []
    keys = dict(line.split("=", 1) for line in lines if "=" in line)
    if KEY_IN_FILE not in keys:
        raise CannotStart(f"No key: set {KEY}, or start a demo shop, whose {file} has one.")
    return keys[KEY_IN_FILE]

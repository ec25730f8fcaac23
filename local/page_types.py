"""Checks the pages against the API's description: `python -m local.page_types`."""

import json
import sys
from pathlib import Path

from api.app import create_app
from config import Settings
from local.pages import NODE, WEB, CannotBuild, build, step

NOWHERE = {
    "DATABASE_URL": "postgresql://nobody@127.0.0.1/nothing",
    "TEMPORAL_ADDRESS": "127.0.0.1:1",
    "BACKOFFICE_SECRET_KEYS": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}
"""The description is made without asking anybody."""


def check() -> None:
    describe(WEB / "openapi.json")
    modules = WEB / "node_modules"
    types = [NODE, modules / "openapi-typescript" / "bin" / "cli.js"]
    step("Writing the API's types", [*types, "openapi.json", "--output", "api.d.ts"])
    step("Checking the pages' types", [NODE, modules / "typescript" / "bin" / "tsc", "--noEmit"])


def describe(file: Path) -> None:
    app = create_app(Settings.from_environment(NOWHERE))
    file.write_text(json.dumps(app.openapi()))


if __name__ == "__main__":
    try:
        build()
        check()
    except CannotBuild as error:
        sys.exit(str(error))

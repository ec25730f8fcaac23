"""The `backoffice` command: a table of what it can do."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module

from config import VARIABLES, SettingsError, Variable
from local.errors import CannotStart


@dataclass(frozen=True)
class Option:
    name: str
    help: str
    flag: bool = False


@dataclass(frozen=True)
class Command:
    """`target` is imported only when chosen, so that `--help` and `healthz` stay quick."""

    name: str
    help: str
    target: str
    options: tuple[Option, ...] = ()

    def run(self, arguments: argparse.Namespace) -> int:
        module, function = self.target.split(":")
        call: Callable[[argparse.Namespace], int] = getattr(import_module(module), function)
        return call(arguments)


COMMANDS = (
    Command(
        "run",
        "start everything on this machine; Ctrl-C stops it",
        "local.stack:run",
        (Option("--empty", "do not fill a new database with the demo shop", flag=True),),
    ),
    Command("migrate", "bring the database to the newest version", "local.database:migrate"),
    Command("demo-shop", "fill the database with a demo shop", "local.demo_shop:run"),
    Command(
        "import-sales",
        "turn a file of past sales into products, stock and shipped orders",
        "local.sales:main",
        (
            Option("file", "the file to read"),
            Option("--workers", "how many invoices at once [4]"),
            Option("--channel", "code of the channel that sold them [uk-web]"),
            Option("--location", "code of the stock location they left from [uk-warehouse]"),
            Option("--report", "file for the lines that need a look [in BACKOFFICE_DATA]"),
        ),
    ),
    Command(
        "audit",
        "has anybody tampered with the history?",
        "local.audit:run",
        (
            Option("act", "`seal` what was written, `verify` all seals, show the newest: `head`"),
            Option("--expect", "for verify: what `audit head` printed, kept elsewhere since"),
        ),
    ),
    Command(
        "rotate-keys",
        "encrypt all stored secrets anew with the first of BACKOFFICE_SECRET_KEYS",
        "local.key_rotation:run",
    ),
    Command("api", "serve the API alone", "local.serving:api"),
    Command("worker", "run one worker alone", "local.serving:worker"),
    Command("healthz", "ask the running API whether all is well", "local.serving:healthz"),
)


def main(argv: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(argv)
    command: Command = arguments.command
    try:
        return command.run(arguments)
    except (CannotStart, SettingsError) as error:
        print(error, file=sys.stderr)
    except PermissionError as error:
        print(f"{error.filename}: {error.strerror}. Make it accessible.", file=sys.stderr)
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="backoffice",
        description="The back office of a shop.",
        epilog="environment variables:\n" + "\n".join(map(_explain, VARIABLES.values())),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    choices = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in COMMANDS:
        choice = choices.add_parser(command.name, help=command.help, description=command.help)
        choice.set_defaults(command=command)
        for option in command.options:
            action = "store_true" if option.flag else "store"
            choice.add_argument(option.name, help=option.help, action=action)
    return parser


def _explain(variable: Variable) -> str:
    default = f" [{variable.default}]" if variable.default else ""
    return f"  {variable.name}{default}\n      {variable.description}"


if __name__ == "__main__":
    sys.exit(main())

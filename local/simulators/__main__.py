"""The simulators on their own: `python -m local.simulators --port 8001 --state FILE`."""

import argparse
import logging
from pathlib import Path

from local.simulators.server import serving
from local.simulators.settings import Pace, Settings

_SLOWEST = 24 * 3600.0


def main() -> None:
    options = _parser().parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    if options.state != ":memory:":
        Path(options.state).parent.mkdir(parents=True, exist_ok=True)
    courier = options.courier_pace or None
    settings = Settings(
        webhooks_url=options.webhooks.rstrip("/") if options.webhooks else None,
        state=options.state,
        seed=options.seed,
        pace=Pace(booking=options.delay, label=options.delay, courier=courier),
    )
    serving(settings, options.port).run()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("local.simulators", description=__doc__)
    add = parser.add_argument
    add("--port", type=int, default=8001)
    add("--webhooks", metavar="URL", help="tells URL/yookassa and URL/cdek what happens")
    add("--state", default=":memory:", metavar="FILE", help="remembers everything over a restart")
    add("--seed", type=int, help="makes ids repeatable")
    add("--delay", type=_seconds, default=0.5, help="seconds till CDEK has registered or printed")
    add("--courier-pace", type=_seconds, metavar="SECONDS",
        help="parcels walk by themselves, one stage in so many seconds")  # fmt: skip
    return parser


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 <= seconds <= _SLOWEST:
        raise argparse.ArgumentTypeError(f"{text} is not from 0 to {_SLOWEST:.0f} seconds")
    return seconds


if __name__ == "__main__":
    main()

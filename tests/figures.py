"""What tests have counted, told at the end of a run beside what passed."""

from collections.abc import Callable

import pytest
from _pytest.terminal import TerminalReporter

Tell = Callable[[str], None]
KEY = "figure"


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Tell:
    """Takes one line, told whether the test passes or not."""
    return lambda line: record_property(KEY, line)


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [line for report in reports for key, line in report.user_properties if key == KEY]
    if lines:
        terminalreporter.section("figures")
        for line in sorted(set(lines)):
            terminalreporter.write_line(line)

"""Event histories of processes as they once ran, kept in files: what runs now must follow them.

`python -m tests.replay.record` writes them anew."""

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

FOLDER = Path(__file__).parent / "histories"
_OF_THE_MACHINE = {"identity", "stackTrace", "requestId", "workerVersion", "sdkMetadata"}


def save(case: str, history: WorkflowHistory) -> None:
    content = _without_machine(json.loads(history.to_json()))
    text = json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True)
    (FOLDER / f"orders-{case.replace('_', '-')}.json").write_text(text + "\n")


def load(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text())


def kept() -> list[Path]:
    return sorted(FOLDER.glob("*.json"))


def texts(path: Path) -> Iterator[str]:
    """All that it tells, payloads decoded."""
    yield path.read_text()
    for data in _payloads(json.loads(path.read_text())):
        yield base64.b64decode(data).decode()


def _without_machine(content: Any) -> Any:
    """Names of machines and places of files differ from run to run and tell nothing."""
    if isinstance(content, dict):
        told = {name: value for name, value in content.items() if name not in _OF_THE_MACHINE}
        return {name: _without_machine(value) for name, value in told.items()}
    if isinstance(content, list):
        return [_without_machine(each) for each in content]
    return content


def _payloads(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        if isinstance(content.get("data"), str):
            yield content["data"]
        content = list(content.values())
    if isinstance(content, list):
        for each in content:
            yield from _payloads(each)

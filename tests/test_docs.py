"""Docs say what is: what is written from the program is up to date, and what they name exists."""

import re
from pathlib import Path

import pytest

from tests.documents import BLOCKS, ROOT, ROW, documents, requirement_tests, written

LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")
NAMED = re.compile(r"`((?:[a-z_]+/)*[a-z_0-9-]+\.(?:py|md|toml|yml|svg))(?:::(\w+))?`")
OWED = Path(ROOT.parent / "shared" / "requirements.md")
LONGEST = {"docs/architecture.md": 150}
LONGEST_DECISION = 80


@pytest.fixture(params=documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def document(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_what_is_read_off_the_program_is_up_to_date(document: Path) -> None:
    text = document.read_text()
    assert text == written(text), "python -m tests.documents writes it anew"


def test_what_a_document_links_or_names_exists(document: Path) -> None:
    text = document.read_text()
    linked = [document.parent / link for link in LINK.findall(text)]
    named = [ROOT / path for path, _ in NAMED.findall(text) if "/" in path]
    assert [str(path) for path in linked + named if not path.exists()] == []
    promised = [(path, name) for path, name in NAMED.findall(text) if name]
    assert [each for each in promised if each[1] not in (ROOT / each[0]).read_text()] == []


def test_every_part_that_can_be_written_is_in_some_document() -> None:
    texts = "".join(path.read_text() for path in documents())
    assert [name for name in BLOCKS if f"<!-- written: {name} -->" not in texts] == []


def test_documents_are_short() -> None:
    decisions = {f"docs/decisions/{path.name}" for path in (ROOT / "docs/decisions").iterdir()}
    limits = LONGEST | dict.fromkeys(decisions, LONGEST_DECISION)
    lengths = {name: len((ROOT / name).read_text().splitlines()) for name in limits}
    assert [name for name, length in lengths.items() if length > limits[name]] == []


def test_decisions_have_one_form() -> None:
    parts = ["Context", "Decision", "Consequences", "Enforced by"]
    for path in sorted((ROOT / "docs" / "decisions").glob("*.md")):
        text = path.read_text()
        assert re.match(rf"# {path.name[:4]}\. \S", text), path
        assert re.findall(r"^## (.+)$", text, re.MULTILINE) == parts, path


def test_every_requirement_is_listed_once_and_no_marker_names_another() -> None:
    listed = [row[0] for row in ROW.findall((ROOT / "docs" / "requirements.md").read_text())]
    assert listed == [f"R{number}" for number in range(1, 354)]
    assert set(requirement_tests()) <= set(listed)


@pytest.mark.skipif(not OWED.exists(), reason=f"{OWED} is not here to compare with.")
def test_the_list_is_as_long_as_what_is_owed() -> None:
    owed = re.findall(r"^- (R\d+) ", OWED.read_text(), re.MULTILINE)
    listed = [row[0] for row in ROW.findall((ROOT / "docs" / "requirements.md").read_text())]
    assert listed == owed

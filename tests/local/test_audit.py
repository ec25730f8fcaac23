"""Tampering with the history is found and named, by whoever holds the keys of the environment."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update

from cli import main
from db import history, seals
from db.engine import Database
from db.history import Entry
from db.seal_checks import check_seals, unsealed
from db.seal_keys import SealKeys
from db.tables.history import HistoryEntry, HistorySeal
from tests.factories import SECRET_KEY
from tests.local.environments import OTHER_KEY

KEYS = SealKeys([SECRET_KEY])
Audit = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def owner(owner_url: str, db: Database) -> Iterator[Database]:
    """Somebody who rules the database, and can switch its triggers off."""
    owner = Database.connect(owner_url, pool_size=1)
    with owner.transaction() as tx:
        tx.execute(text("ALTER TABLE history DISABLE TRIGGER ALL"))
        tx.execute(text("ALTER TABLE history_seals DISABLE TRIGGER ALL"))
    yield owner
    owner.close()


@pytest.fixture
def audit(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Audit:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("BACKOFFICE_SECRET_KEYS", SECRET_KEY)
    monkeypatch.setenv("TEMPORAL_ADDRESS", "127.0.0.1:9")

    def run(*arguments: str) -> tuple[int, list[str]]:
        code = main(["audit", *arguments])
        shown = capsys.readouterr()
        return code, (shown.out + shown.err).splitlines()

    return run


@pytest.fixture
def ids(db: Database, audit: Audit, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ten entries in three seals."""
    seals.seal(db, KEYS)
    monkeypatch.setattr(seals, "MOST_ROWS", 4)
    write(db, 10)
    assert audit("seal") == (0, ["Entries sealed: 10."])
    with db.transaction() as tx:
        return list(tx.scalars(select(HistoryEntry.id).where(OURS).order_by(HistoryEntry.id)))


OURS = HistoryEntry.subject == "test"


def write(db: Database, count: int) -> None:
    with db.transaction() as tx:
        entries = [
            Entry("test", n, "test.done", "staff:1", {"n": (0, n + 1)}) for n in range(count)
        ]
        history.append(tx, *entries)


def findings(shown: tuple[int, list[str]]) -> list[str]:
    """What was found; and that the exit code and the last line say so too."""
    code, lines = shown
    *found, last = lines
    assert code == (1 if found else 0)
    assert last.endswith(f" Findings: {len(found)}.")
    return found


def named(db: Database, id: int) -> str:
    with db.transaction() as tx:
        at, subject_id = tx.execute(
            select(HistoryEntry.at, HistoryEntry.subject_id).where(HistoryEntry.id == id)
        ).one()
    return f"Entry {id} ({at.isoformat()}, test {subject_id}, test.done)"


@pytest.mark.requirement("R254")
def test_an_untouched_history_has_no_findings(audit: Audit, ids: list[int]) -> None:
    assert findings(audit("verify")) == []


@pytest.mark.requirement("R254")
def test_a_changed_entry_is_named(
    audit: Audit, ids: list[int], db: Database, owner: Database
) -> None:
    expected = [f"{named(db, id)} was changed." for id in (ids[1], ids[6])]
    with owner.transaction() as tx:
        tx.execute(
            update(HistoryEntry).where(HistoryEntry.id == ids[1]).values(changes={"n": [0, 3]})
        )
        tx.execute(update(HistoryEntry).where(HistoryEntry.id == ids[6]).values(actor="staff:2"))
    assert findings(audit("verify")) == expected


@pytest.mark.parametrize("name", sorted(set(HistoryEntry.__table__.columns.keys()) - {"id"}))
def test_every_field_of_an_entry_is_under_the_seal(
    db: Database, ids: list[int], owner: Database, name: str
) -> None:
    other = {"changes": {"m": 1}, "details": {"m": 1}, "at": func.now()}
    with owner.transaction() as tx:
        changed = update(HistoryEntry).where(HistoryEntry.id == ids[0])
        tx.execute(changed.values({name: other.get(name, "else")}))
    [found] = [finding for seal in check_seals(db, KEYS) for finding in seal.findings]
    assert found.startswith(f"Entry {ids[0]} (")
    assert found.endswith(", test 0, test.done) was changed.")


@pytest.mark.requirement("R254")
def test_a_removed_entry_is_named(
    audit: Audit, ids: list[int], db: Database, owner: Database
) -> None:
    expected = [f"{named(db, id)} was removed." for id in (ids[0], ids[9])]
    with owner.transaction() as tx:
        tx.execute(text("DELETE FROM history WHERE id IN (:a, :b)"), {"a": ids[0], "b": ids[9]})
    assert findings(audit("verify")) == expected


@pytest.mark.requirement("R254")
def test_an_entry_that_was_slipped_in_is_named(
    audit: Audit, ids: list[int], db: Database, owner: Database
) -> None:
    with owner.transaction() as tx:
        row: dict[str, Any] = {
            "actor": "staff:2",
            "changes": {},
            "details": {},
            "action": "test.done",
        }
        for id in (-5, ids[9] * 1000):
            row |= {"id": id, "subject": "test", "subject_id": "x"}
            tx.execute(insert(HistoryEntry).values(**row))
        tx.execute(text("UPDATE history SET id = id - 1000000 WHERE id = :id"), {"id": ids[5]})
    found = findings_of(audit("verify"))
    assert f"{named(db, -5)} was slipped in." in found
    assert f"{named(db, ids[5] - 1_000_000)} was slipped in." in found
    assert [finding for finding in found if finding.endswith("was removed.")] != []
    assert len(found) == 3


def findings_of(shown: tuple[int, list[str]]) -> list[str]:
    """Without the line about entries that are not sealed yet."""
    code, lines = shown
    return findings((code, [line for line in lines if not line.startswith("Not sealed yet")]))


@pytest.mark.requirement("R254")
def test_a_seal_made_without_the_key_is_named(
    audit: Audit, ids: list[int], db: Database, owner: Database
) -> None:
    """The entry is changed, and its seal made anew as well as the database alone allows."""
    with owner.transaction() as tx:
        tx.execute(update(HistoryEntry).where(HistoryEntry.id == ids[9]).values(actor="staff:2"))
        seal = seals.find_last(tx)
        assert seal is not None
        rows = list(seals.lines(tx, seals.entries(ids[9] - 1, ids[9])))
        lines = [*seals.unpacked(seal.manifest)[:-1], *rows]
        forged = {"manifest": seals.packed(lines), "mac": b"\0" * 32}
        tx.execute(update(HistorySeal).where(HistorySeal.number == seal.number).values(**forged))
    found = findings(audit("verify"))
    assert found == [
        f"Seal {seal.number} of {seal.sealed_at.isoformat()} is broken:"
        " it, or the one before it, is not as it was made."
    ]


def test_a_seal_of_a_key_put_in_by_somebody_else_is_named(
    audit: Audit, ids: list[int], db: Database, owner: Database
) -> None:
    stranger = SealKeys([OTHER_KEY])
    with owner.transaction() as tx:
        stranger.add(tx)
    write(db, 1)
    seals.seal(owner, stranger)
    [found] = findings(audit("verify"))
    assert found.endswith(
        "is broken: its key is missing, or BACKOFFICE_SECRET_KEYS does not open it."
    )


def test_missing_seals_are_named(audit: Audit, ids: list[int], owner: Database) -> None:
    with owner.transaction() as tx:
        last = seals.find_last(tx)
        assert last is not None
        tx.execute(text("DELETE FROM history_seals WHERE number = :n"), {"n": last.number - 1})
    found = findings(audit("verify"))
    assert found[0] == f"Seal {last.number - 1} is missing."
    assert found[1].startswith(f"Seal {last.number} of ")
    assert len(found) == 2


@pytest.mark.requirement("R254")
def test_a_cut_off_end_is_found_with_the_head_that_was_kept(
    audit: Audit, ids: list[int], db: Database, owner: Database
) -> None:
    code, [kept] = audit("head")
    assert code == 0
    assert findings(audit("verify", "--expect", kept)) == []
    number = int(kept.partition(":")[0])
    with owner.transaction() as tx:
        tx.execute(text("DELETE FROM history_seals WHERE number = :number"), {"number": number})
        tx.execute(text("DELETE FROM history WHERE id > :id"), {"id": ids[7]})
    assert findings(audit("verify")) == []
    assert findings(audit("verify", "--expect", kept)) == [
        f"Seal {number}, which you kept, is not there: the end was cut off."
    ]
    write(db, 1)
    seals.seal(db, KEYS)
    assert findings(audit("verify", "--expect", kept)) == [
        f"Seal {number} is not the one you kept."
    ]


def test_entries_are_sealed_once_and_later_ones_by_the_next_seal(db: Database) -> None:
    seals.seal(db, KEYS)
    write(db, 3)
    assert unsealed(db).rows == 3
    assert seals.seal(db, KEYS) == 3
    assert seals.seal(db, KEYS) == 0
    assert unsealed(db).rows == 0


def test_a_seal_waits_for_those_who_are_still_writing(db: Database, ids: list[int]) -> None:
    """An entry with a smaller number may become visible later than one with a larger."""
    started, sealed = threading.Event(), threading.Event()

    def slowly() -> None:
        with db.transaction() as tx:
            history.append(tx, Entry("test", "slow", "test.done", "staff:1"))
            started.set()
            assert not sealed.wait(0.5), "sealed past an entry that nobody sees yet"

    writer = threading.Thread(target=slowly)
    writer.start()
    assert started.wait(10)
    write(db, 1)
    assert seals.seal(db, KEYS) == 2
    sealed.set()
    writer.join()
    assert [finding for seal in check_seals(db, KEYS) for finding in seal.findings] == []


def test_two_who_seal_at_once_seal_everything_once(db: Database, ids: list[int]) -> None:
    write(db, 40)
    counted: list[int] = []
    threads = [
        threading.Thread(target=lambda: counted.append(seals.seal(db, KEYS))) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counted) == 40
    assert [finding for seal in check_seals(db, KEYS) for finding in seal.findings] == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["burn"], "Choose one of seal, verify, head, not 'burn'."),
        (["verify", "--expect", "1"], "--expect takes what `backoffice audit head` printed."),
        (["head"], "Nothing is sealed yet."),
    ],
)
def test_a_wrong_call_says_what_is_wrong(
    audit: Audit, db: Database, arguments: list[str], complaint: str
) -> None:
    assert audit(*arguments) == (1, [complaint])

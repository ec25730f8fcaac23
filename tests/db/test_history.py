"""History: written once, kept month by month, and out of the application's reach afterwards."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select, text

from db import history
from db.engine import Database, DatabaseTrouble, Session
from db.history import Entry
from db.roles import separate_roles
from db.tables.history import HistoryEntry
from local.postgres import EmbeddedPostgres
from tests.conftest import NAME

FORBIDDEN = "InsufficientPrivilege 42501"
OURS = HistoryEntry.subject == "test"
REFUSED = "RestrictViolation 23001"


@pytest.fixture
def entry(db: Database) -> int:
    with db.transaction() as tx:
        history.append(tx, Entry("test", 1, "test.done", "staff:1", {"price": (1, 2)}))
        return tx.scalars(select(HistoryEntry.id).where(OURS)).one()


@pytest.fixture
def owner(owner_url: str, db: Database) -> Database:
    return Database.connect(owner_url, pool_size=1)


@pytest.mark.requirement("R253", "R254")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'system'",
        "DELETE FROM history",
        "TRUNCATE history",
        "ALTER TABLE history DISABLE TRIGGER ALL",
        "DROP TABLE history",
        "ALTER TABLE history ADD COLUMN hidden text",
        "DROP TRIGGER append_only_row ON history",
        "CREATE TABLE history_too ()",
        "SET session_replication_role = replica",
        "DELETE FROM history_months.history_rest",
        "UPDATE stock_movements SET actor = 'system'",
        "DELETE FROM stock_movements",
        "TRUNCATE stock_movements",
        "DELETE FROM history_seals",
        "UPDATE alembic_version SET version_num = 'none'",
        "SELECT history_month('2001-01-01')",
    ],
)
def test_the_application_can_only_add_to_what_is_append_only(
    db: Database, entry: int, statement: str
) -> None:
    with pytest.raises(DatabaseTrouble) as refused, db.transaction() as tx:
        tx.execute(text(statement))
    assert str(refused.value) == FORBIDDEN
    with db.transaction() as tx:
        assert tx.scalars(select(HistoryEntry.actor).where(OURS)).all() == ["staff:1"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE history SET actor = 'system'",
        "DELETE FROM history",
        "DELETE FROM history WHERE false",
        "TRUNCATE history",
        "DELETE FROM {month}",
        "UPDATE {month} SET actor = 'system'",
        "TRUNCATE {month}",
        "TRUNCATE stock_movements",
        "TRUNCATE history_seals",
    ],
)
def test_the_owner_is_stopped_by_triggers(owner: Database, entry: int, statement: str) -> None:
    month = f"history_months.history_{datetime.now(UTC):%Y_%m}"
    with pytest.raises(DatabaseTrouble) as refused, owner.transaction() as tx:
        tx.execute(text(statement.format(month=month)))
    assert str(refused.value) == REFUSED
    owner.close()


def test_entries_lie_in_their_month_and_the_rest_takes_what_has_none(
    db: Database, owner: Database, entry: int
) -> None:
    now = datetime.now(UTC)
    with db.transaction() as tx:
        for at in (now, now + timedelta(days=400)):
            tx.execute(insert(HistoryEntry).values(**_row(at)))
    with owner.transaction() as tx:
        places = tx.scalars(
            text("SELECT tableoid::regclass::text FROM history WHERE subject = 'test' ORDER BY at")
        ).all()
    month = f"history_months.history_{now:%Y_%m}"
    assert places == [month, month, "history_months.history_rest"]
    owner.close()


def test_room_is_made_for_the_months_to_come(db: Database, owner: Database) -> None:
    with owner.transaction() as tx:
        before = _months(tx)
        last = max(before - {"history_rest"})
        tx.execute(text(f"DROP TABLE history_months.{last}"))
    with db.transaction() as tx:
        history.make_room(tx)
        history.make_room(tx)
    with owner.transaction() as tx:
        assert _months(tx) == before
        refusing = tx.scalars(
            text("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(:name)"),
            {"name": f"history_months.{last}"},
        ).all()
    assert set(refusing) == {"append_only_row", "append_only_truncate"}
    assert len(before) == 5
    owner.close()


def test_what_already_lies_in_the_rest_stays_there(db: Database, owner: Database) -> None:
    ahead = datetime.now(UTC) + timedelta(days=75)
    name = f"history_{ahead:%Y_%m}"
    with owner.transaction() as tx:
        tx.execute(text(f"DROP TABLE history_months.{name}"))
    with db.transaction() as tx:
        tx.execute(insert(HistoryEntry).values(**_row(ahead)))
        history.make_room(tx)
    with owner.transaction() as tx:
        assert name not in _months(tx)
    owner.close()


def test_a_role_that_nothing_can_be_kept_from_is_told(
    postgres: EmbeddedPostgres, db: Database
) -> None:
    url = postgres.url(NAME)
    assert not separate_roles(url, url)
    other = url.replace("backoffice:", "all_mighty:", 1)
    owner = Database.connect(url, pool_size=1)
    with owner.transaction() as tx:
        tx.execute(text("CREATE ROLE all_mighty LOGIN SUPERUSER"))
    assert not separate_roles(url, other)
    with owner.transaction() as tx:
        tx.execute(text("DROP OWNED BY all_mighty"))
        tx.execute(text("DROP ROLE all_mighty"))
    owner.close()


def test_separating_the_roles_again_changes_nothing(owner_url: str, database_url: str) -> None:
    assert separate_roles(owner_url, database_url)
    assert separate_roles(owner_url, database_url)


@pytest.mark.requirement("R254")
def test_an_entry_says_who_what_when_from_where_and_why(db: Database) -> None:
    tokens = (
        history.origin.set("page 203.0.113.7"),
        history.request_id.set("request-1"),
        history.workflow_id.set("order-1"),
    )
    changes = {"price": (100, 90), "name": ("Mug", "Mug")}
    with db.transaction() as tx:
        history.append(
            tx, Entry("test", 7, "product.changed", "staff:1", changes, "sale", {"sku": "MUG"})
        )
    history.origin.reset(tokens[0])
    history.request_id.reset(tokens[1])
    history.workflow_id.reset(tokens[2])
    with db.transaction() as tx:
        told = tx.scalars(select(HistoryEntry).where(OURS)).one()
    assert datetime.now(UTC) - told.at < timedelta(minutes=1)
    assert (told.actor, told.origin, told.action) == (
        "staff:1",
        "page 203.0.113.7",
        "product.changed",
    )
    assert (told.subject, told.subject_id, told.reason) == ("test", "7", "sale")
    assert (told.changes, told.details) == ({"price": [100, 90]}, {"sku": "MUG"})
    assert (told.workflow_id, told.request_id) == ("order-1", "request-1")


def _months(tx: Session) -> set[str]:
    names = "SELECT relname FROM pg_class WHERE relnamespace = 'history_months'::regnamespace"
    return set(tx.scalars(text(f"{names} AND relkind = 'r'")))


def _row(at: datetime) -> dict[str, object]:
    return {
        "at": at,
        "actor": "system",
        "subject": "test",
        "subject_id": "1",
        "action": "test.done",
        "changes": {},
        "details": {},
    }

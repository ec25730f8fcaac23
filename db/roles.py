"""Two roles: the owner makes and changes tables, the application reads and writes their rows."""

from urllib.parse import unquote, urlsplit

from sqlalchemy import Connection, text

from db.engine import Database

APPEND_ONLY = "history, stock_movements, history_seals"
READ_ONLY = "alembic_version"


def separate_roles(owner_url: str, application_url: str) -> bool:
    """Gives the application's role what it needs and no more, and makes it where it is missing.
    False: both are the same role, or one that nothing can be kept from."""
    role, password = _name_and_password(application_url)
    if role == _name_and_password(owner_url)[0]:
        return False
    database = Database.connect(owner_url, pool_size=1)
    try:
        with database.transaction() as tx:
            connection = tx.connection()
            if not _exists(connection, role):
                _create(connection, role, password)
            _grant(connection, _quoted(connection, role))
            return not _may_rewrite(connection, role)
    finally:
        database.close()


def _name_and_password(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or "")


def _exists(connection: Connection, role: str) -> bool:
    known = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
    return bool(connection.scalar(known, {"role": role}))


def _create(connection: Connection, role: str, password: str) -> None:
    """The server gets a verifier, so that no log of it ever shows the password."""
    driver = connection.connection.driver_connection
    assert driver is not None
    verifier = driver.pgconn.encrypt_password(password.encode(), role.encode(), b"scram-sha-256")
    quoted = _quoted(connection, role)
    connection.exec_driver_sql(f"CREATE ROLE {quoted} LOGIN PASSWORD '{verifier.decode()}'")


def _grant(connection: Connection, role: str) -> None:
    for statement in (
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {APPEND_ONLY} FROM {role}",
        f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {READ_ONLY} FROM {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"GRANT EXECUTE ON FUNCTION history_room() TO {role}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
    ):
        connection.exec_driver_sql(statement)


def _may_rewrite(connection: Connection, role: str) -> bool:
    """A superuser, or a member of the owner's role, whatever was revoked."""
    asked = text("SELECT has_table_privilege(:role, 'history', 'UPDATE')")
    return bool(connection.scalar(asked, {"role": role}))


def _quoted(connection: Connection, role: str) -> str:
    return connection.dialect.identifier_preparer.quote_identifier(role)

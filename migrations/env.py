"""Alembic's entry: `BACKOFFICE_OWNER_DATABASE_URL`, or the url `migrations.upgrade` was given."""

import os

from alembic import context
from sqlalchemy import text

import db.tables
from db.engine import Base, Database

assert db.tables.orders
url = context.config.attributes.get("url") or os.environ["BACKOFFICE_OWNER_DATABASE_URL"]
database = Database.connect(url, pool_size=1)
with database.engine.connect() as connection:
    # One migration at a time, however many processes start at once.
    connection.execute(text("SELECT pg_advisory_lock(7204201)"))
    connection.commit()
    connection.execute(text("SET statement_timeout = 0"))
    connection.commit()
    context.configure(connection=connection, target_metadata=Base.metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()
    connection.execute(text("SELECT pg_advisory_unlock(7204201)"))
    connection.commit()
database.close()

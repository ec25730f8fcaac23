"""The connection to PostgreSQL, and the only place in the program that commits."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, Engine, MetaData, Table, Text, Uuid, create_engine
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.orm import Session as Session

CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


logger = logging.getLogger(__name__)


class DatabaseTrouble(Exception):
    """A statement failed. Carries the SQLSTATE and constraint only: the rest may hold personal data
    and would end up in Temporal's history."""


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        int: BigInteger,
        str: Text,
        UUID: Uuid,
        dict[str, Any]: JSONB,
        list[Any]: JSONB,
    }


def table_of(kind: type[Base]) -> Table:
    """For inserts on busy ways: many rows at once without the price of objects, which is three
    times as much."""
    return cast(Table, kind.__table__)


class Database:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @staticmethod
    def connect(url: str, pool_size: int = 10) -> "Database":
        """`url` as libpq writes it. Statements end after 30 s: nothing here may take longer."""
        url = url.replace("postgresql://", "postgresql+psycopg://", 1)
        return Database(
            create_engine(
                url,
                pool_size=pool_size,
                max_overflow=pool_size,
                pool_recycle=1800,
                hide_parameters=True,
                connect_args={
                    "connect_timeout": 5,
                    "options": "-c statement_timeout=30000 -c lock_timeout=10000 -c timezone=UTC",
                },
            )
        )

    @property
    def engine(self) -> Engine:
        return self._engine

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except DBAPIError as error:
            raise DatabaseTrouble(_brief(error)) from None

    def close(self) -> None:
        self._engine.dispose()


def _brief(error: DBAPIError) -> str:
    cause = error.orig
    diagnosis = getattr(cause, "diag", None)
    parts = [
        type(cause).__name__,
        getattr(cause, "sqlstate", None),
        getattr(diagnosis, "constraint_name", None),
    ]
    brief = " ".join(str(part) for part in parts if part)
    logger.warning("Database: %s", brief)
    return brief

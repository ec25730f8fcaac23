"""Names that only one may have, however two writers meet."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from domain.errors import NameTaken


def require_free(
    tx: Session,
    column: InstrumentedAttribute[str],
    name: str,
    *among: ColumnElement[bool],
) -> None:
    """Until the transaction ends nobody else can take a name of this kind."""
    kind = func.hashtextextended(f"{column.class_.__tablename__}.{column.key}", 0)
    tx.execute(select(func.pg_advisory_xact_lock(kind)))
    taken = select(column).where(func.lower(column) == func.lower(name), *among)
    if tx.execute(taken.limit(1)).first():
        raise NameTaken(f"There is another one called {name}.")

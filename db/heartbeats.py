"""Signs of life of worker processes."""

from datetime import timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db.tables.notices import WorkerHeartbeat

FORGOTTEN_AFTER = timedelta(hours=1)


def beat(tx: Session, worker: str) -> None:
    row = insert(WorkerHeartbeat).values(worker=worker, at=func.now())
    tx.execute(row.on_conflict_do_update(index_elements=["worker"], set_={"at": func.now()}))
    tx.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.at < func.now() - FORGOTTEN_AFTER))


def stop(tx: Session, worker: str) -> None:
    tx.execute(delete(WorkerHeartbeat).where(WorkerHeartbeat.worker == worker))


def living(tx: Session, within: timedelta) -> int:
    """How many workers gave a sign of life lately."""
    count = select(func.count()).where(WorkerHeartbeat.at > func.now() - within)
    return tx.execute(count).scalar_one()

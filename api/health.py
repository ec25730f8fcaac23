"""Whether the whole house stands: database, Temporal and at least one worker."""

import asyncio
from datetime import timedelta

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from temporalio.service import RPCError

from api.access import Db
from api.temporal import OrderProcesses
from db import heartbeats
from db.engine import Database, DatabaseTrouble

router = APIRouter(tags=["health"])
PATIENCE_S = 2.0
WORKER_SPOKE_WITHIN = timedelta(seconds=8)


@router.get("/healthz", responses={503: {"description": "A part does not answer"}})
async def healthz(db: Db, processes: OrderProcesses) -> JSONResponse:
    workers, temporal = await asyncio.gather(_workers(db), _temporal(processes))
    parts = {
        "database": workers is not None,
        "temporal": temporal,
        "worker": bool(workers),
    }
    return JSONResponse(parts, 200 if all(parts.values()) else 503)


async def _workers(db: Database) -> int | None:
    """How many are alive; None: the database does not answer."""
    try:
        return await asyncio.wait_for(asyncio.to_thread(_living, db), PATIENCE_S)
    except (TimeoutError, DatabaseTrouble):
        return None


def _living(db: Database) -> int:
    with db.transaction() as tx:
        return heartbeats.living(tx, WORKER_SPOKE_WITHIN)


async def _temporal(processes: OrderProcesses) -> bool:
    try:
        return await processes.client.service_client.check_health(
            timeout=timedelta(seconds=PATIENCE_S)
        )
    except (RPCError, RuntimeError):  # the latter: not even the first connection
        return False

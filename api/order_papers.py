"""What hangs on an order: notes, files, and who is responsible for it."""

from typing import Annotated
from urllib.parse import quote
from uuid import UUID, uuid4

from fastapi import Response, UploadFile
from pydantic import BaseModel, Field

from api.access import Db, needs
from api.answers import RESPONSES, NotFound
from api.order_commands import CommandCreate, OrderId
from api.routers import Router
from db import announcements, order_papers
from domain.access import Actor, Right
from domain.files import LARGEST_FILE, check_file
from domain.notices import Announcement, NoticeEvent

router = Router("/orders/{order}", tags=["order papers"], responses=RESPONSES)
Writer = Annotated[Actor, needs(Right.ORDER_NOTE, writes=["order.notes"])]
Attacher = Annotated[Actor, needs(Right.ORDER_NOTE, writes=["order.files"])]
FileReader = Annotated[Actor, needs(Right.ORDER_READ, reads=["order.files"])]
Assigner = Annotated[Actor, needs(Right.ORDER_ASSIGN)]


class NoteCreate(CommandCreate):
    text: str = Field(min_length=1, max_length=10_000)


class Assignment(CommandCreate):
    staff_id: int | None = Field(description="None: nobody is responsible.")


class Created(BaseModel):
    id: UUID


@router.post("/notes", status_code=201)
def add_note(order_id: OrderId, body: NoteCreate, actor: Writer, db: Db) -> Created:
    with db.transaction() as tx:
        order_papers.add_note(tx, body.id, order_id, body.text, actor.name)
    return Created(id=body.id)


@router.post("/files", status_code=201)
def attach_file(
    order_id: OrderId, file: UploadFile, actor: Attacher, db: Db, id: UUID | None = None
) -> Created:
    """Up to 10 MiB; pictures, PDF, office documents, text. The content decides, not the name."""
    content = file.file.read(LARGEST_FILE + 1)
    kind = check_file(file.filename or "", content)
    file_id = id or uuid4()
    with db.transaction() as tx:
        order_papers.add_file(
            tx, file_id, order_id, kind.name, kind.media_type, content, actor.name
        )
    return Created(id=file_id)


@router.get("/files/{file_id}")
def read_file(order_id: OrderId, file_id: UUID, actor: FileReader, db: Db) -> Response:
    with db.transaction() as tx:
        found = order_papers.find_file(tx, order_id, file_id)
    if found is None:
        raise NotFound("There is no such file.")
    return download(found.content, found.media_type, found.name)


@router.post("/responsible")
def assign_order(order_id: OrderId, body: Assignment, actor: Assigner, db: Db) -> Created:
    """The person responsible is told."""
    with db.transaction() as tx:
        changed = order_papers.assign(tx, order_id, body.staff_id, actor.name)
        if changed and body.staff_id is not None:
            announcements.add(tx, Announcement(order_id, body.id, NoticeEvent.ORDER_ASSIGNED))
    return Created(id=order_id)


def download(content: bytes, media_type: str, name: str) -> Response:
    """Never shown inside our own pages: a stranger may have made it."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
    }
    return Response(content, media_type=media_type, headers=headers)

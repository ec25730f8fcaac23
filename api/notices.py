"""One's own notices, and the shop's settings of all of them."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from api.access import Db, SignedIn, needs
from api.answers import RESPONSES, NotFound
from api.paging import BadCursor
from api.routers import Router
from api.strict import Strict
from db import notice_inbox, notice_settings
from db.engine import Session
from db.notice_inbox import LARGEST_PAGE, InboxNotice, InboxPlace
from domain.access import Actor, Forbidden, Right
from domain.notice_texts import built_in, candidates
from domain.notice_texts.facts import PLACEHOLDERS
from domain.notice_texts.templates import check_language, check_template, html_page, preview
from domain.notices import (
    KINDS,
    Audience,
    NoticeChannel,
    NoticeEvent,
    NoticeKind,
    NoticeText,
    is_on,
    is_on_by_default,
)

router = Router()
inbox = Router("/notices", tags=["notices"], responses=RESPONSES)
settings = Router("/settings/notices", tags=["settings of notices"], responses=RESPONSES)

Reader = Annotated[Actor, needs(Right.SETTINGS_READ)]
Editor = Annotated[Actor, needs(Right.SETTINGS_EDIT)]
_TOKEN = re.compile("(read|unread)-([0-9a-f]{32})")


class NoticeRead(BaseModel):
    id: UUID
    order_id: UUID
    order_number: int
    event: str
    subject: str
    body: str
    created_at: datetime
    read_at: datetime | None


class InboxRead(BaseModel):
    unread: int
    notices: list[NoticeRead]
    next: str | None = Field(description="Send it as `after` for the next page.")


class RuleEdit(Strict):
    event: NoticeEvent
    audience: Audience
    channel: NoticeChannel
    enabled: bool


class RulesEdit(Strict):
    rules: list[RuleEdit] = Field(min_length=1, max_length=len(KINDS))


class RuleRead(RuleEdit):
    default: bool
    own_texts: list[str] = Field(description="Languages in which the shop has its own text.")


class TextEdit(Strict):
    """How long each may be depends on the channel; the refusal says it."""

    subject: str = Field("", max_length=1_000)
    body: str = Field(max_length=20_000)


class TextRead(BaseModel):
    subject: str
    body: str


class PreviewRead(TextRead):
    html: str | None = Field(description="What e-mail readers show.")


class TemplateRead(TextRead):
    """The text a reader of this language gets, and how it looks with an order's values."""

    is_own: bool
    built_in: TextRead | None = Field(description="None: the program does not speak the language.")
    placeholders: list[str]
    preview: PreviewRead


def staff_only(actor: SignedIn) -> int:
    if actor.staff_id is None:
        raise Forbidden("Only members of staff have notices.")
    return actor.staff_id


def kind_of(event: str, audience: str, channel: str) -> NoticeKind:
    return NoticeKind.parse(event, audience, channel)


def language_code(language: str) -> str:
    check_language(language)
    return language


StaffId = Annotated[int, Depends(staff_only)]
Kind = Annotated[NoticeKind, Depends(kind_of)]
Language = Annotated[str, Depends(language_code)]


@inbox.get("")
def list_my_notices(
    db: Db,
    staff_id: StaffId,
    after: Annotated[str | None, Query(max_length=50)] = None,
    limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = 50,
) -> InboxRead:
    """Unread ones first, newest first."""
    place = _place(after)
    with db.transaction() as tx:
        found = notice_inbox.list_inbox(tx, staff_id, place, limit + 1)
        unread = notice_inbox.count_unread(tx, staff_id)
    page = found[:limit]
    return InboxRead(
        unread=unread,
        notices=[NoticeRead.model_validate(notice, from_attributes=True) for notice in page],
        next=_token(page[-1]) if len(found) > limit else None,
    )


@inbox.post("/{notice_id}/read", status_code=204)
def mark_notice_read(notice_id: UUID, db: Db, staff_id: StaffId) -> None:
    with db.transaction() as tx:
        if not notice_inbox.mark_read(tx, notice_id, staff_id):
            raise NotFound("You have no such notice.")


@settings.get("")
def list_notice_rules(db: Db, actor: Reader) -> list[RuleRead]:
    """Every event, audience and channel that go together, and whether it is told."""
    with db.transaction() as tx:
        return list(_rules(tx))


@settings.put("")
def edit_notice_rules(body: RulesEdit, db: Db, actor: Editor) -> list[RuleRead]:
    """All or none of them; those not named stay as they are."""
    with db.transaction() as tx:
        for rule in body.rules:
            kind = NoticeKind.parse(rule.event, rule.audience, rule.channel)
            notice_settings.set_rule(tx, kind, rule.enabled, by=actor.name)
        return list(_rules(tx))


@settings.get("/{event}/{audience}/{channel}/{language}")
def read_notice_template(kind: Kind, language: Language, db: Db, actor: Reader) -> TemplateRead:
    with db.transaction() as tx:
        return _template(tx, kind, language)


@settings.put("/{event}/{audience}/{channel}/{language}")
def edit_notice_template(
    kind: Kind, language: Language, body: TextEdit, db: Db, actor: Editor
) -> TemplateRead:
    text = _checked(kind, body)
    with db.transaction() as tx:
        notice_settings.set_template(tx, kind, language, text, by=actor.name)
        return _template(tx, kind, language)


@settings.delete("/{event}/{audience}/{channel}/{language}")
def remove_notice_template(kind: Kind, language: Language, db: Db, actor: Editor) -> TemplateRead:
    """Back to the built-in text, which is the answer."""
    with db.transaction() as tx:
        notice_settings.remove_template(tx, kind, language, by=actor.name)
        return _template(tx, kind, language)


@settings.post("/{event}/{audience}/{channel}/{language}/preview")
def preview_notice_template(
    kind: Kind, language: Language, body: TextEdit, actor: Reader
) -> PreviewRead:
    """How a text would look; nothing is kept."""
    return _preview(kind, language, _checked(kind, body))


router.routes.extend([*inbox.routes, *settings.routes])


def _rules(tx: Session) -> Iterable[RuleRead]:
    rules, own = notice_settings.list_rules(tx), notice_settings.list_templates(tx)
    for kind in KINDS:
        yield RuleRead(
            event=kind.event,
            audience=kind.audience,
            channel=kind.channel,
            enabled=is_on(kind, rules),
            default=is_on_by_default(kind),
            own_texts=sorted(own.get(kind, {})),
        )


def _template(tx: Session, kind: NoticeKind, language: str) -> TemplateRead:
    own = notice_settings.list_templates(tx, kind.event).get(kind, {})
    used, text = next(candidates(kind, language, own))
    spoken = built_in(kind, language)
    return TemplateRead(
        subject=text.subject,
        body=text.body,
        is_own=language in own,
        built_in=TextRead(subject=spoken.subject, body=spoken.body) if spoken else None,
        placeholders=sorted(PLACEHOLDERS[kind.audience]),
        preview=_preview(kind, used, text),
    )


def _preview(kind: NoticeKind, language: str, text: NoticeText) -> PreviewRead:
    shown = preview(kind, language, text)
    is_email = kind.channel is NoticeChannel.EMAIL
    html = html_page(language, shown) if is_email else None
    return PreviewRead(subject=shown.subject, body=shown.body, html=html)


def _checked(kind: NoticeKind, body: TextEdit) -> NoticeText:
    text = NoticeText(body.subject, body.body)
    check_template(kind, text)
    return text


def _place(token: str | None) -> InboxPlace | None:
    if token is None:
        return None
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        raise BadCursor("This page token cannot be read.")
    return InboxPlace(parts[1] == "read", UUID(hex=parts[2]))


def _token(notice: InboxNotice) -> str:
    return f"{'read' if notice.place.is_read else 'unread'}-{notice.id.hex}"

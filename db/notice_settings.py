"""Which notices the shop wants, and its own texts for them."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from db import history
from db.tables.notices import NoticeRule, NoticeTemplate
from domain.notices import KINDS_BY_NAME, NoticeEvent, NoticeKind, NoticeText, is_on

OwnTexts = Mapping[NoticeKind, Mapping[str, NoticeText]]
"""By kind and language."""


def list_rules(tx: Session, event: NoticeEvent | None = None) -> dict[NoticeKind, bool]:
    """Those the shop has made; every other kind follows its default."""
    query = select(NoticeRule.event, NoticeRule.audience, NoticeRule.channel, NoticeRule.enabled)
    if event is not None:
        query = query.where(NoticeRule.event == event)
    return {
        kind: enabled
        for event_name, audience, channel, enabled in tx.execute(query)
        if (kind := KINDS_BY_NAME.get((event_name, audience, channel)))
    }


def set_rule(tx: Session, kind: NoticeKind, enabled: bool, by: str) -> None:
    before = is_on(kind, list_rules(tx, kind.event))
    if before == enabled:
        return
    tx.execute(
        insert(NoticeRule)
        .values(event=kind.event, audience=kind.audience, channel=kind.channel, enabled=enabled)
        .on_conflict_do_update(constraint="pk_notice_rules", set_={"enabled": enabled})
    )
    changes = {"enabled": (before, enabled)}
    history.append(tx, _entry("notice_rule", "changed", kind, by, changes))


def list_templates(tx: Session, event: NoticeEvent | None = None) -> OwnTexts:
    texts: defaultdict[NoticeKind, dict[str, NoticeText]] = defaultdict(dict)
    query = select(NoticeTemplate)
    if event is not None:
        query = query.where(NoticeTemplate.event == event)
    for row in tx.scalars(query):
        kind = KINDS_BY_NAME.get((row.event, row.audience, row.channel))
        if kind is not None:
            texts[kind][row.language] = NoticeText(row.subject, row.body)
    return texts


def find_template(tx: Session, kind: NoticeKind, language: str) -> NoticeText | None:
    row = tx.get(NoticeTemplate, (kind.event, kind.audience, kind.channel, language))
    return NoticeText(row.subject, row.body) if row else None


def set_template(tx: Session, kind: NoticeKind, language: str, text: NoticeText, by: str) -> None:
    before = find_template(tx, kind, language)
    if before == text:
        return
    words = {"subject": text.subject, "body": text.body}
    tx.execute(
        insert(NoticeTemplate)
        .values(
            event=kind.event,
            audience=kind.audience,
            channel=kind.channel,
            language=language,
            **words,
        )
        .on_conflict_do_update(constraint="pk_notice_templates", set_=words)
    )
    changes = _differences(before, text)
    history.append(tx, _entry("notice_template", "changed", kind, by, changes, language))


def remove_template(tx: Session, kind: NoticeKind, language: str, by: str) -> bool:
    """Back to the built-in text. False when there was nothing to remove."""
    before = find_template(tx, kind, language)
    if before is None:
        return False
    tx.execute(
        delete(NoticeTemplate).where(
            NoticeTemplate.event == kind.event,
            NoticeTemplate.audience == kind.audience,
            NoticeTemplate.channel == kind.channel,
            NoticeTemplate.language == language,
        )
    )
    changes = _differences(before, None)
    history.append(tx, _entry("notice_template", "removed", kind, by, changes, language))
    return True


def _differences(before: NoticeText | None, after: NoticeText | None) -> history.Changes:
    return {
        "subject": (before and before.subject, after and after.subject),
        "body": (before and before.body, after and after.body),
    }


def _entry(
    subject: str,
    done: str,
    kind: NoticeKind,
    by: str,
    changes: history.Changes,
    language: str | None = None,
) -> history.Entry:
    names = [kind.event, kind.audience, kind.channel, *([language] if language else [])]
    return history.Entry(subject, "/".join(names), f"{subject}.{done}", by, changes)

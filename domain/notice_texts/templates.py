"""Templates: what a shop may write into its own, and how they become texts."""

import re
from collections.abc import Mapping
from html import escape
from string import Template

from domain.errors import Refusal
from domain.notice_texts import candidates, sms
from domain.notice_texts.facts import EXAMPLE, PLACEHOLDERS, Facts, values
from domain.notices import NoticeChannel, NoticeKind, NoticeText, Recipient

LONGEST_SUBJECT = 150
LONGEST_BODY = {NoticeChannel.EMAIL: 10_000, NoticeChannel.SMS: 320, NoticeChannel.IN_APP: 1_000}
_LONGEST_RENDERED_SUBJECT = 250
_LANGUAGE = re.compile("[a-z]{2,3}")


class UnknownPlaceholder(Refusal):
    """A template names a value that this notice does not have."""


class BrokenPlaceholder(Refusal):
    """A dollar sign in a template that starts no placeholder."""


class TemplateSizeWrong(Refusal):
    """A template that is empty or too long for its channel."""


class UnreadableTemplate(Refusal):
    """A template with control characters, or a subject of several lines."""


class NoSuchLanguage(Refusal):
    """Languages are named by their ISO 639 code."""


def check_language(code: str) -> None:
    if not _LANGUAGE.fullmatch(code):
        raise NoSuchLanguage(f"{code[:20]!r} is no language code such as en, fr or ru.")


def check_template(kind: NoticeKind, text: NoticeText) -> None:
    """Raises the refusal that says what is wrong with a text of the shop's own."""
    _check_size("text", text.body, LONGEST_BODY[kind.channel])
    if kind.channel is NoticeChannel.SMS:
        if text.subject:
            raise TemplateSizeWrong("An SMS has no subject; leave it empty.")
    else:
        _check_size("subject", text.subject, LONGEST_SUBJECT)
    _check_signs(text)
    for part in (text.subject, text.body):
        _check_placeholders(part, PLACEHOLDERS[kind.audience])


def text_for(
    kind: NoticeKind, recipient: Recipient, facts: Facts, own: Mapping[str, NoticeText]
) -> tuple[str, NoticeText]:
    """The language and the finished text: the best one that has anything to say."""
    for language, template in candidates(kind, recipient.language, own):
        text = _filled_in(template, values(facts, recipient, language), kind.channel)
        if text.body and bool(text.subject) == bool(template.subject):
            return language, text
    raise AssertionError(f"The built-in text of {kind} says nothing.")


def preview(kind: NoticeKind, language: str, text: NoticeText) -> NoticeText:
    """How the text would read in an order that has a value for everything."""
    reader = Recipient(kind.audience, EXAMPLE.customer_name, "", "", language)
    return _filled_in(text, values(EXAMPLE, reader, language), kind.channel)


def fill_in(text: str, known: Mapping[str, str]) -> str:
    """A line is left out when a placeholder in it has no value."""
    kept = [line for line in text.splitlines() if all(map(known.get, _names(line)))]
    filled = Template("\n".join(kept)).safe_substitute(known)
    return re.sub(r"\n{3,}", "\n\n", filled).strip()


def html_page(language: str, text: NoticeText) -> str:
    """The same e-mail for readers that show HTML; every sign of the text is escaped."""
    paragraphs = "".join(
        f'<p style="margin:0 0 1em">{escape(part).replace(chr(10), "<br>")}</p>'
        for part in text.body.split("\n\n")
    )
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(text.subject)}</title></head>"
        '<body style="margin:0;padding:2em 1em;background:#f6f6f4;color:#222">'
        '<div style="max-width:34em;margin:0 auto;padding:2em;background:#fff;border-radius:8px;'
        f'font:16px/1.5 system-ui,sans-serif">{paragraphs}</div></body></html>'
    )


def _filled_in(
    template: NoticeText, known: Mapping[str, str], channel: NoticeChannel
) -> NoticeText:
    subject = fill_in(template.subject, known).replace("\n", ", ")[:_LONGEST_RENDERED_SUBJECT]
    body = fill_in(template.body, known)
    return NoticeText(subject, sms.plain(body) if channel is NoticeChannel.SMS else body)


def _names(text: str) -> list[str]:
    return Template(text).get_identifiers()


def _check_size(what: str, text: str, longest: int) -> None:
    if not text.strip():
        raise TemplateSizeWrong(f"The {what} is empty.")
    if len(text) > longest:
        raise TemplateSizeWrong(f"The {what} has {len(text)} characters; {longest} fit.")


def _check_signs(text: NoticeText) -> None:
    if not text.subject.isprintable():
        raise UnreadableTemplate("The subject is one line without control characters.")
    if any(ord(sign) < 32 and sign not in "\r\n\t" for sign in text.body):
        raise UnreadableTemplate("The text contains control characters.")


def _check_placeholders(text: str, allowed: frozenset[str]) -> None:
    if not Template(text).is_valid():
        raise BrokenPlaceholder("A $ starts no placeholder; write $$ for the sign itself.")
    unknown = sorted(set(_names(text)) - allowed)
    if unknown:
        known = ", ".join(f"${name}" for name in sorted(allowed))
        raise UnknownPlaceholder(f"There is no ${unknown[0][:50]} here. Known are: {known}.")

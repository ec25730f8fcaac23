"""What notices say: the built-in texts in three languages, and which text a person gets."""

from collections.abc import Iterator, Mapping

from domain.notice_texts.en import ENGLISH
from domain.notice_texts.fr import FRENCH
from domain.notice_texts.ru import RUSSIAN
from domain.notice_texts.wording import Language
from domain.notices import NoticeChannel, NoticeKind, NoticeText

LANGUAGES: Mapping[str, Language] = {"en": ENGLISH, "fr": FRENCH, "ru": RUSSIAN}
FALLBACK = "en"


def language_of(code: str) -> str:
    """`fr` of `fr-CA`, `FR` or `fr_CA.UTF-8`; the fallback where nothing is said."""
    return code.strip().lower().replace("_", "-").split("-")[0] or FALLBACK


def built_in(kind: NoticeKind, language: str) -> NoticeText | None:
    if language not in LANGUAGES:
        return None
    wording = LANGUAGES[language].wordings[kind.event, kind.audience]
    if kind.channel is NoticeChannel.EMAIL:
        return NoticeText(wording.subject, wording.email)
    subject = "" if kind.channel is NoticeChannel.SMS else wording.subject
    return NoticeText(subject, wording.short)


def candidates(
    kind: NoticeKind, language: str, own: Mapping[str, NoticeText]
) -> Iterator[tuple[str, NoticeText]]:
    """The texts for a reader of this language, best first: the shop's own, the built-in one, and
    then both in English."""
    for code in (language, FALLBACK):
        for text in (own.get(code), built_in(kind, code)):
            if text is not None:
                yield code, text

"""The shape of the built-in texts of one language."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.notices import Audience, NoticeEvent


@dataclass(frozen=True)
class Wording:
    """Of one event for one audience. `short` is the SMS and, under the subject, the in-app text."""

    subject: str
    email: str
    short: str


@dataclass(frozen=True)
class Language:
    wordings: Mapping[tuple[NoticeEvent, Audience], Wording]
    attention: Mapping[str, str]
    """Why a person has to look, by the code of the step that cannot go on."""
    more_items: str


def with_letter_frame(
    texts: Mapping[NoticeEvent, Wording], audience: Audience, opening: str, closing: str
) -> dict[tuple[NoticeEvent, Audience], Wording]:
    return {
        (event, audience): Wording(
            text.subject, f"{opening}\n\n{text.email}\n\n{closing}", text.short
        )
        for event, text in texts.items()
    }

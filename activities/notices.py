"""Tells everybody concerned about a change of an order, once each, by every channel switched on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio import activity
from temporalio.exceptions import ApplicationError, CancelledError

from db import notices as notices_db
from db.engine import Database
from db.notices import WaitingNotice
from domain.notice_texts.templates import html_page
from domain.notices import GIVE_UP_AFTER, Announcement, NoticeChannel, NoticeState
from providers.messages import Email, EmailSender, Sms, SmsSender
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable

_UNTIL_KEYS_ARE_MENDED = 900.0
_LONGEST_PAUSE = 3600.0
_EXPECTED = (Unreachable, CredentialsRejected, OutcomeUnknown)


@dataclass(frozen=True)
class Sender:
    """How a channel sends. A further channel is a `NoticeChannel`, its address in `Recipient`, and
    one of these."""

    send: Callable[[WaitingNotice], str]
    """The provider's reference."""
    find: Callable[[WaitingNotice], str | None] = lambda notice: None
    """The reference of an earlier attempt; for channels where a repeat would be seen twice."""


def by_email(email: EmailSender) -> Sender:
    def send(notice: WaitingNotice) -> str:
        html = html_page(notice.language, notice.text)
        text = notice.text
        return email.send(Email(notice.id, notice.to, text.subject, text.body, html))

    return Sender(send)


def by_sms(sms: SmsSender) -> Sender:
    def message(notice: WaitingNotice) -> Sms:
        return Sms(notice.id, notice.to, notice.text.body)

    return Sender(
        lambda notice: sms.send(message(notice)),
        lambda notice: sms.find(message(notice), notice.created_at),
    )


class NoticeActivities:
    def __init__(
        self,
        db: Database,
        email: EmailSender,
        sms: SmsSender,
        others: Mapping[NoticeChannel, Sender] | None = None,
    ) -> None:
        self._db = db
        self._senders: dict[NoticeChannel, Sender] = {
            NoticeChannel.EMAIL: by_email(email),
            NoticeChannel.SMS: by_sms(sms),
            **(others or {}),
        }

    @activity.defn
    def send_notices(self, announcement: Announcement) -> None:
        """Raises when some could not be sent yet; a repeat sends those and no others."""
        with self._db.transaction() as tx:
            notices_db.prepare(tx, announcement)
        with self._db.transaction() as tx:
            waiting = notices_db.list_waiting(tx, announcement.change_id)
        problems = []
        for notice in waiting:
            activity.heartbeat()
            problem = self._try(notice)
            if problem is not None:
                problems.append(problem)
        if problems:
            raise _again(problems)

    def _try(self, notice: WaitingNotice) -> Exception | None:
        """What keeps this notice waiting. Whatever happens to it, the others have their turn."""
        try:
            self._send(notice)
        except CancelledError:
            raise
        except Exception as error:
            if not isinstance(error, _EXPECTED):
                activity.logger.exception("A notice could not be sent.")
            return None if _is_too_late(notice) else error
        return None

    def _send(self, notice: WaitingNotice) -> None:
        sender = self._senders[notice.channel]
        reference = sender.find(notice) if notice.state is NoticeState.UNKNOWN else None
        if reference is None:
            self._claim(notice)
            reference = self._hand_over(sender, notice)
        if reference is not None:
            with self._db.transaction() as tx:
                notices_db.record_sent(tx, notice.id, reference)

    def _claim(self, notice: WaitingNotice) -> None:
        with self._db.transaction() as tx:
            if not notices_db.claim(tx, notice):
                raise OutcomeUnknown("Another attempt is sending this notice.")

    def _hand_over(self, sender: Sender, notice: WaitingNotice) -> str | None:
        """None when the provider said no for good."""
        try:
            return sender.send(notice)
        except ProviderRefused as refusal:
            with self._db.transaction() as tx:
                notices_db.record_failed(tx, notice.id, str(refusal))
            return None
        except (Unreachable, CredentialsRejected) as error:
            self._give_back(notice, str(error))
            raise

    def _give_back(self, notice: WaitingNotice, reason: str) -> None:
        with self._db.transaction() as tx:
            if _is_too_late(notice):
                notices_db.record_failed(tx, notice.id, f"Given up after {GIVE_UP_AFTER}: {reason}")
            else:
                notices_db.record_queued(tx, notice.id, reason)


def _is_too_late(notice: WaitingNotice) -> bool:
    return datetime.now(UTC) - notice.created_at > GIVE_UP_AFTER


def _again(problems: Sequence[Exception]) -> ApplicationError:
    """Names kinds of errors only: their texts may speak of people, and Temporal keeps this."""
    kinds = ", ".join(sorted({type(problem).__name__ for problem in problems}))
    return ApplicationError(
        f"Notices not sent yet: {len(problems)} ({kinds}).",
        type="NoticesWaiting",
        next_retry_delay=_pause(problems),
    )


def _pause(problems: Sequence[Exception]) -> timedelta | None:
    """The shortest that was asked for; None, the usual pause, when one did not ask."""
    pauses = [_wished_pause(problem) for problem in problems]
    known = [min(pause, _LONGEST_PAUSE) for pause in pauses if pause is not None]
    return timedelta(seconds=min(known)) if len(known) == len(pauses) else None


def _wished_pause(problem: Exception) -> float | None:
    if isinstance(problem, CredentialsRejected):
        return _UNTIL_KEYS_ARE_MENDED
    return problem.retry_after if isinstance(problem, Unreachable) else None

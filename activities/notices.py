"""Tells everybody concerned about a change of an order, once each, by every channel switched on."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from temporalio import activity

from db import announcements
from db import notices as notices_db
from db.announcements import DueAnnouncement
from db.engine import Database
from db.notices import Outcome, WaitingNotice
from domain.notice_texts.templates import html_page
from domain.notices import GIVE_UP_AFTER, Announcement, NoticeChannel, NoticeState
from providers.messages import Email, EmailSender, Sms, SmsSender
from providers.outcomes import CredentialsRejected, OutcomeUnknown, ProviderRefused, Unreachable

ROUND_S, PAUSE_S = 60.0, 0.2
SENDERS, BATCH = 8, 32
LEASE = timedelta(minutes=5)
"""Longer than one announcement takes with every provider hanging; then others may tell it."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=5)
_UNTIL_KEYS_ARE_MENDED = 900.0
_LONGEST_WISHED_PAUSE = 3600.0

logger = logging.getLogger(__name__)


Claimed = tuple[DueAnnouncement, Sequence[WaitingNotice] | None]
"""None: its notices are still to be claimed."""


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
    def deliver_notices(self) -> int:
        """Tells what is due for about a minute, several at once; how many it told. Who calls it
        calls it again."""
        told, end = 0, time.monotonic() + ROUND_S
        with ThreadPoolExecutor(SENDERS, "sender") as pool:
            while time.monotonic() < end and not activity.is_worker_shutdown():
                activity.heartbeat()
                due = self._take_due()
                if not due:
                    time.sleep(PAUSE_S)
                telling = [pool.submit(self._tell, *each) for each in self._claimed(due)]
                while wait(telling, timeout=1).not_done:
                    activity.heartbeat()
                told += sum(each.result() for each in telling)
        return told

    def send_notices(self, announcement: Announcement) -> None:
        """Raises `NoticesWaiting` when some could not be sent yet; a repeat sends those alone."""
        with self._db.transaction() as tx:
            claimed = notices_db.claim(tx, [announcement])
        self._send_claimed(announcement, claimed[announcement.change_id])

    def _send_claimed(self, announcement: Announcement, waiting: Sequence[WaitingNotice]) -> None:
        problems, outcomes = [], []
        for notice in waiting:
            outcome, problem = self._try(notice)
            outcomes.append(outcome)
            if problem is not None:
                problems.append(problem)
        with self._db.transaction() as tx:
            notices_db.record(tx, outcomes)
            if not problems:
                announcements.told(tx, [announcement.change_id])
        if problems:
            raise NoticesWaiting(problems)

    def _take_due(self) -> list[DueAnnouncement]:
        with self._db.transaction() as tx:
            return announcements.take_due(tx, BATCH, LEASE)

    def _claimed(self, due: Sequence[DueAnnouncement]) -> list[Claimed]:
        """Together, as that is one look at the rules and texts for all; one by one where
        something about one of them is wrong."""
        try:
            with self._db.transaction() as tx:
                claimed = notices_db.claim(tx, [each.news for each in due])
        except Exception:
            logger.exception("News could not be prepared together.")
            return [(each, None) for each in due]
        return [(each, claimed[each.news.change_id]) for each in due]

    def _tell(self, due: DueAnnouncement, waiting: Sequence[WaitingNotice] | None) -> bool:
        """What cannot be told now is told later; nothing of it may stop the others."""
        pause = min(FIRST_PAUSE * 2 ** min(due.attempts - 1, 10), LONGEST_PAUSE)
        try:
            if waiting is None:
                self.send_notices(due.news)
            else:
                self._send_claimed(due.news, waiting)
        except NoticesWaiting as waiting:
            logger.warning("%s", waiting)
            pause = waiting.pause or pause
        except Exception:
            logger.exception("News could not be told.")
        else:
            return True
        with self._db.transaction() as tx:
            announcements.postpone(tx, due.news.change_id, pause)
        return False

    def _try(self, notice: WaitingNotice) -> tuple[Outcome, Exception | None]:
        """What became of it, and what keeps it waiting. The others have their turn regardless."""
        try:
            return self._send(notice), None
        except StillUnknown as still:
            unknown = Outcome(notice.id, NoticeState.UNKNOWN)
            return unknown, None if _is_too_late(notice) else still.why
        except (Unreachable, CredentialsRejected) as error:
            if _is_too_late(notice):
                reason = f"Given up after {GIVE_UP_AFTER}: {error}"
                return Outcome(notice.id, NoticeState.FAILED, reason=reason), None
            return Outcome(notice.id, NoticeState.QUEUED, reason=str(error)), error
        except Exception as error:
            if not isinstance(error, OutcomeUnknown):
                logger.exception("A notice could not be sent.")
            unknown = Outcome(notice.id, NoticeState.UNKNOWN)
            return unknown, None if _is_too_late(notice) else error

    def _send(self, notice: WaitingNotice) -> Outcome:
        """One that an earlier attempt may have sent is looked for first."""
        sender = self._senders[notice.channel]
        try:
            reference = _look_up(sender, notice) or sender.send(notice)
        except ProviderRefused as refusal:
            return Outcome(notice.id, NoticeState.FAILED, reason=str(refusal))
        return Outcome(notice.id, NoticeState.SENT, reference=reference)


class StillUnknown(Exception):
    """Nobody can say yet whether an earlier attempt sent it."""

    def __init__(self, why: Exception) -> None:
        super().__init__(str(why))
        self.why = why


def _look_up(sender: Sender, notice: WaitingNotice) -> str | None:
    if notice.state is not NoticeState.UNKNOWN:
        return None
    try:
        return sender.find(notice)
    except (Unreachable, CredentialsRejected) as error:
        raise StillUnknown(error) from error


def _is_too_late(notice: WaitingNotice) -> bool:
    return datetime.now(UTC) - notice.created_at > GIVE_UP_AFTER


class NoticesWaiting(Exception):
    """Some could not be sent yet. Names kinds of errors only: their texts may speak of people."""

    def __init__(self, problems: Sequence[Exception]) -> None:
        kinds = ", ".join(sorted({type(problem).__name__ for problem in problems}))
        super().__init__(f"Notices not sent yet: {len(problems)} ({kinds}).")
        self.pause = _pause(problems)


def _pause(problems: Sequence[Exception]) -> timedelta | None:
    """The shortest that was asked for; None, the usual pause, when one did not ask."""
    pauses = [_wished_pause(problem) for problem in problems]
    known = [min(pause, _LONGEST_WISHED_PAUSE) for pause in pauses if pause is not None]
    return timedelta(seconds=min(known)) if len(known) == len(pauses) else None


def _wished_pause(problem: Exception) -> float | None:
    if isinstance(problem, CredentialsRejected):
        return _UNTIL_KEYS_ARE_MENDED
    return problem.retry_after if isinstance(problem, Unreachable) else None

"""Mails about somebody's sign-in: codes, links, warnings."""

from collections.abc import Callable, Mapping

from temporalio import activity

from db import account_links, accounts
from db.accounts import Holder
from db.engine import Database, Session
from db.reads import account_mails as reads
from db.secrets import Secrets
from domain.account_mails import AccountMail, MailKind
from domain.account_texts import account_text
from domain.notice_texts.templates import html_page
from domain.sign_in import LinkPurpose, Realm
from providers.messages import Email, EmailSender
from providers.outcomes import OutcomeUnknown, Unreachable

Values = Mapping[str, str]
PAGES = {Realm.STAFF: "admin", Realm.CUSTOMER: "shop"}


class AccountMailActivities:
    def __init__(self, db: Database, email: EmailSender, keys: Secrets, public_url: str) -> None:
        self._db = db
        self._email = email
        self._keys = keys
        self._public_url = public_url
        self._prepare: Mapping[MailKind, Callable[[Session, AccountMail], Email | None]] = {
            MailKind.CODE: self._code,
            MailKind.INVITATION: self._link,
            MailKind.RESET: self._link,
            MailKind.NEW_DEVICE: self._new_device,
            MailKind.PASSWORD_CHANGED: self._plain,
        }

    @activity.defn
    def send_account_mail(self, mail: AccountMail) -> None:
        """A repeat says the same code, or brings another link beside the first."""
        with self._db.transaction() as tx:
            email = self._prepare[mail.kind](tx, mail)
        if email is None:
            return
        try:
            self._email.send(email)
        except OutcomeUnknown as unknown:
            # Twice is better than never: it has the same Message-ID.
            raise Unreachable(str(unknown)) from unknown

    def _code(self, tx: Session, mail: AccountMail) -> Email | None:
        found = reads.code_of(tx, self._keys, mail.session_id)
        holder = accounts.find_holder(tx, found[0]) if found else None
        return _worded(mail, holder, {"code": found[1]}) if found and holder else None

    def _link(self, tx: Session, mail: AccountMail) -> Email | None:
        holder = accounts.find_holder(tx, mail.account_id)
        if holder is None:
            return None
        token = account_links.add_link(tx, holder.account_id, LinkPurpose(mail.kind.value))
        link = f"{self._public_url}/{PAGES[holder.realm]}/#/account-links/{token}"
        return _worded(mail, holder, {"link": link})

    def _new_device(self, tx: Session, mail: AccountMail) -> Email | None:
        holder = accounts.find_holder(tx, mail.account_id)
        if holder is None:
            return None
        return _worded(mail, holder, reads.sign_in_of(tx, holder, mail.session_id))

    def _plain(self, tx: Session, mail: AccountMail) -> Email | None:
        holder = accounts.find_holder(tx, mail.account_id)
        return _worded(mail, holder, {}) if holder else None


def _worded(mail: AccountMail, holder: Holder, more: Values) -> Email | None:
    """None: nobody knows an address of theirs."""
    if not holder.email:
        return None
    values = {"name": holder.name, "login": holder.login, **more}
    text = account_text(mail.kind, holder.language, values)
    html = html_page(holder.language, text)
    return Email(mail.id, holder.email, text.subject, text.body, html)

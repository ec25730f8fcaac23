"""Has mails about somebody's sign-in sent."""

import logging
from typing import Annotated
from uuid import uuid4

from fastapi import Depends
from temporalio.service import RPCError

from api.temporal import TASK_TIMEOUT, OrderProcesses, Processes
from domain.account_mails import AccountMail, MailKind
from domain.sign_in import LinkPurpose
from workflows.account_mails import AccountMailWorkflow, workflow_id

logger = logging.getLogger(__name__)


class AccountMails:
    def __init__(self, processes: Processes) -> None:
        self._client = processes.client
        self._task_queue = processes.task_queue

    async def send_code(self, session_id: int) -> None:
        await self._send(AccountMail(uuid4(), MailKind.CODE, session_id=session_id))

    async def send_link(self, account_id: int | None, purpose: LinkPurpose) -> None:
        """A new one-time link goes to the person. Nobody's account: the same work, no mail."""
        await self._send(AccountMail(uuid4(), MailKind(purpose.value), account_id))

    async def warn(self, kind: MailKind, account_id: int, session_id: int | None = None) -> None:
        """What it warns of is done and stays done, also when nobody can be warned just now."""
        try:
            await self._send(AccountMail(uuid4(), kind, account_id, session_id))
        except (RPCError, RuntimeError) as error:
            logger.warning("Account %s could not be warned: %s", account_id, error)

    async def _send(self, mail: AccountMail) -> None:
        await self._client.start_workflow(
            AccountMailWorkflow.run,
            mail,
            id=workflow_id(mail),
            task_queue=self._task_queue,
            task_timeout=TASK_TIMEOUT,
        )


def get_account_mails(processes: OrderProcesses) -> AccountMails:
    return AccountMails(processes)


Mails = Annotated[AccountMails, Depends(get_account_mails)]

"""A mail about somebody's sign-in, tried for as long as it would help."""

from datetime import timedelta

from temporalio import workflow
from temporalio.common import RetryPolicy

from workflows import queues

with workflow.unsafe.imports_passed_through():
    from activities.account_mails import AccountMailActivities
    from domain.account_mails import TRIED_FOR, AccountMail


def workflow_id(mail: AccountMail) -> str:
    return f"account-mail-{mail.id}"


@workflow.defn
class AccountMailWorkflow:
    @workflow.run
    async def run(self, mail: AccountMail) -> None:
        await workflow.execute_activity_method(
            AccountMailActivities.send_account_mail,
            mail,
            task_queue=queues.outside(workflow.info().task_queue, queues.NOTICES),
            start_to_close_timeout=timedelta(seconds=60),
            schedule_to_close_timeout=TRIED_FOR[mail.kind],
            heartbeat_timeout=timedelta(seconds=10),
            retry_policy=RetryPolicy(
                initial_interval=timedelta(seconds=1), maximum_interval=timedelta(minutes=1)
            ),
            summary=mail.kind,
        )

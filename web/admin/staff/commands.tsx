/** What can be done about somebody, each asked about before it is done. */
import { useTranslate } from 'react-admin';
import type { ComponentType } from 'react';
import { ConfirmDialog } from '../house/ConfirmDialog';
import type { CommandDialogProps } from '../house/NextSteps';
import { useChange } from '../house/changes';
import { ask } from '../house/http';
import type { Member } from './page';

type StaffDialog = ComponentType<CommandDialogProps<Member>>;

function simple(command: string, path: string, takesReason = false): StaffDialog {
  return function CommandDialog({ record: member, onClose }) {
    const translate = useTranslate();
    const send = (reason: string): Promise<unknown> => ask('POST', `/staff/${member.id}/${path}`, takesReason ? { reason } : undefined);
    const { run, isPending, error } = useChange('staff', send, { done: `staff.done.${command}`, onDone: onClose });
    return (
      <ConfirmDialog
        title={translate(`staff.asked.${command}`, { name: member.name })}
        confirm={translate(`staff.commands.${command}`)}
        asksReason={takesReason}
        isDestructive={command === 'block'}
        isPending={isPending}
        error={error}
        onConfirm={run}
        onClose={onClose}
      >
        {translate(`staff.explained.${command}`, { email: member.email ?? '' })}
      </ConfirmDialog>
    );
  };
}

export const DIALOGS: Record<string, StaffDialog> = {
  invite: simple('invite', 'invite'),
  block: simple('block', 'block', true),
  unblock: simple('unblock', 'unblock'),
  sign_out: simple('sign_out', 'sign-out'),
};

/** The dialogs behind the next steps of a customer. */
import { useTranslate } from 'react-admin';
import type { ComponentType } from 'react';
import { ConfirmDialog } from '../house/ConfirmDialog';
import type { CommandDialogProps } from '../house/NextSteps';
import { useChange } from '../house/changes';
import { ask } from '../house/http';
import type { Customer } from './page';

function dialog(command: 'disable' | 'enable', isDestructive: boolean): ComponentType<CommandDialogProps<Customer>> {
  return function CommandDialog({ record, onClose }) {
    const translate = useTranslate();
    const send = (reason: string) => ask('POST', `/customers/${record.id}/${command}`, isDestructive ? { reason } : undefined);
    const { run, isPending, error } = useChange('customers', send, { onDone: onClose });
    return (
      <ConfirmDialog
        title={translate(`customers.${command}_title`, { name: record.name })}
        confirm={translate(`customers.commands.${command}`)}
        asksReason={isDestructive}
        isDestructive={isDestructive}
        isPending={isPending}
        error={error}
        onConfirm={run}
        onClose={onClose}
      >
        {translate(`customers.${command}_text`)}
      </ConfirmDialog>
    );
  };
}

export const DIALOGS = { disable: dialog('disable', true), enable: dialog('enable', false) };

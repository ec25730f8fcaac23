/** Picking, packing, holding stock: pieces of lines that take a step in the house. */
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import type { Order } from '../page';
import { LinePicker, type Most, all, parts } from './LinePicker';

export function linesDialog(command: string, most: Most) {
  return function LinesDialog({ record, onClose }: CommandDialogProps<Order>) {
    const translate = useTranslate();
    const [chosen, setChosen] = useState(all(record, most));
    const { run, isPending, error } = useCommand('orders', record.id, command, { onDone: onClose });
    return (
      <ConfirmDialog
        title={translate(`orders.commands.${command}`)}
        confirm={translate(`orders.commands.${command}`)}
        maxWidth="sm"
        isReady={parts(chosen).length > 0}
        isPending={isPending}
        error={error}
        onConfirm={() => run({ lines: parts(chosen) })}
        onClose={onClose}
      >
        <LinePicker order={record} most={most} chosen={chosen} onChange={setChosen} />
      </ConfirmDialog>
    );
  };
}

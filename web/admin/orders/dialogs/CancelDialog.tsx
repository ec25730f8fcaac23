/** Cancelling whole or in parts: what happens to the goods, to the money, and who hears of it. */
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import type { Order } from '../page';
import { LinePicker, type Most, all, parts } from './LinePicker';
import { Switches } from './Switches';

const open: Most = ({ quantities }) => quantities.ordered - quantities.cancelled - quantities.shipped;

export function CancelDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const [chosen, setChosen] = useState(all(record, open));
  const [wanted, setWanted] = useState({ restock: true, refund: true, notify: true });
  const { run, isPending, error } = useCommand('orders', record.id, 'cancel', { onDone: onClose });
  return (
    <ConfirmDialog
      title={translate('orders.commands.cancel')}
      confirm={translate('orders.commands.cancel')}
      maxWidth="sm"
      asksReason
      isDestructive
      isReady={parts(chosen).length > 0}
      isPending={isPending}
      error={error}
      onConfirm={(reason) => run({ reason, lines: parts(chosen), ...wanted })}
      onClose={onClose}
    >
      {translate('orders.explained.cancel')}
      <LinePicker order={record} most={open} chosen={chosen} onChange={setChosen} />
      <Switches of={wanted} onChange={setWanted} />
    </ConfirmDialog>
  );
}

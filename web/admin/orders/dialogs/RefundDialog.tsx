/** Money back: of lines at the price they were sold at, of the shipping, or an amount as a favour. */
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { AmountField } from '../../house/AmountField';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import { money } from '../../house/Money';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import type { Order } from '../page';
import { type Chosen, LinePicker, type Most, parts } from './LinePicker';
import { Switches } from './Switches';

const refundable: Most = ({ quantities, refunded }) => quantities.ordered - quantities.cancelled - (refunded ?? 0);

export function RefundDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [chosen, setChosen] = useState<Chosen>({});
  const [amount, setAmount] = useState<number | null>(null);
  const [wanted, setWanted] = useState({ shipping: false, notify: true });
  const { run, isPending, error } = useCommand('orders', record.id, 'refunds', { onDone: onClose });
  const left = (record.captured ?? 0) - (record.refunded ?? 0);
  return (
    <ConfirmDialog
      title={translate('orders.commands.refund')}
      confirm={translate('orders.commands.refund')}
      maxWidth="sm"
      asksReason
      isReady={parts(chosen).length > 0 || wanted.shipping || (amount ?? 0) > 0}
      isPending={isPending}
      error={error}
      onConfirm={(reason) => run({ reason, lines: parts(chosen), amount: amount || null, ...wanted })}
      onClose={onClose}
    >
      {translate('orders.explained.refund', { left: money(left, record.currency, locale) })}
      <LinePicker order={record} most={refundable} chosen={chosen} onChange={setChosen} />
      <AmountField label={translate('orders.asked.amount_more')} currency={record.currency} value={amount} onChange={setAmount} />
      <Switches of={wanted} onChange={setWanted} />
    </ConfirmDialog>
  );
}

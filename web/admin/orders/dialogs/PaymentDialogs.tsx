/** Money that came in by hand, and further payments to be arranged. */
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { AmountField } from '../../house/AmountField';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import { money } from '../../house/Money';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import type { Order } from '../page';

const METHODS = ['card', 'bank_transfer', 'cheque', 'cash_on_delivery'];

export function RecordPaymentDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const awaited = record.payments.filter(({ method, state }) => method !== 'card' && state === 'awaited');
  const [paymentId, setPaymentId] = useState(awaited[0]?.id ?? '');
  const [amount, setAmount] = useState<number | null>(awaited[0]?.amount ?? null);
  const [document, setDocument] = useState('');
  const { run, isPending, error } = useCommand('orders', record.id, `payments/${paymentId}/receive`, { onDone: onClose });
  return (
    <ConfirmDialog
      title={translate('orders.commands.record_payment')}
      confirm={translate('orders.commands.record_payment')}
      isReady={paymentId !== '' && (amount ?? 0) > 0}
      isPending={isPending}
      error={error}
      onConfirm={() => run({ amount, document: document.trim() })}
      onClose={onClose}
    >
      <TextField select fullWidth margin="dense" label={translate('orders.asked.payment')} value={paymentId} onChange={(event) => setPaymentId(event.target.value)}>
        {awaited.map((payment) => (
          <MenuItem key={payment.id} value={payment.id}>
            {translate(`orders.method.${payment.method}`)} {payment.amount !== undefined && money(payment.amount, record.currency, locale)}
          </MenuItem>
        ))}
      </TextField>
      <AmountField label={translate('orders.payment.amount')} currency={record.currency} value={amount} onChange={setAmount} />
      <TextField
        fullWidth
        margin="dense"
        label={translate('orders.payment.document')}
        helperText={translate('orders.asked.document')}
        value={document}
        onChange={(event) => setDocument(event.target.value)}
        slotProps={{ htmlInput: { maxLength: 60 } }}
      />
    </ConfirmDialog>
  );
}

export function AddPaymentDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const [method, setMethod] = useState('bank_transfer');
  const [amount, setAmount] = useState<number | null>(null);
  const { run, isPending, error } = useCommand('orders', record.id, 'payments', { onDone: onClose });
  return (
    <ConfirmDialog
      title={translate('orders.commands.add_payment')}
      confirm={translate('orders.commands.add_payment')}
      isPending={isPending}
      error={error}
      onConfirm={() => run({ method, amount: amount || null })}
      onClose={onClose}
    >
      <TextField select fullWidth margin="dense" label={translate('orders.asked.method')} value={method} onChange={(event) => setMethod(event.target.value)}>
        {METHODS.map((each) => (
          <MenuItem key={each} value={each}>
            {translate(`orders.method.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      <AmountField
        label={translate('orders.payment.amount')}
        helperText={translate('orders.asked.all_that_is_due')}
        currency={record.currency}
        value={amount}
        onChange={setAmount}
      />
    </ConfirmDialog>
  );
}

/** A parcel has arrived; our courier may bring the money for it. */
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { AmountField } from '../../house/AmountField';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import type { Order } from '../page';

const UNDER_WAY = new Set(['shipped', 'ready_for_pickup', 'returning']);

export function DeliverDialog({ record, onClose }: CommandDialogProps<Order>) {
  const translate = useTranslate();
  const shipments = record.shipments.filter(({ state }) => UNDER_WAY.has(state));
  const cash = record.payments.find(({ method, state }) => method === 'cash_on_delivery' && state === 'awaited');
  const [shipmentId, setShipmentId] = useState(shipments[0]?.id ?? '');
  const [collected, setCollected] = useState<number | null>(cash?.amount ?? 0);
  const { run, isPending, error } = useCommand('orders', record.id, `shipments/${shipmentId}/deliver`, { onDone: onClose });
  return (
    <ConfirmDialog
      title={translate('orders.commands.deliver')}
      confirm={translate('orders.commands.deliver')}
      isReady={shipmentId !== '' && collected !== null}
      isPending={isPending}
      error={error}
      onConfirm={() => run({ collected: collected ?? 0 })}
      onClose={onClose}
    >
      {translate('orders.explained.deliver')}
      <TextField select fullWidth margin="dense" label={translate('orders.asked.parcel')} value={shipmentId} onChange={(event) => setShipmentId(event.target.value)}>
        {shipments.map((shipment) => (
          <MenuItem key={shipment.id} value={shipment.id}>
            {translate(`orders.carrier.${shipment.carrier}`)} {shipment.sequence} {shipment.tracking_number}
          </MenuItem>
        ))}
      </TextField>
      {cash && <AmountField label={translate('orders.asked.collected')} currency={record.currency} value={collected} onChange={setCollected} />}
    </ConfirmDialog>
  );
}

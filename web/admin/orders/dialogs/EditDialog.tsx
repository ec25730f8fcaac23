/** An edit: proposed first, then looked at (goods, stock, money), then confirmed or discarded. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ConfirmDialog } from '../../house/ConfirmDialog';
import { Guarded } from '../../house/Guarded';
import { Money } from '../../house/Money';
import type { CommandDialogProps } from '../../house/NextSteps';
import { useCommand } from '../../house/commands';
import { type Schemas, ask } from '../../house/http';
import type { Order } from '../page';
import { type Chosen, LinePicker, type Most } from './LinePicker';
import { Switches } from './Switches';

type Preview = Schemas['ChangePreview'];

interface Proposed {
  id: string;
  preview: Preview;
}

const MANY = 1_000_000;
const kept: Most = ({ quantities }) => quantities.ordered - quantities.cancelled;

/** An edit that somebody proposed before is shown at once: one order has one at a time. */
export function EditDialog({ record, onClose }: CommandDialogProps<Order>) {
  const open = record.open_change && { id: record.open_change.id, preview: record.open_change.preview as unknown as Preview };
  const [proposed, setProposed] = useState<Proposed | null>(open ?? null);
  if (proposed) return <Confirming order={record} proposed={proposed} onClose={onClose} />;
  return <Proposing order={record} onProposed={setProposed} onClose={onClose} />;
}

interface ProposingProps {
  order: Order;
  onProposed: (proposed: Proposed) => void;
  onClose: () => void;
}

function Proposing({ order, onProposed, onClose }: ProposingProps) {
  const translate = useTranslate();
  const id = useRef(crypto.randomUUID());
  const before = Object.fromEntries(order.lines.map((line) => [line.line, kept(line)]));
  const [quantities, setQuantities] = useState<Chosen>(before);
  const [sku, setSku] = useState('');
  const [more, setMore] = useState(1);
  const [comment, setComment] = useState(order.comment ?? '');
  const changed = Object.entries(quantities).filter(([line, quantity]) => quantity !== before[Number(line)]);
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      ask<Preview>('POST', `/orders/${order.id}/changes`, {
        id: id.current,
        set_quantities: changed.map(([line, quantity]) => ({ line: Number(line), quantity })),
        add_lines: sku.trim() ? [{ sku: sku.trim(), quantity: more }] : [],
        ...(comment === (order.comment ?? '') ? {} : { comment }),
      }),
    onSuccess: (preview) => onProposed({ id: id.current, preview }),
    onError: () => (id.current = crypto.randomUUID()),
  });
  return (
    <ConfirmDialog
      title={translate('orders.commands.edit')}
      confirm={translate('orders.asked.preview')}
      maxWidth="sm"
      isReady={changed.length > 0 || sku.trim() !== '' || comment !== (order.comment ?? '')}
      isPending={isPending}
      error={error}
      onConfirm={() => mutate()}
      onClose={onClose}
    >
      {translate('orders.explained.edit')}
      <LinePicker order={order} most={(line) => (kept(line) > 0 ? MANY : 0)} chosen={quantities} onChange={setQuantities} isBounded={false} />
      <Box sx={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 7rem', gap: 1 }}>
        <TextField margin="dense" label={translate('orders.asked.add_sku')} value={sku} onChange={(event) => setSku(event.target.value)} slotProps={{ htmlInput: { maxLength: 100 } }} />
        <TextField
          type="number"
          margin="dense"
          label={translate('orders.line.quantity')}
          value={more}
          onChange={(event) => setMore(Math.max(1, Math.trunc(Number(event.target.value)) || 1))}
        />
      </Box>
      <Guarded field="order.comment" write>
        <TextField
          fullWidth
          multiline
          margin="dense"
          label={translate('resources.orders.fields.comment')}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 2000 } }}
        />
      </Guarded>
    </ConfirmDialog>
  );
}

interface ConfirmingProps {
  order: Order;
  proposed: Proposed;
  onClose: () => void;
}

/** Closing the window discards nothing: the proposal waits, and the order says so. */
function Confirming({ order, proposed: { id, preview }, onClose }: ConfirmingProps) {
  const translate = useTranslate();
  const client = useQueryClient();
  const [wanted, setWanted] = useState({ refund: true });
  const close = (): void => {
    onClose();
    void client.invalidateQueries({ queryKey: ['orders'] });
  };
  const { run, isPending, error } = useCommand('orders', order.id, `changes/${id}/confirm`, { onDone: close });
  const discard = useMutation({ mutationFn: () => ask('DELETE', `/orders/${order.id}/changes/${id}`), onSuccess: close });
  return (
    <ConfirmDialog
      title={translate('orders.asked.look_at_edit')}
      confirm={translate('orders.asked.confirm_edit')}
      dismiss={{ label: translate('orders.asked.discard_edit'), onClick: () => discard.mutate() }}
      maxWidth="sm"
      asksReason
      isPending={isPending || discard.isPending}
      error={error ?? discard.error}
      onConfirm={(reason) => run({ reason, ...wanted })}
      onClose={close}
    >
      <PreviewOf preview={preview} currency={order.currency} />
      {(preview.to_refund ?? 0) > 0 && <Switches of={wanted} onChange={setWanted} />}
    </ConfirmDialog>
  );
}

function PreviewOf({ preview, currency }: { preview: Preview; currency: string }) {
  const translate = useTranslate();
  const sums: [string, number | undefined, number | undefined][] = [
    ['goods', preview.before.goods, preview.after.goods],
    ['shipping', preview.before.shipping, preview.after.shipping],
    ['tax', preview.before.tax, preview.after.tax],
    ['total', preview.before.total, preview.after.total],
  ];
  return (
    <Box sx={{ mb: 1 }}>
      {sums.map(([name, before, after]) => (
        <Typography key={name} component="div" sx={{ display: 'flex', justifyContent: 'space-between', fontWeight: name === 'total' ? 700 : 400 }}>
          <span>{translate(`resources.orders.fields.${name}`)}</span>
          <span>
            <Money minor={before} currency={currency} /> → <Money minor={after} currency={currency} />
          </span>
        </Typography>
      ))}
      {(preview.to_refund ?? 0) > 0 && (
        <Alert severity="info" sx={{ mt: 1 }}>
          {translate('orders.asked.to_refund')} <Money minor={preview.to_refund} currency={currency} />
        </Alert>
      )}
      {(preview.to_collect ?? 0) > 0 && (
        <Alert severity="info" sx={{ mt: 1 }}>
          {translate('orders.asked.to_collect')} <Money minor={preview.to_collect} currency={currency} />
        </Alert>
      )}
      {preview.shortages.map((shortage) => (
        <Alert key={shortage.sku} severity={shortage.may_backorder ? 'warning' : 'error'} sx={{ mt: 1 }}>
          {translate('orders.asked.shortage', { sku: shortage.sku, missing: shortage.missing ?? '?' })}
        </Alert>
      ))}
    </Box>
  );
}

/** What was cancelled and why; each thing that had to be undone with how far it has come. */
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import type { Order } from './page';

type Cancellation = Order['cancellations'][number];

export function Cancellations({ order }: { order: Order }) {
  const translate = useTranslate();
  if (!order.cancellations.length) return null;
  return (
    <Panel title={translate('orders.cancellations')}>
      {order.cancellations.map((cancellation) => (
        <One key={cancellation.id} order={order} cancellation={cancellation} />
      ))}
    </Panel>
  );
}

function One({ order, cancellation }: { order: Order; cancellation: Cancellation }) {
  const translate = useTranslate();
  const pieces = cancellation.lines.map(({ line, quantity }) => `${order.lines.find((each) => each.line === line)?.name ?? line} × ${quantity}`);
  return (
    <Box sx={{ mb: 1.5 }}>
      <Typography>{pieces.join(', ')}</Typography>
      <Typography sx={{ overflowWrap: 'anywhere' }}>{cancellation.reason}</Typography>
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        {cancellation.actor.name ?? cancellation.actor.actor} · <When at={cancellation.at} />
      </Typography>
      {cancellation.legs.map((leg) => (
        <Box key={`${leg.kind} ${leg.subject}`} sx={{ display: 'flex', gap: 1, alignItems: 'center', mt: 0.5 }}>
          <span>{translate(`orders.leg.${leg.kind}`)}</span>
          <StatusChip kind="leg" value={leg.state} />
          {leg.detail && <Typography variant="caption">{leg.detail}</Typography>}
        </Box>
      ))}
    </Box>
  );
}

/** One order: the model of every page. What it is, what can be done, what it waits for, and what has happened. */
import Box from '@mui/material/Box';
import { Title, useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { NextSteps } from '../house/NextSteps';
import { Page } from '../house/Page';
import { Panel } from '../house/Panel';
import { StatusChip } from '../house/StatusChip';
import { Timeline } from '../house/Timeline';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { Attention } from './Attention';
import { Cancellations } from './Cancellations';
import { CustomerFacts } from './CustomerFacts';
import { Lines } from './Lines';
import { Papers } from './Papers';
import { Parcels } from './Parcels';
import { Payments, Sums } from './Payments';
import { Waiting } from './Waiting';
import { AMOUNTS } from './amounts';
import { DESTRUCTIVE, DIALOGS, USUAL } from './commands';

export type Order = Schemas['OrderRead'];

const MINOR = new Set(['order.allocated', 'order.picked', 'order.packed', 'order.assigned', 'order.file_attached', 'order.step_retried']);

export default function OrderPage() {
  return (
    <Page<Order>>
      {(order) => (
        <>
          <Head order={order} />
          <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 2fr) minmax(0, 1fr)' }, columnGap: 2, alignItems: 'start' }}>
            <Main order={order} />
            <Aside order={order} />
          </Box>
        </>
      )}
    </Page>
  );
}

function Head({ order }: { order: Order }) {
  const translate = useTranslate();
  return (
    <>
      <Title title={translate('orders.title', { number: order.number })} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1.5 }}>
        <StatusChip kind="order" value={order.status} />
        <StatusChip kind="payment" value={order.payment} />
        <StatusChip kind="fulfilment" value={order.fulfilment} />
        {order.returns !== 'none' && <StatusChip kind="returns" value={order.returns} />}
        <Attention kind={order.attention} />
        <Box component="span" sx={{ color: 'text.secondary' }}>
          <When at={order.placed_at} /> · {order.channel.name}
        </Box>
      </Box>
      <Box sx={{ mb: 2 }}>
        <NextSteps record={order} actions={order.actions} dialogs={DIALOGS} words="orders.commands" order={USUAL} destructive={DESTRUCTIVE} />
      </Box>
    </>
  );
}

function Main({ order }: { order: Order }) {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 0 }}>
      <Guarded right="process.read">
        <Waiting order={order} />
      </Guarded>
      <Panel title={translate('orders.lines')}>
        <Lines order={order} />
        <Sums order={order} />
      </Panel>
      <Panel title={translate('orders.payments')}>
        <Payments order={order} />
      </Panel>
      <Panel title={translate('orders.parcels')}>
        <Parcels order={order} />
      </Panel>
      <Cancellations order={order} />
    </Box>
  );
}

function Aside({ order }: { order: Order }) {
  const translate = useTranslate();
  return (
    <Box sx={{ minWidth: 0 }}>
      <Panel title={translate('orders.customer')}>
        <CustomerFacts order={order} />
      </Panel>
      <Papers order={order} />
      <Panel title={translate('orders.history')}>
        <Timeline resource="orders" id={order.id} words="resources.orders.fields" minor={MINOR} money={{ currency: order.currency, fields: AMOUNTS }} />
      </Panel>
    </Box>
  );
}

/** What has left the house, and where it is. */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { Facts } from '../house/Facts';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import { address } from '../house/http';
import type { Order } from './page';

type Shipment = Order['shipments'][number];

export function Parcels({ order }: { order: Order }) {
  const translate = useTranslate();
  if (!order.shipments.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('orders.no_parcels')}</Typography>;
  return (
    <>
      {order.shipments.map((shipment) => (
        <Parcel key={shipment.id} order={order} shipment={shipment} />
      ))}
    </>
  );
}

function Parcel({ order, shipment }: { order: Order; shipment: Shipment }) {
  const translate = useTranslate();
  const pieces = shipment.lines.map(({ line, quantity }) => `${order.lines.find((each) => each.line === line)?.name ?? line} × ${quantity}`);
  const label = shipment.has_label && (
    <Link href={address(`/orders/${order.id}/shipments/${shipment.id}/label`)} target="_blank" rel="noreferrer">
      {translate('orders.parcel.label')}
    </Link>
  );
  const last = shipment.events.at(-1);
  return (
    <Box sx={{ mb: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 0.5 }}>
        <Typography variant="h3">
          {translate(`orders.carrier.${shipment.carrier}`)} {shipment.sequence}
        </Typography>
        <StatusChip kind="shipment" value={shipment.state} />
      </Box>
      <Facts
        facts={[
          [translate('orders.parcel.contents'), pieces.join(', ')],
          [translate('orders.parcel.tracking_number'), shipment.tracking_number],
          [translate('orders.parcel.shipped_at'), shipment.shipped_at && <When at={shipment.shipped_at} />],
          [translate('orders.parcel.delivered_at'), shipment.delivered_at && <When at={shipment.delivered_at} />],
          [translate('orders.parcel.last_event'), last && <LastEvent event={last} />],
          [translate('orders.parcel.fail_reason'), shipment.fail_reason],
          [translate('orders.parcel.paper'), label],
        ]}
      />
    </Box>
  );
}

function LastEvent({ event }: { event: Shipment['events'][number] }) {
  return (
    <>
      {event.state} {event.place} <When at={event.at} />
    </>
  );
}

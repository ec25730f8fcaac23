/** All orders: the model of every list. Columns and filters are declared; the rest is the house's. */
import Box from '@mui/material/Box';
import { TextInput, useTranslate } from 'react-admin';
import { CreateLink } from '../house/CreateLink';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import { Money } from '../house/Money';
import { StatusChip } from '../house/StatusChip';
import type { Column } from '../house/Table';
import { When } from '../house/When';
import { DayFilter, SearchFilter, StatusFilter } from '../house/filters';
import type { Schemas } from '../house/http';
import { Attention } from './Attention';

type Order = Schemas['OrderRow'];

const columns: Column<Order>[] = [
  { source: 'number', sort: 'DESC', show: (order) => `№ ${order.number}` },
  { source: 'placed_at', sort: 'DESC', show: (order) => <When at={order.placed_at} relative /> },
  { source: 'customer_name', field: 'order.customer_name', show: (order) => order.customer_name },
  { source: 'status', show: (order) => <StatusChip kind="order" value={order.status} /> },
  { source: 'payment', show: (order) => <StatusChip kind="payment" value={order.payment} /> },
  { source: 'fulfilment', show: (order) => <StatusChip kind="fulfilment" value={order.fulfilment} /> },
  { source: 'total', field: 'order.total', sort: 'DESC', align: 'right', show: (order) => <Money minor={order.total} currency={order.currency} /> },
  { source: 'attention', show: (order) => order.attention && <Attention kind={order.attention} /> },
  { source: 'first_line', show: (order) => <Contents order={order} /> },
  { source: 'branch', folded: true, show: (order) => order.branch?.name },
  { source: 'channel', folded: true, show: (order) => order.channel.name },
  { source: 'responsible', folded: true, show: (order) => order.responsible?.name },
  { source: 'returns', folded: true, show: (order) => <StatusChip kind="returns" value={order.returns} /> },
  { source: 'customer_email', folded: true, field: 'order.customer_email', show: (order) => order.customer_email },
  { source: 'captured', folded: true, field: 'order.captured', align: 'right', show: (order) => <Money minor={order.captured} currency={order.currency} /> },
  { source: 'refunded', folded: true, field: 'order.refunded', align: 'right', show: (order) => <Money minor={order.refunded} currency={order.currency} /> },
];

export default function OrderList() {
  const translate = useTranslate();
  return (
    <Listing
      columns={columns}
      exportRight="order.export"
      actions={<CreateLink right="order.place" label={translate('orders.new')} />}
      filters={
        <>
          <SearchFilter label="orders.search" />
          <StatusFilter source="status" kind="order" />
          <StatusFilter source="payment" kind="payment" />
          <StatusFilter source="fulfilment" kind="fulfilment" />
          <DayFilter source="placed_from" />
          <DayFilter source="placed_to" end />
          <TextInput source="sku" helperText={false} resettable />
        </>
      }
      empty={<EmptyState title={translate('orders.empty.title')}>{translate('orders.empty.text')}</EmptyState>}
    />
  );
}

function Contents({ order }: { order: Order }) {
  const translate = useTranslate();
  const others = order.line_count - 1;
  return (
    <Box component="span" sx={{ display: 'block', maxWidth: { sm: 140, xl: 220 }, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: { sm: 'nowrap' } }}>
      {order.first_line}
      {others > 0 && ` ${translate('orders.and_more', { smart_count: others })}`}
    </Box>
  );
}

/** The latest orders of a customer, and what they have spent. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { Facts } from '../house/Facts';
import { Guarded } from '../house/Guarded';
import { Money } from '../house/Money';
import { Panel } from '../house/Panel';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { Spent } from './Spending';
import type { Customer } from './page';

const COLUMNS = ['number', 'placed_at', 'status', 'payment', 'total'];

export function Orders({ customer }: { customer: Customer }) {
  const translate = useTranslate();
  const { orders, latest_orders, spent } = customer;
  const all = `/orders?filter=${encodeURIComponent(JSON.stringify({ customer_id: customer.id }))}`;
  const more = orders > 0 && (
    <Button component={RouterLink} to={all}>
      {translate('customers.all_orders', { smart_count: orders })}
    </Button>
  );
  return (
    <Panel title={translate('customers.latest_orders')} aside={more}>
      <Guarded field="customer.spent">
        <Facts facts={[[translate('resources.customers.fields.spent'), spent && spent.length > 0 && <Spent sums={spent} />]]} />
      </Guarded>
      {latest_orders.length ? <Latest orders={latest_orders} /> : <Typography sx={{ color: 'text.secondary' }}>{translate('customers.no_orders')}</Typography>}
    </Panel>
  );
}

function Latest({ orders }: { orders: Schemas['OrderRow'][] }) {
  const translate = useTranslate();
  return (
    <Box sx={{ overflowX: 'auto', mt: 1 }} tabIndex={0} role="region" aria-label={translate('customers.latest_orders')}>
      <Table size="small" aria-label={translate('customers.latest_orders')}>
        <TableHead>
          <TableRow>
            {COLUMNS.map((name) => (
              <TableCell key={name} align={name === 'total' ? 'right' : undefined}>
                {translate(`resources.orders.fields.${name}`)}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {orders.map((order) => (
            <TableRow key={order.id}>
              <TableCell>
                <Link component={RouterLink} to={`/orders/${order.id}/show`} sx={{ fontWeight: 600 }}>
                  № {order.number}
                </Link>
              </TableCell>
              <TableCell>
                <When at={order.placed_at} relative />
              </TableCell>
              <TableCell>
                <StatusChip kind="order" value={order.status} />
              </TableCell>
              <TableCell>
                <StatusChip kind="payment" value={order.payment} />
              </TableCell>
              <TableCell align="right">
                <Money minor={order.total} currency={order.currency} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

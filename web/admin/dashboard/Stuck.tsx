/** Orders whose process needs somebody, newest first. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { type Schemas, ask } from '../house/http';
import { Attention } from '../orders/Attention';
import { TO_PROCESS, ordersIn } from './figures';

const SHOWN = 5;

export function Stuck({ count }: { count: number }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['orders', 'stuck', count],
    queryFn: () => ask<Schemas['OrderList']>('GET', '/orders', undefined, { attention: true, limit: SHOWN }),
    retry: false,
  });
  const all = count > SHOWN && (
    <Button component={RouterLink} to={ordersIn(TO_PROCESS.attention)}>
      {translate('dashboard.see_all')}
    </Button>
  );
  return (
    <Panel title={translate('dashboard.stuck')} aside={all}>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data?.rows.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{translate('dashboard.not_stuck')}</Typography>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data?.rows.map((order) => (
          <Box component="li" key={order.id} sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
            <Link component={RouterLink} to={`/orders/${order.id}/show`} sx={{ fontWeight: 600 }}>
              № {order.number}
            </Link>
            <Attention kind={order.attention} />
            <When at={order.placed_at} relative />
          </Box>
        ))}
      </Box>
    </Panel>
  );
}

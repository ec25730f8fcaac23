/** What the order costs, what was paid, and what went back. */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { Facts } from '../house/Facts';
import { Money } from '../house/Money';
import { StatusChip } from '../house/StatusChip';
import { When } from '../house/When';
import type { Order } from './page';

type Payment = Order['payments'][number];
type Refund = Order['refunds'][number];

const SUMS = ['goods', 'shipping', 'tax', 'allowance', 'total', 'captured', 'refunded'] as const;
/** Told only when there is something to tell. */
const SELDOM = new Set<string>(['allowance', 'captured', 'refunded']);

export function Sums({ order }: { order: Order }) {
  const translate = useTranslate();
  const shown = SUMS.filter((name) => order[name] !== undefined && (order[name] !== 0 || !SELDOM.has(name)));
  return (
    <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: 'max-content max-content', justifyContent: 'end', columnGap: 3, rowGap: 0.5, mt: 2, mb: 0, '& dd': { m: 0, textAlign: 'right' } }}>
      {shown.map((name) => (
        <Box key={name} sx={{ display: 'contents', fontWeight: name === 'total' ? 700 : 400 }}>
          <dt>{translate(`resources.orders.fields.${name}`)}</dt>
          <dd>
            <Money minor={order[name]} currency={order.currency} />
          </dd>
        </Box>
      ))}
    </Box>
  );
}

export function Payments({ order }: { order: Order }) {
  const translate = useTranslate();
  if (!order.payments.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('orders.no_payments')}</Typography>;
  return (
    <>
      {order.payments.map((payment) => (
        <PaymentFacts key={payment.id} payment={payment} refunds={order.refunds.filter((refund) => refund.payment_id === payment.id)} />
      ))}
    </>
  );
}

function PaymentFacts({ payment, refunds }: { payment: Payment; refunds: Refund[] }) {
  const translate = useTranslate();
  const sum = (minor: number | undefined): ReactNode => (minor ? <Money minor={minor} currency={payment.currency} /> : null);
  const page = payment.confirmation_url && (
    <Link href={payment.confirmation_url} target="_blank" rel="noreferrer">
      {translate('orders.payment.open_page')}
    </Link>
  );
  return (
    <Box sx={{ mb: 1.5 }}>
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', mb: 0.5 }}>
        <Typography variant="h3">{translate(`orders.method.${payment.method}`)}</Typography>
        <StatusChip kind="payment_state" value={payment.state} />
      </Box>
      <Facts
        facts={[
          [translate('orders.payment.amount'), sum(payment.amount)],
          [translate('orders.payment.captured'), sum(payment.captured)],
          [translate('orders.payment.refunded'), sum(payment.refunded)],
          [translate('orders.payment.created_at'), <When at={payment.created_at} />],
          [translate('orders.payment.reference'), payment.reference],
          [translate('orders.payment.document'), payment.document],
          [translate('orders.payment.cancel_reason'), payment.cancel_reason],
          [translate('orders.payment.page'), page],
        ]}
      />
      {refunds.map((refund) => (
        <RefundLine key={refund.id} refund={refund} currency={payment.currency} />
      ))}
    </Box>
  );
}

function RefundLine({ refund, currency }: { refund: Refund; currency: string }) {
  const translate = useTranslate();
  return (
    <Typography variant="body2" component="div" sx={{ mt: 0.5 }}>
      {translate('orders.payment.refund')} <Money minor={refund.amount} currency={currency} /> <StatusChip kind="refund_state" value={refund.state} /> {refund.fail_reason ?? refund.reason}
    </Typography>
  );
}

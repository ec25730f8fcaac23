/** Who ordered, where it goes, and who sees to it. */
import Link from '@mui/material/Link';
import { useTranslate } from 'react-admin';
import { Facts } from '../house/Facts';
import type { Order } from './page';

const PARTS = ['street', 'postcode', 'city', 'country'];

export function CustomerFacts({ order }: { order: Order }) {
  const translate = useTranslate();
  const where = (name: string): string => translate(`resources.orders.fields.${name}`);
  const place = PARTS.map((part) => (order.address as Record<string, unknown> | undefined)?.[part]).filter(Boolean);
  return (
    <Facts
      facts={[
        [where('customer_name'), order.customer_name],
        [where('customer_email'), order.customer_email && <Link href={`mailto:${order.customer_email}`}>{order.customer_email}</Link>],
        [where('customer_phone'), order.customer_phone && <Link href={`tel:${order.customer_phone}`}>{order.customer_phone}</Link>],
        [where('address'), place.join(', ')],
        [where('shipping_method'), order.shipping_method_name],
        [where('branch'), order.branch?.name],
        [where('responsible'), order.responsible?.name],
        [where('external_ref'), order.external_ref],
        [where('comment'), order.comment],
        [where('hold_reason'), order.hold_reason],
      ]}
    />
  );
}

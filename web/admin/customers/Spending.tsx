/** What a customer paid and did not get back, by currency. */
import { Money } from '../house/Money';
import type { Schemas } from '../house/http';

export function Spent({ sums }: { sums: Schemas['Spent'][] }) {
  return sums.map(({ currency, amount }) => (
    <span key={currency} style={{ display: 'block' }}>
      <Money minor={amount} currency={currency} />
    </span>
  ));
}

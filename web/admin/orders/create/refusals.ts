/** Which part of the form a refusal is about, so that it is told there. */
import { useTranslate } from 'react-admin';
import { Problem } from '../../house/http';
import { sentence } from '../../house/problems';

export type Place = 'channel' | 'customer' | 'address' | 'lines' | 'shipping' | 'payment' | 'whole';

const PLACES: Record<string, Place> = {
  ChannelUnknown: 'channel',
  CustomerUnknown: 'customer',
  CustomerDisabled: 'customer',
  AddressNeeded: 'address',
  OutOfStock: 'lines',
  UnknownSku: 'lines',
  WrongCurrency: 'lines',
  NoTaxRate: 'lines',
  TotalTooHigh: 'lines',
  NoSuchShippingMethod: 'shipping',
  NotShippedThere: 'shipping',
  TooHeavyOrDear: 'shipping',
  PaymentMethodNotOffered: 'payment',
  PaymentsDoNotAddUp: 'payment',
};
/** What is said of these in every language; of others the server's own words. */
const WORDED = ['customer.email', 'customer.phone'];

export interface Refused {
  code: string | null;
  /** What is to be told there. */
  at: (place: Place) => string | undefined;
  /** What is wrong with this field: `customer.email`. */
  field: (name: string) => string | undefined;
}

export function useRefused(error: unknown): Refused {
  const translate = useTranslate();
  const problem = error instanceof Problem ? error : null;
  const fields = problem?.body.errors ?? {};
  const isInFields = Object.keys(fields).some((name) => name.startsWith('customer.') || name.startsWith('address.'));
  const place = (problem && PLACES[problem.code]) ?? 'whole';
  return {
    code: problem?.code ?? null,
    at: (asked) => (error && !isInFields && asked === place ? sentence(error, translate) : undefined),
    field: (name) => (fields[name] && WORDED.includes(name) ? translate(`orders.placing.wrong.${name.split('.')[1]}`) : fields[name]),
  };
}

/** An order as it is being taken down: what is typed so far, and what of it the API is told. */
import { parseAmount } from '../../house/AmountField';
import type { Schemas } from '../../house/http';
import { type Me, level } from '../../house/me';

export type Channel = Schemas['ChannelRow'];
export type Offered = Schemas['OfferedRow'];
export type Body = Schemas['OrderCreate'];
type Customer = Schemas['CustomerDetail'];

export interface DraftLine {
  sku: string;
  quantity: string;
  /** As typed; empty: the shop's. */
  price: string;
  /** As it was found. */
  offered: Offered;
}

export interface DraftCustomer {
  /** Of a known one. */
  id: number | null;
  name: string;
  email: string;
  phone: string;
  language: string;
}

export interface DraftAddress {
  country: string;
  city: string;
  postcode: string;
  street: string;
  point_code: string;
}

export interface Draft {
  customer: DraftCustomer;
  address: DraftAddress;
  lines: DraftLine[];
  /** Empty: not said yet. */
  shipping: string;
  payment: string;
  comment: string;
}

export type Change = (part: Partial<Draft>) => void;

/** Said, and it is: not sent, or not paid in a way that is known yet. */
export const NONE = 'none';
const NOWHERE: DraftAddress = { country: '', city: '', postcode: '', street: '', point_code: '' };
const MANY = 1_000_000;

export const nobody = (language: string): DraftCustomer => ({ id: null, name: '', email: '', phone: '', language });
export const newDraft = (language: string): Draft => ({ customer: nobody(language), address: NOWHERE, lines: [], shipping: '', payment: '', comment: '' });

/** With what is known of the customer: where goods usually go, how they like to pay and be served. */
export function known(draft: Draft, customer: Customer): Draft {
  const { id, name, email = '', phone = '', language, addresses = [], preferences } = customer;
  const usual = addresses.find(({ is_shipping_default }) => is_shipping_default) ?? addresses[0];
  const likes = preferences as { payment_method?: string | null; shipping_method?: string };
  return {
    ...draft,
    customer: { id, name, email, phone, language },
    address: usual ? place(usual) : draft.address,
    shipping: draft.shipping || likes.shipping_method || '',
    payment: draft.payment || likes.payment_method || '',
  };
}

export const place = ({ country, city, postcode, street }: Schemas['CustomerAddress']): DraftAddress => ({ ...NOWHERE, country, city, postcode, street });

/** Another channel may offer less: what it does not have is not said yet. */
export function fitting(draft: Draft, channel: Channel): Draft {
  const shipping = channel.shipping_methods.map(({ code }) => code);
  return {
    ...draft,
    address: { ...draft.address, country: draft.address.country || (channel.country ?? '') },
    shipping: among(draft.shipping, shipping),
    payment: among(draft.payment, channel.payment_methods),
  };
}

const among = (chosen: string, offered: string[]): string => (offered.length === 0 ? NONE : [NONE, ...offered].includes(chosen) ? chosen : '');

export const isCount = (text: string): boolean => /^\d{1,7}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= MANY;
export const isPrice = (text: string, currency: string): boolean => text.trim() === '' || parseAmount(text, currency) !== null;

export const isCountable = ({ lines }: Draft, { currency }: Channel): boolean =>
  lines.length > 0 && lines.every(({ quantity, price }) => isCount(quantity) && isPrice(price, currency));

/** What is still to be asked, as `orders.placing.needed.<word>` names it. */
export function missing(draft: Draft, channel: Channel, me: Me): string[] {
  const asksAddress = level(me, 'order.address') === 'write';
  const lacking: [string, boolean][] = [
    ['customer', !draft.customer.name.trim()],
    ['lines', draft.lines.length === 0],
    ['counts', draft.lines.length > 0 && !isCountable(draft, channel)],
    ['country', asksAddress && !draft.address.country],
    ['shipping', !draft.shipping],
    ['payment', !draft.payment],
  ];
  return lacking.filter(([, isLacking]) => isLacking).map(([word]) => word);
}

/** What the price depends on. */
export function priced(draft: Draft, channel: Channel, me: Me): Omit<Body, 'customer'> {
  const { country } = draft.address;
  const mayAddress = level(me, 'order.address') === 'write';
  return {
    channel: channel.code,
    lines: draft.lines.map(({ sku, quantity, price }) => ({ sku, quantity: Number(quantity), ...ownPrice(price, channel) })),
    ...(mayAddress && country ? { address: { ...NOWHERE, country } } : {}),
    shipping_method: said(draft.shipping),
    payments: said(draft.payment) ? [{ method: draft.payment as Channel['payment_methods'][number] }] : [],
    comment: '',
  };
}

/** All of it; what this person may not set is left out. */
export function whole(draft: Draft, channel: Channel, me: Me): Body {
  const { id, name, email, phone, language } = draft.customer;
  const sets = (field: string): boolean => level(me, field) === 'write';
  const { comment, ...rest } = priced(draft, channel, me);
  return {
    ...rest,
    ...(sets('order.address') ? { address: draft.address } : {}),
    customer: {
      id,
      name: name.trim(),
      language,
      ...(sets('order.customer_email') && email.trim() ? { email: email.trim() } : {}),
      ...(sets('order.customer_phone') ? { phone: dialled(phone) } : {}),
    } as Body['customer'],
    ...(sets('order.comment') ? { comment: draft.comment.trim() } : {}),
  } as Body;
}

const said = (chosen: string): string | null => (chosen === '' || chosen === NONE ? null : chosen);
const ownPrice = (typed: string, { currency }: Channel): { unit_price?: number } => (typed.trim() ? { unit_price: parseAmount(typed, currency) ?? 0 } : {});
/** Without what people put between the digits. */
const dialled = (phone: string): string => phone.replace(/[\s().-]/g, '');

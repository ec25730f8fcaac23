/** What a customer's fields hold, as one line: for the protocol and for comparing two edits. */
import { useQuery } from '@tanstack/react-query';
import { useLocaleState, useTranslate } from 'react-admin';
import type { Tell } from '../house/Timeline';
import { type Schemas, ask } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { useMe } from '../house/me';
import { countryName } from './countries';
import { labelOf, useOwnFields, useTellValue } from './own_fields';

export type Address = Schemas['CustomerAddress'];
type Fields = Record<string, unknown>;

const NOTHING = '–';

export function useLists() {
  return useQuery({ queryKey: ['mailing-lists'], queryFn: () => ask<Schemas['MailingListRead'][]>('GET', '/mailing-lists'), staleTime: 60_000, retry: false });
}

export const placeOf = ({ street, postcode, city, country }: Address, locale: string): string =>
  [street, [postcode, city].filter(Boolean).join(' '), country && countryName(country, locale)].filter(Boolean).join(', ');

export function useTellCustomer(): Tell {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const me = useMe();
  const { data: fields } = useOwnFields();
  const { data: lists } = useLists();
  const tellValue = useTellValue();
  const yes = (value: unknown): string => translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
  const ways: Record<string, (value: never) => string> = {
    addresses: (value: Address[]) => value.map((address) => placeOf(address, locale)).join('; '),
    is_active: yes,
    language: (value: string) => LANGUAGES.find((each) => each.locale === value)?.name ?? value,
    branch_id: (value: number) => me.branches.find(({ id }) => id === value)?.name ?? `№ ${value}`,
    preferences: (value: Fields) => preferences(value, translate),
    custom: (value: Fields) =>
      listed(value, (key, each) => {
        const field = (fields ?? []).find((one) => one.key === key);
        return field ? `${labelOf(field, locale)}: ${tellValue(field, each)}` : `${key}: ${String(each)}`;
      }),
    consents: ({ way, ...said }: Fields) =>
      listed(said, (code, given) => `${lists?.find((list) => list.code === code)?.name ?? code}: ${yes(given)}`) +
      (typeof way === 'string' ? ` (${translate(`customers.way.${way}`)})` : ''),
  };
  return (field, value) => (value === null || value === undefined || !ways[field] ? undefined : ways[field](value as never) || NOTHING);
}

const listed = (value: Fields, tell: (key: string, value: unknown) => string): string =>
  Object.entries(value).filter(([, each]) => each !== null).map(([key, each]) => tell(key, each)).join(', ');

function preferences(value: Fields, translate: ReturnType<typeof useTranslate>): string {
  const { contact_by, payment_method, shipping_method } = value as { contact_by?: string; payment_method?: string | null; shipping_method?: string };
  const told = [contact_by && translate(`customers.contact.${contact_by}`), payment_method && translate(`customers.method.${payment_method}`), shipping_method];
  return told.filter(Boolean).join(', ');
}

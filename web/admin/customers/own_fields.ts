/** The fields of customers that the shop's owner defined, and what their values are in words. */
import { useQuery } from '@tanstack/react-query';
import { useLocaleState, useTranslate } from 'react-admin';
import { type Schemas, ask } from '../house/http';

export type OwnField = Schemas['CustomFieldRead'];

const FRESH_MS = 60_000;

export function useOwnFields() {
  return useQuery({ queryKey: ['custom-fields'], queryFn: () => ask<OwnField[]>('GET', '/custom-fields'), staleTime: FRESH_MS, retry: false });
}

export const labelOf = ({ labels }: OwnField, locale: string): string => labels[locale] || labels.en || '';

/** A value in words: days and numbers as the language writes them. */
export function useTellValue(): (field: OwnField, value: unknown) => string {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  return ({ kind }, value) => {
    if (typeof value === 'boolean') return translate(value ? 'ra.boolean.true' : 'ra.boolean.false');
    if (typeof value === 'number') return new Intl.NumberFormat(locale).format(value);
    if (kind === 'date' && typeof value === 'string') return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(value));
    return String(value ?? '');
  };
}

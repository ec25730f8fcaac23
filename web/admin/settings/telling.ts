/** Values of settings as people read them: words for codes, amounts with their currency, names of countries. */
import { useLocaleState, useTranslate } from 'react-admin';

export type Tell = (value: unknown) => string;

const NOTHING = '–';

export function useTell(): { field: (name: string) => string; value: (field: string, value: unknown) => string } {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const value = (field: string, told: unknown): string => {
    if (told === null || told === undefined || told === '') return NOTHING;
    if (typeof told === 'boolean') return translate(told ? 'ra.boolean.true' : 'ra.boolean.false');
    if (Array.isArray(told)) return told.map((each) => value(field, each)).join(', ') || NOTHING;
    if (typeof told === 'object') return Object.values(told).map((each) => value(field, each)).join(' ');
    if (typeof told === 'number') return told.toLocaleString(locale);
    return translate(`settings.values.${field}.${String(told)}`, { _: String(told) });
  };
  const field = (name: string): string => {
    if (name === '*') return translate('settings.taxes.others');
    return isCountry(name) ? countryName(name, locale) : translate(`settings.fields.${name}`, { _: name });
  };
  return { field, value };
}

const isCountry = (name: string): boolean => /^[A-Z]{2}$/.test(name);

export const countryName = (code: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' }).of(code) ?? code;

export const currencyName = (code: string, locale: string): string =>
  `${code} · ${new Intl.DisplayNames(locale, { type: 'currency' }).of(code) ?? code}`;

export const percent = (hundredths: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(hundredths / 10_000);

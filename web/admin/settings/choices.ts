/** What there is to choose from, named in the language of the pages by the browser itself. */
import { useMemo } from 'react';
import { useLocaleState } from 'react-admin';
import { countryName, currencyName } from './telling';

export interface Choice {
  id: string;
  name: string;
}

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Known to browsers as regions, though nobody's address is there. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA']);

/** `SU` is written `RU` today. */
const isToday = (code: string): boolean => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;

function codesOfCountries(): string[] {
  const known = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const all = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  return all.filter((code) => !NO_COUNTRIES.has(code) && known.of(code) !== undefined && isToday(code));
}

const byName = (locale: string, choices: Choice[]): Choice[] => choices.sort((a, b) => a.name.localeCompare(b.name, locale));

export function useCountries(): Choice[] {
  const [locale] = useLocaleState();
  return useMemo(() => byName(locale, codesOfCountries().map((id) => ({ id, name: countryName(id, locale) }))), [locale]);
}

export function useCurrencies(): Choice[] {
  const [locale] = useLocaleState();
  return useMemo(() => Intl.supportedValuesOf('currency').map((id) => ({ id, name: currencyName(id, locale) })), [locale]);
}

export const TIMEZONES: Choice[] = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((id) => id !== 'UTC')].map((id) => ({ id, name: id.replaceAll('_', ' ') }));

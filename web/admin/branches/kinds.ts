/** What is said of branches in every language without our help. */
import type { Schemas } from '../house/http';

export const KINDS: Schemas['BranchKind'][] = ['corporate', 'boutique', 'franchise'];

/** undefined: no country has this code. */
export function countryName(code: string, locale: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  return new Intl.DisplayNames(locale, { type: 'region', fallback: 'none' }).of(code);
}

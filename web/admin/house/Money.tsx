/** An amount in minor units, as the chosen language writes it. */
import { useLocaleState } from 'react-admin';

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(locale: string, currency: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  formats.set(key, format);
  return format;
}

export function money(minor: number, currency: string, locale: string): string {
  const format = formatOf(locale, currency);
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

/** Nothing where the amount is hidden from this person. */
export function Money({ minor, currency }: { minor: number | null | undefined; currency: string }) {
  const [locale] = useLocaleState();
  if (minor === null || minor === undefined) return null;
  return <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{money(minor, currency, locale)}</span>;
}

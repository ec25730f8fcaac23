/** A moment: how long ago in lists (the exact time is the title), exact elsewhere. */
import { useLocaleState } from 'react-admin';

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** Made once for each language: a list shows a hundred moments. */
function kept<Format>(make: (locale: string) => Format): (locale: string) => Format {
  const formats = new Map<string, Format>();
  return (locale) => formats.get(locale) ?? formats.set(locale, make(locale)).get(locale)!;
}

const toTheMinute = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }));
const toTheSecond = kept((locale) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }));
const inWords = kept((locale) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

export const exact = (at: string, locale: string, seconds = false): string =>
  (seconds ? toTheSecond : toTheMinute)(locale).format(new Date(at));

export function ago(at: string, locale: string, now = Date.now()): string {
  const seconds = (Date.parse(at) - now) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return inWords(locale).format(Math.trunc(seconds / size), unit);
}

interface Props {
  at: string | null | undefined;
  relative?: boolean;
  seconds?: boolean;
}

export function When({ at, relative = false, seconds = false }: Props) {
  const [locale] = useLocaleState();
  if (!at) return null;
  return (
    <time dateTime={at} title={exact(at, locale, true)} style={{ whiteSpace: 'nowrap' }}>
      {relative ? ago(at, locale) : exact(at, locale, seconds)}
    </time>
  );
}

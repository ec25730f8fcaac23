/** The protocol of one thing: who did what, when, from what to what; newest first, small events folded. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { ProblemNote } from './ProblemNote';
import { money as amount } from './Money';
import { When, exact } from './When';
import { ask } from './http';

export interface Entry {
  id: number;
  at: string;
  actor: { actor: string; name: string | null };
  action: string;
  changes: Record<string, [unknown, unknown]>;
  details: Record<string, unknown>;
  reason: string | null;
}

interface Page {
  rows: Entry[];
  next: number | null;
}

const GAP_MS = 60 * 60 * 1000;

interface Props {
  resource: string;
  id: string;
  /** Where its fields' words are: `resources.orders.fields`. */
  words: string;
  /** Actions of little weight, shown together on request. */
  minor?: ReadonlySet<string>;
  /** Fields that are amounts in minor units of this currency. */
  money?: Amounts;
  /** Values that are more than a text; undefined: told like any other. */
  tell?: Tell;
}

export type Tell = (field: string, value: unknown) => string | undefined;

interface Amounts {
  currency: string;
  fields: ReadonlySet<string>;
}

export function Timeline({ resource, id, words, minor, money, tell }: Props) {
  const translate = useTranslate();
  const [isWhole, setWhole] = useState(false);
  const { data, error, fetchNextPage, hasNextPage, isFetching, refetch } = useInfiniteQuery({
    queryKey: [resource, id, 'history'],
    queryFn: ({ pageParam }) => ask<Page>('GET', `/${resource}/${id}/history`, undefined, { after: pageParam }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    retry: false,
  });
  const entries = useMemo(() => data?.pages.flatMap((page) => page.rows) ?? [], [data]);
  const shown = entries.filter(({ action }) => isWhole || !minor?.has(action));
  const folded = entries.length - shown.length;
  return (
    <>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {shown.map((entry, at) => (
          <Event key={entry.id} entry={entry} older={shown[at + 1]} words={words} money={money} tell={tell} />
        ))}
      </Box>
      {folded > 0 && <Button onClick={() => setWhole(true)}>{translate('house.timeline.folded', { smart_count: folded })}</Button>}
      {hasNextPage && (
        <Button loading={isFetching} onClick={() => void fetchNextPage()}>
          {translate('house.timeline.older')}
        </Button>
      )}
    </>
  );
}

function Event({ entry, older, words, money, tell }: { entry: Entry; older: Entry | undefined } & Pick<Props, 'words' | 'money' | 'tell'>) {
  const translate = useTranslate();
  const who = entry.actor.name ?? translate(`house.actor.${entry.actor.actor.split(':')[0]}`, { _: entry.actor.actor });
  return (
    <Box component="li" sx={{ borderLeft: 2, borderColor: 'divider', pl: 2, pb: 1.5, position: 'relative', '&::before': dot }}>
      <Typography variant="body2" sx={{ fontWeight: 600 }}>
        {translate(`house.history.${entry.action.replaceAll('.', '_')}`, { _: plainly(entry.action) })}
      </Typography>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary' }}>
        <When at={entry.at} /> · {who}
      </Typography>
      {entry.reason && <Typography variant="body2">{translate('house.timeline.reason', { reason: entry.reason })}</Typography>}
      <Changes changes={entry.changes} words={words} money={money} tell={tell} />
      <Gap since={entry.at} until={older?.at} />
    </Box>
  );
}

const dot = { content: '""', position: 'absolute', left: -6, top: 5, width: 10, height: 10, borderRadius: '50%', bgcolor: 'primary.main' };

/** What something began with is no change. */
function Changes({ changes, words, money, tell }: { changes: Entry['changes'] } & Pick<Props, 'words' | 'money' | 'tell'>) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const changed = Object.entries(changes).filter(([, [before]]) => before !== null);
  if (!changed.length) return null;
  return (
    <Box component="ul" sx={{ m: 0, pl: 2, fontSize: '0.8rem', color: 'text.secondary', overflowWrap: 'anywhere' }}>
      {changed.map(([field, [before, after]]) => (
        <li key={field}>
          {named(field, words, translate)}: {[before, after].map((value) => tell?.(field, value) ?? told(field, value, locale, translate, money)).join(' → ')}
        </li>
      ))}
    </Box>
  );
}

/** Hours in which nothing happened are worth a line of their own. */
function Gap({ since, until }: { since: string; until: string | undefined }) {
  const translate = useTranslate();
  const gap = until ? Date.parse(since) - Date.parse(until) : 0;
  if (gap < GAP_MS) return null;
  const hours = Math.round(gap / GAP_MS);
  const key = hours < 48 ? 'house.timeline.hours_later' : 'house.timeline.days_later';
  return (
    <Typography variant="caption" component="p" sx={{ color: 'text.secondary', fontStyle: 'italic', mt: 1 }}>
      {translate(key, { smart_count: hours < 48 ? hours : Math.round(hours / 24) })}
    </Typography>
  );
}

/** `line 2 shipped` is a field of a part: its word is beside those of the fields, under `pieces`. */
function named(field: string, words: string, translate: ReturnType<typeof useTranslate>): string {
  const [, line, name] = /^line (\d+) (\w+)$/.exec(field) ?? [];
  if (!line || !name) return translate(`${words}.${field}`, { _: plainly(field) });
  const piece = translate(`${words.replace(/fields$/, 'pieces')}.${name}`, { _: plainly(name) });
  return `${translate('house.timeline.line', { line })}, ${piece}`;
}

const STATUS_OF: Record<string, string> = { status: 'order' };

function told(field: string, value: unknown, locale: string, translate: ReturnType<typeof useTranslate>, money?: Amounts): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number' && money?.fields.has(field)) return amount(value, money.currency, locale);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return exact(value, locale);
  if (typeof value === 'string') return translate(`house.status.${STATUS_OF[field] ?? field}.${value}`, { _: value });
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `order.step_retried` where no language has a word for it. */
const plainly = (name: string): string => name.slice(name.indexOf('.') + 1).replaceAll('_', ' ');

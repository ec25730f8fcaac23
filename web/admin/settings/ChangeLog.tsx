/** Who changed what here, and when: under every form, for those who may read the history. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { type Schemas, ask } from '../house/http';
import { useMay } from '../house/me';
import { type Tell, useTell } from './telling';

type Page = Schemas['HistoryList'];
type Row = Page['rows'][number];

export interface Subject {
  subject: string;
  subject_id?: string;
  /** Only where this was changed. */
  field?: string;
  /** How a value is told where that differs from the usual. */
  tell?: Partial<Record<string, Tell>>;
  /** Which one it was, where many are told together. */
  which?: (id: string) => string;
}

const AT_ONCE = 5;

export function ChangeLog({ subject }: { subject: Subject }) {
  return useMay('history.read') ? <Log {...subject} /> : null;
}

function Log({ subject, subject_id, field, tell = {}, which }: Subject) {
  const translate = useTranslate();
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['settings', 'history', subject, subject_id, field],
    queryFn: ({ pageParam }) => ask<Page>('GET', '/history', undefined, { subject, subject_id, field, limit: AT_ONCE, after: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    retry: false,
  });
  const rows = data?.pages.flatMap((page) => page.rows);
  return (
    <Panel title={translate('settings.history.title')}>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {rows?.length === 0 && <Typography sx={{ color: 'text.secondary' }}>{translate('settings.history.empty')}</Typography>}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {rows?.map((row) => (
          <Change key={row.id} row={row} tell={tell} which={which} />
        ))}
      </Box>
      {hasNextPage && (
        <Button loading={isFetching} onClick={() => void fetchNextPage()}>
          {translate('house.timeline.older')}
        </Button>
      )}
    </Panel>
  );
}

function Change({ row, tell, which }: { row: Row; tell: NonNullable<Subject['tell']>; which: Subject['which'] }) {
  const translate = useTranslate();
  const usual = useTell();
  const who = row.actor.name ?? translate(`house.actor.${row.actor.actor.split(':')[0]}`, { _: row.actor.actor });
  const what = translate(`settings.history.${row.action.replaceAll('.', '_')}`, { _: translate('settings.history.changed') });
  const changes = Object.entries(row.changes as Record<string, [unknown, unknown]>).filter(([, [before, after]]) => JSON.stringify(before) !== JSON.stringify(after));
  const told = (field: string, value: unknown): string => (tell[field] ?? tell['*'] ?? ((each: unknown) => usual.value(field, each)))(value);
  return (
    <Box component="li" sx={{ py: 1, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}>
      <Typography variant="body2">
        <b>{who}</b> · {what} {which?.(row.subject_id)} · <When at={row.at} />
      </Typography>
      <Box component="ul" sx={{ m: 0, pl: 2.5, fontSize: '0.82rem', color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {changes.map(([field, [before, after]]) => (
          <li key={field}>
            {usual.field(field)}: {[before, after].map((value) => told(field, value)).join(' → ')}
          </li>
        ))}
      </Box>
    </Box>
  );
}
